"""NewsBank (Access World News): headline, a line with source and day, some fields, the text, the number of the record.

Larnhaven to lose its ferry
Daily Example, The (Larnhaven, ST) - March 4, 2025
Author/Byline: Ada Brandt, Staff Writer
Section: News
Page: A4
The port will close ...
Record: 0FA1B2C3D4E5
Copyright (c) 2025 The Daily Example, All Rights Reserved.
"""

from __future__ import annotations

import re

from pipeline.corpus.press.entries import (
    Entry,
    Lines,
    find_day,
    find_line,
    join_body,
    join_field,
    last_filled,
    next_filled,
)

#: "Daily Example, The (Larnhaven, ST) - March 4, 2025 - A4".
_SOURCE = re.compile(r"\s*([^()\n]{2,90}) (\([^()\n]{2,60}\)) [-–—] ([^\n]{8,120})")
_FIELD = re.compile(
    r"\s*(Author/Byline|Author|Byline|Section|Page|Edition|Readability|Lexile|Column|Dateline|Memo|Series|Source|Title"
    r"|Article Bookmark(?: \(OpenURL Compliant\))?|OpenURL Link|Index Terms?|Caption|Estimated printed pages?): ?(.*)",
    re.IGNORECASE,
)
_BEHIND_TEXT = re.compile(
    r"\s*(?:Record(?: Number)?: ?[0-9A-F]{6,}|Record Number:|Copyright(?:,| \(c\)| ©|:)|©|Memo:|Index Terms?:|Caption:"
    r"|CITATION \(|Citation:|OpenURL Link|Article Bookmark)",
    re.IGNORECASE,
)
_RECORD = re.compile(r"\s*Record(?: Number)?: ?\S", re.IGNORECASE)


def find_newsbank_entries(lines: Lines) -> tuple[Entry, ...]:
    """The articles of an export of NewsBank, () for anything else."""
    starts = [index for index, line in enumerate(lines) if _is_source(line)]
    if not starts or find_line(lines, _RECORD.match, starts[0]) == len(lines):
        return ()
    titles = [last_filled(lines, start) for start in starts]
    ends = [*(title for title in titles[1:]), len(lines)]
    return tuple(_read_entry(lines, start, title, end) for start, title, end in zip(starts, titles, ends, strict=True))


def _is_source(line: str) -> bool:
    match = _SOURCE.fullmatch(line)
    return match is not None and find_day(match[3]) is not None


def _read_entry(lines: Lines, start: int, title: int, end: int) -> Entry:
    """The article whose source stands on line ``start``, its headline on line ``title``; the next begins at ``end``."""
    source = _SOURCE.fullmatch(lines[start])
    fields: dict[str, str] = {}
    index = next_filled(lines, start + 1)
    while index < end and (match := _FIELD.fullmatch(lines[index])):
        fields.setdefault(match[1].lower(), match[2].strip())
        index = next_filled(lines, index + 1)
    text_end = find_line(lines, _BEHIND_TEXT.match, index, end)
    return Entry(
        text=join_body(lines[index:text_end]),
        title=join_field(lines[title : title + 1]) if title >= 0 else fields.get("title", ""),
        published=find_day(source[3]) if source else None,
        publisher=_in_order(source[1]) if source else "",
        byline=fields.get("author/byline") or fields.get("author") or fields.get("byline", ""),
        section=fields.get("section", ""),
    )


def _in_order(name: str) -> str:
    """The newspaper's name in the usual order: "Daily Example, The" becomes "The Daily Example"."""
    return re.sub(r"^(.+), (The|An?)$", r"\2 \1", name.strip())
