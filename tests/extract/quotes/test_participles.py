"""Who speaks in a participle, and what somebody is told to do where the models take only whom."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The bus firm said fares would go up, adding passengers would be told in advance.", "The bus firm",
         "passengers would be told in advance"),
        ("Hodge said the club was in talks, adding a deal was close.", "Hodge", "a deal was close"),
        ("Two men, said by police to be gang members, fled on foot.", "police", "Two men to be gang members"),
        ("A woman, said by neighbours to be in her eighties, was found in the yard.", "neighbours",
         "A woman to be in her eighties"),
        ("The water board has urged people in the valley and its side arms to use less water.", "The water board",
         "to use less water"),
        ("The town has asked residents of Aue and its outer districts to boil their water.", "The town",
         "to boil their water"),
        ("The release says the ward is shut. It further explains that visitors may wait outside.", "It",
         "that visitors may wait outside"),
        ("The suit, which seeks to force the firm to pay 2 million in damages, was filed in May.", "which",
         "to force the firm to pay 2 million in damages"),
        ("The Minister today announced the closure of the Walden line.", "The Minister",
         "the closure of the Walden line"),
    ],
)  # fmt: skip
def test_participles_and_those_who_are_told(text: str, source: str, content: str, parses: Parses) -> None:
    assert (source, content) in sources_and_contents(text, parses)


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "Fans insist the old keeper has not lost his touch yet, saying he trains daily.",
            [("Fans", "the old keeper has not lost his touch yet"), ("Fans", "he trains daily")],
        ),
        (
            "The coach believes his side can win the cup, saying that the defence is the best in years.",
            [("The coach", "his side can win the cup"), ("The coach", "that the defence is the best in years")],
        ),
        (
            "The ministry said it had shot down a drone, dismissing the protest as theatre.",
            [("The ministry", "it had shot down a drone"), ("The ministry", "the protest as theatre")],
        ),
        (
            "Economists argue that growth would help, while unions warn of a debt crisis.",
            [("Economists", "that growth would help"), ("unions", "of a debt crisis")],
        ),
        ('"We can\'t ask an octopus what it saw," Holm said.', [("Holm", '"We can\'t ask an octopus what it saw,"')]),
    ],
)
def test_whoever_goes_on_saying_ends_what_he_said_before(
    text: str, contents: list[tuple[str, str]], parses: Parses
) -> None:
    assert sources_and_contents(text, parses) == contents


@pytest.mark.parametrize(
    "text",
    [
        "The firm raised its fares, adding to the troubles of the town.",
        "It explains the fall in sales.",
        "The path, which seeks the shade, runs north.",
    ],
)
def test_what_adds_or_explains_without_words(text: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses) == []
