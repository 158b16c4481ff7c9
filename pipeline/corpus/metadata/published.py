"""When an article was published, from the surest source to the least, and which source it was.

Front matter or sidecar, the format's own metadata, the URL's path, a dateline, a "Published ..." line or one with
nothing but a whole date, the file's name, then what the user says of all (--published). Never the file's time stamp,
which is that of a copy, nor the creation date in a PDF or DOCX, which is that of the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipeline.corpus.metadata import Metadata
from pipeline.corpus.metadata.days import find_day_in_file_name, find_day_in_url, find_worded_day
from pipeline.records import Block
from pipeline.text.normalize import collapse_whitespace

#: The opening of a line that tells the day, with as much behind it as a day takes: "First published on 4 March 2025".
_PUBLISHED_LINE = re.compile(
    r"(?:first )?(?:published|posted|issued|released|date|for (?:immediate )?release)\b[^\n]{0,40}", re.IGNORECASE
)
#: A line that is nothing but a day, maybe with its weekday: "Tuesday, March 4th, 2025".
_DAY_ALONE = re.compile(
    r"(?:[a-z]+day,? )?(?:\d{1,2}(?:st|nd|rd|th)? [a-z]+\.?|[a-z]+\.? \d{1,2}(?:st|nd|rd|th)?),? \d{4}", re.IGNORECASE
)
#: A line that tells the day is among this many first blocks or isn't looked for: below stand other stories.
_BLOCKS_NEAR_TOP = 8


def find_published(metadata: Metadata, text: str, blocks: Sequence[Block], file: str, default: date | None) -> Metadata:
    """``metadata`` with the publication day and its source, both empty when nothing tells them.

    A day that it has stays. ``file`` is the place of the article below the corpus; a file with many articles ("#3")
    does not date them. ``default`` is the day that the user gave for articles without one.
    """
    if metadata.published:
        return metadata
    for source, day in (
        ("URL", find_day_in_url(metadata.url)),
        ("dateline", _find_day_in_text(text, blocks)),
        ("file name", _find_day_in_file(file)),
        ("--published", default),
    ):
        if day:
            return replace(metadata, published=day, published_source=source)
    return replace(metadata, published_source="")


def _find_day_in_text(text: str, blocks: Sequence[Block]) -> date | None:
    """The whole day in the dateline that opens the story, or above the body in a line "Published ..." or by itself."""
    opening = next((index for index, block in enumerate(blocks) if block.role == "body"), len(blocks))
    top = blocks[: min(opening + 1, _BLOCKS_NEAR_TOP)]
    days = (_find_day_in_block(text[block.start : block.end], block) for block in top)
    return next((day for day in days if day), None)


def _find_day_in_block(words: str, block: Block) -> date | None:
    """The day that a block above the body tells, or the first of the body when it is nothing but a day."""
    line = collapse_whitespace(words)
    if block.role == "body":
        return _find_day_alone(line)
    if block.role == "dateline" and (day := find_worded_day(line)):
        return day
    if (opening := _PUBLISHED_LINE.match(line)) and (day := find_worded_day(opening[0])):
        return day
    return next((day for part in words.splitlines() if (day := _find_day_alone(part.strip()))), None)


def _find_day_alone(line: str) -> date | None:
    return find_worded_day(line) if _DAY_ALONE.fullmatch(line) else None


def _find_day_in_file(file: str) -> date | None:
    """The day in the name of a file that holds one article: 2024-11-13_plant.txt."""
    name = file.rpartition("/")[2]
    return None if "#" in name else find_day_in_file_name(name)
