"""Markdown: the roles that its marks give to the blocks of a text. The text itself is never changed.

Headings (ATX and setext), images, lists of links, rules and fences are found as CommonMark defines them, as far as
news articles use them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.corpus.layout.blocks import find_blocks
from pipeline.corpus.layout.paragraphs import ends_sentence
from pipeline.records import Block, Role, Span

#: Endings of file names whose marks are looked at.
MARKDOWN_ENDINGS = (".md", ".markdown", ".mdown", ".mkd")

#: "## Heading ##".
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(\S.{0,300}?)[ \t]*#*[ \t]*$", re.MULTILINE)
#: A heading underlined with "===" or "---".
_UNDERLINED = re.compile(r"^(\S[^\n]*)\r?\n(=+|-{3,})[ \t]*\r?$", re.MULTILINE)
#: "![caption](picture.jpg)" in a line of its own.
_IMAGE = re.compile(r"^[ \t]*!\[([^\]\n]*)\]\([^)\n]*\)[ \t]*$", re.MULTILINE)
#: Marks of emphasis and quotation at a block's edges.
_EDGE_MARKS = "*_>"
#: A link, [words](address).
_LINK = r"\[[^\]\n]+\]\([^)\n]*\)"
#: A line of nothing but links, maybe an item of a list: "- [Home](/) | [News](/news)".
_LINKS = re.compile(rf"^[ \t]*(?:[-*+][ \t]+)?{_LINK}(?:[ \t]*[|·•,][ \t]*{_LINK})*[ \t]*$", re.MULTILINE)
#: A rule ("***") or the fence of a code block.
_RULE = re.compile(r"^[ \t]*(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|`{3,}.*|~{3,}.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A marked line: where it lies, where its words do, and their role, None for a line without words."""

    start: int
    end: int
    words: Span
    role: Role | None


def find_markdown_blocks(text: str, start: int) -> tuple[Block, ...]:
    """The layout's blocks of the article that begins at ``start``, with the roles that Markdown's marks tell.

    A heading is a block of its own even where its text follows without a blank line. Marks at a block's edges are in
    no block.
    """
    marks = _find_marks(text, start)
    has_headline = any(mark.role == "headline" for mark in marks)
    mark_starts = [mark.start for mark in marks]
    blocks: list[Block] = []
    used: set[int] = set()
    for block in find_blocks(text, start):
        unmarked = _without_headline_role(text, block) if has_headline else block
        offset = block.start
        # What is marked is cut out of the block; the mark before may reach into it.
        index = max(0, bisect_right(mark_starts, offset) - 1)
        while index < len(marks) and marks[index].start < block.end:
            mark = marks[index]
            if mark.end > offset:
                blocks += _trim_block(text, offset, min(mark.start, block.end), unmarked)
                if index not in used and mark.role and mark.words[0] < mark.words[1]:
                    blocks += _trim_block(text, *mark.words, replace(unmarked, role=mark.role))
                used.add(index)
                offset = max(offset, mark.end)
            index += 1
        blocks += _trim_block(text, offset, block.end, unmarked)
    return tuple(blocks)


def _without_headline_role(text: str, block: Block) -> Block:
    """The block, no headline where a mark gives another."""
    if block.role != "headline":
        return block
    return replace(block, role="body" if ends_sentence(text[block.start : block.end]) else "subheading")


def _trim_block(text: str, start: int, end: int, block: Block) -> list[Block]:
    """The block cut down to [start, end), without blanks and Markdown's marks at its edges; none if nothing is left."""
    while start < end and (text[start] in _EDGE_MARKS or text[start].isspace()):
        start += 1
    while start < end and (text[end - 1] in _EDGE_MARKS or text[end - 1].isspace()):
        end -= 1
    return [replace(block, start=start, end=end)] if start < end else []


def _find_marks(text: str, start: int) -> list[_Mark]:
    """The marked lines in text order, none overlapping another."""
    marks = [*_find_headings(text, start), *_find_other_marks(text, start)]
    marks.sort(key=lambda mark: (mark.start, -mark.end))
    kept: list[_Mark] = []
    for mark in marks:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _find_headings(text: str, start: int) -> list[_Mark]:
    """The headings in text order; the first of the highest level is the headline."""
    with_levels: list[tuple[int, _Mark]] = []
    for match in _HEADING.finditer(text, start):
        with_levels.append((len(match[1]), _Mark(*match.span(), match.span(2), "subheading")))
    for match in _UNDERLINED.finditer(text, start):
        level = 1 if match[2][0] == "=" else 2
        with_levels.append((level, _Mark(*match.span(), match.span(1), "subheading")))
    with_levels.sort(key=lambda pair: pair[1].start)
    headings = [mark for _, mark in with_levels]
    if headings:
        levels = [level for level, _ in with_levels]
        first = levels.index(min(levels))
        headings[first] = replace(headings[first], role="headline")
    return headings


def _find_other_marks(text: str, start: int) -> Iterator[_Mark]:
    """Images, lines of links and rules."""
    for match in _IMAGE.finditer(text, start):
        yield _Mark(*match.span(), match.span(1), "caption")
    for match in _LINKS.finditer(text, start):
        yield _Mark(*match.span(), match.span(), "navigation")
    for match in _RULE.finditer(text, start):
        yield _Mark(*match.span(), match.span(), None)
