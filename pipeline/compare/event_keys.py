"""Which events of different articles are worth comparing: neighbours in order of days that share a key.

Events that can be one share a name, an owner, an actor, or a noun and a name in their articles. What shares such a key
is compared in order of days, each with a few neighbours, so that the cost grows with the number of articles and not
with its square. Which pairs that makes depends on the events alone, not on the order in which articles come.

Where an earlier grouping is kept, only what new, changed and gone events make different is looked for: their own pairs,
and those of others that they come between, or that they stood between before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.compare.event_pairs import EventInArticle
from pipeline.store.grouping import EventKeys, Pair

#: Events after it in order of days that one is compared with, for each key. A key such as the name of a government that
#: thousands have ties no more than its neighbours.
MOST_NEIGHBOURS = 25
#: Names of an article that make keys with the nouns of its events: its first in alphabetical order, of all articles the
#: same ones.
_MOST_NAMES = 60
_UNDATED = date.max


def day_and_id(event: EventInArticle) -> tuple[date, str]:
    """By what events are in order: the day of the article, undated ones last, then the event's id."""
    return event.published or _UNDATED, event.profile.event_id


def event_keys(event: EventInArticle) -> EventKeys:
    """What the keys of an event are made of."""
    profile, day = event.profile, (event.published or _UNDATED).toordinal()
    if profile.is_generic:
        return EventKeys(day, profile.type, "", (), (), (), ())
    return EventKeys(
        day=day,
        type=profile.type,
        story=event.story,
        words=tuple(sorted(event.told | event.sides)),
        nouns=tuple(sorted({*profile.kinds, *event.heads})),
        names=tuple(sorted(event.names)[:_MOST_NAMES]),
        whole=(event.doc_id, *sorted({*profile.owners, *event.told})) if profile.is_plural else (),
    )


def hashed_keys(keys: EventKeys) -> set[int]:
    """The hashes of an event's keys: two events that can be one have at least one in common.

    Two keys of one hash would only add a pair that no rule holds for one. Hashes differ from process to process.
    """
    if not keys.story:
        return set()
    hashes = {hash((keys.type, "story", keys.story))}
    hashes.update(hash((keys.type, "name", word)) for word in keys.words)
    hashes.update(hash((keys.type, "kind", noun, name)) for name in keys.names for noun in keys.nouns)
    return hashes


def neighbours(in_order: Sequence[EventInArticle]) -> Iterator[tuple[EventInArticle, EventInArticle]]:
    """All pairs of neighbours, each once.

    In order of days every event meets the last ones before it that share a key. Of a key only its hash is kept, and of
    one that a single event has so far no list: most have no other, and 60,000 events have two million keys.
    """
    last_with: dict[int, int | tuple[int, ...]] = {}
    for number, event in enumerate(in_order):
        before: set[int] = set()
        for key in hashed_keys(event_keys(event)):
            numbers = last_with.get(key, ())
            if isinstance(numbers, int):
                numbers = (numbers,)
            before.update(numbers)
            last_with[key] = (*numbers, number)[-MOST_NEIGHBOURS:] if numbers else number
        for other in before:
            yield in_order[other], event


@dataclass(slots=True)
class _Filter:
    """Tells events that can't share a key with any of some events quickly: most can't."""

    stories: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    def add(self, keys: EventKeys) -> None:
        self.stories.add(keys.story)
        self.words.update(keys.words)
        self.names.update(keys.names)

    def may_share(self, event: EventInArticle) -> bool:
        return not (
            event.story not in self.stories
            and self.words.isdisjoint(event.told)
            and self.words.isdisjoint(event.sides)
            and self.names.isdisjoint(event.names)
        )

    def narrowed(self, keys: EventKeys) -> EventKeys:
        """Of what keys are made of what they may share."""
        words = tuple(word for word in keys.words if word in self.words)
        return keys._replace(words=words, names=tuple(name for name in keys.names if name in self.names))


