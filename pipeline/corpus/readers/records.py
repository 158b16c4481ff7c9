"""Records, whatever table or file they stand in: one article each, its text and what the other fields say of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from pipeline.corpus.document import Document
from pipeline.corpus.html import read_html
from pipeline.corpus.metadata import Metadata, merge_metadata
from pipeline.corpus.metadata.days import DayOrder
from pipeline.corpus.metadata.fields import (
    choose_day_order,
    choose_fields,
    find_address,
    find_metadata,
    find_text,
    no_text_field,
)
from pipeline.corpus.readers.arrange import arrange_paragraphs, arrange_text, with_title
from pipeline.corpus.readers.markup import parse_fragment, unescape_markup
from pipeline.corpus.readers.source import ReadTask, Source, failed_task
from pipeline.errors import UnreadableArticle
from pipeline.text.normalize import blank_invalid

#: A text with one of these tags is HTML.
_MARKUP = re.compile(r"<(?:p|div|br|h[1-6]|article|body|html|span|ul|strong|em|a)\b[^>]*>", re.IGNORECASE)
#: A text with one of these is a page, which may hold more than the article.
_PAGE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
#: A cell that is nothing but an address.
_ADDRESS = re.compile(r"\s*https?://\S{4,}\s*", re.IGNORECASE)
#: Characters of an address that a message shows.
_ADDRESS_CHARS = 200

#: Why a record gives no article, and what to do about it.
RECORD_WITHOUT_TEXT = ("it has no text", "Fill its text in, or leave it out.")
_FETCH = "Save the page at that address as a file and put it into the corpus."


def iter_row_tasks(
    source: Source, header: Sequence[str], rows: Iterable[Sequence[Any]], part: str
) -> Iterator[ReadTask]:
    """The rows of a table as tasks, "#1" the first below ``part``; blank rows aren't counted.

    A list of addresses without texts, as Media Cloud and GDELT give it, is a failing task for each row. Raises
    UnreadableArticle for a table with neither texts nor addresses.
    """
    if not choose_fields(header, "text", source.fields.text):
        yield from _iter_address_tasks(source, header, rows, part)
        return
    rows = list(rows)
    columns = [header.index(name) for name in choose_fields(header, "date", source.fields.date)]
    order = choose_day_order((row[index] for row in rows for index in columns if index < len(row)), source.fields)
    for number, row in enumerate(filter(_is_filled, rows), start=1):
        yield record_task(source, f"{part}#{number}", dict(zip(header, row, strict=False)), order)


def _is_filled(row: Sequence[Any]) -> bool:
    return any(cell is not None and str(cell).strip() for cell in row)


def _iter_address_tasks(
    source: Source, header: Sequence[str], rows: Iterable[Sequence[Any]], part: str
) -> Iterator[ReadTask]:
    """A failing task for each row of a list of addresses; its first line is a row where it has an address itself."""
    if source.fields.text or not (choose_fields(header, "url", source.fields.url) or _find_cell(header)):
        raise no_text_field(header, source.fields, "column")
    listed = [header, *rows] if _find_cell(header) else list(rows)
    for number, row in enumerate(filter(_is_filled, listed), start=1):
        address = find_address(dict(zip(header, row, strict=False)), source.fields)
        yield address_task(f"{source.part}{part}#{number}", address or _find_cell(row))


def _find_cell(row: Sequence[Any]) -> str:
    """The last cell that is an address, "" without one."""
    return next((cell.strip() for cell in reversed(row) if isinstance(cell, str) and _ADDRESS.fullmatch(cell)), "")


def address_task(part: str, address: str) -> ReadTask:
    """A failing task for a record that has an address and no text."""
    return failed_task(part, _without_text(address))


def _without_text(address: str) -> UnreadableArticle:
    if not address:
        return UnreadableArticle(*RECORD_WITHOUT_TEXT)
    return UnreadableArticle(f"it has no text, only the address {blank_invalid(address)[:_ADDRESS_CHARS]}", _FETCH)


def record_task(source: Source, place: str, record: Mapping[str, Any], order: DayOrder = "") -> ReadTask:
    """The task of the record at ``place`` in its file; ``order`` is that of the file's days."""
    return ReadTask(source.part + place, partial(_read_record, record, source, order), "record")


def _read_record(record: Mapping[str, Any], source: Source, order: DayOrder) -> Document:
    text = find_text(record, source.fields)
    metadata = _without_invalid(find_metadata(record, source.fields, order))
    if not text.strip():
        raise _without_text(metadata.url)
    text = unescape_markup(text)
    return read_markup(text, metadata) if _MARKUP.search(text) else arrange_text(text, metadata)


def read_markup(text: str, metadata: Metadata) -> Document:
    """Read the article in a text with HTML tags, be it a whole page or the article's paragraphs alone.

    ``metadata`` is what the record around it says; it goes before what a whole page says of itself. Raises
    UnreadableArticle when there is no article in it.
    """
    if _PAGE.search(text):
        page = read_html(text.encode("utf-8", "replace"), url=metadata.url, charset="utf-8")
        return replace(page, metadata=merge_metadata(metadata, page.metadata))
    return arrange_paragraphs(with_title(parse_fragment(text), metadata.title), metadata)


def _without_invalid(metadata: Metadata) -> Metadata:
    """The metadata without characters that no text has."""
    return replace(
        metadata,
        title=blank_invalid(metadata.title),
        publisher=blank_invalid(metadata.publisher),
        url=blank_invalid(metadata.url),
        language=blank_invalid(metadata.language),
        authors=tuple(blank_invalid(name) for name in metadata.authors),
        section=blank_invalid(metadata.section),
    )
