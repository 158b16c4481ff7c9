"""Which independent articles make the same claim, and which claims contradict each other.

Event claims are compared with those of the same event (``Claim.event_id``; see ``contradictions``).

Quotes are compared with those of the same statement (see ``statements``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.compare.contradictions import Polarity, find_contradictions, plain_name
from pipeline.compare.statements import group_statements
from pipeline.records import Claim

_PLAIN = Polarity()


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a claim relates to those of other articles; fills two columns of claims.csv."""

    sources: int  #: ``independent_sources``: articles that make the claim, all copies of a story counting once
    conflicts: tuple[str, ...] = ()  #: ``conflicts_with``: ids of the claims that contradict it


def find_agreement(
    claims: Iterable[Claim], stories: Mapping[str, str], rejected: Collection[str], polarity: Polarity = _PLAIN
) -> dict[str, Agreement]:
    """Compare the claims of all articles; by claim id the agreement of each that is not alone.

    ``stories`` gives by ``doc_id`` the file whose story an article carries too: the two count as one source.
    ``rejected`` has the ids of claims that neither count nor contradict, ``polarity`` which event claims speak of
    their events the other way round.
    """
    counted = [claim for claim in claims if claim.claim_id not in rejected]
    agreement: dict[str, Agreement] = {}
    for group in (*group_by_event(counted), *group_statements(counted)):
        if len(group) > 1:
            agreement.update(compare_group(group, stories, polarity))
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


def compare_group(
    group: Sequence[Claim], stories: Mapping[str, str], polarity: Polarity
) -> Iterator[tuple[str, Agreement]]:
    """By its id the agreement of each claim of one event or statement.

    The sources of one are those of all claims that don't contradict it. Articles that only pass on what one and the
    same person, agency or paper has told are one source, and that paper's own article is the same.
    """
    contradictions = find_contradictions(group, polarity)
    story_of = sources_of(group, stories)
    claims_by_story = Counter(story_of.values())
    for claim in group:
        conflicting = contradictions.get(claim.claim_id, set())
        against = Counter(story_of[claim_id] for claim_id in conflicting)
        sources = len(claims_by_story) - sum(claims_by_story[story] == count for story, count in against.items())
        in_order = tuple(member.claim_id for member in group if member.claim_id in conflicting) if conflicting else ()
        yield claim.claim_id, Agreement(sources, in_order)


def sources_of(group: Sequence[Claim], stories: Mapping[str, str]) -> dict[str, str]:
    """By its id the source of each claim of one event: the file of its story, or whom that story alone cites.

    ``stories`` gives by ``doc_id`` the file whose story an article carries too. A cited paper is its own article.
    """
    story_of = {claim.claim_id: stories.get(claim.doc_id, claim.file) for claim in group}
    cited: dict[str, set[str]] = {}
    for claim in group:
        cited.setdefault(story_of[claim.claim_id], set()).add(_cited_source(claim))
    passing_on = {story: sources.pop() for story, sources in cited.items() if len(sources) == 1 and "" not in sources}
    if not passing_on:
        return story_of
    told_by = {
        plain_name(claim.publisher): story
        for claim in reversed(group)
        if (story := story_of[claim.claim_id]) not in passing_on and claim.publisher
    }
    origins = {story: told_by.get(source, source) for story, source in passing_on.items()}
    return {claim_id: origins.get(story, story) for claim_id, story in story_of.items()}


def _cited_source(claim: Claim) -> str:
    """Whom by name an article cites for the event; empty where it cites nobody, somebody unnamed, or only itself."""
    is_cited = claim.claim_type != "quote" and claim.stance and claim.speaker_mention is not None
    source = plain_name(claim.speaker) if is_cited else ""
    return source if source != plain_name(claim.publisher) else ""
