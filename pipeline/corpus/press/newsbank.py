"""NewsBank (Access World News): headline, a line with source and day, some fields, the text, the number of the record.

Larnhaven to lose its ferry
Daily Example, The (Larnhaven, ST) - March 4, 2025
Author/Byline: Ada Brandt, Staff Writer
Section: News
Page: A4
The port will close ...
Record: 0FA1B2C3D4E5
Copyright (c) 2025 The Daily Example, All Rights Reserved.

In today's layout the day stands first ("March 4, 2025 | Daily Example, The (Larnhaven, ST)"), and fields share a line.
"""

from __future__ import annotations

import re
from datetime import date

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
#: "March 4, 2025 | Daily Example, The (Larnhaven, ST)".
_DATED_SOURCE = re.compile(r"\s*([^|\n]{8,40}) \| ([^()|\n]{2,90}) (\([^()\n]{2,60}\))\s*")
#: What stands between these fields and the text: "394 Words", "Read News Document".
_ABOVE_TEXT = re.compile(r"\s*(?:[\d,]+(?: words?)?|words?|Read News Document|Readability.*)\s*", re.IGNORECASE)
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
#: What every export has below a source.
_SIGN = re.compile(r"\s*(?:Record(?: Number)?: ?\S|Author/Byline: ?\S|Read News Document)", re.IGNORECASE)


def find_newsbank_entries(lines: Lines) -> tuple[Entry, ...]:
    """The articles of an export of NewsBank, () for anything else."""
    starts = [index for index, line in enumerate(lines) if _source_of(line)]
    if not starts or find_line(lines, _SIGN.match, starts[0]) == len(lines):
        return ()
    titles = [last_filled(lines, start) for start in starts]
    ends = [*(title for title in titles[1:]), len(lines)]
    return tuple(_read_entry(lines, start, title, end) for start, title, end in zip(starts, titles, ends, strict=True))


def _source_of(line: str) -> tuple[str, date] | None:
    """Newspaper and day of a line that tells both, None for other lines."""
    match = _SOURCE.fullmatch(line)
    dated = _DATED_SOURCE.fullmatch(line)
    name, words = (match[1], match[3]) if match else (dated[2], dated[1]) if dated else ("", "")
    day = find_day(words)
    return (name, day) if day else None


def _read_entry(lines: Lines, start: int, title: int, end: int) -> Entry:
    """The article whose source stands on line ``start``, its headline on line ``title``; the next begins at ``end``."""
    source, day = _source_of(lines[start]) or ("", None)
    fields: dict[str, str] = {}
    index = next_filled(lines, start + 1)
    while index < end and (_FIELD.fullmatch(lines[index]) or _ABOVE_TEXT.fullmatch(lines[index])):
        matches = (_FIELD.fullmatch(part) for part in lines[index].split(" | "))
        fields.update((match[1].lower(), match[2].strip()) for match in matches if match)
        index = next_filled(lines, index + 1)
    text_end = find_line(lines, _BEHIND_TEXT.match, index, end)
    return Entry(
        text=join_body(lines[index:text_end]),
        title=join_field(lines[title : title + 1]) if title >= 0 else fields.get("title", ""),
        published=day,
        publisher=_in_order(source),
        byline=fields.get("author/byline") or fields.get("author") or fields.get("byline", ""),
        section=fields.get("section", ""),
    )


def _in_order(name: str) -> str:
    """The newspaper's name in the usual order: "Daily Example, The" becomes "The Daily Example"."""
    return re.sub(r"^(.+), (The|An?)$", r"\2 \1", name.strip())
