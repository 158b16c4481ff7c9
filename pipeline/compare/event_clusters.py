"""Which events of different articles are one: pairs that rules hold for one, joined from the surest on.

Nothing depends on the order in which the articles come. Events that no chain of pairs connects don't bear on each
other, so that only what a new article touches has to be joined anew (see ``regrouping``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.compare.event_keys import day_and_id
from pipeline.compare.event_pairs import SURE, EventInArticle, are_one_name, differ, number_of
from pipeline.knowledge.events.occasions import agree, are_other_occasions, join_occasions
from pipeline.knowledge.events.words import GroupWords
from pipeline.records import Occasion
from pipeline.store.grouping import Pair

#: A name that more articles have tells no longer which of them are on one matter, unless they are few: "Donald Trump".
_MOST_ARTICLES, _MOST_ARTICLES_SHARE = 50, 0.02
#: Steps by which the number of articles is counted for that, as a share of the power of two below it: with a quarter,
#: 20 more articles seldom change which names are too frequent.
_STEPS = 4
#: A town or firm that more events have may have several of a kind: two articles on "the hospital in London" may mean
#: two, unless they have names in common. Set by hand.
_MOST_EVENTS = 30


def tell_apart(events: Sequence[EventInArticle], stories: Mapping[str, str]) -> dict[str, EventInArticle]:
    """The events by their ids, each with the story of its article, without names that tell nothing.

    ``stories`` gives by ``doc_id`` the file whose story an article carries too.
    """
    everywhere, famous = _names_everywhere(events), _famous_words(events)
    return {event.profile.event_id: _told_apart(event, stories, everywhere, famous) for event in events}


def _told_apart(
    event: EventInArticle, stories: Mapping[str, str], everywhere: frozenset[str], famous: frozenset[str]
) -> EventInArticle:
    story = stories.get(event.doc_id, event.story)
    famous &= event.told | event.sides
    if story == event.story and event.names.isdisjoint(everywhere) and not famous:
        return event
    return EventInArticle(  # not dataclasses.replace, which takes six times as long
        event.profile, event.doc_id, story, event.published, event.names - everywhere, event.heads, event.told,
        event.sides, famous, event.full_names,
    )  # fmt: skip


def _famous_words(events: Sequence[EventInArticle]) -> frozenset[str]:
    """The words of names, owners and actors that so many events have that they tell little: "london"."""
    counts = Counter(word for event in events for word in event.told | event.sides)
    return frozenset(word for word, count in counts.items() if count > _MOST_EVENTS)


def _names_everywhere(events: Sequence[EventInArticle]) -> frozenset[str]:
    """The names that so many articles with events have that they tell nothing."""
    names_by_article = {event.doc_id: event.names for event in events}
    counts = Counter(name for names in names_by_article.values() for name in names)
    most = max(_MOST_ARTICLES, _MOST_ARTICLES_SHARE * _in_steps(len(names_by_article)))
    return frozenset(name for name, count in counts.items() if count > most)


def _in_steps(count: int) -> int:
    """The number rounded down to a quarter of the power of two below it: 7,000 gives 6,144, 3 gives 3."""
    step = max(1, (1 << count.bit_length()) // (2 * _STEPS))
    return count // step * step


def join_pairs(
    by_id: Mapping[str, EventInArticle],
    pairs: Iterable[tuple[Pair, float]],
    words: GroupWords,
    edited: Mapping[str, str],
) -> list[list[str]]:
    """The ids of the events, those of one event together; in a cluster that of the earliest article comes first.

    ``pairs`` are those held for one, with their scores, both of ``by_id``; ``edited`` has by id the event that a person
    put one into: those of one are together, those of two are not, whatever rules say.
    """
    clusters = {event_id: _Cluster.of(event, words) for event_id, event in by_id.items()}
    _join_edited(clusters, edited)

    def rank(scored: tuple[Pair, float]) -> tuple[float, bool, int, Pair]:
        """The surest first, of equals those that agree in their days, then those of more mentions: what two articles
        are mainly on is one event.
        """
        pair, score = scored
        one, two = by_id[pair[0]].profile, by_id[pair[1]].profile
        return -score, not agree(one.occasion, two.occasion), -one.mentions * two.mentions, pair

    for pair, score in sorted(pairs, key=rank):
        first, second = clusters[pair[0]], clusters[pair[1]]
        if first is not second and first.fits(second, is_sure=score >= SURE):
            first.take(second)
            for event_id in second.ids:
                clusters[event_id] = first
    unique = {id(cluster): cluster for cluster in clusters.values()}
    return [sorted(cluster.ids, key=lambda event_id: day_and_id(by_id[event_id])) for cluster in unique.values()]


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


@dataclass(slots=True)
class _Cluster:
    """Events that are one, with what they say of it together."""

    ids: list[str] = field(default_factory=list)
    doc_ids: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    sides: set[str] = field(default_factory=set)
    counts: set[int] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    occasion: Occasion = field(default_factory=Occasion)
    is_plural: bool | None = None
    edited: str = ""  #: the event that a person put them into; empty for none

    @classmethod
    def of(cls, event: EventInArticle, words: GroupWords) -> _Cluster:
        profile = event.profile
        return cls(
            [profile.event_id], {event.doc_id}, set(event.told), set(event.sides), set(profile.counts),
            set(profile.years), profile.occasion, number_of(event, words),
        )  # fmt: skip

    def fits(self, other: _Cluster, *, is_sure: bool) -> bool:
        """Whether nothing keeps the two apart; two events of one article are two, unless a rule is sure of them."""
        if self.edited and other.edited:  # a person parted them
            return False
        if not is_sure and not self.doc_ids.isdisjoint(other.doc_ids):
            return False
        if None not in (self.is_plural, other.is_plural) and self.is_plural != other.is_plural:
            return False
        is_tied = are_one_name(self.told, other.told | other.sides) or are_one_name(other.told, self.sides)
        return not (
            differ(self.counts, other.counts)
            or differ(self.years, other.years)
            or are_other_occasions(self.occasion, other.occasion)
            or (differ(self.told, other.told) and not is_tied)
        )

    def take(self, other: _Cluster) -> None:
        self.ids += other.ids
        self.doc_ids |= other.doc_ids
        self.told |= other.told
        self.sides |= other.sides
        self.counts |= other.counts
        self.years |= other.years
        self.occasion = join_occasions(self.occasion, other.occasion)
        self.edited = self.edited or other.edited
        if self.is_plural is None:
            self.is_plural = other.is_plural
