"""Which independent articles make the same claim, and which claims contradict each other.

Event claims are compared with those of the same event (``Claim.event_id``). A denied event contradicts one that has
occurred, is going on or is planned; denied for days to come, only one that is planned. What is possible, threatened,
hypothetical or undone contradicts nothing. Who says one thing and later another has changed his mind: that is none.

Quotes are the same claim when speakers of one last name are quoted with the same words, at least MIN_QUOTE_WORDS.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.records import Claim
from pipeline.text.normalize import word_key

#: Words that a quote must have to be recognised elsewhere: shorter ones ("We will win") are said by many.
MIN_QUOTE_WORDS = 4
#: Event statuses that a denial contradicts.
_AFFIRMED = frozenset({"occurred", "ongoing", "planned"})
_DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a claim relates to those of other articles; fills two columns of claims.csv."""

    sources: int  #: ``independent_sources``: articles that make the claim, all copies of a story counting once
    conflicts: tuple[str, ...] = ()  #: ``conflicts_with``: ids of the claims that contradict it


def find_agreement(
    claims: Iterable[Claim], stories: Mapping[str, str], rejected: Collection[str]
) -> dict[str, Agreement]:
    """Compare the claims of all articles; by claim id the agreement of each that is not alone.

    ``stories`` gives by ``doc_id`` the file whose story an article carries too: the two count as one source.
    ``rejected`` has the ids of claims that neither count nor contradict.
    """
    counted = [claim for claim in claims if claim.claim_id not in rejected]
    agreement: dict[str, Agreement] = {}
    for group in (*group_by_event(counted), *_group_quotes(counted)):
        if len(group) > 1:
            agreement.update(_compare_group(group, stories))
    return agreement


def contradicted_ids(agreement: Mapping[str, Agreement]) -> set[str]:
    """The ids of the claims that another contradicts."""
    return {claim_id for claim_id, claim in agreement.items() if claim.conflicts}


def group_by_event(claims: Iterable[Claim]) -> tuple[tuple[Claim, ...], ...]:
    """The event claims (all but quotes) by event, in the order of their first claims.

    A claim that a reviewer added has no event id and is an event of its own.
    """
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.claim_type != "quote":
            groups.setdefault(claim.event_id or claim.claim_id, []).append(claim)
    return tuple(map(tuple, groups.values()))


def _compare_group(group: Sequence[Claim], stories: Mapping[str, str]) -> Iterator[tuple[str, Agreement]]:
    """Each claim's agreement. Those of one status and reporter agree alike, so a large group is walked seldom."""
    by_stance: dict[tuple[str, bool, str], Agreement] = {}
    for claim in group:
        stance = (claim.event_status, _is_in_future(claim), claim.reporter)
        if stance not in by_stance:
            by_stance[stance] = _compare(claim, group, stories)
        yield claim.claim_id, by_stance[stance]


def _compare(claim: Claim, group: Sequence[Claim], stories: Mapping[str, str]) -> Agreement:
    conflicting = {member.claim_id for member in group if _contradict(claim, member)}
    sources = {stories.get(member.doc_id, member.file) for member in group if member.claim_id not in conflicting}
    return Agreement(len(sources), tuple(member.claim_id for member in group if member.claim_id in conflicting))


def _contradict(first: Claim, second: Claim) -> bool:
    """Whether one of the claims denies what the other, of another reporter, affirms."""
    if first.reporter and first.reporter == second.reporter:
        return False
    for denied, affirmed in ((first, second), (second, first)):
        if denied.event_status == _DENIED and affirmed.event_status in _AFFIRMED:
            return not (_is_in_future(denied) and affirmed.event_status != "planned")
    return False


def _is_in_future(claim: Claim) -> bool:
    """Whether the claim is known to be about days after publication: its denial leaves open what has happened."""
    return bool(claim.date_start and claim.published and claim.date_start > claim.published)


def _group_quotes(claims: Iterable[Claim]) -> Iterator[Sequence[Claim]]:
    """The quotes by last name and words; those that are too short or have no named speaker are left out."""
    groups: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        words, name = word_key(claim.claim_text), word_key(claim.speaker).split()
        if claim.claim_type == "quote" and name and words.count(" ") >= MIN_QUOTE_WORDS - 1:
            groups[name[-1], words].append(claim)
    return iter(groups.values())
