"""Which claims of one event contradict each other: what is denied, what is affirmed, and of which days."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from pipeline.compare import Polarity, find_agreement
from pipeline.records import Claim, Denial

MARCH = date(2025, 3, 1)


def told(status: str, reporter: str, claim_id: str = "", **fields: Any) -> Claim:
    values: dict[str, Any] = {"published": MARCH, "stance": "states", "doc_id": reporter, "sentence": status} | fields
    return Claim(
        claim_type="closure", event_id="e1", event_status=status, claim_id=claim_id or reporter, reporter=reporter,
        file=f"{reporter}.txt", claim_text="the mine", confidence=0.9, start=0, end=1, **values,
    )  # fmt: skip


PLAIN = Polarity()


def contradict(first: Claim, second: Claim, polarity: Polarity = PLAIN) -> bool:
    answers = {
        tuple(sorted((claim_id, agreement.conflicts) for claim_id, agreement in found.items() if agreement.conflicts))
        for order in permutations((first, second))
        for found in [find_agreement(order, {}, (), polarity)]
    }
    assert answers in (
        {()},
        {tuple(sorted([(first.claim_id, (second.claim_id,)), (second.claim_id, (first.claim_id,))]))},
    )
    return answers != {()}


DENIED = told("denied", "Brandt")


@pytest.mark.parametrize("status", ["occurred", "ongoing", "planned"])
def test_what_one_source_denies_and_another_affirms(status: str) -> None:
    assert contradict(DENIED, told(status, "Dahl"))


@pytest.mark.parametrize(
    "other",
    [
        # A change of mind, also where somebody else joins in.
        told("planned", "Brandt", "c2"),
        told("planned", "Brandt | Dahl"),
        told("planned", "Dahl", stance="believes"),
        told("planned", "Dahl", stance="demands"),
        # Weeks later the council has decided anew.
        told("planned", "Dahl", published=date(2025, 5, 1)),
        told("possible", "Dahl"),
        told("hypothetical", "Dahl"),
        told("reversed", "Dahl"),
        told("denied", "Dahl"),
    ],
)
def test_what_is_no_contradiction(other: Claim) -> None:
    assert not contradict(DENIED, other)


def test_the_article_itself_only_names_the_event() -> None:
    named = told("planned", "The Larner", stance="", doc_id="Brandt", sentence="denied")
    assert not contradict(DENIED, named)  # "Brandt, who fought the closure, says that the mine stays open."
    elsewhere = told("planned", "The Larner", stance="")
    assert contradict(DENIED, elsewhere)
    assert not contradict(DENIED, elsewhere, Polarity(taking_up={"The Larner"}))  # "the closure"
    assert contradict(DENIED, told("planned", "Dahl"), Polarity(taking_up={"Dahl"}))


def test_only_the_same_days_contradict() -> None:
    may: dict[str, Any] = {"date_start": date(2025, 5, 1), "date_end": date(2025, 5, 31)}
    june: dict[str, Any] = {"date_start": date(2025, 6, 1), "date_end": date(2025, 6, 30)}
    assert contradict(told("denied", "Brandt", **may), told("planned", "Dahl", **may))
    assert not contradict(told("denied", "Brandt", **may), told("planned", "Dahl", **june))
    assert contradict(told("denied", "Brandt", **may), told("planned", "Dahl"))
    assert not contradict(told("denied", "Brandt", **may), told("occurred", "Dahl"))  # what is to come leaves that open


@pytest.mark.parametrize(
    ("denial", "status", "fields", "answer"),
    [
        # "will not close", "has closed".
        ("plan", "occurred", {}, False),
        ("plan", "ongoing", {}, True),
        ("plan", "planned", {}, True),
        # "has not closed", "will close".
        ("deed", "planned", {}, False),
        ("deed", "occurred", {}, True),
        # "must not close".
        ("opposition", "planned", {}, False),
        # "is open", "closed", some days apart or on nobody knows which days.
        ("state", "planned", {}, False),
        ("state", "occurred", {"published": date(2025, 3, 3)}, True),
        ("state", "occurred", {"published": date(2025, 3, 9)}, False),
        ("state", "occurred", {"published": None}, False),
        ("", "planned", {}, True),
    ],
)
def test_what_is_denied_tells_what_it_contradicts(
    denial: Denial, status: str, fields: dict[str, Any], answer: bool
) -> None:
    assert contradict(DENIED, told(status, "Dahl", **fields), Polarity(denials={"Brandt": denial})) == answer


def test_an_article_that_quotes_both_sides_only_tells_what_led_to_it() -> None:
    # "Brandt closed the strait in May. Brandt says that it has closed it anew. Dahl says that it is open."
    open_now = told("denied", "Dahl", doc_id="d1", sentence="Dahl says that it is open.")
    before = told("occurred", "The Larner", stance="", doc_id="d1", sentence="It was closed in May.")
    polarity = Polarity(denials={"Dahl": "state"})
    assert contradict(open_now, before, polarity)
    closed = told("occurred", "Brandt", doc_id="d1", sentence="Brandt says that it has closed it.")
    found = find_agreement([before, closed, open_now], {}, (), polarity)
    assert found["Dahl"].conflicts == ("Brandt",)


def test_a_plan_that_is_given_up_is_no_contradiction() -> None:
    plan = told("planned", "The Larner", stance="", published=date(2025, 2, 1))
    given_up = told("denied", "The Osker", stance="")
    assert not contradict(given_up, plan)  # "plans to close the mine"; "has decided not to close it"
    assert contradict(given_up, told("planned", "The Larner", stance=""))  # on one day
    assert contradict(given_up, told("planned", "The Larner", stance="", published=date(2025, 2, 27)))


def test_what_a_paper_has_learned_it_states() -> None:
    learned = told("planned", "the Larner", stance="believes", publisher="The Larner")
    assert contradict(DENIED, learned)
    assert not contradict(DENIED, told("planned", "the Larner", stance="believes", publisher="The Osker"))


def test_nobody_knows_how_many_weeks_lie_between_articles_of_which_one_has_no_day() -> None:
    assert not contradict(DENIED, told("planned", "Dahl", published=None))
    assert contradict(told("denied", "Brandt", published=None), told("planned", "Dahl", published=None))


def test_who_denies_that_it_is_undone_affirms_that_it_goes_on() -> None:
    stays = Polarity(undoing={"Brandt"})
    assert not contradict(DENIED, told("occurred", "Dahl"), stays)  # "will not reopen", "has closed"
    assert contradict(DENIED, told("denied", "Dahl"), stays)  # "will not reopen", "never closed"
    assert contradict(DENIED, told("reversed", "Dahl"), stays)  # "will not reopen", "reopened", on one day
    later = date(2025, 3, 9)
    assert not contradict(DENIED, told("reversed", "Dahl", published=later), stays)
    may: dict[str, Any] = {"date_start": date(2025, 5, 1), "date_end": date(2025, 5, 31)}
    assert contradict(told("denied", "Brandt", **may), told("reversed", "Dahl", published=later, **may), stays)


def test_two_who_deny_the_undoing_agree() -> None:
    assert not contradict(DENIED, told("denied", "Dahl"), Polarity(undoing={"Brandt", "Dahl"}))


@pytest.mark.parametrize("status", ["planned", "possible"])
def test_who_affirms_and_denies_in_one_sentence_denies_something_else(status: str) -> None:
    both = [told("denied", "Brandt", "c1", sentence="It ends."), told(status, "Brandt", "c2", sentence="It ends.")]
    other = told("planned", "Dahl")
    assert not any(agreement.conflicts for agreement in find_agreement([*both, other], {}, ()).values())
    assert contradict(both[0], other)


def test_who_names_the_event_and_denies_it_in_one_sentence_denies_it() -> None:
    # "The union, which fought the closure, says that the mine will not close."
    both = [told("denied", "Brandt", "c1", sentence="It ends."), told("planned", "Brandt", "c2", sentence="It ends.")]
    found = find_agreement([*both, told("planned", "Dahl")], {}, (), Polarity(taking_up={"c2"}))
    assert {claim_id for claim_id, agreement in found.items() if agreement.conflicts} == {"c1", "Dahl"}
