"""Parquet, Arrow and Feather: tables of articles as data tools save them. pyarrow, an extra, reads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.corpus.metadata.days import DayOrder
from pipeline.corpus.metadata.fields import USUAL, choose_day_order, choose_fields, no_text_field
from pipeline.corpus.readers.records import address_task, record_task
from pipeline.corpus.readers.source import FilePart, Source
from pipeline.corpus.readers.user_errors import with_details
from pipeline.errors import UnreadableArticle

#: Rows that are in memory at once.
_BATCH_ROWS = 100

#: Why such a file is not read, and what to do about it.
NO_PYARROW = (
    "reading Parquet and Arrow files needs pyarrow, which isn't installed",
    'Install it (pip install -e ".[parquet]"), or save the table as CSV.',
)
_SAVE_AGAIN = "Write the file again, or save the table as CSV."


def iter_columnar_parts(source: Source) -> Iterator[FilePart]:
    """The rows as tasks, "#1" the first. Raises UnreadableArticle without pyarrow, for a damaged file, and for a table
    without texts and addresses."""
    try:
        import pyarrow as arrow
    except ImportError as error:
        raise UnreadableArticle(*NO_PYARROW) from error

    try:
        table = _open(source)
        names = [name for name in table.schema_names if _is_wanted(name, table.schema_names, source)]
        if not names:
            raise no_text_field(table.schema_names, source.fields, "column")
        yield from _iter_tasks(source, table, names)
    except (arrow.ArrowException, OverflowError, SystemError, UnicodeDecodeError) as error:
        raise UnreadableArticle(with_details("the table is damaged", error), _SAVE_AGAIN) from error


def _is_wanted(name: str, names: list[str], source: Source) -> bool:
    """Whether the column is read: one for a text, or for what is said of it; all of a list of addresses."""
    own = {content: getattr(source.fields, content, "") for content in USUAL}
    has_content = choose_fields(names, "text", own["text"]) or (
        not own["text"] and choose_fields(names, "url", own["url"])
    )
    return bool(has_content) and any(name in choose_fields(names, content, own[content]) for content in USUAL)


class _Table:
    """A file of either format: the names of its columns, and its rows in batches."""

    def __init__(self, schema_names: list[str], read: Any) -> None:
        self.schema_names = schema_names
        self._read = read

    def iter_rows(self, names: list[str]) -> Iterator[dict[str, Any]]:
        """The values of the columns called ``names``, row by row."""
        for batch in self._read(names):
            batch.validate(full=True)  # a damaged one would have it read beyond the end of its memory
            yield from batch.to_pylist()


def _open(source: Source) -> _Table:
    from pyarrow import feather, ipc, parquet

    head = source.read_head()[:6]
    if head.startswith(b"PAR1"):
        parquet_file = parquet.ParquetFile(source.stream)
        return _Table(
            list(parquet_file.schema_arrow.names),
            lambda names: parquet_file.iter_batches(batch_size=_BATCH_ROWS, columns=names),
        )
    if head.startswith(b"FEA1"):
        whole = feather.read_table(source.stream)
        return _Table(list(whole.column_names), lambda names: whole.select(names).to_batches(_BATCH_ROWS))
    reader = ipc.open_file(source.stream)
    return _Table(
        list(reader.schema.names),
        lambda names: (reader.get_batch(index).select(names) for index in range(reader.num_record_batches)),
    )


def _iter_tasks(source: Source, table: _Table, names: list[str]) -> Iterator[FilePart]:
    has_text = bool(choose_fields(names, "text", source.fields.text))
    order = _find_order(source, table, names)
    for number, record in enumerate(table.iter_rows(names), start=1):
        source.budget.count_bytes(sum(len(value) for value in record.values() if isinstance(value, str)))
        if has_text:
            yield record_task(source, f"#{number}", record, order)
        else:
            urls = [value for name in choose_fields(names, "url", source.fields.url) if (value := record[name])]
            yield address_task(f"{source.part}#{number}", str(urls[0]) if urls else "")


def _find_order(source: Source, table: _Table, names: list[str]) -> DayOrder:
    dates = choose_fields(names, "date", source.fields.date)
    if not dates:
        return ""
    values = {value for record in table.iter_rows(dates) for value in record.values() if isinstance(value, str)}
    return choose_day_order(values, source.fields)
