"""Paragraphs of known and unknown roles to one text with blocks: what the format doesn't tell, the layout does."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from pipeline.corpus.clean import find_blocks
from pipeline.corpus.document import Document
from pipeline.corpus.metadata import Metadata
from pipeline.corpus.readers.source import tidy
from pipeline.errors import UnreadableArticle
from pipeline.records import Block, Role

#: One paragraph and its role, None where only the layout tells.
Part = tuple[str, Role | None]
EMPTY = UnreadableArticle("there is no text in it", "Open it and look; save what it shows as text.")


def arrange(parts: Iterable[Part], known: Metadata, part: str = "") -> Document:
    """The paragraphs that aren't blank, a blank line between them, as a Document.

    Raises UnreadableArticle when there are none.
    """
    pieces: list[str] = []
    given: list[Block] = []
    at = 0
    for words, role in parts:
        solid = tidy(words).strip()
        if not solid:
            continue
        if role:
            given.append(Block(at, at + len(solid), role))
        pieces.append(solid)
        at += len(solid) + 2
    if not pieces:
        raise EMPTY
    text = "\n\n".join(pieces) + "\n"
    return Document(text, known, _with_given(find_blocks(text), given) if given else None, part=part)


def _with_given(found: Iterable[Block], given: list[Block]) -> tuple[Block, ...]:
    """The layout's blocks, those inside a given one with its role; one headline, the format's if it has one."""
    starts = [block.start for block in given]
    told = any(block.role == "headline" for block in given)
    blocks: list[Block] = []
    for block in found:
        index = bisect_right(starts, block.start) - 1
        inside = index >= 0 and block.end <= given[index].end
        if inside:
            block = replace(block, role=given[index].role)
        elif not inside and told and block.role == "headline":
            block = replace(block, role="subheading")
        blocks.append(block)
    return tuple(blocks)
