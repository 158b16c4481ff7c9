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

#: A line of gold, or an object of one of its lists, as JSON gives it.
Row = Mapping[str, Any]
Entry = TypeVar("Entry")
#: Value by name ("stance", "countries"); several in one are joined by LIST_JOIN.
Values = Mapping[str, str]
QUOTE_TYPES = ("direct", "mixed", "indirect")
_HINT = "The README describes the form of gold; extract export --gold writes it."
#: Keys of a row that may hold the day of publication, tried in this order.
_DAY_KEYS = ("published", "date", "doc_date")
_ATTRIBUTION_VALUES = (*SPEAKER_VALUES, *QUOTE_VALUES)
_ROLES = frozenset(get_args(Role))
#: Characters of a faulty span, day or block that a message shows.
_SHOWN_SPAN = 40
_SHOWN_BLOCK = 60


@dataclass(frozen=True, slots=True)
class Attribution:
    """A quote, of gold or found.

    ``content``, ``source`` and ``cue`` are spans into the article's text; a role that is None is not known, an empty
    one is known to be absent. ``type`` is direct, mixed or indirect, or empty; ``values`` holds speaker, stance and the
    like, a missing one is not known. ``optional`` gold is neither missed when not found nor wrong when found.
    """

    content: Spans
    source: Spans | None
    cue: Spans | None
    type: str
    values: Values
    optional: bool = False


@dataclass(frozen=True, slots=True)
class EventMention:
    """An event, of gold or found.

    ``type`` is the event type, ``trigger`` the span of the word that states it. ``arguments`` has the spans of each
    role, ``values`` status, permanence and the like; what is missing there is not known. Of the roles in ``single`` the
    first span found is asked for, of others all. ``optional`` as in ``Attribution``.
    """

    type: str
    trigger: Span
    arguments: Mapping[str, Spans]
    values: Values
    single: frozenset[str] = frozenset()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with its gold.

    ``within`` is the span that gold speaks of: the whole text, or a sentence in its context. ``attributions`` and
    ``events`` are None where the row has no such list: then nothing is known of them, and nothing is judged.
    """

    article: Article
    within: Span
    attributions: tuple[Attribution, ...] | None
    events: tuple[EventMention, ...] | None


class _BadRow(Exception):
    """A line that is no gold: the message says why, to stand after file and line number."""


def read_gold(path: Path) -> Iterator[GoldArticle]:
    """The articles of a gold file (JSON Lines), one at a time, blank lines left out.

    Raises ExtractError for a file that can't be read or holds no article and for a line that is no gold; the message
    names file and line.
    """
    is_empty = True
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                is_empty = False
                try:
                    yield _make_gold_article(_parse_row(line), f"{path}#{number}")
                except _BadRow as fault:
                    raise ExtractError(f"{path}, line {number}: {fault}.", _HINT) from fault
    except OSError as error:
        raise ExtractError(f"{path} can't be read: {error.strerror or error}.", "Name a gold file.") from error
    except UnicodeDecodeError as error:
        raise ExtractError(f"{path} is not UTF-8 text.", _HINT) from error
    if is_empty:
        raise ExtractError(f"{path} contains no articles.", _HINT)


def _parse_row(line: str) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _BadRow("this is not valid JSON") from error
    if not isinstance(row, dict):
        raise _BadRow("this is not a JSON object")
    return row


def _make_gold_article(row: Row, name: str) -> GoldArticle:
    before, sentence, after = (_text_of(row, key) for key in ("context_before", "text", "context_after"))
    if not sentence.strip():
        raise _BadRow('"text" is missing or empty')
    if not isinstance(row.get("attributions"), list) and not isinstance(row.get("events"), list):
        raise _BadRow('there is neither a list "attributions" nor a list "events"')
    text = " ".join(part for part in (before, sentence, after) if part)
    shift = len(before) + 1 if before else 0
    within = (shift, shift + len(sentence))
    article = make_article(
        text,
        file=_text_of(row, "file") or name,
        title=_text_of(row, "title"),
        published=_day_of(row),
        publisher=_text_of(row, "publisher"),
        blocks=_make_blocks(row["blocks"], len(text)) if row.get("blocks") is not None else None,
    )
    return GoldArticle(
        article,
        within,
        _make_entries(row, "attributions", lambda entry: make_attribution(entry, within)),
        _make_entries(row, "events", lambda entry: make_event(entry, within)),
    )


def _make_entries(row: Row, key: str, make_entry: Callable[[Row], Entry]) -> tuple[Entry, ...] | None:
    """What a list of the row holds; None where it has no such list."""
    if row.get(key) is None:
        return None
    try:
        return tuple(make_entry(entry) for entry in row[key])
    except (TypeError, KeyError, AttributeError) as error:
        raise _BadRow(f'"{key}" holds an entry of the wrong form') from error


def make_attribution(row: Row, within: Span) -> Attribution:
    """An attribution from an object of a row's list "attributions"; its spans count from the start of ``within``.

    Raises KeyError or TypeError when it lacks "content" or has something else in its place.
    """
    return Attribution(
        content=_make_spans(row["content"], "content", within),
        source=_make_optional_spans(row, "source", within),
        cue=_make_optional_spans(row, "cue", within),
        type=str(row.get("type", "")),
        values=_make_values(row, _ATTRIBUTION_VALUES),
        optional=bool(row.get("optional")),
    )


def _make_optional_spans(row: Row, key: str, within: Span) -> Spans | None:
    return _make_spans(row[key], key, within) if row.get(key) is not None else None


def make_event(row: Row, within: Span) -> EventMention:
    """An event from an object of a row's list "events"; its spans count from the start of ``within``.

    An argument may be one span, a list of spans or null. Raises KeyError or TypeError when it lacks "trigger" or has
    something else in its place.
    """
    given = {role: row[role] for role in ARGUMENTS if role in row}
    single = frozenset(role for role, value in given.items() if value and isinstance(value[0], int))
    listed = {role: [value] if role in single else value or [] for role, value in given.items()}
    return EventMention(
        type=str(row.get("type", "closure")),
        trigger=_make_spans([row["trigger"]], "trigger", within)[0],
        arguments={role: _make_spans(value, role, within) for role, value in listed.items()},
        values=_make_values(row, EVENT_VALUES),
        single=single,
        optional=bool(row.get("optional")),
    )


def _make_spans(pairs: Any, role: str, within: Span) -> Spans:
    """[start, end] pairs of JSON as spans into the article's text."""
    length = within[1] - within[0]
    spans = []
    for pair in pairs:
        if not isinstance(pair, list) or [type(offset) for offset in pair] != [int, int]:
            raise _BadRow(f"{role}: {json.dumps(pair)[:_SHOWN_SPAN]} is not [start, end]")
        start, end = pair
        if not 0 <= start < end <= length:
            raise _BadRow(f"{role}: [{start}, {end}] is empty or lies outside the text, which has {length} characters")
        spans.append((start + within[0], end + within[0]))
    return tuple(spans)


