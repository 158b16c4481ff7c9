"""Attributions that only a misread clause makes are none; what looks like them and is one stays."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents

NO_CLAIMS = [
    # a participle is not the sentence's verb
    "Some of the cuts announced this week are coming from schools.",
    "Nails found at the mill are identical to those in his shed.",
    # seen, and not said
    "Sparks were seen flying from the barn while the wind rose.",
    "Opponents have seen their ranks swell for weeks.",
    "Soldiers retrieved what appeared to be the wreck of a car.",
    "Aerials show the fire at the plant.",
    # a heading asks
    "What is expected to happen next?",
    # nobody is told to have asked
    "The delay raises questions about whether the ferry is safe.",
    "There is the question of whether the warden will go.",
    # when it was said
    "Holm said late on Tuesday.",
    # an object alone is no accusation, and results that remain untold are none
    "Private Holm charged the nearest post and took it.",
    "The bank reported its results for the third quarter on Thursday.",
]

CLAIMS = [
    ("Guests had questions about whether the ferry was safe.", [("Guests", "about whether the ferry was safe")]),
    # to the parser an object
    (
        "The law firm Holm and Brandt said that in the weeks of the drought it was getting letters.",
        [("The law firm Holm and Brandt", "that in the weeks of the drought it was getting letters")],
    ),
    ("Half of the nurses said they were tired.", [("Half of the nurses", "they were tired")]),
    ("The mill is among those the navy said were unsafe.", [("the navy", "those were unsafe")]),
    ("Critics saw the plan as a gift to banks.", [("Critics", "the plan as a gift to banks")]),
    ("Larn Records reported a loss of two million pounds.", [("Larn Records", "a loss of two million pounds")]),
    ("Prosecutors charged Holm with fraud.", [("Prosecutors", "Holm with fraud")]),
]


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_a_misread_clause_is_no_claim(text: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses) == []


@pytest.mark.parametrize(("text", "quotes"), CLAIMS)
def test_what_looks_like_one_stays(text: str, quotes: list[tuple[str, str]], parses: Parses) -> None:
    assert sources_and_contents(text, parses) == quotes
