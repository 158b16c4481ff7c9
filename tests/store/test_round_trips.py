"""Whole round trips, as a reviewer's program makes them: saved in its way, imported, written anew."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from pipeline.store import open_store
from pipeline.write.columns import CLAIM_COLUMNS
from tests.helpers.store import Row, decide, decision, read_once, rows, run, save_rows

CLAIMS = Path("outputs/claims.csv")
TEXT = (
    "The mine will close, Ada Brandt said. It rained.\n\n"
    "The ferry is late, Oren Blake said. “We wait – for it”, he said again.\n\n"
    "Nobody goes to Łódź now,\n\nnobody comes back from there.\n"
)


@pytest.fixture
def article(corpus: Path) -> Path:
    return read_once(corpus, TEXT)


def decisions() -> list[tuple[str, str, str, str]]:
    return [(row["decision"], row["note"], row["reviewer"], row["decided_at"]) for row in rows()]


def table(lines: list[Row], *, delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL, end: str = "\r\n") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end)  # type: ignore[arg-type]
    writer.writerow(list(lines[0]))
    writer.writerows(row.values() for row in lines)
    return out.getvalue()


def test_german_excel(article: Path) -> None:
    """Semicolons, Windows' letters, days with full stops, decimals with a comma."""
    lines = rows()
    lines[0] |= {"decision": "accept", "note": "„genau“ – so", "reviewer": "Jörg", "decided_at": "04.03.2025"}
    lines[1] |= {"decision": "reject", "decided_at": "4.3.25 10:15"}
    for row in lines:
        row["confidence"] = row["confidence"].replace(".", ",")
    CLAIMS.write_bytes(table(lines, delimiter=";").encode("cp1252", "replace"))
    run()
    assert decisions()[0] == ("accept", "„genau“ – so", "Jörg", "2025-03-04")
    assert decisions()[1] == ("reject", "", "", "2025-03-04")
    assert rows()[0]["confidence"] == "0.50"


def test_excels_unicode_text(article: Path) -> None:
    """Tabs in UTF-16 with a mark at its start, and the name .csv all the same."""
    lines = rows()
    lines[2] |= {"decision": "edit", "corrected_text": "“We wait” — 東京", "note": 'he said "no"', "reviewer": "Łucja"}
    CLAIMS.write_bytes(table(lines, delimiter="\t").encode("utf-16"))
    run()
    row = rows()[2]
    assert (row["decision"], row["corrected_text"], row["note"], row["reviewer"]) == (
        "edit", "“We wait” — 東京", 'he said "no"', "Łucja",
    )  # fmt: skip


def test_american_excel(article: Path) -> None:
    lines = rows()
    lines[0] |= {"decision": "accept", "decided_at": "3/4/2025 9:05 AM", "note": "don’t know"}
    lines[1] |= {"decision": "accept", "decided_at": "3/24/2025 10:15"}
    CLAIMS.write_text(table(lines), encoding="cp1252", errors="replace", newline="")
    run()
    assert [row[3] for row in decisions()[:2]] == ["2025-03-04", "2025-03-24"]
    assert decisions()[0][1] == "don’t know"


def test_numbers_and_its_title_line(article: Path) -> None:
    """Numbers writes the name of each table above it, when asked to."""
    lines = rows()
    lines[0] |= {"decision": "accept"}
    CLAIMS.write_text(f"claims: Table 1\r\n{table(lines)}", encoding="utf-8", newline="")
    run()
    assert decisions()[0][0] == "accept"


def test_columns_moved_to_the_front_and_most_deleted(article: Path) -> None:
    lines = rows()
    lines[0] |= {"note": "first"}
    lines[1] |= {"decision": "unsure", "note": "second"}
    kept = ("claim_text", "speaker_text", "note", "claim_id", "decision")
    save_rows([{name: row[name] for name in kept} for row in reversed(lines)])
    run()
    assert [row[:2] for row in decisions()] == [("", "first"), ("unsure", "second"), ("", "")]
    assert list(rows()[0])[:3] == ["decision", "corrected_text", "note"]


