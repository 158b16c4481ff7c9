"""Decisions typed into claims.xlsx: whatever program saved it, the next run finds them as those of claims.csv."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from pipeline.errors import ExtractError
from pipeline.outputs import WORKBOOK
from pipeline.settings import Settings
from pipeline.store import open_store
from pipeline.store.workbook import _as_text
from pipeline.summary import problem_lines, summary_lines
from tests.helpers.command import extract
from tests.helpers.spreadsheets import xlsx
from tests.helpers.store import decide, decision, read_once, rows, run, save_rows
from tests.helpers.workbooks import sheet_lines, sheet_rows, type_in_office, type_into

FILE = Path("outputs") / WORKBOOK
TEXT = (
    "The mine will close, Ada Brandt said. It rained.\n\n"
    "The ferry is late, Oren Blake said. “We wait – for it”, he said again.\n\n"
    "Nobody goes to Łódź now.\n"
)

pytestmark = pytest.mark.usefixtures("workbook")


@pytest.fixture
def article(corpus: Path) -> Path:
    return read_once(corpus, TEXT)


def later(path: Path, seconds: int) -> None:
    """Have the file look as if it was saved so many seconds after now."""
    now = path.stat().st_mtime
    os.utime(path, (now + seconds, now + seconds))


def test_what_is_typed_into_the_sheet_of_claims_is_in_all_tables_after_the_next_run(article: Path) -> None:
    type_into({
        ("Claims", 0, "decision"): "accept",
        ("Claims", 0, "note"): "„genau“ – so, 東京 🐧",
        ("Claims", 1, "decision"): " Rejected ",
        ("Claims", 1, "decided_at"): "4.3.2025",
    })  # fmt: skip
    summary = run()
    assert (summary.edits.decisions, summary.conflicts) == (2, 0)
    first, second, third = rows()
    assert (first["decision"], first["note"]) == ("accept", "„genau“ – so, 東京 🐧")
    assert (second["decision"], second["decided_at"]) == ("reject", "2025-03-04")
    assert third["decision"] == ""
    assert [row["decision"] for row in sheet_rows()] == ["accept", "reject", ""]
    assert sheet_rows()[0]["note"] == "„genau“ – so, 東京 🐧"


def test_saving_without_a_change_is_no_edit(article: Path) -> None:
    strange = "=1+1 _x0041_ <r>a</r> '@b \ufffe 🐧"
    claim_id = decide(decision="accept", note=strange, corrected_text="<r><t>x</t></r>", reviewer="'=A1")
    run()
    assert sheet_rows()[0]["reviewer"] == "=A1"
    before = Path("outputs/claims.csv").read_bytes()
    type_into({})
    assert run().edits.decisions == 0
    assert Path("outputs/claims.csv").read_bytes() == before
    with open_store(Path("outputs")) as store:
        assert len(store.history(claim_id)) == 1


def test_the_workbook_is_read_even_where_it_alone_was_edited_and_the_journal_names_it(article: Path) -> None:
    type_into({("Claims", 2, "decision"): "unsure"})
    run()
    with open_store(Path("outputs")) as store:
        (change,) = store.history(rows()[2]["claim_id"])
    assert (change.decision.decision, change.origin) == ("unsure", WORKBOOK)


@pytest.mark.parametrize(
    ("workbook_is_later", "word", "lost"), [(True, "reject", "accept"), (False, "accept", "reject")]
)
def test_of_two_words_on_one_claim_the_later_wins_and_the_other_is_listed(
    article: Path, workbook_is_later: bool, word: str, lost: str
) -> None:
    claim_id = decide(decision="accept")
    type_into({("Claims", 0, "decision"): "reject", ("Claims", 1, "decision"): "accept"})
    later(FILE if workbook_is_later else Path("outputs/claims.csv"), 60)
    summary = run()
    assert decision(claim_id)[0] == word
    assert summary.conflicts == 1
    (conflict,) = rows("conflicting_decisions.csv")
    assert (conflict["claim_id"], conflict["decision"], conflict["other_decision"]) == (claim_id, word, lost)
    assert rows()[1]["decision"] == "accept"


def test_the_same_word_in_both_is_no_conflict(article: Path) -> None:
    decide(decision="accept")
    type_into({("Claims", 0, "decision"): "accept"})
    assert (run().conflicts, rows()[0]["decision"]) == (0, "accept")


def test_a_row_added_in_the_sheet_becomes_a_claim(article: Path) -> None:
    header, *lines = sheet_lines("Claims")
    lines = [list(map(str, line)) for line in lines]
    added = ["accept" if name == "decision" else "Nobody goes to Łódź" * (name == "claim_text") for name in header]
    FILE.write_bytes(xlsx(("Claims", [header, *lines, added])))
    assert run().edits.manual_claims == 1
    assert [row["claim_text"] for row in rows() if row["rule"] == "reviewer"] == ["Nobody goes to Łódź"]


def test_a_sheet_renamed_sorted_and_without_most_columns(article: Path) -> None:
    wanted = rows()[2]["claim_id"]
    table = [["claim_id", "note", "decision"], *([row["claim_id"], "", ""] for row in reversed(rows()))]
    table[1][1:] = ["kept", "yes"]
    FILE.write_bytes(xlsx(("Notes", [["nothing", "here"]]), ("Mine", [["My list"], *table])))
    run()
    assert decision(wanted) == ("accept", "kept")


def test_a_workbook_that_was_made_of_the_csv_is_read_and_a_copy_kept(article: Path) -> None:
    claim_id = decide(1, decision="accept")
    FILE.unlink()
    run_without_workbook()
    decide(1, decision="reject")
    table = [list(rows()[0]), *(list(row.values()) for row in rows())]
    table[1][0] = "accept"
    table[2][0] = "accept"  # as in claims.csv when the workbook was made of it: not a word against the later one
    FILE.write_bytes(xlsx(("Tabelle1", table)))
    content = FILE.read_bytes()
    summary = run()
    assert (decision(claim_id)[0], rows()[0]["decision"], summary.conflicts) == ("reject", "accept", 0)
    assert (Path("outputs") / "claims.kept.xlsx").read_bytes() == content
    assert any("claims.kept.xlsx" in line for line in problem_lines(summary))
    assert sheet_rows()[1]["decision"] == "reject"
    assert not list(problem_lines(run()))


def run_without_workbook() -> None:
    from pipeline import run_job as run_module

    run_module.run(Settings(xlsx=False))


def test_without_the_workbook_that_of_an_earlier_run_goes_unless_it_was_edited(article: Path) -> None:
    type_into({("Claims", 0, "decision"): "accept"})
    run_without_workbook()
    assert decision(rows()[0]["claim_id"])[0] == "accept"
    assert FILE.exists()  # it isn't as a run wrote it
    run()
    run_without_workbook()
    assert not FILE.exists()


def test_open_in_excel_or_libreoffice_the_new_one_is_beside_it_and_both_are_read(article: Path) -> None:
    for lock in ("~$claims.xlsx", ".~lock.claims.xlsx#"):
        (Path("outputs") / lock).write_text("")
        summary = run()
        assert summary.workbook == "claims.new.xlsx"
        assert any("claims.xlsx was not replaced" in line for line in problem_lines(summary))
        type_into({("Claims", 1, "note"): lock}, Path("outputs/claims.new.xlsx"))
        (Path("outputs") / lock).unlink()
        run()
        assert rows()[1]["note"] == lock
        assert not Path("outputs/claims.new.xlsx").exists()


def test_a_damaged_workbook_stops_the_run_and_nothing_is_lost(article: Path) -> None:
    decide(decision="accept")
    before = Path("outputs/claims.csv").read_bytes()
    for content in (
        b"PK\x03\x04 and no more",
        b"",
        b"decision,claim_id\r\n",
        xlsx(("Sheet1", [["a", "b"], ["1", "2"]])),
    ):
        FILE.write_bytes(content)
        if not content:
            continue
        with pytest.raises(ExtractError, match=r"claims\.xlsx can't be imported") as error:
            run()
        assert "run again" in error.value.hint
        assert Path("outputs/claims.csv").read_bytes() == before
        assert FILE.read_bytes() == content
    FILE.unlink()
    assert run().edits.decisions == 1


def test_edits_of_events_are_read_from_their_sheet(article: Path) -> None:
    """Without events there is nothing to edit: the sheet has its header, and reading it is no mistake."""
    assert sheet_lines("Events")[0][:3] == ["name", "merge_into", "split_off"]
    type_into({("Claims", 0, "decision"): "accept"})
    assert run().edits.events == 0


def test_the_line_at_the_end_names_it_only_where_it_was_written(article: Path) -> None:
    assert "claims.csv, claims.xlsx, events.csv" in "\n".join(summary_lines(run()))
    done = extract("run", "--no-xlsx", folder=Path.cwd())
    assert "claims.xlsx" not in done.stdout
    assert not FILE.exists()
    Path("extract.toml").write_text("xlsx = false\n")
    assert "claims.xlsx" not in extract("run", folder=Path.cwd()).stdout
    assert "claims.xlsx" in extract("run", "--xlsx", folder=Path.cwd()).stdout


def test_csv_and_workbook_are_told_apart_after_a_joint_run(article: Path) -> None:
    claim_id = decide(decision="accept")
    run()
    type_into({("Claims", 0, "decision"): ""})
    run()
    assert decision(claim_id)[0] == ""
    save_rows(rows())
    assert run().edits.decisions == 0


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.0, "3"), (0.5, "0.5"), (True, "true"), ("x", "x"), ("", ""),
        (datetime(2025, 3, 4), "2025-03-04"), (datetime(2025, 3, 4, 10, 15), "2025-03-04 10:15:00"),
        (datetime(2025, 3, 4).date(), "2025-03-04"),
    ],
)  # fmt: skip
def test_cells_of_other_kinds_as_text(value: object, text: str) -> None:
    assert _as_text(value) == text


@pytest.mark.slow
def test_libreoffice_opens_it_and_what_it_saves_is_read(article: Path, tmp_path: Path) -> None:
    decide(2, note="née “Müller” – 東京 =1+1", decision="unsure")
    run()
    claims, saved = rows(), sheet_rows()
    type_in_office({0: "accept", 1: "Wrong"}, tmp_path)
    assert sheet_lines("Claims")[0][: len(saved[0])] == list(saved[0])
    summary = run()
    assert (summary.edits.decisions, summary.conflicts) == (2, 0)
    assert [row["decision"] for row in rows()] == ["accept", "reject", "unsure"]
    rest = [{name: value for name, value in row.items() if name != "decision"} for row in claims]
    assert [{name: value for name, value in row.items() if name != "decision"} for row in rows()] == rest
