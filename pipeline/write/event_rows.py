"""Events as the report and events.csv show them: what all claims of one event say together, and what became of it.

Claims that a reviewer rejected are not counted; an event keeps its row as long as one of its claims is not rejected,
and a wholly rejected one is listed last.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import get_args

from pipeline.compare import group_by_event, sources_of
from pipeline.records import Claim, Status
from pipeline.store import EventEdits
from pipeline.text.normalize import collapse_whitespace
from pipeline.write.column_values import ValueCount, article_count, days_of, value_counts, values_of, verdict

#: The status that says that an event is not: whoever reports it so denies it.
_DENYING = "denied"
#: Statuses that say that an event was, is or will be; a reopening says that it was.
_AFFIRMING = frozenset({"occurred", "ongoing", "planned", "reversed"})
#: Of statuses that are told equally often the one that says most of how things stand comes first.
_STATUS_ORDER = {status: rank for rank, status in enumerate(dict.fromkeys(("reversed", "denied", *get_args(Status))))}


#: A capitalised word or a number after another word: "the Alder clinic", "Pier 4".
_NAME = re.compile(r"\S\s+[A-Z0-9]")
#: What tells which one only with the words before it.
_NEEDS_OWNER = re.compile(r"(?:its|his|her|their|our|my)\b", re.IGNORECASE)
#: Characters of a name that is easily read in a list; longer ones have clauses in them.
_SHORT_NAME = 60


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What the comparison of all articles tells of events beside their claims."""

    contradicted: Collection[str] = ()  #: ids of the claims that another contradicts
    wholes: Mapping[str, str] = field(default_factory=dict)  #: by id of an event that of the one it is a part of
    undoing: Collection[str] = ()  #: ids of the claims whose words undo the event: "reopen"
    edits: EventEdits = field(default_factory=EventEdits)  #: what people said of events
    #: By id the ids that parts of an event had in earlier runs.
    formerly: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def affirms(self, claim: Claim) -> bool:
        """Whether it says that the event was, is or will be; who denies that it is undone affirms that it goes on."""
        return claim.event_status in _AFFIRMING or (claim.event_status == _DENYING and claim.claim_id in self.undoing)

    def denies(self, claim: Claim) -> bool:
        """Whether it says that the event is not."""
        return claim.event_status == _DENYING and claim.claim_id not in self.undoing


