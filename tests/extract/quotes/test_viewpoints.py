"""Whose view or finding a sentence is by the phrase that opens it: "To many farmers, the levy is an insult"."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import rows_of


@pytest.mark.parametrize(
    ("cue", "source", "content"),
    [
        ("To", "many farmers", "the levy is an insult"),
        ("To", "most economists", "a tariff is the worst possible answer"),
        ("To", "her critics", "the prize was a sop"),
        ("To", "the unions", "any cut is a breach of faith"),
        ("To", "some residents", "the mast looks like a gallows"),
        ("To", "the opposition", "the inquiry is a whitewash"),
        ("To", "Kern", "the vote was a coup by other means"),
        ("To", "investors", "the delay was the last straw"),
        ("In", "the same 2019 survey", "one nurse in four had thought of leaving"),
        ("In", "a study published on Monday", "the drug cut the risk of stroke by a third"),
        ("In", "an audit released last week", "40 of the 200 invoices had no receipt"),
    ],
)
def test_a_phrase_tells_whose_view_it_is(cue: str, source: str, content: str, parses: Parses) -> None:
    assert (source, cue, content) in rows_of(f"{cue} {source}, {content}.", parses)


@pytest.mark.parametrize(
    "text",
    [
        "To the north, the road is a track.",
        "To his left, the guide was asleep.",
        "To many guests, the porter handed a rose.",
        "To the surprise of many, the road was dry.",
        "To be fair, the plan is old.",
        "To the relief of the crew, the sea was calm.",
        "In a study lined with books, she wrote the novel.",
        "In the poll tax riots, the shop was burnt.",
        "In the trial of the two brothers, the jury was sent home.",
        "In a study of moths, he wore a veil.",
        "In the last census, they counted the goats.",
    ],
)
def test_a_phrase_tells_nobodys_view(text: str, parses: Parses) -> None:
    assert rows_of(text, parses) == []
