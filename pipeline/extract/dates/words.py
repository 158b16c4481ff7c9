"""Vocabulary of time expressions: what words mean, and the pattern fragments built from them.

Fragments match lower-cased text; a blank stands for any run of blanks (``compile_pattern`` turns it into one). Word
lists that are no part of a pattern are in models/dates.toml.
"""

from __future__ import annotations

import re
from functools import cache

_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
#: Name or abbreviation of a month to its number: "september", "sep" and "sept" are 9.
MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
MONTHS |= {name[:3]: number for name, number in list(MONTHS.items())} | {"sept": 9}

_WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: Name of a weekday to its number, Monday being 0 as in ``datetime``.
WEEKDAYS = {name: number for number, name in enumerate(_WEEKDAY_NAMES)}

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {word: number for number, word in enumerate(_ONES)}
_NUMBERS |= {word: 10 * number for number, word in enumerate(_TENS, 2)}

#: Ordinal to number. "final", "last" and "latter" are of quarters and halves: the final quarter is the fourth.
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4, "latter": 4, "1st": 1, "2nd": 2, "3rd": 3,
    "4th": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11,
    "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
    "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21,
}  # fmt: skip
#: Season to its TIMEX3 code.
SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
#: Part of the day to its TIMEX3 code, as in "2023-11-06TMO".
PARTS_OF_DAY = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
#: Decade in words, to its first three digits: "the sixties" are 196, of the 20th century but for the noughties.
DECADES = {
    "twenties": 192, "thirties": 193, "forties": 194, "fifties": 195, "sixties": 196, "seventies": 197,
    "eighties": 198, "nineties": 199, "noughties": 200,
}  # fmt: skip
#: Unit to its TIMEX3 duration: what stands before the number, the letter after it, and how many of that letter's unit
#: one is. A quarter is P3M, a decade P10Y.
DURATIONS = {
    "second": ("PT", "S", 1), "minute": ("PT", "M", 1), "hour": ("PT", "H", 1), "day": ("P", "D", 1),
    "week": ("P", "W", 1), "fortnight": ("P", "W", 2), "weekend": ("P", "D", 2),
    "month": ("P", "M", 1), "quarter": ("P", "M", 3), "year": ("P", "Y", 1), "decade": ("P", "Y", 10),
    "century": ("P", "Y", 100),
}  # fmt: skip
#: What the fraction of a unit is written in: how many make one, and their letter. 1.5 years are P1Y6M.
_SMALLER_UNITS = {"PY": (12, "M"), "PTH": (60, "M"), "PTM": (60, "S"), "PD": (24, "H")}

#: How words begin that a time expression may begin with: their first three letters, and the shorter ones. Nine words of
#: ten begin otherwise, so that the patterns need not be tried on them.
_FIRST_LETTERS = (
    "abo aft all alm ann ano anz app apr arm aro asc ash aug aus aut bas bef beg bet bon box bur cal can cen chr clo "
    "col com cor cou cur dai day dec doz dur eac ear eas eig ele end epi eve exa fal feb few fif fin fir fis fiv fol "
    "for fou fri fro fut goo gro hal her his hol hou hun its jan jul jun jus lab las lat les man mar mau may mem mid "
    "min mon mor mos nea new nex nig nin noo nou nov now num oct one onl ope oth our ove pal pas pen per pre pri qua "
    "rec rem res rig rou sam sat sec sep sev shr sin six sma som spr sta sum sun ten tha the thi tho thr thu til tod "
    "tom ton tue twe two und unt upc val ver vet wed wee whi win wit yea yes"
).split()
_SHORT_FIRST_WORDS = ("a", "an", "as", "at", "by", "fy", "h", "in", "no", "of", "on", "q", "st", "up")
#: Matches, without taking it, what a time expression may begin with: such a word, a number, or "'80s".
OPENING = f"(?=[\\d']|(?:{'|'.join(_FIRST_LETTERS)})|(?:{'|'.join(_SHORT_FIRST_WORDS)})(?![a-z]))"

