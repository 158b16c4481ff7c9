"""What a speaker calls something in a relative clause is another statement: "shut the pier, which he called a joke"."""

import pytest

from pipeline.extract.quotes import find_quotes
from tests.helpers.knowledge import shared_cues
from tests.helpers.parses import Parses, plain_article

CUES = shared_cues()


def contents_of(text: str, parses: Parses) -> list[str]:
    article = plain_article(text)
    quotes = find_quotes(parses(article), article, CUES)
    return [" ... ".join(text[start:end] for start, end in quote.content) for quote in quotes]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ('Ada Brandt said the firm shut the pier, which she called a "joke".', ["the firm shut the pier", 'a "joke"']),
        (
            "Ada Brandt said she would sue the guild, which she described as a gang of liars.",
            ["she would sue the guild", "as a gang of liars"],
        ),
        (
            'Ada Brandt said the mill had shut, a move she called "cruel".',
            ["the mill had shut", 'a move ... "cruel"'],
        ),
    ],
)
def test_a_remark_ends_what_was_said_before(text: str, contents: list[str], parses: Parses) -> None:
    assert contents_of(text, parses) == contents


def test_what_others_say_within_it_does_not(parses: Parses) -> None:
    said = "the toll, which critics say hurts bakers, would stay"
    assert said in contents_of(f"The mayor said {said}.", parses)