@dataclass(frozen=True, slots=True)
class Stage:
    """What one source reported of an event on one day."""

    day: date | None  #: day of publication, None when unknown
    status: str  #: as ``Claim.event_status``
    source: str  #: who reports it: the speaker's name, the publisher, or "the article"


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event with what its claims say of it; of every column each value once, the most frequent first."""

    event_id: str  #: as ``Claim.event_id``; the claim's own id for one that a reviewer added
    type: str  #: kind of event: "closure"
    target: str  #: what it happens to, in the wording that tells best which one it is
    kinds: tuple[str, ...]  #: kinds of target
    actors: tuple[str, ...]  #: who does it
    places: tuple[str, ...]  #: where, as written
    countries: tuple[str, ...]  #: ISO 3166-1 alpha-3 codes
    date_texts: tuple[str, ...]  #: the words of dates
    date_start: date | None  #: first of the days that claims give
    date_end: date | None  #: last of them
    statuses: tuple[ValueCount, ...]  #: how often each status is told
    status: str  #: how things stand: the status that the last day's articles tell most often
    history: tuple[Stage, ...]  #: what was reported in order of days, undated last; nothing twice in a row
    reporters: tuple[ValueCount, ...]  #: who reports it
    affirmed_by: tuple[str, ...]  #: who says that it was, is or will be
    denied_by: tuple[str, ...]  #: who says that it is not
    first_told: date | None  #: publication day of the first article that tells of it
    last_told: date | None  #: and of the last one
    articles: int  #: number of articles
    stories: int  #: number of those that neither copy nor only cite one source: independent sources
    contradicted: bool  #: whether a claim contradicts another
    name: str  #: the name that a person gave it; empty for none
    formerly: tuple[str, ...]  #: ids that parts of it had in earlier runs
    part_of: str  #: id of the event that this one is a part of: "the Alder mine" of "all five mines"; empty for none
    claims: tuple[Claim, ...]  #: all its claims
    rejected: bool  #: whether a reviewer rejected all of them

    @property
    def title(self) -> str:
        """What it is called: by a person, else by the articles."""
        return self.name or self.target


def event_rows(
    claims: Iterable[Claim], stories: Mapping[str, str], facts: EventFacts | None = None
) -> tuple[EventRow, ...]:
    """The events of the claims: those told by most stories first, then by number of claims, rejected ones last.

    ``stories`` gives by ``doc_id`` the file whose story an article carries too, so that copies count once;
    ``facts`` are what claims alone don't tell.
    """
    groups = {group[0].event_id or group[0].claim_id: group for group in group_by_event(claims)}
    facts = facts or EventFacts()
    rows = [make_event_row(group, stories, facts, groups.__contains__) for group in groups.values()]
    return tuple(sorted(rows, key=rank))


def rank(row: EventRow) -> tuple[bool, int, int]:
    """What puts events in order; equals come in the order of their first claims."""
    return row.rejected, -row.stories, -len(row.claims)


def rank_of(group: Sequence[Claim], stories: Mapping[str, str]) -> tuple[bool, int, int]:
    """``rank`` of the row of the event that these claims are of, without the row."""
    kept = _without_rejected(group)
    return not kept, -_count_stories(kept or group, stories), -len(group)


def _without_rejected(group: Sequence[Claim]) -> list[Claim]:
    return [claim for claim in group if verdict(claim) != "reject"]


def _count_stories(claims: Sequence[Claim], stories: Mapping[str, str]) -> int:
    return len(set(sources_of(claims, stories).values()))


def _name_of(event_id: str, facts: EventFacts, is_event: Callable[[str], bool]) -> str:
    """The name that a person gave the event, or one that is part of it now and no event any more."""
    return facts.edits.name_of(
        event_id, (former for former in facts.formerly.get(event_id, ()) if not is_event(former))
    )


def make_event_row(
    group: Sequence[Claim], stories: Mapping[str, str], facts: EventFacts, is_event: Callable[[str], bool]
) -> EventRow:
    """The row of the event that these claims are of; ``is_event`` tells whether an id is one of the run's events."""
    kept = _without_rejected(group)
    described = kept or group
    history = _history(described)
    event_id = group[0].event_id or group[0].claim_id
    told = sorted(days_of(described, "published"))
    return EventRow(
        event_id=event_id,
        type=described[0].claim_type,
        target=_name(described),
        kinds=values_of(described, "target_kind"),
        actors=values_of(described, "actor"),
        places=values_of(described, "place"),
        countries=values_of(described, "countries"),
        date_texts=values_of(described, "date_text"),
        date_start=min(days_of(described, "date_start"), default=None),
        date_end=max(days_of(described, "date_end"), default=None),
        statuses=value_counts(described, "event_status"),
        status=_present_status(described),
        history=history,
        reporters=value_counts(described, "reporter"),
        affirmed_by=values_of((claim for claim in described if facts.affirms(claim)), "reporter"),
        denied_by=values_of((claim for claim in described if facts.denies(claim)), "reporter"),
        first_told=told[0] if told else None,
        last_told=told[-1] if told else None,
        articles=article_count(described),
        stories=_count_stories(described, stories),
        contradicted=any(claim.claim_id in facts.contradicted for claim in described),
        name=_name_of(event_id, facts, is_event),
        formerly=facts.formerly.get(event_id, ()),
        part_of=facts.wholes.get(event_id, ""),
        claims=tuple(group),
        rejected=not kept,
    )


def _name(claims: Sequence[Claim]) -> str:
    """The wording for what it happens to that says best which one it is: with a name, then the most frequent."""
    counts = value_counts(claims, "target")
    return max(counts, key=lambda wording: (*_tells_which(wording[0]), wording[1]), default=("", 0))[0]


def _tells_which(target: str) -> tuple[bool, bool, bool]:
    """Whether the words have a name in them, need nobody else to be understood ("its mine"), are few."""
    has_name = _NAME.search(target) is not None
    return has_name, _NEEDS_OWNER.match(target) is None, len(target) <= _SHORT_NAME


def _in_order_of_days(claims: Iterable[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: claim.published or date.max)


def _history(claims: Iterable[Claim]) -> tuple[Stage, ...]:
    stages = [
        Stage(claim.published, claim.event_status, collapse_whitespace(claim.reporter))
        for claim in _in_order_of_days(claims)
        if claim.event_status
    ]
    return tuple(dict.fromkeys(stages))


def _present_status(claims: Sequence[Claim]) -> str:
    """The status that the articles of the last known day tell most often; without any day, that all articles tell."""
    last = max(days_of(claims, "published"), default=None)
    counts = Counter(claim.event_status for claim in claims if claim.published == last and claim.event_status)
    return min(
        counts, key=lambda status: (-counts[status], _STATUS_ORDER.get(status, len(_STATUS_ORDER)), status), default=""
    )
