"""Days and units at a distance: two years ago, six weeks later, in three weeks' time, the week before last.

The unit named is the grain: two years ago is a whole year. With a half it is half a unit: two and a half years ago is
half a year, a week and a half ago four days.
"""

from __future__ import annotations

import re
from datetime import timedelta

from pipeline.extract.dates import periods
from pipeline.extract.dates.context import DateContext, DateNormalization, make_date, make_undated
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.relative import find_base
from pipeline.extract.dates.words import (
    ABOUT,
    NUMBER,
    UNIT,
    VAGUE,
    WEEKDAY,
    WEEKDAYS,
    format_duration,
    parse_number,
    singular_unit,
)

_COUNT = rf"(?:(?:the|a) )?(?P<number>(?:a )?quarter of an?|{NUMBER}|{VAGUE}|half an?|a half|an?)(?P<and> and a half)?"
AGO = (
    rf"{ABOUT}{_COUNT}(?:(?:-| )to(?:-| ){NUMBER}| or (?:so|{NUMBER})|(?P<odd>(?:-| )(?:odd|plus)))?"
    rf" (?:more |full |short |long )?(?P<unit>{UNIT})(?P<half> and a half)?"
    r"(?: or (?:so|two))? (?P<way>ago|earlier|later|from now|hence|previously|prior)"
)
IN_TIME = (
    rf"in (?P<it>{ABOUT}{_COUNT}(?: or so)? (?P<unit>{UNIT})(?:(?P<half> and a half)|(?P<or> or two))?"
    r"(?P<time>['’]?s?['’]? time)?)"
)
BEFORE_LAST = rf"the (?P<unit>week|weekend|month|quarter|year|decade|{WEEKDAY}) (?P<way>before last|after next)"
WEEKS_FROM_DAY = (
    rf"(?P<number>an?|one|two|three|four) (?P<unit>weeks?|fortnight) (?P<way>ago(?: on| last)?|from|on|last|next|this) "
    rf"(?P<day>{WEEKDAY}|today|yesterday|tomorrow)"
)
#: British: the weekday a week or a fortnight after the coming one.
WEEKS_FROM_WEEKDAY = rf"(?P<last>last )?(?P<day>{WEEKDAY}) (?P<unit>week|fortnight)(?! of\b|-)"
#: "Three Sundays ago".
WEEKDAYS_AGO = rf"(?P<number>{NUMBER}|a couple of) (?P<weekday>{WEEKDAY})s ago"

#: Units below a day, or between: nothing is counted in them.
_UNCOUNTED_UNITS = frozenset({"second", "minute", "hour", "weekend"})
#: "more than two years ago" is some time before, no one year.
_BOUNDS = frozenset({"more than", "less than", "fewer than", "over", "under", "at least", "at most", "up to", "within"})
#: Units counted in a smaller one, so that "two decades ago" is a year and "a fortnight ago" a week.
_SMALLER_UNITS = {"decade": (10, "year"), "century": (100, "year"), "fortnight": (2, "week")}
#: Days of a month, on average: "a month and a half ago" is in the week that was 46 days ago.
_DAYS_PER_MONTH = 30.44


