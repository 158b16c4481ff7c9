"""What the last grouping of events over all articles decided, so that the next one decides only what has changed.

Of every event in its article there is a digest of all that a grouping reads of it, of what its keys are made of, and of
what it was joined to; beside them the pairs that rules held for one, and those of a whole and its part. All of it can
be computed again: where the code or the knowledge behind it has changed, or a row makes no sense, nothing is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from sqlite3 import Connection
from typing import NamedTuple

from pipeline.store.database import transaction

#: Two events by their ids in articles. Of two that are one the lesser id comes first, else the whole.
Pair = tuple[str, str]
_ONE, _PART = "one", "part"


class UnreadableGroups(ValueError):
    """What is kept of a grouping is damaged: everything is to be grouped anew."""


class EventKeys(NamedTuple):
    """What the keys of an event are made of, and where it stands in order of days."""

    day: int  #: of the article's publication, as ``date.toordinal``; undated ones have the last day that there is
    type: str  #: of the event
    story: str  #: file of the first article that carries the story; empty for an event that is compared with none
    words: tuple[str, ...]  #: of names and of whoever is behind it
    nouns: tuple[str, ...]  #: for what it happens to, and its kinds
    names: tuple[str, ...]  #: those in its article that make keys with these
    whole: tuple[str, ...]  #: of what may have parts: the article's ``doc_id``, then words of names and owners


class KeptEvent(NamedTuple):
    """What was decided of one event."""

    digest: str  #: of all that decides with which others it is one
    cluster: str  #: id of the first event of those that it is one with, itself included


@dataclass(frozen=True, slots=True)
class KeptGroups:
    """The last grouping; empty before the first."""

    events: Mapping[str, KeptEvent] = field(default_factory=dict)
    pairs: Mapping[Pair, float] = field(default_factory=dict)  #: those held for one, with their scores
    parts: Mapping[Pair, float] = field(default_factory=dict)  #: those of a whole and its part, with their scores
    #: What the keys of events, given by their ids, were made of; raises UnreadableGroups for damaged rows.
    load_keys: Callable[[Collection[str]], Mapping[str, EventKeys]] = lambda _: {}


@dataclass(frozen=True, slots=True)
class GroupChanges:
    """What a grouping decided otherwise than the one before it."""

    is_anew: bool = True  #: whether nothing of the grouping before it is to be kept
    gone: Collection[str] = ()  #: events that there are no more
    events: Mapping[str, KeptEvent] = field(default_factory=dict)  #: those new or changed, or of another cluster now
    keys: Mapping[str, EventKeys] = field(default_factory=dict)  #: of the new and changed ones
    pairs: Mapping[Pair, float | None] = field(default_factory=dict)  #: None for those no more held for one
    parts: Mapping[Pair, float | None] = field(default_factory=dict)  #: None for those no more held for whole and part


class Groups:
    """What groupings of events decided; ``fingerprint`` stands for the rules by which they do."""

    def __init__(self, connection: Connection, fingerprint: str) -> None:
        self._connection = connection
        self._fingerprint = fingerprint

    def load(self) -> KeptGroups:
        """The last grouping; an empty one where it was made by other rules, or can't be right."""
        row = self._connection.execute("SELECT fingerprint FROM grouping").fetchone()
        if row is None or row[0] != self._fingerprint:
            return KeptGroups()
        rows = self._connection.execute("SELECT event_id, digest, cluster FROM grouped_events")
        events = {event_id: KeptEvent(digest, cluster) for event_id, digest, cluster in rows}
        pairs: dict[str, dict[Pair, float]] = {_ONE: {}, _PART: {}}
        for kind, first, second, score in self._connection.execute("SELECT * FROM event_pairs"):
            pairs.setdefault(kind, {})[first, second] = score
        kept = KeptGroups(events, pairs[_ONE], pairs[_PART], self._load_keys)
        return kept if _is_sound(kept) else KeptGroups()

    def _load_keys(self, event_ids: Collection[str]) -> dict[str, EventKeys]:
        query = "SELECT keys FROM grouped_events WHERE event_id = ?"
        return {
            event_id: _read_keys(self._connection.execute(query, (event_id,)).fetchone()[0]) for event_id in event_ids
        }

    def save(self, changes: GroupChanges) -> None:
        """Save what a grouping that went on from the last one changed, all or nothing."""
        connection = self._connection
        with transaction(connection):
            if changes.is_anew:
                forget_groups(connection)
                connection.execute("INSERT INTO grouping VALUES (?)", (self._fingerprint,))
            connection.executemany("DELETE FROM grouped_events WHERE event_id = ?", ((name,) for name in changes.gone))
            connection.executemany(
                "INSERT INTO grouped_events VALUES (?, ?, ?, ?) ON CONFLICT (event_id) DO UPDATE SET "
                "digest = excluded.digest, cluster = excluded.cluster, keys = coalesce(excluded.keys, keys)",
                ((name, *event, _dump_keys(changes.keys.get(name))) for name, event in changes.events.items()),
            )
            for kind, pairs in ((_ONE, changes.pairs), (_PART, changes.parts)):
                connection.executemany(
                    "DELETE FROM event_pairs WHERE kind = ? AND first = ? AND second = ?",
                    ((kind, *pair) for pair, score in pairs.items() if score is None),
                )
                connection.executemany(
                    "INSERT OR REPLACE INTO event_pairs VALUES (?, ?, ?, ?)",
                    ((kind, *pair, score) for pair, score in pairs.items() if score is not None),
                )


def _is_sound(kept: KeptGroups) -> bool:
    """Whether pairs and clusters are of events that there are, and scores are shares: damage may make them others."""
    return all(
        first in kept.events and second in kept.events and isinstance(score, float) and 0 < score <= 1
        for pairs in (kept.pairs, kept.parts)
        for (first, second), score in pairs.items()
    ) and all(event.cluster in kept.events for event in kept.events.values())


def forget_groups(connection: Connection) -> None:
    """Delete all that is kept of groupings: the next one decides everything anew."""
    for table in ("grouping", "grouped_events", "event_pairs"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608


def _dump_keys(keys: EventKeys | None) -> str | None:
    return None if keys is None else json.dumps(keys, separators=(",", ":"))


def _read_keys(keys: str) -> EventKeys:
    try:
        day, kind, story, *words = json.loads(keys)
        return EventKeys(day, kind, story, *map(tuple, words))
    except (ValueError, TypeError) as error:
        raise UnreadableGroups(str(error)) from error
