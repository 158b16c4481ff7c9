"""Several days under one month, and runs of days between two: "Monday 20, Tuesday 21 and Wednesday 22 April".

Days in a row make one mention from the first to the last. Days that are apart keep the first of them, so that nothing
between them is claimed.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from pipeline.extract.dates import months, periods
from pipeline.extract.dates.choose import find_explicit_year
from pipeline.extract.dates.context import DateContext, DateNormalization, make_date
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.words import DAY, MONTH, WEEKDAY, WEEKDAY_LEAD, WEEKDAYS, YEAR, parse_day, parse_month

#: Days listed after the first at most; a longer run of numbers is a table.
_MOST_LISTED = 10
_NAMED_DAY = rf"{WEEKDAY_LEAD}?(?:the )?{DAY}"
_LISTED_DAY = rf"(?:{WEEKDAY}|(?:mon|tues?|wed|thur?s?|fri|sat|sun)\.),? (?:the )?{DAY}|(?:the )?{DAY}"
_YEAR = rf"(?:,? (?P<year>{YEAR}|this year|last year|next year))?"
#: The last two days have "and" between them: "On May 3, 12 miners" is no list.
_LISTED = rf"(?: ?, ?(?:{_LISTED_DAY})){{0,{_MOST_LISTED}}}(?:,? (?:and|or) | ?& ?)(?:{_LISTED_DAY})"
DAY_LIST = (
    rf"(?:(?P<days>{_NAMED_DAY}{_LISTED}) (?:of )?(?P<month>{MONTH})"
    rf"|{WEEKDAY_LEAD}?(?P<month2>{MONTH}) (?P<days2>{DAY}{_LISTED})(?! {MONTH}\b)){_YEAR}"
)
_UP_TO = r" ?[-–—] ?|,? (?:to|through|thru|until|till|up to)(?: and including)? "
_ONE_DAY = rf"{WEEKDAY_LEAD}?(?:(?:the )?{DAY} (?:of )?{MONTH}|{MONTH} (?:the )?{DAY})"
DAY_RANGE = (
    rf"(?:(?P<first>{_ONE_DAY})(?:,? (?P<first_year>{YEAR}),?)?(?:{_UP_TO})(?P<last>{_ONE_DAY})"
    rf"|(?P<day1>{WEEKDAY_LEAD}?(?:the )?{DAY})(?:{_UP_TO})(?P<day2>{WEEKDAY} (?:the )?{DAY})(?: of)? "
    rf"(?P<month>{MONTH})"
    rf"|between (?P<it>(?P<first2>{_ONE_DAY}) and (?P<last2>{_ONE_DAY}){_YEAR.replace('<year', '<it_year')})){_YEAR}"
)
_NUMBER = re.compile(DAY)
_MONTH_NAME = re.compile(MONTH)
_WEEKDAY_AT_START = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)(?=[a-z]*[., ])")


def normalize_day_list(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """Days of one month: one period when they are in a row, else the first of them."""
    group = "month" if match["month"] else "month2"
    if not context.is_capitalized(match.start(group)) or (match["days2"] and context.is_before_plural(match.end() - 1)):
        return None
    month = parse_month(match[group])
    words = match["days"] or match["days2"]
    numbers = [parse_day(number[0]) for number in _NUMBER.finditer(words)]
    if any(later <= earlier for earlier, later in pairwise(numbers)):
        return None
    start = _find_first(month, numbers[0], words, find_explicit_year(match, context), match.start(group), context)
    if start is None:
        return make_date(None, "no year known", f"XXXX-{month:02d}-{numbers[0]:02d}", "day")
    end = periods.make_day(start.first.year, month, numbers[-1])
    if end is None:
        return make_date(None, "no such day", granularity="day")
    if numbers[-1] - numbers[0] != len(numbers) - 1:
        return make_date(start, "first of several days listed")
    return make_date(_run(start.first, end.first), "days in a row")


def _ends_of(match: re.Match[str]) -> tuple[str, str]:
    """The words of the first and of the last day; where one month stands for both, with that month."""
    first = match["first"] or match["first2"] or f"{match['day1']} {match['month']}"
    return first, match["last"] or match["last2"] or f"{match['day2']} {match['month']}"


def normalize_day_range(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """From one day to another, which may be in the next month or year: May 30 through June 2, 30 May to 2 June 2025."""
    first_words, last_words = _ends_of(match)
    last_year = find_explicit_year(match, context, "it_year" if match["it"] else "year")
    first_year = int(match["first_year"]) if match["first_year"] else last_year
    names = [_MONTH_NAME.search(words) for words in (first_words, last_words)]
    if names[0] is None or names[1] is None or not _is_capitalized_range(match, context):
        return None
    first_month, last_month = parse_month(names[0][0]), parse_month(names[1][0])
    first_day, last_day = (parse_day(_day_in(words)) for words in (first_words, last_words))
    crosses_year = (last_month, last_day) < (first_month, first_day)
    if crosses_year and first_year is not None and not match["first_year"]:
        first_year -= 1
    start = _find_first(first_month, first_day, first_words, first_year, match.end() - 1, context)
    if start is None:
        value = f"XXXX-{first_month:02d}-{first_day:02d}/XXXX-{last_month:02d}-{last_day:02d}"
        return make_date(None, "no year known", value, "day")
    end_year = last_year if last_year and match["first_year"] else start.first.year + crosses_year
    end = periods.make_day(end_year, last_month, last_day)
    if end is None or end.first <= start.first:
        return make_date(None, "no such run of days", granularity="day")
    return make_date(_run(start.first, end.first), "from one day to another")


def _is_capitalized_range(match: re.Match[str], context: DateContext) -> bool:
    """Whether each month of the range is written with a capital."""
    return all(context.is_capitalized(month.start()) for month in _MONTH_NAME.finditer(match.string, *match.span()))


def _day_in(words: str) -> str:
    number = _NUMBER.search(words)
    return number[0] if number else ""


def _find_first(
    month: int, day: int, words: str, explicit_year: int | None, offset: int, context: DateContext
) -> Period | None:
    """The first day: of the year named, else the one nearest to publication that falls on its weekday."""
    lead = _WEEKDAY_AT_START.match(words)
    weekday = next(number for name, number in WEEKDAYS.items() if name.startswith(lead[0])) if lead else None
    return months.find_near_day(month, day, weekday, explicit_year, offset, context)[0]


def _run(first: date, last: date) -> Period:
    return Period(f"{first.isoformat()}/{last.isoformat()}", "day", first, last)
