"""An article of a press database's export, and what the parsers of all such exports share.

A parser takes the lines of an export and gives its entries in their order, () for lines that are no export of its
database. Lines come as ``clean_lines`` makes them, from plain text or from what a reader made of another format.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.corpus.metadata.days import find_worded_day, parse_day
from pipeline.text.normalize import collapse_whitespace

#: Lines of an export, without blanks at their ends.
Lines = Sequence[str]

#: A line with more characters than this is a paragraph, no field of a header.
LONGEST_FIELD = 300
#: Months as French, German, Spanish, Italian and Dutch versions of the databases name them around English articles.
_FOREIGN_MONTHS = {
    name: english
    for english, names in (
        ("January", "januar jänner janvier enero gennaio januari"),
        ("February", "februar février febrero febbraio februari"),
        ("March", "märz mars marzo maart"), ("April", "avril abril aprile"), ("May", "mai mayo maggio mei"),
        ("June", "juni juin junio giugno"), ("July", "juli juillet julio luglio"), ("August", "août agosto augustus"),
        ("September", "septembre septiembre settembre"), ("October", "oktober octobre octubre ottobre"),
        ("November", "novembre noviembre"), ("December", "dezember décembre diciembre dicembre"),
    )
    for name in names.split()
}  # fmt: skip
_FOREIGN_DAY = re.compile(r"\b(\d{1,2})(?:er|\.|º)? (?:de )?([^\W\d_]{3,10})\.? (?:de )?(\d{4})\b")
_LANGUAGES = {
    "english": "en", "englisch": "en", "anglais": "en", "inglés": "en", "inglese": "en", "engels": "en",
    "german": "de", "french": "fr", "spanish": "es", "italian": "it", "dutch": "nl", "portuguese": "pt",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of an export: its text, and what the fields around the text say."""

    #: The body, paragraphs parted by blank lines or on lines of their own; empty where the export has none.
    text: str
    title: str = ""
    published: date | None = None
    publisher: str = ""
    #: As printed: "By Ada Brandt, Harbour Correspondent".
    byline: str = ""
    #: The part of the newspaper, with the page where the export has both in one: "NEWS; Pg. 4".
    section: str = ""
    url: str = ""
    #: ISO 639-1 code, "" when nothing tells.
    language: str = ""


def clean_lines(text: str) -> list[str]:
    """The lines of a text without blanks at their ends; no-break spaces are blanks."""
    return [line.replace("\xa0", " ").rstrip() for line in text.splitlines()]


def find_day(text: str) -> date | None:
    """The first whole day in the text, its month in words of English or of another language that databases speak."""
    if day := find_worded_day(text):
        return day
    match = _FOREIGN_DAY.search(text)
    month = _FOREIGN_MONTHS.get(match[2].lower()) if match else None
    return find_worded_day(f"{match[1]} {month} {match[3]}") if match and month else None


def parse_field_day(value: str) -> date | None:
    """The day that the value of a field begins with or holds in words: "Mar 4, 2025", "2025-03-04"."""
    return find_day(value) or parse_day(value)


def language_code(name: str) -> str:
    """The ISO 639-1 code of a language's English name ("ENGLISH" gives "en"), "" for others."""
    words = re.findall(r"[^\W\d_]+", name.lower())
    return _LANGUAGES.get(words[0], "") if words else ""


def join_body(lines: Lines) -> str:
    """The lines of a body as one text, without blank lines around it."""
    return "\n".join(lines).strip("\n")


def join_field(lines: Lines) -> str:
    """Lines of a field as one, blanks collapsed."""
    return collapse_whitespace(" ".join(lines))


def next_filled(lines: Lines, start: int) -> int:
    """The index of the first line from ``start`` on that isn't blank; ``len(lines)`` without one."""
    while start < len(lines) and not lines[start].strip():
        start += 1
    return start


def last_filled(lines: Lines, end: int) -> int:
    """The index of the last line before ``end`` that isn't blank; -1 without one."""
    index = end - 1
    while index >= 0 and not lines[index].strip():
        index -= 1
    return index


def find_line(lines: Lines, test: Callable[[str], object], start: int = 0, end: int | None = None) -> int:
    """The index of the first line in ``start``..``end`` that passes the test; ``end`` (all lines) without one."""
    end = len(lines) if end is None else end
    return next((index for index in range(start, end) if test(lines[index])), end)


def split_at(lines: Lines, test: Callable[[str], object], *, keep_first: bool = False) -> Iterator[list[str]]:
    """The stretches of lines behind each line that passes the test; with ``keep_first`` also the one before all."""
    chunk: list[str] | None = [] if keep_first else None
    for line in lines:
        if test(line):
            if chunk is not None:
                yield chunk
            chunk = []
        elif chunk is not None:
            chunk.append(line)
    if chunk is not None:
        yield chunk


def split_behind(lines: Lines, test: Callable[[str], object]) -> Iterator[list[str]]:
    """The stretches of lines up to each line that passes the test, that line included; then what is left."""
    chunk: list[str] = []
    for line in lines:
        chunk.append(line)
        if test(line):
            yield chunk
            chunk = []
    if any(line.strip() for line in chunk):
        yield chunk
