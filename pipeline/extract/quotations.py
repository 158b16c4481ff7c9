"""Find what stands between quotation marks, block by block, so that one odd mark costs at most its own paragraph.

Straight, curly and angle double marks, doubled single marks ('' and ``) and single marks are paired within a block.
Straight single marks count only where the article quotes with them, as much of the British and Indian press does; an
apostrophe is no mark. A block that opens a quotation and does not close it carries on into the next when that one opens
with a mark again: the convention for speech over several paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.records import CLAIM_ROLES, Article, Block, Span

_MARK = re.compile(r"[\"“”„‟«»〝〞]|''|``|‘|’|'")
#: Marks that can only open or only close; a straight mark may do either.
_OPENING = frozenset("“„‟«〝") | {"``", "‘"}
_CLOSING = frozenset("”»〞") | {"’"}
#: Marks at the line's foot, and those above it that may close what they open.
_LOW = "„‟"
_CLOSING_LOW = "“”"
_SINGLE = "‘’'"
_SINGLE_MARK = re.compile(f"[{_SINGLE}]")
#: What stands before the closing mark of speech ("shut,' he said"), and never before an apostrophe.
_SPEECH_ENDS = ".,!?…"
#: Speech between straight single marks, whose closing one follows a sign: "'We are shut,'". Where an article has one,
#: it quotes with them.
_SINGLE_SPEECH = re.compile(
    r"(?<![^\s(\[“\"—–-])'(?=[^\W\d_])[^'\"\n]{4,400}(?:'(?:\w|(?<=s')[ ])[^'\"\n]{0,200}){0,9}(?<=[.,!?…])'(?!\w)"
)
#: Words that begin with an apostrophe: "'til", "'em", "rock 'n' roll"; years do, too: "the '90s".
_ELIDED = re.compile(r"['’](?:\d|(?:n|em|til|tis|twas|cause|bout|round|ere|im|er|av)\b)", re.IGNORECASE)
#: Characters within which the next block begins: blanks and line ends.
_TO_NEXT_BLOCK = 20
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
    marks = _Marks(article.text, bool(_SINGLE_SPEECH.search(article.text)))
    for index, block in enumerate(article.blocks):
        if block.role not in CLAIM_ROLES or block.repeated:
            continue
        in_block = marks.pair(block, index)
        if open_before and in_block and _opens_block(in_block[0], block, article.text):
            in_block[0] = replace(in_block[0], continues=True)
        quotations.extend(in_block)
        open_before = bool(in_block) and not in_block[-1].closed
    return quotations


def _opens_block(quotation: Quotation, block: Block, text: str) -> bool:
    """Whether nothing but the quotation's opening mark stands before its words in the block."""
    mark = text[quotation.outer[0] : quotation.inner[0]]
    return text[block.start : quotation.inner[0]].strip() == mark


@dataclass(frozen=True, slots=True)
class _Marks:
    """The quotation marks of an article's ``text``; ``has_straight_singles``: whether it quotes with straight '."""

    text: str
    has_straight_singles: bool

    def pair(self, block: Block, index: int) -> list[Quotation]:
        """The quotations of one block, the last one open where its end has no mark."""
        text = self.text
        quotations: list[Quotation] = []
        opened: _OpenMark | None = None
        for match in _MARK.finditer(text, block.start, block.end):
            kind: MarkKind = "single" if match.group() in _SINGLE else "double"
            if kind == "single" and self._is_apostrophe(match, block):
                continue
            if opened is None:
                if _may_open(text, match, block):
                    opened = _OpenMark(match.span(), kind)
            elif kind == opened.kind and (_may_close(text, match) or self._closes_low(opened, match)):
                quotations.append(Quotation((opened.span[0], match.end()), (opened.span[1], match.start()), index))
                opened = None
        if opened is not None and (opened.kind == "double" or self._goes_on(opened, block)):
            outer, inner = (opened.span[0], block.end), (opened.span[1], block.end)
            quotations.append(Quotation(outer, inner, index, closed=False))
        return [quotation for quotation in quotations if text[slice(*quotation.inner)].strip()]

    def _closes_low(self, opened: _OpenMark, match: re.Match[str]) -> bool:
        """Whether the mark is the upper one of a pair that begins low: „shut“."""
        return self.text[opened.span[0]] in _LOW and match.group() in _CLOSING_LOW

    def _is_apostrophe(self, match: re.Match[str], block: Block) -> bool:
        """Whether a single mark belongs to a word: "isn't", "'til", "the boys' club", or any where nobody quotes so."""
        text, offset = self.text, match.start()
        if text[offset] == "'" and not self.has_straight_singles:
            return True
        before = text[offset - 1] if offset > block.start else " "
        after = text[offset + 1] if offset + 1 < block.end else " "
        if before.isalnum() and (text[offset] == "‘" or after.isalnum()):
            return True
        if not before.isalnum():
            return bool(_ELIDED.match(text, offset)) and before.isspace()
        return before in "sS" and self._closes_later(offset, block)

    def _closes_later(self, offset: int, block: Block) -> bool:
        """Whether after a word in s speech goes on to a mark behind a sign, with none that opens between."""
        for match in _SINGLE_MARK.finditer(self.text, offset + 1, block.end):
            before = self.text[match.start() - 1]
            if before in _SPEECH_ENDS:
                return True
            if not before.isalnum():
                return False
        return False

    def _goes_on(self, opened: _OpenMark, block: Block) -> bool:
        """Whether speech between single marks that opens the block goes on in the next, which opens with one, too."""
        text, mark = self.text, self.text[slice(*opened.span)]
        opens_block = not text[block.start : opened.span[0]].strip()
        return opens_block and text[block.end : block.end + _TO_NEXT_BLOCK].lstrip().startswith(mark)


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
