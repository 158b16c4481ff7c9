"""Calendar arithmetic: a period is a run of whole days with its TIMEX3 value. Nothing here reads text or the clock.

Weeks are ISO weeks, Monday to Sunday; a weekend is Saturday and Sunday; seasons are the northern meteorological ones
(spring March to May, winter December to February of the next year), as TIMEX3 scorers take them.
Every constructor returns None for days that don't exist: 31 February, a year outside 100 to 9990.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

#: Years that dates are read for: ``datetime.date`` holds 1 to 9999, and stepping to the next week, year or decade of
#: either edge must stay inside.
FIRST_YEAR = 100
LAST_YEAR = 9990
#: TIMEX3 code of a season to its first month.
_SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
#: Shorter periods have no early, middle and late part: "early last week" stays the whole week. February has 28 days.
_SHORTEST_WITH_PARTS = 28


@dataclass(frozen=True, slots=True)
class Period:
    """A run of days.

    ``value`` is its TIMEX3 value ("2023-11", "2023-W45-WE"), ``granularity`` the calendar unit ("day", "weekend",
    "decade", ...), ``first`` and ``last`` its days, both included. A narrowed period ("early March") keeps value and
    granularity of the whole.
    """

    value: str
    granularity: str
    first: date
    last: date


def make_day(year: int, month: int, day: int) -> Period | None:
    """One day by its numbers; None for a day that is in no calendar, such as 31 February."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return day_of(date(year, month, day))
    except ValueError:
        return None


def day_of(day: date) -> Period:
    """The period that is this one day."""
    return Period(day.isoformat(), "day", day, day)


def week_of(day: date) -> Period:
    """The ISO week, Monday to Sunday, that holds a day: "2024-W01" for 1 January 2024."""
    monday = day - timedelta(day.weekday())
    iso_year, number, _ = day.isocalendar()
    return Period(f"{iso_year}-W{number:02d}", "week", monday, monday + timedelta(6))


def weekend_of(day: date) -> Period:
    """Saturday and Sunday of the ISO week that holds a day."""
    week = week_of(day)
    return Period(f"{week.value}-WE", "weekend", week.first + timedelta(5), week.last)


