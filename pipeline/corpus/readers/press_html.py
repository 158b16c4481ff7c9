"""Exports of press databases that are web pages: their blocks as lines, for the parsers of exports in text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.corpus.detect.decoding import decode_like_browser, find_codec
from pipeline.corpus.document import Document, UnreadablePart
from pipeline.corpus.press import clean_lines
from pipeline.corpus.readers.europresse_html import find_europresse_articles
from pipeline.corpus.readers.markup import name_of
from pipeline.corpus.readers.press_export import split_entries, split_lines

#: What only the pages of such databases have, somewhere in their source.
_SIGNS = re.compile(
    rb"factiva|enArticle|lexis ?nexis|\b\d+ of \d+ DOCUMENTS|nexis uni|ProQuest document|europresse|cedrom|eureka\.cc"
    rb"|newsbank|DocPublicationName",
    re.IGNORECASE,
)
#: Elements that are a line of their own.
_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 li blockquote pre tr td th table ul ol section article header footer hr br center dl dt dd"
    " body html form fieldset aside main nav figure".split()
)
_NO_TEXT = frozenset("script style template noscript head iframe svg button select textarea".split())
#: A rule across the page, as text exports have it.
_RULE = "_" * 60


def read_html_export(data: bytes, charset: str = "") -> tuple[Document | UnreadablePart, ...]:
    """The articles of a page that a press database exported; () for any other page."""
    if not _SIGNS.search(data):
        return ()
    from lxml import etree
    from lxml import html as lxml_html

    source = decode_like_browser(data, find_codec(charset) if charset else "")
    if not source.strip():
        return ()
    try:
        tree = lxml_html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", source).replace("\x00", " "))
    except (etree.ParserError, ValueError):
        return ()
    if entries := find_europresse_articles(tree, _iter_lines):
        return split_entries(entries)
    return split_lines(clean_lines("\n".join(_iter_lines(tree))))


def _iter_lines(root: Any) -> Iterator[str]:
    """The text of each block, a blank line between them; Factiva's headline and byline below their codes."""
    texts: list[str] = []
    waiting: list[tuple[Any, bool]] = [(root, False)]
    while waiting:
        node, is_end = waiting.pop()
        name = name_of(node)
        if (name in _BLOCKS or _code_of(node)) and texts:
            if line := " ".join("".join(texts).split()):
                yield line
                yield ""
            texts = []
        if is_end:
            if node is not root:
                texts.append(node.tail or "")
            continue
        waiting.append((node, True))
        if name == "hr":
            yield _RULE
        if name and name not in _NO_TEXT:
            if code := _code_of(node):
                yield code
                yield ""
            texts.append(node.text or "")
            waiting.extend((child, False) for child in reversed(node))
    if line := " ".join("".join(texts).split()):
        yield line


def _code_of(node: Any) -> str:
    """Factiva's code for an element that its pages name: the headline, the byline."""
    if not isinstance(node.tag, str):
        return ""
    if node.get("id") == "hd":
        return "HD"
    return "BY" if node.get("class") == "author" else ""
