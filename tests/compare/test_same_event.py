"""Which closures are one event: only what is clearly the same shares a line."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pipeline.compare.events import group_events
from pipeline.records import Claim

MARCH: dict[str, Any] = {"date_start": date(2025, 3, 1), "date_end": date(2025, 3, 31)}
APRIL: dict[str, Any] = {"date_start": date(2025, 4, 1), "date_end": date(2025, 4, 30)}
DAY: dict[str, Any] = {"date_start": date(2025, 3, 14), "date_end": date(2025, 3, 14)}


def closure(target: str, doc: str = "a", **fields: Any) -> Claim:
    values: dict[str, Any] = {
        "claim_type": "closure",
        "target_kind": "plant or mine",
        "claim_text": target,
        "confidence": 0.9,
    } | fields
    return Claim(target=target, claim_id=f"c{target}{doc}", doc_id=doc, file=f"{doc}.txt", start=0, end=1, **values)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(closure("the clinic"), closure("The\nclinic"), id="same words, one article"),
        pytest.param(closure("its clinic", place=("Orme",)), closure("the clinic", "b", place=("Orme",)), id="place"),
        pytest.param(closure("its mill", actor="Lund AB"), closure("the mill", "b", actor="Lund AB"), id="actor"),
        pytest.param(closure("the Alder Street Library"), closure("Alder Street Library", "b"), id="a name"),
        pytest.param(
            closure("its bottle plant in Orme", place=("Orme",), **MARCH),
            closure("the Orme plant", "b", place=("Orme", "Fife"), **DAY),
            id="kind, place and overlapping days",
        ),
        pytest.param(
            closure("the pass", **MARCH), closure("the pass", event_status="reversed", **APRIL), id="reopened"
        ),
        pytest.param(closure("the mill", place=("Orme, Fife",)), closure("the mill", place=("Orme",)), id="fuller"),
    ],
)
def test_what_is_clearly_one_event(first: Claim, second: Claim) -> None:
    assert group_events([first, second]) == ((first, second),)
    assert group_events([second, first]) == ((second, first),)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(closure("the clinic"), closure("the clinic", "b"), id="bare words of two articles"),
        pytest.param(closure(""), closure(""), id="no target"),
        pytest.param(closure("the mill"), closure("the mill", claim_type="strike"), id="another type"),
        pytest.param(closure("the mill", actor="Lund AB"), closure("the mill", actor="Rask Oy"), id="another actor"),
        pytest.param(closure("the mill", place=("Orme",)), closure("the mill", place=("Ulm",)), id="another place"),
        pytest.param(closure("the mill", **MARCH), closure("the mill", **APRIL), id="days apart"),
        pytest.param(
            closure("the pass", **APRIL), closure("the pass", event_status="reversed", **MARCH), id="reopened before"
        ),
        pytest.param(
            closure("the primary school", place=("Orme",), target_kind="school", **MARCH),
            closure("the high school", "b", place=("Orme",), target_kind="school", **MARCH),
            id="two of a kind in one place",
        ),
        pytest.param(
            closure("the plant", place=("Orme",)),
            closure("the bottle plant", "b", place=("Orme",)),
            id="no days",
        ),
        pytest.param(
            closure("the Royal Norwegian embassy", target_kind="diplomatic mission"),
            closure("the Royal Norwegian embassy", "b", target_kind="diplomatic mission"),
            id="a country has many embassies",
        ),
        pytest.param(
            closure("its gym", place=("Orme",), target_kind="other", **MARCH),
            closure("the old gym", "b", place=("Orme",), target_kind="other", **MARCH),
            id="a kind that says nothing",
        ),
    ],
)
def test_what_is_not(first: Claim, second: Claim) -> None:
    assert group_events([first, second]) == ((first,), (second,))


def test_a_claim_without_days_does_not_tie_two_events_together() -> None:
    march, open_, april = closure("the mill", **MARCH), closure("the mill"), closure("the mill", **APRIL)
    assert group_events([march, open_, april]) == ((march, open_), (april,))


def test_copies_of_a_story_count_as_one_article() -> None:
    first, second = closure("the clinic"), closure("the clinic", "b")
    assert group_events([first, second], {"b": "a.txt"}) == ((first, second),)


def test_quotes_are_no_events() -> None:
    assert group_events([closure("the mill", claim_type="quote")]) == ()
