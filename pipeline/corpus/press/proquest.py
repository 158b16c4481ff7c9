"""ProQuest: articles between lines of underscores, each field on a line with its name.

____________________________________________________________
Document 2 of 25
Title: Larnhaven to lose its ferry
Author: Brandt, Ada
Publication info: The Daily Example ; Larnhaven. 04 Mar 2025: A.4.
Full text: The port will close ...
Publication title: The Daily Example; Larnhaven
Publication date: Mar 4, 2025
Document URL: https://www.proquest.com/docview/123
____________________________________________________________
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
    parse_field_day,
    split_at,
)

_RULE = re.compile(r"\s*(?:_{20,}|-{40,}|={20,})\s*")
_COUNTER = re.compile(r"\s*Document \d+ of \d+\s*", re.IGNORECASE)
#: Names of the fields of an article; what follows the text begins with one of them.
_NAMES = (
    "Title", "Alternate title", "Author", "Author/Byline", "Publication info", "Publication title", "Publication date",
    "Publication year", "Publication subject", "Publication", "Publisher", "Place of publication",
    "Country of publication", "Pages", "First page", "Page", "Section", "Column", "Volume", "Issue", "Number of pages",
    "ISSN", "Source type", "Source", "Language of publication", "Language", "Document type", "Document feature",
    "Document URL", "Document link", "ProQuest document ID", "ProQuest document link", "Copyright", "Last updated",
    "Database", "Subject", "Location", "People", "Company / organization", "Company/organization", "Classification",
    "Identifier / keyword", "Business indexing term", "Word count", "Credit", "Illustration", "Caption", "Dateline",
    "Abstract", "Abstract (summary)", "Links", "Full text", "Text", "Edition", "NAICS", "Persistent link",
    "Accession number", "Literary indexing term", "Contact us at", "Correspondence author", "Notes",
    "Publication details", "Publication place", "Full Text Word Count", "Full Text Available", "Download PDF",
)  # fmt: skip
_LABEL = re.compile(rf"\s*({'|'.join(re.escape(name) for name in sorted(_NAMES, key=len, reverse=True))}): ?(.*)")
_TEXT_NAMES = ("Full text", "Text")
#: Fields of which two tell an export of ProQuest.
_OWN = frozenset(("Publication info", "Publication title", "ProQuest document ID", "Document URL", "Full text",
                  "ProQuest document link", "Publication date"))  # fmt: skip
#: ". 04 Mar 2025: A.4." at the end of the field "Publication info", and what stands before it.
_INFO_SOURCE = re.compile(r"([^;\[]{2,80}?)\s*(?:;|\[|\. \d)")


def find_proquest_entries(lines: Lines) -> tuple[Entry, ...]:
    """The articles of an export of ProQuest, () for anything else; those without full text have no text."""
    names = {match[1] for line in lines if (match := _LABEL.match(line))}
    if len(names & _OWN) < 2 or not names & {"Full text", "ProQuest document ID", "Publication info"}:
        return ()
    chunks = [[line for line in chunk if not _COUNTER.fullmatch(line)] for chunk in _split(lines)]
    return tuple(_read_chunk(chunk) for chunk in chunks if _is_article(chunk))


def _split(lines: Lines) -> list[list[str]]:
    by_rule = list(split_at(lines, _RULE.fullmatch, keep_first=True))
    if sum(map(_is_article, by_rule)) > 1:
        return by_rule
    by_counter = list(split_at(lines, _COUNTER.fullmatch))
    return by_counter if len(by_counter) > 1 else by_rule


def _is_article(chunk: Lines) -> bool:
    return len({match[1] for line in chunk if (match := _LABEL.match(line))} & _OWN) >= 2


def _read_chunk(lines: Lines) -> Entry:
    fields: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        match = _LABEL.match(line)
        if match and not (name in _TEXT_NAMES and match[1] in ("Text", "Title", "Notes", "Source", "Page")):
            name = match[1]
            if name not in fields:
                fields[name] = [match[2]]
                continue
            name = f"{name} again"  # "Title" stands once above the text and once below it
            fields[name] = [match[2]]
        elif name:
            fields[name].append(line)
    first = find_line(lines, lambda line: line.strip() and not line.strip().startswith(("http", "Find a copy")))
    heading = lines[first].strip() if first < len(lines) and not _LABEL.match(lines[first]) else ""
    value = {key: join_field(_until_blank(values)) for key, values in fields.items()}
    info = value.get("Publication info", "")
    source = value.get("Publication title") or (match[1] if (match := _INFO_SOURCE.match(info)) else "")
    return Entry(
        text=join_body(fields.get("Full text") or fields.get("Text") or []),
        title=value.get("Title") or heading,
        published=parse_field_day(value.get("Publication date", "")) or find_day(info),
        publisher=source.partition(";")[0].strip(),
        byline=_in_order(value.get("Author") or value.get("Author/Byline", "")),
        section=value.get("Section", ""),
        url=value.get("Document URL") or value.get("Document link") or value.get("ProQuest document link", ""),
        language=language_code(value.get("Language of publication") or value.get("Language", "")),
    )


def _until_blank(lines: Lines) -> Lines:
    """The lines of a value: those down to the first blank one."""
    start = next((index for index, line in enumerate(lines) if line.strip()), 0)
    return lines[: find_line(lines, lambda line: not line.strip(), start)]


def _in_order(authors: str) -> str:
    """Authors with their names in the usual order: "Brandt, Ada; Lund, Tove" becomes "Ada Brandt; Tove Lund"."""
    names = [name.strip() for name in authors.split(";")]
    turned = [re.sub(r"^([^,]{2,40}), ([^,]{2,40})$", r"\2 \1", name) for name in names]
    return "; ".join(name for name in turned if name)
