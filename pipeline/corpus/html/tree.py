"""A page as a tree, and its text as pieces: one for every block of text that a reader would see as a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.errors import UnreadableArticle

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Levels of nested elements; deeper trees are broken or hostile, and browsers themselves stop at 512.
MAX_DEPTH = 512

#: Elements whose content is never text of the page: scripts, media, controls, navigation.
_UNREAD_TAGS = frozenset(
    "script style noscript template svg math iframe object embed canvas map audio video button select option input"
    " textarea dialog nav head datalist progress meter amp-ad amp-analytics amp-sidebar".split()
)
#: Elements that run within a line and so end no paragraph.
_INLINE_TAGS = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q ruby rb rt rp s samp small"
    " span strike strong sub sup time tt u var wbr img picture source o:p".split()
)
#: Within these, elements of unknown names ("x-link") are part of the line.
_PARAGRAPH_TAGS = frozenset(("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "dd", "dt", "td", "th"))
#: The style that an inline element gives its text: "a" linked, "b" bold, "i" italic.
_STYLE_OF_TAG = {"a": "a", "b": "b", "strong": "b", "i": "i", "em": "i"}
#: All of these styles.
_STYLES = "abi"
#: Ends of a sentence, or of a line that announces what follows.
_FINAL_MARKS = (".", "!", "?", ".”", '."', "!”", '!"', "?”", '?"', ":")
#: Stands for <br> until blanks are collapsed (U+2028, LINE SEPARATOR); pages hardly ever write it themselves.
_LINE_BREAK = "\u2028"
#: The words in a class or id: "adSlot", "ad_slot" and "ad-slot" all give two; "headline" gives one, without an "ad".
NAME_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
#: Control characters, which libxml2 refuses in text; tab and line breaks are kept.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
#: Inline styles that keep an element out of sight.
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|clip\s*:\s*rect\((?:0(?:px)?[ ,]*){4}\)", re.IGNORECASE
)
#: Characters of paragraphs that an <aside> with a main heading has if it is the article, and one without.
_LEAST_ASIDE, _SURE_ASIDE = 100, 600
#: What pages call words that only a screen reader says, or only a printer prints.
_UNSEEN_CLASS = re.compile(
    r"\b(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|a11y-hidden|print-only)\b", re.IGNORECASE
)
#: What pages call paragraphs that are hidden until the reader has paid: part of the article all the same.
_PAYWALL_CLASS = re.compile(r"paywall|premium|paid|subscriber|locked|metered", re.IGNORECASE)
#: Paragraphs whose letters are enciphered until the reader has paid: "encrypted-content".
_ENCIPHERED_CLASS = re.compile(r"encrypt|encipher|scrambled|obfuscated", re.IGNORECASE)

#: Why a page is not read, and what to do about it.
NO_TEXT = ("the page has no text", "Open it in a browser and save it again, or copy the text into a .txt file.")
TOO_DEEP = (
    f"the page's elements are nested more than {MAX_DEPTH} levels deep, which no article needs",
    "Save the page again, or copy the article's text into a .txt file.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A block of text as a reader sees it: a paragraph, heading, caption, list item or label.

    ``text`` has its blanks collapsed; ``element`` is the block element that it lies in directly. ``linked``, ``bold``
    and ``slanted`` count the characters inside links, bold type and italics, blanks at the ends of runs left out.
    Pieces are compared by identity: two paragraphs of the same words are two pieces.
    """

    text: str
    element: HtmlElement
    linked: int = 0
    bold: int = 0
    slanted: int = 0


def parse_page(text: str) -> HtmlElement:
    """Parse a page's decoded text into a tree, as leniently as browsers do; comments and control characters are gone.

    Raises UnreadableArticle when there is no element in it, or when elements are nested over ``MAX_DEPTH`` deep.
    """
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    data = _CONTROL.sub("", text).encode("utf-8", "replace")
    try:
        tree: HtmlElement = document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableArticle(*NO_TEXT) from error
    if _measure_depth(tree) > MAX_DEPTH:
        raise UnreadableArticle(*TOO_DEEP)
    _close_head(tree)
    return tree


