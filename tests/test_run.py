"""The main job from end to end with the real model: files in, tables out, bad input beside good."""

import csv
import io
import json
import re
import sys
from pathlib import Path

import pytest

from pipeline import nlp
from pipeline.errors import ExtractError
from pipeline.progress import show_progress
from pipeline.records import Rejected
from pipeline.run_job import _Underway, run
from pipeline.settings import Settings
from pipeline.text import parts
from pipeline.write.columns import ARTICLE_COLUMNS, CLAIM_COLUMNS, CLAIM_FIELDS, MENTION_COLUMNS
from tests.helpers.command import extract, extract_in_process_of_its_own
from tests.helpers.formats import PAGE, pdf, zipped

pytestmark = pytest.mark.model

GOOD = (
    "Larnhaven to lose its ferry\n\n"
    "The port of Larnhaven in Norway will close its ferry terminal next month, mayor Ada Brandt said on Tuesday.\n\n"
    "“We have no choice,” Brandt said. “The bank decided.”\n"
)
DESIGN_COLUMNS = (
    "decision corrected_text note reviewer decided_at claim_text speaker sentence title published claim_type "
    "speaker_text speaker_role speaker_type speaker_country cue stance negated quote_type trigger actor actor_country "
    "target target_kind place countries event_status permanence cause date_text date_start date_end reporter people "
    "organisations context_before context_after block publisher published_source url confidence noise reason "
    "speaker_reason rule copies independent_sources conflicts_with claim_id event_id doc_id file start end corrections"
).split()


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


def test_one_article_gives_quotes_and_a_closure_with_its_reporter(corpus: Path) -> None:
    (corpus / "ferry, nr. 1 ⛴.txt").write_text("---\npublished: 2025-03-04\n---\n" + GOOD, encoding="utf-8")
    summary = run(Settings())
    text = (corpus / "ferry, nr. 1 ⛴.txt").read_text(encoding="utf-8")
    claims = rows(Path("outputs/claims.csv"))
    closure = next(row for row in claims if row["claim_type"] == "closure")
    assert (closure["target"], closure["event_status"], closure["reporter"]) == (
        "its ferry terminal",
        "planned",
        "Ada Brandt",
    )
    assert (closure["date_start"], closure["date_end"]) == ("2025-04-01", "2025-04-30")
    direct = next(row for row in claims if row["quote_type"] == "direct")
    assert direct["claim_text"] == "“We have no choice,” [...] “The bank decided.”"
    assert (direct["speaker"], direct["speaker_text"]) == ("Ada Brandt", "Brandt")
    assert all(text[int(row["start"]) : int(row["end"])] for row in claims)
    assert summary.read == 1
    assert not summary.rejected


def test_every_span_of_every_output_is_the_text_it_points_at(corpus: Path) -> None:
    for name, text in {"a.txt": GOOD, "b.txt": GOOD.replace("\n", "\r\n").replace("Brandt", "Brändt")}.items():
        (corpus / name).write_bytes(text.encode())
    run(Settings())
    texts = {f"corpus/{path.name}": path.read_bytes().decode() for path in corpus.iterdir()}
    for line in Path("outputs/claims.jsonl").read_text(encoding="utf-8").splitlines():
        claim = json.loads(line)
        text = texts[claim["file"]]
        parts = {role: [text[a:b] for a, b in spans] for role, spans in claim["spans"].items()}
        if claim["claim_type"] == "quote":
            assert " [...] ".join(parts["content"]) == claim["claim_text"]
            assert " [...] ".join(parts["cue"]) == claim["cue"]
        else:
            assert parts["trigger"] == [claim["trigger"]]
            assert " [...] ".join(parts["target"]) == claim["target"]
    for row in rows(Path("outputs/mentions.csv")):
        assert texts[row["file"]][int(row["start"]) : int(row["end"])].split() == row["text"].split()


