"""Europresse (CEDROM-SNi, Eureka.cc): source, section and day, headline, byline, text, the number of the document.

    The Daily Example (site web)
    News, Tuesday, March 4, 2025, p. 4
    Larnhaven to lose its ferry
    Ada Brandt
    The port will close ...
    © 2025 The Daily Example. All rights reserved.
    news·20250304·DE·001234

The number tells the day too: news·20250304·..., "public" and "pub" for other collections.
"""

from __future__ import annotations

import re

from pipeline.corpus.metadata.days import parse_day
from pipeline.corpus.press.entries import (
    Entry,
    Lines,
    find_day,
    find_line,
    join_body,
    join_field,
    next_filled,
    split_behind,
)

_NUMBER = re.compile(r"\s*(?:.{0,80}\b)?(?:news|public|pub|web|tvr)[·•](\d{8})[·•][A-Z0-9]{1,8}[·•·\w-]{1,40}\s*")
_RIGHTS = re.compile(r"\s*(?:©|\(c\) \d{4}|Copyright\b|Tous droits réservés)", re.IGNORECASE)
#: Lines of the page that the export is printed on, and of its list of documents.
_NO_ARTICLE = re.compile(
    r"\s*(?:Ce document (?:est|a été)\b.*|Certificat émis le .*|Certificate issued on .*|Page \d+ (?:of|de|sur) \d+"
    r"|Sommaire|Table of contents|Documents? sauvegardés?|Saved documents?|.{0,80}à usage (?:individuel|unique).*"
    r"|Nom de la source.*|Type de source.*|Périodicité.*|Couverture géographique.*|Provenance.*|p\. ?\d+)\s*",
    re.IGNORECASE,
)
#: A byline is no longer, and no sentence.
_LONGEST_BYLINE = 80
_NAME = re.compile(r"(?:(?:By|Par) )?[A-ZÉ][\w.’'-]+(?:,? (?:(?:and|et|&) )?[A-ZÉ][\w.’'-]+){1,5},?")


def find_europresse_entries(lines: Lines) -> tuple[Entry, ...]:
    """The articles of an export of Europresse or Eureka, () for anything else."""
    if find_line(lines, _NUMBER.fullmatch) == len(lines):
        return ()
    text = [line for line in lines if not _NO_ARTICLE.fullmatch(line)]
    entries = (_read_chunk(chunk) for chunk in split_behind(text, _NUMBER.fullmatch))
    return tuple(entry for entry in entries if entry is not None)


def _read_chunk(chunk: Lines) -> Entry | None:
    number = _NUMBER.fullmatch(chunk[-1])
    if number is None:
        return None
    dated = find_line(chunk, find_day)
    if dated == len(chunk):
        dated = next_filled(chunk, 0)
    title = next_filled(chunk, dated + 1)
    start = next_filled(chunk, title + 1)
    byline = ""
    if start < len(chunk) and len(chunk[start]) <= _LONGEST_BYLINE and _NAME.fullmatch(chunk[start].strip()):
        byline = chunk[start].strip()
        start = next_filled(chunk, start + 1)
    end = find_line(chunk, _RIGHTS.match, start, len(chunk) - 1)
    return Entry(
        text=join_body(chunk[start:end]),
        title=join_field(chunk[title : title + 1]),
        published=find_day(chunk[dated]) or parse_day(number[1]),
        publisher=_read_source(chunk, dated),
        byline=byline,
        section=read_section(chunk[dated]),
    )


def _read_source(chunk: Lines, dated: int) -> str:
    """The name on the first line above the day, without what kind of source it is: "(site web)"."""
    return clean_source(join_field(chunk[max(0, dated - 2) : dated]))


def clean_source(name: str) -> str:
    """A source's name without what kind it is and which issue: "Example" of "Example (site web), no. 12, Larn"."""
    return re.sub(r" ?\((?:site web|web site|réf\. web)[^)]*\)|,? no\.? \d.*", "", name).strip(" ,")


def read_section(line: str) -> str:
    """What stands before the day: "News" of "News, Tuesday, March 4, 2025, p. 4"."""
    first = line.partition(",")[0].strip()
    return "" if find_day(first) or re.fullmatch(r"\w+day|\w+di|dimanche", first, re.IGNORECASE) else first
