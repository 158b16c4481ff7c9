"""Whoever "was told" something did not say it, nor did the letter that told him."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Ms Tarrant rang the clinic but was told the file was missing.", ("", "the file was missing")),
        ("Brodie wrote to the bank and was told that the loan had lapsed.", ("", "that the loan had lapsed")),
        ("Drivers at the depot were told by email that two routes would end.", ("", "that two routes would end")),
        ("Pupils have been told their exams are cancelled.", ("", "their exams are cancelled")),
        ("Tenants of the tower were told in a letter that it would be razed.", ("", "that it would be razed")),
        ("Divers were told by instructors that the reef was closed.", ("instructors", "that the reef was closed")),
        ("Growers were told by the ministry that the canal was dry.", ("the ministry", "that the canal was dry")),
    ],
)
def test_hearers_are_no_sources(text: str, row: tuple[str, str], parses: Parses) -> None:
    assert row in sources_and_contents(text, parses)


def test_what_somebody_says_he_was_told_is_his(parses: Parses) -> None:
    rows = sources_and_contents("Mr Tarrant said he had asked twice but was told the shop was shut.", parses)
    assert rows == [
        ("Mr Tarrant", "he had asked twice but was told the shop was shut"),
        ("", "the shop was shut"),
    ]