def _make_values(row: Row, names: Iterable[str]) -> Values:
    given = {name: row[name] for name in names if row.get(name) is not None}
    return {name: LIST_JOIN.join(value) if isinstance(value, list) else str(value) for name, value in given.items()}


def _text_of(row: Row, key: str) -> str:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise _BadRow(f'"{key}" is not a string')
    return value or ""


def _day_of(row: Row) -> date | None:
    """The day of publication, None when the row has none; a time after it is left off."""
    written = next((value for key in _DAY_KEYS if (value := _text_of(row, key).strip())), "")
    if not written:
        return None
    readings = possible_days(written.partition(" ")[0]) or possible_days(written)
    if len(readings) != 1:
        raise _BadRow(f"{written[:_SHOWN_SPAN]!r} is not a clear date; write it as YYYY-MM-DD")
    return readings[0]


def _make_blocks(rows: Any, length: int) -> tuple[Block, ...]:
    """The article's blocks, in order and apart; ``length`` is that of its text."""
    if not isinstance(rows, list):
        raise _BadRow('"blocks" is not a list')
    blocks: list[Block] = []
    for row in rows:
        try:
            block = Block(row["start"], row["end"], row["role"], bool(row.get("repeated")))
        except (TypeError, KeyError, AttributeError) as error:
            raise _BadRow("a block needs start, end and role") from error
        least_start = blocks[-1].end if blocks else 0
        has_offsets = type(block.start) is type(block.end) is int
        if not has_offsets or block.role not in _ROLES or not least_start <= block.start < block.end <= length:
            raise _BadRow(f"{json.dumps(row)[:_SHOWN_BLOCK]} is not a valid block, or not in order")
        blocks.append(block)
    return tuple(blocks)
