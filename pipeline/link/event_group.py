"""The mentions of one event in an article so far, what they say of it together, and a mention that may join them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.knowledge.events.occasions import join_occasions
from pipeline.knowledge.events.words import GroupWords
from pipeline.records import Event, EventSubject, Occasion, Status


@dataclass(slots=True)
class Group:
    """The mentions of one event so far: the index of the first and of the last, and what they say of its subject."""

    first: int
    last: int = 0
    offset: int = 0  #: where the last one stands in the text
    kind: str = ""
    is_dated_apart: bool = False  #: whether it was told from what the article is on by time: "the last closure"
    heads: set[str] = field(default_factory=set)
    activities: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    lands: set[str] = field(default_factory=set)  #: codes of the countries that alone named it: "a Norwegian mine"
    located: set[str] = field(default_factory=set)  #: codes of those in which its places lie: "the mine in Larn"
    owners: set[str] = field(default_factory=set)
    firms: set[str] = field(default_factory=set)
    modifiers: set[str] = field(default_factory=set)
    triggers: set[str] = field(default_factory=set)
    statuses: set[Status] = field(default_factory=set)
    counts: set[int] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    occasion: Occasion = field(default_factory=Occasion)
    is_plural: bool | None = None
    is_both: bool = False  #: whether it was spoken of as one thing and as several: "the chain", "its shops"

    def share_subject(self, other: Group) -> None:
        """Give each of two closings of one thing the nouns and names that the other is told with."""
        for mine, of_other in (
            (self.heads, other.heads),
            (self.names, other.names),
            (self.located, other.located),
            (self.lands, other.lands),
        ):
            mine |= of_other
            of_other |= mine

    def add(self, index: int, event: Event, subject: EventSubject) -> None:
        """Take the mention at ``index``, and what it says."""
        self.last, self.offset = index, event.trigger[0]
        self.kind = self.kind or event.target_kind
        self.heads |= subject.heads
        self.activities |= subject.activities
        self.names |= subject.names
        self.lands |= subject.countries & subject.names
        self.located |= subject.countries - subject.names
        self.owners |= subject.owners
        self.modifiers |= subject.modifiers
        self.triggers.add(subject.trigger)
        self.statuses.add(event.status)
        self.years |= subject.years
        self.occasion = join_occasions(self.occasion, subject.occasion)
        if subject.firm:
            self.firms.add(subject.firm)
        if subject.count:
            self.counts.add(subject.count)
        if self.is_plural is None and not self.is_both:
            self.is_plural = subject.is_plural
        elif subject.is_plural not in (None, self.is_plural):
            self.is_plural, self.is_both = None, True


class Pair(NamedTuple):
    """A mention, at its position among the events, and a group of mentions before it that it may belong to."""

    position: int
    event: Event
    subject: EventSubject
    group: Group
    words: GroupWords