#: What a page's head may hold; the first element of another name ends it where the page has no <body>.
_HEAD_TAGS = frozenset("title meta link base basefont bgsound script style noscript template object isindex".split())


def _close_head(tree: HtmlElement) -> None:
    """Move what is no part of a head into the body.

    A page may leave out <html>, <head> and <body>, as programs that shorten pages do; the parser then takes <main> and
    <article>, which it doesn't know, into the head.
    """
    head = tree.find("head")
    children = list(head) if head is not None else []
    first = next((index for index, child in enumerate(children) if _ends_head(child)), len(children))
    if first == len(children):
        return
    body = tree.find("body")
    if body is None:
        body = tree.makeelement("body")
        tree.append(body)
    children[-1].tail = (children[-1].tail or "") + (body.text or "")
    body.text = None
    for position, child in enumerate(children[first:]):
        body.insert(position, child)


def _ends_head(element: HtmlElement) -> bool:
    return isinstance(element.tag, str) and element.tag not in _HEAD_TAGS


def open_asides(tree: HtmlElement) -> None:
    """Make a section of every <aside> that is no aside: it has the page's main heading, or most of its paragraphs."""
    asides = list(tree.iter("aside"))
    if not asides:
        return
    all_chars = _count_paragraph_chars(tree)
    for aside in asides:
        chars = _count_paragraph_chars(aside)
        has_heading = next(aside.iter("h1"), None) is not None and chars >= _LEAST_ASIDE
        if has_heading or (chars >= _SURE_ASIDE and chars * 2 >= all_chars):
            aside.tag = "section"


def open_shadow_roots(tree: HtmlElement) -> None:
    """Make a box of every <template> that a browser shows in its place: a declarative shadow root, as pages that were
    saved with all that scripts had drawn have them."""
    for template in list(tree.iter("template")):
        if template.get("shadowrootmode") or template.get("shadowroot") or template.get("shadowmode"):
            template.tag = "div"


def _count_paragraph_chars(element: HtmlElement) -> int:
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))


def _measure_depth(tree: HtmlElement) -> int:
    """How many levels the tree has, counted without recursion and no further than just beyond ``MAX_DEPTH``."""
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
    return [word.lower() for word in NAME_WORD.findall(f"{element.get('class') or ''} {element.get('id') or ''}")]


def is_hidden(element: HtmlElement) -> bool:
    """Whether the element's own attributes keep it out of sight for good.

    True for ``hidden``, ``display: none`` and classes such as "sr-only"; false for paragraphs that are hidden only
    until the reader has paid (class "paywall"), since they belong to the article.
    """
    class_name = element.get("class") or ""
    if element.get("hidden") is None and not _HIDDEN_STYLE.search(element.get("style") or ""):
        return bool(_UNSEEN_CLASS.search(class_name))
    return not _PAYWALL_CLASS.search(class_name)


def _is_enciphered(element: HtmlElement) -> bool:
    """Whether the element is out of sight until a script deciphers its letters."""
    class_name = element.get("class") or ""
    if not _ENCIPHERED_CLASS.search(class_name):
        return False
    return element.get("hidden") is not None or bool(_HIDDEN_STYLE.search(element.get("style") or ""))


def find_pieces(tree: HtmlElement) -> list[Piece]:
    """Cut the page's text into pieces, in reading order.

    A piece ends where a block element begins or ends, or at a line break that parts two paragraphs. Hidden block
    elements are among the pieces (the caller decides about them); scripts, navigation and form controls are not.
    """
    from lxml.etree import iterwalk

    walk = iterwalk(tree, events=("start", "end"))
    collector = _PieceCollector(tree)
    for event, element in walk:
        if event == "end":
            collector.end_element(element)
        elif not collector.start_element(element):
            walk.skip_subtree()
    return collector.pieces