def _make_months(value: str, granularity: str, year: int, first_month: int, count: int) -> Period | None:
    """A period of ``count`` whole months from ``first_month`` (1 to 12) of ``year``."""
    last_month = year * 12 + first_month - 2 + count  # months since year 0, January being 0
    if not year >= FIRST_YEAR or last_month // 12 > LAST_YEAR:
        return None
    last = date((last_month + 1) // 12, (last_month + 1) % 12 + 1, 1) - timedelta(1)
    return Period(value, granularity, date(year, first_month, 1), last)


def make_month(year: int, month: int) -> Period | None:
    """A month, 1 to 12, of a year."""
    return _make_months(f"{year:04d}-{month:02d}", "month", year, month, 1)


def make_quarter(year: int, number: int) -> Period | None:
    """A calendar quarter, 1 to 4, of a year: the third is July to September."""
    return _make_months(f"{year:04d}-Q{number}", "quarter", year, 3 * number - 2, 3)


def make_half(year: int, number: int) -> Period | None:
    """A calendar half, 1 or 2, of a year."""
    return _make_months(f"{year:04d}-H{number}", "half", year, 6 * number - 5, 6)


def make_season(year: int, code: str) -> Period | None:
    """A season by its TIMEX3 code SP, SU, FA or WI; winter begins in December of ``year``."""
    return _make_months(f"{year:04d}-{code}", "season", year, _SEASON_START[code], 3)


def make_year(year: int) -> Period | None:
    """A calendar year, January to December."""
    return _make_months(f"{year:04d}", "year", year, 1, 12)


def make_decade(digits: int) -> Period | None:
    """A decade by its first three digits: 199 is the 1990s."""
    return _make_months(f"{digits:03d}", "decade", digits * 10, 1, 120)


def make_century(digits: int) -> Period | None:
    """A century by its first two digits, as TIMEX3 counts: 19 is 1900 to 1999."""
    return _make_months(f"{digits:02d}", "century", digits * 100, 1, 1200)


def period_containing(day: date, unit: str) -> Period | None:
    """The period of a unit ("week", "quarter", "season", ...) that holds a day.

    Raises KeyError for a name that is no granularity of a ``Period``.
    """
    return _PERIOD_MAKERS[unit](day)


_PERIOD_MAKERS: dict[str, Callable[[date], Period | None]] = {
    "day": day_of,
    "week": week_of,
    "weekend": weekend_of,
    "month": lambda day: make_month(day.year, day.month),
    "quarter": lambda day: make_quarter(day.year, (day.month + 2) // 3),
    "half": lambda day: make_half(day.year, (day.month + 5) // 6),
    # January and February belong to the winter that began in the December before.
    "season": lambda day: make_season(day.year - (day.month < 3), ("WI", "SP", "SU", "FA")[day.month % 12 // 3]),
    "year": lambda day: make_year(day.year),
    "decade": lambda day: make_decade(day.year // 10),
    "century": lambda day: make_century(day.year // 100),
}
_MONTHS_PER_UNIT = {"month": 1, "quarter": 3, "half": 6, "season": 3, "year": 12, "decade": 120, "century": 1200}


def shift_period(period: Period, count: int) -> Period | None:
    """The whole period of the same unit ``count`` units later, earlier when negative; None outside the calendar."""
    if period.granularity in ("day", "week", "weekend"):
        days = count if period.granularity == "day" else 7 * count
        try:
            day = period.first + timedelta(days)
            return period_containing(day, period.granularity) if FIRST_YEAR <= day.year <= LAST_YEAR else None
        except OverflowError:
            return None
    return _shift_by_months(period, count * _MONTHS_PER_UNIT[period.granularity])


def shift_by_years(period: Period, count: int) -> Period | None:
    """The same part of the year ``count`` years later: third quarter to third quarter, 3 March to 3 March.

    Of a week, a weekend, a decade or a century, which recur in no year, the whole year of its first day is shifted.
    """
    if period.granularity in ("month", "quarter", "half", "season", "year"):
        return _shift_by_months(period, 12 * count)
    if period.granularity == "day":
        return make_day(period.first.year + count, period.first.month, period.first.day)
    return make_year(period.first.year + count)


def _shift_by_months(period: Period, months: int) -> Period | None:
    month_number = period.first.year * 12 + period.first.month - 1 + months
    if not 12 * FIRST_YEAR <= month_number <= 12 * LAST_YEAR:
        return None
    return period_containing(date(month_number // 12, month_number % 12 + 1, 1), period.granularity)


def narrow_to_part(period: Period, part: str) -> Period:
    """The first, middle or last third of a month or more, for ``part`` "early", "mid" or "late".

    The value stays that of the whole period, as in "early March". Other words, and periods shorter than a month, leave
    it whole.
    """
    days = (period.last - period.first).days + 1
    if part not in ("early", "mid", "late") or days < _SHORTEST_WITH_PARTS:
        return period
    third = timedelta(days // 3)
    first = period.first if part == "early" else period.last - third + timedelta(1)
    last = period.last if part == "late" else period.first + third - timedelta(1)
    if part == "mid":
        first, last = period.first + third, period.last - third
    return replace(period, first=first, last=last)


def clip_period(period: Period, day: date, later: bool) -> Period:
    """What lies of the period on or after ``day`` (``later``) or on or before it; whole when ``day`` is outside.

    "Earlier this year" ends with the day of publication, "later this year" begins with it.
    """
    if not period.first <= day <= period.last:
        return period
    return replace(period, first=day) if later else replace(period, last=day)


def date_of_nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth Monday (0) to Sunday (6) of a month; ``nth`` -1 is the last. The year must be 1 to 9998."""
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta((weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
    return last - timedelta((last.weekday() - weekday) % 7)


def date_of_easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8).

    The letters are those of the table there.
    """
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month_and_day = h + weekday - 7 * m + 114
    return date(year, month_and_day // 31, month_and_day % 31 + 1)
