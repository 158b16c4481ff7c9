"""Quotations that their attribution parts, whatever stands beside its verb."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('"By noon," she went on, "it was dark."', ("she", '"By noon," "it was dark."')),
        ('"If I had stayed," he says now, "I would be rich."', ("he", '"If I had stayed," "I would be rich."')),
        ('"In March," Tolle said quietly, "the roof fell in."', ("Tolle", '"In March," "the roof fell in."')),
    ],
)
def test_both_parts_are_said(text: str, row: tuple[str, str], parses: Parses) -> None:
    assert sources_and_contents(text, parses) == [row]
