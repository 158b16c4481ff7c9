"""What a reviewer corrected in a claim besides its words: the JSON object in the column ``corrections``.

Its keys are columns with the right values (lists for place, countries and date_text, days as YYYY-MM-DD), and ``spans``
with the places of words by role, as in claims.jsonl; there ``content`` is where ``corrected_text`` stands.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pipeline.records import Article, Claim, Span, Spans
from pipeline.store.words import WORDS_OF, find_in, place_roles
from pipeline.text.normalize import word_key

#: Columns that may be corrected, by what they hold.
TEXTS = (
    "speaker", "speaker_text", "speaker_role", "speaker_type", "speaker_country", "cue", "stance", "quote_type",
    "trigger", "actor", "actor_country", "target", "target_kind", "event_status", "permanence", "cause", "reporter",
)  # fmt: skip
LISTS = ("place", "countries", "date_text")
DAYS = ("date_start", "date_end")
_SPANS = "spans"
_ROLES = frozenset({*WORDS_OF, "content", "reporter"})
Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corrections:
    """Right values by column and places of words by role; ``sound`` is false where the text was no such object."""

    values: Mapping[str, Value] = field(default_factory=dict)
    spans: Mapping[str, Spans] = field(default_factory=dict)
    sound: bool = True

    def text(self) -> str:
        """As it stands in the column; empty when nothing is corrected."""
        whole: dict[str, Any] = dict(self.values)
        if self.spans:
            whole[_SPANS] = self.spans
        return json.dumps(whole, ensure_ascii=False, sort_keys=True) if whole else ""


def load_corrections(text: str) -> Corrections:
    """What the column says. Never raises: what is no correction is left out and ``sound`` is false."""
    if not text.strip():
        return Corrections()
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return Corrections(sound=False)
    if not isinstance(whole, dict):
        return Corrections(sound=False)
    found = {name: _value(name, whole[name]) for name in (*TEXTS, *LISTS, *DAYS) if name in whole}
    values = {name: value for name, value in found.items() if value is not None}
    raw = whole.pop(_SPANS, {})
    given = raw if isinstance(raw, dict) else {}
    spans = {role: placed for role, each in given.items() if role in _ROLES and (placed := _spans(each))}
    sound = isinstance(raw, dict) and len(spans) == len(raw) and len(values) == len(whole)
    return Corrections(values, spans, sound)


def corrected(claim: Claim, article: Article) -> Claim:
    """The claim with the values that its ``corrections`` give, their words at their places, and a reason that says so.

    ``claim_text`` with its span stays the machine's: the right words are in ``corrected_text``.
    """
    fix = load_corrections(claim.corrections)
    if not fix.sound:
        return replace(claim, reason=_joined(claim.reason, "corrections can't be read as JSON of known columns"))
    if not fix.values and not fix.spans:
        return claim
    spans = dict(claim.spans)
    for role, found in _places(fix, claim, article).items():
        spans.pop(role, None)
        if found:
            spans[role] = found
    values: dict[str, Any] = {name: _typed(name, value) for name, value in fix.values.items()}
    changed = [name for name in values if getattr(claim, name) != values[name]]
    told = ", ".join(f"{name} (was {_shown(getattr(claim, name))})" for name in changed)
    reason = _joined(claim.reason, f"corrected by the reviewer: {told}") if told else claim.reason
    return replace(claim, **values, spans=spans, reason=reason)


def content_of(claim: Claim, article: Article) -> Spans:
    """Where the right words of the claim stand: those of ``corrected_text`` if there are any; () when not found."""
    if not claim.corrected_text.strip():
        return claim.spans.get("content") or ((claim.start, claim.end),)
    given = load_corrections(claim.corrections).spans.get("content", ())
    if given and _holds(article, given, claim.corrected_text):
        return given
    return find_in(article, claim.corrected_text, given[0][0] if given else claim.start)


def _places(fix: Corrections, claim: Claim, article: Article) -> dict[str, Spans]:
    """Spans by role: those given where the article still has the words there, else the nearest place of the words."""
    placed = place_roles(article, claim.claim_type, (claim.start, claim.end), fix.values)
    if "reporter" in fix.values:
        placed["reporter"] = ()  # who it is now has no place but a selected one
    for role, given in fix.spans.items():
        if role == "content":
            continue
        words = fix.values.get(WORDS_OF.get(role, ""), "")
        whole = words if isinstance(words, str) else " ".join(words)
        if given[-1][1] <= len(article.text) and (not whole or _holds(article, given, whole)):
            placed[role] = given
    return placed


def _holds(article: Article, spans: Spans, words: str) -> bool:
    return word_key(" ".join(article.text[start:end] for start, end in spans)) == word_key(words.replace("[...]", " "))


def _value(name: str, value: object) -> Value | None:
    if name in LISTS:
        whole = isinstance(value, list) and all(isinstance(each, str) for each in value)
        return tuple(value) if whole else None  # type: ignore[arg-type]
    if not isinstance(value, str):
        return None
    if name in DAYS and value:
        with suppress(ValueError):
            return date.fromisoformat(value).isoformat()
        return None
    return value


def _spans(given: object) -> Spans:
    if not isinstance(given, list):
        return ()
    pairs: list[Span] = []
    for each in given:
        match each:
            case [int(start), int(end)] if 0 <= start < end:
                pairs.append((start, end))
            case _:
                return ()
    return tuple(pairs)


def _typed(name: str, value: Value) -> Any:
    if name in DAYS:
        return date.fromisoformat(str(value)) if value else None
    return value


def _shown(value: object) -> str:
    return (" | ".join(value) if isinstance(value, tuple) else str(value or "")) or "empty"


def _joined(reason: str, more: str) -> str:
    return f"{reason}; {more}" if reason else more
