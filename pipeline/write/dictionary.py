"""What every column of every table holds, and of which kind it is: for schemas, for the page COLUMNS.md, for tests.

What a field of a record holds stands beside the field, as a comment that begins with "#:"; it is read from there.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from pipeline import records
from pipeline.outputs import (
    ARTICLES,
    CLAIMS,
    CLAIMS_JSONL,
    CONFLICTS,
    EVENTS,
    EVENTS_JSONL,
    MENTIONS,
    ORPHANS,
    SPEAKERS,
)
from pipeline.records import Claim
from pipeline.store import DECISION_FIELDS
from pipeline.write.column_notes import ARTICLE_NOTES, DECISION_TABLE_NOTES, EVENT_NOTES, MENTION_NOTES, SPEAKER_NOTES
from pipeline.write.columns import (
    ARTICLE_COLUMNS,
    CLAIM_COLUMNS,
    CLAIM_FIELDS,
    EVENT_COLUMNS,
    EVENT_FIELDS,
    MENTION_COLUMNS,
    SPEAKER_COLUMNS,
)
from pipeline.write.decisions import CONFLICT_COLUMNS, ORPHAN_COLUMNS
from pipeline.write.export_formats import EVENTS_TABLE, SPEAKERS_TABLE, Table

#: Version of the tables and of the lines of claims.jsonl and events.jsonl. The first number grows when a column goes or
#: means something else, the second when one comes.
SCHEMA_VERSION = "1.0"
#: Kinds of values. A list is joined by " | " in a CSV; places are spans by role, or one of them.
Kind = Literal["text", "day", "list", "whole number", "number", "yes or no", "places"]
#: A note that only refers to a field of a record: "as ``Article.title``".
_REFERENCE = re.compile(r"as ``(\w+)\.(\w+)``")
#: A note that only names a type of the records: "one of ``Status``".
_CHOICE = re.compile(r"one of ``(\w+)``")
_KINDS: Mapping[Any, Kind] = {str: "text", date: "day", int: "whole number", float: "number", bool: "yes or no"}
#: Columns of the tables of articles and mentions that aren't text.
_ARTICLES = Table(ARTICLE_COLUMNS, days=("published",), lists=("authors",), numbers=("words", "claims", "left_out"))
_MENTIONS = Table(MENTION_COLUMNS, days=("date_start", "date_end"), numbers=("start", "end"))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, or a key of a line of JSON."""

    name: str
    kind: Kind
    note: str  #: what it holds, in Markdown


@cache
def tables() -> dict[str, tuple[Column, ...]]:
    """By the name of its file the columns of every table and line of JSON, in their order."""
    return {
        CLAIMS: tuple(_claim_column(name) for name in CLAIM_COLUMNS),
        CLAIMS_JSONL: tuple(_claim_column(name) for name in CLAIM_FIELDS),
        EVENTS: _columns(EVENT_COLUMNS, EVENTS_TABLE, EVENT_NOTES),
        EVENTS_JSONL: _columns(EVENT_FIELDS, EVENTS_TABLE, EVENT_NOTES),
        SPEAKERS: _columns(SPEAKER_COLUMNS, SPEAKERS_TABLE, SPEAKER_NOTES),
        MENTIONS: _columns(MENTION_COLUMNS, _MENTIONS, MENTION_NOTES),
        ARTICLES: _columns(ARTICLE_COLUMNS, _ARTICLES, ARTICLE_NOTES),
        ORPHANS: tuple(_decision_column(name) for name in ORPHAN_COLUMNS),
        CONFLICTS: tuple(_decision_column(name) for name in CONFLICT_COLUMNS),
    }


def is_optional(column: Column) -> bool:
    """Whether a value of the kind may be missing: null in JSON."""
    return column.kind == "day" or column.name == "speaker_mention"


@cache
def field_notes(record: type) -> dict[str, str]:
    """What each field of a record holds, by its name, as the comments beside the fields say; empty without a source."""
    try:
        source = inspect.getsource(record)
    except OSError:  # only compiled files are installed
        return {}
    lines = source.splitlines()
    (body,) = (node.body for node in ast.parse(source).body if isinstance(node, ast.ClassDef))
    return {ast.unparse(node.target): comment_of(node, lines) for node in body if isinstance(node, ast.AnnAssign)}


def comment_of(node: ast.stmt, lines: list[str]) -> str:
    """The words of the "#:" comments right above the statement and at its end, as one line."""
    above: list[str] = []
    number = node.lineno - 2
    while number >= 0 and lines[number].lstrip().startswith("#:"):
        above.insert(0, lines[number])
        number -= 1
    end = lines[(node.end_lineno or node.lineno) - 1]
    words = [re.sub(r"^\s*#:\s?", "", line) for line in above] + re.findall(r"\s#: (.*)$", end)
    return " ".join(" ".join(words).split())


def _columns(names: tuple[str, ...], table: Table, notes: Mapping[str, str]) -> tuple[Column, ...]:
    kinds: tuple[tuple[tuple[str, ...], Kind], ...] = (
        (table.days, "day"),
        (table.lists, "list"),
        (table.numbers, "whole number"),
        (table.fractions, "number"),
        (table.flags, "yes or no"),
    )
    return tuple(
        Column(name, next((kind for named, kind in kinds if name in named), "text"), _resolved(notes[name]))
        for name in names
    )


def _claim_column(name: str) -> Column:
    note = field_notes(Claim).get(name, "")
    return Column(name, _claim_kinds()[name], _resolved(note))


@cache
def _claim_kinds() -> dict[str, Kind]:
    hints = get_type_hints(Claim)
    return {field.name: _kind_of(hints[field.name]) for field in fields(Claim)}


def _kind_of(hint: Any) -> Kind:
    if get_origin(hint) is UnionType:
        (hint,) = (part for part in get_args(hint) if part is not NoneType)
    if get_origin(hint) is tuple and get_args(hint)[0] is str:
        return "list"
    return _KINDS.get(hint, "places")


def _decision_column(name: str) -> Column:
    if name in DECISION_TABLE_NOTES:
        return Column(name, "text", DECISION_TABLE_NOTES[name])
    other = name.removeprefix("other_")
    if other in DECISION_FIELDS and other != name:
        return Column(name, "text", f"`{other}` of the version that lost")
    return _claim_column(name)


def _resolved(note: str) -> str:
    """The note; where it is or begins with nothing but a reference to a field, what stands there, in Markdown."""
    if match := _REFERENCE.match(note):
        there = _resolved(field_notes(getattr(records, match[1])).get(match[2], ""))
        note = (there.removesuffix(".") + note[match.end() :]) if there else note
    if match := _CHOICE.fullmatch(note):
        note = f"one of {', '.join(get_args(getattr(records, match[1])))}; may be empty"
    return note.replace("``", "`")
