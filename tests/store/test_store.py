"""The store through whole runs with a stand-in for the engine: nothing is done twice, nothing is lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.corpus.document import Document, UnreadablePart
from pipeline.corpus.process import reading_process
from pipeline.errors import ExtractError
from pipeline.outputs import DATABASE, LOCK, REWRITTEN, STORE_FILES
from pipeline.records import Article, Block, Claim, DateMention, Mention, Result
from pipeline.run_job import run as run_job
from pipeline.serial import dumps, loads
from pipeline.settings import Settings
from pipeline.store import ChangedMeanwhile, Decision, ListedArticle, open_outputs, open_store, schema
from pipeline.store import results as results_module
from pipeline.store.fingerprint import RESULT_ROOMS
from pipeline.store.grouping import EventKeys, GroupChanges, KeptEvent
from pipeline.store.lock import lock_outputs
from tests.helpers.store import EXTRACTED, decide, decision, outputs_of, read_once, rows, run, save_rows
from tests.test_architecture import ROOMS

ONE = "The mine will close, Ada Brandt said. It rained.\n"
TWO = "The ferry is late, Oren Blake said. We wait for it, he said again.\n"


def write(corpus: Path, **texts: str) -> None:
    for name, text in texts.items():
        (corpus / f"{name}.txt").write_text(text, encoding="utf-8")


def outputs() -> dict[str, bytes]:
    return outputs_of(Path("outputs"))


def some_result() -> Result:
    claim = Claim(
        claim_type="quote", claim_text="The mine", confidence=0.25, claim_id="c1", doc_id="d1", file="a.txt", start=0,
        end=8, place=("Oslo",), spans={"content": ((0, 8),), "source": ()}, speaker_mention=(3, 8), links=("c2",),
    )  # fmt: skip
    article = Article("d1", "key", "a.txt", "The mine \ud83d 🐧 \u2028", (Block(0, 8, "body", repeated=True),))
    date = DateMention(0, 3, "DATE", "2025-03", date_start=None)
    return Result(article, (claim,), (Mention(0, 3, "PERSON", "Ada"),), (date,), 2)


def test_a_result_is_the_same_after_json() -> None:
    result = some_result()
    assert loads(Result, dumps(result)) == result


@pytest.mark.parametrize("text", ["[]", "null", '[1, 2, 3, 4, "x"]', '[["a"], [], [], [], 2]'])
def test_json_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a \w+: |fields"):
        loads(Result, text)


def test_only_what_is_new_or_changed_is_extracted(corpus: Path) -> None:
    write(corpus, a=ONE, b=TWO)
    assert run().kept == 0
    EXTRACTED.clear()
    assert run().kept == 2
    write(corpus, a=ONE.replace("mine", "quarry"), c="It is over, she said.\n")
    run()
    assert EXTRACTED == ["corpus/a.txt", "corpus/c.txt"]


def test_a_renamed_article_is_not_extracted_again_and_bears_its_new_name(corpus: Path) -> None:
    write(corpus, a=ONE)
    run()
    (corpus / "a.txt").rename(corpus / "z.txt")
    EXTRACTED.clear()
    run()
    assert EXTRACTED == []
    assert {row["file"] for row in rows()} == {"corpus/z.txt"}


def test_other_settings_are_other_results(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(corpus, a=ONE)
    run()
    EXTRACTED.clear()
    monkeypatch.setattr("pipeline.run_job.result_fingerprint", lambda _: "other")
    run()
    assert EXTRACTED == ["corpus/a.txt"]


def test_a_removed_article_leaves_the_tables_and_comes_back_from_the_store(corpus: Path) -> None:
    write(corpus, a=ONE, b=TWO)
    run()
    expected = outputs()
    (corpus / "b.txt").unlink()
    run()
    assert {row["file"] for row in rows("articles.csv")} == {"corpus/a.txt"}
    write(corpus, b=TWO)
    EXTRACTED.clear()
    run()
    assert EXTRACTED == []
    assert outputs() == expected


def test_one_run_or_many_give_the_same_bytes(corpus: Path) -> None:
    write(corpus, a=ONE)
    run()
    write(corpus, b=TWO, aa="So be it, she said.\n")
    run()
    run()
    many = outputs()
    run_job(Settings(outputs=Path("anew")))
    assert {path.name: path.read_bytes() for path in Path("anew").iterdir() if path.name in many} == many


def test_what_was_extracted_before_a_crash_is_kept(corpus: Path) -> None:
    write(corpus, a=ONE, b=TWO)

    def stop(_: object, done: int, __: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_job(Settings(), stop)
    EXTRACTED.clear()
    assert run().kept == 2
    assert EXTRACTED == []


def test_superseded_results_go_after_some_runs(corpus: Path) -> None:
    write(corpus, a=ONE)
    run()
    write(corpus, a=TWO)
    for _ in range(8):
        run()
    connection = sqlite3.connect(Path("outputs") / DATABASE)
    assert connection.execute("SELECT count(*) FROM results").fetchone() == (1,)
    connection.close()


def test_a_result_damaged_on_the_disk_is_made_anew(corpus: Path) -> None:
    write(corpus, a=ONE)
    run()
    before = outputs()
    connection = sqlite3.connect(Path("outputs") / DATABASE)
    connection.execute("UPDATE results SET body = x'00'")
    connection.commit()
    connection.close()
    EXTRACTED.clear()
    run()
    assert EXTRACTED == ["corpus/a.txt"]
    assert outputs() == before


@pytest.mark.parametrize("damage", ["no database at all\n" * 200, ""])
def test_a_damaged_store_is_moved_aside_and_decisions_come_from_the_table(corpus: Path, damage: str) -> None:
    write(corpus, a=ONE)
    run()
    claim_id = decide(decision="accept", note="seen")
    run()
    (Path("outputs") / DATABASE).write_text(damage)
    summary = run()
    assert decision(claim_id) == ("accept", "seen")
    if damage:
        assert "was damaged" in summary.store_notice
        assert (Path("outputs") / "claims.damaged-1.db").read_text() == damage


def damage_results(path: Path) -> None:
    """Write over the page where the table of results begins."""
    with closing(sqlite3.connect(path)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'results'").fetchone()[0]
    data = bytearray(path.read_bytes())
    data[(root - 1) * size : root * size] = b"\xff" * size
    path.write_bytes(data)


def test_decisions_of_a_damaged_store_are_salvaged(corpus: Path) -> None:
    write(corpus, **{f"a{number}": f"{number} is enough, she said. {ONE}" for number in range(60)})
    run()
    claim_id = decide(decision="accept", note="seen")
    run()
    with open_store(Path("outputs")) as store:
        (claim, *_) = next(iter(store.last_results())).claims
        store.decide(claim, Decision("reject", note="on the page"), "review")
    damage_results(Path("outputs") / DATABASE)
    Path("outputs/claims.csv").unlink()
    assert "was damaged" in run().store_notice
    assert decision(claim_id) == ("reject", "on the page")


def test_an_older_store_is_brought_up_to_date_with_a_backup(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(corpus, a=ONE)
    run()
    claim_id = decide(decision="accept")
    run()
    later = "ALTER TABLE decisions ADD COLUMN colour TEXT NOT NULL DEFAULT 'red';"
    now = len(schema.UPGRADES)
    monkeypatch.setattr(schema, "UPGRADES", (*schema.UPGRADES, later))
    EXTRACTED.clear()
    summary = run()
    assert "upgraded" in summary.store_notice
    assert (Path("outputs") / f"claims.version{now}.db").stat().st_size > 0
    assert EXTRACTED == []
    assert decision(claim_id) == ("accept", "")
    assert run().store_notice == ""


def test_the_decisions_of_the_first_version_are_kept(tmp_path: Path) -> None:
    """That one had no corrections; nor has what is salvaged of it."""
    (tmp_path / "outputs").mkdir()
    path = tmp_path / "outputs" / "claims.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"{schema.UPGRADES[0]} PRAGMA user_version = 1;")
        connection.execute("INSERT INTO decisions VALUES ('c1', 'reject', '', 'no', 'Ana', '2025-01-02', 1, '{}')")
        connection.commit()
    shutil.copy(path, tmp_path / "old.db")
    with open_store(tmp_path / "outputs") as store:
        assert "upgraded" in store.notice
        assert store.decisions()["c1"].decision == Decision("reject", "", "no", "Ana", "2025-01-02")
    for left in path.parent.iterdir():
        left.unlink()
    shutil.copy(tmp_path / "old.db", path)
    damage_results(path)
    with open_store(tmp_path / "outputs") as store:
        assert "was damaged" in store.notice
        assert store.decisions()["c1"].decision.note == "no"


def test_a_newer_store_is_left_alone(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(corpus, a=ONE)
    run()
    monkeypatch.setattr(schema, "UPGRADES", ())
    with pytest.raises(ExtractError, match="newer version"):
        run()


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from pipeline.store.lock import lock_outputs\n"
        "with lock_outputs(Path(sys.argv[1])):\n    print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script, tmp_path], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        said = rf"Another extract \(process {holder.pid}, since 2"
        with pytest.raises(ExtractError, match=said), lock_outputs(tmp_path, wait=0.2):
            raise AssertionError("two writers")
        holder.kill()
    with lock_outputs(tmp_path):  # whoever held it is gone, however it went
        assert str(os.getpid()) in (tmp_path / LOCK).read_text()


def test_outputs_that_are_a_file_are_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExtractError, match="can't be written to"), open_outputs(tmp_path / "file"):
        raise AssertionError("opened")


def test_a_page_decides_while_another_does(corpus: Path) -> None:
    write(corpus, a=ONE)
    run()
    with open_store(Path("outputs")) as ana, open_store(Path("outputs")) as ben:
        (claim,) = next(iter(ana.last_results())).claims
        first = ana.decide(claim, Decision("accept", reviewer="Ana"), "review", seen=0)
        with pytest.raises(ChangedMeanwhile, match="Ana has decided") as caught:
            ben.decide(claim, Decision("reject", reviewer="Ben"), "review", seen=0)
        assert caught.value.current == first
        ben.decide(claim, Decision("reject", reviewer="Ben"), "review", seen=first.version)
        assert ana.decisions()[claim.claim_id].decision.reviewer == "Ben"
        assert [change.decision.decision for change in ana.history(claim.claim_id)] == ["accept", "reject"]
        assert ana.undo(claim.claim_id).decision.reviewer == "Ana"
        assert ana.undo(claim.claim_id).decision == Decision()
        with pytest.raises(ExtractError, match="nothing to undo"):
            ana.undo(claim.claim_id)
        article = ana.find_article(claim.doc_id)
        assert article is not None
        assert article.text == ONE
    run()
    assert decision(claim.claim_id) == ("", "")


def test_twenty_threads_decide_at_once(corpus: Path) -> None:
    write(corpus, a=ONE)
    run()
    with open_store(Path("outputs")) as store:
        (claim,) = next(iter(store.last_results())).claims

    def save(number: int) -> None:
        with open_store(Path("outputs")) as store:
            store.decide(claim, Decision("unsure", note=str(number)), "review")

    threads = [threading.Thread(target=save, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with open_store(Path("outputs")) as store:
        assert {change.decision.note for change in store.history(claim.claim_id)} == set(map(str, range(20)))
        assert store.decisions()[claim.claim_id].version == 20


def test_the_page_and_the_table_together(corpus: Path) -> None:
    """What only one changed is taken; what both changed is kept twice."""
    write(corpus, a=ONE, b=TWO)
    run()
    table = rows()
    with open_store(Path("outputs")) as store:
        claims = {claim.claim_id: claim for result in store.last_results() for claim in result.claims}
        store.decide(claims[table[0]["claim_id"]], Decision("accept"), "review")
        store.decide(claims[table[1]["claim_id"]], Decision("accept"), "review")
    table[0]["note"] = "from the table"
    table[1]["decision"] = "reject"
    save_rows(table)
    summary = run()
    assert decision(table[0]["claim_id"]) == ("accept", "from the table")
    assert decision(table[1]["claim_id"]) == ("reject", "")
    assert summary.conflicts == 1
    (conflict,) = rows("conflicting_decisions.csv")
    assert (conflict["decision"], conflict["other_decision"]) == ("reject", "accept")
    decide(1, decision="accept")
    assert run().conflicts == 0
    assert not Path("outputs/conflicting_decisions.csv").exists()


def test_what_is_forgotten_is_gone_and_the_rest_stays(corpus: Path) -> None:
    write(corpus, a=ONE, b=TWO)
    run()
    claim_id = decide(decision="accept")
    run()
    expected = outputs()
    with open_outputs(Path("outputs")) as store:
        forgotten = store.forget(["corpus/a.txt", "corpus/none.txt"])
    assert (forgotten.articles, forgotten.decisions, forgotten.unknown) == (1, 0, ("corpus/none.txt",))
    with open_store(Path("outputs")) as store:
        assert [result.article.file for result in store.last_results()] == ["corpus/b.txt"]
    EXTRACTED.clear()
    run()
    assert EXTRACTED == ["corpus/a.txt"]
    assert decision(claim_id) == ("accept", "")
    assert outputs() == expected


def test_every_file_of_a_run_has_its_name_in_outputs(corpus: Path) -> None:
    """Else ``forget`` would take it for a file of the user's own."""
    write(corpus, a=ONE)
    run()
    assert {path.name for path in Path("outputs").iterdir()} <= {*REWRITTEN, *STORE_FILES}


