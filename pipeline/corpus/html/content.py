"""Which pieces of a page are its article.

Three witnesses: trafilatura, the article's text in JSON-LD where a page gives it, and the page's own structure: the
paragraphs of an article stand side by side in one container and are built alike. The first two say which pieces are
surely in; the structure brings back what they lost and leaves out what merely stands near.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from pipeline.corpus.html.boilerplate_names import find_cards, find_offers, is_comments, is_suspect
from pipeline.corpus.html.content_signals import (
    HEADINGS,
    WEIGHTY_CHARS,
    is_weighty,
    votes_of_body,
    votes_of_library,
)
from pipeline.corpus.html.titles import alike
from pipeline.corpus.html.tree import Piece, is_hidden, words_of_name
from pipeline.corpus.layout.paragraphs import ends_sentence
from pipeline.text.normalize import alphanumeric_key

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: The container is the smallest element that holds so much of the article.
CONTAINER_SHARE = 0.9
#: A suspect that holds so much of the article is none; where more than half of it is suspect, names mean nothing here.
ACQUITTED_SHARE, SUSPECT_SHARE = 0.3, 0.5
#: Pieces built alike are paragraphs of the article when so many of them surely are.
ALIKE = 2
#: How the article's own paragraphs are built: as so much of its text is.
OWN_SHARE = 0.2
#: A line without a sentence that stands in the article so often is a label.
LABEL_TIMES = 3
#: A quotation set large is built as so few pieces are.
ODD = 5
#: A recovered piece has so many words; a shorter one may be a label.
RECOVERED_WORDS = 6
#: A heading is the headline when its words are so much the title's.
HEADLINE_LIKE = 0.5

_CAPTION = frozenset(("caption", "captions", "figcaption", "imagecaption"))
_DIGITS = re.compile(r"\d+")
_LABEL = re.compile(r"[\w’' ]{2,30}(?::|\||[>»]| [-–—]) ?")


@dataclass(frozen=True, slots=True)
class Content:
    """The article's ``pieces`` in order, its ``headline``, and ``opening``, what stands between these."""

    pieces: tuple[Piece, ...]
    headline: Piece | None = None
    opening: tuple[Piece, ...] = ()


def find_content(tree: HtmlElement, pieces: Sequence[Piece], article_body: str, title: str) -> Content | None:
    """The article among ``pieces``; None where there is none. ``article_body`` is what JSON-LD gives, maybe empty."""
    cards = find_cards(pieces)
    plain = _kept(pieces, [_is_text(piece) for piece in pieces], _BoilerplateFilter(is_comments, set()))
    free = _kept(pieces, plain, _BoilerplateFilter(is_suspect, cards))
    told = votes_of_body(pieces, article_body)
    sure = [one or two for one, two in zip(votes_of_library(tree, pieces, free), told, strict=True)]
    weights = _weights(pieces, [one and two for one, two in zip(sure, plain, strict=True)])
    total = weights.get(tree, 0)
    if not total:
        return None
    cards |= find_offers(pieces, _built_like(pieces, sure, OWN_SHARE * total))
    free = _kept(pieces, plain, _BoilerplateFilter(is_suspect, cards, weights, ACQUITTED_SHARE * total))
    if sum(len(piece.text) for i, piece in enumerate(pieces) if sure[i] and free[i]) < SUSPECT_SHARE * total:
        free = _kept(pieces, plain, _BoilerplateFilter(is_hidden, cards))
    container = _container(tree, weights, CONTAINER_SHARE * total)
    inside = [piece.element is container or container in piece.element.iterancestors() for piece in pieces]
    seed = [told[i] or (sure[i] and inside[i] and free[i]) for i in range(len(pieces))]
    kept = _with_like(pieces, seed, [free[i] and (inside[i] or sure[i]) for i in range(len(pieces))], told)
    head = _headline(pieces, kept, title)
    kept = _until_next(pieces, _with_lead(pieces, kept, sure, free, head), head)
    return _between(pieces, kept, [free[i] and inside[i] for i in range(len(pieces))], head, weights)


def _kept(pieces: Sequence[Piece], plain: Sequence[bool], court: _BoilerplateFilter) -> list[bool]:
    """Which pieces are text and lie in no element that is convicted."""
    return [text and not court.excludes(piece.element) for piece, text in zip(pieces, plain, strict=True)]


