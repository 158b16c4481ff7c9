"""Dates that name their day, month and year, and months, years, decades and centuries named outright."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from pipeline.extract.dates import periods
from pipeline.extract.dates.context import Context, Reading, dated, fiscal
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.words import (
    DECADES,
    LEAD,
    MONTH,
    ORDINALS,
    WEEKDAY_LEAD,
    YEAR,
    month_of,
    part_of,
)

FULL_DATE = (
    rf"{WEEKDAY_LEAD}?(?:early |late )?"
    rf"(?P<date>{MONTH} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?:,? |,)\d{{4}}(?!\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH}(?:,? |,)\d{{4}}(?!\d))"
)
NUMERIC_DATE = (
    r"(?:(?P<iso>\d{4}-\d\d-\d\d)|(?P<one>\d{1,2})(?P<mark>[/.])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4}))(?![\d/])"
)
MONTH_YEAR = rf"{LEAD}(?P<month>{MONTH}),? (?:of )?(?P<year>{YEAR})"
YEARS = rf"(?P<one>{YEAR})(?:-|–|/)(?P<two>\d\d(?:\d\d)?)(?![\d%/-])"
YEAR_RULE = (
    rf"{LEAD}(?:(?:the )?(?P<fiscal>(?:fiscal|financial|calendar)(?: year)?|years?) )?"
    rf"(?P<year>{YEAR})(?!,\d|\.\d|:\d|-[a-z]| (?:people|men|women|miles|feet|tons|tonnes|jobs|troops|dollars|euros"
    r"|percent|per cent|pounds|yards|metres|meters|votes|shares|points|kilometers|kilometres|soldiers|workers|homes"
    r"|employees|students|members|acres|hectares|cars|units|barrels|hours|days|weeks|months|times|police|residents))"
)
DECADE = rf"{LEAD}(?:the )?(?:(?P<digits>1[0-9]\d|20\d)0'?s|'(?P<short>\d)0s|(?P<word>{'|'.join(DECADES)}))"
CENTURY = (
    rf"{LEAD}(?:the )?(?P<number>\d{{1,2}}(?=st|nd|rd|th)|{'|'.join(ORDINALS)})(?:st|nd|rd|th)?(?:-| )century"
    r"(?: (?P<era>bc|b\.c\.))?"
)
SPOKEN_YEAR = (
    r"(?:the year )?(?:nineteen (?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:(?:-| )(?P<ones>one|two|three|four|five|six|seven|eight|nine))?|(?:the year )(?P<thousand>two thousand))"
)


def full_date(match: re.Match[str], context: Context) -> Reading | None:
    """A day spelled out with its year; a day that doesn't exist keeps its words and gets no value."""
    written = match["date"].replace(",", " ")
    period = spelled(" ".join(written.split()))
    return dated(period, "day, month and year" if period else "no such day", granularity="day")


@lru_cache(maxsize=4096)
def spelled(written: str) -> Period | None:
    """The day that "march 3rd 2023" or "3 march 2023" names, None when there is no such day.

    dateparser reads these: it knows the spellings of months and ordinals. It is asked for nothing else, since what it
    makes of relative or partial dates depends on its own guesses; it must find day, month and year in the text, and
    gets a fixed base, so that today's date can't leak in.
    """
    import dateparser

    found: datetime | None = dateparser.parse(
        written.replace("sept ", "sep ").removeprefix("the "),
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime(2000, 1, 1),
            "REQUIRE_PARTS": ["day", "month", "year"],
            "STRICT_PARSING": True,
            "PARSERS": ["absolute-time"],
        },
    )
    return periods.day(found.year, found.month, found.day) if found else None


def numeric_date(match: re.Match[str], context: Context) -> Reading | None:
    """2023-11-06, 30/12/2019 or 12/30/2019; when both orders would do (03/04/2023) the date stays open."""
    if match["iso"]:
        year, month, day = (int(part) for part in match["iso"].split("-"))
        return dated(periods.day(year, month, day), "ISO date", granularity="day")
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    first, second = periods.day(year, two, one), periods.day(year, one, two)
    if first and second and first != second:
        return dated(None, "day and month could be swapped", granularity="day")
    return dated(first or second, "numeric date", granularity="day")


