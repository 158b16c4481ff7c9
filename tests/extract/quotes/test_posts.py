"""Posts of social networks that an article embeds, with the network's byline below them."""

import pytest

from pipeline.extract.quotes import find_quotes
from tests.helpers.knowledge import shared_cues
from tests.helpers.parses import Parses, plain_article
from tests.helpers.quotes import sources_and_contents

BEFORE = "Ferries leave Larn again\n\nIt rained for days and the harbour was shut.\n\n"

POSTS = [
    # the byline ends the post's paragraph; an address before it is left out
    (
        "Ferries are BACK. See you on the quay! — Ada Brandt (@adabrandt) May 6, 2020\n\nThe sun shone.\n",
        [("Ada Brandt", "Ferries are BACK. See you on the quay!")],
    ),
    (
        "Thanks to all! a.example/x pic.twitter.com/aB3dE -- Larn Ferries (@larnferries) 6 May 2021\n\nIt rained.\n",
        [("Larn Ferries", "Thanks to all! a.example/x")],
    ),
    # or is a paragraph of its own
    (
        "The ferry is too small https://example.org/a1\n\n— Oren Blake (@orenblake) May 6, 2021\n\nThe sun shone.\n",
        [("Oren Blake", "The ferry is too small")],
    ),
    # an account in a sentence is no byline, a picture alone says nothing
    ("Follow the mayor – Ada Brandt (@adabrandt) – for pictures of the quay.\n", []),
    ("pic.twitter.com/aB3dE — Ada Brandt (@adabrandt) May 6, 2020\n", []),
]


@pytest.mark.parametrize(("text", "quotes"), POSTS)
def test_an_embedded_post_is_its_authors(text: str, quotes: list[tuple[str, str]], parses: Parses) -> None:
    assert sources_and_contents(BEFORE + text, parses) == quotes


def test_a_post_is_direct_speech_without_marks(parses: Parses) -> None:
    article = plain_article(BEFORE + POSTS[0][0])
    assert [quote.quote_type for quote in find_quotes(parses(article), article, shared_cues())] == ["direct"]
