"""Which independent articles make the same claim, and which claims contradict each other: who confirms, who denies.

Event claims are compared within the groups of ``group_events``. Those denied contradict those done, going on or
planned, those denied for days to come only those planned; what is possible, threatened or hypothetical contradicts
nothing, and a reopening is another event. Quotes are
the same claim when speakers of one last name are quoted with the same words, at least LEAST of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.compare.events import group_events
from pipeline.records import Claim
from pipeline.text.normalize import word_key

#: Fewer words are said by many.
LEAST = 4
_AFFIRMED = frozenset({"occurred", "ongoing", "planned"})
_DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Agreement:
    """``independent_sources`` and ``conflicts_with`` of a claim."""

    sources: int
    conflicts: tuple[str, ...] = ()


def find_agreement(
    claims: Iterable[Claim], stories: Mapping[str, str], rejected: Collection[str]
) -> dict[str, Agreement]:
    """By claim id, for the claims that are not alone; ``rejected`` has the ids that neither count nor conflict.

    ``stories`` gives by ``doc_id`` the file whose story an article carries too; the two count as one source.
    """
    counted = [claim for claim in claims if claim.claim_id not in rejected]
    found: dict[str, Agreement] = {}
    for group in (*group_events(counted, stories), *_same_quotes(counted)):
        if len(group) > 1:
            found.update(_agreements(group, stories))
    return found


def _agreements(group: Sequence[Claim], stories: Mapping[str, str]) -> Iterator[tuple[str, Agreement]]:
    """Each claim's; those of one side have the same, so a group of thousands is gone through a few times."""
    sides: dict[tuple[str, bool], Agreement] = {}
    for claim in group:
        side = (claim.event_status, _ahead(claim))
        if side not in sides:
            sides[side] = _agreement(claim, group, stories)
        yield claim.claim_id, sides[side]


def _agreement(claim: Claim, group: Sequence[Claim], stories: Mapping[str, str]) -> Agreement:
    against = {other.claim_id for other in group if _contradict(claim, other)}
    sources = {stories.get(other.doc_id, other.file) for other in group if other.claim_id not in against}
    return Agreement(len(sources), tuple(other.claim_id for other in group if other.claim_id in against))


def _contradict(one: Claim, other: Claim) -> bool:
    for denied, affirmed in ((one, other), (other, one)):
        if denied.event_status == _DENIED and affirmed.event_status in _AFFIRMED:
            return not (_ahead(denied) and affirmed.event_status != "planned")
    return False


def _ahead(claim: Claim) -> bool:
    """Whether the claim is known to speak of days to come: that says nothing against what has happened."""
    return bool(claim.date_start and claim.published and claim.date_start > claim.published)


def _same_quotes(claims: Iterable[Claim]) -> Iterator[Sequence[Claim]]:
    groups: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        words, name = word_key(claim.claim_text), word_key(claim.speaker).split()
        if claim.claim_type == "quote" and name and words.count(" ") >= LEAST - 1:
            groups[name[-1], words].append(claim)
    return iter(groups.values())
