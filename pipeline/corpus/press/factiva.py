"""Factiva: with its codes of two letters before each field, or as shown to readers, without them.

    HD  Larnhaven to lose its ferry        Larnhaven to lose its ferry
    BY  By Ada Brandt                      By Ada Brandt
    WC  355 words                          355 words
    PD  4 March 2025                       4 March 2025
    SN  The Daily Example                  The Daily Example
    SC  DAIEXA                             DAIEXA
    LA  English                            English
    CY  (c) 2025 Example Newspapers        (c) 2025 Example Newspapers
    LP  The port will close ...            The port will close ...
    TD  “We have no choice,” ...           “We have no choice,” ...
    AN  Document DAIEXA0020250304...       Document DAIEXA0020250304el340002x

A code stands on the line of its value or above it; in RTF and HTML it is the first cell of a row.
"""

from __future__ import annotations

import re

from pipeline.corpus.press.entries import (
    LONGEST_FIELD,
    Entry,
    Lines,
    find_day,
    find_line,
    join_body,
    join_field,
    language_code,
    last_filled,
    next_filled,
    split_behind,
)

#: Codes of the fields before the text and behind it, after Dow Jones's list.
_BEFORE = "SE HD HL CR CLM ART BY WC PD ET SN SC ED PG VOL LA CY CX DLN NGC GC NN".split()
_TEXT = ("LP", "TD")
_BEHIND = "RF CT CO IN NS RE IPD IPC PUB AN ART DOI".split()
_CODES = frozenset((*_BEFORE, *_TEXT, *_BEHIND))
#: A code alone, or with its value behind a cell's border, a tab, or blanks.
_FIELD = re.compile(r"\s*(?:\| ?)?([A-Z]{2,3})(\s*\|\s*|\t\s*| +|$)(.*)")
#: The value of a field behind the text, where only one blank parts it from its code: "NS gcat : Political News".
_CODED_VALUE = re.compile(r"[a-z0-9]{2,12} : ?|Document [A-Z]")
#: The number of a document in Factiva, at the end of each: "Document DAIEXA0020250304el340002x".
_DOCUMENT = re.compile(
    r"\s*(?:\|? ?AN(?:\s*\|\s*|\s+))?(?:Document|Dokument|Documento) ([A-Z][A-Za-z0-9]{16,40})\s*\|?"
)
_DIGITS = re.compile(r"\d{8}")
_WORDS = re.compile(r"\s*[\d.,]+ (?:words?|Wörter|mots|palabras|parole|woorden)\s*")
_CLOCK = re.compile(r"\s*\d{1,2}:\d\d(?: ?(?:AM|PM|GMT))?\s*", re.IGNORECASE)
_RIGHTS = re.compile(r"\s*(?:\(c\)|©|copyright\b)", re.IGNORECASE)
_BYLINE = re.compile(r"\s*(?:By |BY )\S")
#: "DAIEXA", "NYTF": the code of a source.
_SOURCE_CODE = re.compile(r"\s*[A-Z][A-Z0-9]{2,9}\s*")
#: "Page 3 of 34 © 2025 Factiva, Inc. All rights reserved."
_PAGE = re.compile(r"\s*(?:Page \d+ of \d+\b.*|.{0,40}©.{0,20}Factiva.*)", re.IGNORECASE)
_SUMMARY = re.compile(r"\s*Search Summary\s*", re.IGNORECASE)
#: Lines that aren't blank below the number of words among which the header ends.
_HEADER_LINES = 12
#: A name in a line of its own: two to four words with capitals, maybe with an office behind a comma.
_NAME = re.compile(r"(?:[A-Z][\w.’'-]+ ){1,3}[A-Z][\w’'-]+(?:,.{0,60})?")
#: Words of the last line of a text that names its publisher.
_PUBLISHER_WORDS = 8


def find_factiva_entries(lines: Lines) -> tuple[Entry, ...]:
    """The articles of an export of Factiva, () for anything else."""
    if not _is_coded(lines) and not any(_is_end(line) for line in lines):
        return ()
    text = [line for line in lines if not _PAGE.fullmatch(line)]
    chunks = [_without_summary(chunk) for chunk in split_behind(text, _is_end)]
    entries = [_read_coded(chunk) if _is_coded(chunk) else _read_shown(chunk) for chunk in chunks]
    return tuple(entry for entry in entries if entry is not None)


def _is_end(line: str) -> bool:
    match = _DOCUMENT.fullmatch(line)
    return match is not None and bool(_DIGITS.search(match[1]))


def _without_summary(chunk: list[str]) -> list[str]:
    return chunk[: find_line(chunk, _SUMMARY.fullmatch)]


def _code_of(line: str) -> str:
    match = _FIELD.fullmatch(line)
    return match[1] if match and match[1] in _CODES else ""


