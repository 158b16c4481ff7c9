"""Attributions between a short subject and its verb, and before a colon."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents

BETWEEN = [
    ("Rain, as Lund likes to say, is free.", "Lund", "Rain is free"),
    ("Hunger, as Mr. Lund put it, is patient.", "Mr. Lund", "Hunger is patient"),
    ("Debt, the abbot Ivo Lund wrote in 1910, is a slow poison.", "the abbot Ivo Lund", "Debt is a slow poison"),
    ("The weir has a fault, anglers say: it leaks.", "anglers", "The weir has a fault it leaks"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "content"), BETWEEN)
def test_both_parts_are_told(text: str, source: str, content: str, parses: Parses) -> None:
    assert (source, content) in sources_and_contents(text, parses)


@pytest.mark.parametrize("text", ["Lund, who said she was ill, was absent.", "Lund, who likes to sing, was absent."])
def test_a_relative_clause_is_none(text: str, parses: Parses) -> None:
    assert "Lund was absent" not in [content for _, content in sources_and_contents(text, parses)]
