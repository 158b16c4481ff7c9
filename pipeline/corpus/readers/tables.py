"""Tables and JSON: one article a row, a line or an object with a text in it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from pipeline.corpus.detect.decoding import decode_text
from pipeline.corpus.detect.sniff import split_header
from pipeline.corpus.document import Document
from pipeline.corpus.html import read_html
from pipeline.corpus.limits import MAX_BYTES
from pipeline.corpus.metadata import Metadata, merge_metadata
from pipeline.corpus.metadata.fields import choose_fields, find_metadata, find_text, no_text_field
from pipeline.corpus.readers.arrange import arrange_paragraphs, arrange_text, with_title
from pipeline.corpus.readers.markup import parse_fragment
from pipeline.corpus.readers.source import FilePart, ReadTask, Source, failed_task
from pipeline.corpus.readers.user_errors import with_details
from pipeline.errors import UnreadableArticle
from pipeline.text.normalize import blank_invalid

#: How deep the articles of a JSON file may lie: objects in objects, lists counted.
MAX_NESTING = 8
#: A text with one of these tags is HTML.
_MARKUP = re.compile(r"<(?:p|div|br|h[1-6]|article|body|html|span|ul|strong|em|a)\b[^>]*>", re.IGNORECASE)
#: A text with one of these is a page, which may hold more than the article.
_PAGE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)

#: Why a row, line or file gives no article, and what to do about it.
RECORD_WITHOUT_TEXT = ("it has no text", "Fill its text in, or leave it out.")
LINE_NOT_JSON = ("the line is not JSON", "Correct the line and run again.")
MALFORMED_JSON = ("the JSON is malformed", "Correct the file, or save the article as text.")
_CORRECT_TABLE = "Correct the table and run again."


def iter_table_parts(source: Source) -> Iterator[FilePart]:
    """The rows of a table below its header as tasks, "#1" the first; blank rows aren't counted.

    Where the table is damaged, the last task fails. Raises UnreadableArticle for a table without a text column.
    """
    text = decode_text(source.read_all())
    delimiter, header = split_header(text)
    if not choose_fields(header, "text", source.fields.text):
        raise no_text_field(header, source.fields, "column")
    # A cell may be as long as an article; the module's own limit is 128 KB.
    csv.field_size_limit(MAX_BYTES)
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff\r\n"), newline=""), delimiter=delimiter or ",")
    next(rows)
    number = 0
    try:
        for cells in rows:
            if any(cell.strip() for cell in cells):
                number += 1
                yield _record_task(source, f"#{number}", dict(zip(header, cells, strict=False)))
    except csv.Error as error:
        reason = with_details(f"the table is damaged from line {rows.line_num} on", error)
        yield failed_task(f"{source.part}#{number + 1}", UnreadableArticle(reason, _CORRECT_TABLE))


def iter_json_lines_parts(source: Source) -> Iterator[FilePart]:
    """The articles of JSON Lines as tasks: "#3" that in the third line that isn't blank, "#3.2" the second in it.

    A line that is not JSON, or holds no text, is a task that fails.
    """
    source.stream.seek(0)
    number = 0
    while line := source.stream.readline(MAX_BYTES):
        if not line.strip():
            continue
        number += 1
        place = f"#{number}"
        try:
            value = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            yield failed_task(source.part + place, UnreadableArticle(*LINE_NOT_JSON))
            continue
        records = list(find_records(value, source))
        for position, record in enumerate(records, start=1):
            yield _record_task(source, f"{place}.{position}" if len(records) > 1 else place, record)
        if not records:
            yield failed_task(source.part + place, no_text_field(_first_keys(value), source.fields, "key"))


def iter_json_parts(source: Source) -> Iterator[FilePart]:
    """The objects of a JSON file that hold a text, wherever they lie, as tasks: "#1" the first where there is a list.

    Raises UnreadableArticle for malformed JSON and for a file without such an object.
    """
    try:
        value = json.loads(decode_text(source.read_all()))
    except (ValueError, RecursionError) as error:
        raise UnreadableArticle(*MALFORMED_JSON) from error
    records = list(find_records(value, source))
    if not records:
        raise no_text_field(_first_keys(value), source.fields, "key")
    for number, record in enumerate(records, start=1):
        yield _record_task(source, f"#{number}" if len(records) > 1 or isinstance(value, list) else "", record)


def _first_keys(value: Any) -> Iterator[str]:
    """The keys of the first object in a JSON value, to be named to the user."""
    while isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        yield from value


def find_records(
    value: Any, source: Source, above: Mapping[str, Any] | None = None, depth: int = 0
) -> Iterator[dict[str, Any]]:
    """Find the objects that hold an article's text in a JSON value, in document order.

    Each comes with what the object just above it (``above``) says besides, such as a title beside "fields": its own
    keys go first. What lies inside such an object, or deeper than ``MAX_NESTING``, is not looked at.
    """
    if depth > MAX_NESTING:
        return
    if isinstance(value, dict):
        if find_text(value, source.fields).strip():
            yield {**{key: item for key, item in (above or {}).items() if item is not value}, **value}
            return
        for inner in value.values():
            yield from find_records(inner, source, value, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            # What stands beside a list speaks of all its articles together, such as the day of the query.
            yield from find_records(inner, source, None, depth + 1)


def _record_task(source: Source, place: str, record: Mapping[str, Any]) -> ReadTask:
    return ReadTask(source.part + place, partial(_read_record, record, source), "record")


def _read_record(record: Mapping[str, Any], source: Source) -> Document:
    text = find_text(record, source.fields)
    metadata = _without_invalid(find_metadata(record, source.fields))
    if not text.strip():
        raise UnreadableArticle(*RECORD_WITHOUT_TEXT)
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
    )
