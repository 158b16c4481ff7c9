"""Quotes of a text as words, for tests of what is found in sentences."""

from pipeline.extract.quotes import find_quotes
from pipeline.records import Quote, Spans
from tests.helpers.knowledge import shared_cues
from tests.helpers.parses import Parses, plain_article


def quotes_of(text: str, parses: Parses) -> list[Quote]:
    """The quotes of a text."""
    article = plain_article(text)
    return find_quotes(parses(article), article, shared_cues())


def rows_of(text: str, parses: Parses) -> list[tuple[str, str, str]]:
    """Source, cue and content of each quote; parts of one are joined by a blank."""

    def show(spans: Spans) -> str:
        return " ".join(text[slice(*span)] for span in spans)

    return [(show(quote.source), show(quote.cue), show(quote.content)) for quote in quotes_of(text, parses)]


def sources_and_contents(text: str, parses: Parses) -> list[tuple[str, str]]:
    """Source and content of each quote."""
    return [(source, content) for source, _, content in rows_of(text, parses)]
