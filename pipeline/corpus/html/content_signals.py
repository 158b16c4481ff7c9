"""Content signals: three independent hints at which pieces of a page are its article.

They are trafilatura, the article's text in JSON-LD, and the look of prose; content.py weighs them against each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.corpus.html.tree import Piece
from pipeline.text.normalize import alphanumeric_key

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Tags of headings, the highest level first.
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: A piece counts as a paragraph from 40 characters on (about seven words); shorter ones may be labels or bylines.
WEIGHTY_CHARS = 40
#: ... and with at most half of its characters in links; a list entry of a menu is linked whole.
LINKED_SHARE = 0.5
#: JSON-LD's articleBody is believed when 80 % of its characters stand on the page; some pages give only a summary, or
#: another article's text.
BODY_SHARE = 0.8
#: Letters and digits that an articleBody needs to be compared at all: three short paragraphs.
BODY_CHARS = 3 * WEIGHTY_CHARS
#: Letters and digits that a piece needs to be looked for in an articleBody: half a paragraph.
BODY_PIECE_CHARS = WEIGHTY_CHARS // 2
#: trafilatura is mistaken when it has less than 30 % of the page's richest run of prose ...
ASTRAY_SHARE = 0.3
#: ... and that run has at least 600 characters, so that it is no teaser (or trafilatura has nothing at all).
RICH_CHARS = 600
#: Levels above a paragraph that share its score when the richest run is sought, each half of the one below it
#: (Readability scores parents and grandparents in the same way).
SCORED_LEVELS = 4
#: Ends of a line of prose.
_PROSE_ENDS = ".!?”\"'’)…:"


def is_weighty(piece: Piece) -> bool:
    """Whether the piece is long enough for a paragraph and no mere link."""
    return len(piece.text) >= WEIGHTY_CHARS and piece.linked <= LINKED_SHARE * len(piece.text)


def signal_of_trafilatura(tree: HtmlElement, pieces: Sequence[Piece], clean: Sequence[bool]) -> list[bool]:
    """Which pieces trafilatura takes for the article, one flag a piece; the richest run of prose where it is mistaken.

    ``clean`` flags the pieces that are text and lie in nothing that is named like boilerplate; only these can be part
    of the richest run.
    """
    text = _extract_text(tree)
    squashed_text = alphanumeric_key(text)
    lines = {alphanumeric_key(line.lstrip("-|")) for line in text.splitlines()}
    squashed = [alphanumeric_key(piece.text) for piece in pieces]
    chosen = [
        bool(words) and (words in lines or (len(words) >= WEIGHTY_CHARS and words in squashed_text))
        for words in squashed
    ]
    run = _richest_run(pieces, clean)
    run_chars = sum(len(pieces[i].text) for i in run)
    chosen_chars = sum(len(pieces[i].text) for i in run if chosen[i])
    if chosen_chars < ASTRAY_SHARE * run_chars and (run_chars >= RICH_CHARS or not any(chosen)):
        return [i in run for i in range(len(pieces))]
    return chosen


def signal_of_article_body(pieces: Sequence[Piece], article_body: str) -> list[bool]:
    """Which pieces stand in JSON-LD's ``article_body``, one flag a piece.

    All False when the body is too short to compare, or when less than ``BODY_SHARE`` of it is on the page.
    """
    none = [False] * len(pieces)
    squashed_body = alphanumeric_key(article_body)
    if len(squashed_body) < BODY_CHARS:
        return none
    squashed = [alphanumeric_key(piece.text) for piece in pieces]
    in_body = [len(words) >= BODY_PIECE_CHARS and words in squashed_body for words in squashed]
    shown = {words for words, is_in in zip(squashed, in_body, strict=True) if is_in}
    return in_body if sum(map(len, shown)) >= BODY_SHARE * len(squashed_body) else none


def _extract_text(tree: HtmlElement) -> str:
    """The text that trafilatura takes for the article, "" where it finds none or fails on a broken page."""
    import logging

    from lxml.etree import LxmlError
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        extraction = bare_extraction(tree, include_comments=False, with_metadata=False)
    except (LxmlError, ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return ""
    return str(getattr(extraction, "text", None) or "")


def _richest_run(pieces: Sequence[Piece], clean: Sequence[bool]) -> frozenset[int]:
    """The indices of the prose in the element that holds most of it, directly or side by side (after Readability)."""
    prose = [i for i, piece in enumerate(pieces) if clean[i] and _is_prose(piece)]
    scores: Counter[HtmlElement] = Counter()
    for i in prose:
        element, share = pieces[i].element, len(pieces[i].text)
        for outer in [element, *element.iterancestors()][:SCORED_LEVELS]:
            scores[outer] += share
            share //= 2
    if not scores:
        return frozenset()
    best = max(scores, key=lambda element: scores[element])
    return frozenset(i for i in prose if pieces[i].element is best or best in pieces[i].element.iterancestors())


def _is_prose(piece: Piece) -> bool:
    return is_weighty(piece) and piece.element.tag not in HEADINGS and piece.text[-1] in _PROSE_ENDS
