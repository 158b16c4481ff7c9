"""Calendar units said relative to publication or to the last date said: last week, two years ago, the next day."""

from __future__ import annotations

import re
from datetime import date

from pipeline.extract.dates import periods
from pipeline.extract.dates.context import (
    DateContext,
    DateNormalization,
    make_date,
    make_fiscal_date,
    make_undated,
)
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.words import (
    BIG_UNIT,
    LEAD,
    PART_OF_DAY,
    PARTS_OF_DAY,
    format_duration,
    part_of_period,
)
from pipeline.records import DateKind

DEICTIC_DAY = (
    r"(?:(?P<daytime>early|late|earlier|later|mid-morning|mid-afternoon|midday|noon|midnight) )?"
    r"(?:(?P<day>the day before yesterday|the day after tomorrow|today|yesterday|tomorrow)"
    rf"(?: (?P<pod>{PART_OF_DAY}))?|(?P<night>tonight|last night|overnight)|this (?P<pod2>{PART_OF_DAY})"
    rf"|(?P<next>the (?:next|following)) (?P<pod3>{PART_OF_DAY})|(?P<that>that) (?P<pod4>{PART_OF_DAY}))"
)
UNIT_RULE = (
    rf"{LEAD}(?:the )?(?P<which>last|next|this past|this coming|this|past|coming|previous|prior|preceding|following"
    r"|current|same|that same|that|latest|upcoming)"
    r"(?: (?P<kind>fiscal|financial|calendar|school|academic|trading|business))?"
    rf" (?P<unit>{BIG_UNIT})(?: or so)?(?!-(?:long|old|to|on|over))"
)
WEEKEND = (
    r"(?:(?:the|early|late) )?"
    r"(?:(?P<which>last|this past|this coming|this|next|past|coming|previous|following) )?weekend"
)
_UNIT_END = r"(?! (?:of|that|when|since|before|after|ended|ending|beginning|starting|commencing|to|two|\d)|-)"
THE_UNIT = (
    r"(?:(?P<part>early|late|earlier|later) in |(?P<edge>(?:the )?(?:end|beginning|start|middle|rest) of ))"
    rf"the (?:(?P<kind>fiscal) |calendar )?(?P<unit>day|week|month|year|decade|century){_UNIT_END}"
    r"|(?:for|of|in|during|over|on|throughout) "
    rf"(?P<it>the (?:(?:full|calendar) )?(?P<unit2>week|month|year)){_UNIT_END}"
)
#: A unit next to the one said last: "the night before", "the year before" at the end of a clause.
UNIT_BESIDE = r"the (?P<unit>day|night|evening|week|month|year) (?P<way>before|after)(?= ?[.,;:)]|\n|$)"
YEAR_END = r"(?:(?:the|late) )?(?:year-end|year's end|year end)"

#: Kinds of year whose first day differs from firm to firm or school to school.
_FISCAL_KINDS = frozenset({"fiscal", "financial", "business", "school", "academic"})
#: Words that count from the date mentioned last rather than from publication.
_ANAPHORIC = frozenset({"previous", "prior", "preceding", "following", "same", "that"})
#: Of these, words that mean nothing without such a date; "the previous year" still counts from publication.
_ANAPHORIC_ONLY = frozenset({"same", "that", "following"})
#: Words before a unit to units from the one counted from.
_UNIT_STEPS = {
    "last": -1, "past": -1, "latest": -1, "previous": -1, "prior": -1, "preceding": -1, "next": 1, "coming": 1,
    "upcoming": 1, "following": 1, "this": 0, "current": 0, "same": 0, "that": 0,
}  # fmt: skip
#: Days from publication; a phrase that isn't here is of the day itself.
_DAY_STEPS = {
    "the day before yesterday": -2, "yesterday": -1, "last night": -1, "overnight": -1, "tomorrow": 1,
    "the day after tomorrow": 2,
}  # fmt: skip
#: Times of the day to their TIMEX3 suffix.
_DAYTIME_SUFFIXES = {
    "mid-morning": "TMO", "mid-afternoon": "TAF", "midday": "T12:00", "noon": "T12:00", "midnight": "T24:00"
}  # fmt: skip


