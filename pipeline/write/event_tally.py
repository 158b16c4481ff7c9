"""What the report tells of events before their table: collected while the rows of events go by, once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.write.event_rows import EventRow
from pipeline.write.event_timeline import EventTimeline
from pipeline.write.findings import FindingsTally
from pipeline.write.world_map import PlaceTally


@dataclass(slots=True)
class EventTally:
    """The findings, the events with known days and the places of events, of the rows so far."""

    findings: FindingsTally = field(default_factory=FindingsTally)
    timeline: EventTimeline = field(default_factory=EventTimeline)
    places: PlaceTally = field(default_factory=PlaceTally)

    def watch(self, rows: Iterable[EventRow]) -> Iterator[EventRow]:
        """The rows, unchanged."""
        for row in self.findings.watch(rows):
            self.timeline.add(row)
            self.places.add(row)
            yield row

    @classmethod
    def of(cls, rows: Iterable[EventRow]) -> EventTally:
        """That of all the rows."""
        tally = cls()
        for _ in tally.watch(rows):
            pass
        return tally
