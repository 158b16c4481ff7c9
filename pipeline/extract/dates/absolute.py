"""Dates that name their day, month and year, and months, years, decades and centuries named outright."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from pipeline.extract.dates import periods
from pipeline.extract.dates.context import DateContext, DateNormalization, make_date, make_fiscal_date
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.words import (
    DECADES,
    LEAD,
    MONTH,
    MONTHS,
    ORDINALS,
    WEEKDAY_LEAD,
    YEAR,
    parse_month,
    part_of_period,
)

FULL_DATE = (
    rf"{WEEKDAY_LEAD}?(?:early |late )?"
    rf"(?P<date>{MONTH} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?:,? |,)\d{{4}}(?!\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH}(?:,? |,)\d{{4}}(?!\d))"
)
NUMERIC_DATE = (
    r"(?:(?P<iso>\d{4}-\d\d-\d\d|\d{4}/\d\d/\d\d)"
    r"|(?P<one>\d{1,2})(?P<mark>[/.-])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4}))(?![\d/])"
)
#: The attacks of 11 September 2001, called by their day.
ATTACKS = r"9/11(?![/\d])"
YEAR_RANGE = rf"(?P<one>{YEAR})(?:-|–|/)(?P<two>\d\d(?:\d\d)?)(?![\d%/-])"
#: "FY2024", "FY 24", "FY'24".
FISCAL_YEAR = r"fy ?'?(?P<fiscal_year>(?:19|20)\d\d|\d\d)(?![\d%])"
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
_SPOKEN_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SPOKEN_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SPOKEN_YEAR = (
    rf"(?:the year )?(?:nineteen (?P<tens>{'|'.join(_SPOKEN_TENS)})"
    rf"(?:(?:-| )(?P<ones>{'|'.join(_SPOKEN_ONES)}))?|(?:the year )(?P<thousand>two thousand))"
)
_SPOKEN_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
#: After a month a year may also be said as "two thousand and five" and "twenty twenty-four", else an amount.
_SPOKEN_AFTER_MONTH = (
    rf"(?P<spoken>nineteen (?:{'|'.join(_SPOKEN_TENS)})(?:(?:-| )(?:{'|'.join(_SPOKEN_ONES)}))?"
    rf"|two thousand(?:(?: and)? (?:{'|'.join((*_SPOKEN_TEENS, *_SPOKEN_ONES))}))?"
    rf"|twenty (?:{'|'.join(_SPOKEN_TEENS)}|twenty(?:(?:-| )(?:{'|'.join(_SPOKEN_ONES)}))?))"
)
MONTH_YEAR = rf"{LEAD}(?P<month>{MONTH}),? (?:of )?(?:(?P<year>{YEAR})|{_SPOKEN_AFTER_MONTH})"


def normalize_full_date(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A day spelled out with its year; a day that doesn't exist keeps its words and gets no value."""
    written = match["date"].replace(",", " ")
    period = parse_full_date(" ".join(written.split()))
    return make_date(period, "day, month and year" if period else "no such day", granularity="day")


#: "march 3rd 2023" and "3 of march 2023", as nearly all are written.
_PLAIN_DATES = (
    re.compile(r"(?P<month>[a-z]{3,9}\.?) (?P<day>\d\d?)(?:st|nd|rd|th)? (?P<year>[12]\d{3})"),
    re.compile(r"(?P<day>\d\d?)(?:st|nd|rd|th)? (?:of )?(?P<month>[a-z]{3,9}\.?) (?P<year>[12]\d{3})"),
)


