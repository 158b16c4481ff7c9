"""Which events of different articles are one: pairs that rules hold for one, joined from the surest on.

Not all pairs are compared. Events that can be one share a name, an owner, an actor, or a noun and a name in their
articles; what shares such a key is compared in order of days, each with a few neighbours, so that the cost grows with
the number of articles and not with its square. Nothing depends on the order in which the articles come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.compare.event_pairs import (
    FAR_DAYS,
    SAME,
    SURE,
    EventInArticle,
    Match,
    days_between,
    differ,
    match_events,
    number_of,
)
from pipeline.knowledge.events.words import GroupWords

#: Events after it in order of days that one is compared with, for each key. A key such as the name of a government that
#: thousands have ties no more than its neighbours.
_MOST_NEIGHBOURS = 25
#: Names of an article that make keys with the nouns of its events: its first in alphabetical order, of all articles the
#: same ones.
_MOST_NAMES = 60
#: A name that more articles have tells no longer which of them are on one matter, unless they are few: "Donald Trump".
_MOST_ARTICLES, _MOST_ARTICLES_SHARE = 50, 0.02
#: A town or firm that more events have may have several of a kind: two articles on "the hospital in London" may mean
#: two, unless they have names in common. Set by hand.
_MOST_EVENTS = 30
_UNDATED = date.max


@dataclass(frozen=True, slots=True)
class EventPair:
    """Two events that a rule holds for one, by their ids, the lesser id first."""

    first: str
    second: str
    match: Match


def cluster_events(
    events: Sequence[EventInArticle],
    words: GroupWords,
    stories: Mapping[str, str],
    edited: Mapping[str, str] | None = None,
) -> list[list[str]]:
    """The ids of the events in their articles, those of one event together.

    ``stories`` gives by ``doc_id`` the file whose story an article carries too, ``edited`` by the id in an article the
    event that a person put it into: those of one are together, those of two are not, whatever rules say. In a cluster
    the event of the earliest article comes first, undated ones last; clusters are in the order of these.
    """
    everywhere, famous = _names_everywhere(events), _famous_words(events)
    by_id = {event.profile.event_id: _told_apart(event, stories, everywhere, famous) for event in events}
    clusters = {event_id: _Cluster.of(event, words) for event_id, event in by_id.items()}
    _join_edited(clusters, edited or {})
    for pair in find_pairs(by_id, words):
        first, second = clusters[pair.first], clusters[pair.second]
        if first is not second and first.fits(second, is_sure=pair.match.score >= SURE):
            first.take(second)
            for event_id in second.ids:
                clusters[event_id] = first

    def day_and_id(event_id: str) -> tuple[date, str]:
        return by_id[event_id].published or _UNDATED, event_id

    unique = {id(cluster): cluster for cluster in clusters.values()}
    ordered = (sorted(cluster.ids, key=day_and_id) for cluster in unique.values())
    return sorted(ordered, key=lambda ids: day_and_id(ids[0]))


def _told_apart(
    event: EventInArticle, stories: Mapping[str, str], everywhere: frozenset[str], famous: frozenset[str]
) -> EventInArticle:
    """The event with the story that its article carries, without names that tell nothing."""
    story = stories.get(event.doc_id, event.story)
    famous &= event.told | event.sides
    if story == event.story and event.names.isdisjoint(everywhere) and not famous:
        return event
    return replace(event, story=story, names=event.names - everywhere, famous=famous)


def _famous_words(events: Sequence[EventInArticle]) -> frozenset[str]:
    """The words of names, owners and actors that so many events have that they tell little: "london"."""
    counts = Counter(word for event in events for word in event.told | event.sides)
    return frozenset(word for word, count in counts.items() if count > _MOST_EVENTS)


def _join_edited(clusters: dict[str, _Cluster], edited: Mapping[str, str]) -> None:
    """Join the clusters of each event that people put together; they are joined to no other such one later."""
    cluster_of: dict[str, _Cluster] = {}
    for event_id in sorted(edited.keys() & clusters.keys()):
        cluster = clusters[event_id]
        cluster.edited = edited[event_id]
        whole = cluster_of.setdefault(cluster.edited, cluster)
        if whole is not cluster:
            whole.take(cluster)
            clusters[event_id] = whole


def _names_everywhere(events: Sequence[EventInArticle]) -> frozenset[str]:
    """The names that so many articles with events have that they tell nothing."""
    names_by_article = {event.doc_id: event.names for event in events}
    counts = Counter(name for names in names_by_article.values() for name in names)
    most = max(_MOST_ARTICLES, _MOST_ARTICLES_SHARE * len(names_by_article))
    return frozenset(name for name, count in counts.items() if count > most)


def find_pairs(by_id: Mapping[str, EventInArticle], words: GroupWords) -> list[EventPair]:
    """The pairs that are held for one, the surest first; ``by_id`` has the events by their ids in articles."""
    pairs = []
    for one, two in _candidates(by_id):
        first, second = (one, two) if one.profile.event_id < two.profile.event_id else (two, one)
        match = match_events(first, second, words)
        if match.score >= SAME:
            pairs.append(EventPair(first.profile.event_id, second.profile.event_id, match))

    def rank(pair: EventPair) -> tuple[float, int, str, str]:
        """The surest first, of equals those of more mentions: what two articles are mainly on is one event."""
        mentions = by_id[pair.first].profile.mentions * by_id[pair.second].profile.mentions
        return -pair.match.score, -mentions, pair.first, pair.second

    return sorted(pairs, key=rank)


def _candidates(by_id: Mapping[str, EventInArticle]) -> Iterator[tuple[EventInArticle, EventInArticle]]:
    """The pairs that are worth comparing, each once.

    In order of days every event meets the last ones before it that share a key. Of a key only its hash is kept, and of
    one that a single event has so far no list: most have no other, and 60,000 events have two million keys. Two keys of
    one hash would only add a pair that no rule holds for one.
    """
    in_order = sorted(by_id.values(), key=lambda event: (event.published or _UNDATED, event.profile.event_id))
    last_with: dict[int, int | tuple[int, ...]] = {}
    for number, event in enumerate(in_order):
        before: set[int] = set()
        for key in {hash(key) for key in _keys(event)}:
            numbers = last_with.get(key, ())
            if isinstance(numbers, int):
                numbers = (numbers,)
            before.update(numbers)
            last_with[key] = (*numbers, number)[-_MOST_NEIGHBOURS:] if numbers else number
        for other in before:
            days = days_between(in_order[other], event)
            if days is None or days <= FAR_DAYS:
                yield in_order[other], event


def _keys(event: EventInArticle) -> Iterator[tuple[str, ...]]:
    """The keys of an event: two that can be one share at least one of them."""
    profile = event.profile
    if profile.is_generic:
        return
    yield profile.type, "story", event.story
    for word in event.told | event.sides:
        yield profile.type, "name", word
    for name in sorted(event.names)[:_MOST_NAMES]:
        for kind in (*profile.kinds, *event.heads):
            yield profile.type, "kind", kind, name


@dataclass(slots=True)
class _Cluster:
    """Events that are one, with what they say of it together."""

    ids: list[str] = field(default_factory=list)
    doc_ids: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    sides: set[str] = field(default_factory=set)
    counts: set[int] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    is_plural: bool | None = None
    edited: str = ""  #: the event that a person put them into; empty for none

    @classmethod
    def of(cls, event: EventInArticle, words: GroupWords) -> _Cluster:
        profile = event.profile
        return cls(
            [profile.event_id], {event.doc_id}, set(event.told), set(event.sides), set(profile.counts),
            set(profile.years), number_of(event, words),
        )  # fmt: skip

    def fits(self, other: _Cluster, *, is_sure: bool) -> bool:
        """Whether nothing keeps the two apart; two events of one article are two, unless a rule is sure of them."""
        if self.edited and other.edited:  # a person parted them
            return False
        if not is_sure and not self.doc_ids.isdisjoint(other.doc_ids):
            return False
        if None not in (self.is_plural, other.is_plural) and self.is_plural != other.is_plural:
            return False
        is_tied = bool(self.sides & other.told or other.sides & self.told)
        return not (
            differ(self.counts, other.counts)
            or differ(self.years, other.years)
            or (differ(self.told, other.told) and not is_tied)
        )

    def take(self, other: _Cluster) -> None:
        self.ids += other.ids
        self.doc_ids |= other.doc_ids
        self.told |= other.told
        self.sides |= other.sides
        self.counts |= other.counts
        self.years |= other.years
        self.edited = self.edited or other.edited
        if self.is_plural is None:
            self.is_plural = other.is_plural
