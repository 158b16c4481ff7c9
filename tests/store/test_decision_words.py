"""Words in the column "decision": what is understood, and that all else is told, kept and undecided."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline.store import DECISION_WORDS, Decision, open_store
from tests.helpers.command import ROOT, extract
from tests.helpers.store import decide, read_once, rows, run, save_rows

TEXT = "The mine will close, she said. The ferry is late, she said. It rains, she said. Nobody comes, she said."


@pytest.fixture
def article(corpus: Path) -> Path:
    return read_once(corpus, TEXT)


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("accept", "accept"), (" Accepted ", "accept"), ("OK", "accept"), ("YES", "accept"), ("y", "accept"),
        ("TRUE", "accept"), ("Correct.", "accept"), ("✓", "accept"), ("Rejected", "reject"), ("No", "reject"),
        ("n", "reject"), ("FALSE", "reject"), ("wrong!", "reject"), ("EDIT", "edit"), ("corrected", "edit"),
        ("unsure", "unsure"), ("?", "unsure"), ("???", "unsure"), ("Maybe", "unsure"), ("Not  sure", "unsure"),
    ],
)  # fmt: skip
def test_case_blanks_and_synonyms_are_understood(word: str, plain: str) -> None:
    assert Decision(word) == Decision(plain)
    assert (Decision(word).verdict, Decision(word).unknown_word) == (plain, "")


@pytest.mark.parametrize("word", ["x", "rejct", "ask Jo", "yes and no", "not wrong", "0", "-", "..."])
def test_all_else_stays_as_written_and_decides_nothing(word: str) -> None:
    assert (Decision(word).decision, Decision(word).verdict, Decision(word).unknown_word) == (word, "", word)


def test_no_word_means_two_things_and_the_readme_names_them_all() -> None:
    words = [word for synonyms in DECISION_WORDS.values() for word in synonyms]
    assert len(words) == len(set(words))
    (paragraph,) = re.findall(r"write accept, reject, edit or unsure.*?\n\n", (ROOT / "README.md").read_text(), re.S)
    named = set(re.findall(r"[^\s,;.()`]+", paragraph))
    assert {word for word in words if not set(word.split()) <= named} == set()


def test_the_cell_becomes_the_plain_word_and_stays_so(article: Path) -> None:
    lines = rows()
    for row, word in zip(lines, ("Accepted", "NO", "corrected", "?"), strict=True):
        row["decision"] = word
    save_rows(lines)
    assert run().edits.decisions == 4
    assert [row["decision"] for row in rows()] == ["accept", "reject", "edit", "unsure"]
    save_rows(lines)
    assert run().edits.decisions == 0


def test_two_words_for_the_same_are_no_conflict(article: Path) -> None:
    ana, ben = rows(), rows()
    ana[0]["decision"], ben[0]["decision"] = "ok", "Accepted"
    save_rows([*ana, *ben])
    assert run().conflicts == 0
    assert rows()[0]["decision"] == "accept"


def test_a_word_of_an_older_store_is_understood(article: Path) -> None:
    claim_id = decide(decision="accept")
    run()
    with open_store(Path("outputs")) as store:
        for table in ("decisions", "history", "written"):
            store._connection.execute(f"UPDATE {table} SET decision = 'Accept'")  # noqa: S608
        assert store.decisions()[claim_id].decision == Decision("accept")
    save_rows([row | {"decision": row["decision"].title()} for row in rows()])
    assert run().edits.decisions == 0
    assert rows()[0]["decision"] == "accept"


def test_other_words_are_told_at_every_run_and_never_counted(article: Path) -> None:
    lines = rows()
    lines[1] |= {"decision": "rejct", "note": "two\nlines"}
    lines[3] |= {"decision": "yes"}
    save_rows(lines)
    first, second = extract("run", folder=Path()), extract("run", "--quiet", folder=Path())
    wanted = f'"rejct" (row 3 of outputs/claims.csv, claim {lines[1]["claim_id"]})'
    assert "1 decisions and 0 claims added by hand imported" in first.stdout
    for answer in (first, second):
        assert answer.returncode == 0
        assert wanted in " ".join((answer.stdout + answer.stderr).split())
        assert "accept, reject, edit or unsure" in answer.stdout + answer.stderr
    assert [(row["decision"], row["note"]) for row in rows()][1] == ("rejct", "two lines")
    lines[1]["decision"] = "reject"
    save_rows(lines)
    last = extract("run", folder=Path())
    assert "rejct" not in last.stdout + last.stderr
    assert rows()[1]["decision"] == "reject"


def test_many_other_words_are_told_in_few_lines(corpus: Path) -> None:
    read_once(corpus, "".join(f"Mine {number} will close, she said. " for number in range(60)))
    save_rows([row | {"decision": "x"} for row in rows()])
    told = extract("run", folder=Path())
    assert "60 decisions are not understood" in told.stdout
    assert "and 40 more" in told.stdout
    assert told.stdout.count('"x"') == 20


def test_an_orphans_other_word_is_told_with_its_own_row(article: Path) -> None:
    claim_id = decide(0, decision="x")
    run()
    article.write_text("Nothing is left of it, he said.", encoding="utf-8")
    (unknown,) = run().unknown_words
    assert (unknown.file, unknown.row, unknown.claim_id, unknown.word) == ("orphaned_decisions.csv", 2, claim_id, "x")


def test_an_export_tells_them_too(article: Path) -> None:
    claim_id = decide(0, decision="x")
    decide(1, decision="ok")
    told = extract("export", "--accepted", "--format", "jsonl", folder=Path())
    assert f'"x" (claim {claim_id})' in told.stderr
    (line,) = Path("outputs/accepted.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["decision"] == "accept"


def test_the_report_shows_the_claim_as_undecided_with_the_word(article: Path) -> None:
    decide(0, decision="ask <Jo>", reviewer="Kim")
    run()
    report = Path("outputs/report.html").read_text(encoding="utf-8")
    assert "not decided: “ask &lt;Jo&gt;”" in report
    assert 'data-decision="ask' not in report
    assert 'data-decision="other"' not in report
