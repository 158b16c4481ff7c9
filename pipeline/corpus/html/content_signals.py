"""Witnesses: which pieces of a page are surely its article, by trafilatura, by JSON-LD, by the look of prose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.corpus.html.tree import Piece
from pipeline.text.normalize import alphanumeric_key

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: A piece of so many characters, mostly unlinked, counts when the container is sought.
WEIGHTY_CHARS, LINKED_SHARE = 40, 0.5
#: Of an articleBody so much must stand on the page before it is believed.
BODY_SHARE = 0.8
#: trafilatura has gone astray when it has less than this share of the page's richest run of prose, and that is long.
ASTRAY_SHARE, RICH_CHARS = 0.3, 600


def is_weighty(piece: Piece) -> bool:
    """Whether the piece is long enough for a paragraph and no mere link."""
    return len(piece.text) >= WEIGHTY_CHARS and piece.linked <= LINKED_SHARE * len(piece.text)


def votes_of_library(tree: HtmlElement, pieces: Sequence[Piece], clean: Sequence[bool]) -> list[bool]:
    """Which pieces trafilatura takes for the article; the page's own run of prose where it misses that.

    ``clean`` tells the pieces that nothing speaks against.
    """
    text = _trafilatura(tree)
    whole = alphanumeric_key(text)
    lines = {alphanumeric_key(line.lstrip("-|")) for line in text.splitlines()}
    squashed = [alphanumeric_key(piece.text) for piece in pieces]
    voted = [bool(one) and (one in lines or (len(one) >= WEIGHTY_CHARS and one in whole)) for one in squashed]
    run = _richest_run(pieces, clean)
    rich = sum(len(pieces[i].text) for i in run)
    got = sum(len(pieces[i].text) for i in run if voted[i])
    if got < ASTRAY_SHARE * rich and (rich >= RICH_CHARS or not any(voted)):
        return [i in run for i in range(len(pieces))]
    return voted


def votes_of_body(pieces: Sequence[Piece], article_body: str) -> list[bool]:
    """Which pieces stand in JSON-LD's articleBody; none when too little of that is on the page."""
    whole = alphanumeric_key(article_body)
    if len(whole) < 3 * WEIGHTY_CHARS:
        return [False] * len(pieces)
    squashed = [alphanumeric_key(piece.text) for piece in pieces]
    told = [len(one) >= WEIGHTY_CHARS // 2 and one in whole for one in squashed]
    found = sum(len(one) for one in {one for one, said in zip(squashed, told, strict=True) if said})
    return told if found >= BODY_SHARE * len(whole) else [False] * len(pieces)


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


def _richest_run(pieces: Sequence[Piece], clean: Sequence[bool]) -> frozenset[int]:
    """The prose that stands in the element, or side by side in the elements, with most of it (after Readability)."""
    prose = [
        i
        for i, piece in enumerate(pieces)
        if clean[i] and is_weighty(piece) and piece.element.tag not in HEADINGS and piece.text[-1] in ".!?”\"'’)…:"
    ]
    scores: Counter[HtmlElement] = Counter()
    for i in prose:
        element, share = pieces[i].element, len(pieces[i].text)
        for outer in [element, *element.iterancestors()][:4]:
            scores[outer] += share
            share //= 2
    if not scores:
        return frozenset()
    best = max(scores, key=lambda element: scores[element])
    return frozenset(i for i in prose if pieces[i].element is best or best in pieces[i].element.iterancestors())