def test_texts_of_other_formats_are_kept_and_offsets_point_into_them(corpus: Path) -> None:
    (corpus / "a.txt").write_text(GOOD, encoding="utf-8")
    (corpus / "b.zip").write_bytes(
        zipped(("in/c.txt", GOOD.replace("Norway", "Iceland").replace("\n", "\r\n").encode()))
    )
    (corpus / "d.html").write_text(PAGE, encoding="utf-8")
    (corpus / "e.pdf").write_bytes(pdf())
    run(Settings())
    kept = {path.stem: path.read_bytes().decode() for path in Path("outputs/texts").iterdir()}
    articles = {row["file"]: row for row in rows(Path("outputs/articles.csv"))}
    assert set(kept) == {row["doc_id"] for file, row in articles.items() if file != "corpus/a.txt"}
    assert "\r\n" in kept[articles["corpus/b.zip/in/c.txt"]["doc_id"]]
    claims = [json.loads(line) for line in Path("outputs/claims.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {claim["file"] for claim in claims} == set(articles)
    for claim in claims:
        text = kept.get(claim["doc_id"], GOOD)
        words = " [...] ".join(text[a:b] for a, b in claim["spans"].get("content") or [claim["spans"]["trigger"][0]])
        assert words == (claim["claim_text"] if claim["claim_type"] == "quote" else claim["trigger"])


def test_texts_of_an_earlier_run_go_and_other_files_stay(corpus: Path) -> None:
    (corpus / "a.zip").write_bytes(zipped(("c.txt", GOOD.encode())))
    run(Settings())
    (old,) = Path("outputs/texts").iterdir()
    notes = Path("outputs/texts/my notes.txt")
    notes.write_text("mine")
    (corpus / "a.zip").write_bytes(zipped(("c.txt", GOOD.replace("Norway", "Iceland").encode())))

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(Settings(), stop)
    assert {path.name for path in Path("outputs/texts").iterdir()} == {old.name, notes.name}
    run(Settings())
    names = {path.name for path in Path("outputs/texts").iterdir()}
    assert len(names) == 2
    assert old.name not in names
    (corpus / "a.zip").unlink()
    notes.unlink()
    (corpus / "a.txt").write_text(GOOD)
    run(Settings())
    assert not Path("outputs/texts").exists()


def test_columns_are_those_of_the_design(corpus: Path) -> None:
    (corpus / "a.txt").write_text(GOOD, encoding="utf-8")
    run(Settings())
    assert list(CLAIM_COLUMNS) == DESIGN_COLUMNS
    assert set(CLAIM_FIELDS) - set(CLAIM_COLUMNS) == {"spans", "speaker_mention", "links"}
    for name, columns in {
        "claims": CLAIM_COLUMNS,
        "mentions": MENTION_COLUMNS,
        "articles": ARTICLE_COLUMNS,
    }.items():
        data = Path(f"outputs/{name}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data[3:].split(b"\r\n")[0].decode().split(",") == list(columns)


def test_every_row_has_the_address_of_its_article(corpus: Path) -> None:
    address = "https://larner.example/ferry"
    (corpus / "a.txt").write_text(f"---\nurl: {address}\n---\n{GOOD}", encoding="utf-8")
    run(Settings())
    claims = rows(Path("outputs/claims.csv"))
    assert claims
    assert {row["url"] for row in claims} == {address}


def test_bad_files_are_rows_and_the_good_one_is_unharmed(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART_CHARS", 3_000)
    monkeypatch.setattr(nlp, "SEGMENT_CHARS", 2_000)
    (corpus / "good.txt").write_text(GOOD, encoding="utf-8")
    (corpus / "empty.txt").write_text("")
    (corpus / "nul.txt").write_bytes(b"The mine\x00 closed.")
    (corpus / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    (corpus / "undefined.txt").write_bytes(b"The caf\x81 closed.")
    (corpus / "copy.txt").write_text(GOOD, encoding="utf-8")
    (corpus / "odd.txt").write_text('He said " and left. "No.\n\nThe mine closed.\n', encoding="utf-8")
    (corpus / "stopless.txt").write_text("closing words " * 220, encoding="utf-8")
    summary = run(Settings())
    status = {row["file"]: (row["status"], row["reason"]) for row in rows(Path("outputs/articles.csv"))}
    assert {file for file, (kind, _) in status.items() if kind == "rejected"} == {
        "corpus/empty.txt",
        "corpus/nul.txt",
        "corpus/image.png",
        "corpus/undefined.txt",
    }
    assert all(reason for kind, reason in status.values() if kind != "read")
    assert status["corpus/good.txt"][0] == "copy"  # copy.txt comes first
    assert summary.copies == 1
    assert {"corpus/copy.txt"} <= {row["file"] for row in rows(Path("outputs/claims.csv"))}


def test_the_same_story_is_marked_and_its_claims_are_kept(corpus: Path) -> None:
    more = (
        "The ferry has carried children, sheep and the post over the sound since 1911, and nobody in the village asked "
        "for it to stop."
    )
    (corpus / "a.txt").write_text(f"{GOOD}\n{more}\n", encoding="utf-8")
    (corpus / "b.txt").write_text(f"{GOOD}\n{more}\n".replace("\n", "\r\n"), encoding="utf-8")
    (corpus / "c.txt").write_text(
        f"{GOOD}\n{more} Not one.\n".replace("Larnhaven to lose", "No more"), encoding="utf-8"
    )
    (corpus / "d.txt").write_text("Pier closes\n\nThe pier at Orm closed on Monday, said Per Dahl.\n", encoding="utf-8")
    summary = run(Settings())
    articles = {Path(row["file"]).name: row for row in rows(Path("outputs/articles.csv"))}
    assert {name: (row["status"], row["copies_of"]) for name, row in articles.items()} == {
        "a.txt": ("read", ""),
        "b.txt": ("copy", "corpus/a.txt"),
        "c.txt": ("read", "corpus/a.txt"),
        "d.txt": ("read", ""),
    }
    claims = rows(Path("outputs/claims.csv"))
    assert {(Path(row["file"]).name, row["copies"], row["independent_sources"]) for row in claims} == {
        ("a.txt", "2", "1"),
        ("c.txt", "2", "1"),
        ("d.txt", "0", "1"),
    }
    lines = [json.loads(line) for line in Path("outputs/claims.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(line["claim_id"], line["copies"]) for line in lines] == [(r["claim_id"], int(r["copies"])) for r in claims]
    assert (summary.copies, summary.same_story) == (1, 1)


def test_an_article_in_another_language_is_a_row_with_its_language(corpus: Path) -> None:
    text = (
        "Die Fähre\n\n"
        + "Der Hafen wird geschlossen, sagte die Bürgermeisterin am Dienstag, und niemand war froh. " * 4
    )
    (corpus / "a.txt").write_text(text, encoding="utf-8")
    (corpus / "b.txt").write_text(GOOD, encoding="utf-8")
    run(Settings())
    first, second = rows(Path("outputs/articles.csv"))
    assert (first["status"], first["language"]) == ("rejected", "de")
    assert "not in English" in first["reason"]
    assert second["language"] == "en"


def test_cells_show_words_whole_that_the_layout_broke(corpus: Path) -> None:
    text = (
        "The port of Larnhaven in Norway will close its ferry ter-\nminal next month, mayor Ada Brandt announ-\nced on "
        "Tuesday in the harbour.\n\nThe council will meet on Friday in the town hall about the long-\nterm plan.\n"
    )
    (corpus / "a.txt").write_text(text, encoding="utf-8")
    run(Settings())
    claims = rows(Path("outputs/claims.csv"))
    assert any("ferry terminal next month" in row["claim_text"] for row in claims if row["claim_type"] == "quote")
    assert not [value for row in claims for value in row.values() if "-\n" in value or "ter- minal" in value]
    for line in Path("outputs/claims.jsonl").read_text(encoding="utf-8").splitlines():
        claim = json.loads(line)
        assert all(text[start:end] for spans in claim["spans"].values() for start, end in spans)


def test_examples_are_read_only_while_nothing_else_is_there(corpus: Path) -> None:
    (corpus / "examples").mkdir()
    (corpus / "examples" / "one.txt").write_text(GOOD, encoding="utf-8")
    assert run(Settings()).examples
    (corpus / "own.txt").write_text(GOOD.replace("Norway", "Iceland"), encoding="utf-8")
    summary = run(Settings())
    assert not summary.examples
    assert [row["file"] for row in rows(Path("outputs/articles.csv"))] == ["corpus/own.txt"]


def test_a_decision_survives_the_next_run(corpus: Path) -> None:
    (corpus / "a.txt").write_text(GOOD, encoding="utf-8")
    run(Settings())
    path = Path("outputs/claims.csv")
    table = rows(path)
    table[0] |= {"decision": "accept", "note": "-- seen"}
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(reversed(table[0])))
        writer.writeheader()
        writer.writerows(reversed(table))
    run(Settings())
    kept = {row["claim_id"]: (row["decision"], row["note"]) for row in rows(path)}
    assert kept[table[0]["claim_id"]] == ("accept", "'-- seen")
    report = Path("outputs/report.html").read_text(encoding="utf-8")
    assert f'class="claim accept" id="{table[0]["claim_id"]}"' in report
    assert "-- seen" in report


def test_the_same_articles_give_the_same_bytes(corpus: Path) -> None:
    for number in range(9):
        (corpus / f"{number}.txt").write_text(GOOD.replace("Larnhaven", f"Port {number}"), encoding="utf-8")
    run(Settings(outputs=Path("one")))
    run(Settings(outputs=Path("again")))
    one, again = (
        {path.name: path.read_bytes() for path in Path(name).iterdir() if path.name != "run.json"}  # it has the times
        for name in ("one", "again")
    )
    assert one == again
    run(Settings(outputs=Path("two"), articles=tuple(sorted(corpus.iterdir(), reverse=True))))
    in_order = sorted(Path("one/claims.csv").read_bytes().split(b"\r\n"))
    reversed_order = sorted(Path("two/claims.csv").read_bytes().split(b"\r\n"))
    assert in_order == reversed_order


def test_nothing_to_read_says_what_to_do(corpus: Path) -> None:
    with pytest.raises(ExtractError, match="nothing to read"):
        run(Settings())
    corpus.rmdir()
    with pytest.raises(ExtractError, match="no folder corpus") as caught:
        run(Settings())
    assert "mkdir corpus" in caught.value.hint


def test_a_failed_run_leaves_the_last_results(corpus: Path) -> None:
    (corpus / "a.txt").write_text(GOOD, encoding="utf-8")
    run(Settings())
    before = [Path("outputs", name).read_bytes() for name in ("claims.csv", "report.html")]

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(Settings(), stop)
    assert [Path("outputs", name).read_bytes() for name in ("claims.csv", "report.html")] == before
    assert sorted(path.name for path in Path("outputs").iterdir() if path.suffix == ".part") == []


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["run", "good.txt"], 0, r"Articles: 1 read, 0 rejected"),
        (["run", "good.txt", "empty.txt"], 1, r"Not read: empty\.txt: "),
        (["run", "none.txt"], 2, r"none\.txt can't be read: there is no such file"),
        (["run", "good.txt", "none.txt"], 1, r"Not read: none\.txt: there is no such file"),
        (["run"], 2, r"extract: There is no folder corpus"),
        (["run", "good.txt", "--published", "yesterday"], 2, r"extract: 'yesterday' is not a date"),
        (["run", "good.txt", "--model", "no_such"], 2, r"extract: No spaCy model 'no_such'"),
        (["run", "good.txt", "--outputs", "good.txt"], 2, r"extract: The results can't be written"),
        (["explain", "good.txt:3"], 0, r"event +closure planned"),
        (["explain", "good.txt:99"], 2, r"has no line 99"),
        (["explain", "none.txt"], 2, r"no such file"),
        (["explain", "two.csv#2"], 0, r"event +closure planned"),
        (["explain", "two.csv#2:5"], 0, r"event +closure planned"),
        (["explain", "two.csv#3"], 2, r"There is no #3 in two\.csv.*\n.*two\.csv#1, two\.csv#2"),
        (["explain", "box.zip/in/good.txt"], 0, r"event +closure planned"),
        (["run", "two.csv"], 1, r"Not read: two\.csv: no column .*there are: artikel, kop. Name it: --text-field NAME"),
        (["run", "two.csv", "--text-field", "artikel", "--title-field", "kop"], 0, r"Articles: 2 read, 0 rejected"),
        (["doctor"], 2, r"WRONG corpus"),
        (["--help"], 0, r"Who claims what"),
    ],
)
def test_commands_end_with_the_right_code_and_words(tmp_path: Path, arguments: list[str], code: int, said: str) -> None:
    done = extract(*arguments, folder=command_folder(tmp_path, arguments[0]))
    assert done.returncode == code, done.stderr
    assert re.search(said, done.stdout + done.stderr)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["run"], 2, r"extract: There is no folder corpus"),
        (["explain", "good.txt:3"], 0, r"event +closure planned"),
    ],
)
def test_commands_do_the_same_in_a_process_of_their_own(
    tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    """A whole run in one: tests/test_hostile.py."""
    done = extract_in_process_of_its_own(*arguments, folder=command_folder(tmp_path, arguments[0]))
    assert done.returncode == code, done.stderr
    assert re.search(said, done.stdout + done.stderr)
    assert "Traceback" not in done.stderr


def command_folder(tmp_path: Path, command: str) -> Path:
    """A folder with an article, an empty file, an archive and a table; explain finds the table's fields in settings."""
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "box.zip").write_bytes(zipped(("in/good.txt", GOOD.encode())))
    table = f'kop,artikel\nOne,"The mine is closed, he said."\nTwo,"{GOOD}"\n'
    (tmp_path / "two.csv").write_text(table, encoding="utf-8")
    if command == "explain":
        (tmp_path / "extract.toml").write_text('text_field = "artikel"\ntitle_field = "kop"\n')
    return tmp_path


