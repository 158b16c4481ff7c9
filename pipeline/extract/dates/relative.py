"""Calendar units said relative to publication or to the last date said: last week, two years ago, the next day."""

from __future__ import annotations

import re
from datetime import date

from pipeline.extract.dates import periods
from pipeline.extract.dates.context import Context, Reading, dated, fiscal, undated
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.words import (
    ABOUT,
    BIG_UNIT,
    LEAD,
    NUMBER,
    PART_OF_DAY,
    PARTS_OF_DAY,
    UNIT,
    VAGUE,
    duration,
    number_of,
    part_of,
    unit_of,
)
from pipeline.records import DateKind

DEICTIC_DAY = (
    r"(?:(?P<daytime>early|late|earlier|later|mid-morning|mid-afternoon|midday|noon|midnight) )?"
    r"(?:(?P<day>the day before yesterday|the day after tomorrow|today|yesterday|tomorrow)"
    rf"(?: (?P<pod>{PART_OF_DAY}))?|(?P<night>tonight|last night|overnight)|this (?P<pod2>{PART_OF_DAY})"
    rf"|(?P<next>the (?:next|following)) (?P<pod3>{PART_OF_DAY}))"
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
AGO = (
    rf"{ABOUT}(?:(?:the|a) )?(?P<number>{NUMBER}|{VAGUE}|half an?|a half|an?)(?P<and> and a half)?"
    rf"(?: or (?:so|{NUMBER}))? (?:more |full |short |long )?(?P<unit>{UNIT})(?: or so)?"
    r" (?P<way>ago|earlier|later|from now|hence|previously|prior)"
)
_UNIT_END = r"(?! (?:of|that|when|before|after|ended|ending|to|two|\d)|-)"
THE_UNIT = (
    r"(?:(?P<part>early|late|earlier|later) in |(?P<edge>(?:the )?(?:end|beginning|start|middle|rest) of ))"
    rf"the (?:(?P<kind>fiscal) |calendar )?(?P<unit>day|week|month|year|decade|century){_UNIT_END}"
    r"|(?:for|of|in|during|over|on|throughout) "
    rf"(?P<it>the (?:(?:full|calendar) )?(?P<unit2>week|month|year)){_UNIT_END}"
)
YEAR_END = r"(?:(?:the|late) )?(?:year-end|year's end|year end)"

_FISCAL = frozenset({"fiscal", "financial", "business", "school", "academic"})
_ANCHORED = frozenset({"previous", "prior", "preceding", "following", "same", "that"})
_STEPS = {
    "last": -1, "past": -1, "latest": -1, "previous": -1, "prior": -1, "preceding": -1, "next": 1, "coming": 1,
    "upcoming": 1, "following": 1, "this": 0, "current": 0, "same": 0, "that": 0,
}  # fmt: skip


def deictic_day(match: re.Match[str], context: Context) -> Reading | None:
    """Today, yesterday, tomorrow night, this morning, the next morning."""
    words = match["day"] or match["night"] or "today"
    if context.is_named(match.end() - len(match[0].split()[-1])):
        return None
    part = match["pod"] or match["pod2"] or match["pod3"] or ("night" if match["night"] else "")
    suffix = f"T{PARTS_OF_DAY[part]}" if part else _daytime(match["daytime"])
    kind: DateKind = "TIME" if suffix else "DATE"
    base = context.published
    if match["next"]:
        near = context.near()
        base = near.last if near and near.granularity == "day" else None
    if base is None:
        return Reading(kind, "", "no day to count from", None, "day")
    step = {"yesterday": -1, "last night": -1, "overnight": -1, "tomorrow": 1}.get(words, 0)
    step += {"the day before yesterday": -2, "the day after tomorrow": 2}.get(words, 0) + bool(match["next"])
    period = periods.shift(periods.of_day(base), step)
    if period is None:
        return None
    return Reading(kind, period.value + suffix, f"counted from {base}", period, "day")


def _daytime(word: str | None) -> str:
    return {
        "mid-morning": "TMO", "mid-afternoon": "TAF", "midday": "T12:00", "noon": "T12:00", "midnight": "T24:00"
    }.get(word or "", "")  # fmt: skip


def unit(match: re.Match[str], context: Context) -> Reading | None:
    """Last week, this year, the following month: the calendar unit, Monday to Sunday, first to last day."""
    words, name = match["which"].split(), match["unit"]
    if context.is_named(match.start("unit")):
        return None
    which = words[-1]
    bare = not (match["part"] or match["edge"])
    if which in ("past", "coming") and words[0] != "this" and bare:
        return undated("DURATION", duration(1, name), "length of time up to or from now")
    anchored = which in _ANCHORED or (which == "next" and match[0].startswith("the next"))
    near = context.near() if anchored else None
    if anchored and near is None and which in ("same", "that", "following"):
        return dated(None, "no day to count from", granularity=name)
    base = near.first if near else context.published
    if base is None or _coarser(near, name):
        return dated(None, "no day to count from", granularity=name)
    whole = periods.containing(base, name)
    period = periods.shift(whole, _STEPS[which]) if whole else None
    if period is None:
        return None
    period = _cut(period, match, None if anchored else context.published)
    reason = f"{name} counted from {base}"
    return fiscal(period, reason) if match["kind"] in _FISCAL else dated(period, reason)


_SIZES = ("day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century")


def _coarser(anchor: Period | None, unit_name: str) -> bool:
    """Whether the date said before is too wide to count such units from: "the next day" after "in 1996"."""
    return anchor is not None and _SIZES.index(anchor.granularity) > _SIZES.index(unit_name)


def _cut(period: Period, match: re.Match[str], published: date | None) -> Period:
    """The part of the period that "earlier", "late" or "the end of" leaves."""
    which = part_of(match["edge"], match["part"])
    if published and which in ("earlier", "later"):
        return periods.since_or_until(period, published, which == "later")
    return periods.part(period, which)


def weekend(match: re.Match[str], context: Context) -> Reading | None:
    """A weekend: the last one begun on or before publication, unless "next" or the verb looks ahead."""
    published, which = context.published, (match["which"] or "").split()[-1:]
    if published is None:
        return dated(None, "publication unknown", "XXXX-WXX-WE", "weekend")
    this = periods.weekend(published)
    begun = published >= this.first
    if which in (["next"], ["coming"], ["following"]):
        step = 1 if begun else 0
    elif which == ["last"]:
        step = -1
    elif which == ["this"]:
        step = -1 if not begun and context.direction(match.end() - 1) == "past" else 0
    elif begun or context.looks_ahead(match.end() - 1):
        step = 0
    else:
        step = -1
    return dated(periods.shift(this, step), f"weekend counted from {published}")


def ago(match: re.Match[str], context: Context) -> Reading | None:
    """Two years ago, six weeks later, 10 days from now; the unit is the grain: two years ago is a whole year."""
    name, way = unit_of(match["unit"]), match["way"]
    back = way in ("ago", "earlier", "previously", "prior")
    count = number_of(match["number"])
    vague = "PAST_REF" if back else "FUTURE_REF"
    if way in ("later", "earlier") and (count is None or name in _FINE):
        return undated("DURATION", duration(count, name), "distance from a time not given as a day")
    if count is None or count != int(count) or match["and"] or match["about"] in _BOUNDS or name in _FINE:
        return undated("DATE", vague, "no exact number of days")
    return _counted(int(-count if back else count), name, way, context)


_FINE = frozenset({"second", "minute", "hour", "weekend"})
#: "more than two years ago" is some time before, no one year.
_BOUNDS = frozenset({"more than", "less than", "fewer than", "over", "under", "at least", "at most", "up to", "within"})


def _counted(count: int, name: str, way: str, context: Context) -> Reading:
    deictic = way in ("ago", "from now", "hence")
    if name == "year" and abs(count) == 1 and context.quarter and way in ("ago", "earlier"):
        moved = periods.shift_years(context.quarter, count)
        return context.compared(moved, f"same quarter a year from {context.quarter.value}")
    if name == "decade":
        count, name = 10 * count, "year"
    elif name == "century":
        count, name = 100 * count, "year"
    near = None if deictic else context.near()
    base = near.first if near else context.published
    if base is None or _coarser(near, name) or (near is None and way == "later"):
        return dated(None, "no day to count from", granularity=name)
    whole = periods.containing(base, name)
    moved = periods.shift(whole, count) if whole else None
    if moved is None:
        return undated("DATE", "PAST_REF" if count < 0 else "FUTURE_REF", "outside the calendar")
    return dated(moved, f"{abs(count)} {name} counted from {base}", granularity=name)


def the_unit(match: re.Match[str], context: Context) -> Reading | None:
    """The week, the year, later in the day: the one of publication, for a day the last one said."""
    name = match["unit"] or match["unit2"]
    near = context.near() if name == "day" else None
    base = near.first if near else context.published
    if base is None or _coarser(near, name):
        return dated(None, "no day to count from", granularity=name)
    whole = periods.containing(base, name)
    period = whole and _cut(whole, match, context.published)
    return fiscal(period, f"{name} of {base}") if match["kind"] else dated(period, f"{name} of {base}")


def year_end(match: re.Match[str], context: Context) -> Reading | None:
    """Year-end: the last third of the year of publication."""
    if context.published is None:
        return dated(None, "publication unknown", granularity="year")
    whole = periods.year(context.published.year)
    return dated(whole and periods.part(whole, "late"), f"end of the year of {context.published}")
