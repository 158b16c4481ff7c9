"""The report's timeline: claims with known days, counted by day, month, year, decade or century."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.records import Claim
from pipeline.write.column_values import verdict
from pipeline.write.counted import Counted
from pipeline.write.wording import excerpt

Unit = Literal["day", "month", "year", "decade", "century"]
#: Columns that the timeline's chart has at most, so that a column stays wide enough to see; about a month of days.
MAX_COLUMNS = 36
#: Claims of a period that the table quotes, and characters of each, more than the page shows.
LINES, _MAX_WORDS = 3, 200
#: Numbers the periods of each unit one after the other (March 2024 is month 24,290), the finest unit first.
_PERIOD_NUMBERS: dict[Unit, Callable[[date], int]] = {
    "day": date.toordinal,
    "month": lambda day: day.year * 12 + day.month - 1,
    "year": lambda day: day.year,
    "decade": lambda day: day.year // 10,
    "century": lambda day: day.year // 100,
}


@dataclass(frozen=True, slots=True)
class DatedClaim:
    """A claim as a line of the table: its id and, in ``claim_text``, the first words of it."""

    claim_id: str
    claim_text: str


@dataclass(frozen=True, slots=True)
class Period:
    """The claims whose first day lies in one period; ``label`` is "2024-03-01", "2024-03", "2024", "2020s", "1900s"."""

    label: str
    claims: Counted[Claim]
    first: tuple[DatedClaim, ...]  #: as many as the table has lines for


@dataclass(frozen=True, slots=True)
class Timeline:
    """Dated claims by period of one ``unit``.

    ``periods`` has every period with claims, in order, for the table. ``columns`` has label and number of claims of
    the periods to draw, without gaps, so also those with none. ``outside`` counts the claims before the first and
    after the last column.
    """

    unit: Unit
    periods: tuple[Period, ...]
    columns: tuple[tuple[str, int], ...]
    outside: int


class TimelineTally:
    """How many claims begin on each day, and the first of them."""

    def __init__(self) -> None:
        self._counts: Counter[date] = Counter()
        #: By day its first claims in the order of their last days and of the run.
        self._first: defaultdict[date, list[tuple[date, int, DatedClaim]]] = defaultdict(list)

    def add(self, position: int, claim: Claim) -> None:
        """Count the claim at that position of the run, unless it has no known day."""
        day = claim.date_start
        if day is None:
            return
        self._counts[day] += 1
        first, last_day = self._first[day], claim.date_end or date.min
        if len(first) < LINES or (last_day, position) < first[-1][:2]:
            words = excerpt(claim.claim_text, _MAX_WORDS)
            first.append((last_day, position, DatedClaim(claim.claim_id, words)))
            first.sort(key=lambda line: line[:2])
            del first[LINES:]

    def timeline(self, shown: Iterable[Claim] = ()) -> Timeline:
        """The counts by period; of the claims of a period only those that are ``shown`` are listed.

        The unit is the finest of which MAX_COLUMNS hold the middle nine tenths of the claims, so that one claim about
        1066 doesn't press a month of news into one column.
        """
        if not self._counts:
            return Timeline("day", (), (), 0)
        days = _Days(self._counts)
        unit, number_of = next(
            (unit, number_of)
            for unit, number_of in _PERIOD_NUMBERS.items()
            if number_of(days.late) - number_of(days.early) < MAX_COLUMNS
        )
        counts: Counter[int] = Counter()
        lines: defaultdict[int, list[DatedClaim]] = defaultdict(list)
        for day in days.in_order:
            number = number_of(day)
            counts[number] += self._counts[day]
            lines[number] += [line for _, _, line in self._first[day]]
        listed: defaultdict[int, list[Claim]] = defaultdict(list)
        for claim in sorted(filter(_is_dated, shown), key=lambda claim: (claim.date_start, claim.date_end or date.min)):
            assert claim.date_start is not None  # noqa: S101
            listed[number_of(claim.date_start)].append(claim)
        columns = tuple((_label(unit, number), counts[number]) for number in _drawn_numbers(days, number_of))
        periods = tuple(
            Period(_label(unit, number), Counted(listed.get(number, ()), counts[number]), tuple(lines[number][:LINES]))
            for number in sorted(counts)
        )
        return Timeline(unit, periods, columns, counts.total() - sum(count for _, count in columns))


def _is_dated(claim: Claim) -> bool:
    return claim.date_start is not None and verdict(claim) != "reject"


class _Days:
    """The days of claims: in order, and the first and last of them without a twentieth of the claims at either end."""

    def __init__(self, counts: Counter[date]) -> None:
        self.in_order = sorted(counts)
        total = counts.total()
        margin = total // 20
        before = 0
        self.early = self.late = self.in_order[0]
        for day in self.in_order:
            if before <= margin:
                self.early = day
            if before <= total - 1 - margin:
                self.late = day
            before += counts[day]


def _drawn_numbers(days: _Days, number_of: Callable[[date], int]) -> range:
    """The periods to draw: the middle of the days, and outwards on both sides as long as there is room and a claim."""
    first = max(number_of(days.in_order[0]), number_of(days.late) - MAX_COLUMNS + 1)
    last = min(number_of(days.in_order[-1]), first + MAX_COLUMNS - 1)
    return range(first, last + 1)


def _label(unit: Unit, number: int) -> str:
    if unit == "day":
        return date.fromordinal(number).isoformat()
    if unit == "month":
        return f"{number // 12:04}-{number % 12 + 1:02}"
    return {"year": f"{number}", "decade": f"{number}0s", "century": f"{number}00s"}[unit]
