"""Whether days tell two occasions: when something began, was to begin, or was over."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

import pytest

from pipeline.knowledge.events.occasions import agree, are_other_occasions, join_occasions
from pipeline.records import Days, Occasion

FIRST = date(2025, 3, 3)


def day(number: int) -> date:
    """The day so many days after FIRST."""
    return FIRST + timedelta(number)


def days(first: int, last: int | None = None) -> tuple[Days, ...]:
    """One stretch of days, counted from FIRST."""
    return ((day(first), day(first if last is None else last)),)


def planned(told: int, first: int, last: int | None = None) -> Occasion:
    """A plan for some days, told on day ``told``."""
    return Occasion(planned=days(first, last), planned_on=day(told))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # "closed on Monday" in March and in June.
        (Occasion(begun=days(0)), Occasion(begun=days(90))),
        # "closed on Monday", three months later "will close on Friday".
        (Occasion(begun=days(0)), planned(90, 94)),
        # "will close on Monday", "closed on Friday" two months later: no plan is so late.
        (planned(0, 4), Occasion(begun=days(60))),
        # "will close on Monday", and when that has passed "will close on Friday".
        (planned(0, 4), planned(60, 64)),
        # "reopened on Monday", later "closed on Friday" or "will close on Friday".
        (Occasion(undone_by=day(0)), Occasion(begun=days(4))),
        (Occasion(undone_by=day(0)), planned(2, 4)),
    ],
)
def test_days_that_tell_two(first: Occasion, second: Occasion) -> None:
    for one, two in permutations((first, second)):
        assert are_other_occasions(one, two)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Occasion(), Occasion(begun=days(0))),
        # "closed on Monday", "closed in March".
        (Occasion(begun=days(0)), Occasion(begun=days(-2, 28))),
        # Shops close one after the other.
        (Occasion(begun=days(0)), Occasion(begun=days(14))),
        # A plan that comes about in time, somewhat late, or sooner than was meant.
        (planned(0, 30), Occasion(begun=days(30))),
        (planned(0, 30), Occasion(begun=days(60))),
        (planned(0, 28, 58), Occasion(begun=days(140))),
        (planned(0, 200), Occasion(begun=days(40))),
        # A plan that is put off before its day has come.
        (planned(0, 30), planned(20, 90)),
        # "closed on Monday", "reopened on Friday".
        (Occasion(begun=days(0)), Occasion(undone_by=day(4))),
        (planned(0, 4), Occasion(undone_by=day(90))),
    ],
)
def test_days_that_may_be_of_one(first: Occasion, second: Occasion) -> None:
    for one, two in permutations((first, second)):
        assert not are_other_occasions(one, two)


def test_what_mentions_tell_of_one_occasion_is_put_together() -> None:
    closed, reopened = Occasion(begun=days(0), is_repeated=True), Occasion(undone_by=day(9))
    both = Occasion(begun=days(0), undone_by=day(9), is_repeated=True)
    assert join_occasions(Occasion(), closed) == closed
    assert join_occasions(closed, Occasion()) == closed
    assert join_occasions(closed, reopened) == join_occasions(reopened, closed) == both
    assert join_occasions(both, Occasion(undone_by=day(5))).undone_by == day(5)
    assert join_occasions(planned(0, 4), planned(2, 4)) == planned(2, 4)


def test_articles_agree_that_tell_the_same_days() -> None:
    assert agree(Occasion(begun=days(0)), Occasion(begun=days(0, 6)))
    assert agree(Occasion(undone_by=day(0)), Occasion(undone_by=day(9)))
    assert not agree(Occasion(begun=days(0)), Occasion(begun=days(1)))
    assert not agree(Occasion(begun=days(0)), Occasion(undone_by=day(0)))
