"""Calendar helpers: a period is a run of whole days with its TIMEX3 value. Nothing here reads text or the clock.

Weeks are ISO weeks, Monday to Sunday; a weekend is Saturday and Sunday; seasons are the northern meteorological ones
(spring March to May, winter December to February of the next year), as TIMEX3 scorers take them.
Every constructor gives None for days that don't exist: 31 February, a year outside 100 to 9990
(room enough at both ends of what ``datetime.date`` holds to step to the next week or year).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 100, 9990
_SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """Days ``first`` to ``last``, both included; ``granularity`` names the calendar unit they make up."""

    value: str
    granularity: str
    first: date
    last: date


def day(year_number: int, month_number: int, day_number: int) -> Period | None:
    """One day by its numbers."""
    if not FIRST_YEAR <= year_number <= LAST_YEAR:
        return None
    try:
        return of_day(date(year_number, month_number, day_number))
    except ValueError:
        return None


def of_day(when: date) -> Period:
    """One day."""
    return Period(when.isoformat(), "day", when, when)


def week(when: date) -> Period:
    """The ISO week that holds a day."""
    monday = when - timedelta(when.weekday())
    year_number, number, _ = when.isocalendar()
    return Period(f"{year_number}-W{number:02d}", "week", monday, monday + timedelta(6))


def weekend(when: date) -> Period:
    """Saturday and Sunday of the ISO week that holds a day."""
    whole = week(when)
    return Period(f"{whole.value}-WE", "weekend", whole.first + timedelta(5), whole.last)


def _months(value: str, granularity: str, year_number: int, first_month: int, count: int) -> Period | None:
    final = year_number * 12 + first_month - 2 + count
    if not year_number >= FIRST_YEAR or final // 12 > LAST_YEAR:
        return None
    last = date((final + 1) // 12, (final + 1) % 12 + 1, 1) - timedelta(1)
    return Period(value, granularity, date(year_number, first_month, 1), last)


def month(year_number: int, number: int) -> Period | None:
    """A month, 1 to 12."""
    return _months(f"{year_number:04d}-{number:02d}", "month", year_number, number, 1)


def quarter(year_number: int, number: int) -> Period | None:
    """A calendar quarter, 1 to 4."""
    return _months(f"{year_number:04d}-Q{number}", "quarter", year_number, 3 * number - 2, 3)


def half(year_number: int, number: int) -> Period | None:
    """A calendar half, 1 or 2."""
    return _months(f"{year_number:04d}-H{number}", "half", year_number, 6 * number - 5, 6)


def season(year_number: int, code: str) -> Period | None:
    """A season by its TIMEX3 code SP, SU, FA or WI; winter begins in December of ``year_number``."""
    return _months(f"{year_number:04d}-{code}", "season", year_number, _SEASON_START[code], 3)


def year(number: int) -> Period | None:
    """A calendar year."""
    return _months(f"{number:04d}", "year", number, 1, 12)


def decade(number: int) -> Period | None:
    """A decade by its first three digits: 199 is the 1990s."""
    return _months(f"{number:03d}", "decade", number * 10, 1, 120)


def century(number: int) -> Period | None:
    """A century by its first two digits, as TIMEX3 counts: 19 is 1900 to 1999."""
    return _months(f"{number:02d}", "century", number * 100, 1, 1200)


def containing(when: date, unit: str) -> Period | None:
    """The period of the named unit that holds a day."""
    return _MAKERS[unit](when)


_MAKERS: dict[str, Callable[[date], Period | None]] = {
    "day": of_day,
    "week": week,
    "weekend": weekend,
    "month": lambda d: month(d.year, d.month),
    "quarter": lambda d: quarter(d.year, (d.month + 2) // 3),
    "half": lambda d: half(d.year, (d.month + 5) // 6),
    "season": lambda d: season(d.year - (d.month < 3), ("WI", "SP", "SU", "FA")[d.month % 12 // 3]),
    "year": lambda d: year(d.year),
    "decade": lambda d: decade(d.year // 10),
    "century": lambda d: century(d.year // 100),
}
_MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "season": 3, "year": 12, "decade": 120, "century": 1200}


def shift(period: Period, count: int) -> Period | None:
    """The period of the same unit ``count`` units later (earlier when negative)."""
    if period.granularity in ("day", "week", "weekend"):
        days = count if period.granularity == "day" else 7 * count
        try:
            moved = period.first + timedelta(days)
            return containing(moved, period.granularity) if FIRST_YEAR <= moved.year <= LAST_YEAR else None
        except OverflowError:
            return None
    return _containing_month(period, count * _MONTHS_IN[period.granularity])


def shift_years(period: Period, count: int) -> Period | None:
    """The same part of the year ``count`` years later: third quarter to third quarter, week to week by date."""
    if period.granularity in ("month", "quarter", "half", "season", "year"):
        return _containing_month(period, 12 * count)
    if period.granularity == "day":
        return day(period.first.year + count, period.first.month, period.first.day)
    return year(period.first.year + count)


def _containing_month(period: Period, months: int) -> Period | None:
    total = period.first.year * 12 + period.first.month - 1 + months
    if not 12 * FIRST_YEAR <= total <= 12 * LAST_YEAR:
        return None
    return containing(date(total // 12, total % 12 + 1, 1), period.granularity)


def part(period: Period, which: str) -> Period:
    """The early, middle or late third of a month or more, under the whole period's value; shorter ones stay whole."""
    days = (period.last - period.first).days + 1
    if which not in ("early", "mid", "late") or days < 28:
        return period
    third = timedelta(days // 3)
    first = period.first if which == "early" else period.last - third + timedelta(1)
    last = period.last if which == "late" else period.first + third - timedelta(1)
    if which == "mid":
        first, last = period.first + third, period.last - third
    return replace(period, first=first, last=last)


def since_or_until(period: Period, when: date, later: bool) -> Period:
    """What lies of the period on or after ``when`` (``later``) or on or before it; whole when ``when`` is outside."""
    if not period.first <= when <= period.last:
        return period
    return replace(period, first=when) if later else replace(period, last=when)


def nth_weekday(year_number: int, month_number: int, weekday: int, nth: int) -> date:
    """The nth Monday (0) to Sunday (6) of a month; -1 is the last. The year must be 1 to 9998."""
    if nth > 0:
        start = date(year_number, month_number, 1)
        return start + timedelta((weekday - start.weekday()) % 7 + 7 * (nth - 1))
    end = date(year_number + month_number // 12, month_number % 12 + 1, 1) - timedelta(1)
    return end - timedelta((end.weekday() - weekday) % 7)


def easter(year_number: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year_number % 19, year_number // 100, year_number % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    number = h + weekday - 7 * m + 114
    return date(year_number, number // 31, number % 31 + 1)