class Lists:
    """For each key of some events all events that have it, in order of days."""

    def __init__(self, in_order: Iterable[EventInArticle], of_events: Iterable[EventKeys]) -> None:
        """``in_order`` are all events, ``of_events`` has what the keys in question are made of."""
        wanted, may = set[int](), _Filter()
        for keys in of_events:
            wanted |= hashed_keys(keys)
            may.add(keys)
        self._lists: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        self._places: dict[str, tuple[int, str]] = {}
        self.keys: dict[str, set[int]] = {}  #: by the id of an event those of its keys that are in question
        for event in in_order:
            if not may.may_share(event):
                continue
            made_of = event_keys(event)
            shared = hashed_keys(may.narrowed(made_of)) & wanted
            if not shared:
                continue
            place = (made_of.day, event.profile.event_id)
            self._places[place[1]], self.keys[place[1]] = place, shared
            for key in shared:
                self._lists[key].append(place)

    def with_key(self, key: int) -> Sequence[tuple[int, str]]:
        """The days and ids of the events with the key."""
        return self._lists.get(key, ())

    def neighbours_of(self, event_id: str) -> set[str]:
        """The ids of the neighbours of an event all of whose keys are in question."""
        ids: set[str] = set()
        for key in self.keys.get(event_id, ()):
            members = self._lists[key]
            place = bisect_left(members, self._places[event_id])
            near = members[max(0, place - MOST_NEIGHBOURS) : place + MOST_NEIGHBOURS + 1]
            ids.update(other for _, other in near)
        return ids - {event_id}

    def are_neighbours(self, first: str, second: str) -> bool:
        """Whether two events, by their ids, are neighbours by a key in question that both have."""
        for key in self.keys.get(first, set()) & self.keys.get(second, set()):
            places = (bisect_left(self._lists[key], self._places[event_id]) for event_id in (first, second))
            if abs(next(places) - next(places)) <= MOST_NEIGHBOURS:
                return True
        return False


def moved_pairs(lists: Lists, changed: Collection[str], stale: Mapping[str, EventKeys]) -> set[Pair]:
    """The pairs of unchanged events that by one key or another are neighbours no longer, or only now; by their ids.

    ``lists`` has the keys of the changed and stale events, ``stale`` what those of events were made of that are gone
    or have ``changed``.
    """
    stood: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for event_id, keys in stale.items():
        for key in hashed_keys(keys):
            stood[key].append((keys.day, event_id))
    touched = {key for event_id in changed for key in lists.keys.get(event_id, ())} | stood.keys()
    pairs: set[Pair] = set()
    for key in touched:
        members = lists.with_key(key)
        if len(members) + len(stood[key]) > MOST_NEIGHBOURS:  # in a shorter list all are neighbours
            pairs.update(_moved_in_list(members, changed, sorted(stood[key])))
    return pairs


def _moved_in_list(
    members: Sequence[tuple[int, str]], changed: Collection[str], stood: Sequence[tuple[int, str]]
) -> Iterator[Pair]:
    """Such pairs of one key; ``members`` are in order now, among which there ``stood`` others before."""
    unchanged = [(place, member) for place, member in enumerate(members) if member[1] not in changed]
    before = [number + bisect_left(stood, member) for number, (_, member) in enumerate(unchanged)]
    now = [place for place, _ in unchanged]
    for first in range(len(unchanged)):
        last = min(first + MOST_NEIGHBOURS, len(unchanged) - 1)
        if now[last] - before[last] == now[first] - before[first] and _are_between(now, before, first, last):
            continue
        for second in range(first + 1, last + 1):
            was, is_now = before[second] - before[first], now[second] - now[first]
            if (was <= MOST_NEIGHBOURS) != (is_now <= MOST_NEIGHBOURS):
                yield _in_order(unchanged[first][1][1], unchanged[second][1][1])


def _are_between(now: Sequence[int], before: Sequence[int], first: int, last: int) -> bool:
    """Whether nothing stands or stood between the unchanged events from ``first`` to ``last``."""
    return now[last] - now[first] == last - first == before[last] - before[first]


def _in_order(first: str, second: str) -> Pair:
    return (first, second) if first < second else (second, first)
