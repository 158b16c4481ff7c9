"""Weekdays, resolved against the publication date; without one they keep an XXXX form and no days."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.extract.dates import periods
from pipeline.extract.dates.choose import WHICH
from pipeline.extract.dates.context import DateContext, DateNormalization
from pipeline.extract.dates.words import PART_OF_DAY, PARTS_OF_DAY, WEEKDAY, WEEKDAYS
from pipeline.records import DateKind

WEEKDAY_RULE = (
    r"(?:(?P<daytime>early|late|later|earlier|midday|noon|midnight|mid-morning|mid-afternoon)(?: on)? )?"
    rf"(?:(?:the )?(?P<which>{WHICH}|that) )?(?P<weekday>{WEEKDAY})(?: (?P<pod>{PART_OF_DAY}|noon|midday|midnight))?"
)
_NEXT_WORD = re.compile(r"\s(\w+)")
#: Characters around a weekday searched for the other end of a range: " through wednesday" has 18.
_RANGE_WINDOW = 24
_RANGE_AFTER = re.compile(rf"\s(?:to|through|thru|and)\s+(?P<end>{WEEKDAY})\b")
_RANGE_BEFORE = re.compile(rf"\b(?P<start>{WEEKDAY})\s(?:to|through|thru|until|till|and)\s+$")
#: Before the first of two weekdays joined by "and", what makes them a range.
_BETWEEN = re.compile(r"\bbetween\s+$")


def normalize_weekday(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A weekday: the latest on or before publication, unless "next" or the verb looks ahead."""
    offset = match.start("weekday")
    if not context.is_capitalized(offset) or _is_in_name(match, context):
        return None
    number = WEEKDAYS[match["weekday"]]
    suffix = _suffix_of_daytime(match["pod"] or match["daytime"])
    kind: DateKind = "TIME" if suffix else "DATE"
    points_back = _points_at_unknown(match, context)
    if context.published is None or points_back:
        reason = "publication unknown" if context.published is None else "of no known week"
        return DateNormalization(kind, f"XXXX-WXX-{number + 1}{suffix}", f"weekday, {reason}", None, "day")
    which = (match["which"] or "").split()[-1:]
    day, reason = _find_in_range(match, number, context, context.published) or _find_day(
        number, which[0] if which else "", offset, context, context.published
    )
    period = periods.day_of(day)
    return DateNormalization(kind, period.value + suffix, reason, period, "day")


def _points_at_unknown(match: re.Match[str], context: DateContext) -> bool:
    """Whether the weekday is one of the story that no day is known for: "that Friday", "the following Tuesday"."""
    if match["which"] == "that":
        return context.token_at(match.start("which")).tag_ != "IN"
    anchor = context.recent_period()
    return match["which"] == "following" and (anchor is None or anchor.granularity != "day")


def _find_in_range(match: re.Match[str], number: int, context: DateContext, published: date) -> tuple[date, str] | None:
    """The day of a weekday at an end of a range, so that it ends after it begins: "from Monday to Wednesday".

    The last day follows the first; where the verb looks back, both are before publication. None outside of a range.
    """
    if match["which"]:
        return None
    text, begin, end = match.string, match.start(), match.end("weekday")
    before = _RANGE_BEFORE.search(text, max(0, begin - _RANGE_WINDOW), begin)
    if before and _is_range(text, before.start("start"), before[0]) and context.last_period:
        first = context.last_period.first
        if context.last_period_block == context.block_index and first.weekday() == WEEKDAYS[before["start"]]:
            return first + timedelta(
                (number - first.weekday()) % 7 or 7
            ), f"weekday after {first}, where its range begins"
    after = _RANGE_AFTER.match(text, end, end + _RANGE_WINDOW)
    if after and _is_range(text, begin, after[0]) and context.verb_direction(match.start("weekday")) == "past":
        last = published - timedelta((published.weekday() - WEEKDAYS[after["end"]]) % 7)
        return last - timedelta((last.weekday() - number) % 7 or 7), f"weekday before {last}, where its range ends"
    return None


def _is_range(text: str, begin: int, joint: str) -> bool:
    """Whether two weekdays are the ends of a range: by "to", or by "and" after "between"."""
    return "and" not in joint.split() or _BETWEEN.search(text, max(0, begin - _RANGE_WINDOW), begin) is not None


def _is_in_name(match: re.Match[str], context: DateContext) -> bool:
    """Whether the weekday is part of a name: Black Friday, the Sunday Times."""
    previous_index = context.token_at(match.start()).i - 1
    if previous_index >= 0 and context.doc[previous_index].lower_ in context.words.before_weekdays:
        return True
    next_word = _NEXT_WORD.match(context.article.text, match.end("weekday"))
    return next_word is not None and next_word[1] in context.words.after_weekdays


def _find_day(number: int, which: str, offset: int, context: DateContext, published: date) -> tuple[date, str]:
    """The day that weekday ``number`` (Monday 0) means after ``which`` ("last", "next", ...), and why."""
    days_back = (published.weekday() - number) % 7
    before = published - timedelta(days_back or 7), f"weekday before publication {published}"
    after = published + timedelta(7 - days_back), f"weekday after publication {published}"
    if which in ("last", "past"):
        return before
    anchor = context.recent_period()
    if which in ("previous", "following") and anchor and anchor.granularity == "day":
        return _find_beside(anchor.first, number, which), f"weekday next to {anchor.value}"
    if which == "this" and days_back and context.verb_direction(offset) != "past":
        return after
    if which in ("next", "coming") or (days_back and context.looks_ahead(offset)):
        return after
    return published - timedelta(days_back), f"weekday on or before publication {published}"


def _find_beside(anchor: date, number: int, which: str) -> date:
    """The previous or following weekday ``number``, counted from another day: "the following Friday"."""
    days_back = (anchor.weekday() - number) % 7 or 7
    return anchor - timedelta(days_back) if which == "previous" else anchor + timedelta(7 - days_back or 7)


def _suffix_of_daytime(word: str | None) -> str:
    """The TIMEX3 part of the day of "night" or "noon"; "early" and "late" name none."""
    if not word:
        return ""
    last = word.split("-")[-1]
    if last in PARTS_OF_DAY:
        return f"T{PARTS_OF_DAY[last]}"
    return {"noon": "T12:00", "midday": "T12:00", "midnight": "T24:00"}.get(last, "")
