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
from pipeline.corpus.metadata.days import day_in_words, day_of
from pipeline.records import Block

_URL = re.compile(
    r"/(\d{4})[/-](\d{1,2}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/-](\d{1,2})(?=[/_.?#-]|$)|[/_-](\d{8})(?=[/_.?#-]|$)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)")
_LINE = re.compile(
    r"(?:first )?(?:published|posted|issued|released|date|for (?:immediate )?release)\b[^\n]{0,40}", re.IGNORECASE
)
#: A line that is nothing but a day, maybe with its weekday.
_ALONE = re.compile(
    r"(?:[a-z]+day,? )?(?:\d{1,2}(?:st|nd|rd|th)? [a-z]+\.?|[a-z]+\.? \d{1,2}(?:st|nd|rd|th)?),? \d{4}", re.IGNORECASE
)
#: A "Published ..." line stands among so many first blocks or not at all.
_NEAR_TOP = 8


def find_published(known: Metadata, text: str, blocks: Sequence[Block], file: str, default: date | None) -> Metadata:
    """``known`` with the publication day and its source, both empty when nothing tells them.

    ``file`` is the place of the article below the corpus; a file with many articles ("#3") does not date them.
    """
    if known.published:
        return known
    for source, day in (
        ("URL", _in_url(known.url)),
        ("dateline", _in_dateline(text, blocks)),
        ("file name", _in_name(file)),
        ("--published", default),
    ):
        if day:
            return replace(known, published=day, published_source=source)
    return replace(known, published_source="")


def _in_url(url: str) -> date | None:
    path = re.sub(r"^[a-z]+://[^/]*", "", url.strip(), flags=re.IGNORECASE).partition("?")[0]
    for found in _URL.finditer(path):
        year, month, day, basic = found.groups()
        words = f"{day} {month} {year}" if year and month.isalpha() else f"{year}-{month}-{day}"
        if found_day := day_of(basic or words):
            return found_day
    return None


def _in_dateline(text: str, blocks: Sequence[Block]) -> date | None:
    """The whole date in the dateline that opens the story, or above the body in a line "Published ..." or by itself."""
    opening = next((i for i, block in enumerate(blocks) if block.role == "body"), len(blocks))
    for block in blocks[: min(opening + 1, _NEAR_TOP)]:
        words = " ".join(text[block.start : block.end].split())
        if block.role == "dateline" and (day := day_in_words(words)):
            return day
        above = block.role != "body"
        if above and (line := _LINE.match(words)) and (day := day_in_words(line[0])):
            return day
        for part in text[block.start : block.end].splitlines() if above else [words]:
            if _ALONE.fullmatch(part.strip()) and (day := day_in_words(part)):
                return day
    return None


def _in_name(file: str) -> date | None:
    """The date in the name of a file that holds one article: 2024-11-13_plant.txt."""
    name = file.rpartition("/")[2]
    if "#" in name:
        return None
    found = _NAME.search(name)
    return day_of(f"{found[1]}-{found[3]}-{found[4]}") if found else None
