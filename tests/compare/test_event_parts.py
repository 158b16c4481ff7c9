"""Which event is a part of another: a whole and its member are linked, never one."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from pipeline.compare import EventInArticle, Match, cluster_events, event_parts, find_parts, match_part
from tests.compare.test_event_pairs import WORDS, event, in_one_article

FIVE = event("a", "mine", owners=("brandt",), is_plural=True, counts=(5,))


def parts_of(*events: EventInArticle) -> dict[str, str]:
    clusters = cluster_events(events, WORDS, {})
    assert len(clusters) == len(events)  # never merged
    return find_parts(events, clusters, WORDS)


@pytest.mark.parametrize(
    ("rule", "whole", "part"),
    [
        # "five mines", "the mine at Alder".
        (
            "counted in one article",
            event("a", "mine", is_plural=True, counts=(5,)),
            event("b", "mine", names=("alder",)),
        ),
        ("counted in one article", FIVE, event("b", "mine", is_plural=True, counts=(3,))),
        (
            "same side or name in one article",
            event("a", "mine", actors=("brandt",), is_plural=True),
            event("b", "pit", names=("alder",), owners=("brandt",)),
        ),
        (
            "same side or name in one article",
            event("a", "mine", towns=("larn", "alder"), is_plural=True),
            event("b", "mine", towns=("alder",)),
        ),
    ],
)
def test_what_is_a_part(rule: str, whole: EventInArticle, part: EventInArticle) -> None:
    whole, part = in_one_article(whole, part)
    assert match_part(whole, part, WORDS).rule == rule
    for order in permutations((whole, part)):
        assert parts_of(*order) == {"b": "a"}


def test_articles_that_name_one_owner_are_compared() -> None:
    part = event("b", "mine", names=("alder",), owners=("brandt",), days=30)
    assert match_part(FIVE, part, WORDS).rule == "same owner"
    assert parts_of(FIVE, part) == {"b": "a"}
    assert parts_of(FIVE, event("b", "mine", names=("alder",), owners=("brandt",), days=90)) == {}


@pytest.mark.parametrize(
    ("rule", "whole", "part"),
    [
        ("no whole and part", event("a", "mine"), event("b", "mine", names=("alder",))),
        ("no whole and part", FIVE, event("b", "mine", names=("alder",), is_plural=True)),
        ("no whole and part", FIVE, event("b", "mine", is_plural=True, counts=(6,))),
        ("no whole and part", FIVE, event("b", "mine", names=("alder",), type="strike")),
        # "the mine" may be all of them, spoken of loosely.
        ("unnamed part", FIVE, event("b", "mine", owners=("brandt",))),
        ("other side, country or year", FIVE, event("b", "mine", names=("alder",), owners=("blake",))),
        (
            "other side, country or year",
            event("a", "embassy", countries=("NOR",), is_plural=True, counts=(5,)),
            event("b", "embassy", countries=("DNK",)),
        ),
        ("other noun", FIVE, event("b", "school", names=("alder",))),
        (
            "other place",
            event("a", "mine", towns=("larn",), is_plural=True, counts=(2,)),
            event("b", "mine", towns=("alder",)),
        ),
        ("no other rule", event("a", "mine", is_plural=True), event("b", "mine", names=("alder",))),
    ],
)
def test_what_is_not(rule: str, whole: EventInArticle, part: EventInArticle) -> None:
    whole, part = in_one_article(whole, part)
    assert match_part(whole, part, WORDS).rule == rule
    assert "b" not in find_parts([whole, part], [["a"], ["b"]], WORDS)


def test_a_part_of_several_is_one_of_that_which_ties_it_most_often() -> None:
    three = event("c", "mine", owners=("brandt",), is_plural=True, counts=(3,), days=1)
    alder = event("b", "mine", names=("alder",), owners=("brandt",))
    again = event("d", "mine", names=("alder",), owners=("brandt",), days=1)
    events = [*in_one_article(FIVE, alder), three, again]
    clusters = cluster_events(events, WORDS, {})
    assert sorted(clusters) == [["a"], ["b", "d"], ["c"]]
    assert find_parts(events, clusters, WORDS) == {"b": "a", "c": "a"}


def test_a_name_that_thousands_share_costs_no_square(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[Match] = []

    def counted(*pair: Any) -> Match:
        compared.append(match_part(*pair))
        return compared[-1]

    monkeypatch.setattr(event_parts, "match_part", counted)
    wholes = [event(f"{number:05}", "mine", owners=("brandt",), is_plural=True, counts=(9,)) for number in range(1000)]
    part = event("p", "mine", names=("alder",), owners=("brandt",))
    events = [*wholes, part]
    assert len(find_parts(events, [[event.profile.event_id] for event in events], WORDS)) == 1
    assert 0 < len(compared) <= 2 * len(events) * event_parts._MOST_WHOLES