def holding(words: str) -> set[str]:
    """The files of the outputs that have the words in them."""
    return {path.name for path in Path("outputs").iterdir() if words.encode() in path.read_bytes()}


def test_forgotten_decisions_do_not_come_back_from_the_tables(corpus: Path) -> None:
    write(corpus, a=ONE, b=TWO)
    run()
    claim_id = decide(decision="accept", note="private")
    table = rows()
    save_rows([*table, {**dict.fromkeys(table[0], ""), "claim_text": "It rained", "decision": "accept"}])
    run()
    shutil.copy("outputs/claims.csv", "outputs/mine.csv")
    with open_outputs(Path("outputs")) as store:
        store.import_edits()
        forgotten = store.forget(["corpus/a.txt"], decisions=True)
    assert forgotten.decisions == 2
    assert forgotten.other_files == ("mine.csv",)
    assert holding("private") == {"claims.csv", "claims.db", "claims.jsonl", "report.html", "mine.csv"}
    assert holding("private") <= {*forgotten.rewritten_files, *forgotten.other_files}
    run()
    assert decision(claim_id) == ("", "")
    assert "reviewer" not in {row["rule"] for row in rows()}
    assert holding("private") == {"mine.csv"}


def test_names_in_what_is_kept_of_a_grouping_are_forgotten_too(corpus: Path) -> None:
    write(corpus, a=ONE, b=TWO)
    run()
    with open_outputs(Path("outputs")) as store:
        groups = store.open_groups("rules")
        keys = EventKeys(1, "closure", "a.txt", ("larn",), ("mine",), ("ada brandt",), ())
        groups.save(GroupChanges(events={"e1": KeptEvent("digest", "e1")}, keys={"e1": keys}))
        assert groups.load().load_keys(["e1"]) == {"e1": keys}
        store.forget(["corpus/a.txt"])
        assert not groups.load().events
    assert b"ada brandt" not in (Path("outputs") / DATABASE).read_bytes()


