"""Read gold: the form of ``pipeline.write.gold_form``, and rows of public sets that have the same field names.

Besides "published" the day may stand under "date" or "doc_date". A row with "context_before" or "context_after" is a
sentence in its context: the three are read as one paragraph, offsets count from the start of "text", and only what is
found in the sentence counts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, get_args

from pipeline.corpus import make_article
from pipeline.errors import ExtractError
from pipeline.records import Article, Block, Role, Span, Spans
from pipeline.store.spreadsheet import possible_days
from pipeline.text.cells import LIST_JOIN
from pipeline.write.gold_form import ARGUMENTS, EVENT_VALUES, QUOTE_VALUES, SPEAKER_VALUES

Row = Mapping[str, Any]
T = TypeVar("T")
Values = Mapping[str, str]
QUOTE_TYPES = ("direct", "mixed", "indirect")
_HINT = "The form of gold is described in the README; extract export --gold writes it."
_DAY_KEYS = ("published", "date", "doc_date")
_ATTRIBUTION_VALUES = (*SPEAKER_VALUES, *QUOTE_VALUES)
_ROLES = frozenset(get_args(Role))


@dataclass(frozen=True, slots=True)
class Attribution:
    """A quote, of gold or found. Roles that are None, and values that are missing, are not known."""

    content: Spans
    source: Spans | None
    cue: Spans | None
    type: str
    values: Values
    optional: bool = False


@dataclass(frozen=True, slots=True)
class EventMention:
    """An event, of gold or found; arguments and values that are missing are not known.

    Of the arguments in ``single`` the first span found is asked for, of others all.
    """

    type: str
    trigger: Span
    arguments: Mapping[str, Spans]
    values: Values
    single: frozenset[str] = frozenset()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with its gold; None where it has none of that kind. What counts lies ``within``."""

    article: Article
    within: Span
    attributions: tuple[Attribution, ...] | None
    events: tuple[EventMention, ...] | None


class _Wrong(Exception):
    """What is wrong with a line."""


def read_gold(path: Path) -> Iterator[GoldArticle]:
    """The articles of a gold file, one at a time. Raises ExtractError, with file and line, for what is none."""
    empty = True
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                empty = False
                try:
                    yield _article(_object(line), f"{path}#{number}")
                except _Wrong as wrong:
                    raise ExtractError(f"{path}, line {number}: {wrong}.", _HINT) from wrong
    except OSError as error:
        raise ExtractError(f"{path} can't be read: {error.strerror or error}.", "Name a file of gold.") from error
    except UnicodeDecodeError as error:
        raise ExtractError(f"{path} is no text in UTF-8.", _HINT) from error
    if empty:
        raise ExtractError(f"There is no article in {path}.", _HINT)


def _object(line: str) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _Wrong("no JSON") from error
    if not isinstance(row, dict):
        raise _Wrong("no JSON object")
    return row


def _article(row: Row, name: str) -> GoldArticle:
    before, sentence, after = (_text(row, key) for key in ("context_before", "text", "context_after"))
    if not sentence.strip():
        raise _Wrong('no "text"')
    if not isinstance(row.get("attributions"), list) and not isinstance(row.get("events"), list):
        raise _Wrong('neither a list "attributions" nor a list "events"')
    text = " ".join(part for part in (before, sentence, after) if part)
    shift = len(before) + 1 if before else 0
    within = (shift, shift + len(sentence))
    article = make_article(
        text,
        file=_text(row, "file") or name,
        title=_text(row, "title"),
        published=_day(row),
        publisher=_text(row, "publisher"),
        blocks=_blocks(row["blocks"], len(text)) if row.get("blocks") is not None else None,
    )
    return GoldArticle(
        article,
        within,
        _all(row, "attributions", lambda each: attribution(each, within)),
        _all(row, "events", lambda each: event(each, within)),
    )


def _all(row: Row, key: str, build: Callable[[Row], T]) -> tuple[T, ...] | None:
    if row.get(key) is None:
        return None
    try:
        return tuple(build(each) for each in row[key])
    except (TypeError, KeyError, AttributeError) as error:
        raise _Wrong(f'"{key}" holds what is none of them') from error


def attribution(row: Row, within: Span) -> Attribution:
    """An attribution of a row's list; its spans count from the start of ``within``."""
    roles = {key: _spans(row[key], key, within) if row.get(key) is not None else None for key in ("source", "cue")}
    return Attribution(
        content=_spans(row["content"], "content", within),
        source=roles["source"],
        cue=roles["cue"],
        type=str(row.get("type", "")),
        values=_values(row, _ATTRIBUTION_VALUES),
        optional=bool(row.get("optional")),
    )


def event(row: Row, within: Span) -> EventMention:
    """An event of a row's list; its spans count from the start of ``within``."""
    given = {role: row[role] for role in ARGUMENTS if role in row}
    single = frozenset(role for role, value in given.items() if value and isinstance(value[0], int))
    listed = {role: [value] if role in single else value or [] for role, value in given.items()}
    return EventMention(
        type=str(row.get("type", "closure")),
        trigger=_spans([row["trigger"]], "trigger", within)[0],
        arguments={role: _spans(value, role, within) for role, value in listed.items()},
        values=_values(row, EVENT_VALUES),
        single=single,
        optional=bool(row.get("optional")),
    )


def _spans(value: Any, what: str, within: Span) -> Spans:
    found = []
    for each in value:
        if not isinstance(each, list) or [type(at) for at in each] != [int, int]:
            raise _Wrong(f"{what}: {json.dumps(each)[:40]} is no [start, end]")
        start, end = each
        if not 0 <= start < end <= within[1] - within[0]:
            raise _Wrong(
                f"{what}: [{start}, {end}] is no stretch of the text, which has {within[1] - within[0]} characters"
            )
        found.append((start + within[0], end + within[0]))
    return tuple(found)


def _values(row: Row, names: Iterable[str]) -> Values:
    given = {name: row[name] for name in names if row.get(name) is not None}
    return {name: LIST_JOIN.join(value) if isinstance(value, list) else str(value) for name, value in given.items()}


def _text(row: Row, key: str) -> str:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise _Wrong(f'"{key}" is no text')
    return value or ""


def _day(row: Row) -> date | None:
    written = next((value for key in _DAY_KEYS if (value := _text(row, key).strip())), "")
    if not written:
        return None
    meant = possible_days(written.partition(" ")[0]) or possible_days(written)
    if len(meant) != 1:
        raise _Wrong(f"{written[:40]!r} is no day; write it as YYYY-MM-DD")
    return meant[0]


def _blocks(value: Any, length: int) -> tuple[Block, ...]:
    if not isinstance(value, list):
        raise _Wrong('"blocks" is no list')
    found: list[Block] = []
    for each in value:
        try:
            block = Block(each["start"], each["end"], each["role"], bool(each.get("repeated")))
        except (TypeError, KeyError, AttributeError) as error:
            raise _Wrong("a block needs start, end and role") from error
        least = found[-1].end if found else 0
        whole = type(block.start) is type(block.end) is int
        if not whole or block.role not in _ROLES or not least <= block.start < block.end <= length:
            raise _Wrong(f"{json.dumps(each)[:60]} is no block, or not in order")
        found.append(block)
    return tuple(found)
