"""Who tells what, by "per" and by "in her words"."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents

TOLD = [
    ("The barn had been empty since May, per police.", "police", "The barn had been empty since May"),
    ("Per a memo from the harbour office, two ferries leaked.", "a memo from the harbour office", "two ferries leaked"),
    ("The tenant, per neighbors, owed a year of rent.", "neighbors", "The tenant owed a year of rent"),
    ("The vote was 9 to 4, per the Larn Courier.", "the Larn Courier", "The vote was 9 to 4"),
    ("In Sven's words, the dam is a joke.", "Sven's", "the dam is a joke"),
    ("Kern has, in her words, touted the dam as a treasure.", "Kern", "the dam as a treasure"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "content"), TOLD)
def test_who_tells_it(text: str, source: str, content: str, parses: Parses) -> None:
    assert (source, content) in sources_and_contents(text, parses)


def test_words_within_a_sentence_are_not_all_of_it(parses: Parses) -> None:
    rows = sources_and_contents("Kern has, in her words, touted the dam as a treasure.", parses)
    assert [source for source, _ in rows] == ["Kern"]


@pytest.mark.parametrize(
    "text",
    [
        "Fees rose to $40 per pupil.",
        "Each firm may send two guests, per the rules.",
        "The boats bring in nine tons per fisherman.",
        "The boy wrote the tale down in his own words.",
    ],
)
def test_rates_and_rules_tell_nothing(text: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses) == []
