"""Which pieces of a page are its article.

Three witnesses: trafilatura, the article's text in JSON-LD where a page gives it, and the page's own structure: the
paragraphs of an article stand side by side in one container and are built alike. The first two say which pieces are
surely in; the structure brings back what they lost and leaves out what merely stands near.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.corpus.html.suspects import is_suspect
from pipeline.corpus.html.tree import Piece

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: A piece of so many characters, mostly unlinked, counts when the container is sought.
WEIGHTY_CHARS, LINKED_SHARE = 40, 0.5
#: The container is the smallest element that holds so much of the article.
CONTAINER_SHARE = 0.9
#: A suspect that holds so much of the article is none.
ACQUITTED_SHARE = 0.3
#: Of an articleBody so much must stand on the page before it is believed.
BODY_SHARE = 0.8
#: Pieces built alike are paragraphs of the article when so many of them surely are.
ALIKE = 2
#: A teaser of another story has so many characters; its heading lies so many elements below it at most.
CARD_CHARS, CARD_LEVELS = 500, 3
#: A recovered piece has so many words; a shorter one may be a label.
RECOVERED_WORDS = 6

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NOT_WORD = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_LABEL = re.compile(r"[\w’' ]{2,30}(?::|\||[-–—>»]) ?")


@dataclass(frozen=True, slots=True)
class Content:
    """The article's pieces, in order; ``container`` the element that holds them, ``before`` what stands above in the page."""

    pieces: tuple[Piece, ...]
    container: HtmlElement
    before: tuple[Piece, ...]


def squash(text: str) -> str:
    """Letters and digits alone: what two renderings of one paragraph have in common."""
    return _NOT_WORD.sub("", text.casefold())


def find_content(tree: HtmlElement, pieces: Sequence[Piece], article_body: str, title: str) -> Content | None:
    """The article among ``pieces``; None where there is none. ``article_body`` is what JSON-LD gives, maybe empty."""
    sure = _voted(pieces, _trafilatura(tree))
    told = _told(pieces, article_body)
    weights = _weights(pieces, [one or two for one, two in zip(sure, told, strict=True)])
    total = weights.get(tree, 0)
    if not total:
        return None
    container = _container(tree, weights, CONTAINER_SHARE * total)
    court = _Court(weights, ACQUITTED_SHARE * total, _cards(pieces))
    inside = [_is_within(piece, container) for piece in pieces]
    clean = [_is_text(piece) and not court.convicts(piece.element) for piece in pieces]
    seed = [
        kept and (inner or told[i]) and (clean[i] or told[i])
        for i, (kept, inner) in enumerate(zip(_either(sure, told), inside, strict=True))
    ]
    shapes = Counter(_shape(piece) for piece, kept in zip(pieces, seed, strict=True) if kept and _is_weighty(piece))
    alike = [shapes[_shape(piece)] >= ALIKE for piece in pieces]
    kept = [
        seed[i] or (clean[i] and alike[i] and (inside[i] or sure[i]) and _is_recovered(piece))
        for i, piece in enumerate(pieces)
    ]
    last_told = max((i for i, one in enumerate(told) if one), default=None)
    if last_told is not None:
        kept = [one and (i <= last_told or alike[i]) for i, one in enumerate(kept)]
    kept = _from_title(pieces, kept, squash(title))
    first, last = _ends(pieces, kept)
    if first is None or last is None:
        return None
    for i in range(first, last + 1):
        kept[i] = kept[i] or (inside[i] and clean[i] and _is_extra(pieces[i], weights))
    chosen = _once(piece for i, piece in enumerate(pieces[: last + 1]) if kept[i] and i >= first)
    return Content(tuple(chosen), container, tuple(pieces[:first]))


def _either(first: Sequence[bool], second: Sequence[bool]) -> list[bool]:
    return [one or two for one, two in zip(first, second, strict=True)]


