"""Claims compared from the disk: the same agreement as when all are in memory, whatever they are."""

from __future__ import annotations

import random
from contextlib import closing
from datetime import date
from typing import Any

from pipeline.compare import ClaimIndex, Polarity, contradicted_ids, find_agreement
from pipeline.records import Claim
from pipeline.scratch import memory_scratch

_SAID = "we had no choice and the bank decided it before anybody on the council had read the letter".split()


def made_up(number: int, rng: random.Random) -> Claim:
    """A claim that others may confirm or deny: one of few events, or words of one of few speakers."""
    article = rng.randrange(30)
    place: dict[str, Any] = {"claim_id": f"c{number}", "doc_id": f"d{article}", "file": f"{article}.txt"}
    if rng.random() < 0.4:
        return Claim(
            claim_type="closure", event_id=rng.choice(("e1", "e2", "e3", "")), target="the mine", sentence=f"{number}.",
            event_status=rng.choice(("planned", "denied", "occurred", "possible")), claim_text="the mine", start=0,
            end=1, confidence=0.5, reporter=rng.choice(("", "Ada Brandt", "Bo Ek")), published=date(2025, 3, 4),
            **place,
        )  # fmt: skip
    start = rng.randrange(8)
    return Claim(
        claim_type="quote", speaker=rng.choice(("Ada Brandt", "Brandt", "Bo Brandt", "Bo Ek", "")), start=0, end=1,
        claim_text=" ".join(_SAID[start : start + rng.randrange(2, 12)]), confidence=0.5, **place,
    )  # fmt: skip


def test_the_agreement_is_that_of_all_claims_together() -> None:
    rng = random.Random(5)  # noqa: S311
    compared = contradicted = 0
    for _ in range(20):
        claims = [made_up(number, rng) for number in range(120)]
        rejected = {claim.claim_id for claim in claims if rng.random() < 0.1}
        stories = {f"d{number}": "0.txt" for number in range(1, 30) if rng.random() < 0.3}
        expected = find_agreement(claims, stories, rejected)
        with closing(memory_scratch()) as scratch:
            index = ClaimIndex(scratch)
            for position, claim in enumerate(claims):
                index.add(position, claim, is_rejected=claim.claim_id in rejected)
            index.name_events(lambda _, event_id: event_id)
            assert index.compare(stories, Polarity()) == contradicted_ids(expected)
            changes = {claims[position].claim_id: columns for position, columns in index.changes()}
        assert changes == {
            claim_id: {"independent_sources": agreement.sources, "conflicts_with": list(agreement.conflicts)}
            for claim_id, agreement in expected.items()
        }
        compared += len(expected)
        contradicted += len(contradicted_ids(expected))
    assert min(compared, contradicted) > 100


def test_claims_get_the_ids_that_their_events_have_across_articles() -> None:
    rng = random.Random(6)  # noqa: S311
    claims = [claim for number in range(60) if (claim := made_up(number, rng)).claim_type == "closure"]
    with closing(memory_scratch()) as scratch:
        index = ClaimIndex(scratch)
        for position, claim in enumerate(claims):
            index.add(position, claim, is_rejected=False)
        index.name_events(lambda _, event_id: "e1" if event_id == "e2" else event_id)
        assert not index.has_event("e2")
        merged = index.claims_of("e1")
        changed = {position for position, columns in index.changes() if "event_id" in columns}
    assert [claim.claim_id for claim in merged] == [c.claim_id for c in claims if c.event_id in ("e1", "e2")]
    assert {claim.event_id for claim in merged} == {"e1"}
    assert changed == {position for position, claim in enumerate(claims) if claim.event_id == "e2"}