def _weights(pieces: Sequence[Piece], voted: Sequence[bool]) -> dict[HtmlElement, int]:
    """How many characters of the voted paragraphs each element holds."""
    weights: Counter[HtmlElement] = Counter()
    for piece, kept in zip(pieces, voted, strict=True):
        if kept and is_weighty(piece) and piece.element.tag not in HEADINGS:
            for element in (piece.element, *piece.element.iterancestors()):
                weights[element] += len(piece.text)
    return weights


def _container(tree: HtmlElement, weights: Mapping[HtmlElement, int], enough: float) -> HtmlElement:
    """The smallest element that holds enough; never a paragraph itself."""
    best = tree
    while True:
        heavy = [child for child in best if weights.get(child, 0) >= enough and child.tag not in ("p", "li")]
        if not heavy:
            return best
        best = heavy[0]


class _BoilerplateFilter:
    """Judges elements, each once: a suspect is acquitted when it holds ``acquits`` characters of the article."""

    def __init__(
        self,
        suspects: Callable[[HtmlElement], bool],
        cards: set[HtmlElement],
        weights: Mapping[HtmlElement, int] | None = None,
        acquits: float = 1.0,
    ) -> None:
        self._suspects = suspects
        self._cards = cards
        self._weights = weights or {}
        self._acquits = acquits
        self._known: dict[HtmlElement, bool] = {}

    def excludes(self, element: HtmlElement) -> bool:
        """Whether the element, or one around it, is a suspect that isn't acquitted."""
        chain: list[HtmlElement] = []
        at: HtmlElement | None = element
        while at is not None and at not in self._known:
            chain.append(at)
            at = at.getparent()
        guilty = self._known[at] if at is not None else False
        for one in reversed(chain):
            suspect = guilty or one in self._cards or (one.tag not in ("body", "html") and self._suspects(one))
            guilty = suspect and self._weights.get(one, 0) < self._acquits
            self._known[one] = guilty
        return guilty


