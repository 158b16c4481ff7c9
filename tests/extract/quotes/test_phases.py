"""Verbs that tell how somebody goes about what he says: the verb behind them is the cue, whose stance it is."""

import pytest

from pipeline.extract.quotes import find_quotes
from tests.helpers.knowledge import shared_cues
from tests.helpers.parses import Parses, plain_article

SAID = [
    ("She continues to insist she is innocent.", "she is innocent", "claims"),
    ("Critics continue to argue that the dam is unsafe.", "that the dam is unsafe", "claims"),
    ("The bank continues to believe that rates will fall.", "that rates will fall", "believes"),
    ("The firm kept insisting that the valve was sound.", "that the valve was sound", "claims"),
    ("He tends to think the price is too high.", "the price is too high", "believes"),
    ("Principal Rosa Vane wrote to parents to say that the school was safe.", "that the school was safe", "states"),
    ("The ministry continued to say that the border was open.", "that the border was open", "states"),
]
UNSAID = [
    "The team continues to face a shortage of nurses.",
    "Police continue to search for the boy.",
    "The inquiry continues to find faults in the building.",
    "The panel will continue to monitor prices.",
]


def contents_and_stances(text: str, parses: Parses) -> list[tuple[str, str]]:
    article = plain_article(text)
    quotes = find_quotes(parses(article), article, shared_cues())
    return [(" ".join(text[start:end] for start, end in quote.content), quote.stance) for quote in quotes]


@pytest.mark.parametrize(("text", "content", "stance"), SAID)
def test_the_act_is_that_of_the_verb_behind(text: str, content: str, stance: str, parses: Parses) -> None:
    assert contents_and_stances(text, parses) == [(content, stance)]


@pytest.mark.parametrize("text", UNSAID)
def test_what_goes_on_unsaid_is_no_claim(text: str, parses: Parses) -> None:
    assert contents_and_stances(text, parses) == []