def _is_coded(lines: Lines) -> bool:
    """Whether the fields that no article lacks have their codes."""
    codes = {code for line in lines if (code := _code_of(line))}
    return "HD" in codes and bool(codes & {"LP", "TD"}) and len(codes & {"WC", "PD", "SN", "SC"}) >= 2


def _read_coded(lines: Lines) -> Entry:
    """The fields by their codes; LP and TD are the text."""
    fields: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        match = _begins_field(line, code)
        if match:
            code = match[1]
            fields.setdefault(code, []).append(match[3].rstrip("| "))
        elif code:
            fields[code].append(line.strip().rstrip("|").rstrip())
    value = {name: join_field(values) for name, values in fields.items()}
    body = "\n\n".join(join_body(fields[name]) for name in _TEXT if name in fields)
    return Entry(
        text=body,
        title=value.get("HD") or value.get("HL", ""),
        published=find_day(value.get("PD", "")),
        publisher=value.get("SN", ""),
        byline=value.get("BY", ""),
        section=value.get("SE") or value.get("CLM", ""),
        language=language_code(value.get("LA", "")),
    )


def _begins_field(line: str, code: str) -> re.Match[str] | None:
    """The match of a line that begins another field than ``code``, which the lines above belong to.

    In the text only fields that may follow it begin, and not with a word in capitals: "IN BERLIN, they said".
    """
    match = _FIELD.fullmatch(line)
    if match is None or match[1] not in _CODES:
        return None
    if code not in _TEXT:
        return match
    if match[1] not in (*_TEXT, *_BEHIND):
        return None
    is_sure = match[2] != " " or match[1] in (*_TEXT, "PUB") or _CODED_VALUE.match(match[3])
    return match if is_sure else None


def _read_shown(lines: Lines) -> Entry | None:
    """An article as shown: headline and byline above the number of words, date and source below it."""
    count = find_line(lines, _WORDS.fullmatch)
    if count == len(lines):
        return None
    title, byline, section = _read_top([line for line in lines[:count] if line.strip()])
    dated = find_line(lines, find_day, count, min(count + _HEADER_LINES, len(lines)))
    source = next_filled(lines, dated + 1)
    if source < len(lines) and _CLOCK.fullmatch(lines[source]):
        source = next_filled(lines, source + 1)
    start = _find_text(lines, source)
    end = find_line(lines, _is_end, start)
    return Entry(
        text=join_body(lines[start : _without_publisher(lines, start, end)]),
        title=title,
        published=find_day(lines[dated]) if dated < len(lines) else None,
        publisher=join_field(lines[source : source + 1]),
        byline=byline,
        section=section,
        language=next((code for line in lines[source:start] if (code := language_code(line))), ""),
    )


def _read_top(top: list[str]) -> tuple[str, str, str]:
    """Headline, byline and section of the lines above the number of words.

    Of a page's own markup "HD" and "BY" stand above headline and byline; else a last line that is a name is the byline,
    the line above it the headline, and what stands over that the section.
    """
    marked = {top[index].strip(): index for index in range(len(top) - 1) if top[index].strip() in ("HD", "BY")}
    if "HD" in marked:
        below, above = marked["HD"] + 1, marked["HD"] - 1
        byline = top[marked["BY"] + 1] if "BY" in marked else ""
        return join_field(top[below : below + 1]), join_field([byline]), join_field(top[above : above + 1])
    byline = ""
    if len(top) > 1 and (_BYLINE.match(top[-1]) or (len(top) > 2 and _NAME.fullmatch(top[-1].strip()))):
        byline = top.pop()
    title = join_field(top[-1:])
    return title, join_field([byline]), join_field(top[-2:-1]) if len(top) > 1 else ""


def _find_text(lines: Lines, source: int) -> int:
    """Where the text begins: below the rights, else below the language, else below the code of the source."""
    header: list[int] = []
    for index in range(source, len(lines)):
        if lines[index].strip():
            header.append(index)
        if len(header) > _HEADER_LINES or len(lines[index]) > LONGEST_FIELD:
            break
    rights = next((index for index in header if _RIGHTS.match(lines[index])), None)
    if rights is not None:
        return next_filled(lines, find_line(lines, lambda line: not line.strip(), rights))
    language = [index for index in header if language_code(lines[index]) and len(lines[index].split()) == 1]
    codes = [index for index in header[:4] if _SOURCE_CODE.fullmatch(lines[index])]
    last = (language or codes or header[:1] or [source])[-1]
    return next_filled(lines, last + 1)


def _without_publisher(lines: Lines, start: int, end: int) -> int:
    """Where the text ends: above the name of the publisher that stands over the document's number."""
    last = last_filled(lines, end)
    words = lines[last].split() if last > start else []
    is_name = 0 < len(words) <= _PUBLISHER_WORDS and not lines[last].rstrip().endswith((".", "?", "!", "”", '"'))
    return last if is_name else end
