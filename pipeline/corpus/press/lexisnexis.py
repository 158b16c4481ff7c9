"""LexisNexis's own layout, until about 2019: counted documents, fields in capitals.

    2 of 250 DOCUMENTS                     Copyright 1998 The Daily Example
    The Daily Example                      The Daily Example
    March 4, 2025 Tuesday                  March 4, 1998, Wednesday, Late Edition - Final
    Larnhaven to lose its ferry            SECTION: Section A; Page 1
    BYLINE: Ada Brandt                     LENGTH: 355 words
    LENGTH: 355 words                      HEADLINE: Larnhaven to lose its ferry
    The port will close ...                BODY: The port will close ...
    LOAD-DATE: March 4, 2025               LOAD-DATE: March 5, 1998

On the left the layout of the years from about 2005, on the right the earlier one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.corpus.press.entries import (
    Entry,
    Lines,
    find_day,
    find_line,
    join_body,
    join_field,
    language_code,
    next_filled,
    split_at,
)

#: "2 of 250 DOCUMENTS", "LEVEL 1 - 2 OF 25 STORIES"; of German, French and Spanish versions "Dokument 2 von 10".
_COUNTER = re.compile(
    r"\s*(?:LEVEL \d+ - )?\d+ of \d+ (?:DOCUMENTS?|STORIES|STORY)"
    r"|\s*Dokument \d+ von \d+|\s*Document \d+ de \d+|\s*Documento \d+ de \d+",
    re.IGNORECASE,
)
#: Fields before the text, by their names in all versions.
_HEADER = {
    "BYLINE": "byline", "AUTOR": "byline", "AUTEUR": "byline", "VON": "byline",
    "SECTION": "section", "RUBRIK": "section", "RUBRIQUE": "section",
    "LENGTH": "length", "LÄNGE": "length", "LONGUEUR": "length",
    "HEADLINE": "title", "DATELINE": "dateline", "HIGHLIGHT": "highlight", "SHOW": "section", "EDITION": "edition",
    "SERIES": "series", "SOURCE": "source", "ANCHORS": "byline", "ANCHOR": "byline", "GUESTS": "guests",
    "REPORTERS": "reporters", "GRAPHIC": "graphic", "SLUG": "slug", "PAGE": "page", "KEYWORDS": "keywords",
    "DISTRIBUTION": "distribution", "COLUMN": "column", "TYPE": "type",
}  # fmt: skip
#: Fields behind the text.
_TRAILER = frozenset(
    "LOAD-DATE LANGUAGE GRAPHIC PUBLICATION-TYPE PUB-TYPE JOURNAL-CODE SUBJECT ORGANIZATION COMPANY TICKER INDUSTRY"
    " GEOGRAPHIC PERSON CITY STATE COUNTRY UPDATE DOCUMENT-TYPE ISSN ACC-NO CORRECTION-DATE NOTES PHOTO URL"
    " SPRACHE LANGUE GRAFIK GRAPHIQUE DATE-CHARGEMENT".split()
)
_BODY = "BODY"
_LABEL = re.compile(r"([A-ZÄÖÜ][A-ZÄÖÜ-]{2,19}): ?(.*)")
_RIGHTS = re.compile(r"\s*(?:Copyright\b|©|\(c\) \d{4}|All Rights Reserved)", re.IGNORECASE)
#: "March 2025", "Spring 2025", "March/April 2025": the date of a magazine.
_ISSUE = re.compile(r"\s*(?:[A-Z][a-z]+(?: ?[-/] ?[A-Z][a-z]+)?,? )?(?:1[89]|20)\d\d\b[^.!?]{0,40}")
#: "Late Edition - Final", "Edition 2": a line below the date.
_EDITION = re.compile(r"\s*(?:[\w.;,-]+ ){0,4}edition\b[\w .;,-]{0,30}|\s*final\s*", re.IGNORECASE)
#: Without counters this many of its fields tell the layout: an article saved by itself.
_LEAST_FIELDS = 3
#: Lines behind a counter among which its first field stands; a transcript lists guests above.
_HEADER_LINES = 60


@dataclass(slots=True)
class _Header:
    """The fields before the text by their names in English, and where the text begins."""

    values: dict[str, str] = field(default_factory=dict)
    body_start: int = 0


def find_lexisnexis_entries(lines: Lines) -> tuple[Entry, ...]:
    """The articles of an export in LexisNexis's older layouts, () for anything else."""
    if find_line(lines, _COUNTER.fullmatch) < len(lines):
        chunks = list(split_at(lines, _COUNTER.fullmatch))
        if not any(_has_field(chunk) for chunk in chunks):
            return ()
        return tuple(map(_read_chunk, chunks))
    return (_read_chunk(lines),) if _is_single(lines) else ()


