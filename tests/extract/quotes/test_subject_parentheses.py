"""Attributions between a subject and its verb, and those before a colon: both parts are what is said."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import rows_of, sources_and_contents


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Butter, as Petra Holm likes to say, forgives everything.", ("Petra Holm", "Butter forgives everything")),
        ("Silence, as Dr. Oren Vane notes, is rare.", ("Dr. Oren Vane", "Silence is rare")),
        ("Hunger, as Mr. Tolle put it, is patient.", ("Mr. Tolle", "Hunger is patient")),
        ("Envy, the poet Lena Quist wrote in 1931, is a slow fire.",
         ("the poet Lena Quist", "Envy is a slow fire")),
        ("Debt, as the economist Karl Weil has argued, is no sin.", ("the economist Karl Weil", "Debt is no sin")),
        ("The old quay, residents feared, would sink.", ("residents", "The old quay would sink")),
        ("Frost, as every gardener says, never sleeps.", ("every gardener", "Frost never sleeps")),
    ],
)  # fmt: skip
def test_subject_and_rest_are_said(text: str, row: tuple[str, str], parses: Parses) -> None:
    assert row in sources_and_contents(text, parses)


@pytest.mark.parametrize(
    "text",
    [
        "The brewery, founded by monks, is for sale.",
        "Lena Quist, a poet from Ghent, has died.",
        "The cat, a tabby named Moss, was found.",
        "Karl Weil, as expected, won.",
    ],
)
def test_other_parentheses_tell_nothing(text: str, parses: Parses) -> None:
    assert not rows_of(text, parses)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("The method has a flaw, growers say: nobody can lift the crates.",
         ("growers", "The method has a flaw nobody can lift the crates")),
        ("He was short of one thing, his aunt says: courage.",
         ("his aunt", "He was short of one thing courage")),
        ("The yard lacks two things, said Nina Roos, a gardener: shade and water.",
         ("Nina Roos, a gardener", "The yard lacks two things shade and water")),
        ("When he got home, his aunt said: the dog is gone.", ("his aunt", "the dog is gone")),
    ],
)  # fmt: skip
def test_both_sides_of_a_colon(text: str, row: tuple[str, str], parses: Parses) -> None:
    assert row in sources_and_contents(text, parses)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Rents rose 4%, according to official tables, the highest since 1988.",
         ("official tables", "Rents rose 4%")),
        ("Attendance was 900, according to club figures, the lowest in years.", ("club figures", "Attendance was 900")),
        ("Rents rose 4%, according to Ida Thal, the oldest member of the board.",
         ("Ida Thal, the oldest member of the board", "Rents rose 4%")),
        ("Yields fell 7%, ministry data showed, the worst crop since 1962.",
         ("ministry data", "Yields fell 7% the worst crop since 1962")),
    ],
)  # fmt: skip
def test_what_a_figure_is_compared_with(text: str, row: tuple[str, str], parses: Parses) -> None:
    assert row in sources_and_contents(text, parses)
