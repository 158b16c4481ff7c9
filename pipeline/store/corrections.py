"""What a reviewer corrected in a claim besides its words: the JSON object in the column ``corrections``.

Its keys are columns of claims.csv with the right values (lists for place, countries and date_text; days as YYYY-MM-DD),
and ``spans`` with the places of words by role, as in claims.jsonl, where ``content`` is the place of
``corrected_text``. For example::

    {"speaker": "Ada Brandt", "place": ["Larnhaven"], "spans": {"source": [[27, 37]]}}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pipeline.records import Article, Claim, Span, Spans
from pipeline.store.words import ROLE_COLUMNS, find_nearest, place_roles
from pipeline.text.normalize import word_key

#: Columns that may be corrected and hold text.
TEXT_COLUMNS = (
    "speaker", "speaker_text", "speaker_role", "speaker_type", "speaker_country", "cue", "stance", "quote_type",
    "trigger", "actor", "actor_country", "target", "target_kind", "event_status", "permanence", "cause", "reporter",
)  # fmt: skip
#: Columns that may be corrected and hold several values.
LIST_COLUMNS = ("place", "countries", "date_text")
#: Columns that may be corrected and hold a day.
DAY_COLUMNS = ("date_start", "date_end")
_SPANS_KEY = "spans"
_ROLES = frozenset({*ROLE_COLUMNS, "content", "reporter"})
Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections of one claim, parsed and checked."""

    values: Mapping[str, Value] = field(default_factory=dict)  #: right values by column; days as ISO text
    spans: Mapping[str, Spans] = field(default_factory=dict)  #: places of words by role
    is_valid: bool = True  #: false where the cell was no JSON object of known columns; what could be read is kept

    def to_json(self) -> str:
        """The text for the column, keys in alphabetical order; empty when nothing is corrected."""
        content: dict[str, Any] = dict(self.values)
        if self.spans:
            content[_SPANS_KEY] = self.spans
        return json.dumps(content, ensure_ascii=False, sort_keys=True) if content else ""


def load_corrections(text: str) -> Corrections:
    """Parse a cell of the column ``corrections``.

    Never raises: unknown columns and values of a wrong type are left out, and ``is_valid`` is false.
    """
    if not text.strip():
        return Corrections()
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return Corrections(is_valid=False)
    if not isinstance(content, dict):
        return Corrections(is_valid=False)
    raw_spans = content.pop(_SPANS_KEY, {})
    columns = (*TEXT_COLUMNS, *LIST_COLUMNS, *DAY_COLUMNS)
    parsed = {name: _parse_value(name, content[name]) for name in columns if name in content}
    values = {name: value for name, value in parsed.items() if value is not None}
    spans = _parse_roles(raw_spans)
    is_valid = isinstance(raw_spans, dict) and len(spans) == len(raw_spans) and len(values) == len(content)
    return Corrections(values, spans, is_valid)


def apply_corrections(claim: Claim, article: Article) -> Claim:
    """The claim with the values that its ``corrections`` give, their spans, and a reason that says what was corrected.

    ``claim_text``, ``start`` and ``end`` stay as they were found: the right words are in ``corrected_text``.
    """
    corrections = load_corrections(claim.corrections)
    if not corrections.is_valid:
        return replace(claim, reason=_extend(claim.reason, "corrections can't be read as JSON of known columns"))
    if not corrections.values and not corrections.spans:
        return claim
    spans = dict(claim.spans)
    for role, placed in _place_corrected(corrections, claim, article).items():
        spans.pop(role, None)
        if placed:
            spans[role] = placed
    values: dict[str, Any] = {name: _to_field(name, value) for name, value in corrections.values.items()}
    changed = [name for name in values if getattr(claim, name) != values[name]]
    listed = ", ".join(f"{name} (was {_display(getattr(claim, name))})" for name in changed)
    reason = _extend(claim.reason, f"corrected by the reviewer: {listed}") if listed else claim.reason
    if "speaker" in changed:
        values["speaker_reason"] = "corrected by the reviewer"
    return replace(claim, **values, spans=spans, reason=reason)


def find_content(claim: Claim, article: Article) -> Spans:
    """Where the right words of the claim stand: those of ``corrected_text`` if there are any, else those found.

    () when the article doesn't have the corrected words.
    """
    if not claim.corrected_text.strip():
        return claim.spans.get("content") or ((claim.start, claim.end),)
    selected = load_corrections(claim.corrections).spans.get("content", ())
    if selected and _spans_hold(article, selected, claim.corrected_text):
        return selected
    return find_nearest(article, claim.corrected_text, selected[0][0] if selected else claim.start)


def _place_corrected(corrections: Corrections, claim: Claim, article: Article) -> dict[str, Spans]:
    """Spans by role: those given where the article still has the words there, else the nearest place of the words."""
    placed = place_roles(article, claim.claim_type, (claim.start, claim.end), corrections.values)
    if "reporter" in corrections.values:
        placed["reporter"] = ()  # a corrected reporter stands only where the reviewer selected it
    for role, selected in corrections.spans.items():
        if role == "content":
            continue
        value = corrections.values.get(ROLE_COLUMNS.get(role, ""), "")
        words = value if isinstance(value, str) else " ".join(value)
        if selected[-1][1] <= len(article.text) and (not words or _spans_hold(article, selected, words)):
            placed[role] = selected
    return placed


def _spans_hold(article: Article, spans: Spans, words: str) -> bool:
    """Whether these words stand at the spans, whatever their punctuation."""
    text = " ".join(article.text[start:end] for start, end in spans)
    return word_key(text) == word_key(words.replace("[...]", " "))


def _parse_value(name: str, value: object) -> Value | None:
    """The value of a column; None when it is of the wrong type."""
    if name in LIST_COLUMNS:
        is_list = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return tuple(value) if is_list else None  # type: ignore[arg-type]
    if not isinstance(value, str):
        return None
    if name in DAY_COLUMNS and value:
        with suppress(ValueError):
            return date.fromisoformat(value).isoformat()
        return None
    return value


def _parse_roles(raw_spans: object) -> dict[str, Spans]:
    """Spans by role; unknown roles and what are no spans are left out."""
    if not isinstance(raw_spans, dict):
        return {}
    return {role: spans for role, raw in raw_spans.items() if role in _ROLES and (spans := _parse_spans(raw))}


def _parse_spans(raw: object) -> Spans:
    """A list of [start, end] pairs as spans; () when any of them is something else."""
    if not isinstance(raw, list):
        return ()
    spans: list[Span] = []
    for pair in raw:
        match pair:
            case [int(start), int(end)] if 0 <= start < end:
                spans.append((start, end))
            case _:
                return ()
    return tuple(spans)


def _to_field(name: str, value: Value) -> Any:
    """The value as Claim's field has it: days as dates."""
    if name in DAY_COLUMNS:
        return date.fromisoformat(str(value)) if value else None
    return value


def _display(value: object) -> str:
    return (" | ".join(value) if isinstance(value, tuple) else str(value or "")) or "empty"


def _extend(reason: str, more: str) -> str:
    return f"{reason}; {more}" if reason else more