def month_year(match: re.Match[str], context: Context) -> Reading | None:
    """A month of a named year, maybe its early or late part."""
    if not context.is_capital(match.start("month")):
        return None
    period = periods.month(int(match["year"]), month_of(match["month"]))
    return dated(_part(period, match), "month and year")


def years(match: re.Match[str], context: Context) -> Reading | None:
    """A run of years: 2009-10, 1998/99, 2017-2019."""
    first, two = int(match["one"]), match["two"]
    last = int(two) if len(two) == 4 else first // 100 * 100 + int(two)
    start, end = periods.year(first), periods.year(last)
    if not start or not end or not first < last <= first + 200:
        return None
    return dated(Period(f"{start.value}/{end.value}", "year", start.first, end.last), "run of years")


_NO_YEAR_BEFORE = re.compile(r"(?:[#$£€.,:/-]|\bno\.\s)$")
#: An amount rather than a year so long after publication.
_FAR = 10
_AMOUNT_BEFORE = re.compile(r"\b(?:about|than|nearly|almost|least|some|over|roughly|approximately|of)\s$")


def year(match: re.Match[str], context: Context) -> Reading | None:
    """A year by itself; not a number of something, a price or part of a longer number."""
    before = match.string[max(0, match.start("year") - 15) : match.start("year")]
    number = int(match["year"])
    if match.start("year") == match.start() and _NO_YEAR_BEFORE.search(before.replace("--", "")):
        return None
    if number < 1900 and (_AMOUNT_BEFORE.search(before) or context.is_before_plural(match.end() - 1)):
        return None
    if context.published and number > context.published.year + _FAR and _AMOUNT_BEFORE.search(before):
        return None  # "a survey of 2071 retired clerks"
    if number < 1500 and not re.search(r"\b(?:in|of|since|year|from|until|by|to)\s$", before):
        return None
    period = _part(periods.year(number), match)
    if (match["fiscal"] or "").startswith("fi"):
        return fiscal(period, "year")
    return dated(period, "year")


def decade(match: re.Match[str], context: Context) -> Reading | None:
    """The 1990s, the '80s, the sixties (of the last century); "his sixties" is an age."""
    if match["digits"]:
        return dated(_part(periods.decade(int(match["digits"])), match), "decade")
    if match["word"]:
        if not match[0].startswith("the ") and not match["part"]:
            return None
        return dated(_part(periods.decade(DECADES[match["word"]]), match), "decade of the 20th century")
    latest = context.published.year if context.published else None
    digit = int(match["short"])
    if digit >= 3:
        return dated(_part(periods.decade(190 + digit), match), "decade of the 20th century")
    if latest is None:
        return dated(None, "decade of an open century", granularity="decade")
    number = 200 + digit if 2000 + 10 * digit <= latest else 190 + digit
    return dated(_part(periods.decade(number), match), f"decade before publication {context.published}")


def century(match: re.Match[str], context: Context) -> Reading | None:
    """The 20th century: 1900 to 1999, as TIMEX3 counts. Centuries before our era have no calendar days here."""
    word = match["number"]
    number = int(word) if word.isdigit() else ORDINALS[word]
    if match["era"] or not 2 <= number <= 30 or word in ("last", "latter", "final"):
        return None
    return dated(_part(periods.century(number - 1), match), "century")


def spoken_year(match: re.Match[str], context: Context) -> Reading | None:
    """A year as it is said on air: "nineteen ninety-six", "the year two thousand"."""
    if match["thousand"]:
        return dated(periods.year(2000), "year")
    tens = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety").index(match["tens"]) + 2
    ones = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    number = 1900 + 10 * tens + (ones.index(match["ones"]) + 1 if match["ones"] else 0)
    return dated(periods.year(number), "year")


def _part(period: Period | None, match: re.Match[str]) -> Period | None:
    return period and periods.part(period, part_of(match["edge"], match["part"]))
