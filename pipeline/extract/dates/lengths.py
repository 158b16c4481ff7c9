"""Expressions that denote no known days: durations, repeated times, clock times without a day, vague references."""

from __future__ import annotations

import re

from pipeline.extract.dates.context import DateContext, DateNormalization, make_undated
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
    format_duration,
    parse_number,
    singular_unit,
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
    r"(?P<unit>minute|hour|day|week|fortnight|month|year|decade|century)(?:(?P<half> and a half)|(?P<or> or two))?"
    r"(?:-long)?(?! of age\b|-)"
)
THE_YEAR_ENDED = (
    r"the (?:full |fiscal |whole |entire )?(?P<unit>year|week|month)(?= ended| ending| to \w+ \d)"
    r"|the (?:full|entire|whole) (?P<unit2>year)"
)
BARE_UNITS = (
    r"(?:(?:the|these|those) )?(?:(?P<which>recent|coming|past|last|the past|future|early) )?"
    r"(?P<unit>days|weeks|months|years|decades|centuries|quarters)(?: or (?:weeks|months|years))?"
    r"(?: (?P<way>ago|ahead|earlier|later))?(?!(?:-| )old)(?:-long)?"
    r"|(?P<long>day|week|month|year|decade)-long"
    r"|(?:for|within|in(?: just)?) (?P<it>(?P<small>hours|minutes))(?! of\b)"
    r"|(?P<small2>hours|minutes)(?: (?P<way2>ago|earlier|later)|(?= (?:before|after)\b))"
)
SET = (
    rf"(?:each|every)(?: (?P<other>other|single))?(?: (?P<number>{NUMBER}))? "
    r"(?:(?P<unit>days?|weeks?|months?|quarters?|years?|hours?|minutes?|weekend|decade)"
    rf"|(?P<weekday>{WEEKDAY})(?: (?P<pod_of_weekday>{PART_OF_DAY}))?"
    rf"|(?P<pod>{PART_OF_DAY})|(?P<season>{SEASON})|(?P<month>{MONTH_NAME}))(?! of\b)"
    r"|(?P<adverb>hourly|daily|nightly|weekly|monthly|annually|yearly)"
    rf"|(?P<weekdays>{WEEKDAY})(?: (?P<pods>{PART_OF_DAY})s|s)"
)
_ZONE = r"(?:local time|est|edt|et|gmt|utc|bst|cet|pst|pdt|pt|ct)"
_HOUR_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SAID_HOUR = rf"(?:{'|'.join(_HOUR_WORDS)}|1[0-2]|[1-9])"
#: "in the morning", "at night": which half of the day an hour is in.
_SAID_PART = r"(?:in the (?P<part>morning|afternoon|evening)|at (?P<part_at>night))"
CLOCK = (
    r"(?:(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\b\.?"
    rf"|(?P<hour24>[01]?\d|2[0-3])[:.](?P<minute24>[0-5]\d)(?= {_ZONE}\b)"
    r"|(?<!\()(?P<military>(?:[01]\d|2[0-3])[0-5]\d)(?= (?:gmt|utc|local time)\b)"
    rf"|(?P<hour_of_day>[01]?\d|2[0-3]):(?P<minute_of_day>[0-5]\d)(?= (?:on )?(?:{WEEKDAY}|today|yesterday|tomorrow)\b)"
    rf"|(?:(?P<past>half|(?:a )?quarter) (?P<way>past|to) )?(?P<said>{_SAID_HOUR})(?P<oclock> ?o'clock)? {_SAID_PART}"
    rf"|(?:(?P<past2>half|(?:a )?quarter) (?P<way2>past|to) (?P<said2>{_SAID_HOUR})|(?P<said3>{_SAID_HOUR}) ?o'clock)"
    r"|(?:the )?(?P<hours>early|small|wee) hours(?=(?: of (?:the )?| on )"
    rf"(?:{WEEKDAY}(?! {PART_OF_DAY})|today|yesterday|tomorrow|{MONTH_NAME}|\d))"
    r"|(?P<mid>mid)(?:-| )?(?P<mid_part>morning|afternoon)"
    rf"|the (?:early |late )?(?P<part_of_day>{PART_OF_DAY})"
    rf"(?= of (?:{WEEKDAY}|{MONTH_NAME} \d|\d{{1,2}}[a-z]{{0,2}} {MONTH_NAME}))"
    rf"|(?P<word>noon|midday|midnight))(?: {_ZONE}\b)?"
)
VAGUE_REF = (
    r"(?P<present>(?:(?:right|until|by|for) )?now|currently|current|at present|presently|nowadays|these days"
    r"|at (?:the|this) moment)"
    r"|(?P<past>(?:(?:more|most) )?recently|(?:in )?(?P<it>the (?:(?:recent|distant|not-too-distant) )?past)"
    rf"(?! (?:{NUMBER}|{VAGUE}|{UNIT}|couple|fiscal|half|{SEASON})\b))"
    r"|(?P<future>the (?:(?:near|foreseeable|not-too-distant|distant|immediate) )?future"
    r"|the (?:near|long|short) term|a later (?:date|stage))"
)
A_WHILE = (
    r"(?:for|after|in|within) (?:quite )?(?P<it>a (?:long |short |little )?while|some time)"
    r"(?! (?:in|ago|this|next|last)\b)"
)

