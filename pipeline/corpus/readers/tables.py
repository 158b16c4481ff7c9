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
from pipeline.corpus.readers.arrange import arrange, titled, with_title
from pipeline.corpus.readers.markup import fragment_parts
from pipeline.corpus.readers.source import ReadTask, Source, failed_task
from pipeline.errors import UnreadableArticle
from pipeline.text.normalize import replace_control_characters

#: Objects in objects, lists counted: how deep the articles of a JSON file may lie.
MAX_NESTING = 8
_MARKUP = re.compile(r"<(?:p|div|br|h[1-6]|article|body|html|span|ul|strong|em|a)\b[^>]*>", re.IGNORECASE)
_NO_TEXT = UnreadableArticle("no text in it", "Fill its text in, or leave it out.")


def in_table(source: Source) -> Iterator[Source | ReadTask]:
    """The rows below the header, "#1" the first. Raises UnreadableArticle for a table without a text column."""
    text = decode_text(source.all())
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
                yield _leaf(source, f"#{number}", dict(zip(header, cells, strict=False)))
    except csv.Error as error:
        what = UnreadableArticle(f"broken from line {rows.line_num} on: {error}", "Mend the table and run again.")
        yield failed_task(f"{source.part}#{number + 1}", what)


def in_lines(source: Source) -> Iterator[Source | ReadTask]:
    """JSON Lines: "#3" in the third line that isn't blank, "#3.2" the second article where a line holds several."""
    source.stream.seek(0)
    number = 0
    while line := source.stream.readline(MAX_BYTES):
        if not line.strip():
            continue
        number += 1
        part = f"{source.part}#{number}"
        try:
            record = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            yield failed_task(part, UnreadableArticle("no JSON in this line", "Mend the line and run again."))
            continue
        found = list(find_records(record, source))
        for more, each in enumerate(found, start=1):
            yield _leaf(source, f"#{number}.{more}" if len(found) > 1 else f"#{number}", each)
        if not found:
            yield failed_task(part, no_text_field(_keys(record), source.fields, "key"))


def in_json(source: Source) -> Iterator[Source | ReadTask]:
    """The objects with a text, wherever in the file. Raises UnreadableArticle when there are none."""
    try:
        value = json.loads(decode_text(source.all()))
    except (ValueError, RecursionError) as error:
        raise UnreadableArticle("broken JSON", "Mend the file or save it as text.") from error
    found = list(find_records(value, source))
    if not found:
        raise no_text_field(_keys(value), source.fields, "key")
    for number, record in enumerate(found, start=1):
        yield _leaf(source, f"#{number}" if len(found) > 1 or isinstance(value, list) else "", record)


def _keys(value: Any) -> Iterator[str]:
    while isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        yield from value


def find_records(
    value: Any, source: Source, above: Mapping[str, Any] | None = None, depth: int = 0
) -> Iterator[dict[str, Any]]:
    """The objects that hold a text, with what the object just above says besides."""
    if depth > MAX_NESTING:
        return
    if isinstance(value, dict):
        if find_text(value, source.fields).strip():
            yield {**{key: each for key, each in (above or {}).items() if each is not value}, **value}
            return
        for each in value.values():
            yield from find_records(each, source, value, depth + 1)
    elif isinstance(value, list):
        for each in value:
            # What stands beside a list speaks of all its articles together, such as the day of the query.
            yield from find_records(each, source, None, depth + 1)


def _leaf(source: Source, place: str, record: Mapping[str, Any]) -> ReadTask:
    return ReadTask(source.part + place, partial(_read, record, source), "record")


def _read(record: Mapping[str, Any], source: Source) -> Iterator[Document]:
    text = find_text(record, source.fields)
    known = _tidied(find_metadata(record, source.fields))
    if not text.strip():
        raise _NO_TEXT
    if _MARKUP.search(text):
        yield from_markup(text, known)
    else:
        yield titled(text, known)


def from_markup(text: str, known: Metadata) -> Document:
    """The article in a text with HTML tags; what the record says of it goes before what a whole page says."""
    if re.search(r"<(?:html|body)\b", text, re.IGNORECASE):
        found = read_html(text.encode("utf-8", "replace"), url=known.url, charset="utf-8")
        return replace(found, metadata=merge_metadata(known, found.metadata))
    return arrange(with_title(fragment_parts(text), known.title), known)


def _tidied(known: Metadata) -> Metadata:
    return replace(
        known,
        title=replace_control_characters(known.title),
        publisher=replace_control_characters(known.publisher),
        url=replace_control_characters(known.url),
        language=replace_control_characters(known.language),
        authors=tuple(replace_control_characters(name) for name in known.authors),
    )
