"""Vocabulary of time expressions: what words mean, and the pattern fragments built from them.

Fragments match lower-cased text; a blank stands for any run of blanks (``compile_rule`` turns it into one).
"""

from __future__ import annotations

import re

_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
MONTHS |= {name[:3]: number for name, number in list(MONTHS.items())} | {"sept": 9}

_WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS = {name: number for number, name in enumerate(_WEEKDAY_NAMES)}

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {word: number for number, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}

ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4, "latter": 4, "1st": 1, "2nd": 2, "3rd": 3,
    "4th": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11,
    "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
    "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21,
}  # fmt: skip
SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
PARTS_OF_DAY = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
DECADES = {
    "twenties": 192, "thirties": 193, "forties": 194, "fifties": 195, "sixties": 196, "seventies": 197,
    "eighties": 198, "nineties": 199,
}  # fmt: skip
#: Unit to the TIMEX3 duration: before the number, after it, and how many of that a unit is.
DURATIONS = {
    "second": ("PT", "S", 1), "minute": ("PT", "M", 1), "hour": ("PT", "H", 1), "day": ("P", "D", 1),
    "week": ("P", "W", 1), "weekend": ("P", "D", 2), "month": ("P", "M", 1), "quarter": ("P", "M", 3),
    "year": ("P", "Y", 1), "decade": ("P", "Y", 10), "century": ("P", "Y", 100),
}  # fmt: skip

#: What half a unit is counted in.
_SMALLER = {"PY": (12, "M"), "PTH": (60, "M"), "PTM": (60, "S"), "PD": (24, "H")}

MONTH_NAME = f"(?:{'|'.join(_MONTH_NAMES)})"
MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
MONTH += r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
WEEKDAY_LEAD = r"(?:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|wed|thur?s?|fri|sat|sun)\.),? )"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[.,]\d)"
_WORD_NUMBER = rf"(?:(?:{'|'.join(_TENS)})(?:(?:-| )(?:{'|'.join(_ONES[1:10])}))?|{'|'.join(reversed(_ONES[1:]))})"
NUMBER = (
    r"(?:\d{1,3}(?:,\d{3}|\d*)(?:\.\d+)?(?: \d/\d)?"
    rf"|(?:an?|one|{_WORD_NUMBER}) (?:hundred|thousand)|{_WORD_NUMBER})"
)
VAGUE = (
    r"(?:several|a few|few|a couple of|couple of|a couple|many|some|dozens of|hundreds of|thousands of"
    r"|a number of|numerous)"
)
UNIT = r"(?:seconds?|minutes?|hours?|days?|weeks?|weekends?|months?|quarters?|years?|decades?|century|centuries)"
BIG_UNIT = r"(?:day|week|month|quarter|year|decade|century)"
SEASON = r"(?:spring|summer|autumn|fall|winter)"
PART_OF_DAY = r"(?:morning|afternoon|evening|night)"
ABOUT = (
    r"(?:(?P<about>about|nearly|almost|around|roughly|approximately|some|just|only|just over|just under|exactly"
    r"|more than|less than|fewer than|over|under|at least|at most|up to|as many as|no more than) )?"
)
YEAR = r"(?:1[0-9]\d\d|20\d\d)(?![\d%])"
#: "the end of", "early in the", "late", "mid-"; the words land in the groups edge and part.
LEAD = (
    r"(?:(?:the )?(?P<edge>end|close|beginning|start|middle|rest) of (?:the )?)?"
    r"(?:(?:the )?(?P<part>early|mid|late|earlier|later|sometime)(?:-| )(?:in |on )?)?"
)
_PARTS = {"end": "late", "close": "late", "beginning": "early", "start": "early", "middle": "mid"}


def number_of(words: str) -> float | None:
    """What "a", "12", "1,500", "2 1/2", "twenty-four" or "two hundred" counts; None for "several" and its like."""
    parts = words.replace(",", "").replace("-", " ").split()
    total = 0.0
    for part in parts:
        if part in ("a", "an"):
            total += 1
        elif part == "half":
            total += 0.5
        elif part in ("hundred", "thousand"):
            total *= 100 if part == "hundred" else 1000
        elif re.fullmatch(r"\d/[1-9]", part):
            total += int(part[0]) / int(part[2])
        elif re.fullmatch(r"\d+(?:\.\d+)?", part):
            total += float(part)
        elif part in _NUMBERS:
            total += _NUMBERS[part]
        else:
            return None
    return total


def unit_of(word: str) -> str:
    """The unit in the singular: "centuries" is "century"."""
    return "century" if word.startswith("centur") else word.removesuffix("s")


def duration(count: float | None, unit: str) -> str:
    """The TIMEX3 duration: P2Y, PT30M, P20Y for two decades, PXW for an unknown number of weeks."""
    head, letter, times = DURATIONS[unit]
    if count is None:
        return f"{head}X{'M' if unit == 'quarter' else letter}"
    amount = count * times
    whole = int(amount)
    if amount == whole:
        return f"{head}{whole}{letter}"
    smaller = _SMALLER.get(head + letter)
    rest = (amount - whole) * smaller[0] if smaller else 0
    if smaller is None or abs(rest - round(rest)) > 1e-9:
        return f"{head}{amount:g}{letter}"
    between = "T" if letter == "D" else ""
    lead = f"{whole}{letter}" if whole else ""
    return f"{head}{lead}{between}{round(rest)}{smaller[1]}"


def month_of(word: str) -> int:
    """The number of a month's name or abbreviation."""
    return MONTHS[word.rstrip(".")]


def day_of(word: str) -> int:
    """The number in "3", "03" or "3rd"."""
    return int(re.sub(r"\D", "", word))


def part_of(edge: str | None, part: str | None) -> str:
    """Early, mid, late, earlier, later or nothing, from the two groups of LEAD."""
    return part or _PARTS.get(edge or "", "")


def compile_rule(source: str) -> re.Pattern[str]:
    """The pattern as a whole word, blanks standing for runs of blanks."""
    return re.compile(rf"(?<![\w$£€])(?:{spaced(source)})(?!\w)")


def spaced(source: str) -> str:
    """The source with every blank turned into a run of blanks, a blank with "?" into a run or none."""
    return source.replace(" ?", r"\s*").replace(" ", r"\s+")