def test_what_the_last_run_did_not_find_can_be_forgotten(corpus: Path) -> None:
    write(corpus, a=ONE, b=TWO)
    run()
    (corpus / "a.txt").unlink()
    run()
    with open_outputs(Path("outputs")) as store:
        assert store.forget(None, missing=True).articles == 1
        assert [result.article.file for result in store.last_results()] == ["corpus/b.txt"]
        assert store.forget(None).articles == 1
        assert list(store.last_results()) == []


@pytest.mark.slow
def test_files_of_other_kinds_are_read_once(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = "<html><body><article><h1>Mine to close</h1>{}</article></body></html>"
    body = "".join(f"<p>The mine number {number} will close when the year ends, she said.</p>" for number in "123456")
    (corpus / "a.html").write_text(page.format(body))
    (corpus / "b.html").write_text(page.format("<p>nothing</p>"))
    run()
    expected = outputs()
    asked: list[str] = []
    read = reading_process.ReadingProcess.read

    def noted(self: reading_process.ReadingProcess, path: Path) -> Iterator[Document | UnreadablePart]:
        asked.append(path.name)
        yield from read(self, path)

    monkeypatch.setattr(reading_process.ReadingProcess, "read", noted)
    run()
    assert asked == []
    assert outputs() == expected
    (corpus / "a.html").write_text(page.format(body.replace("close", "shut")))
    (corpus / "a.html.meta.json").write_text('{"published": "2025-03-04"}')
    run()
    assert asked == ["a.html"]
    assert rows("articles.csv")[0]["published"] == "2025-03-04"
    (corpus / "a.html.meta.json").write_text('{"published": "2025-03-05"}')
    run()
    assert asked == ["a.html"]
    assert rows("articles.csv")[0]["published"] == "2025-03-05"


@pytest.mark.slow
def test_what_a_reader_gave_up_is_tried_again(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (corpus / "a.html").write_text("<p>It is late, she said.</p>")
    gave_up = UnreadablePart("reading it took over 60 seconds", gave_up=True)
    with monkeypatch.context() as patch:
        patch.setattr(reading_process.ReadingProcess, "read", lambda *_: iter([gave_up]))
        assert "took over" in run().rejected[0].reason
    assert "took over" not in "".join(rejected.reason for rejected in run().rejected)


def test_every_room_between_article_and_result_counts() -> None:
    """A room added before the engines must be in the fingerprint, or changes of it go unnoticed."""
    rooms = set(ROOMS[: ROOMS.index("engines")])
    assert set(RESULT_ROOMS) == rooms - {"errors", "interrupts", "child_process", "settings", "corpus"}


def test_a_decision_lost_with_its_table_comes_back_from_claims_csv(corpus: Path) -> None:
    """As when the damage hit the decisions but not what was noted of claims.csv."""
    write(corpus, a=ONE)
    run()
    claim_id = decide(decision="accept")
    run()
    path = Path("outputs") / DATABASE
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM decisions")
    connection.commit()
    connection.close()
    connection = sqlite3.connect(path)
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'decisions'").fetchone()[0]
    connection.close()
    data = bytearray(path.read_bytes())
    data[(root - 1) * size : root * size] = b"\xff" * size
    path.write_bytes(data)
    assert "was damaged" in run().store_notice
    assert decision(claim_id) == ("accept", "")


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5])
def test_a_result_is_kept_in_pieces_that_make_the_whole(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(results_module, "RECORDS_AT_ONCE", 2)
    result = some_result()
    result = replace(result, claims=result.claims * count, dates=result.dates * 3)
    pieces = list(results_module._dump_body(result))
    assert "".join(pieces) == dumps([result.claims, result.mentions, result.dates, result.events, result.words])
    longest = max(map(len, pieces))
    assert longest <= len(dumps(result.claims[:2])) + len(dumps(result.dates[:2]))


def test_lists_of_claims_are_those_of_the_results_also_in_a_store_without_them(corpus: Path) -> None:
    read_once(corpus, "The pier is shut, she said. Nobody goes there, he said.")
    with open_store(Path("outputs")) as store:
        listed = list(store.list_last_articles(store.event_names()))
        assert listed == [ListedArticle.of(result) for result in store.last_results()]
        assert [claim.words for claim in listed[0].claims] == ["The pier is shut, she", "Nobody goes there, he"]
        store._connection.execute("UPDATE results SET listing = x''")  # as an earlier version left it
        assert list(store.list_last_articles(store.event_names())) == listed
    run()
    with open_store(Path("outputs")) as store:
        assert list(store.list_last_articles(store.event_names())) == listed
        assert store._connection.execute("SELECT count(*) FROM results WHERE listing = x''").fetchone() == (0,)
