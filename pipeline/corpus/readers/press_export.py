"""Exports of press databases, as text or in whatever format the database saved them: one article an entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from pipeline.corpus.detect.decoding import decode_text
from pipeline.corpus.document import Document, UnreadablePart
from pipeline.corpus.metadata import Metadata, split_authors
from pipeline.corpus.press import Entry, clean_lines, find_entries
from pipeline.corpus.readers.arrange import arrange_text
from pipeline.corpus.readers.source import FilePart, Reading, ReadTask, Source
from pipeline.errors import UnreadableArticle
from pipeline.text.normalize import blank_invalid

#: Why an entry gives no article, and what to do about it.
ENTRY_WITHOUT_TEXT = ("the export has no text of it", "Export it again with its full text.")


def iter_press_parts(source: Source) -> Iterator[FilePart]:
    """The entries of an export that is plain text, as tasks: "#1" the first where there are several."""
    return iter_entry_tasks(find_entries(clean_lines(decode_text(source.read_all()))), source.part)


def iter_entry_tasks(entries: tuple[Entry, ...], part: str) -> Iterator[ReadTask]:
    """A task for each entry; ``part`` is the place of the export itself."""
    for number, entry in enumerate(entries, start=1):
        yield ReadTask(part + _place(number, entries), partial(_read_entry, entry), "export")


def _place(number: int, entries: tuple[Entry, ...]) -> str:
    return f"#{number}" if len(entries) > 1 else ""


def split_document(document: Document) -> Reading:
    """The document as it is, or, where its text is an export, the articles in it."""
    return split_lines(clean_lines(document.text)) or document


def split_lines(lines: list[str]) -> tuple[Document | UnreadablePart, ...]:
    """The articles of an export, each with its place in it; () for lines that are none."""
    return split_entries(find_entries(lines))


def split_entries(entries: tuple[Entry, ...]) -> tuple[Document | UnreadablePart, ...]:
    """The articles of the entries of an export, each with its place in it; an entry without text is refused."""
    return tuple(_read_or_refuse(entry, _place(number, entries)) for number, entry in enumerate(entries, start=1))


def _read_or_refuse(entry: Entry, place: str) -> Document | UnreadablePart:
    try:
        return replace(_read_entry(entry), part=place)
    except UnreadableArticle as error:
        return UnreadablePart(error.message, error.hint, place)


def _read_entry(entry: Entry) -> Document:
    """The entry's text with its headline on top. Raises UnreadableArticle for one without text."""
    if not entry.text.strip():
        raise UnreadableArticle(*ENTRY_WITHOUT_TEXT)
    metadata = Metadata(
        title=blank_invalid(entry.title),
        published=entry.published,
        published_source="metadata" if entry.published else "",
        publisher=blank_invalid(entry.publisher),
        url=blank_invalid(entry.url),
        authors=tuple(blank_invalid(name) for name in split_authors(entry.byline)),
        language=entry.language,
        section=blank_invalid(entry.section),
    )
    return arrange_text(entry.text, metadata)