@lru_cache(maxsize=4096)
def parse_full_date(written: str) -> Period | None:
    """The day that "march 3rd 2023" or "3 march 2023" names; None when there is no such day.

    What is written plainly is read here. dateparser, which would read the same, takes half a millisecond for it, twice
    what all our rules take for a sentence, and a tenth of a second to load; it reads the rest ("march the 3rd 2023"),
    and what was read is kept. It must find day, month and year in the text, and gets a fixed base, so that today's date
    can't leak in.

    It is asked for nothing else, because it always answers with one moment and can't say that several would do: "last
    week" and "two years ago" become a day, "march 2023" the day of March that today has, "03/04/2023" is read by a
    fixed order, "friday" without regard to the verb, "the 1990s" as a time of yesterday; "next summer", "the following
    day" and "christmas 2020" it doesn't read (dateparser 1.5).
    """
    for pattern in _PLAIN_DATES:
        plain = pattern.fullmatch(written)
        if plain and plain["month"].rstrip(".") in MONTHS:
            return periods.make_day(int(plain["year"]), parse_month(plain["month"]), int(plain["day"]))
    import dateparser

    parsed: datetime | None = dateparser.parse(
        written.replace("sept ", "sep ").removeprefix("the "),
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime(2000, 1, 1),
            "REQUIRE_PARTS": ["day", "month", "year"],
            "STRICT_PARSING": True,
            "PARSERS": ["absolute-time"],
        },
    )
    return periods.make_day(parsed.year, parsed.month, parsed.day) if parsed else None