#: The columns of claims.csv as the first version had them.
FIRST_VERSION = (
    "decision corrected_text note reviewer decided_at claim_type speaker speaker_text speaker_role speaker_type "
    "speaker_country cue stance negated quote_type claim_text trigger actor actor_country target target_kind place "
    "countries event_status permanence cause date_text date_start date_end reporter people organisations "
    "context_before sentence context_after block title publisher published published_source confidence noise reason "
    "speaker_reason rule copies independent_sources conflicts_with claim_id event_id doc_id file start end corrections"
).split()


def test_a_table_with_the_columns_of_an_earlier_version(article: Path) -> None:
    lines = [{name: row[name] for name in FIRST_VERSION} for row in rows()]
    lines[0] |= {"decision": "accept", "note": "from before"}
    added_by_hand = {**dict.fromkeys(FIRST_VERSION, ""), "claim_text": "nobody goes to Łódź now", "decision": "accept"}
    save_rows([*lines, added_by_hand])
    summary = run()
    assert (summary.edits.decisions, summary.edits.manual_claims) == (1, 1)
    assert [row[:2] for row in decisions()[:3]] == [("accept", "from before"), ("", ""), ("", "")]
    assert list(rows()[0]) == list(CLAIM_COLUMNS)
    assert {row["claim_text"] for row in rows() if row["rule"] == "reviewer"} == {"Nobody goes to Łódź now"}


def test_a_note_of_several_lines_and_blanks_around_it(article: Path) -> None:
    lines = rows()
    lines[0] |= {"decision": " accept ", "note": " one\r\ntwo\u00a0\tthree "}
    save_rows(lines)
    run()
    before = CLAIMS.read_bytes()
    assert rows()[0]["note"].split() == ["one", "two", "three"]
    with open_store(Path("outputs")) as store:
        changes = store.history(rows()[0]["claim_id"])
    assert run().edits.decisions == 0
    assert CLAIMS.read_bytes() == before
    with open_store(Path("outputs")) as store:
        assert store.history(rows()[0]["claim_id"]) == changes


def test_the_copies_of_two_people_one_below_the_other(article: Path) -> None:
    """Joined with their headers: what only one of them decided is theirs, what both did differently is kept twice."""
    ana, ben = rows(), rows()
    ana[0] |= {"decision": "accept", "reviewer": "Ana"}
    ana[2] |= {"decision": "accept", "reviewer": "Ana"}
    ben[1] |= {"decision": "reject", "reviewer": "Ben", "note": "no"}
    ben[2] |= {"decision": "reject", "reviewer": "Ben"}
    CLAIMS.write_text(f"\ufeff{table(ana)}\ufeff{table(ben)}", encoding="utf-8", newline="")
    summary = run()
    assert [row[:3] for row in decisions()] == [
        ("accept", "", "Ana"),
        ("reject", "no", "Ben"),
        ("reject", "", "Ben"),
    ]
    assert (summary.conflicts, summary.orphans) == (1, 0)
    (conflict,) = rows("conflicting_decisions.csv")
    assert (conflict["other_decision"], conflict["other_reviewer"]) == ("accept", "Ana")


def test_an_older_copy_joined_to_the_newer_one_deletes_nothing(article: Path) -> None:
    older = rows()
    claim_id = decide(decision="accept", note="new")
    run()
    save_rows([*rows(), *older])
    run()
    assert decision(claim_id) == ("accept", "new")


def added(**cells: str) -> None:
    lines = rows()
    save_rows([*lines, {**dict.fromkeys(lines[0], ""), **cells}])


def test_an_added_row_with_words_of_two_paragraphs(article: Path) -> None:
    added(claim_text="nobody goes to Łódź now, nobody comes back", decision="accept")
    summary = run()
    assert (summary.edits.manual_claims, summary.orphans) == (1, 0)
    (row,) = (row for row in rows() if row["rule"] == "reviewer")
    assert TEXT[int(row["start"]) : int(row["end"])] == "Nobody goes to Łódź now,\n\nnobody comes back"
    assert row["claim_text"] == "Nobody goes to Łódź now, nobody comes back"
    assert row["sentence"].startswith("Nobody goes")
    before = CLAIMS.read_bytes()
    run()
    assert CLAIMS.read_bytes() == before