_ADVERB_VALUES = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M", "annually": "P1Y",
    "yearly": "P1Y",
}  # fmt: skip
_RATE_BEFORE = re.compile(
    r"(?:\b(?:times|once|twice|cents|share|dollars|million|billion|percent|hours|days|per|people|minutes|thousand)|[%\d])\s$"
)
#: From this hour on "at night" is before midnight: "nine at night", but "two at night".
_FIRST_NIGHT_HOUR = 6
#: Before a bare hour and its part of the day: "at four in the afternoon".
_AT_BEFORE = re.compile(r"\b(?:at|by|until|till|around|about|before|after|since|from)\s$")
#: Characters before "a week" searched for an amount: "thousand ", the longest, has 9; so for the hours' prepositions.
_WINDOW = 12


def normalize_duration(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A length of time: nine months, the past two years, a three-year (term), several weeks; no person's age."""
    unit = singular_unit(match["unit"])
    is_verb = match[0].startswith("last ") and context.token_at(match.start()).tag_[:2] == "VB"
    if is_verb or _is_no_duration(match, unit):
        return None  # of "to last six weeks" only "six weeks" is meant
    if unit == "month" and match[0].startswith(("the ", "year-")):
        context.report_quarter = None  # "the nine months": what follows is compared with those, not with a quarter
    return make_undated("DURATION", format_duration(_count_in_duration(match), unit), "duration")


def _is_no_duration(match: re.Match[str], unit: str) -> bool:
    """An age, a fraction ("three-quarters", "one quarter"), an ordinal ("the 22 second half")."""
    if unit in ("year", "month") and match["age"]:
        return True
    if unit == "quarter":
        return (match["unit"] == "quarters") == ("-quarters" in match[0])
    is_seconds = match["unit"].endswith("s") or "-second" in match[0]
    return unit == "second" and (not is_seconds or parse_number(match["number"]) is None)


def _count_in_duration(match: re.Match[str]) -> float | None:
    """How many units, two for "a couple of"; None for "several" and for a span ("two to three")."""
    if match["top"] or match["top2"]:
        return None
    count = parse_number(match["number"])
    return count + 0.5 if count is not None and match["half"] else count


def normalize_a_unit(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """One unit or half of one: a week, half an hour, a year and a half; after an amount a rate, "twice a week"."""
    unit = match["unit"]
    count = 0.5 if "half" in match["number"] else 1.0
    if match["number"] in ("a", "an") and _RATE_BEFORE.search(_text_before(match)):
        return make_undated("SET", format_duration(1, unit), "rate")
    length = None if match["or"] else count + 0.5 * bool(match["half"])
    return make_undated("DURATION", format_duration(length, unit), "duration")


def _text_before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - _WINDOW) : match.start()]