MONTH_NAME = f"(?:{'|'.join(_MONTH_NAMES)})"
MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
MONTH += r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
#: The weekday before a date, "Friday, " or "Fri. ".
WEEKDAY_LEAD = r"(?:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|wed|thur?s?|fri|sat|sun)\.),? )"
#: A day of the month, "3", "03" or "3rd"; not the start of "31.5" or "31%".
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[.,]\d)"
_WORD_NUMBER = rf"(?:(?:{'|'.join(_TENS)})(?:(?:-| )(?:{'|'.join(_ONES[1:10])}))?|{'|'.join(reversed(_ONES[1:]))})"
NUMBER = (
    r"(?:\d{1,3}(?:,\d{3}|\d*)(?:\.\d+)?(?: \d/\d)?"
    rf"|(?:an?|one|{_WORD_NUMBER}) (?:hundred|thousand)|{_WORD_NUMBER})"
)
#: An unknown number.
VAGUE = (
    r"(?:several|a few|few|a couple of|couple of|a couple|many|some|dozens of|hundreds of|thousands of"
    r"|a number of|numerous)"
)
UNIT = r"(?:seconds?|minutes?|hours?|days?|weeks?|fortnights?|weekends?|months?|quarters?|years?|decades?|century"
UNIT += r"|centuries)"
#: Units that are calendar periods, so that "last" and "next" may stand before them.
BIG_UNIT = r"(?:day|week|fortnight|month|quarter|year|decade|century)"
SEASON = r"(?:spring|summer|autumn|fall|winter)"
PART_OF_DAY = r"(?:morning|afternoon|evening|night)"
ABOUT = (
    r"(?:(?P<about>about|nearly|almost|around|roughly|approximately|some|just|only|just over|just under|exactly"
    r"|more than|less than|fewer than|over|under|at least|at most|up to|as many as|no more than) )?"
)
#: A year from 1000 to 2099 that is no part of a longer number or a percentage.
YEAR = r"(?:1[0-9]\d\d|20\d\d)(?![\d%])"
#: "the end of", "early in the", "late", "mid-"; the words land in the groups edge and part.
LEAD = (
    r"(?:(?:the )?(?P<edge>end|close|beginning|start|middle|rest) of (?:the )?)?"
    r"(?:(?:the )?(?P<part>early|mid|late|earlier|later|sometime)(?:-| )(?:in |on )?)?"
)
_PART_BY_EDGE = {"end": "late", "close": "late", "beginning": "early", "start": "early", "middle": "mid"}


#: What stands before a unit for a part of it: "half a decade", "a quarter of a century".
_FRACTIONS = dict.fromkeys(("half", "half a", "half an", "a half"), 0.5)
_FRACTIONS |= dict.fromkeys(("a quarter of a", "a quarter of an", "quarter of a", "quarter of an"), 0.25)


def parse_number(words: str) -> float | None:
    """What "a", "12", "1,500", "2 1/2", "twenty-four" or "two hundred" counts; None for "several" and its like.

    "half a" (decade) is 0.5, "a couple of" two.
    """
    total = 0.0
    if "couple" in words:
        return 2.0
    if words in _FRACTIONS:
        return _FRACTIONS[words]
    for word in words.replace(",", "").replace("-", " ").split():
        if word in ("a", "an"):
            total += 1
        elif word == "half":
            total += 0.5
        elif word in ("hundred", "thousand"):
            total *= 100 if word == "hundred" else 1000
        elif re.fullmatch(r"\d/[1-9]", word):
            total += int(word[0]) / int(word[2])
        elif re.fullmatch(r"\d+(?:\.\d+)?", word):
            total += float(word)
        elif word in _NUMBERS:
            total += _NUMBERS[word]
        else:
            return None
    return total


def parse_month(word: str) -> int:
    """The number of a month's name or abbreviation: 9 for "september" and "sept."."""
    return MONTHS[word.rstrip(".")]


def parse_day(word: str) -> int:
    """The day of the month in "3", "03" or "3rd"."""
    return int(re.sub(r"\D", "", word))


def singular_unit(word: str) -> str:
    """The unit in the singular: "century" for "centuries"."""
    return "century" if word.startswith("centur") else word.removesuffix("s")


def format_duration(count: float | None, unit: str) -> str:
    """The TIMEX3 duration: P2Y, PT30M, P20Y for two decades, P1Y6M for 1.5 years, PXW for unknown numbers of weeks."""
    prefix, letter, factor = DURATIONS[unit]
    if count is None:
        return f"{prefix}X{'M' if unit == 'quarter' else letter}"
    amount = count * factor
    whole_units = int(amount)
    if amount == whole_units:
        return f"{prefix}{whole_units}{letter}"
    smaller_unit = _SMALLER_UNITS.get(prefix + letter)
    rest = (amount - whole_units) * smaller_unit[0] if smaller_unit else 0
    if smaller_unit is None or abs(rest - round(rest)) > 1e-9:
        return f"{prefix}{amount:g}{letter}"
    time_mark = "T" if letter == "D" else ""
    whole_part = f"{whole_units}{letter}" if whole_units else ""
    return f"{prefix}{whole_part}{time_mark}{round(rest)}{smaller_unit[1]}"


def part_of_period(edge: str | None, part: str | None) -> str:
    """Early, mid, late, earlier, later or nothing, from the two groups of LEAD: "late" for "the end of"."""
    return part or _PART_BY_EDGE.get(edge or "", "")


@cache  # some fifty, compiled when words ask for them: all together take a tenth of a second
def compile_pattern(source: str) -> re.Pattern[str]:
    """The pattern as a whole word, blanks standing for runs of blanks."""
    return re.compile(rf"(?<![\w$£€])(?:{widen_blanks(source)})(?!\w)")


def widen_blanks(source: str) -> str:
    r"""The source with every blank turned into a run of blanks, a blank with "?" into a run or none."""
    return source.replace(" ?", r"\s*").replace(" ", r"\s+")
