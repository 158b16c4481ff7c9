"""The file formats of ``extract export``.

To add one, write a function that takes rows (dictionaries with the keys of claims.jsonl or events.jsonl), a file open
for writing bytes, which may be a pipe, and the table of columns, and add a row to FORMATS: the command line offers it
and tests/write/test_export.py runs it.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from typing import IO, Any, BinaryIO

from pipeline.errors import ExtractError
from pipeline.text.cells import format_row
from pipeline.write.columns import CLAIM_COLUMNS, EVENT_FIELDS, SPEAKER_COLUMNS

#: A claim as a line of claims.jsonl has it, or an event as one of events.jsonl: days as ISO text, lists as lists,
#: nothing guarded against spreadsheets.
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a table, and the types that parquet stores them as; text where they are in no other list."""

    columns: tuple[str, ...]
    days: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()  #: lists of text
    numbers: tuple[str, ...] = ()  #: whole numbers
    fractions: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()  #: yes or no


CLAIMS_TABLE = Table(
    CLAIM_COLUMNS,
    days=("date_start", "date_end", "published"),
    lists=("place", "countries", "date_text", "people", "organisations", "conflicts_with"),
    numbers=("start", "end", "copies", "independent_sources"),
    fractions=("confidence",),
    flags=("negated",),
)
SPEAKERS_TABLE = Table(
    SPEAKER_COLUMNS,
    days=("first_said", "last_said"),
    lists=("spellings", "speaker_country", "speaker_role", "merged"),
    numbers=("claims", "articles", "accepted", "rejected", "undecided"),
)
EVENTS_TABLE = Table(
    EVENT_FIELDS,
    days=("first_told", "last_told", "date_start", "date_end"),
    lists=(
        "kind",
        "who",
        "place",
        "countries",
        "date_text",
        "history",
        "affirmed_by",
        "denied_by",
        "formerly",
        "claim_ids",
    ),
    numbers=("articles", "independent_sources"),
    flags=("contradicted",),
)


def write_csv(rows: Sequence[Row], stream: BinaryIO, table: Table = CLAIMS_TABLE) -> None:
    """Write the table's columns, each cell guarded against being read as a formula; in UTF-8 with a byte order mark,
    because Excel needs one."""
    with _as_text(stream, "utf-8-sig", "") as file:
        writer = csv.writer(file)
        writer.writerow(table.columns)
        writer.writerows(format_row(row[name] for name in table.columns) for row in rows)


def write_tsv(rows: Sequence[Row], stream: BinaryIO, table: Table = CLAIMS_TABLE) -> None:
    """Write the table's columns with tabs between them, each cell guarded as in the CSV.

    A line is a row and a tab is always the end of a cell: a tab within a cell becomes a space. A cell that holds a
    quotation mark is quoted as in CSV, which is what spreadsheets and readers of tables expect.
    """
    with _as_text(stream, "utf-8", "\n") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(table.columns)
        for row in rows:
            writer.writerow(cell.replace("\t", " ") for cell in format_row(row[name] for name in table.columns))


def write_jsonl(rows: Sequence[Row], stream: BinaryIO, _: Table = CLAIMS_TABLE) -> None:
    """Write one JSON object a line with all fields, of claims spans and links included."""
    with _as_text(stream, "utf-8", "\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def write_parquet(rows: Sequence[Row], stream: BinaryIO, table: Table = CLAIMS_TABLE) -> None:
    """Write the table's columns as typed parquet columns. Raises ExtractError when pyarrow is missing."""
    pa = import_pyarrow()
    import pyarrow.parquet as pq

    schema = parquet_schema(pa, table)
    whole = pa.BufferOutputStream()  # in memory first: the library seeks, which a pipe can't
    pq.write_table(pa.table(parquet_arrays(pa, rows, schema), schema=schema), whole)
    stream.write(whole.getvalue())


def import_pyarrow() -> Any:
    """The library pyarrow. Raises ExtractError when it is missing."""
    try:
        import pyarrow
    except ModuleNotFoundError as error:
        raise ExtractError(
            "Parquet needs the library pyarrow, which is not installed.",
            'Install it (pip install "newsclaims[parquet]"), or export with --format csv or jsonl.',
        ) from error
    return pyarrow


def parquet_schema(pa: Any, table: Table) -> Any:
    """The Arrow schema of a table's columns, made by the library ``pa``."""
    types = {
        **dict.fromkeys(table.columns, pa.string()),
        **dict.fromkeys(table.days, pa.date32()),
        **dict.fromkeys(table.lists, pa.list_(pa.string())),
        **dict.fromkeys(table.numbers, pa.int64()),
        **dict.fromkeys(table.fractions, pa.float64()),
        **dict.fromkeys(table.flags, pa.bool_()),
    }
    return pa.schema([pa.field(name, types[name]) for name in table.columns])


def parquet_arrays(pa: Any, rows: Sequence[Row], schema: Any) -> list[Any]:
    """The rows as an Arrow array for each field of the schema; days come as ISO text and are cast."""
    return [_parquet_column(pa, [row[field.name] for row in rows], field.type) for field in schema]


def write_xlsx(rows: Sequence[Row], stream: BinaryIO, table: Table = CLAIMS_TABLE) -> None:
    """Write one sheet as claims.xlsx has it, days and numbers as such and nothing as a formula."""
    from pipeline.write.workbook import write_table_workbook

    whole = BytesIO()  # in memory first, packed: the library seeks, which a pipe can't
    write_table_workbook(rows, whole, table)
    stream.write(whole.getvalue())


@contextmanager
def _as_text(stream: BinaryIO, encoding: str, newline: str) -> Iterator[IO[str]]:
    """The stream for text; it stays open."""
    text = TextIOWrapper(stream, encoding=encoding, newline=newline)
    yield text
    text.detach()


def _parquet_column(pa: Any, values: list[Any], kind: Any) -> Any:
    """An Arrow array of the type ``kind``; days come as ISO text and are cast."""
    return pa.array(values, pa.string()).cast(kind) if kind == pa.date32() else pa.array(values, kind)


#: Every format by its name, which is also the file's ending and the value of ``--format``.
FORMATS: Mapping[str, Callable[[Sequence[Row], BinaryIO, Table], None]] = {
    "csv": write_csv,
    "tsv": write_tsv,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
    "xlsx": write_xlsx,
}
DEFAULT_FORMAT = "csv"
