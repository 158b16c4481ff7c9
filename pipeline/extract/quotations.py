"""Find what stands between quotation marks, block by block, so that one odd mark costs at most its own paragraph.

Straight, curly and angle double marks, doubled single marks ('' and ``) and curly single marks are paired within a
block. A block that opens a quotation and does not close it carries on into the next when that one opens with a mark
again: the convention for speech over several paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.records import CLAIM_ROLES, Article, Block, Span

_MARK = re.compile(r"[\"“”„‟«»〝〞]|''|``|‘|’")
#: Marks that can only open or only close; a straight mark may do either.
_OPENING = frozenset("“„‟«〝") | {"``", "‘"}
_CLOSING = frozenset("”»〞") | {"’"}
_SINGLE = "‘’"
MarkKind = Literal["single", "double"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks.

    ``outer`` is its span with the marks, ``inner`` without; ``block`` is the index of its block in ``Article.blocks``.
    ``closed`` is False where the block ends before a closing mark; ``continues`` is True where it carries on the
    quotation that the block before left open.
    """

    outer: Span
    inner: Span
    block: int
    closed: bool = True
    continues: bool = False


@dataclass(frozen=True, slots=True)
class _OpenMark:
    """An opening mark that waits for its partner: its span and which kind of mark can close it."""

    span: Span
    kind: MarkKind


def find_quotations(article: Article) -> list[Quotation]:
    """All quotations of the blocks that claims come from, in text order; those inside others are left out.

    Whether somebody is quoted is not asked: scare quotes and titles of works are among them.
    """
    quotations: list[Quotation] = []
    open_before = False
    for index, block in enumerate(article.blocks):
        if block.role not in CLAIM_ROLES or block.repeated:
            continue
        in_block = _pair_marks(article.text, block, index)
        if open_before and in_block and _opens_block(in_block[0], block, article.text):
            in_block[0] = replace(in_block[0], continues=True)
        quotations.extend(in_block)
        open_before = bool(in_block) and not in_block[-1].closed
    return quotations


def _opens_block(quotation: Quotation, block: Block, text: str) -> bool:
    """Whether nothing but the quotation's opening mark stands before its words in the block."""
    mark = text[quotation.outer[0] : quotation.inner[0]]
    return text[block.start : quotation.inner[0]].strip() == mark


def _pair_marks(text: str, block: Block, index: int) -> list[Quotation]:
    quotations: list[Quotation] = []
    opened: _OpenMark | None = None
    for match in _MARK.finditer(text, block.start, block.end):
        kind: MarkKind = "single" if match.group() in _SINGLE else "double"
        if kind == "single" and _is_apostrophe(text, match.start()):
            continue
        if opened is None:
            if _may_open(text, match, block):
                opened = _OpenMark(match.span(), kind)
        elif kind == opened.kind and _may_close(text, match):
            quotations.append(Quotation((opened.span[0], match.end()), (opened.span[1], match.start()), index))
            opened = None
    if opened is not None and opened.kind == "double":
        outer, inner = (opened.span[0], block.end), (opened.span[1], block.end)
        quotations.append(Quotation(outer, inner, index, closed=False))
    return [quotation for quotation in quotations if text[slice(*quotation.inner)].strip()]


def _is_apostrophe(text: str, offset: int) -> bool:
    """Whether a curly single mark belongs to a word: between letters ("isn’t"), or an opening one after a letter."""
    before = text[offset - 1] if offset else " "
    after = text[offset + 1] if offset + 1 < len(text) else " "
    return before.isalnum() and (text[offset] != "’" or after.isalnum())


def _may_open(text: str, match: re.Match[str], block: Block) -> bool:
    """Whether the mark can open: by its form, a straight one unless it ends a word (``word" next``)."""
    mark = match.group()
    if mark in _OPENING or mark in _CLOSING:
        return mark in _OPENING
    before = text[match.start() - 1] if match.start() > block.start else " "
    after = text[match.end()] if match.end() < block.end else " "
    return not (after.isspace() and not before.isspace()) or before in "([{—–-"


def _may_close(text: str, match: re.Match[str]) -> bool:
    """Whether the mark can close: by its form, a straight one unless it begins a word (``word "next``)."""
    mark = match.group()
    if mark in _OPENING or mark in _CLOSING:
        return mark in _CLOSING
    before = text[match.start() - 1]
    after = text[match.end()] if match.end() < len(text) else " "
    return not (before.isspace() and not after.isspace())
