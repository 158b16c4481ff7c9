"""Read an article from a web page: as saved by a browser, as fetched by a tool, as an archive keeps it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.corpus.document import Document
from pipeline.corpus.html.content import Content, find_content
from pipeline.corpus.html.decoding import decode_page
from pipeline.corpus.html.embedded import pieces_in_scripts, pieces_of_body
from pipeline.corpus.html.facts import read_facts
from pipeline.corpus.html.layout import lay_out
from pipeline.corpus.html.linked_data import metas, read_linked_data
from pipeline.corpus.html.tree import find_pieces, parse_page
from pipeline.corpus.limits import MAX_HTML
from pipeline.errors import UnreadableArticle

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Pages with more blocks of text, or more text, are lists or books; reading them would take minutes.
MAX_PIECES, MAX_CHARS = 5_000, 1_000_000
#: Fewer words in the body are no article.
MIN_WORDS = 12
#: Fewer words on a page that wants to be paid for are its opening only.
STUB_WORDS = 40

#: JSON-LD's articleBody is taken when it is so many times as long as what the page shows.
BODY_TIMES = 1.5

COPY_TEXT = "Open the page, copy the article's text into a .txt file and run again."


def read_html(data: bytes, *, url: str = "", charset: str = "") -> Document:
    """The article of a page, without what surrounds it.

    ``url`` is where the page was fetched from and ``charset`` what its header declared, if that is known. Raises
    UnreadableArticle for a page that is too large, is none, or holds no article.
    """
    if len(data) > MAX_HTML:
        raise UnreadableArticle(f"a page larger than {MAX_HTML // 1_000_000} MB", COPY_TEXT)
    source = decode_page(data, charset)
    tree = parse_page(source)
    pieces = find_pieces(tree)
    if len(pieces) > MAX_PIECES or sum(len(piece.text) for piece in pieces) > MAX_CHARS:
        raise UnreadableArticle("far more text than an article has", COPY_TEXT)
    meta = metas(tree)
    facts = read_linked_data(tree, meta.get("og:title") or tree.findtext(".//title") or "")
    known = read_facts(tree, pieces, facts, meta, text=source, url=url)
    content = _fuller(find_content(tree, pieces, facts.body, known.title), facts.body, tree)
    standfirst = facts.description or meta.get("og:description", "") or meta.get("description", "")
    text, blocks = lay_out(content, known.title, standfirst, known.authors)
    words = sum(len(text[block.start : block.end].split()) for block in blocks if block.role == "body")
    if facts.paid and words < STUB_WORDS:
        raise UnreadableArticle("only the opening of an article that must be paid for", COPY_TEXT)
    if words < MIN_WORDS:
        what = "no article on the page, only navigation" if pieces else "a page without any text"
        raise UnreadableArticle(what, COPY_TEXT)
    return Document(text, known, blocks)


def _fuller(content: Content | None, article_body: str, tree: HtmlElement) -> Content:
    """The article as shown, or as the page's scripts hold it where that is much more."""
    shown = sum(len(piece.text) for piece in content.pieces) if content else 0
    if shown * BODY_TIMES < len(article_body):
        told = pieces_of_body(article_body)
    else:
        told = () if shown else pieces_in_scripts(tree)
    if not told:
        return content or Content(())
    return replace(content, pieces=told) if content else Content(told)
