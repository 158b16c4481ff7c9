"""Tables that were cut off in the middle of a row, and spreadsheets that nobody reads, are told of and lose nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.outputs import CLAIMS, ORPHANS
from pipeline.summary import problem_lines
from tests.helpers.command import extract
from tests.helpers.store import decide, decision, read_once, rows, run

TABLE = Path("outputs/claims.csv")
COPY = Path("outputs/claims.cut.csv")
TEXT = (
    "The mine will close, Ada Brandt said. It rained.\n\n"
    "The ferry is late, Oren Blake said. “We wait – for it”, he said again.\n\n"
)


@pytest.fixture
def article(corpus: Path) -> Path:
    return read_once(corpus, TEXT)


def cut(share: float) -> bytes:
    """Cut claims.csv off at that share of its last row, as a full disk does; the bytes that are left."""
    data = TABLE.read_bytes()
    start = data.rstrip(b"\r\n").rindex(b"\n") + 1
    left = data[: start + round(share * (len(data.rstrip()) - start))]
    TABLE.write_bytes(left)
    return left


@pytest.mark.parametrize("share", [0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97])
def test_a_row_that_was_cut_off_is_told_of_and_adds_nothing(article: Path, share: float) -> None:
    claim_id = decide(0, decision="accept", note="seen")
    decide(2, decision="reject")
    left = cut(share)
    summary = run()
    assert len(rows()) == 3
    assert (summary.edits.manual_claims, summary.edits.decisions, summary.orphans) == (0, 1, 0)
    (line,) = problem_lines(summary)
    assert "claims.csv" in line
    assert "row 4" in line
    assert "claims.cut.csv" in line
    assert decision(claim_id) == ("accept", "seen")
    assert COPY.read_bytes() == left
    assert not list(problem_lines(run()))


def test_the_words_of_the_row_are_shown(article: Path) -> None:
    decide(2, decision="reject", note="no such ferry")
    cut(0.3)
    (line,) = problem_lines(run())
    assert "reject" in line
    assert "no such ferry" in line


def test_a_cut_inside_quotation_marks_is_seen_though_the_row_is_the_longest(article: Path) -> None:
    decide(2, decision="accept", note='a "quoted", long note')
    data = TABLE.read_bytes()
    TABLE.write_bytes(data[: data.index(b"long note")])
    assert "row 4" in next(problem_lines(run()))
    assert not list(problem_lines(run()))


def test_a_decision_made_before_a_cut_stays(article: Path) -> None:
    claim_id = decide(2, decision="accept", note="seen")
    run()
    cut(0.02)
    run()
    assert decision(claim_id) == ("accept", "seen")


def test_a_cut_in_the_header_is_told_of(article: Path) -> None:
    TABLE.write_bytes(TABLE.read_bytes()[:60])
    assert "row 1" in next(problem_lines(run()))
    assert len(rows()) == 3


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_the_last_row_may_lack_its_line_break_or_its_empty_cells(article: Path, delimiter: str) -> None:
    """Google's table has no line break at its end, Excel leaves out trailing empty cells; neither is a cut."""
    found = rows()
    found[2] |= {"decision": "accept"}
    lines = [list(found[0]), *(list(row.values()) for row in found)]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(lines)
    TABLE.write_bytes(TABLE.read_bytes().rstrip(b"\n"))
    summary = run()
    assert not list(problem_lines(summary))
    assert summary.edits.decisions == 1
    TABLE.write_text(TABLE.read_text("utf-8-sig").rstrip() + "\nreject,,short\n", encoding="utf-8")
    assert not list(problem_lines(run()))


def test_of_two_copies_put_together_the_second_may_have_fewer_columns(article: Path) -> None:
    claim_id = rows()[1]["claim_id"]
    text = TABLE.read_text("utf-8-sig") + f"decision,note,claim_id\naccept,seen,{claim_id}"
    TABLE.write_text(text, encoding="utf-8")
    assert not list(problem_lines(run()))
    assert decision(claim_id) == ("accept", "seen")


def test_a_second_cut_is_kept_beside_the_first_and_the_same_one_only_once(article: Path) -> None:
    whole = TABLE.read_bytes()
    cut(0.1)
    run()
    TABLE.write_bytes(whole)
    cut(0.5)
    run()
    TABLE.write_bytes(whole)
    cut(0.5)
    run()
    assert sorted(path.name for path in Path("outputs").glob("claims.cut*")) == ["claims.cut.csv", "claims.cut2.csv"]


def test_a_cut_table_of_orphans_is_kept_as_well(article: Path) -> None:
    decide(0, decision="accept", note="seen")
    run()
    article.write_text("Nothing of note was said by anybody.\n")
    run()
    path = Path("outputs") / ORPHANS
    path.write_bytes(path.read_bytes()[:-40])
    assert ORPHANS in next(problem_lines(run()))
    assert Path("outputs/orphaned_decisions.cut.csv").exists()
    assert rows(ORPHANS)[0]["note"] == "seen"


def test_quiet_tells_of_it_too_and_so_does_an_export(article: Path) -> None:
    left = cut(0.5)
    done = extract("export", folder=Path.cwd())
    assert "row 4" in done.stderr
    assert TABLE.read_bytes() == left
    done = extract("run", "--quiet", folder=Path.cwd())
    assert (done.returncode, done.stdout) == (0, "")
    assert "row 4" in done.stderr


@pytest.mark.parametrize("name", ["Claims.XLS", "claims 2.xlsx", "claims reviewed.ods", "orphaned_decisions.numbers"])
def test_a_spreadsheet_beside_the_table_is_told_of_at_every_run(article: Path, name: str) -> None:
    (Path("outputs") / name).write_bytes(b"PK\x03\x04")
    for arguments in (["run"], ["run", "--quiet"], ["export"]):
        done = extract(*arguments, folder=Path.cwd())
        said = done.stdout + done.stderr
        assert done.returncode == 0
        assert f"{name} isn't read" in said
        assert f"save it as CSV under the name {ORPHANS if 'orph' in name else CLAIMS}" in said


def test_other_files_in_the_outputs_are_nobodys_business(article: Path) -> None:
    for name in ("budget.xlsx", "~$budget.xlsx", "claims_export.csv", "my claims.xlsx"):
        (Path("outputs") / name).write_bytes(b"PK")
    assert not list(problem_lines(run()))
