"""Text to Article: its blocks, and the two names it goes by, one of its words and one that outlives edits."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date

from pipeline.corpus.layout.blocks import find_blocks
from pipeline.records import Article, Block
from pipeline.text.identifiers import hash_pieces
from pipeline.text.normalize import flatten_layout, iter_flattened, match_key

#: Characters of the first body block that name an article without url, title and headline. Enough for the words of a
#: headline; short, so that an edit further down leaves the key as it is.
KEY_CHARS = 60


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
    section: str = "",
    left_out: int = 0,
) -> Article:
    """The Article of a decoded text; every offset in it counts code points of ``text``.

    What lies before ``start`` (front matter) is in no block and not in ``doc_id``. ``blocks`` are those that the
    format tells, found by the layout when None. ``stored`` says that the text is no file's own but what a reader made
    of one. A missing ``title`` is taken from the headline; an unknown ``language`` is English ("en"). ``section`` and
    ``left_out`` are as in Article.
    """
    if blocks is None:
        blocks = find_blocks(text, start)
    headline = _first_text(text, blocks, ("headline",))
    return Article(
        doc_id=_doc_id(text[start:]),
        key=_article_key(text, blocks, title or headline, publisher, url),
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
        section=section,
        left_out=left_out,
    )


def _doc_id(text: str) -> str:
    """The same for texts that differ only in layout (blanks, line breaks, broken words) or Unicode composition."""
    return hash_pieces("d", iter_flattened(unicodedata.normalize("NFC", text)))


def _article_key(text: str, blocks: Iterable[Block], title: str, publisher: str, url: str) -> str:
    """url, else publisher and title (or headline), else the first words of the body, else of the whole text."""
    if url:
        return url.strip().partition("#")[0]
    opening = _first_text(text, blocks, ("body", "caption")) or flatten_layout(text)
    name = match_key(title) or match_key(opening[:KEY_CHARS])
    return f"{match_key(publisher)} | {name}" if publisher and title else name


def _first_text(text: str, blocks: Iterable[Block], roles: tuple[str, ...]) -> str:
    """The words of the first block with one of the roles, "" without any."""
    block = next((block for block in blocks if block.role in roles), None)
    return flatten_layout(text[block.start : block.end]) if block else ""
