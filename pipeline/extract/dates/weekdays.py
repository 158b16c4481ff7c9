"""Weekdays, resolved against the publication date; without one they keep an XXXX form and no days."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.extract.dates import periods
from pipeline.extract.dates.choose import WHICH
from pipeline.extract.dates.context import Context, Reading
from pipeline.extract.dates.words import PART_OF_DAY, PARTS_OF_DAY, WEEKDAY, WEEKDAYS
from pipeline.records import DateKind

WEEKDAY_RULE = (
    r"(?:(?P<daytime>early|late|later|earlier|midday|noon|midnight|mid-morning|mid-afternoon)(?: on)? )?"
    rf"(?:(?:the )?(?P<which>{WHICH}|that) )?(?P<weekday>{WEEKDAY})(?: (?P<pod>{PART_OF_DAY}|noon|midday|midnight))?"
)


def weekday(match: re.Match[str], context: Context) -> Reading | None:
    """A weekday: the latest on or before publication, unless "next" or the verb looks ahead."""
    at = match.start("weekday")
    if not context.is_capital(at) or _is_name(match, context):
        return None
    number = WEEKDAYS[match["weekday"]]
    suffix = _suffix(match["pod"] or match["daytime"])
    kind: DateKind = "TIME" if suffix else "DATE"
    said = match["which"] == "that" and context.token_at(match.start("which")).tag_ != "IN"
    if context.published is None or said:
        reason = "publication unknown" if context.published is None else "of no known week"
        return Reading(kind, f"XXXX-WXX-{number + 1}{suffix}", f"weekday, {reason}", None, "day")
    when, reason = _near(number, (match["which"] or "").split()[-1:], at, context, context.published)
    period = periods.of_day(when)
    return Reading(kind, period.value + suffix, reason, period, "day")


_NAMED_DAYS = frozenset({"black", "bloody", "super", "cyber", "fat", "ash", "palm", "maundy", "giving"})
_AFTER_IN_NAMES = re.compile(r"\s(?:Times|Telegraph|Mail|Mirror|Post|Express|Herald|Night|Star|Review)\b")


def _is_name(match: re.Match[str], context: Context) -> bool:
    """Whether the weekday is part of a name: Black Friday, the Sunday Times."""
    before = context.token_at(match.start()).i - 1
    if before >= 0 and context.doc[before].lower_ in _NAMED_DAYS:
        return True
    return _AFTER_IN_NAMES.match(context.article.text, match.end("weekday")) is not None


def _near(number: int, which: list[str], offset: int, context: Context, published: date) -> tuple[date, str]:
    back = (published.weekday() - number) % 7
    if which in (["last"], ["past"]):
        return published - timedelta(back or 7), f"weekday before publication {published}"
    anchor = context.near()
    if which in (["previous"], ["following"]) and anchor and anchor.granularity == "day":
        step = (anchor.first.weekday() - number) % 7 or 7
        near = anchor.first - timedelta(step) if which == ["previous"] else anchor.first + timedelta(7 - step or 7)
        return near, f"weekday next to {anchor.value}"
    if which == ["this"] and back and context.direction(offset) != "past":
        return published + timedelta(7 - back), f"weekday after publication {published}"
    if which in (["next"], ["coming"]) or (back and context.looks_ahead(offset)):
        return published + timedelta(7 - back), f"weekday after publication {published}"
    return published - timedelta(back), f"weekday on or before publication {published}"


def _suffix(word: str | None) -> str:
    """The TIMEX3 part of the day of "night" or "noon"; "early" and "late" name none."""
    if not word:
        return ""
    last = word.split("-")[-1]
    if last in PARTS_OF_DAY:
        return f"T{PARTS_OF_DAY[last]}"
    return {"noon": "T12:00", "midday": "T12:00", "midnight": "T24:00"}.get(last, "")
