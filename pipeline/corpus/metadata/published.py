"""When an article was published, from the surest source to the least, and which source it was.

Front matter or sidecar, the format's own metadata, the URL's path, a dateline, a "Published ..." line or one with
nothing but a whole date, the file's name, what the user says of all (--published), last a dateline of numbers alone
that is read with the day first, as all but Americans write, because nothing tells. Never the file's time stamp,
which is that of a copy, nor the creation date in a PDF or DOCX, which is that of the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from pipeline.corpus.metadata import Metadata
from pipeline.corpus.metadata.days import (
    DayOrder,
    find_day_in_file_name,
    find_day_in_url,
    find_day_order,
    find_worded_day,
    parse_day,
)
from pipeline.records import Block
from pipeline.text.normalize import collapse_whitespace

#: What tells the day of publication, with as much behind it as a day takes: "First published on 4 March 2025". The
#: first publication goes before others: "Published 9 March, first published 4 March 2025".
_FIRST_PUBLISHED = re.compile(
    r"\b(?:first|originally) (?:published|posted|issued|released)\b[^\n]{0,40}", re.IGNORECASE
)
_PUBLISHED_LINE = re.compile(
    r"(?:published|posted|issued|released|date[sd]?|time|created|filed|for (?:immediate )?release|embargoed until)\b"
    r"[^\n]{0,40}",
    re.IGNORECASE,
)
#: When a text was changed, which is no day of publication: "Last updated 9 March 2025 at 10:30".
_CHANGED = re.compile(
    r"\b(?:last )?(?:updated?|modified|edited|changed|revised|reviewed)\b[^\n|·•;]{0,40}", re.IGNORECASE
)
#: A day of numbers alone, with its year. The first digit stands before what must not precede it: whole texts are
#: searched, and quickly for digits.
_NUMBERS = re.compile(r"\d(?<![\d/.-]\d)(?:\d{3}-\d\d?-\d\d?|\d{3}/\d\d/\d\d|\d?[/.]\d{1,2}[/.]\d{4})(?![\d/]|-\d)")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
#: A day in a line, its weekday and time of day included.
_DAY_AND_TIME = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?{_MONTH},?[ -]\d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|{_NUMBERS.pattern})"
    r"(?:[T,]? ?(?:at |- |– |\| )?\d{1,2}(?:[:.]\d\d){1,2}(?:\.\d+)? ?(?:[ap]\.?m\.?)?"
    r"(?: ?(?:Z|[A-Z]{2,5}|[+-]\d\d:?\d\d))?)?"
    r"(?:,? \(?(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?\)?)?",
    re.IGNORECASE,
)
#: What parts the pieces of a line above a story: "By Ada Brandt | 4 March 2025 | Larnhaven".
_BETWEEN = re.compile(r"[|·•–—/,;()\[\]]+| - ")
#: A piece of such a line: names and places, maybe after "by" or "in", a source of the story, a reading time.
_PIECE = re.compile(
    r"(?:(?:by|from|in|at|on) )?(?:[A-ZÀ-Þ][\w.&'’-]*(?: (?:of|the|and|for|de|la|van|[A-ZÀ-Þ][\w.&'’-]*)){0,6})"
    r"|\d+ min(?:ute)?s? (?:read|ago)|(?:p(?:age|g?\.) ?)?[A-Z]?\d{1,3}|(?:by|on|in)",
    re.IGNORECASE | re.ASCII,
)
#: Source of a day of numbers that could be two ("7/3/2015"), where nothing tells which and no other source has a day.
ASSUMED_ORDER = "dateline, day first assumed"
_CAPITAL = re.compile(r"[A-ZÀ-Þ0-9]")
#: Characters of the longest such line.
_LONGEST_LINE = 120
#: A line that tells the day is among this many first blocks or isn't looked for: below stand other stories.
_BLOCKS_NEAR_TOP = 8


def find_published(
    metadata: Metadata,
    text: str,
    blocks: Sequence[Block],
    file: str,
    default: date | None,
    order: DayOrder = "",
) -> Metadata:
    """``metadata`` with the publication day and its source, both empty when nothing tells them.

    A day that it has stays. ``file`` is the place of the article below the corpus; a file with many articles ("#3")
    does not date them. ``default`` is the day that the user gave for articles without one, ``order`` how days of
    numbers alone are to be read ("7/3/2015"); without it the other days of the text may show it (13/3/2015).
    """
    if metadata.published:
        return metadata
    order = order or find_day_order(_NUMBERS.findall(text))
    sources: tuple[tuple[str, Callable[[], date | None]], ...] = (
        ("URL", lambda: find_day_in_url(metadata.url)),
        ("dateline", lambda: _find_day_in_text(text, blocks, order)),
        ("file name", lambda: _find_day_in_file(file)),
        ("--published", lambda: default),
        (ASSUMED_ORDER, lambda: _find_day_in_text(text, blocks, order or "day")),
    )
    for source, find_day in sources:
        if day := find_day():
            return replace(metadata, published=day, published_source=source)
    return replace(metadata, published_source="")


def _find_day_in_text(text: str, blocks: Sequence[Block], order: DayOrder) -> date | None:
    """The whole day in the dateline that opens the story, or above the body in a line "Published ..." or by itself."""
    opening = next((index for index, block in enumerate(blocks) if block.role == "body"), len(blocks))
    top = blocks[: min(opening + 1, _BLOCKS_NEAR_TOP)]
    lines = [(line, block) for block in top for line in _lines_of(text[block.start : block.end], block)]
    days = chain(
        (_find_first_published(line, order) for line, _ in lines),
        (_find_day_in_line(line, block, order) for line, block in lines),
    )
    return next((day for day in days if day), None)


def _lines_of(words: str, block: Block) -> list[str]:
    """The lines of a block, each on its own, and all as one; of the body only what may be a line above the story."""
    whole = collapse_whitespace(words)
    lines = [collapse_whitespace(line) for line in words.splitlines()]
    kept = [line for line in dict.fromkeys([whole, *lines]) if line]
    return [line for line in kept if len(line) <= _LONGEST_LINE] if block.role == "body" else kept


def _find_first_published(line: str, order: DayOrder) -> date | None:
    match = _FIRST_PUBLISHED.search(line)
    return _find_day(match[0], order) if match else None


def _find_day_in_line(line: str, block: Block, order: DayOrder) -> date | None:
    """The day that a line tells: in a dateline, behind "Published", or with nothing but names and places beside it."""
    if block.role == "dateline" and (day := _find_day(line, order)):
        return day
    line = _CHANGED.sub("", line).strip()
    if block.role != "body" and (opening := _PUBLISHED_LINE.match(line)) and (day := _find_day(opening[0], order)):
        return day
    return _find_day(line, order) if _is_line_above(line) else None


def _is_line_above(line: str) -> bool:
    """Whether a line is a day with nothing but names, places and times beside it: "By Ada Brandt | 4 March 2025"."""
    if len(line) > _LONGEST_LINE:
        return False
    rest, days = _DAY_AND_TIME.subn("|", line, count=1)
    if not days:
        return False
    pieces = (piece.strip(" .:") for piece in _BETWEEN.split(rest))
    return all(not piece or (_PIECE.fullmatch(piece) and _is_named(piece)) for piece in pieces)


def _is_named(piece: str) -> bool:
    """Whether the longer words of a piece have capitals, as names do; "min read" and the like have a number."""
    words = [word for word in piece.split() if len(word) > len("from")]
    return any(letter.isdigit() for letter in piece) or all(_CAPITAL.match(word) for word in words)


def _find_day(text: str, order: DayOrder) -> date | None:
    """The first whole day in the text, in words or in numbers that can be read in one way only, or in that order."""
    if day := find_worded_day(text):
        return day
    match = _NUMBERS.search(text)
    return parse_day(match[0], order) if match else None


def _find_day_in_file(file: str) -> date | None:
    """The day in the name of a file that holds one article: 2024-11-13_plant.txt."""
    name = file.rpartition("/")[2]
    return None if "#" in name else find_day_in_file_name(name)
