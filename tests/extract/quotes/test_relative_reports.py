"""Relative clauses with somebody's word for them, quotations that are all somebody says, letters that accuse."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("A stove that inspectors say was unsafe will be recalled.", ("inspectors", "A stove was unsafe")),
        ("A virus that farmers believe kills bees has been found.", ("farmers", "A virus kills bees")),
        ("The kiln, which locals say fouled the air, shut in 2004.", ("locals", "The kiln fouled the air")),
        ("A barn that builders say is rotten and leans will be burned.",
         ("builders", "A barn is rotten and leans")),
        ("She chose a stove that experts say was unsafe.", ("experts", "a stove was unsafe")),
    ],
)  # fmt: skip
def test_contents_end_before_the_main_verb(text: str, row: tuple[str, str], parses: Parses) -> None:
    assert row in sources_and_contents(text, parses)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('"It snows early," is all she will say about the trek.', ("she", '"It snows early,"')),
        ('"No interviews" is all the agency would say.', ("the agency", '"No interviews"')),
        ('"We tried hard" was all that coach Ilka Brun would say.', ("coach Ilka Brun", '"We tried hard"')),
    ],
)
def test_all_that_somebody_says(text: str, row: tuple[str, str], parses: Parses) -> None:
    assert sources_and_contents(text, parses) == [row]


def test_a_saying_that_all_know_is_nobodys(parses: Parses) -> None:
    assert ("they", '"We won"') not in sources_and_contents('"We won" is all they know.', parses)


def test_a_relative_pronoun_is_no_part_of_a_speaker(parses: Parses) -> None:
    rows = sources_and_contents("A stove that inspectors say leaks gas will be recalled.", parses)
    assert [source for source, _ in rows] == ["inspectors"]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("The band sent a letter that accuses the mayor of lying and demands that he step down.",
         ["of lying", "that he step down"]),
        ("The cooks signed a statement that urges the clinic to hire staff and warns that wards may close.",
         ["to hire staff", "that wards may close"]),
        ("He read out a letter that warned that the well was dry.", ["that the well was dry"]),
    ],
)  # fmt: skip
def test_letters_accuse_and_demand(text: str, contents: list[str], parses: Parses) -> None:
    assert sources_and_contents(text, parses) == [("that", content) for content in contents]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        # what is told of the noun itself is told of the noun, whoever tells it
        ("The kiln, which was expected to cool by noon, blew up.", "The kiln to cool by noon"),
        ("They chose bakers who are expected to rise early.", "bakers to rise early"),
        ("Ilka sued Brun, who was described by one guest as “like a bear”.", "Brun as “like a bear”"),
        ("He fed his two goats, which he said were “old and wise”.", "his two goats were “old and wise”"),
        ("A fad that the guild predicts will last “for years” began.", "A fad will last “for years”"),
        # "that" alone before an attribution is no part of it
        ("The abbot said that, according to the log, 85 of the 154 goats had left.", "85 of the 154 goats had left"),
    ],
)
def test_the_noun_stands_for_the_pronoun(text: str, content: str, parses: Parses) -> None:
    assert content in [found for _, found in sources_and_contents(text, parses)]
