"""Find what stands between quotation marks, block by block, so that one odd mark costs at most its own paragraph.

Straight, curly and angle double marks, doubled single marks ('' and ``) and curly single marks are paired within a
block. A block that opens a quotation and does not close it carries on into the next when that one opens with a mark
again: the convention for speech over several paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.records import CLAIM_ROLES, Article, Block, Span

_MARK = re.compile(r"[\"“”„‟«»〝〞]|''|``|‘|’")
_OPENING = frozenset("“„‟«〝") | {"``", "‘"}
_CLOSING = frozenset("”»〞") | {"’"}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between marks: ``outer`` with them, ``inner`` without; ``block`` is the block's index.

    ``closed`` is False where the block ends first; ``continues``: carries on the quotation of the block before.
    """

    outer: Span
    inner: Span
    block: int
    closed: bool = True
    continues: bool = False


def find_quotations(article: Article) -> list[Quotation]:
    """All quotations of the blocks that claims come from, in text order; those inside others are left out."""
    found: list[Quotation] = []
    open_before = False
    for index, block in enumerate(article.blocks):
        if block.role not in CLAIM_ROLES or block.repeated:
            continue
        here = _pair(article.text, block, index)
        if open_before and here and article.text[block.start : here[0].inner[0]].strip() == _outer_mark(article, here):
            first = here[0]
            here[0] = Quotation(first.outer, first.inner, index, first.closed, continues=True)
        found.extend(here)
        open_before = bool(here) and not here[-1].closed
    return found


def _outer_mark(article: Article, here: list[Quotation]) -> str:
    first = here[0]
    return article.text[first.outer[0] : first.inner[0]]


def _pair(text: str, block: Block, index: int) -> list[Quotation]:
    found: list[Quotation] = []
    start: tuple[int, int, str] | None = None  # outer, inner, kind of mark
    for match in _MARK.finditer(text, block.start, block.end):
        mark, at = match.group(), match.start()
        kind = "single" if mark in "‘’" else "double"
        if kind == "single" and _is_apostrophe(text, at):
            continue
        if start is None:
            if _opens(text, match, block):
                start = (at, match.end(), kind)
        elif kind == start[2] and _closes(text, match):
            found.append(Quotation((start[0], match.end()), (start[1], at), index))
            start = None
    if start is not None and start[2] == "double":
        found.append(Quotation((start[0], block.end), (start[1], block.end), index, closed=False))
    return [quotation for quotation in found if text[slice(*quotation.inner)].strip()]


def _is_apostrophe(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if text[at] == "’":
        return before.isalnum() and after.isalnum()
    return before.isalnum()


def _opens(text: str, match: re.Match[str], block: Block) -> bool:
    mark = match.group()
    if mark in _OPENING:
        return True
    if mark in _CLOSING:
        return False
    before = text[match.start() - 1] if match.start() > block.start else " "
    after = text[match.end()] if match.end() < block.end else " "
    return not (after.isspace() and not before.isspace()) or before in "([{—–-"


def _closes(text: str, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark in _CLOSING:
        return True
    if mark in _OPENING:
        return False
    before = text[match.start() - 1]
    after = text[match.end()] if match.end() < len(text) else " "
    return not (before.isspace() and not after.isspace())