def normalize_numeric_date(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A date in digits: 2023-11-06, 30/12/2019, 12/30/2019; when both orders would do (03/04/2023) it stays open."""
    if match["iso"]:
        year, month, day = (int(part) for part in re.split("[-/]", match["iso"]))
        return make_date(periods.make_day(year, month, day), "ISO date", granularity="day")
    first, second, year = int(match["one"]), int(match["two"]), int(match["year"])
    day_first, month_first = periods.make_day(year, second, first), periods.make_day(year, first, second)
    if day_first and month_first and day_first != month_first:
        return make_date(None, "day and month could be swapped", granularity="day")
    return make_date(day_first or month_first, "numeric date", granularity="day")


def normalize_attacks(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """The day that the attacks of 2001 are called by: "after 9/11"."""
    return make_date(periods.make_day(2001, 9, 11), "the attacks of 2001")


def normalize_month_year(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A month of a named year, maybe its early or late part."""
    if not context.is_capitalized(match.start("month")):
        return None
    year = int(match["year"]) if match["year"] else _parse_spoken_year(match["spoken"])
    month = periods.make_month(year, parse_month(match["month"]))
    return make_date(_narrow(month, match), "month and year")


#: A longer range is no time but an amount: "1200-1850 jobs".
_LONGEST_RANGE_YEARS = 200


def normalize_year_range(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A run of years: 2009-10, 1998/99, 2017-2019."""
    first_year, last_digits = int(match["one"]), match["two"]
    last_year = int(last_digits) if len(last_digits) == 4 else first_year // 100 * 100 + int(last_digits)
    start, end = periods.make_year(first_year), periods.make_year(last_year)
    if not start or not end or not first_year < last_year <= first_year + _LONGEST_RANGE_YEARS:
        return None
    return make_date(Period(f"{start.value}/{end.value}", "year", start.first, end.last), "run of years")


#: Characters before a year that are searched for what makes it an amount or part of a number.
_WINDOW = 15
_NUMBER_BEFORE = re.compile(r"(?:[#$£€.,:/-]|\bno\.\s)$")
_AMOUNT_BEFORE = re.compile(r"\b(?:about|than|nearly|almost|least|some|over|roughly|approximately|of)\s$")
_YEAR_CUE_BEFORE = re.compile(r"\b(?:in|of|since|year|from|until|by|to)\s$")
#: Years before this are amounts when an amount word stands before them or a plural after: "some 1850 miners".
_OFTEN_AMOUNT_BEFORE = 1900
#: Years before this are amounts unless a preposition marks them: "in 1347".
_MOSTLY_AMOUNT_BEFORE = 1500
#: From this many years after publication a number after an amount word is an amount: "a survey of 2071 retired clerks".
_FAR_AHEAD = 10


def normalize_year(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A year by itself; not a number of something, a price or part of a longer number."""
    year = int(match["year"])
    if _is_amount(year, match, context):
        return None
    period = _narrow(periods.make_year(year), match)
    if (match["fiscal"] or "").startswith("fi"):
        return make_fiscal_date(period, "year")
    return make_date(period, "year")


def normalize_fiscal_year(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A company's year by its abbreviation: FY2024, FY24, of this century."""
    if not context.is_capitalized(match.start()):
        return None
    digits = int(match["fiscal_year"])
    return make_fiscal_date(periods.make_year(digits if digits > 99 else 2000 + digits), "year")


def _is_amount(year: int, match: re.Match[str], context: DateContext) -> bool:
    """Whether the four digits count something or are part of a longer number: "1850 miners", "$1998", "no. 1906"."""
    before = match.string[max(0, match.start("year") - _WINDOW) : match.start("year")]
    if match.start("year") == match.start() and _NUMBER_BEFORE.search(before.replace("--", "")):
        return True
    follows_amount_word = _AMOUNT_BEFORE.search(before) is not None
    if year < _OFTEN_AMOUNT_BEFORE and (follows_amount_word or context.is_before_plural(match.end() - 1)):
        return True
    if follows_amount_word and context.published and year > context.published.year + _FAR_AHEAD:
        return True
    return year < _MOSTLY_AMOUNT_BEFORE and not _YEAR_CUE_BEFORE.search(before)


#: "'30s" to "'90s" are of the 20th century; "'20s" and earlier may be of the 21st.
_FIRST_CERTAIN_DECADE = 3


def normalize_decade(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A decade: the 1990s, the '80s, the sixties (of the 20th century); "his sixties" is an age and none."""
    if match["digits"]:
        return make_date(_narrow(periods.make_decade(int(match["digits"])), match), "decade")
    if match["word"]:
        if not match[0].startswith("the ") and not match["part"]:
            return None
        return make_date(_narrow(periods.make_decade(DECADES[match["word"]]), match), "decade by its name")
    digit = int(match["short"])
    if digit >= _FIRST_CERTAIN_DECADE:
        return make_date(_narrow(periods.make_decade(190 + digit), match), "decade of the 20th century")
    if context.published is None:
        return make_date(None, "decade of an open century", granularity="decade")
    has_begun = 2000 + 10 * digit <= context.published.year
    decade = periods.make_decade((200 if has_begun else 190) + digit)
    return make_date(_narrow(decade, match), f"decade before publication {context.published}")


#: Centuries read: the 1st begins before the calendar here does, those after the 30th are of fiction.
_FIRST_CENTURY = 2
_LAST_CENTURY = 30


def normalize_century(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A century, the 20th being 1900 to 1999, as TIMEX3 counts; those before our era have no calendar days here."""
    word = match["number"]
    number = int(word) if word.isdigit() else ORDINALS[word]
    if match["era"] or not _FIRST_CENTURY <= number <= _LAST_CENTURY or word in ("last", "latter", "final"):
        return None
    return make_date(_narrow(periods.make_century(number - 1), match), "century")


def normalize_spoken_year(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A year as it is said on air: "nineteen ninety-six", "the year two thousand"."""
    if match["thousand"]:
        return make_date(periods.make_year(2000), "year")
    tens = _SPOKEN_TENS.index(match["tens"]) + 2
    ones = _SPOKEN_ONES.index(match["ones"]) + 1 if match["ones"] else 0
    return make_date(periods.make_year(1900 + 10 * tens + ones), "year")


def _parse_spoken_year(words: str) -> int:
    """The year of "nineteen ninety-six", "two thousand and five" or "twenty twenty-four"."""
    first, *rest = words.replace("-", " ").replace(" and ", " ").split()
    if first == "two":
        return 2000 + sum(map(_parse_number_word, rest[1:]))
    return (1900 if first == "nineteen" else 2000) + sum(map(_parse_number_word, rest))


def _parse_number_word(word: str) -> int:
    if word in _SPOKEN_TENS:
        return 10 * (_SPOKEN_TENS.index(word) + 2)
    return _SPOKEN_ONES.index(word) + 1 if word in _SPOKEN_ONES else _SPOKEN_TEENS.index(word) + 10


def _narrow(period: Period | None, match: re.Match[str]) -> Period | None:
    """The part of the period that "early" or "the end of" before it leaves."""
    return period and periods.narrow_to_part(period, part_of_period(match["edge"], match["part"]))
