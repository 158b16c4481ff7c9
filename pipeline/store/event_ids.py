"""Ids of events across articles: an event keeps its id when later runs find more of it.

In an article an event has the id of its first mention; ``compare`` says which of these are one event. The first run
that sees an event names it by one of them, and the store keeps under which name each is known. Where clusters that had
names are joined the name that most members have stays, where one falls apart the larger part keeps it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from sqlite3 import Connection

from pipeline.store.database import transaction
from pipeline.store.event_edits import apply_edits, load_event_edits
from pipeline.text.identifiers import hash_id


@dataclass(frozen=True, slots=True)
class EventNames:
    """The ids of the events of a run."""

    ids: Mapping[str, str]  #: by the id in its article the id that the event has in the outputs
    #: By id the ids that parts of it had before: of events that were joined to it, or that it was split from.
    formerly: Mapping[str, tuple[str, ...]]
    claims: Mapping[str, str] = field(default_factory=dict)  #: by claim id the event that a person put it into

    def event_of(self, claim_id: str, event_id: str) -> str:
        """The id of a claim's event across articles; ``event_id`` is that in its article, empty for none."""
        return self.claims.get(claim_id) or self.ids.get(event_id, event_id)


def name_events(
    known: Mapping[str, str], clusters: Sequence[Sequence[str]], edited: Mapping[str, str] | None = None
) -> EventNames:
    """Choose the id of every cluster; ``known`` has by id in its article the id that an event had so far.

    Each of ``clusters`` has the ids of one event in its articles, the one that names a new event first. ``edited`` has
    the ids that people gave some of them (see ``event_edits``). The result does not depend on their order.
    """
    edited = edited or {}
    claims = sorted(
        (claim for members in clusters for claim in _claims_on_ids(known, members)), key=lambda item: item[0]
    )
    id_of = {members[0]: edited[member] for members in clusters for member in members if member in edited}
    taken = {*id_of.values(), *edited.values()}
    for _, event_id, first in claims:
        if event_id not in taken and first not in id_of:
            id_of[first] = event_id
            taken.add(event_id)
    ids: dict[str, str] = {}
    formerly: dict[str, tuple[str, ...]] = {}
    for members in sorted(clusters, key=lambda members: members[0]):
        event_id = id_of.get(members[0]) or next(new_id for new_id in _new_ids(members) if new_id not in taken)
        taken.add(event_id)
        ids.update(dict.fromkeys(members, event_id))
        if earlier := {known[member] for member in members if member in known} - {event_id}:
            formerly[event_id] = tuple(sorted(earlier))
    return EventNames(ids, formerly)


def _new_ids(members: Sequence[str]) -> Iterator[str]:
    """Ids for a new event, the best first; those of its members may stand for the event that it was split from."""
    yield from members
    last = members[0]
    while True:
        last = hash_id("e", last)
        yield last


def _claims_on_ids(known: Mapping[str, str], members: Sequence[str]) -> list[tuple[tuple[int, str, str], str, str]]:
    """The ids that members had, the one that most had first: as (rank, id, first member)."""
    counts = Counter(known[member] for member in members if member in known)
    return [((-count, event_id, members[0]), event_id, members[0]) for event_id, count in counts.items()]


def load_event_ids(connection: Connection) -> dict[str, str]:
    """By id in its article the id that an event had in the last run that saw it."""
    return dict(connection.execute("SELECT member, event_id FROM events").fetchall())


def load_event_names(connection: Connection) -> EventNames:
    """The ids of events after the last run, with what people edited since."""
    return EventNames(load_event_ids(connection), {}, apply_edits(load_event_edits(connection)).claims)


def save_event_ids(connection: Connection, ids: Mapping[str, str]) -> None:
    """Save the ids of a run; those of articles that it didn't read stay."""
    with transaction(connection):
        connection.executemany("INSERT OR REPLACE INTO events VALUES (?, ?)", sorted(ids.items()))
