"""Quotes of a text as words, for tests of what is found in sentences."""

from pipeline.extract.quotes import find_quotes
from pipeline.records import Spans
from tests.helpers.knowledge import shared_cues
from tests.helpers.parses import Parses, plain_article


def rows_of(text: str, parses: Parses) -> list[tuple[str, str, str]]:
    """Source, cue and content of each quote; parts of one are joined by a blank."""
    article = plain_article(text)

    def show(spans: Spans) -> str:
        return " ".join(text[slice(*span)] for span in spans)

    quotes = find_quotes(parses(article), article, shared_cues())
    return [(show(quote.source), show(quote.cue), show(quote.content)) for quote in quotes]


def sources_and_contents(text: str, parses: Parses) -> list[tuple[str, str]]:
    """Source and content of each quote."""
    return [(source, content) for source, _, content in rows_of(text, parses)]