def _is_text(piece: Piece) -> bool:
    """Whether the piece is more than links: neither all linked nor a label with a link behind it."""
    if not piece.linked or piece.text.endswith((".", ".”", '."')):
        return True
    if piece.linked >= 0.85 * len(piece.text.replace(" ", "")):
        return False
    label = _LABEL.match(piece.text)
    return not (label and piece.linked > WEIGHTY_CHARS // 5 and len(piece.text) - piece.linked <= len(label[0]) + 2)


def _shape(piece: Piece) -> tuple[str, ...]:
    """How a piece is built: tags and classes of its element and the one around it, numbers left out."""
    outer = piece.element.getparent()
    parts = (piece.element, outer) if outer is not None else (piece.element,)
    return tuple(f"{one.tag} {_DIGITS.sub('', one.get('class') or '')}" for one in parts)


def _built_like(pieces: Sequence[Piece], sure: Sequence[bool], enough: float) -> Callable[[Piece], bool]:
    """Tells pieces that are built as a good part of the article is."""
    sizes: Counter[tuple[str, ...]] = Counter()
    for piece, one in zip(pieces, sure, strict=True):
        if one and is_weighty(piece):
            sizes[_shape(piece)] += len(piece.text)
    shapes = {shape for shape, size in sizes.items() if size >= enough}
    return lambda piece: _shape(piece) in shapes


def _with_like(
    pieces: Sequence[Piece], seed: Sequence[bool], allowed: Sequence[bool], told: Sequence[bool]
) -> list[bool]:
    """The sure pieces and those built like them; below the last that JSON-LD tells, only the latter."""
    shapes = Counter(_shape(piece) for piece, one in zip(pieces, seed, strict=True) if one and is_weighty(piece))
    like = [shapes[_shape(piece)] >= ALIKE for piece in pieces]
    last_told = max((i for i, one in enumerate(told) if one), default=len(pieces))
    return [
        (seed[i] and (i <= last_told or like[i])) or (like[i] and allowed[i] and _is_recovered(piece))
        for i, piece in enumerate(pieces)
    ]


def _is_recovered(piece: Piece) -> bool:
    return piece.text.count(" ") + 1 >= RECOVERED_WORDS and piece.element.tag not in HEADINGS


def _headline(pieces: Sequence[Piece], kept: Sequence[bool], title: str) -> int | None:
    """The index of the headline: the heading nearest above most of the article that says what the title says."""
    sizes = [len(piece.text) if one else 0 for piece, one in zip(pieces, kept, strict=True)]
    whole = sum(sizes)
    half = next((i for i, size in enumerate(accumulate(sizes)) if size > whole / 2), 0)
    words = alphanumeric_key(title)
    same = [i for i in range(half + 1) if alphanumeric_key(pieces[i].text) == words and not pieces[i].linked]
    heads = [i for i in range(half + 1) if pieces[i].element.tag == "h1"]
    heads = [i for i in heads if alike(pieces[i].text, title) >= HEADLINE_LIKE]
    return max(heads or same, default=None)


def _with_lead(
    pieces: Sequence[Piece], kept: list[bool], sure: Sequence[bool], free: Sequence[bool], head: int | None
) -> list[bool]:
    """With the sure paragraphs between headline and container: a lead that stands apart from the rest."""
    if head is None or True not in kept[head:]:
        return kept
    lead = range(head + 1, kept.index(True, head))
    sound = (i for i in lead if sure[i] and free[i] and is_weighty(pieces[i]) and ends_sentence(pieces[i].text))
    found = set(sound)
    return [one or (i in found and pieces[i].element.tag not in HEADINGS) for i, one in enumerate(kept)]


def _until_next(pieces: Sequence[Piece], kept: list[bool], head: int | None) -> list[bool]:
    """What is kept, up to the next article of a page that goes on and on: to a heading built like the headline."""
    if head is None:
        return kept
    shape, outer, words = _shape(pieces[head]), pieces[head].element.getparent(), alphanumeric_key(pieces[head].text)
    for i in range(head + 1, len(pieces)):
        other = pieces[i]
        like = other.element.tag in HEADINGS and other.element.getparent() is not outer and _shape(other) == shape
        if like and alphanumeric_key(other.text) != words and any(kept[head:i]):
            return [one and j < i for j, one in enumerate(kept)]
    return kept


def _between(
    pieces: Sequence[Piece],
    kept: list[bool],
    allowed: Sequence[bool],
    head: int | None,
    weights: Mapping[HtmlElement, int],
) -> Content | None:
    """What lies between the first paragraph and the last, from the headline on, each once."""
    start = 0 if head is None else head + 1
    prose = [i for i in range(start, len(pieces)) if kept[i] and pieces[i].element.tag not in HEADINGS]
    prose = [i for i in prose if not is_caption_element(pieces[i].element)]
    if not prose:
        return None
    chosen = [
        pieces[i] for i in range(prose[0], prose[-1] + 1) if kept[i] or (allowed[i] and _is_extra(pieces[i], weights))
    ]
    chosen = _once(chosen)
    if head is None:
        return Content(tuple(chosen))
    return Content(tuple(chosen), pieces[head], tuple(pieces[start : prose[0]]))


def _once(pieces: Sequence[Piece]) -> list[Piece]:
    """Without pieces that say what another says in full: copies for small screens, quotations set large."""
    words = [alphanumeric_key(piece.text) for piece in pieces]
    whole = "\n".join(dict.fromkeys(words))
    times = Counter(words)
    shapes = Counter(map(_shape, pieces))
    seen: set[str] = set()
    once: list[Piece] = []
    for piece, own in zip(pieces, words, strict=True):
        label = times[own] >= LABEL_TIMES and piece.text[-1] not in '.!?”"' and " " in piece.text
        short = len(own) < WEIGHTY_CHARS * 0.75
        odd = shapes[_shape(piece)] <= ODD
        if not label and (short or (own not in seen and not (odd and whole.count(own) > 1))):
            once.append(piece)
        seen.add(own)
    return once


def _is_extra(piece: Piece, weights: Mapping[HtmlElement, int]) -> bool:
    """Subheadings and captions among the paragraphs, which no witness need name."""
    if piece.element.tag in HEADINGS:
        outer = piece.element.getparent()
        return outer is not None and weights.get(outer, 0) > 0
    return is_caption_element(piece.element)


def is_caption_element(element: HtmlElement) -> bool:
    """Whether the element is a caption: in a figure, or called so."""
    for at in [element, *element.iterancestors()][:5]:
        if at.tag in ("blockquote", "table"):
            return False
        if at.tag in ("figure", "figcaption") or not _CAPTION.isdisjoint(words_of_name(at)):
            return True
    return False
