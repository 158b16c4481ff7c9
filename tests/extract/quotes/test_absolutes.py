"""Whoever speaks behind "with": "The talks ended late, with some warning that the deal was dead"."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The talks broke up on Friday, with ministers asking the clerk to draft a new text.",
         "ministers", "to draft a new text"),
        ("Shares slid again, with Finance Minister Ruth Calder warning of a long winter.",
         "Finance Minister Ruth Calder", "of a long winter"),
        ("Schools ban phones, with research indicating pupils sleep better without them.",
         "research", "pupils sleep better without them"),
        ("The hall was half empty, with one of the organisers blaming the rain.",
         "one of the organisers", "the rain"),
        ("The hearing ran late, with lawyers for the widow demanding a new inquest.",
         "lawyers for the widow", "a new inquest"),
        ("The vote was close, with members of both camps claiming that ballots had been lost.",
         "members of both camps", "that ballots had been lost"),
        ("Traffic stood for hours, with police telling drivers to turn back.", "police", "to turn back"),
        ("The trial opened with the prosecutor describing the accused as a gambler.",
         "the prosecutor", "the accused as a gambler"),
        ("Rescuers dug on, with neighbours reporting voices in the rubble.", "neighbours", "voices in the rubble"),
        ("The tour ended in Larn with the singer promising to come back.", "the singer", "to come back"),
        ("Crime was the theme, with the Green Front linking the thefts to closed youth clubs.",
         "the Green Front", "the thefts to closed youth clubs"),
        ("Tempers frayed, with one pensioner accusing the directors of lying.", "one pensioner", "of lying"),
    ],
)  # fmt: skip
def test_speaks_behind_with(text: str, source: str, content: str, parses: Parses) -> None:
    assert (source, content) in sources_and_contents(text, parses)


def test_a_speaker_behind_a_name_is_his_own(parses: Parses) -> None:
    text = "At a dinner with the clerks Ada Brandt said that the mine was lost."
    assert ("Ada Brandt", "that the mine was lost") in sources_and_contents(text, parses)


@pytest.mark.parametrize(
    "text",
    [
        "She left with her brother carrying the bags.",
        "The band played on with the crowd singing every word.",
        "The ship docked with tugs pushing at her stern.",
        "The day began with a storm warning for the coast.",
        "She fell asleep with the lamp burning.",
        "The ship left with a crew of nine, adding two cooks in Aue.",
        "He walked the beach with flags indicating where the mines lay.",
        "The shop closed with the clock showing ten.",
        "He woke with the sun hitting the quilt.",
    ],
)
def test_no_one_speaks_behind_with(text: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses) == []
