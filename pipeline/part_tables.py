"""Parts of a run as parquet: what the articles of some files gave, as tables of articles, claims and mentions.

Each is a file in a folder of its own, articles/part-NAME.parquet and so on, that any tool for parquet can read. The
table of articles is put there last: where it is, the part is whole. Beside columns for people and tools each row has a
``record``, the whole record as JSON, from which the part is read back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain, islice
from tempfile import TemporaryFile
from typing import Any, BinaryIO, NamedTuple

from pipeline.errors import ExtractError
from pipeline.records import Article, Claim, DateMention, EventProfile, Mention, Rejected, Result
from pipeline.serial import dumps, load, loads
from pipeline.storage import SharedFolder, explaining_storage

#: What a file may give: a result, why it was rejected, or its name where it was published before ``--since``.
PartItem = Result | Rejected | str
#: Rows that are written, and read, together: some MB of them.
_ROWS_TOGETHER = 1_000
_READ, _REJECTED, _EARLIER = "read", "rejected", "earlier"


class _Table(NamedTuple):
    """A table of a part: its columns, by their names those that hold whole numbers or fractions, and its rows."""

    name: str
    columns: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    fractions: tuple[str, ...] = ()


_ARTICLES = _Table(
    "articles",
    ("status", "doc_id", "file", "title", "published", "publisher", "words", "claims", "mentions", "record"),
    numbers=("words", "claims", "mentions"),
)
_CLAIMS = _Table(
    "claims",
    ("doc_id", "claim_id", "claim_type", "claim_text", "speaker", "published", "confidence", "record"),
    fractions=("confidence",),
)
_MENTIONS = _Table("mentions", ("doc_id", "label", "canonical", "country", "start", "end", "record"), ("start", "end"))


def part_file(table: str, name: str) -> str:
    """ "articles/part-NAME.parquet" for the table "articles"."""
    return f"{table}/part-{name}.parquet"


def find_part_names(folder: SharedFolder) -> set[str]:
    """The names of the parts that are there, whole. Raises OSError."""
    start, end = part_file("", "\0")[1:].split("\0")
    files = folder.names(_ARTICLES.name)
    parts = (file for file in files if file.startswith(start) and file.endswith(end))
    return {file.removeprefix(start).removesuffix(end) for file in parts}


def write_part_tables(folder: SharedFolder, name: str, items: Iterable[PartItem]) -> None:
    """Write the tables of a part. Raises ExtractError when pyarrow is missing, OSError when they can't be written."""
    with ExitStack() as stack:
        articles, claims, mentions = (_Rows(stack, table) for table in (_ARTICLES, _CLAIMS, _MENTIONS))
        for item in items:
            articles.add(_article_row(item))
            if isinstance(item, Result):
                for claim in item.claims:
                    claims.add((*(getattr(claim, name) for name in _CLAIMS.columns[:-1]), dumps(claim)))
                for mention in item.mentions:
                    columns = (getattr(mention, name) for name in _MENTIONS.columns[1:-1])
                    mentions.add((item.article.doc_id, *columns, dumps(mention)))
        for rows in (claims, mentions, articles):
            folder.put(part_file(rows.table.name, name), rows.finish())


def read_part_tables(folder: SharedFolder, name: str, address: str) -> Iterator[PartItem]:
    """What ``write_part_tables`` was given; ``address`` is the folder's. Raises ExtractError for an unreadable file."""
    pa, _ = _import_pyarrow()
    with ExitStack() as stack:
        where = f"{address}/{part_file(_ARTICLES.name, name)}"
        try:
            with explaining_storage(address):
                files = [stack.enter_context(folder.open(part_file(table.name, name))) for table in _TABLES]
            articles, claims, mentions = (_records(*pair) for pair in zip(files, _COLUMNS_READ, strict=True))
            for status, count, mention_count, record in articles:
                yield _load_item(status, record, islice(claims, count), islice(mentions, mention_count))
        except (ValueError, pa.ArrowException, EOFError) as error:
            raise ExtractError(
                f"{where} can't be read as a part of a run: {' '.join(str(error).split()) or type(error).__name__}.",
                "Delete it, then run again: only that part is made anew.",
            ) from error


_TABLES = (_ARTICLES, _CLAIMS, _MENTIONS)
#: The columns of each that a part is read back from.
_COLUMNS_READ = (("status", "claims", "mentions", "record"), ("record",), ("record",))


class _Rows:
    """The rows of a table, written to a temporary file some at a time."""

    def __init__(self, stack: ExitStack, table: _Table) -> None:
        self.table = table
        self._pa, parquet = _import_pyarrow()
        types = dict.fromkeys(table.numbers, self._pa.int64()) | dict.fromkeys(table.fractions, self._pa.float64())
        fields = [self._pa.field(name, types.get(name, self._pa.string())) for name in table.columns]
        self._schema = self._pa.schema(fields)
        self._file: BinaryIO = stack.enter_context(TemporaryFile())  # noqa: SIM115
        self._writer = stack.enter_context(parquet.ParquetWriter(self._file, self._schema, compression="zstd"))
        self._rows: list[Sequence[object]] = []

    def add(self, row: Sequence[object]) -> None:
        self._rows.append(row)
        if len(self._rows) == _ROWS_TOGETHER:
            self._flush()

    def finish(self) -> BinaryIO:
        """The whole file, at its start."""
        self._flush()
        self._writer.close()
        self._file.seek(0)
        return self._file

    def _flush(self) -> None:
        if self._rows:
            columns = [list(map(_plain, column)) for column in zip(*self._rows, strict=True)]
            self._writer.write_table(self._pa.table(columns, schema=self._schema))
            self._rows.clear()


def _plain(value: object) -> object:
    """A value as a column of text or numbers holds it: days in ISO 8601, and no half of a character."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    return value if value is None or isinstance(value, int | float) else str(value)


def _article_row(item: PartItem) -> Sequence[object]:
    if isinstance(item, str):
        return _EARLIER, "", item, "", None, "", 0, 0, 0, dumps(item)
    if isinstance(item, Rejected):
        return _REJECTED, "", item.file, "", None, "", 0, 0, 0, dumps(item)
    article = item.article
    return (
        _READ, article.doc_id, article.file, article.title, article.published, article.publisher, item.words,
        len(item.claims), len(item.mentions), dumps([article, item.dates, item.words, item.events]),
    )  # fmt: skip


def _load_item(status: str, record: str, claims: Iterable[tuple[str]], mentions: Iterable[tuple[str]]) -> PartItem:
    if status == _EARLIER:
        return str(json.loads(record))
    if status == _REJECTED:
        return loads(Rejected, record)
    article, dates, words, events = json.loads(record)
    return Result(
        load(Article, article),
        tuple(loads(Claim, text) for (text,) in claims),
        tuple(loads(Mention, text) for (text,) in mentions),
        tuple(load(DateMention, values) for values in dates),
        words,
        tuple(load(EventProfile, values) for values in events),
    )


def _records(file: BinaryIO, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a parquet file, of each these columns. What is no such file is refused at once, also without rows."""
    _, parquet = _import_pyarrow()
    batches = parquet.ParquetFile(file).iter_batches(_ROWS_TOGETHER, columns=list(columns))
    return chain.from_iterable(
        zip(*(batch.column(name).to_pylist() for name in columns), strict=True) for batch in batches
    )


def _import_pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ExtractError(
            f"Parts that workers write need a library that isn't installed ({error.name}).",
            'Install it on all machines: pip install "newsclaims[dask]"',
        ) from error
    return pyarrow, pyarrow.parquet
