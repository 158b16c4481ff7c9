"""Events over all articles: their names, their history, how things stand, who affirms and who denies them."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.records import Claim
from pipeline.store import EventEdits, WrittenEvent
from pipeline.write.atomic import OutputFiles
from pipeline.write.columns import EVENT_COLUMNS
from pipeline.write.event_rows import EventFacts, EventRow, Stage, event_rows
from pipeline.write.event_table import write_events

MARCH, APRIL = date(2025, 3, 4), date(2025, 4, 1)


def closure(number: int, status: str = "planned", published: date | None = MARCH, **fields: Any) -> Claim:
    values: dict[str, Any] = {"event_id": "e1", "target": "the mill", "reporter": "The Larner"} | fields
    return Claim(
        claim_type="closure", claim_text="the mill will close", confidence=0.9, claim_id=f"c{number}", start=0, end=1,
        doc_id=f"d{published}", file=f"{published}.txt", published=published, event_status=status, **values,
    )  # fmt: skip


def row_of(*claims: Claim) -> EventRow:
    (row,) = event_rows(claims, {})
    return row


@pytest.mark.parametrize(
    ("name", "targets"),
    [
        ("the Alder mill", ["the mill", "the mill", "its Alder mill", "the Alder mill"]),
        ("the mill", ["its mill", "its mill", "the mill"]),
        ("the old mill", ["the old mill", "the mill", "the old mill"]),
        ("the Alder mill", ["the Alder mill", "the Alder mill, in which half of the valley has worked for years"]),
        ("", [""]),
    ],
)
def test_an_event_is_called_by_what_tells_which_one_it_is(name: str, targets: list[str]) -> None:
    assert row_of(*(closure(number, target=target) for number, target in enumerate(targets))).target == name


def test_what_became_of_it_is_told_in_order_of_days() -> None:
    row = row_of(
        closure(1, "occurred", None),
        closure(2, "denied", APRIL, reporter="Ada Brandt"),
        closure(3),
        closure(4),
        closure(5, "denied", APRIL, reporter="Ada Brandt"),
        closure(6, "occurred", APRIL),
    )
    assert row.history == (
        Stage(MARCH, "planned", "The Larner"),
        Stage(APRIL, "denied", "Ada Brandt"),
        Stage(APRIL, "occurred", "The Larner"),
        Stage(None, "occurred", "The Larner"),
    )
    assert row.status == "denied"
    assert (row.affirmed_by, row.denied_by) == (("The Larner",), ("Ada Brandt",))
    assert (row.first_told, row.last_told, row.articles) == (MARCH, APRIL, 3)


def test_of_statuses_told_equally_often_that_which_says_how_things_stand() -> None:
    assert row_of(closure(1, "occurred"), closure(2, "reversed")).status == "reversed"
    assert row_of(closure(1, "planned"), closure(2, "occurred")).status == "occurred"
    assert row_of(closure(1, "nearly", None), closure(2, "planned", None)).status == "planned"
    assert row_of(closure(1, "")).status == ""


def test_what_was_rejected_does_not_count() -> None:
    row = row_of(closure(1, "denied", APRIL, decision="reject"), closure(2))
    assert (row.status, row.rejected, len(row.claims)) == ("planned", False, 2)
    assert row_of(closure(1, decision="reject")).rejected


def test_who_denies_that_it_is_undone_affirms_it() -> None:
    claims = [closure(1, "denied", reporter="Ada Brandt"), closure(2, "denied", reporter="Per Dahl")]
    (row,) = event_rows(claims, {}, EventFacts(undoing={"c1"}))
    assert (row.affirmed_by, row.denied_by) == (("Ada Brandt",), ("Per Dahl",))


def test_a_claim_without_an_event_is_one_of_its_own() -> None:
    rows = event_rows([closure(1, event_id=""), closure(2, event_id="")], {})
    assert [row.event_id for row in rows] == ["c1", "c2"]


def test_the_table_says_it(tmp_path: Path) -> None:
    claims = [closure(1), closure(2, "denied", APRIL, reporter="Ada Brandt", date_start=APRIL, date_end=APRIL)]
    facts = EventFacts({"c1"}, {"e1": "e5"}, edits=EventEdits({"e9": "Mill fire"}), formerly={"e1": ("e7", "e9")})
    rows = event_rows(claims, {}, facts)
    before = WrittenEvent("e1", (), "Fire", "e404", "c1", unclear=("merge_into",))
    assert write_events(tmp_path, rows, {"e1": before}, OutputFiles()) == [
        WrittenEvent("e1", ("c1", "c2"), "Mill fire", "e404", part_of="e5", unclear=("merge_into",))
    ]
    with (tmp_path / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert tuple(row) == EVENT_COLUMNS
    assert {name: value for name, value in row.items() if value} == {
        "name": "Mill fire", "merge_into": "e404", "event_id": "e1", "type": "closure", "what": "Mill fire",
        "first_told": "2025-03-04", "last_told": "2025-04-01",
        "date_start": "2025-04-01", "date_end": "2025-04-01", "status": "denied",
        "history": "2025-03-04 planned (The Larner) | 2025-04-01 denied (Ada Brandt)", "affirmed_by": "The Larner",
        "denied_by": "Ada Brandt", "articles": "2", "independent_sources": "2", "contradicted": "yes",
        "first_reported": "2025-03-04 planned (The Larner)", "part_of": "e5", "formerly": "e7 | e9",
        "claim_ids": "c1 | c2",
    }  # fmt: skip
