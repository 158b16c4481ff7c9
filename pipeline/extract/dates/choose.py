"""Which of the years around publication a month, a day, a season or a holiday belongs to."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from pipeline.extract.dates.context import Context
from pipeline.extract.dates.periods import Period

#: What may stand before a weekday or a season.
WHICH = r"(?:last|this past|this coming|this|next|past|coming|previous|following)"
_STEPS = {"this": 0, "last": -1, "next": 1}


def said_year(match: re.Match[str], context: Context) -> int | None:
    """The year a later part of the phrase names: "2019", "last year", "that year"; None when it names none."""
    words = match["year"]
    if not words:
        return None
    if words.isdigit():
        return int(words)
    if words in ("that year", "the same year"):
        near = context.near()
        return near.first.year if near else None
    return context.published.year + _STEPS[words.split()[0]] if context.published else None


def nearest(
    make: Callable[[int], Period | None], explicit: int | None, context: Context, ahead: bool | None = None
) -> Period | None:
    """The period ``make`` gives for the year said, else the one nearest to publication (or on the side asked for)."""
    if explicit is not None:
        return make(explicit)
    published = context.published
    if published is None:
        return None
    around = [period for step in (-1, 0, 1) if (period := make(published.year + step))]
    if ahead is not None:
        around = [p for p in around if (p.last >= published if ahead else p.first <= published)]
    return min(around, key=lambda period: abs((period.first - published).days), default=None)


def strictly(period: Period, make: Callable[[int], Period | None], published: date, ahead: bool) -> Period | None:
    """The period, or for "last" and "next" the one a year off when it holds the publication day."""
    if period.first <= published <= period.last:
        return make(period.first.year + (1 if ahead else -1))
    return period


def side(which: str | None, offset: int, context: Context) -> tuple[bool | None, str]:
    """Which side of publication a month, season or holiday lies on, and the words for it."""
    which = (which or "").split()[-1] if which else ""
    if which in ("last", "past", "previous"):
        return False, "before publication"
    if which in ("next", "coming", "following"):
        return True, "after publication"
    if which == "this" or context.is_deadline(offset):
        return None, "nearest to publication"
    if context.looks_ahead(offset):
        return True, "after publication (the verb looks ahead)"
    if context.direction(offset) == "past":
        return False, "on or before publication"
    return None, "nearest to publication"
