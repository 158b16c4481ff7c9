"""Days counted from a named day: two days before Christmas, the Monday after Easter, a year ago this week.

The day they are counted from is read by the rules for days, weekdays and holidays; without its days the whole has none
either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from pipeline.extract.dates import absolute, months, periods, relative, seasons, weekdays
from pipeline.extract.dates.context import DateContext, DateNormalization, make_date
from pipeline.extract.dates.ordinals import Reader, read_part
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.words import (
    DAY,
    MONTH,
    NUMBER,
    WEEKDAY,
    WEEKDAY_LEAD,
    WEEKDAYS,
    YEAR,
    parse_number,
    singular_unit,
)

_DAY_OF_YEAR = rf"{WEEKDAY_LEAD}?(?:(?:the )?{DAY} (?:of )?{MONTH}|{MONTH} (?:the )?{DAY})(?:,? {YEAR})?"
_WHICH_WEEKDAY = rf"(?:(?:last|next|this) )?{WEEKDAY}"
#: A length of time or a weekday before or after a named day; "before Friday" alone is a deadline.
DISTANCE_FROM_DAY = (
    rf"(?:(?:(?P<number>{NUMBER}|a couple of|a couple) (?P<unit>days?|weeks?|fortnights?|months?|years?)"
    rf"|the (?P<the_unit>day|week|weekend|month|year)"
    rf"|(?:the )?(?:(?P<first>first|last) )?(?P<weekday>{WEEKDAY})) (?P<way>before|after|following|preceding) "
    rf"(?P<day>{_DAY_OF_YEAR}|{seasons.HOLIDAY_NAME}(?:,? (?:of )?{YEAR})?|{_WHICH_WEEKDAY}|yesterday|tomorrow))"
)
#: Units before a day, week or month that is said with them: "a year ago this week", "ten years ago on Sunday".
_COUNTED = rf"(?P<number>an?|{NUMBER}) (?P<unit>days?|weeks?|months?|years?) ago"
AGO_THIS_DAY = (
    rf"(?:exactly )?{_COUNTED} (?P<day>today|yesterday|tomorrow|(?:this|last|next) (?:week|month)|(?:on )?{WEEKDAY})"
)

#: What reads a named day, in this order.
_NAMED_DAYS: tuple[Reader, ...] = (
    (absolute.FULL_DATE, absolute.normalize_full_date),
    (months.MONTH_DAY, months.normalize_month_day),
    (seasons.HOLIDAY, seasons.normalize_holiday),
    (weekdays.WEEKDAY_RULE, weekdays.normalize_weekday),
    (relative.DEICTIC_DAY, relative.normalize_deictic_day),
    (relative.UNIT_RULE, relative.normalize_unit),
)


def normalize_distance_from_day(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A day or week at a distance from a named day: two days before Christmas, the Friday after March 3."""
    named = read_part(match, "day", _NAMED_DAYS, context)
    if named is None or (match["weekday"] and not context.is_capitalized(match.start("weekday"))):
        return None
    if named.period is None:
        return make_date(None, "no day to count from", granularity="day")
    goes_back = match["way"] in ("before", "preceding")
    if match["weekday"]:
        if not match["first"] and not match[0].startswith("the "):
            return None  # "on Monday after Easter lunch"
        day = _weekday_beside(named.period, WEEKDAYS[match["weekday"]], goes_back)
        return make_date(periods.day_of(day), f"{match['weekday']} next to {named.period.value}")
    if match["the_unit"]:
        count, unit = 1, match["the_unit"]
    else:
        number = parse_number(match["number"])
        if number is None or number != int(number):
            return make_date(None, "no exact number of days", granularity="day")
        count, unit = int(number), singular_unit(match["unit"])
    if unit == "fortnight":
        count, unit = 2 * count, "week"
    period = _shift(named.period, -count if goes_back else count, unit, whole=bool(match["the_unit"]))
    return make_date(period, f"{count} {unit} {match['way']} {named.period.value}", granularity=unit)


def _weekday_beside(anchor: Period, weekday: int, goes_back: bool) -> date:
    """The weekday, Monday 0, next before the first or after the last day of the anchor."""
    if goes_back:
        return anchor.first - timedelta((anchor.first.weekday() - weekday) % 7 or 7)
    return anchor.last + timedelta((weekday - anchor.last.weekday()) % 7 or 7)


def _shift(anchor: Period, count: int, unit: str, whole: bool) -> Period | None:
    """The day ``count`` days or weeks from the anchor; of months, years and "the week" the whole unit there."""
    edge = periods.day_of(anchor.first if count < 0 else anchor.last)
    if unit == "day" or (unit == "week" and not whole):
        return periods.shift_period(edge, count * (7 if unit == "week" else 1))
    current = periods.period_containing(edge.first, unit)
    return periods.shift_period(current, count) if current else None


def normalize_ago_this_day(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """The same day, week or month some units before: a year ago this week, ten years ago on Sunday."""
    number = parse_number(match["number"])
    count, unit = -int(number or 0), singular_unit(match["unit"])
    published = context.published
    if published is None:
        return make_date(None, "publication unknown", granularity=unit)
    base, grain = _find_named_base(match["day"], published)
    day = _shift_day(base, count, unit)
    period = periods.period_containing(day, grain) if day else None
    return make_date(period, f"{-count} {unit}s before {base}", granularity=grain)


def _find_named_base(words: str, published: date) -> tuple[date, str]:
    """A day of the day, week or month named, and which of these it is."""
    name = words.split()[-1]
    if name in WEEKDAYS:
        # Anniversaries are told of near their day: the nearest such weekday.
        return published + timedelta((WEEKDAYS[name] - published.weekday() + 3) % 7 - 3), "day"
    steps: Sequence[str] = words.split()
    step = {"last": -1, "next": 1}.get(steps[0], 0)
    if name == "week":
        return published + timedelta(7 * step), "week"
    if name == "month":
        current = periods.period_containing(published, "month")
        month = periods.shift_period(current, step) if current else None
        return (month.first if month else published), "month"
    return published + timedelta({"yesterday": -1, "tomorrow": 1}.get(name, 0)), "day"


def _shift_day(base: date, count: int, unit: str) -> date | None:
    """The day ``count`` days, weeks, months or years from another; None where the calendar lacks it."""
    if unit in ("day", "week"):
        shifted = periods.shift_period(periods.day_of(base), count * (7 if unit == "week" else 1))
        return shifted.first if shifted else None
    month_number = base.year * 12 + base.month - 1 + count * (12 if unit == "year" else 1)
    period = periods.make_day(month_number // 12, month_number % 12 + 1, base.day)
    return period.first if period else None