def _is_block(tag: str, outer_tag: str) -> bool:
    if tag in _INLINE_TAGS:
        return False
    return ("-" not in tag and ":" not in tag) or outer_tag not in _PARAGRAPH_TAGS


class _PieceCollector:
    """Turns the starts and ends of elements, in document order, into pieces."""

    def __init__(self, tree: HtmlElement) -> None:
        self.pieces: list[Piece] = []
        self._run = _TextRun()
        self._open_blocks = [tree]
        self._skipped: set[HtmlElement] = set()

    def start_element(self, element: HtmlElement) -> bool:
        """Take in an element's start and its first text; False when nothing inside it is to be read."""
        tag = element.tag
        if tag in _UNREAD_TAGS:
            return False
        if _is_enciphered(element):
            self._skipped.add(element)
            return False
        if tag in ("br", "hr"):
            if self._run.breaks_at(tag):
                self._flush()
        elif _is_block(tag, self._open_blocks[-1].tag):
            self._flush()
            self._open_blocks.append(element)
            self._run.add_text(element.text)
        elif is_hidden(element):
            self._skipped.add(element)
            return False
        else:
            if element.getparent().tag == "cite":
                self._run.add_text(" ")  # <cite><span>Larn</span><span>Wire</span>: place and agency, a margin between
            self._run.count_style(element, 1)
            self._run.add_text(element.text)
        return True

    def end_element(self, element: HtmlElement) -> None:
        """Take in an element's end and the text that follows it."""
        if element is self._open_blocks[-1]:
            self._flush()
            self._open_blocks.pop()
        elif element.tag not in _UNREAD_TAGS and element not in self._skipped:
            self._run.count_style(element, -1)
        if self._open_blocks:
            self._run.add_text(element.tail)

    def _flush(self) -> None:
        self.pieces.extend(self._run.flush(self._open_blocks[-1]))


class _TextRun:
    """The text read since the last block began or ended, and how much of it is linked, bold or slanted."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._solid = 0
        self._open_styles = dict.fromkeys(_STYLES, 0)
        self._styled = dict.fromkeys(_STYLES, 0)

    def count_style(self, element: HtmlElement, step: int) -> None:
        """An inline element begins (``step`` 1) or ends (-1). A link to a place on the same page counts as no link."""
        style = _STYLE_OF_TAG.get(element.tag)
        if style and not (style == "a" and (element.get("href") or "#").startswith("#")):
            self._open_styles[style] += step

    def add_text(self, text: str | None) -> None:
        if text:
            if text[0].isupper() and self._parts and self._parts[-1].endswith(")"):
                self._parts.append(" ")  # <cite>(Wire)</cite>The pier: the style sheet parts them
            self._parts.append(text)
            solid = len(text.strip())
            self._solid += solid
            for style, depth in self._open_styles.items():
                if depth:
                    self._styled[style] += solid

    def breaks_at(self, tag: str) -> bool:
        """Whether the line break ends the piece: as a rule, the second in a row, after a sentence or a bold line.

        One that does not is noted as a blank in the text.
        """
        while self._parts and self._parts[-1] != _LINE_BREAK and not self._parts[-1].strip():
            self._parts.pop()
        if tag == "hr" or not self._parts or self._parts[-1] == _LINE_BREAK:
            return True
        if self._parts[-1].rstrip().endswith(_FINAL_MARKS) or self._styled["b"] == self._solid:
            return True
        self._parts.append(_LINE_BREAK)
        return False

    def flush(self, block: HtmlElement) -> Iterator[Piece]:
        """The text so far as a piece of ``block``, if there is any; the run begins anew."""
        text = " ".join("".join(self._parts).split())
        if text:
            yield Piece(text, block, self._styled["a"], self._styled["b"], self._styled["i"])
        self._parts, self._solid = [], 0
        self._styled = dict.fromkeys(_STYLES, 0)
