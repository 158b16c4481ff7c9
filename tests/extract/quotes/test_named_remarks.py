"""What a speaker calls something in a relative clause is another statement: "shut the pier, which he called a joke"."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents


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
            ["the mill had shut", 'a move "cruel"'],
        ),
    ],
)
def test_a_remark_ends_what_was_said_before(text: str, contents: list[str], parses: Parses) -> None:
    assert [content for _, content in sources_and_contents(text, parses)] == contents


def test_what_others_say_within_it_does_not(parses: Parses) -> None:
    said = "the toll, which critics say hurts bakers, would stay"
    assert ("The mayor", said) in sources_and_contents(f"The mayor said {said}.", parses)