def _trafilatura(tree: HtmlElement) -> str:
    """The text that trafilatura takes for the article, "" where it finds none or fails on a broken page."""
    import logging

    from lxml.etree import LxmlError
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(tree, include_comments=False, with_metadata=False)
    except (LxmlError, ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return ""
    return str(getattr(found, "text", None) or "")


def _voted(pieces: Sequence[Piece], text: str) -> list[bool]:
    """Which pieces stand in the text; a short one only as a line of its own. Without a text, what reads like prose."""
    if not text:
        return [_is_weighty(piece) and piece.text[-1] in ".!?”\"'’" for piece in pieces]
    whole = squash(text)
    lines = {squash(line.lstrip("-|")) for line in text.splitlines()}
    squashed = [squash(piece.text) for piece in pieces]
    return [bool(one) and (one in lines or (len(one) >= WEIGHTY_CHARS and one in whole)) for one in squashed]


def _told(pieces: Sequence[Piece], article_body: str) -> list[bool]:
    """Which pieces stand in the articleBody; none when too little of it is on the page."""
    whole = squash(article_body)
    if len(whole) < 3 * WEIGHTY_CHARS:
        return [False] * len(pieces)
    squashed = [squash(piece.text) for piece in pieces]
    told = [len(one) >= WEIGHTY_CHARS // 2 and one in whole for one in squashed]
    found = sum(len(one) for one in {one for one, said in zip(squashed, told, strict=True) if said})
    return told if found >= BODY_SHARE * len(whole) else [False] * len(pieces)


def _is_weighty(piece: Piece) -> bool:
    return len(piece.text) >= WEIGHTY_CHARS and piece.linked <= LINKED_SHARE * len(piece.text)


def _weights(pieces: Sequence[Piece], voted: Sequence[bool]) -> dict[HtmlElement, int]:
    """How many characters of the voted paragraphs each element holds."""
    weights: Counter[HtmlElement] = Counter()
    for piece, kept in zip(pieces, voted, strict=True):
        if kept and _is_weighty(piece) and piece.element.tag not in HEADINGS:
            element: HtmlElement | None = piece.element
            while element is not None:
                weights[element] += len(piece.text)
                element = element.getparent()
    return weights


def _container(tree: HtmlElement, weights: dict[HtmlElement, int], enough: float) -> HtmlElement:
    """The smallest element that holds enough; never a paragraph itself."""
    best = tree
    while True:
        heavy = [child for child in best if weights.get(child, 0) >= enough and child.tag not in ("p", "li", "td")]
        if not heavy:
            return best
        best = heavy[0]


class _Court:
    """Judges elements, each once."""

    def __init__(self, weights: dict[HtmlElement, int], acquits: float, cards: set[HtmlElement]) -> None:
        self._weights = weights
        self._acquits = acquits
        self._cards = cards
        self._known: dict[HtmlElement, bool] = {}

    def convicts(self, element: HtmlElement) -> bool:
        """Whether the element, or one around it, is a suspect that doesn't hold much of the article."""
        chain: list[HtmlElement] = []
        at: HtmlElement | None = element
        while at is not None and at not in self._known:
            chain.append(at)
            at = at.getparent()
        guilty = self._known[at] if at is not None else False
        for one in reversed(chain):
            guilty = self._weights.get(one, 0) < self._acquits and (guilty or one in self._cards or is_suspect(one))
            self._known[one] = guilty
        return guilty


def _is_within(piece: Piece, container: HtmlElement) -> bool:
    return piece.element is container or any(one is container for one in piece.element.iterancestors(container.tag))


def _is_text(piece: Piece) -> bool:
    """Whether the piece is more than links: neither all linked nor a label with a link behind it."""
    unlinked = len(piece.text) - piece.linked
    if piece.linked >= 0.85 * len(piece.text):
        return False
    label = _LABEL.match(piece.text)
    return not (label and piece.linked > 8 and unlinked <= len(label[0]) + 2)


def _shape(piece: Piece) -> tuple[str, ...]:
    """How a piece is built: tags and classes of its element and the one around it, numbers left out."""
    outer = piece.element.getparent()
    parts = (piece.element, outer) if outer is not None else (piece.element,)
    return tuple(f"{one.tag} {_DIGITS.sub('', one.get('class') or '')}" for one in parts)


def _is_recovered(piece: Piece) -> bool:
    return piece.text.count(" ") + 1 >= RECOVERED_WORDS and piece.element.tag not in HEADINGS


def _is_extra(piece: Piece, weights: dict[HtmlElement, int]) -> bool:
    """Subheadings and captions among the paragraphs, which no witness need name."""
    if piece.element.tag in HEADINGS:
        outer = piece.element.getparent()
        return outer is not None and weights.get(outer, 0) > 0
    return is_caption_element(piece.element)


def is_caption_element(element: HtmlElement) -> bool:
    """Whether the element is a caption: in a figure, or called so."""
    at: HtmlElement | None = element
    for _ in range(5):
        if at is None or at.tag in ("blockquote", "table"):
            return False
        names = re.split(r"[-_\s]+", (at.get("class") or "").lower())
        if at.tag in ("figure", "figcaption") or "caption" in names or "figcaption" in names:
            return True
        at = at.getparent()
    return False


def _cards(pieces: Sequence[Piece]) -> set[HtmlElement]:
    """Elements that hold a linked heading and little else: teasers of other stories."""
    size: Counter[HtmlElement] = Counter()
    heads: set[HtmlElement] = set()
    for piece in pieces:
        at = piece.element
        for _ in range(CARD_LEVELS):
            outer = at.getparent()
            if outer is None:
                break
            at = outer
            size[at] += len(piece.text)
        if piece.element.tag in HEADINGS[1:] and piece.linked >= 0.45 * len(piece.text):
            heads.add(piece.element)
    cards: set[HtmlElement] = set()
    for head in heads:
        at = head
        for _ in range(CARD_LEVELS):
            outer = at.getparent()
            if outer is None or size[outer] > CARD_CHARS or outer.tag in ("body", "html"):
                break
            at = outer
        if at is not head:
            cards.add(at)
    return cards


def _from_title(pieces: Sequence[Piece], kept: Sequence[bool], title: str) -> list[bool]:
    """What is kept, from the headline on: nothing above it when most of the article is below."""
    heads = [i for i, piece in enumerate(pieces) if piece.element.tag == "h1" and squash(piece.text) == title]
    sizes = [len(piece.text) if one else 0 for piece, one in zip(pieces, kept, strict=True)]
    start = max((i for i in heads if sum(sizes[i:]) > sum(sizes) / 2), default=0)
    return [one and i >= start for i, one in enumerate(kept)]


def _ends(pieces: Sequence[Piece], kept: Sequence[bool]) -> tuple[int | None, int | None]:
    """The first and last kept piece that is a paragraph."""
    sure = [
        i
        for i, (piece, one) in enumerate(zip(pieces, kept, strict=True))
        if one and piece.element.tag not in HEADINGS and not is_caption_element(piece.element)
    ]
    return (sure[0], sure[-1]) if sure else (None, None)


def _once(pieces: Iterable[Piece]) -> list[Piece]:
    """Without pieces that repeat a long one: pages hold a copy for small screens."""
    seen: set[str] = set()
    out: list[Piece] = []
    for piece in pieces:
        words = squash(piece.text)
        if len(words) < WEIGHTY_CHARS or words not in seen:
            out.append(piece)
        seen.add(words)
    return out
