"""Text to Article: its blocks, and the two names it goes by, one of its words and one that outlives edits."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date

from pipeline.corpus.layout.blocks import find_blocks
from pipeline.records import Article, Block
from pipeline.text.hyphenation import flat
from pipeline.text.identifiers import make_id

#: An article without url, title and headline is known by so many characters of its first body block.
KEY_CHARS = 60

_STRAIGHT = str.maketrans({**dict.fromkeys("‘’‚‛", "'"), **dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("–—―", "-")})


def make_article(
    text: str,
    *,
    file: str,
    title: str = "",
    published: date | None = None,
    published_source: str = "",
    publisher: str = "",
    url: str = "",
    authors: tuple[str, ...] = (),
    language: str = "",
    start: int = 0,
    blocks: tuple[Block, ...] | None = None,
    stored: bool = False,
) -> Article:
    """The Article of a decoded text; what lies before ``start`` (front matter) is in no block and not in ``doc_id``.

    ``blocks`` are those that the format tells, found by the layout when None. ``stored`` says that the text is no
    file's own. A missing ``title`` is taken from the headline, an unknown ``language`` is English ("en").
    """
    if blocks is None:
        blocks = find_blocks(text, start)
    headline = _first_text(text, blocks, ("headline",))
    return Article(
        doc_id=_doc_id(text[start:]),
        key=_key(text, blocks, title or headline, publisher, url),
        file=file,
        text=text,
        blocks=blocks,
        title=title or headline,
        published=published,
        published_source=published_source,
        publisher=publisher,
        url=url,
        authors=authors,
        language=language or "en",
        stored=stored,
    )


def _doc_id(text: str) -> str:
    """The same for texts that differ only in layout (blanks, line breaks, broken words) or Unicode composition."""
    return make_id("d", flat(unicodedata.normalize("NFC", text)))


def _key(text: str, blocks: Iterable[Block], title: str, publisher: str, url: str) -> str:
    """url, else publisher and title (or headline), else the first words of the body, else of the whole text."""
    if url:
        return url.strip().partition("#")[0]
    blocks = tuple(blocks)
    opening = _first_text(text, blocks, ("body", "caption")) or flat(text)
    named = _plain(title) or _plain(opening[:KEY_CHARS])
    return f"{_plain(publisher)} | {named}" if publisher and title else named


def _first_text(text: str, blocks: Iterable[Block], roles: tuple[str, ...]) -> str:
    found = next((block for block in blocks if block.role in roles), None)
    return flat(text[found.start : found.end]) if found else ""


def _plain(words: str) -> str:
    """Lower case, one blank between words, straight quotation marks, no closing full stop."""
    composed = unicodedata.normalize("NFC", words).translate(_STRAIGHT).casefold()
    return " ".join(composed.split()).rstrip(". ")
