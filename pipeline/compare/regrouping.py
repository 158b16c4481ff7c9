"""Group the events of all articles, going on from the last grouping: only what new, changed and gone events touch.

The outcome is that of a grouping of everything. An event is as it was where the digest of all that rules read of it is:
its profile, its article's names, who else's names are too frequent to count. Pairs of two such events keep their score,
and clusters in which nothing has changed stay. How many of a key's neighbours are compared depends on the others with
that key, which ``event_keys`` looks after.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from operator import attrgetter

from pipeline.compare.event_clusters import join_pairs, tell_apart
from pipeline.compare.event_keys import Lists, day_and_id, event_keys, moved_pairs, neighbours
from pipeline.compare.event_pairs import (
    FAR_DAYS,
    SAME,
    EventInArticle,
    are_one_name,
    days_between,
    differ,
    match_events,
)
from pipeline.compare.event_parts import choose_wholes, score_parts
from pipeline.knowledge.events.words import GroupWords
from pipeline.records import EventProfile
from pipeline.store.grouping import EventKeys, GroupChanges, KeptEvent, KeptGroups, Pair, UnreadableGroups

#: Bytes of a digest: 60,000 events have no two of 16 bytes that are alike by chance.
_DIGEST_BYTES = 16
#: The fields of a profile that a grouping reads: all but the ids of claims.
_OF_CLAIMS = ("undoing", "taking_up", "denials")
_profile_values = attrgetter(*(name for name in EventProfile.__slots__ if name not in _OF_CLAIMS))
_NOTHING = KeptGroups()


@dataclass(frozen=True, slots=True)
class Regrouped:
    """The events of all articles, grouped."""

    clusters: list[list[str]]  #: as ``cluster_events`` gives them
    parts: Mapping[str, str]  #: by the first id of a cluster that of the one it is a part of
    changes: GroupChanges  #: what is to be kept for the next grouping


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
    by_id = tell_apart(events, stories)
    return _sorted_clusters(by_id, join_pairs(by_id, _find_pairs(by_id, words).items(), words, edited or {}))


def regroup(
    events: Sequence[EventInArticle],
    words: GroupWords,
    stories: Mapping[str, str],
    edited: Mapping[str, str],
    kept: KeptGroups = _NOTHING,
) -> Regrouped:
    """Clusters as ``cluster_events`` gives them, and parts; ``kept`` is an earlier grouping by the same rules."""
    by_id = tell_apart(events, stories)
    digests = {event_id: _digest(event, edited.get(event_id, "")) for event_id, event in by_id.items()}
    same = {event_id for event_id, event in kept.events.items() if digests.get(event_id) == event.digest}
    changed = by_id.keys() - same
    try:
        stale = kept.load_keys(kept.events.keys() - same)
    except UnreadableGroups:
        return regroup(events, words, stories, edited)
    pairs = _renew_pairs(by_id, words, kept, changed, stale) if same else _find_pairs(by_id, words)
    touched = _touched(by_id, kept, pairs, changed, edited)
    clusters = _renew_clusters(by_id, words, kept, pairs, touched, edited)
    scores = score_parts(by_id, words, changed, kept.parts, stale.values())
    changes = GroupChanges(
        is_anew=not same,
        gone=kept.events.keys() - by_id.keys(),
        events=dict(_changed_events(kept, clusters, digests)),
        keys={event_id: event_keys(by_id[event_id]) for event_id in sorted(changed)},
        pairs=_difference(kept.pairs, pairs),
        parts=_difference(kept.parts, scores),
    )
    return Regrouped(clusters, choose_wholes(scores, clusters), changes)


def _digest(event: EventInArticle, edited: str) -> str:
    """Of all that decides with which events one belongs together, the event that a person put it into included."""
    names = (sorted(event.names), sorted(event.famous), sorted(event.full_names))
    values = (_profile_values(event.profile), event.doc_id, event.story, str(event.published), names, edited)
    return blake2b(repr(values).encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).hexdigest()


def _sorted_clusters(by_id: Mapping[str, EventInArticle], clusters: Iterable[list[str]]) -> list[list[str]]:
    return sorted(clusters, key=lambda ids: day_and_id(by_id[ids[0]]))


def _find_pairs(by_id: Mapping[str, EventInArticle], words: GroupWords) -> dict[Pair, float]:
    """All pairs that are held for one, with their scores; ``by_id`` has the events by their ids in articles."""
    pairs: dict[Pair, float] = {}
    for first, second in neighbours(sorted(by_id.values(), key=day_and_id)):
        _note_match(pairs, first, second, words)
    return pairs


def _note_match(pairs: dict[Pair, float], one: EventInArticle, two: EventInArticle, words: GroupWords) -> None:
    """Note the two among the pairs where a rule holds them for one."""
    if differ(one.told, two.told) and not are_one_name(
        one.told, two.told
    ):  # no rule holds these for one, and most neighbours are such pairs
        return
    days = days_between(one, two)
    if days is not None and days > FAR_DAYS:
        return
    first, second = (one, two) if one.profile.event_id < two.profile.event_id else (two, one)
    score = match_events(first, second, words).score
    if score >= SAME:
        pairs[first.profile.event_id, second.profile.event_id] = score


def _renew_pairs(
    by_id: Mapping[str, EventInArticle],
    words: GroupWords,
    kept: KeptGroups,
    changed: Collection[str],
    stale: Mapping[str, EventKeys],
) -> dict[Pair, float]:
    """As ``_find_pairs``; looked at are those of changed events, and those that they have made neighbours or parted."""
    pairs = {
        pair: score
        for pair, score in kept.pairs.items()
        if pair[0] not in changed and pair[1] not in changed and pair[0] in by_id and pair[1] in by_id
    }
    if not (changed or stale):
        return pairs
    in_order = sorted(by_id.values(), key=day_and_id)
    lists = Lists(in_order, (*stale.values(), *(event_keys(by_id[event_id]) for event_id in changed)))
    for event_id in changed:
        for other in lists.neighbours_of(event_id):
            if other not in changed or event_id < other:
                _note_match(pairs, by_id[event_id], by_id[other], words)
    moved = moved_pairs(lists, changed, stale)
    if not moved:
        return pairs
    lists = Lists(in_order, (event_keys(by_id[event_id]) for event_id in {member for pair in moved for member in pair}))
    for first, second in moved:
        if not lists.are_neighbours(first, second):
            pairs.pop((first, second), None)
        elif (first, second) not in pairs:
            _note_match(pairs, by_id[first], by_id[second], words)
    return pairs


def _touched(
    by_id: Mapping[str, EventInArticle],
    kept: KeptGroups,
    pairs: Mapping[Pair, float],
    changed: Collection[str],
    edited: Mapping[str, str],
) -> set[str]:
    """The events whose clusters may be others: all that chains of pairs, or people, connect with what has changed."""
    started = set(changed)
    for pair in kept.pairs.keys() - pairs.keys():
        started.update(pair)
    started.update(member for pair in pairs.keys() - kept.pairs.keys() for member in pair)
    moved = (event for event_id, event in kept.events.items() if event_id in started or event_id not in by_id)
    gone_from = {event.cluster for event in moved}
    started.update(event_id for event_id, event in kept.events.items() if event.cluster in gone_from)
    linked: defaultdict[str, list[str]] = defaultdict(list)
    for first, second in pairs:
        linked[first].append(second)
        linked[second].append(first)
    together: defaultdict[str, list[str]] = defaultdict(list)
    for event_id in edited.keys() & by_id.keys():
        together[edited[event_id]].append(event_id)
    touched: set[str] = set()
    waiting = sorted(started & by_id.keys())
    while waiting:
        event_id = waiting.pop()
        if event_id not in touched:
            touched.add(event_id)
            waiting += linked.get(event_id, ())
            waiting += together.pop(edited[event_id], ()) if event_id in edited else ()
    return touched


def _renew_clusters(
    by_id: Mapping[str, EventInArticle],
    words: GroupWords,
    kept: KeptGroups,
    pairs: Mapping[Pair, float],
    touched: Collection[str],
    edited: Mapping[str, str],
) -> list[list[str]]:
    """All clusters; those of events that nothing has touched are as they were."""
    as_before: defaultdict[str, list[str]] = defaultdict(list)
    for event_id in by_id.keys() - touched:
        as_before[kept.events[event_id].cluster].append(event_id)
    for members in as_before.values():
        members.sort(key=lambda event_id: day_and_id(by_id[event_id]))
    of_touched = [(pair, score) for pair, score in pairs.items() if pair[0] in touched]
    joined = join_pairs(
        {event_id: by_id[event_id] for event_id in touched},
        of_touched,
        words,
        {event_id: name for event_id, name in edited.items() if event_id in touched},
    )
    return _sorted_clusters(by_id, [*as_before.values(), *joined])


def _changed_events(
    kept: KeptGroups, clusters: Iterable[Sequence[str]], digests: Mapping[str, str]
) -> Iterable[tuple[str, KeptEvent]]:
    for members in clusters:
        for event_id in members:
            event = KeptEvent(digests[event_id], members[0])
            if kept.events.get(event_id) != event:
                yield event_id, event


def _difference(before: Mapping[Pair, float], now: Mapping[Pair, float]) -> dict[Pair, float | None]:
    """The pairs with another score than before, None for those that are gone."""
    changed: dict[Pair, float | None] = {pair: score for pair, score in now.items() if before.get(pair) != score}
    return changed | dict.fromkeys(before.keys() - now.keys())
