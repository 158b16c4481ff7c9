"""Which of the years around publication a month, a day, a season or a holiday belongs to."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from pipeline.extract.dates.context import DateContext
from pipeline.extract.dates.periods import Period

#: What may stand before a weekday or a season.
WHICH = r"(?:last|this past|this coming|this|next|past|coming|previous|following)"
#: Words before "year" to years from that of publication.
_YEAR_STEPS = {"this": 0, "last": -1, "next": 1}
#: After these the period that holds the publication day is not meant: "last May", said in May, is a year ago.
_NOT_CURRENT = ("last", "past", "next")
#: How many times farther a day ahead seems where no verb tells: "the April vote", said in November, was last April's.
_AHEAD = 2
#: Gives the month, day, season or holiday that a year has; None when it has none (29 February).
PeriodOfYear = Callable[[int], Period | None]


def find_explicit_year(match: re.Match[str], context: DateContext, group: str = "year") -> int | None:
    """The year named in a group of a match: "2019", "last year", "that year"; None when it names none.

    "last year" needs a publication date, "that year" a period mentioned shortly before.
    """
    words = match[group]
    if not words:
        return None
    if words.isdigit():
        return int(words)
    if words in ("that year", "the same year"):
        recent = context.recent_period()
        return recent.first.year if recent else None
    return context.published.year + _YEAR_STEPS[words.split()[0]] if context.published else None


def find_nearest_period(
    period_of_year: PeriodOfYear,
    explicit_year: int | None,
    context: DateContext,
    ahead: bool | None = None,
    *,
    prefers_past: bool = False,
) -> Period | None:
    """The period of the year named, else of the year that puts it nearest to publication.

    ``ahead`` restricts it to periods that end on or after publication (True) or begin on or before it (False);
    ``prefers_past`` lets those ahead seem farther. None when neither a year nor a publication date is known.
    """
    if explicit_year is not None:
        return period_of_year(explicit_year)
    published = context.published
    if published is None:
        return None
    periods = [period for step in (-1, 0, 1) if (period := period_of_year(published.year + step))]
    if ahead is not None:
        periods = [period for period in periods if _is_on_side(period, published, ahead)]
    return min(periods, key=lambda period: _distance(period, published, prefers_past), default=None)


def _distance(period: Period, published: date, prefers_past: bool) -> int:
    """Days from publication; those ahead count more where the past is preferred."""
    days = (period.first - published).days
    return days * _AHEAD if days > 0 and prefers_past else abs(days)


def is_before_noun(offset: int, context: DateContext) -> bool:
    """Whether the word at ``offset`` describes a noun, so that no verb tells its year: "the April vote"."""
    return context.token_at(offset).dep_ in ("compound", "nmod", "nummod", "poss")


def _is_on_side(period: Period, published: date, ahead: bool) -> bool:
    return period.last >= published if ahead else period.first <= published


def skip_current_period(
    period: Period | None, period_of_year: PeriodOfYear, which: str | None, context: DateContext
) -> Period | None:
    """The period, or the one a year off where "last" or "next" stands before it and it holds the publication day."""
    published = context.published
    if which not in _NOT_CURRENT or period is None or published is None:
        return period
    if not period.first <= published <= period.last:
        return period
    return period_of_year(period.first.year + (1 if which == "next" else -1))


def choose_side(which: str | None, offset: int, context: DateContext) -> tuple[bool | None, str]:
    """Which side of publication a month, season or holiday at ``offset`` lies on, and the words for it.

    By ``which``, the word before it ("last", "next", "this"), else by the tense of the verb around it. The side is True
    for after publication, False for on or before it, None when the nearest is meant.
    """
    last_word = which.split()[-1] if which else ""
    if last_word in ("last", "past", "previous"):
        return False, "before publication"
    if last_word in ("next", "coming", "following"):
        return True, "after publication"
    if last_word == "this":
        return None, "nearest to publication"
    if context.is_deadline(offset):
        direction = context.verb_direction(offset)
        if direction == "past":  # "by April 20 flights had resumed"
            return False, "on or before publication"
        if direction == "future":  # "will stay shut until April"
            return True, "after publication (the verb looks ahead)"
        return None, "nearest to publication"
    if context.looks_ahead(offset):
        return True, "after publication (the verb looks ahead)"
    if context.verb_direction(offset) == "past":
        return False, "on or before publication"
    return None, "nearest to publication"