def test_quiet_prints_problems_only(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    done = extract("run", "good.txt", "--quiet", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_doctor_finds_a_sound_installation(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    done = extract("doctor", folder=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "files as pinned" in done.stdout


def test_a_file_name_cant_paint_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31m.txt").write_text("")
    done = extract("run", ".", folder=tmp_path)
    assert "\x1b" not in done.stdout + done.stderr


def test_the_file_that_is_worked_on_is_the_first_that_is_not_done() -> None:
    files: list[str] = []
    underway = _Underway(files.append)
    items = underway.follow(iter([Rejected(f"{number}.txt", "unreadable") for number in range(4)]))
    next(items)
    next(items)  # an engine takes several in advance
    assert files == ["0.txt"]
    underway.finish_first()
    underway.finish_first()
    assert files == ["0.txt", "1.txt"]
    next(items)
    underway.finish_first()
    next(items)
    assert files == ["0.txt", "1.txt", "2.txt", "3.txt"]


class Terminal(io.StringIO):
    """A stream that says it is one."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("quiet", [False, True])
def test_the_bar_names_the_file_it_is_at(monkeypatch: pytest.MonkeyPatch, quiet: bool) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with show_progress(quiet, "Looking for files") as progress:
        progress.report_file("corpus/[b]\x1b.txt")
    assert ("corpus/[b]?.txt" in terminal.getvalue()) is not quiet
