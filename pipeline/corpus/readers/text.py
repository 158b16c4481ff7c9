"""Plain text and Markdown: the decoded file as it is, front matter on top told apart."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from pipeline.corpus.detect.decoding import decode_text
from pipeline.corpus.document import Document
from pipeline.corpus.layout.blocks import find_blocks
from pipeline.corpus.layout.paragraphs import ends_sentence
from pipeline.corpus.metadata import parse_front_matter
from pipeline.errors import UnreadableArticle
from pipeline.records import Block, Role

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(\S.{0,300}?)[ \t]*#*[ \t]*$", re.MULTILINE)
_UNDERLINED = re.compile(r"^(\S[^\n]*)\r?\n(=+|-{3,})[ \t]*\r?$", re.MULTILINE)
_IMAGE = re.compile(r"^[ \t]*!\[([^\]\n]*)\]\([^)\n]*\)[ \t]*$", re.MULTILINE)
#: Marks of emphasis and quotation at a block's edges.
_EDGES = "*_>"
_LINK = r"\[[^\]\n]+\]\([^)\n]*\)"
_LINKS = re.compile(rf"^[ \t]*(?:[-*+][ \t]+)?{_LINK}(?:[ \t]*[|·•,][ \t]*{_LINK})*[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|`{3,}.*|~{3,}.*)$", re.MULTILINE)


def read_text(data: bytes, name: str = "") -> Document:
    """The text as decoded. Raises UnreadableArticle for what is no text and for front matter without an article."""
    text = decode_text(data)
    known, start = parse_front_matter(text)
    if not text[start:].strip():
        raise UnreadableArticle("nothing but front matter", "Put the article's text below it.")
    blocks = _markdown_blocks(text, start) if name.lower().endswith(_MARKDOWN) else None
    return Document(text, known, blocks, start)


def _markdown_blocks(text: str, start: int) -> tuple[Block, ...]:
    """The layout's blocks, with the roles that Markdown's marks tell; marks at a block's edges are in no block."""
    marks = _marks(text, start)
    headed = any(mark.role == "headline" for mark in marks)
    starts = [mark.start for mark in marks]
    blocks: list[Block] = []
    used: set[int] = set()
    for found in find_blocks(text, start):
        block = _demoted(text, found) if headed else found
        at = block.start
        # A heading may be followed by its text without a blank line: what is marked is cut out of the block.
        index = max(0, bisect_right(starts, at) - 1)
        while index < len(marks) and marks[index].start < block.end:
            mark = marks[index]
            if mark.line_end > at:
                blocks += _cut(text, at, min(mark.start, block.end), block)
                if index not in used and mark.role and mark.words_start < mark.words_end:
                    blocks += _cut(text, mark.words_start, mark.words_end, replace(block, role=mark.role))
                used.add(index)
                at = max(at, mark.line_end)
            index += 1
        blocks += _cut(text, at, block.end, block)
    return tuple(blocks)


def _demoted(text: str, block: Block) -> Block:
    """The block, no headline where a mark tells another."""
    if block.role != "headline":
        return block
    return replace(block, role="body" if ends_sentence(text[block.start : block.end]) else "subheading")


def _cut(text: str, start: int, end: int, block: Block) -> list[Block]:
    """The block cut down to [start, end), without blanks and Markdown's marks at its edges; none if nothing is left."""
    while start < end and (text[start] in _EDGES or text[start].isspace()):
        start += 1
    while start < end and (text[end - 1] in _EDGES or text[end - 1].isspace()):
        end -= 1
    return [replace(block, start=start, end=end)] if start < end else []


class _Mark:
    """A marked line: where it lies, where its words do, and the role, None for a line without words."""

    __slots__ = ("line_end", "role", "start", "words_end", "words_start")

    def __init__(self, start: int, line_end: int, words: tuple[int, int], role: Role | None) -> None:
        self.start, self.line_end, self.role = start, line_end, role
        self.words_start, self.words_end = words


def _marks(text: str, start: int) -> list[_Mark]:
    """The marked lines in text order; the first heading of the highest level is the headline."""
    found: list[tuple[int, _Mark]] = []
    for match in _HEADING.finditer(text, start):
        found.append((len(match[1]), _Mark(*match.span(), match.span(2), "subheading")))
    for match in _UNDERLINED.finditer(text, start):
        found.append((1 if match[2][0] == "=" else 2, _Mark(*match.span(), match.span(1), "subheading")))
    headings = sorted(found, key=lambda pair: pair[1].start)
    if headings:
        top = min(level for level, _ in headings)
        next(mark for level, mark in headings if level == top).role = "headline"
    marks = [mark for _, mark in headings]
    for pattern, role in ((_IMAGE, "caption"), (_LINKS, "navigation"), (_RULE, None)):
        for match in pattern.finditer(text, start):
            words = match.span(1) if role == "caption" else match.span()
            marks.append(_Mark(*match.span(), words, role))  # type: ignore[arg-type]
    marks.sort(key=lambda mark: (mark.start, -mark.line_end))
    kept: list[_Mark] = []
    for mark in marks:
        if not kept or mark.start >= kept[-1].line_end:
            kept.append(mark)
    return kept
