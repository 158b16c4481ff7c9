"""The report's timeline of events: on which days what was done, is planned, may happen or is denied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.write.charts import WIDTH, printable_label
from pipeline.write.drawings import Drawing, Label, Shape, lay_out_legend, table_csv
from pipeline.write.event_marks import MARK_RADIUS, MARK_WORDS, MarkKind, mark_kind, mark_path
from pipeline.write.event_rows import EventRow

#: Events that are kept for the table of days; of more those that most stories tell.
MAX_DATED = 500
#: Events that are drawn: more make a drawing longer than a screen.
MAX_DRAWN = 16
#: Characters of a name in the drawing: half its width at 7 units each.
_MAX_NAME = 26
#: Units: the margin left and right, the line of the legend, from one event to the next, and the room for days below.
_MARGIN, _TOP, _PITCH, _BOTTOM = 12, 26, 34, 22
#: Units from the top of an event to the line of its name, and to its mark.
_NAME_LINE, _MARK_LINE = 14, 24
#: An event at either end is left out where the gap to the next is this many times all the other days.
_FAR = 5
#: Events below which none is left out for being far away.
_FEW = 3
#: Days that are written below the drawing at most: five of ten characters have room.
_MAX_TICKS = 5
#: Units to reserve for a character of their 12-unit text, and months of a year.
_LETTER, _YEAR = 7, 12
#: Steps between them, in days up to weeks, then in months.
_DAY_STEPS, _MONTH_STEPS = (1, 2, 7, 14), (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000)


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """An event with known days."""

    row: EventRow
    kind: MarkKind
    first: date
    last: date

    @property
    def days(self) -> str:
        """The days in ISO 8601: "2025-03-04", or "2025-03-04 to 2025-03-08"."""
        return f"{self.first}" if self.first == self.last else f"{self.first} to {self.last}"


@dataclass(slots=True)
class EventTimeline:
    """The events with known days: the first MAX_DATED that ``add`` gets, so the most told should come first."""

    events: list[DatedEvent] = field(default_factory=list)
    dated: int = 0  #: number of all events with known days
    undated: int = 0  #: and of those without

    def add(self, row: EventRow) -> None:
        """Take an event, unless a reviewer rejected all its claims."""
        if row.rejected:
            return
        if row.date_start is None:
            self.undated += 1
            return
        self.dated += 1
        if len(self.events) < MAX_DATED:
            last = max(row.date_end or row.date_start, row.date_start)
            self.events.append(DatedEvent(row, mark_kind(row), row.date_start, last))

    def in_order(self) -> list[DatedEvent]:
        """The kept events in order of their days."""
        return sorted(self.events, key=lambda event: (event.first, event.last))

    def draw(self) -> Drawing | None:
        """The drawing of those that most stories tell; None with fewer than two to draw."""
        drawn = _without_far_ones(sorted(self.events[:MAX_DRAWN], key=lambda event: (event.first, event.last)))
        return _draw(drawn, self.in_order()) if len(drawn) > 1 else None


def _without_far_ones(events: Sequence[DatedEvent]) -> Sequence[DatedEvent]:
    """The events without those at either end that would press all others into one corner."""
    while len(events) > _FEW:
        days = [event.first.toordinal() for event in events]
        before, after = days[1] - days[0], days[-1] - days[-2]
        if before > _FAR * max(days[-1] - days[1], 1):
            events = events[1:]
        elif after > _FAR * max(days[-2] - days[0], 1):
            events = events[:-1]
        else:
            break
    return events


def _draw(events: Sequence[DatedEvent], listed: Iterable[DatedEvent]) -> Drawing:
    first = min(event.first for event in events).toordinal()
    last = max(event.last for event in events).toordinal()
    unit = (WIDTH - 2 * _MARGIN) / max(last - first, 1)

    def place(day: date) -> float:
        return round(_MARGIN + (day.toordinal() - first) * unit, 1)

    floor = _TOP + _PITCH * len(events)
    shapes, labels = lay_out_legend({event.kind for event in events}, _TOP / 2)
    for day, words in _ticks(date.fromordinal(first), date.fromordinal(last)):
        shapes.append(Shape(f"M{place(day):g} {_TOP}V{floor}", "grid"))
        half = _LETTER * len(words) / 2
        labels.append(Label(min(max(place(day), half), WIDTH - half), floor + _NAME_LINE, words, "middle"))
    for number, event in enumerate(events):
        top = _TOP + _PITCH * number
        shapes += _event_shapes(event, top + _MARK_LINE, place)
        is_left = place(event.first) < WIDTH / 2
        x = place(event.first) - MARK_RADIUS if is_left else place(event.last) + MARK_RADIUS
        labels.append(Label(x, top + _NAME_LINE, _name(event.row), "start" if is_left else "end"))
    return Drawing(
        id="chart-events",
        kind="events",
        title="Events by day",
        description="; ".join(f"{event.days}, {MARK_WORDS[event.kind]}: {_full_name(event.row)}" for event in events),
        csv=table_csv(
            ("first_day", "last_day", "what", "status", "shown_as", "who_says_so", "event_id"), map(_cells, listed)
        ),
        width=WIDTH,
        height=floor + _BOTTOM,
        shapes=tuple(shapes),
        labels=tuple(labels),
    )


def _event_shapes(event: DatedEvent, y: float, place: Callable[[date], float]) -> Iterator[Shape]:
    """The mark of an event on its first day, and a line to its last one."""
    title = f"{event.days}, {MARK_WORDS[event.kind]}: {_full_name(event.row)}"
    if event.first != event.last:
        yield Shape(f"M{place(event.first):g} {y:g}H{place(event.last):g}", "span")
    yield Shape(mark_path(event.kind, place(event.first), y), f"mark {event.kind}", title)


def _cells(event: DatedEvent) -> tuple[object, ...]:
    row = event.row
    reporters = tuple(name for name, _ in row.reporters)
    return (event.first, event.last, _full_name(row), row.status, MARK_WORDS[event.kind], reporters, row.event_id)


def _full_name(row: EventRow) -> str:
    return printable_label(row.title) or "(not named)"


def _name(row: EventRow) -> str:
    name = _full_name(row)
    return name if len(name) <= _MAX_NAME else name[: _MAX_NAME - 1].rstrip() + "…"


def _ticks(first: date, last: date) -> Iterator[tuple[date, str]]:
    """The days to mark below the drawing, evenly apart, and their words: "2025-03-04", "2025-03" or "2025"."""
    length = last.toordinal() - first.toordinal()
    step = next((step for step in _DAY_STEPS if length // step < _MAX_TICKS), 0)
    if step:
        for number in range(first.toordinal(), last.toordinal() + 1, step):
            yield date.fromordinal(number), date.fromordinal(number).isoformat()
        return
    months = last.year * 12 + last.month - first.year * 12 - first.month
    step = next((step for step in _MONTH_STEPS if months // step < _MAX_TICKS), _MONTH_STEPS[-1])
    number = -(-(first.year * 12 + first.month - 1 + (first.day > 1)) // step) * step
    while number <= last.year * 12 + last.month - 1:
        day = date(number // 12, number % 12 + 1, 1)
        yield day, f"{day:%Y-%m}" if step < _YEAR else f"{day.year:04}"
        number += step
