"""An SQLite database of articles, claims and events as plain tables with full-text search, for Datasette and SQL.

Lists are JSON arrays, which SQLite's ``json_each`` takes apart. Datasette offers a search on each table that has one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from pipeline.records import Article
from pipeline.write.columns import CLAIM_COLUMNS, EVENT_FIELDS
from pipeline.write.exchange.annotated import AnnotatedArticle, ExportedRun
from pipeline.write.json_values import json_value

_ARTICLE_COLUMNS = (
    "doc_id", "file", "title", "published", "publisher", "authors", "url", "section", "language", "text",
)  # fmt: skip
#: Columns that hold numbers, by SQLite's type; all others are text.
_TYPES = {
    **dict.fromkeys(
        ("start", "end", "copies", "independent_sources", "negated", "articles", "contradicted"), "INTEGER"
    ),
    "confidence": "REAL",
}


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    columns: tuple[str, ...]
    key: str  #: the column that identifies a row
    references: dict[str, str]  #: tables of which columns hold keys
    searched: tuple[str, ...]  #: columns that the full-text search looks through


_ARTICLES = _Table("articles", _ARTICLE_COLUMNS, "doc_id", {}, ("title", "text"))
_EVENTS = _Table("events", EVENT_FIELDS, "event_id", {}, ("what", "who", "place"))
_CLAIMS = _Table(
    "claims",
    CLAIM_COLUMNS,
    "claim_id",
    {"doc_id": "articles", "event_id": "events"},
    ("claim_text", "corrected_text", "speaker", "speaker_text", "sentence", "target", "actor"),
)


def write(run: ExportedRun, stream: BinaryIO) -> None:
    """Write the database."""
    with TemporaryDirectory(prefix="newsclaims-") as folder:
        path = Path(folder, "export.sqlite")
        with closing(sqlite3.connect(path)) as database:
            _fill(database, _ARTICLES, map(_article_row, run.articles))
            _fill(database, _EVENTS, run.events)
            _fill(database, _CLAIMS, run.claims)
            database.commit()
        with path.open("rb") as file:
            copyfileobj(file, stream)


def _fill(database: sqlite3.Connection, table: _Table, rows: Iterable[Any]) -> None:
    columns = ", ".join(f'"{name}" {_TYPES.get(name, "TEXT")}{_constraint(table, name)}' for name in table.columns)
    database.execute(f"CREATE TABLE {table.name} ({columns})")
    places = ", ".join("?" * len(table.columns))
    database.executemany(f"INSERT INTO {table.name} VALUES ({places})", _values(table, rows))  # noqa: S608
    for column in table.references:
        database.execute(f'CREATE INDEX {table.name}_{column} ON {table.name} ("{column}")')
    searched = ", ".join(table.searched)
    search = f"{table.name}_fts"
    database.execute(f"CREATE VIRTUAL TABLE {search} USING fts5({searched}, content='{table.name}')")
    database.execute(f"INSERT INTO {search} ({search}) VALUES ('rebuild')")  # noqa: S608


def _constraint(table: _Table, column: str) -> str:
    if column == table.key:
        return " PRIMARY KEY"
    target = table.references.get(column)
    return f" REFERENCES {target}" if target else ""


def _values(table: _Table, rows: Iterable[Any]) -> Iterator[list[Any]]:
    for row in rows:
        yield [_value(row[name], empty_is_null=name in table.references) for name in table.columns]


def _value(value: Any, *, empty_is_null: bool) -> Any:
    """A value as SQLite has it: lists as JSON, an absent day and a key of nothing as NULL."""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return None if value == "" and empty_is_null else value


def _article_row(annotated: AnnotatedArticle) -> dict[str, Any]:
    article: Article = annotated.article
    return {name: json_value(getattr(article, name)) for name in _ARTICLE_COLUMNS}
