"""Expressions that denote no known days: durations, repeated times, clock times without a day, vague references."""

from __future__ import annotations

import re

from pipeline.extract.dates.context import Context, Reading, undated
from pipeline.extract.dates.words import (
    ABOUT,
    MONTH_NAME,
    MONTHS,
    NUMBER,
    PART_OF_DAY,
    PARTS_OF_DAY,
    SEASON,
    SEASONS,
    UNIT,
    VAGUE,
    WEEKDAY,
    WEEKDAYS,
    duration,
    number_of,
    unit_of,
)

_WHOSE = r"(?:the|another|an additional|a|this|these|those|his|her|its|their|year-earlier|year-ago)"
_WHICH = r"(?:last|past|next|first|previous|final|coming|following|latest|preceding|other|early|remaining|opening|same)"
_MORE = r"(?:more|straight|consecutive|full|additional|whole|trading|business|working|calendar|long|such|successive)"
DURATION = (
    rf"(?:{_WHOSE} )?(?:{_WHICH} )?{ABOUT}(?P<number>{NUMBER}|{VAGUE})"
    rf"(?:(?:-| )to(?:-| )(?P<top>{NUMBER})| or (?P<top2>{NUMBER}))?(?:-| )(?:{_MORE} )?(?P<unit>{UNIT})"
    r"(?P<half> and a half)?(?: or so)?(?P<age>(?:-| )old)?(?:-long)?(?! of a )"
)
A_UNIT = (
    rf"{ABOUT}(?P<number>half an|half a|a half|an?|one)(?: (?:full|whole|further|additional|short))?(?: |-)"
    r"(?P<unit>minute|hour|day|week|month|year|decade|century)(?P<half> and a half)?(?:-long)?(?! of age\b|-)"
)
THE_YEAR_ENDED = (
    r"the (?:full |fiscal |whole |entire )?(?P<unit>year|week|month)(?= ended| ending| to \w+ \d)"
    r"|the (?:full|entire|whole) (?P<unit2>year)"
)
BARE_UNITS = (
    r"(?:(?:the|these|those) )?(?:(?P<which>recent|coming|past|last|the past|future|early) )?"
    r"(?P<unit>days|weeks|months|years|decades|centuries|quarters)(?: or (?:weeks|months|years))?"
    r"(?: (?P<way>ago|ahead|earlier|later))?(?!-old)"
)
SET = (
    rf"(?:each|every)(?: (?P<other>other|single))?(?: (?P<number>{NUMBER}))? "
    r"(?:(?P<unit>days?|weeks?|months?|quarters?|years?|hours?|minutes?|weekend|decade)"
    rf"|(?P<weekday>{WEEKDAY})|(?P<pod>{PART_OF_DAY})|(?P<season>{SEASON})|(?P<month>{MONTH_NAME}))(?! of\b)"
    r"|(?P<adverb>hourly|daily|nightly|weekly|monthly|annually|yearly)"
    rf"|(?P<weekdays>{WEEKDAY})(?: (?P<pods>{PART_OF_DAY})s|s)"
)
_ZONE = r"(?:local time|est|edt|et|gmt|utc|bst|cet|pst|pdt|pt|ct)"
CLOCK = (
    r"(?:(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\b\.?"
    rf"|(?P<hour24>[01]?\d|2[0-3])[:.](?P<minute24>[0-5]\d)(?= {_ZONE}\b)"
    rf"|(?P<word>noon|midnight))(?: {_ZONE}\b)?"
)
VAGUE_REF = (
    r"(?P<present>(?:(?:right|until|by|for) )?now|currently|current|at present|presently|nowadays|these days"
    r"|at (?:the|this) moment)"
    r"|(?P<past>(?:(?:more|most) )?recently|(?:in )?(?P<it>the (?:(?:recent|distant|not-too-distant) )?past)"
    rf"(?! (?:{NUMBER}|{VAGUE}|{UNIT}|couple|fiscal|half|{SEASON})\b))"
    r"|(?P<future>the (?:(?:near|foreseeable|not-too-distant|distant|immediate) )?future"
    r"|the (?:near|long|short) term)"
)

_ADVERBS = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M", "annually": "P1Y",
    "yearly": "P1Y",
}  # fmt: skip
_RATE_BEFORE = re.compile(
    r"(?:\b(?:times|once|twice|cents|share|dollars|million|billion|percent|hours|days|per|people|minutes|thousand)|[%\d])\s$"
)


