"""A page as a tree, and its text as pieces: one for every block of text that a reader would see as a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.errors import UnreadableArticle

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Deeper trees are no pages: browsers themselves stop at so many levels.
MAX_DEPTH = 512

#: What is never read as text of the page.
UNREAD = frozenset(
    "script style noscript template svg math iframe object embed canvas map audio video button select option input"
    " textarea dialog nav head datalist progress meter amp-ad amp-analytics amp-sidebar".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q ruby rb rt rp s samp small"
    " span strike strong sub sup time tt u var wbr img picture source o:p".split()
)
#: Within these, elements of unknown names ("x-link") are part of the line.
_PARAGRAPHS = frozenset(("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "dd", "dt", "td", "th"))
_TYPE = {"a": "a", "b": "b", "strong": "b", "i": "i", "em": "i"}
_FINAL = (".", "!", "?", ".”", '."', "!”", '!"', "?”", '?"', ":")
#: A line separator stands for <br> until blanks are collapsed.
_BREAK = "\u2028"
#: The words in a name such as "adSlot", "ad_slot" and "ad-slot".
WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|clip\s*:\s*rect\((?:0(?:px)?[ ,]*){4}\)", re.IGNORECASE
)
#: What pages call words that only a screen reader says, or only a printer prints.
_UNSEEN = re.compile(r"\b(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|a11y-hidden|print-only)\b", re.IGNORECASE)
#: What pages call paragraphs that are hidden until the reader has paid: part of the article all the same.
_PAID = re.compile(r"paywall|premium|paid|subscriber|locked|metered", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A block of text: ``text`` with blanks collapsed, ``element`` the block element that it lies in directly.

    ``linked``, ``bold`` and ``slanted`` count the characters inside links, bold type and italics.
    """

    text: str
    element: HtmlElement
    linked: int = 0
    bold: int = 0
    slanted: int = 0


def parse_page(text: str) -> HtmlElement:
    """The tree of a page's text. Raises UnreadableArticle when there is no element in it, or far too deep a nesting."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    data = _CONTROL.sub("", text).encode("utf-8", "replace")
    try:
        tree: HtmlElement = document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableArticle("a page without any text", "Save the page again.") from error
    if _depth(tree) > MAX_DEPTH:
        reason = f"elements nested over {MAX_DEPTH} deep: no page of an article"
        raise UnreadableArticle(reason, "Save the page again, or copy its text into a .txt file.")
    return tree


def _depth(tree: HtmlElement) -> int:
    deepest = 0
    node: Any = tree
    depth = 1
    while True:
        deepest = max(deepest, depth)
        if len(node):
            node, depth = node[0], depth + 1
            continue
        while node is not tree and node.getnext() is None:
            node, depth = node.getparent(), depth - 1
        if node is tree or deepest > MAX_DEPTH:
            return deepest
        node = node.getnext()


def words_of_name(element: HtmlElement) -> list[str]:
    """The words in the element's classes and id, lower-case: "article__subTitle" gives article, sub, title."""
    return [word.lower() for word in WORDS.findall(f"{element.get('class') or ''} {element.get('id') or ''}")]


def is_hidden(element: HtmlElement) -> bool:
    """Whether the element's own attributes keep it out of sight, other than until it is paid for."""
    name = element.get("class") or ""
    if element.get("hidden") is None and not _HIDDEN_STYLE.search(element.get("style") or ""):
        return bool(_UNSEEN.search(name))
    return not _PAID.search(name)


def find_pieces(tree: HtmlElement) -> list[Piece]:
    """Every piece of the page in reading order; hidden ones are among them, what no reader sees as text is not."""
    from lxml.etree import iterwalk

    walk = iterwalk(tree, events=("start", "end"))
    run = _Run()
    blocks = [tree]
    skipped: set[HtmlElement] = set()
    found: list[Piece] = []
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in UNREAD:
                walk.skip_subtree()
            elif tag in ("br", "hr"):
                if run.breaks(tag):
                    found.extend(run.flushed(blocks[-1]))
            elif _is_block(tag, blocks[-1].tag):
                found.extend(run.flushed(blocks[-1]))
                blocks.append(element)
                run.add(element.text)
            elif is_hidden(element):
                walk.skip_subtree()
                skipped.add(element)
            else:
                run.enter(element, 1)
                run.add(element.text)
        else:
            if element is blocks[-1]:
                found.extend(run.flushed(element))
                blocks.pop()
            elif tag not in UNREAD and element not in skipped:
                run.enter(element, -1)
            if blocks:
                run.add(element.tail)
    return found


def _is_block(tag: str, outer: str) -> bool:
    if tag in _INLINE:
        return False
    return ("-" not in tag and ":" not in tag) or outer not in _PARAGRAPHS


class _Run:
    """The text read since the last block began or ended, and how much of it is linked, bold or slanted."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._solid = 0
        self._depths = dict.fromkeys("abi", 0)
        self._counts = dict.fromkeys("abi", 0)

    def enter(self, element: HtmlElement, step: int) -> None:
        """An inline element begins (1) or ends (-1). A link to a place on the same page is none."""
        kind = _TYPE.get(element.tag)
        if kind and not (kind == "a" and (element.get("href") or "#").startswith("#")):
            self._depths[kind] += step

    def add(self, text: str | None) -> None:
        if text:
            self._parts.append(text)
            solid = len(text.strip())
            self._solid += solid
            for kind, depth in self._depths.items():
                if depth:
                    self._counts[kind] += solid

    def breaks(self, tag: str) -> bool:
        """Whether the line break ends the piece: as a rule, the second in a row, after a sentence or a bold line."""
        while self._parts and self._parts[-1] != _BREAK and not self._parts[-1].strip():
            self._parts.pop()
        if tag == "hr" or not self._parts or self._parts[-1] == _BREAK:
            return True
        if self._parts[-1].rstrip().endswith(_FINAL) or self._counts["b"] == self._solid:
            return True
        self._parts.append(_BREAK)
        return False

    def flushed(self, block: HtmlElement) -> Iterator[Piece]:
        text = " ".join("".join(self._parts).split())
        if text:
            yield Piece(text, block, self._counts["a"], self._counts["b"], self._counts["i"])
        self._parts, self._solid = [], 0
        self._counts = dict.fromkeys("abi", 0)
