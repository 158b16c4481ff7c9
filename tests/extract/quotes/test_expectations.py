"""What analysts, firms and banks foresee in figures."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents

FORESEEN = [
    ("Rents rose 3%, beating the 2% rise expected by brokers.", "brokers", "the 2% rise"),
    ("Losses came to $9 million, above the $7 million that brokers had predicted.", "brokers", "the $7 million"),
    ("Aldermoor Bank sees inflation at 4% next spring.", "Aldermoor Bank", "inflation at 4% next spring"),
    ("The fund sees growth slowing to 1%.", "The fund", "growth slowing to 1%"),
    ("The brewer targets a profit of $5 million.", "The brewer", "a profit of $5 million"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "content"), FORESEEN)
def test_what_is_foreseen(text: str, source: str, content: str, parses: Parses) -> None:
    assert (source, content) in sources_and_contents(text, parses)


@pytest.mark.parametrize("text", ["The thief targets old houses.", "The guests sent by the clerk were late."])
def test_what_is_seen_or_awaited_is_no_forecast(text: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses) == []


def test_a_clause_before_has_the_subject_of_what_is_joined(parses: Parses) -> None:
    text = "Shares fell after the brewer cut its outlook and warned of a loss."
    assert [source for source, content in sources_and_contents(text, parses) if content == "of a loss"] == [
        "the brewer"
    ]
