"""The report's timeline: claims with known days, counted by day, month, year, decade or century."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.records import Claim
from pipeline.write.column_values import verdict

Unit = Literal["day", "month", "year", "decade", "century"]
#: Columns that the timeline's chart has at most, so that a column stays wide enough to see; about a month of days.
MAX_COLUMNS = 36
#: Numbers the periods of each unit one after the other (March 2024 is month 24,290), the finest unit first.
_PERIOD_NUMBERS: dict[Unit, Callable[[date], int]] = {
    "day": date.toordinal,
    "month": lambda day: day.year * 12 + day.month - 1,
    "year": lambda day: day.year,
    "decade": lambda day: day.year // 10,
    "century": lambda day: day.year // 100,
}


@dataclass(frozen=True, slots=True)
class Period:
    """The claims whose first day lies in one period; ``label`` is "2024-03-01", "2024-03", "2024", "2020s", "1900s"."""

    label: str
    claims: tuple[Claim, ...]


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


def build_timeline(claims: Iterable[Claim]) -> Timeline:
    """Count claims by the period of their first day; claims without one and rejected ones are left out.

    The unit is the finest of which MAX_COLUMNS hold the middle nine tenths of the claims, so that one claim about 1066
    doesn't press a month of news into one column.
    """
    dated = [(claim.date_start, claim) for claim in claims if claim.date_start and verdict(claim) != "reject"]
    if not dated:
        return Timeline("day", (), (), 0)
    dated.sort(key=lambda pair: (pair[0], pair[1].date_end or date.min))
    days = [day for day, _ in dated]
    unit = _finest_unit(days)
    number_of = _PERIOD_NUMBERS[unit]
    claims_by_number: defaultdict[int, list[Claim]] = defaultdict(list)
    for day, claim in dated:
        claims_by_number[number_of(day)].append(claim)
    columns = tuple(
        (_label(unit, number), len(claims_by_number.get(number, ()))) for number in _drawn_numbers(days, number_of)
    )
    periods = tuple(
        Period(_label(unit, number), tuple(claims_by_number[number])) for number in sorted(claims_by_number)
    )
    return Timeline(unit, periods, columns, len(days) - sum(count for _, count in columns))


def _middle(days: Sequence[date]) -> tuple[date, date]:
    """First and last of the sorted days without a twentieth at either end."""
    margin = len(days) // 20
    return days[margin], days[-1 - margin]


def _finest_unit(days: Sequence[date]) -> Unit:
    first, last = _middle(days)
    return next(unit for unit, number_of in _PERIOD_NUMBERS.items() if number_of(last) - number_of(first) < MAX_COLUMNS)


def _drawn_numbers(days: Sequence[date], number_of: Callable[[date], int]) -> range:
    """The periods to draw: the middle of the days, and outwards on both sides as long as there is room and a claim."""
    _, middle_end = _middle(days)
    first = max(number_of(days[0]), number_of(middle_end) - MAX_COLUMNS + 1)
    last = min(number_of(days[-1]), first + MAX_COLUMNS - 1)
    return range(first, last + 1)


def _label(unit: Unit, number: int) -> str:
    if unit == "day":
        return date.fromordinal(number).isoformat()
    if unit == "month":
        return f"{number // 12:04}-{number % 12 + 1:02}"
    return {"year": f"{number}", "decade": f"{number}0s", "century": f"{number}00s"}[unit]
