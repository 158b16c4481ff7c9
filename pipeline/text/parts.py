"""Long texts in parts: where a text may be cut, and an article as the parts that are read one after another."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.records import Article, Block, Span
from pipeline.text.reflow import Reflowed, reflow

#: Characters. A longer article is read in parts of at most this length, so that memory does not grow with it: some
#: 16,000 words, five times the longest of 1,246 gold articles. Names and pronouns are resolved within their part.
PART_CHARS = 100_000

#: The end of a sentence, with the blank after it.
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s")
_BLANK = re.compile(r"\s")


def cut_text(text: str, block_starts: Sequence[int], longest: int) -> Iterator[Span]:
    """Cut a text into [start, end) of at most ``longest`` characters; together they are all of it.

    A cut is made before a block (``block_starts`` are sorted offsets), else after a sentence's end, else after a
    blank, else anywhere.
    """
    start = 0
    while len(text) - start > longest:
        limit = start + longest
        block_start = block_starts[index - 1] if (index := bisect_right(block_starts, limit)) else 0
        cut = block_start if block_start > start else _find_cut(text, start, limit)
        yield start, cut
        start = cut
    yield start, len(text)


def _find_cut(text: str, start: int, limit: int) -> int:
    ends = [match.end() for match in _SENTENCE_END.finditer(text, start, limit)]
    ends = ends[-1:] or [match.end() for match in _BLANK.finditer(text, start + 1, limit)]
    return ends[-1] if ends else limit


def count_parts(article: Article) -> int:
    """How many parts ``reflow_parts`` gives."""
    return len(_part_spans(article))


def _part_spans(article: Article) -> list[Span]:
    return list(cut_text(article.text, [block.start for block in article.blocks], PART_CHARS))


def reflow_parts(article: Article) -> Iterator[Reflowed]:
    """The parts of an article in text order, each reflowed; spans found in them are carried back into the whole.

    An article of up to ``PART_CHARS`` characters is one part. A longer one is cut between its blocks, and a block as
    long as that between sentences; each piece has the role of its block.
    """
    if len(article.text) <= PART_CHARS:
        yield reflow(article)
        return
    blocks = article.blocks
    first = 0
    for start, end in _part_spans(article):
        while first < len(blocks) and blocks[first].end <= start:
            first += 1
        text = article.text[start:end]
        part = reflow(replace(article, text=text, blocks=tuple(_blocks_in(text, blocks, first, start))))
        offsets = array("L", (start + offset for offset in part.offsets)) if part.offsets else range(start, end)
        yield Reflowed(article, part.article, offsets)


def _blocks_in(text: str, blocks: Sequence[Block], first: int, shift: int) -> Iterator[Block]:
    """What the part that begins at ``shift`` has of the blocks from number ``first`` on, with offsets into ``text``.

    Of a block that was cut, the pieces have no blanks at their ends.
    """
    for block in blocks[first:]:
        start, end = max(block.start - shift, 0), min(block.end - shift, len(text))
        if start >= end:
            return
        words = text[start:end]
        start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        if start < end:
            yield replace(block, start=start, end=end)