def normalize_ago(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A unit at a distance (two years ago, six weeks later, 10 days from now): two years ago is a whole year."""
    unit, way = singular_unit(match["unit"]), match["way"]
    goes_back = way in ("ago", "earlier", "previously", "prior")
    count = _read_count(match)
    if match["half"] and unit in _UNCOUNTED_UNITS:
        return None  # "a minute and a half" is a length of time
    if way in ("later", "earlier") and (count is None or unit in _UNCOUNTED_UNITS):
        return make_undated("DURATION", format_duration(count, unit), "distance from a time not given as a day")
    if count is None or match["odd"] or match["about"] in _BOUNDS or unit in _UNCOUNTED_UNITS:
        return make_undated("DATE", "PAST_REF" if goes_back else "FUTURE_REF", "no exact number of days")
    normalization = _count_units(-count if goes_back else count, unit, way, context)
    period, published = normalization.period, context.published
    is_after = way == "later" and period is not None and published is not None and period.first > published
    if is_after and not context.looks_ahead(match.end() - 1):
        return make_date(None, "would be after publication", granularity=unit)
    return normalization


def normalize_weekdays_ago(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """The weekday that many weeks back: three Sundays ago, the last one being the first."""
    count, published = parse_number(match["number"]), context.published
    if not context.is_capitalized(match.start("weekday")) or count is None or count != int(count):
        return None
    if published is None:
        return make_date(None, "publication unknown", granularity="day")
    number = WEEKDAYS[match["weekday"]]
    last = published - timedelta((published.weekday() - number) % 7 or 7)
    day = periods.shift_period(periods.day_of(last), -7 * (int(count) - 1))
    return make_date(day, f"{int(count)} {match['weekday']}s before {published}", granularity="day")


def normalize_in_time(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A unit after publication: in three weeks' time; "in three weeks" only of what opens, shuts, begins or ends then.

    "Built in three weeks" may be a length of time.
    """
    unit, count = singular_unit(match["unit"]), _read_count(match)
    preposition = context.token_at(match.start())
    if not match["time"]:
        is_timetable = preposition.head.lemma_ in context.words.timetable
        if not is_timetable or context.verb_direction(match.start("unit")) != "future" or unit in _UNCOUNTED_UNITS:
            return None
    if count is None or match["or"] or match["about"] in _BOUNDS or unit in _UNCOUNTED_UNITS:
        return make_undated("DATE", "FUTURE_REF", "no exact number of days")
    return _count_units(count, unit, "from now", context)


def normalize_before_last(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """The unit or weekday two before or after publication: the week before last, the Friday after next."""
    unit, published = match["unit"], context.published
    goes_back = match["way"] == "before last"
    if published is None:
        return make_date(None, "publication unknown", granularity="day" if unit in WEEKDAYS else unit)
    if unit in WEEKDAYS:
        days_back = (published.weekday() - WEEKDAYS[unit]) % 7 or 7
        day = published + timedelta(-days_back - 7 if goes_back else 14 - days_back % 7)
        return make_date(periods.day_of(day), f"weekday counted from {published}")
    current = periods.period_containing(published, unit)
    period = periods.shift_period(current, -2 if goes_back else 2) if current else None
    return make_date(period, f"two {unit}s from {published}", granularity=unit)


def normalize_weeks_from_day(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A day some weeks before or after one of the days around publication: a week ago Friday, a fortnight on Monday."""
    way, published = match["way"], context.published
    if way in ("on", "this") and (_follows_for(match) or not context.looks_ahead(match.start("day"))):
        return None  # "shut for a week on Monday"
    if published is None:
        return make_date(None, "publication unknown", granularity="day")
    goes_back = way.startswith("ago") or way == "last"
    if match["day"] in WEEKDAYS:
        days_back = (published.weekday() - WEEKDAYS[match["day"]]) % 7
        base = published + timedelta(-days_back if goes_back else 7 - days_back)
    else:
        base = published + timedelta({"yesterday": -1, "tomorrow": 1}.get(match["day"], 0))
    weeks = int(parse_number(match["number"]) or 1) * (2 if match["unit"] == "fortnight" else 1)
    day = base + timedelta(-7 * weeks if goes_back else 7 * weeks)
    return make_date(periods.day_of(day), f"{weeks} weeks from {base}")


def normalize_weeks_from_weekday(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A day a week or two after the coming weekday: Monday week, Tuesday fortnight; "last Monday week" lies back."""
    end = context.token_at(match.end() - 1)
    follows_noun = end.i + 1 < len(context.doc) and context.doc[end.i + 1].tag_[:2] == "NN"
    if not context.is_capitalized(match.start("day")) or follows_noun:
        return None
    published = context.published
    if published is None:
        return make_date(None, "publication unknown", granularity="day")
    weeks = 2 if match["unit"] == "fortnight" else 1
    days_back = (published.weekday() - WEEKDAYS[match["day"]]) % 7
    if match["last"]:
        day = published - timedelta((days_back or 7) + 7 * weeks)
    elif context.verb_direction(match.start("day")) == "past":
        return make_date(None, "a week before or after the weekday", granularity="day")
    else:
        day = published + timedelta(7 - days_back + 7 * weeks)
    return make_date(periods.day_of(day), f"{weeks} weeks from {match['day']}, counted from {published}")


#: Characters before a number searched for "for".
_FOR_WINDOW = 8


def _follows_for(match: re.Match[str]) -> bool:
    """Whether "for" stands before it, so that it is a length of time: "for a week", "for just a week"."""
    return "for" in match.string[max(0, match.start() - _FOR_WINDOW) : match.start()].split()


def _read_count(match: re.Match[str]) -> float | None:
    """How many units, with the half that stands before or after the unit; None for an unknown number."""
    count = parse_number(match["number"])
    return count + 0.5 if count is not None and (match["and"] or match["half"]) else count


def _count_units(count: float, unit: str, way: str, context: DateContext) -> DateNormalization:
    """The period ``count`` units later, earlier when negative; ``way`` is "ago", "later", "from now", ..."""
    quarter = context.report_quarter
    if unit == "year" and abs(count) == 1 and quarter and way in ("ago", "earlier"):
        moved = periods.shift_by_years(quarter, int(count))
        return context.make_compared_date(moved, f"same quarter a year from {quarter.value}")
    if unit in _SMALLER_UNITS:
        factor, unit = _SMALLER_UNITS[unit]
        count *= factor
    vague = make_undated("DATE", "PAST_REF" if count < 0 else "FUTURE_REF", "no exact number of days")
    is_deictic = way in ("ago", "from now", "hence")
    if count != int(count) and not (is_deictic and abs(count * 2) == int(abs(count * 2))):
        return vague
    base = find_base(context, unit, not is_deictic, or_publication=way != "later")
    if base is None:
        return make_date(None, "no day to count from", granularity=unit)
    current = periods.period_containing(base, unit)
    if current is None or count != int(count):
        return _count_halves(count, unit, periods.day_of(base)) or vague
    period = periods.shift_period(current, int(count))
    if period is None:
        return make_undated("DATE", "PAST_REF" if count < 0 else "FUTURE_REF", "outside the calendar")
    return make_date(period, f"{abs(count):g} {unit} counted from {base}", granularity=unit)


def _count_halves(count: float, unit: str, base: Period) -> DateNormalization | None:
    """The half year, week or four days that ``count`` years, months or weeks lead to; None for other units."""
    reason = f"{abs(count):g} {unit} counted from {base.value}"
    if unit == "year":
        half = periods.period_containing(base.first, "half")
        period = periods.shift_period(half, int(count * 2)) if half else None
    elif unit == "month":
        day = periods.shift_period(base, round(count * _DAYS_PER_MONTH))
        period = day and periods.week_of(day.first)
    elif unit == "week":
        days = [periods.shift_period(base, int(7 * count) + step) for step in ((-2, 1) if count < 0 else (-1, 2))]
        first, last = days
        period = first and last and Period(f"{first.value}/{last.value}", "day", first.first, last.last)
    else:
        return None
    return make_date(period, reason) if period else None
