"""Days and weeks counted inside a month or year: the second Sunday of October, the last five days of May.

The whole is read by the rules for months, years and units ("of October last year", "of this month", "in 2019"); what is
counted in it gives days only where the whole has them. "The first week" is taken as seven days from the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from pipeline.extract.dates import absolute, months, periods, relative
from pipeline.extract.dates.context import DateContext, DateNormalization, make_date
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.words import (
    DAY,
    MONTH,
    PART_OF_DAY,
    WEEKDAY,
    WEEKDAY_LEAD,
    WEEKDAYS,
    YEAR,
    compile_pattern,
    parse_day,
    parse_number,
    singular_unit,
)

Normalize = Callable[[re.Match[str], DateContext], DateNormalization | None]
#: A pattern as written and the function that reads its matches.
Reader = tuple[str, Normalize]

#: Ordinals of what a month or a year can have several of; "last" counts from the end.
_RANKS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1, "final": -1, "1st": 1, "2nd": 2,
    "3rd": 3, "4th": 4, "5th": 5, "opening": 1, "closing": -1, "penultimate": -2, "second-last": -2,
}  # fmt: skip
_THIS_MONTH = r"(?:this|last|next|the (?:same|following|next|previous)|this (?:past|coming)|that) month"
_THIS_YEAR = r"(?:this|last|next|that|the (?:same|following|next|previous)) year"
_MONTH_OF_YEAR = rf"{MONTH}(?:,? (?:of |in )?(?:{YEAR}|{_THIS_YEAR}))?"
ORDINAL_DAY = (
    rf"(?:the )?(?:very )?(?P<rank>{'|'.join(_RANKS)})"
    rf" (?:(?P<count>two|three|four|five|six|seven|ten|couple of|few|\d{{1,2}}) )?"
    rf"(?P<unit>{WEEKDAY}(?: {PART_OF_DAY})?|weekends?|weeks?|days?)"
    rf" (?:of|in) (?P<whole>{_MONTH_OF_YEAR}|{_THIS_MONTH}|{_THIS_YEAR}|{YEAR})"
)
_DAY_WORDS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth",
    "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first",
)  # fmt: skip
#: Digits that must be an ordinal: "3rd" is a day, "3" may count something.
_BARE_NUMBER = r"(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th)"
DAY_OF_MONTH = (
    rf"(?:{WEEKDAY},? )?the (?:(?P<digits>\d{{1,2}})(?:st|nd|rd|th)(?: day)? of (?={_THIS_MONTH}\b)"
    rf"|(?P<word>{'|'.join(reversed(_DAY_WORDS))})(?: day)? of )(?P<whole>{_THIS_MONTH}|{_MONTH_OF_YEAR})"
)
#: A day of a month that is not named: "on the 15th", "Monday the 3rd", "Monday 3rd".
BARE_DAY = (
    rf"(?:on|by|until|till|from|since|before|after) "
    rf"(?P<it>the (?P<number>{_BARE_NUMBER}))(?![-']| of\b| day\b| {MONTH}\b)"
    rf"|(?P<weekday>{WEEKDAY}),? (?:the )?(?P<number2>{_BARE_NUMBER})(?![-']| of\b| {MONTH}\b)"
)
_STARTING = r"(?:of|beginning|starting|commencing|ending|from)(?: on)?"
WEEK_OF_DAY = (
    rf"(?:the )?week (?P<edge>{_STARTING}) "
    rf"(?P<day>{WEEKDAY_LEAD}?(?:the )?(?:{MONTH} (?:the )?{DAY}|{DAY} (?:of )?{MONTH})(?:,? {YEAR})?)"
)

#: Months on either side of publication in which a day of no named month is looked for.
_FARTHEST_MONTHS = 3

#: What reads the whole, in this order; each takes it to its end.
_WHOLES: tuple[Reader, ...] = (
    (absolute.MONTH_YEAR, absolute.normalize_month_year),
    (months.MONTH_RULE, months.normalize_month),
    (relative.UNIT_RULE, relative.normalize_unit),
    (absolute.YEAR_RULE, absolute.normalize_year),
)
#: The same for a day.
_DAYS: tuple[Reader, ...] = (
    (absolute.FULL_DATE, absolute.normalize_full_date),
    (months.MONTH_DAY, months.normalize_month_day),
)


def normalize_ordinal_day(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """The n-th weekday, weekend, week or day of a month or year, or a run of its first or last ones."""
    words = match["unit"].split()
    unit = words[0] if words[0] in WEEKDAYS else singular_unit(words[0])
    if unit in WEEKDAYS and not context.is_capitalized(match.start("unit")):
        return None
    whole = _read_whole(match, context)
    if whole is None:
        return None
    count = _read_count(match["count"])
    if whole.period is None or count is None:
        return make_date(None, "no days to count in", granularity="day")
    period = _count_in(whole.period, unit, _RANKS[match["rank"]], count)
    return make_date(period, f"{match['rank']} {match['unit']} of {whole.period.value}", granularity="day")


def normalize_day_of_month(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A day of a month that is only pointed at, or written out: the 2nd of this month, the third of May."""
    whole = _read_whole(match, context)
    if whole is None:
        return None
    number = int(match["digits"]) if match["digits"] else _DAY_WORDS.index(match["word"]) + 1
    if whole.period is None:
        return make_date(None, "no month known", granularity="day")
    day = periods.make_day(whole.period.first.year, whole.period.first.month, number)
    return make_date(day, f"day of {whole.period.value}" if day else "no such day", granularity="day")


