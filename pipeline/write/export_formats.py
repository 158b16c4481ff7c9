"""The file formats of ``extract export``.

To add one, write a function that takes claims (dictionaries with the keys of claims.jsonl) and a file open for writing
bytes, which may be a pipe, and add a row to FORMATS: the command line offers it and tests/write/test_export.py runs it.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from typing import IO, Any, BinaryIO

from pipeline.errors import ExtractError
from pipeline.text.cells import format_row
from pipeline.write.columns import CLAIM_COLUMNS

#: A claim as a line of claims.jsonl has it: days as ISO text, lists as lists, nothing guarded against spreadsheets.
ClaimRow = Mapping[str, Any]
#: Columns that parquet stores as days, as lists of text and as whole numbers; all others are text.
_DAY_COLUMNS = ("date_start", "date_end", "published")
_LIST_COLUMNS = ("place", "countries", "date_text", "people", "organisations", "conflicts_with")
_NUMBER_COLUMNS = ("start", "end", "copies", "independent_sources")


def write_csv(claims: Sequence[ClaimRow], stream: BinaryIO) -> None:
    """Write the columns of claims.csv, each cell guarded against being read as a formula; in UTF-8 with a byte order
    mark, because Excel needs one."""
    with _as_text(stream, "utf-8-sig", "") as file:
        writer = csv.writer(file)
        writer.writerow(CLAIM_COLUMNS)
        writer.writerows(format_row(claim[name] for name in CLAIM_COLUMNS) for claim in claims)


def write_tsv(claims: Sequence[ClaimRow], stream: BinaryIO) -> None:
    """Write the columns of claims.csv with tabs between them, each cell guarded as in the CSV.

    A line is a claim and a tab is always the end of a cell: a tab within a cell becomes a space. A cell that holds a
    quotation mark is quoted as in CSV, which is what spreadsheets and readers of tables expect.
    """
    with _as_text(stream, "utf-8", "\n") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(CLAIM_COLUMNS)
        for claim in claims:
            writer.writerow(cell.replace("\t", " ") for cell in format_row(claim[name] for name in CLAIM_COLUMNS))


def write_jsonl(claims: Sequence[ClaimRow], stream: BinaryIO) -> None:
    """Write one JSON object a line with all fields, spans and links included."""
    with _as_text(stream, "utf-8", "\n") as file:
        file.writelines(json.dumps(claim, ensure_ascii=False) + "\n" for claim in claims)


def write_parquet(claims: Sequence[ClaimRow], stream: BinaryIO) -> None:
    """Write the columns of claims.csv as typed parquet columns. Raises ExtractError when pyarrow is missing."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise ExtractError(
            "Parquet needs the library pyarrow, which is not installed.",
            'Install it (pip install "newsclaims[parquet]"), or export with --format csv or jsonl.',
        ) from error
    types = {
        **dict.fromkeys(CLAIM_COLUMNS, pa.string()),
        **dict.fromkeys(_DAY_COLUMNS, pa.date32()),
        **dict.fromkeys(_LIST_COLUMNS, pa.list_(pa.string())),
        **dict.fromkeys(_NUMBER_COLUMNS, pa.int64()),
        "negated": pa.bool_(),
        "confidence": pa.float64(),
    }
    columns = [_parquet_column(pa, [claim[name] for claim in claims], types[name]) for name in CLAIM_COLUMNS]
    whole = pa.BufferOutputStream()  # in memory first: the library seeks, which a pipe can't
    pq.write_table(pa.table(columns, names=list(CLAIM_COLUMNS)), whole)
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
FORMATS: Mapping[str, Callable[[Sequence[ClaimRow], BinaryIO], None]] = {
    "csv": write_csv,
    "tsv": write_tsv,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
}
DEFAULT_FORMAT = "csv"
