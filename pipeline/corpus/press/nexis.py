"""Nexis Uni and Lexis Advance: the layout since about 2017, in DOCX, RTF and PDF.

    Larnhaven to lose its ferry
    The Daily Example (London)
    March 4, 2025 Tuesday 9:44 PM GMT
    Copyright 2025 Example Newspapers Limited All Rights Reserved
    Section: NEWS; Pg. 4
    Length: 355 words
    Byline: Ada Brandt
    Body
    The port will close ...
    Load-Date: March 4, 2025
    End of Document

An export of several articles begins with a list of them and of what was searched for.
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
    language_code,
    last_filled,
    next_filled,
    split_at,
)

_END = re.compile(r"\s*End of Document\s*$", re.IGNORECASE)
_BODY = re.compile(r"\s*Body\s*$")
_FIELD = re.compile(r"\s*(Section|Length|Byline|Dateline|Highlight|Series|Language|Publication-Type): ?(.*)")
_RIGHTS = re.compile(r"\s*(?:Copyright\b|©|All Rights Reserved)", re.IGNORECASE)
#: Lines by which the layout is known: what ends an article, and what stands above its text.
_LAST_SIGNS = (re.compile(r"\s*Load-Date: ?\S").match, _END.match)
_SIGNS = (
    re.compile(r"\s*Length: ?[\d,.]+ words").match,
    re.compile(r"\s*Byline:").match,
    re.compile(r"\s*Section:").match,
    _BODY.match,
)
#: Of both together at least three are there, at least one of the first.
_LEAST_SIGNS = 3
#: What stands behind the text of an article.
_BEHIND_TEXT = re.compile(
    r"\s*(?:Load-Date:|Graphic\s*$|Classification\s*$|Notes\s*$|Correction\s*$|Link to (?:Image|Original|PDF)\b"
    r"|(?:Language|Publication-Type|Subject|Company|Industry|Geographic|Person|Journal Code): )"
)
#: What the list on top of an export has.
_COVER = re.compile(
    r"\s*(?:Client/Matter|Search Terms|Search Type|Narrowed by|Content Type|Job Number|Date and Time|User Name"
    r"|Documents? \(\d+\)|Page \d+ of \d+)"
)
#: Lines of pages, where a format has pages.
_PAGE = re.compile(r"\s*Page \d+ of \d+\s*")
#: A title runs over at most this many lines.
_TITLE_LINES = 5


def find_nexis_entries(lines: Lines) -> tuple[Entry, ...]:
    """The articles of an export of Nexis Uni or Lexis Advance, () for anything else."""
    last_signs = sum(find_line(lines, sign) < len(lines) for sign in _LAST_SIGNS)
    signs = sum(find_line(lines, sign) < len(lines) for sign in _SIGNS)
    if not last_signs or signs + last_signs < _LEAST_SIGNS:
        return ()
    text = [line for line in lines if not _PAGE.fullmatch(line)]
    chunks = split_at(text, _END.fullmatch, keep_first=True)
    return tuple(_read_chunk(chunk) for chunk in chunks if find_line(chunk, _is_anchor) < len(chunk))


def _is_anchor(line: str) -> bool:
    """Whether the line stands below title, source and date: the rights, a field, or the word above the text."""
    return bool(_RIGHTS.match(line) or _FIELD.match(line) or _BODY.fullmatch(line))


def _read_chunk(lines: Lines) -> Entry:
    anchor = find_line(lines, _is_anchor)
    dated = next((index for index in range(anchor - 1, -1, -1) if _is_date_line(lines[index])), -1)
    source = last_filled(lines, dated) if dated >= 0 else -1
    fields, body_start = _read_fields(lines, anchor)
    body_end = find_line(lines, _BEHIND_TEXT.match, body_start)
    behind = [match for line in lines[body_end:] if (match := _FIELD.match(line))]
    language = next((match[2] for match in behind if match[1] == "Language"), "")
    return Entry(
        text=join_body(lines[body_start:body_end]),
        title=_read_title(lines, source if source >= 0 else anchor),
        published=find_day(lines[dated]) if dated >= 0 else None,
        publisher=join_field(lines[source : source + 1]) if source >= 0 else "",
        byline=fields.get("Byline", ""),
        section=fields.get("Section", ""),
        language=language_code(language),
    )


def _is_date_line(line: str) -> bool:
    return bool(find_day(line)) and not _COVER.match(line)


def _read_title(lines: Lines, end: int) -> str:
    """The headline above the source: the lines down to a blank one, or to the list on top of the export."""
    stop = last_filled(lines, end) + 1
    start = stop
    while start > max(0, stop - _TITLE_LINES) and lines[start - 1].strip() and not _COVER.match(lines[start - 1]):
        start -= 1
    return join_field(lines[start:stop])


def _read_fields(lines: Lines, index: int) -> tuple[dict[str, str], int]:
    """The fields from the first line below the date on, and where the text begins: behind "Body", if that is there."""
    body = find_line(lines, _BODY.fullmatch, index)
    values: dict[str, str] = {}
    end = body if body < len(lines) else index
    while index < (body if body < len(lines) else len(lines)):
        match = _FIELD.match(lines[index])
        if match:
            stop = find_line(lines, lambda line: not line.strip() or _is_anchor(line), index + 1)
            values.setdefault(match[1], join_field([match[2], *lines[index + 1 : stop]]))
        elif body == len(lines) and lines[index].strip() and not _RIGHTS.match(lines[index]):
            break
        index += 1
        end = index
    return values, next_filled(lines, body + 1 if body < len(lines) else end)
