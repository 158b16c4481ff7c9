"""Whether what is told of when two events took place makes them two: one thing may close in March and again in June.

News dates what it tells: a past-tense verb by the day on which the event began ("closed on Monday"), a plan by the day
on which it will. Two mentions of one event agree in these days but for some weeks, as plans are put off, shops close
one after the other, and days may be resolved wrongly.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from pipeline.records import Days, Occasion

#: Days between two dates of the beginning of one event at most. Set by hand: a rota of strikes closes a school every
#: other week, a fire and a flood seldom in one month.
_MOST_APART = 14
#: Days by which an event may come later than the day it was planned for, and than a month or a year: closings are put
#: off. Set by hand.
_MOST_LATE, _MOST_LATE_ROUGHLY = 30, 90
#: Days of a month: what began in one year may have begun in any of its months.
_MONTH = 31


def join_occasions(first: Occasion, second: Occasion) -> Occasion:
    """What both tell of when it takes place."""
    if not (first.begun or first.planned or first.undone_by or first.is_repeated):
        return second
    undone = [day for day in (first.undone_by, second.undone_by) if day is not None]
    planned_on = [day for day in (first.planned_on, second.planned_on) if day is not None]
    return Occasion(
        begun=tuple(sorted({*first.begun, *second.begun})),
        planned=tuple(sorted({*first.planned, *second.planned})),
        planned_on=max(planned_on, default=None),
        undone_by=min(undone, default=None),
        is_repeated=first.is_repeated or second.is_repeated,
    )


def are_other_occasions(first: Occasion, second: Occasion) -> bool:
    """Whether the days tell that one began when the other was over, or not when the other did."""
    if first.begun and second.begun:
        return _days_apart(first.begun, second.begun) > _MOST_APART
    return _is_before(first, second) or _is_before(second, first)


def _is_before(first: Occasion, second: Occasion) -> bool:
    """Whether the second begins after the first was undone, or so long after its day, or when it had begun already."""
    begins = [days[0] for days in (*second.begun, *second.planned)]
    if first.undone_by is not None and begins and not (first.begun or first.planned):
        return first.undone_by < min(begins)
    if first.begun and second.planned and not second.begun:
        has_begun = second.planned_on is None or max(days[1] for days in first.begun) < second.planned_on
        return has_begun and _is_after(second.planned, first.begun, _MOST_APART)
    if first.planned and second.begun and not first.begun:
        is_day = all(start == end for start, end in first.planned)
        return _is_after(second.begun, first.planned, _MOST_LATE if is_day else _MOST_LATE_ROUGHLY)
    return _is_planned_anew(first, second)


def _is_planned_anew(earlier: Occasion, later: Occasion) -> bool:
    """Whether the day that it was planned for had passed when it was still told of as to come."""
    if not (earlier.planned and later.planned) or later.planned_on is None:
        return False
    has_passed = max(days[1] for days in earlier.planned) < later.planned_on
    return has_passed and _is_after(later.planned, earlier.planned, _MOST_APART)


def began_together(first: Occasion, second: Occasion) -> bool:
    """Whether both tell that it began in the same days, or month: "on 8 February", "in February"."""
    one, two = (
        [(start, end) for start, end in occasion.begun if end - start <= timedelta(_MONTH)]
        for occasion in (first, second)
    )
    return bool(one and two) and _days_apart(one, two) <= 0


def agree(first: Occasion, second: Occasion) -> bool:
    """Whether both tell the same of when it began or is to begin, or both that it is over."""
    if first.undone_by is not None and second.undone_by is not None:
        return True
    stretches = ((first.begun, second.begun), (first.planned, second.planned))
    return any(one and two and _days_apart(one, two) <= 0 for one, two in stretches)


def _is_after(later: Collection[Days], earlier: Collection[Days], most: int) -> bool:
    """Whether all stretches of the one begin more than ``most`` days after the end of all of the other."""
    return min(days[0] for days in later) - max(days[1] for days in earlier) > timedelta(most)


def _days_apart(first: Collection[Days], second: Collection[Days]) -> int:
    """Days between the nearest stretches; 0 or less where two overlap."""
    return min(max((one[0] - two[1]).days, (two[0] - one[1]).days) for one in first for two in second)
