"""Claims that a noun resumes for somebody else to deny."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents

RESUMED = [
    ("Nurses say the ward leaks, a charge the trust has denied.", "Nurses", "the trust", "the ward leaks"),
    ("Anglers claimed the lake was dead, an allegation that the works manager rejected.", "Anglers",
     "the works manager", "the lake was dead"),
    ("Guards alleged that keys were sold, a claim the warden dismissed as \"gossip\".", "Guards", "the warden",
     "that keys were sold"),
    ("Drivers say the bridge sways, something the county disputes.", "Drivers", "the county", "the bridge sways"),
    ("\"It sways,\" drivers say, a claim the county denies.", "drivers", "the county", "\"It sways,\""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "claimer", "denier", "content"), RESUMED)
def test_both_have_the_same_content(text: str, claimer: str, denier: str, content: str, parses: Parses) -> None:
    assert sorted(sources_and_contents(text, parses)) == sorted([(claimer, content), (denier, content)])


def test_what_somebody_is_accused_of_is_denied(parses: Parses) -> None:
    text = "Rivals accuse the abbot of lying, allegations he denies."
    assert ("he", "of lying") in sources_and_contents(text, parses)


def test_a_step_is_no_claim_to_deny(parses: Parses) -> None:
    text = "The abbot said he would leave, a step the order rejected."
    assert ("the order", "he would leave") not in sources_and_contents(text, parses)


@pytest.mark.parametrize(
    "text",
    ["Lund faces charges that his lawyers say are absurd.", "Lund rejects the claims, which nurses say are true."],
)
def test_a_clause_about_the_charges_is_not_what_they_say(text: str, parses: Parses) -> None:
    assert not [source for source, _ in sources_and_contents(text, parses) if not source]


def test_whoever_rejects_a_claim_does_not_make_it(parses: Parses) -> None:
    text = "Aldermoor rejected claims that it had dumped tar."
    assert ("Aldermoor", "that it had dumped tar") not in sources_and_contents(text, parses)