def normalize_deictic_day(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A day by its distance: today, this morning, tomorrow night from publication, "the next morning" from a day."""
    if context.is_part_of_name(match.end() - len(match[0].split()[-1])):
        return None
    part = match["pod"] or match["pod2"] or match["pod3"] or match["pod4"] or ("night" if match["night"] else "")
    suffix = f"T{PARTS_OF_DAY[part]}" if part else _DAYTIME_SUFFIXES.get(match["daytime"] or "", "")
    kind: DateKind = "TIME" if suffix else "DATE"
    base = _day_mentioned_last(context) if match["next"] or match["that"] else context.published
    if base is None:
        return DateNormalization(kind, "", "no day to count from", None, "day")
    step = _DAY_STEPS.get(match["day"] or match["night"] or "today", 0) + bool(match["next"])
    period = periods.shift_period(periods.day_of(base), step)
    if period is None:
        return None
    return DateNormalization(kind, period.value + suffix, f"counted from {base}", period, "day")


def _day_mentioned_last(context: DateContext) -> date | None:
    recent = context.recent_period()
    return recent.last if recent and recent.granularity == "day" else None


def normalize_unit(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A calendar unit from its first to its last day: last week (Monday to Sunday), this year, the following month."""
    unit, which = match["unit"], match["which"].split()[-1]
    if context.is_part_of_name(match.start("unit")):
        return None
    if _is_stretch(match, which):
        return make_undated("DURATION", format_duration(1, unit), "length of time up to or from now")
    is_anaphoric = which in _ANAPHORIC or (which == "next" and match[0].startswith("the next"))
    base = find_base(context, unit, is_anaphoric, or_publication=which not in _ANAPHORIC_ONLY)
    if base is None:
        return make_date(None, "no day to count from", granularity=unit)
    current = periods.period_containing(base, unit)
    period = periods.shift_period(current, _UNIT_STEPS[which]) if current else None
    if period is None:
        return None
    period = _narrow_unit(period, match, None if is_anaphoric else context.published)
    reason = f"{unit} counted from {base}"
    return make_fiscal_date(period, reason) if match["kind"] in _FISCAL_KINDS else make_date(period, reason)


def _is_stretch(match: re.Match[str], which: str) -> bool:
    """Whether it is a length of time: "the past year" is twelve months up to now, "this past year" is a year.

    A fortnight, which no calendar has, always is.
    """
    is_whole = not (match["part"] or match["edge"])
    if match["unit"] == "fortnight":
        return True
    return which in ("past", "coming") and not match["which"].startswith("this") and is_whole


def find_base(context: DateContext, unit: str, is_anaphoric: bool, or_publication: bool = True) -> date | None:
    """The day that units are counted from; None when there is none.

    For an anaphoric expression ("the following week") that is the first day of the period mentioned shortly before; if
    none was, or for others, the day of publication, unless ``or_publication`` is False. A period wider than ``unit``
    can't be counted from: "the next day" after "in 1996".
    """
    recent = context.recent_period() if is_anaphoric else None
    if recent is None:
        return context.published if or_publication else None
    return None if _SIZES.index(recent.granularity) > _SIZES.index(unit) else recent.first


#: Granularities, smallest first.
_SIZES = ("day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century")


def _narrow_unit(period: Period, match: re.Match[str], published: date | None) -> Period:
    """The part of the period that "earlier", "late" or "the end of" leaves."""
    part = part_of_period(match["edge"], match["part"])
    if published and part in ("earlier", "later"):
        return periods.clip_period(period, published, part == "later")
    return periods.narrow_to_part(period, part)


def normalize_weekend(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A weekend: the last one begun on or before publication, unless "next" or the verb looks ahead."""
    if match[0] == "weekend" and context.is_indefinite(match.end() - 1):
        return None
    published = context.published
    if published is None:
        return make_date(None, "publication unknown", "XXXX-WXX-WE", "weekend")
    weekend = periods.weekend_of(published)
    step = _weekend_step((match["which"] or "").split(), published >= weekend.first, match.end() - 1, context)
    return make_date(periods.shift_period(weekend, step), f"weekend counted from {published}")


def _weekend_step(which: list[str], has_begun: bool, offset: int, context: DateContext) -> int:
    """Weekends from the one of the week of publication; ``has_begun``: published on its Saturday or Sunday."""
    last_word = which[-1] if which else ""
    if last_word in ("next", "coming", "following"):
        return 1 if has_begun else 0
    if last_word == "last":
        return -1
    if last_word == "this":
        return -1 if not has_begun and context.verb_direction(offset) == "past" else 0
    return 0 if has_begun or context.looks_ahead(offset) else -1


def normalize_the_unit(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """The unit of publication (the week, the year), for a day the last one said (later in the day).

    "During the month" is the month named shortly before, where the verb doesn't look ahead.
    """
    unit = match["unit"] or match["unit2"]
    base = _first_of_named_unit(match, unit, context) or find_base(context, unit, is_anaphoric=unit == "day")
    if base is None:
        return make_date(None, "no day to count from", granularity=unit)
    current = periods.period_containing(base, unit)
    period = current and _narrow_unit(current, match, context.published)
    reason = f"{unit} of {base}"
    return make_fiscal_date(period, reason) if match["kind"] else make_date(period, reason)


def _first_of_named_unit(match: re.Match[str], unit: str, context: DateContext) -> date | None:
    """The first day of the month or year that the same block named last, for "during the month" after "in January"."""
    named = context.last_period if context.last_period_block == context.block_index else None
    if not match["it"] or named is None or named.granularity != unit or unit not in ("month", "year"):
        return None
    return None if context.looks_ahead(match.end() - 1) else named.first


def normalize_unit_beside(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """The unit before or after the one said last: the night before; without one said shortly before it has no days."""
    part = match["unit"] if match["unit"] in PARTS_OF_DAY else ""
    unit = "day" if part else match["unit"]
    kind: DateKind = "TIME" if part else "DATE"
    base = find_base(context, unit, is_anaphoric=True, or_publication=False)
    current = periods.period_containing(base, unit) if base else None
    period = current and periods.shift_period(current, -1 if match["way"] == "before" else 1)
    if period is None:
        return DateNormalization(kind, "", f"no {unit} to count from", None, unit)
    value = period.value + (f"T{PARTS_OF_DAY[part]}" if part else "")
    return DateNormalization(kind, value, f"{unit} counted from {base}", period, period.granularity)


def normalize_year_end(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """The end of a year ("year-end"): the last third of the year of publication."""
    if context.published is None:
        return make_date(None, "publication unknown", granularity="year")
    year = periods.make_year(context.published.year)
    return make_date(year and periods.narrow_to_part(year, "late"), f"end of the year of {context.published}")
