"""The rows of events of a run whose claims wait in a scratch database: made one after the other, whenever needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from sqlite3 import Connection

from pipeline.compare import ClaimIndex
from pipeline.write.event_rows import EventFacts, EventRow, make_event_row, rank_of


class StoredEvents:
    """Every event of a run, in the order of ``event_rows``; only one is in memory at a time."""

    def __init__(self, scratch: Connection, index: ClaimIndex, stories: Mapping[str, str], facts: EventFacts) -> None:
        self._scratch, self._index, self._stories, self._facts = scratch, index, stories, facts
        scratch.execute(
            "CREATE TABLE event_order (rejected INTEGER, stories INTEGER, claims INTEGER, first INTEGER, event TEXT, "
            "PRIMARY KEY (rejected, stories, claims, first)) WITHOUT ROWID"
        )
        self._count = 0
        for first, event in index.events():
            self._count += 1
            order = rank_of(index.claims_of(event), stories)
            scratch.execute("INSERT INTO event_order VALUES (?, ?, ?, ?, ?)", (*order, first, event))

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[EventRow]:
        rows = self._scratch.execute("SELECT event FROM event_order ORDER BY rejected, stories, claims, first")
        return (self._row(event) for (event,) in rows)

    def _row(self, event: str) -> EventRow:
        return make_event_row(self._index.claims_of(event), self._stories, self._facts, self._index.has_event)
