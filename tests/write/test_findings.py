"""What the report says first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from pipeline.records import Claim
from pipeline.write.event_rows import EventFacts, EventRow, event_rows
from pipeline.write.findings import MAX_NAMED, FindingsTally


def event(name: str, status: str, *, day: date | None = None, file: str = "a.txt", decision: str = "") -> Claim:
    return Claim(
        claim_type="closure", claim_text=f"{name} closes", target=name, event_status=status, confidence=0.9,
        claim_id=f"c-{name}-{file}-{status}", event_id=f"e-{name}", doc_id=file, file=file, start=0, end=9,
        reporter=file, date_start=day, decision=decision,
    )  # fmt: skip


def findings(*claims: Claim, **facts: Any) -> dict[str, tuple[str, list[str]]]:
    """By kind the sentence and the events that it names."""
    rows = event_rows(claims, {}, EventFacts(**facts))
    tally = FindingsTally()
    assert tuple(tally.watch(rows)) == rows
    return {found.name: (found.sentence, [row.title for row in found.events]) for found in tally.findings()}


def test_each_event_is_told_once_by_what_is_most_urgent() -> None:
    pier = (event("pier", "occurred"), event("pier", "denied", file="b.txt"))
    claims = (
        *pier,
        event("mill", "denied"),
        event("dock", "occurred"),
        event("dock", "occurred", file="b.txt"),
        event("fair", "reversed"),
        event("mine", "planned", day=date(2025, 6, 1)),
        event("zoo", "planned"),
    )
    assert findings(*claims, contradicted={claim.claim_id for claim in pier}) == {
        "contradicted": ("1 event is contradicted: what one source affirms another denies.", ["pier"]),
        "denied": ("1 event is denied.", ["mill"]),
        "confirmed": ("1 event is told by two or more independent sources.", ["dock"]),
        "undone": ("1 event was undone, as by a reopening.", ["fair"]),
        "dated": ("1 event is planned for a known day.", ["mine"]),
    }


def test_who_denies_only_the_reopening_denies_no_event() -> None:
    claim = event("pier", "denied")
    assert findings(claim, undoing={claim.claim_id}) == {}


def test_copies_of_a_story_are_one_source() -> None:
    claims = (event("dock", "occurred"), event("dock", "occurred", file="b.txt"))
    rows: tuple[EventRow, ...] = event_rows(claims, {"b.txt": "a.txt"})
    tally = FindingsTally()
    list(tally.watch(rows))
    assert tally.findings() == ()


def test_what_a_reviewer_rejected_is_no_finding() -> None:
    assert findings(event("mill", "denied", decision="reject")) == {}


def test_of_many_the_next_ones_are_named_and_all_counted() -> None:
    days = [date(2025, 6, day) for day in range(20, 0, -1)]
    claims = [event(f"mine {day.day:02}", "planned", day=day) for day in days]
    sentence, named = findings(*(replace(claim, file=claim.target) for claim in claims))["dated"]
    assert sentence == "20 events are planned for known days."
    assert named == [f"mine {number:02}" for number in range(1, MAX_NAMED + 1)]