def normalize_year_ended(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A length of time with an end: the year ended (June 30), the full year."""
    return make_undated("DURATION", format_duration(1, match["unit"] or match["unit2"]), "duration")


def normalize_bare_units(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """An unknown number of units: weeks, recent years, decades ago."""
    if match["long"]:
        return make_undated("DURATION", format_duration(1, match["long"]), "duration")
    if small := match["small"] or match["small2"]:
        if match["way2"] == "ago":
            return make_undated("DATE", "PAST_REF", "no number of units")
        return make_undated("DURATION", format_duration(None, singular_unit(small)), "duration of no known length")
    if match["unit"] == "quarters" and not match["which"]:
        return None  # rooms, or parts of something
    if match["way"] == "ago":
        return make_undated("DATE", "PAST_REF", "no number of units")
    if match["which"] == "future":
        return make_undated("DATE", "FUTURE_REF", "vague")
    return make_undated("DURATION", format_duration(None, singular_unit(match["unit"])), "duration of no known length")


def normalize_set(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A repeated time, TIMEX3 SET: each July, every two years, daily, Tuesday nights."""
    offset = match.start()
    if match["adverb"] and context.is_capitalized(offset) and not context.token_at(offset).is_sent_start:
        return None  # the Daily Clarion
    return make_undated("SET", _value_of_set(match), "repeated")


def _value_of_set(match: re.Match[str]) -> str:
    """The TIMEX3 value: "P1D" for "daily", "XXXX-WXX-2TNI" for "Tuesday nights", "P2Y" for "every other year"."""
    if match["adverb"]:
        return _ADVERB_VALUES[match["adverb"]]
    if weekday := match["weekday"] or match["weekdays"]:
        pod = match["pods"] or match["pod_of_weekday"]
        suffix = f"T{PARTS_OF_DAY[pod]}" if pod else ""
        return f"XXXX-WXX-{WEEKDAYS[weekday] + 1}{suffix}"
    if match["season"]:
        return f"XXXX-{SEASONS[match['season']]}"
    if match["month"]:
        return f"XXXX-{MONTHS[match['month']]:02d}"
    if match["pod"]:
        return f"XXXX-XX-XXT{PARTS_OF_DAY[match['pod']]}"
    count = 2.0 if match["other"] == "other" else parse_number(match["number"]) if match["number"] else 1.0
    unit = singular_unit(match["unit"])
    return "P1Q" if unit == "quarter" and count == 1 else format_duration(count, unit)


def normalize_clock(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A clock time (10:35 a.m., noon, 15:30 GMT): of the day said last in the same block, else of no known day."""
    if match["said"] and not match["oclock"] and not match["past"] and not _AT_BEFORE.search(_text_before(match)):
        return None  # "two talks, one in the morning"
    time = _clock_time(match)
    day = context.last_period
    is_day = day is not None and day.granularity == "day" and day.first == day.last
    if day is None or not is_day or context.last_period_block != context.block_index:
        return DateNormalization("TIME", f"XXXX-XX-XXT{time}", "time of no known day", None, "day")
    return DateNormalization("TIME", f"{day.value}T{time}", f"time on {day.value}", day, "day")


def _clock_time(match: re.Match[str]) -> str:
    """Hours and minutes, "22:30" for "10:30 p.m."; midnight is the end of a day, "24:00"; "MO" for "mid-morning"."""
    if match["word"]:
        return "24:00" if match["word"] == "midnight" else "12:00"
    if part := match["mid_part"] or match["part_of_day"]:
        return PARTS_OF_DAY[part]
    if match["hours"]:
        return PARTS_OF_DAY["morning" if match["hours"] == "early" else "night"]
    if said := match["said"] or match["said2"] or match["said3"]:
        return _said_time(match, said)
    if match["hour"]:
        return f"{int(match['hour']) % 12 + 12 * (match['half'] == 'p'):02d}:{match['minute'] or '00'}"
    if match["military"]:
        return f"{match['military'][:2]}:{match['military'][2:]}"
    hour, minute = match["hour24"] or match["hour_of_day"], match["minute24"] or match["minute_of_day"]
    return f"{int(hour):02d}:{minute}"


def _said_time(match: re.Match[str], said: str) -> str:
    """Hours and minutes of "half past four in the afternoon": "16:30"; without its half of the day as it is said."""
    hour = int(said) if said.isdigit() else _HOUR_WORDS.index(said) + 1
    past, way = match["past"] or match["past2"] or "", match["way"] or match["way2"]
    minutes = 60 * hour + (30 if past == "half" else 15 if past else 0) * (-1 if way == "to" else 1)
    part = match["part"] or match["part_at"]
    if part:
        is_late = part in ("afternoon", "evening") or (part == "night" and hour >= _FIRST_NIGHT_HOUR and hour != 12)
        minutes = minutes % 720 + 720 * is_late
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def normalize_while(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A length of time that nothing measures: for a while, after some time."""
    return make_undated("DURATION", "PXX", "duration of no known length")


def normalize_vague(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A vague reference to present, past or future: now, recently, the near future."""
    value = "PRESENT_REF" if match["present"] else "PAST_REF" if match["past"] else "FUTURE_REF"
    return make_undated("DATE", value, "vague")