def counted(match: re.Match[str], context: Context) -> Reading | None:
    """Nine months, the past two years, a three-year (term), several weeks; a person's age is left out."""
    unit = unit_of(match["unit"])
    if match["age"] and unit in ("year", "month"):
        return None
    count = number_of(match["number"])
    if unit == "quarter" and (match["unit"] == "quarters") == ("-quarters" in match[0]):
        return None  # "three-quarters", "one quarter"
    if unit == "second" and (count is None or not (match["unit"].endswith("s") or "-second" in match[0])):
        return None
    if "couple" in match["number"]:
        count = 2
    if count is not None and match["half"]:
        count += 0.5
    if match["top"] or match["top2"]:
        count = None
    if unit == "month" and match[0].startswith(("the ", "year-")):
        context.quarter = None  # "the nine months": what follows is compared with those, not with a quarter
    return undated("DURATION", duration(count, unit), "duration")


def a_unit(match: re.Match[str], context: Context) -> Reading | None:
    """A week, half an hour, a year and a half; after an amount ("twice a week") a rate, which is a set."""
    unit = match["unit"]
    count = 0.5 if "half" in match["number"] else 1.0
    if match["number"] in ("a", "an") and _RATE_BEFORE.search(match.string[max(0, match.start() - 12) : match.start()]):
        return undated("SET", duration(1, unit), "rate")
    return undated("DURATION", duration(count + 0.5 * bool(match["half"]), unit), "duration")


def year_ended(match: re.Match[str], context: Context) -> Reading | None:
    """The year ended (June 30), the full year: a length of time."""
    return undated("DURATION", duration(1, match["unit"] or match["unit2"]), "duration")


def bare_units(match: re.Match[str], context: Context) -> Reading | None:
    """Weeks, recent years, decades ago: an unknown number of them."""
    if match["unit"] == "quarters" and not match["which"]:
        return None  # rooms, or parts of something
    if match["way"] == "ago":
        return undated("DATE", "PAST_REF", "no number of units")
    if match["which"] == "future":
        return undated("DATE", "FUTURE_REF", "vague")
    return undated("DURATION", duration(None, unit_of(match["unit"])), "duration of no known length")


def repeated(match: re.Match[str], context: Context) -> Reading | None:
    """Each July, every two years, daily, Tuesday nights."""
    if match["adverb"]:
        capital = context.is_capital(match.start()) and not context.token_at(match.start()).is_sent_start
        return None if capital else undated("SET", _ADVERBS[match["adverb"]], "repeated")
    day = match["weekday"] or match["weekdays"]
    if day:
        pod = match["pods"]
        return undated("SET", f"XXXX-WXX-{WEEKDAYS[day] + 1}{'T' + PARTS_OF_DAY[pod] if pod else ''}", "repeated")
    if match["season"]:
        return undated("SET", f"XXXX-{SEASONS[match['season']]}", "repeated")
    if match["month"]:
        return undated("SET", f"XXXX-{MONTHS[match['month']]:02d}", "repeated")
    if match["pod"]:
        return undated("SET", f"XXXX-XX-XXT{PARTS_OF_DAY[match['pod']]}", "repeated")
    count = 2.0 if match["other"] == "other" else number_of(match["number"]) if match["number"] else 1.0
    unit = unit_of(match["unit"])
    return undated("SET", "P1Q" if unit == "quarter" and count == 1 else duration(count, unit), "repeated")


def clock(match: re.Match[str], context: Context) -> Reading | None:
    """10:35 a.m., noon, 15:30 GMT: on the day said last in the same block, else on no known day."""
    if match["word"]:
        time = "12:00" if match["word"] == "noon" else "24:00"
    elif match["hour"]:
        time = f"{int(match['hour']) % 12 + 12 * (match['half'] == 'p'):02d}:{match['minute'] or '00'}"
    else:
        time = f"{int(match['hour24']):02d}:{match['minute24']}"
    last = context.last
    if last is None or last.granularity != "day" or last.first != last.last or context.last_block != context.block:
        return Reading("TIME", f"XXXX-XX-XXT{time}", "time of no known day", None, "day")
    return Reading("TIME", f"{last.value}T{time}", f"time on {last.value}", last, "day")


def vague(match: re.Match[str], context: Context) -> Reading | None:
    """Now, recently, the future."""
    value = "PRESENT_REF" if match["present"] else "PAST_REF" if match["past"] else "FUTURE_REF"
    return undated("DATE", value, "vague")