#: What may follow a day of the month that stands alone; a noun or number makes it count something: "the 15th floor".
_NOUN_TAGS = ("NN", "NNS", "NNP", "NNPS", "JJ", "CD", "VBG")


def normalize_bare_day(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A day of a month that isn't named: of the month said shortly before, else the nearest by tense and weekday."""
    group = "number" if match["number"] else "number2"
    following = context.token_at(match.end() - 1).i + 1
    if match["weekday"] and not context.is_capitalized(match.start("weekday")):
        return None
    if following < len(context.doc) and context.doc[following].tag_ in _NOUN_TAGS and not match["weekday"]:
        return None
    number = parse_day(match[group])
    recent = context.recent_period()
    if recent and recent.granularity in ("day", "month") and not match["weekday"]:
        day = periods.make_day(recent.first.year, recent.first.month, number)
        return make_date(day, f"day of the month of {recent.value}", granularity="day")
    published = context.published
    if published is None:
        return make_date(None, "publication unknown", granularity="day")
    weekday = WEEKDAYS.get(match["weekday"] or "")
    day = _find_bare_day(number, weekday, published, context.verb_direction(match.start(group)))
    return make_date(day, f"day near publication {published}", granularity="day")


def _find_bare_day(number: int, weekday: int | None, published: date, direction: str) -> Period | None:
    """The nearest such day of a month on the side that the verb points to, on the weekday if one is named."""
    month_number = published.year * 12 + published.month - 1
    candidates = [
        day
        for step in range(-_FARTHEST_MONTHS, _FARTHEST_MONTHS + 1)
        if (day := periods.make_day((month_number + step) // 12, (month_number + step) % 12 + 1, number))
        and (weekday is None or day.first.weekday() == weekday)
        and not (direction == "past" and day.first > published)
        and not (direction == "future" and day.first < published)
    ]
    return min(candidates, key=lambda day: abs((day.first - published).days), default=None)


def normalize_week_of_day(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """The week that a day is in, or that begins or ends with it: the week of March 6, the week beginning 10 March."""
    day = read_part(match, "day", _DAYS, context)
    if day is None:
        return None
    if day.period is None:
        return make_date(None, "no day known", granularity="week")
    known_day = day.period.first
    if match["edge"].startswith("of") or known_day.weekday() == (6 if match["edge"].startswith("ending") else 0):
        return make_date(periods.week_of(known_day), f"week of {known_day}")
    goes_back = match["edge"].startswith("ending")
    first, last = sorted((known_day, known_day + timedelta(-6 if goes_back else 6)))
    return make_date(_period_of_days(first, last), "seven days")


def _read_whole(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """The month or year that is counted in; None when the words are none after all."""
    return read_part(match, "whole", _WHOLES, context)


def read_part(
    match: re.Match[str], group: str, readers: Sequence[Reader], context: DateContext
) -> DateNormalization | None:
    """What the first reader that takes a group of the match from end to end makes of it; None when none does."""
    for source, normalize in readers:
        whole = compile_pattern(source).fullmatch(match.string, match.start(group), match.end(group))
        normalization = normalize(whole, context) if whole else None
        if normalization:
            return normalization
    return None


def _read_count(words: str | None) -> int | None:
    """How many are meant, one for no word; None for "few"."""
    if words is None:
        return 1
    count = 2.0 if words == "couple of" else parse_number(words)
    return None if count is None else int(count)


def _count_in(whole: Period, unit: str, rank: int, count: int) -> Period | None:
    """``count`` units from the ``rank``-th on (from the end when negative); None when the whole doesn't have them."""
    if count > 1 and abs(rank) != 1:
        return None
    step = 1 if unit == "day" else 7
    if unit in WEEKDAYS or unit == "weekend":
        first = _nth_weekday(whole, WEEKDAYS.get(unit, WEEKDAYS["saturday"]), rank)
        last = first + timedelta(unit == "weekend")
    elif rank > 0:
        first = whole.first + timedelta(step * (rank - 1))
        last = first + timedelta(step * count - 1)
    else:
        last = whole.last + timedelta(step * (rank + 1))
        first = last - timedelta(step * count - 1)
    if (count > 1 and (unit in WEEKDAYS or unit == "weekend")) or not whole.first <= first <= whole.last:
        return None
    return _period_of_days(first, min(last, whole.last) if step == 7 and unit == "week" else last)


def _nth_weekday(whole: Period, weekday: int, rank: int) -> date:
    """The ``rank``-th such weekday in the days of the whole, maybe outside of it when there are fewer."""
    if rank > 0:
        return whole.first + timedelta((weekday - whole.first.weekday()) % 7 + 7 * (rank - 1))
    return whole.last - timedelta((whole.last.weekday() - weekday) % 7 - 7 * (rank + 1))


def _period_of_days(first: date, last: date) -> Period:
    """The days from first to last: "2025-05-27/2025-05-31"."""
    if first == last:
        return periods.day_of(first)
    return Period(f"{first.isoformat()}/{last.isoformat()}", "day", first, last)
