"""Tables and JSON: one article a row, a line or an object with a text in it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.corpus.detect.decoding import decode_text
from pipeline.corpus.detect.sniff import split_header
from pipeline.corpus.limits import MAX_BYTES
from pipeline.corpus.metadata.days import DayOrder
from pipeline.corpus.metadata.fields import choose_day_order, choose_fields, find_address, find_text, no_text_field
from pipeline.corpus.readers.records import address_task, iter_row_tasks, record_task
from pipeline.corpus.readers.source import FilePart, Source, failed_task
from pipeline.corpus.readers.user_errors import with_details
from pipeline.errors import UnreadableArticle

#: How deep the articles of a JSON file may lie: objects in objects, lists counted.
MAX_NESTING = 8
#: A value of JSON that begins with a day of numbers alone.
_DAY_VALUE = re.compile(rb'"\s*(\d{1,2}([./-])\d{1,2}\2\d{4})(?!\d)')

#: Why a line or file gives no article, and what to do about it.
LINE_NOT_JSON = ("the line is not JSON", "Correct the line and run again.")
MALFORMED_JSON = ("the JSON is malformed", "Correct the file, or save the article as text.")
_CORRECT_TABLE = "Correct the table and run again."


def iter_table_parts(source: Source) -> Iterator[FilePart]:
    """The rows of a table below its header as tasks, "#1" the first; blank rows aren't counted.

    Where the table is damaged, the last task fails. Raises UnreadableArticle for a table with neither texts nor
    addresses.
    """
    text = decode_text(source.read_all())
    delimiter, header, start = split_header(text)
    # A cell may be as long as an article; the module's own limit is 128 KB.
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(io.StringIO(text[start:], newline=""), delimiter=delimiter or ",")
    next(reader)
    damage: list[csv.Error] = []
    rows = list(_iter_sound_rows(reader, damage))
    yield from iter_row_tasks(source, header, rows, "")
    if damage:
        reason = with_details(f"the table is damaged from line {reader.line_num} on", damage[0])
        count = sum(any(cell.strip() for cell in row) for row in rows)
        yield failed_task(f"{source.part}#{count + 1}", UnreadableArticle(reason, _CORRECT_TABLE))


def _iter_sound_rows(reader: Iterator[list[str]], damage: list[csv.Error]) -> Iterator[list[str]]:
    """The rows down to the first that is damaged; the error then goes to ``damage``."""
    try:
        yield from reader
    except csv.Error as error:
        damage.append(error)


def iter_json_lines_parts(source: Source) -> Iterator[FilePart]:
    """The articles of JSON Lines as tasks: "#3" that in the third line that isn't blank, "#3.2" the second in it.

    A line that is not JSON, or holds no text, is a task that fails.
    """
    order = _find_order(source)
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
            yield record_task(source, f"{place}.{position}" if len(records) > 1 else place, record, order)
        if not records:
            yield _task_without_text(value, source, place)


def _task_without_text(value: Any, source: Source, place: str) -> FilePart:
    """A failing task for a line without text: it has an address alone, or no key for a text."""
    address = find_address(value, source.fields) if isinstance(value, dict) else ""
    if address:
        return address_task(source.part + place, address)
    return failed_task(source.part + place, no_text_field(_first_keys(value), source.fields, "key"))


def _find_order(source: Source) -> DayOrder:
    """The order of days and months that the lines show, each looked at for a value that is a day."""
    if source.fields.day_first is not None:
        return choose_day_order((), source.fields)
    source.stream.seek(0)
    days: set[str] = set()
    while line := source.stream.readline(MAX_BYTES):
        days.update(match[1].decode("ascii") for match in _DAY_VALUE.finditer(line))
    return choose_day_order(days, source.fields)


def iter_json_parts(source: Source) -> Iterator[FilePart]:
    """The objects of a JSON file that hold a text, wherever they lie, as tasks: "#1" the first where there is a list.

    A list of addresses without texts is a failing task for each. Raises UnreadableArticle for malformed JSON and for a
    file without such an object.
    """
    try:
        value = json.loads(decode_text(source.read_all()))
    except (ValueError, RecursionError) as error:
        raise UnreadableArticle(*MALFORMED_JSON) from error
    records = list(find_records(value, source))
    if not records:
        addresses = [] if source.fields.text else list(_find_addresses(value, source))
        if not addresses:
            raise no_text_field(_first_keys(value), source.fields, "key")
        for number, address in enumerate(addresses, start=1):
            yield address_task(f"{source.part}#{number}", address)
        return
    order = _find_order(source)
    for number, record in enumerate(records, start=1):
        yield record_task(source, f"#{number}" if len(records) > 1 or isinstance(value, list) else "", record, order)


def _find_addresses(value: Any, source: Source, depth: int = 0) -> Iterator[str]:
    """The addresses of articles in a JSON value without texts: of objects in a list that have a title too."""
    if depth > MAX_NESTING:
        return
    if isinstance(value, dict):
        for inner in value.values():
            yield from _find_addresses(inner, source, depth + 1)
        return
    for item in value if isinstance(value, list) else ():
        address = find_address(item, source.fields) if isinstance(item, dict) else ""
        if address and choose_fields(item, "title", source.fields.title):
            yield address
        else:
            yield from _find_addresses(item, source, depth + 1)


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
