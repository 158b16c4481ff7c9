"""Cues within a short quotation."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents

QUOTED = [
    ('The guild "firmly rejects" the tax.', "The guild", "the tax"),
    ('Lund "utterly denied" having sold the boat.', "Lund", "having sold the boat"),
    ('The treaty "strongly condemns" raids on farms.', "The treaty", "raids on farms"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "content"), QUOTED)
def test_the_quoted_verb_is_the_cue(text: str, source: str, content: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses) == [(source, content)]


def test_within_somebodys_words_it_is_not(parses: Parses) -> None:
    text = 'Lund said the guild "firmly rejected" the tax.'
    assert sources_and_contents(text, parses) == [("Lund", 'the guild "firmly rejected" the tax')]


@pytest.mark.parametrize("text", ['The boat "badly leaked" on the trip.', 'The cat "Denies" sleeps in the barn.'])
def test_other_quoted_verbs_tell_nothing(text: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses) == []


def test_what_a_crowd_did_is_not_what_it_shouted(parses: Parses) -> None:
    text = 'Dozens of nurses shouting "We are tired" blocked the gate.'
    assert sources_and_contents(text, parses) == [("Dozens of nurses", '"We are tired"')]


def test_manslaughter_is_no_person(parses: Parses) -> None:
    assert sources_and_contents("Lund has admitted manslaughter.", parses) == [("Lund", "manslaughter")]