def _has_field(chunk: Lines) -> bool:
    return any(_header_label(line) for line in chunk[:_HEADER_LINES])


def _is_single(lines: Lines) -> bool:
    """Whether the lines are one article in this layout: a length or body among at least three of its fields."""
    labels = {match[1] for line in lines if (match := _LABEL.match(line))}
    own = labels & (_HEADER.keys() | _TRAILER | {_BODY})
    return len(own) >= _LEAST_FIELDS and "LOAD-DATE" in own and bool(own & {"LENGTH", _BODY})


def _header_label(line: str) -> str:
    match = _LABEL.match(line.strip())
    return match[1] if match and (match[1] in _HEADER or match[1] == _BODY) else ""


def _is_trailer(line: str) -> bool:
    match = _LABEL.match(line.strip())
    return match is not None and match[1] in _TRAILER


def _read_chunk(chunk: Lines) -> Entry:
    """One article: what stands above its first field, the fields, the text, the fields behind it."""
    lines = list(chunk)
    first = find_line(lines, _header_label, 0, min(_HEADER_LINES, len(lines)))
    has_fields = first < len(lines) and bool(_header_label(lines[first]))
    source, day_line, title, rest = _read_preamble(lines, first if has_fields else len(lines), has_fields=has_fields)
    header = _read_header(lines, first) if has_fields else _Header(body_start=rest)
    end = find_line(lines, _is_trailer, header.body_start)
    trailer = _read_fields(lines[end:])
    body_end = _without_rights(lines, header.body_start, end)
    return Entry(
        text=join_body(lines[header.body_start : body_end]),
        title=header.values.get("title") or title,
        published=find_day(day_line),
        publisher=source,
        byline=header.values.get("byline", ""),
        section=header.values.get("section", ""),
        language=language_code(trailer.get("LANGUAGE") or trailer.get("SPRACHE") or trailer.get("LANGUE") or ""),
    )


def _read_preamble(lines: Lines, end: int, *, has_fields: bool) -> tuple[str, str, str, int]:
    """Source, line of the date, headline, and the index of the line behind them.

    Stretches without a blank line between them belong together: an edition stands right below the date.
    """
    top = [index for index in range(end) if lines[index].strip() and not _RIGHTS.match(lines[index])]
    dated = next((index for index in top if find_day(lines[index])), None)
    if dated is None:
        dated = next((index for index in top[1:4] if _ISSUE.fullmatch(lines[index].strip())), None)
    if dated is None:
        title = join_field([lines[index] for index in top]) if has_fields else ""
        return "", "", title, 0
    above = [index for index in top if index < dated]
    source = join_field([lines[above[-1]]]) if above else ""
    start = next_filled(lines, find_line(lines, lambda line: not line.strip(), dated, end))
    if has_fields:
        below = [index for index in top if index >= start]
        while len(below) > 1 and _EDITION.fullmatch(lines[below[0]]):
            del below[0]
        return source, lines[dated].strip(), join_field([lines[index] for index in below]), end
    stop = find_line(lines, lambda line: not line.strip(), start, end)
    return source, lines[dated].strip(), join_field(lines[start:stop]), stop


def _read_header(lines: list[str], index: int) -> _Header:
    """The fields from ``index`` on, each with the lines below it down to a blank one."""
    header = _Header()
    while index < len(lines) and (label := _header_label(lines[index])):
        rest = lines[index].strip().partition(":")[2].strip()
        if label == _BODY:
            lines[index] = rest
            break
        stop = find_line(lines, lambda line: not line.strip() or bool(_header_label(line)), index + 1)
        header.values.setdefault(_HEADER[label], join_field([rest, *lines[index + 1 : stop]]))
        index = next_filled(lines, stop)
    header.body_start = index
    return header


def _read_fields(lines: Lines) -> dict[str, str]:
    """The values on the lines of the labels behind the text."""
    matches = (_LABEL.match(line.strip()) for line in lines)
    return {match[1]: match[2] for match in matches if match}


def _without_rights(lines: Lines, start: int, end: int) -> int:
    """Where the text ends when the lines about rights below it are left out."""
    while end > start and (not lines[end - 1].strip() or _RIGHTS.match(lines[end - 1])):
        end -= 1
    return end
