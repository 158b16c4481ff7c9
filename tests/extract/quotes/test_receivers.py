"""Whoever is spoken to, and clauses without "that": "insisted to officers she was ill"."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Blake insisted to officers she awoke about noon.", "she awoke about noon"),
        ("Holm explained to parents they would have to pay.", "they would have to pay"),
        ("Holm confessed to the priest she had burned the barn.", "she had burned the barn"),
        ("The baker admitted to the court he had lied.", "he had lied"),
        ("Brandt stressed to the crews they must wear helmets.", "they must wear helmets"),
        ("Kern suggested to the board it sell the boats.", "it sell the boats"),
    ],
)
def test_what_follows_the_receiver_is_said(text: str, content: str, parses: Parses) -> None:
    assert [said for _, said in sources_and_contents(text, parses)] == [content]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Mayor Holm pointed out the aim of the toll was to pay for the bridge.",
            "the aim of the toll was to pay for the bridge",
        ),
        ("Holm conceded the plan to close the pier had cost votes.", "the plan to close the pier had cost votes"),
        ("Holm asked who was there.", "who was there"),
        ("Kern told the court the mill was shut.", "the mill was shut"),
    ],
)
def test_a_clause_without_that_has_its_subject(text: str, content: str, parses: Parses) -> None:
    assert [said for _, said in sources_and_contents(text, parses)] == [content]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("Blake lied to the children he loved.", []),
        ("Blake spoke to the woman he had wronged.", []),
        ("Blake complained to friends he saw at the club.", []),
        ('"Get up," Blake said to the man he loved.', ['"Get up,"']),
    ],
)
def test_a_clause_on_the_receiver_is_not_said(text: str, contents: list[str], parses: Parses) -> None:
    assert [said for _, said in sources_and_contents(text, parses)] == contents


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Kern was fined and ordered to pay 40 dollars.", [""]),
        ("Kern was arrested on Monday and told to leave the port.", [""]),
        ("Holm was elected in May and promised to mend the pier.", ["Holm"]),
        ("Kern was freed and told the crowd to go home.", ["Kern"]),
        ("Kern was honoured on Monday and said she would stay.", ["Kern"]),
    ],
)
def test_who_is_told_by_a_joined_passive_says_nothing(text: str, sources: list[str], parses: Parses) -> None:
    assert [source for source, _ in sources_and_contents(text, parses)] == sources


def test_whoever_answers_is_no_part_of_the_question(parses: Parses) -> None:
    text = "Asked if Kern made a speech about LFC, LFD Commissioner Ola O’Berg said the monk did make one."
    rows = sources_and_contents(text, parses)
    assert rows == [("", "if Kern made a speech about LFC"), ("LFD Commissioner Ola O’Berg", "the monk did make one")]
