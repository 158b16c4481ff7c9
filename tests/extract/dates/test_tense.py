"""Tense rules: which one decides where the verb around a date points."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.extract.dates import trace_dates
from pipeline.knowledge.dates import load_date_words
from pipeline.knowledge.files import models_folder
from tests.helpers.parses import Parses, plain_article

WORDS = load_date_words(models_folder())
#: Sentence, the rule that decided with the word it read, and the day it led to; published on Monday 6 November 2023.
CASES = [
    ("The guards left on Friday.", "past tense (left)", "2023-11-03"),
    ("The guards will leave on Friday.", "modal (leave)", "2023-11-10"),
    ("The guards will leave their camp in Bonn, Germany, on Friday, the army said.", "modal (leave)", "2023-11-10"),
    ("The embassy is scheduled to close on Friday.", "infinitive ahead (close)", "2023-11-10"),
    ("The spokesman could not be reached Saturday.", "could not (reached)", "2023-11-04"),
    ("The vote was postponed until Thursday.", "put off to a later day (postponed)", "2023-11-09"),
    ("The party will lose votes because of the killing on Friday.", "looks back (because)", "2023-11-03"),
]


@pytest.mark.parametrize(("sentence", "tense", "day"), CASES, ids=lambda case: str(case)[:40])
def test_the_rule_that_decided_is_named(parses: Parses, sentence: str, tense: str, day: str) -> None:
    article = plain_article(sentence, published=date(2023, 11, 6))
    (traced,) = trace_dates(parses(article), article, WORDS)
    assert (traced.rule, traced.tense, traced.mention.value) == ("weekday", tense, day)


def test_a_verb_that_no_rule_describes_names_none(parses: Parses) -> None:
    article = plain_article("The guards leave on Friday.", published=date(2023, 11, 6))
    (traced,) = trace_dates(parses(article), article, WORDS)
    assert traced.tense == ""


def test_a_present_tense_of_a_calendar_looks_ahead(parses: Parses) -> None:
    article = plain_article("The mill closes on Friday.", published=date(2023, 11, 6))
    (traced,) = trace_dates(parses(article), article, WORDS)
    assert traced.tense == "calendar (closes)"


def test_a_verb_beside_a_bare_form_looks_where_that_does(parses: Parses) -> None:
    article = plain_article(
        "The firm will withdraw its staff and shut the mill there on Friday.", published=date(2023, 11, 6)
    )
    (traced,) = trace_dates(parses(article), article, WORDS)
    assert traced.tense == "modal (withdraw)"


def test_a_time_and_its_day_name_both_rules(parses: Parses) -> None:
    article = plain_article("The shop will shut at 10:30 p.m. on Thursday.", published=date(2023, 11, 6))
    (traced,) = trace_dates(parses(article), article, WORDS)
    assert traced.rule == "clock+weekday"
