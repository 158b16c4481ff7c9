"""Who confirms, who denies: independent articles that make the same claim, and claims that contradict each other."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.compare import Agreement, ClaimIndex, find_agreement
from pipeline.records import Claim
from tests.helpers.store import run

NAMED = "the Alder Street Library"


def event(status: str, doc: str = "a", **fields: Any) -> Claim:
    return Claim(
        claim_type="closure", event_id="e1", target=NAMED, event_status=status, claim_id=f"c{status}{doc}", doc_id=doc,
        file=f"{doc}.txt", claim_text=NAMED, confidence=0.9, start=0, end=1, **fields,
    )  # fmt: skip


@pytest.mark.parametrize("status", ["occurred", "ongoing", "planned"])
def test_a_denial_contradicts_what_is_affirmed(status: str) -> None:
    yes, no, also = event(status), event("denied", "b"), event("occurred", "c")
    assert find_agreement([yes, no, also], {}, ()) == {
        yes.claim_id: Agreement(2, (no.claim_id,)),
        no.claim_id: Agreement(1, (yes.claim_id, also.claim_id)),
        also.claim_id: Agreement(2, (no.claim_id,)),
    }


@pytest.mark.parametrize("status", ["possible", "threatened", "hypothetical", "reversed", "denied"])
def test_what_is_not_affirmed_contradicts_nothing(status: str) -> None:
    agreement = find_agreement([event(status), event("denied", "b")], {}, ())
    assert set(agreement.values()) == {Agreement(2)}


def test_a_denial_for_days_to_come_does_not_contradict_what_has_happened() -> None:
    later = event("denied", "b", published=date(2025, 3, 1), date_start=date(2025, 9, 1), date_end=date(2025, 9, 30))
    assert not any(claim.conflicts for claim in find_agreement([event("occurred"), later], {}, ()).values())
    planned = event("planned", published=date(2025, 3, 1))
    assert all(claim.conflicts for claim in find_agreement([planned, later], {}, ()).values())


def test_who_says_one_thing_and_then_another_does_not_contradict_himself() -> None:
    yes, no = event("planned", reporter="Ada Brandt"), event("denied", "b", reporter="Ada Brandt")
    assert set(find_agreement([yes, no], {}, ()).values()) == {Agreement(2)}
    other = event("planned", "c", reporter="Per Dahl")
    agreement = find_agreement([yes, no, other], {}, ())
    assert agreement[no.claim_id] == Agreement(2, (other.claim_id,))


def test_copies_of_a_story_are_one_source() -> None:
    three = [event("planned", doc) for doc in "abc"]
    assert {claim.sources for claim in find_agreement(three, {"b": "a.txt"}, ()).values()} == {2}


def cited(doc: str, speaker: str, publisher: str = "") -> Claim:
    return event("planned", doc, stance="states", speaker=speaker, speaker_mention=(0, 1), publisher=publisher)


@pytest.mark.parametrize(
    ("claims", "sources"),
    [
        # two papers pass on what one agency, firm or person has told
        ([cited("a", "Orme Press"), cited("b", "Orme Press")], 1),
        ([cited("a", "Orme Press"), cited("b", "Ada Brandt")], 2),
        # one paper has it, the other passes it on
        ([event("planned", "a", publisher="The Larner"), cited("b", "Larner", "The Osker")], 1),
        ([event("planned", "a", publisher="The Larner"), cited("b", "Ada Brandt", "The Osker")], 2),
        # who says so in its own words, too, is a source
        ([cited("a", "Orme Press"), event("planned", "b"), cited("b", "Orme Press")], 2),
        # a paper may cite itself
        ([cited("a", "The Larner", "The Larner"), cited("b", "The Larner", "The Larner")], 2),
        # two "officials" may be two
        ([event("planned", doc, stance="states", speaker="officials") for doc in "ab"], 2),
    ],
)
def test_who_passes_on_what_another_has_told_is_no_source_beside_it(claims: list[Claim], sources: int) -> None:
    named = [replace(claim, claim_id=str(number)) for number, claim in enumerate(claims)]
    assert {agreement.sources for agreement in find_agreement(named, {}, ()).values()} == {sources}


def test_what_the_reviewer_rejected_neither_counts_nor_contradicts() -> None:
    yes, no, also = event("planned"), event("denied", "b"), event("planned", "c")
    agreement = find_agreement([yes, no, also], {}, {no.claim_id})
    assert agreement == {yes.claim_id: Agreement(2), also.claim_id: Agreement(2)}


def test_the_table_says_it(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changes = [(0, {"independent_sources": 3, "conflicts_with": ["c1", "c2"]})]
    monkeypatch.setattr(ClaimIndex, "changes", lambda _: iter(changes))
    (corpus / "a.txt").write_text("The pier is shut, she said. Nobody goes there, he said.")
    run()
    with Path("outputs/claims.csv").open(encoding="utf-8-sig", newline="") as file:
        first, second = csv.DictReader(file)
    assert (first["independent_sources"], first["conflicts_with"]) == ("3", "c1 | c2")
    assert (second["independent_sources"], second["conflicts_with"]) == ("1", "")
