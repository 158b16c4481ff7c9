"""Read an article from a web page: as saved by a browser, as fetched by a tool, as an archive keeps it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.corpus.document import Document
from pipeline.corpus.html.content import Content, count_left_out, find_content
from pipeline.corpus.html.decoding import decode_page
from pipeline.corpus.html.embedded import pieces_in_scripts, pieces_of_body
from pipeline.corpus.html.facts import read_facts
from pipeline.corpus.html.layout import lay_out
from pipeline.corpus.html.linked_data import read_linked_data, read_meta
from pipeline.corpus.html.tree import NO_TEXT, Piece, find_pieces, open_asides, open_shadow_roots, parse_page
from pipeline.corpus.limits import MAX_HTML
from pipeline.errors import UnreadableArticle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from pipeline.records import Block

#: Pages with more blocks of text are lists of stories or comments; reading them would take minutes.
MAX_PIECES = 5_000
#: Pages with more characters of text are books.
MAX_CHARS = 1_000_000
#: A body of fewer words is no article but a notice.
MIN_WORDS = 12
#: Fewer words on a page that must be paid for are its opening only.
STUB_WORDS = 40
#: JSON-LD's articleBody is taken when it is half as long again as what the page shows; a small difference is only the
#: captions.
BODY_TIMES = 1.5

#: What to do about a page that can't be read by itself.
_COPY_TEXT = "Open the page, copy the article's text into a .txt file and run again."
#: Why a page gives no article, and what to do about it.
TOO_LARGE = (f"the page is larger than {MAX_HTML // 1_000_000} MB", _COPY_TEXT)
TOO_MUCH_TEXT = ("the page has far more text than an article", _COPY_TEXT)
PAYWALLED = ("the page shows only the opening of an article that must be paid for", _COPY_TEXT)
ONLY_NAVIGATION = ("there is no article on the page, only navigation", _COPY_TEXT)

FRONT_PAGE = (
    "the page is the front page of a site, not an article",
    "Open the article on it that you want, save that page and run again.",
)
#: Last parts of a front page's address: "https://example.org/", "https://example.org/index.html".
_FRONT_PATHS = frozenset({"", "index.html", "index.htm", "index.php", "home", "home.html"})


def read_html(data: bytes, *, url: str = "", charset: str = "") -> Document:
    """Read the article of a page, without what surrounds it.

    ``url`` is where the page was fetched from and ``charset`` what its header declared, if that is known. The
    Document's text has the title on top, then standfirst, paragraphs, subheadings and captions, a blank line between
    them; its blocks give each its role. Raises UnreadableArticle for a page that is too large, is broken beyond
    reading, or holds no article.
    """
    if len(data) > MAX_HTML:
        raise UnreadableArticle(*TOO_LARGE)
    source = decode_page(data, charset)
    tree = parse_page(source)
    open_shadow_roots(tree)
    open_asides(tree)
    pieces = find_pieces(tree)
    _check_size(pieces)
    meta = read_meta(tree)
    facts = read_linked_data(tree, meta.get("og:title") or tree.findtext(".//title") or "")
    metadata = read_facts(tree, pieces, facts, meta, text=source, url=url)
    content = _choose_fuller(find_content(tree, pieces, facts.body, metadata.title), facts.body, tree)
    standfirst = facts.description or meta.get("og:description", "") or meta.get("description", "")
    text, blocks = lay_out(content, metadata.title, standfirst, metadata.authors)
    _check_is_article(text, blocks, pieces, paid=facts.paid)
    if meta.get("og:type", "").lower() != "article" and not facts.body:
        _check_is_no_front_page(metadata.url, blocks, pieces)
    return Document(text, metadata, blocks, left_out=count_left_out(pieces, text))


def _check_size(pieces: Sequence[Piece]) -> None:
    if len(pieces) > MAX_PIECES or sum(len(piece.text) for piece in pieces) > MAX_CHARS:
        raise UnreadableArticle(*TOO_MUCH_TEXT)


def _check_is_article(text: str, blocks: Sequence[Block], pieces: Sequence[Piece], *, paid: bool) -> None:
    words = sum(len(text[block.start : block.end].split()) for block in blocks if block.role == "body")
    if paid and words < STUB_WORDS:
        raise UnreadableArticle(*PAYWALLED)
    if words < MIN_WORDS:
        raise UnreadableArticle(*(ONLY_NAVIGATION if pieces else NO_TEXT))


def _check_is_no_front_page(url: str, blocks: Sequence[Block], pieces: Sequence[Piece]) -> None:
    """Refuse a page whose only address is that of its site, unless most of what it shows is one text."""
    if not url or urlsplit(url).path.strip("/").lower() not in _FRONT_PATHS:
        return
    body_chars = sum(block.end - block.start for block in blocks if block.role == "body")
    if 2 * body_chars < sum(len(piece.text) for piece in pieces):
        raise UnreadableArticle(*FRONT_PAGE)


def _choose_fuller(content: Content | None, article_body: str, tree: HtmlElement) -> Content:
    """The article as shown, or as the page's scripts hold it where that is much more."""
    shown_chars = sum(len(piece.text) for piece in content.pieces) if content else 0
    if shown_chars * BODY_TIMES < len(article_body):
        embedded = pieces_of_body(article_body)
    else:
        embedded = () if shown_chars else pieces_in_scripts(tree)
    if not embedded:
        return content or Content(())
    return replace(content, pieces=embedded) if content else Content(embedded)
