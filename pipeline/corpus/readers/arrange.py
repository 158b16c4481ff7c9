"""Paragraphs of known and unknown roles to one text with blocks: what the format doesn't tell, the layout does."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from pipeline.corpus.document import Document
from pipeline.corpus.layout.blocks import find_blocks
from pipeline.corpus.layout.paragraphs import ends_sentence
from pipeline.corpus.metadata import Metadata
from pipeline.errors import UnreadableArticle
from pipeline.records import Block, Role
from pipeline.text.normalize import alphanumeric_key, replace_control_characters

#: One paragraph and its role, None where only the layout tells.
Part = tuple[str, Role | None]
#: A title stands among so many first lines or not at all.
OPENING = 8
EMPTY = UnreadableArticle("there is no text in it", "Open it and look; save what it shows as text.")


def arrange(parts: Iterable[Part], known: Metadata, part: str = "") -> Document:
    """The paragraphs that aren't blank, a blank line between them, as a Document.

    Raises UnreadableArticle when there are none.
    """
    pieces: list[str] = []
    given: list[Block] = []
    at = 0
    for words, role in parts:
        solid = replace_control_characters(words).strip()
        if not solid:
            continue
        if role:
            given.append(Block(at, at + len(solid), role))
        pieces.append(solid)
        at += len(solid) + 2
    if not pieces:
        raise EMPTY
    text = "\n\n".join(pieces) + "\n"
    return Document(text, known, _with_given(text, given) if given else None, part=part)


def titled(text: str, known: Metadata, part: str = "") -> Document:
    """A text that came in one piece, its title on top as headline when it does not stand there anyway.

    Raises UnreadableArticle when there is none.
    """
    text = replace_control_characters(text).strip("\n")
    if not text.strip():
        raise EMPTY
    if not _lacks_title([line for line in text.splitlines()[:20] if line.strip()], known.title):
        return Document(text + "\n", known, part=part)
    title = replace_control_characters(known.title)
    whole = f"{title}\n\n{text}\n"
    return Document(whole, known, _with_given(whole, [Block(0, len(title), "headline")]), part=part)


def with_title(parts: Iterable[Part], title: str) -> list[Part]:
    """The paragraphs with the title on top as headline, when it is not among the first ones."""
    found = list(parts)
    solid = [words for words, _ in found if words.strip()]
    return [(title, "headline"), *found] if _lacks_title(solid, title) else found


def _lacks_title(lines: list[str], title: str) -> bool:
    wanted = alphanumeric_key(title)
    return bool(wanted) and all(alphanumeric_key(line) != wanted for line in lines[:OPENING])


def _with_given(text: str, given: list[Block]) -> tuple[Block, ...]:
    """The layout's blocks, those inside a given one with its role; one headline, the format's if it has one."""
    starts = [block.start for block in given]
    told = any(block.role == "headline" for block in given)
    blocks: list[Block] = []
    for block in find_blocks(text):
        index = bisect_right(starts, block.start) - 1
        inside = index >= 0 and block.end <= given[index].end
        if inside:
            block = replace(block, role=given[index].role)
        elif not inside and told and block.role == "headline":
            words = text[block.start : block.end]
            block = replace(block, role="body" if ends_sentence(words) else "subheading")
        blocks.append(block)
    return tuple(blocks)
