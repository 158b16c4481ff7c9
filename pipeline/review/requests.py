"""What the page asks for, checked: filters, decisions, corrections, claims to add."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from pipeline.errors import ExtractError
from pipeline.records import Article, Claim, Spans
from pipeline.review.json_views import CHOICES, plain
from pipeline.review.session import ClaimFilter
from pipeline.store import Corrections, Decision, load_corrections
from pipeline.store.corrections import DAY_COLUMNS, LIST_COLUMNS, TEXT_COLUMNS
from pipeline.store.words import find_nearest
from pipeline.text.cells import LIST_JOIN

DECISIONS = ("", "accept", "reject", "edit", "unsure")
#: Words that must stand in the article, so that they have a place there.
_WORDS = ("speaker_text", "cue", "trigger")
_COUNTRIES = ("speaker_country", "actor_country", "countries")
_LONGEST = 20_000


class BadRequest(ExtractError):
    """A request that can't be carried out; ``field`` is the one to mend, if it is one."""

    def __init__(self, message: str, hint: str = "", field: str = "") -> None:
        super().__init__(message, hint)
        self.field = field


@dataclass(frozen=True, slots=True)
class Adding:
    """A claim to add: the article, the type, [start, end) of its words and its columns, lists joined as in a cell."""

    article: Article
    claim_type: str
    span: tuple[int, int]
    values: Mapping[str, str]


def wanted(query: Mapping[str, str]) -> ClaimFilter:
    """The filters out of a query. Raises Wrong for a bound that is no number."""
    texts = {each.name: query[each.name] for each in fields(ClaimFilter) if each.name in query}
    bounds = {name: _share(texts.pop(name), name) for name in ("low", "high") if texts.get(name)}
    texts = {name: value for name, value in texts.items() if name not in ("low", "high")}
    return ClaimFilter(**texts, **bounds)  # type: ignore[arg-type]


def number(query: Mapping[str, str], name: str, default: int, most: int) -> int:
    """A whole number out of a query, between 0 and ``most``. Raises Wrong."""
    value = query.get(name) or str(default)
    if not value.isdecimal():
        raise BadRequest(f"{name} is no number.")
    return min(int(value), most)


def decision(body: Mapping[str, Any], claim: Claim, article: Article, codes: Mapping[str, str]) -> Decision:
    """The decision in a request on a claim (as the machine has it). Raises Wrong for what can't be."""
    word = _text(body, "decision")
    if word not in DECISIONS:
        raise BadRequest("That is no decision.", f"Known: {', '.join(filter(None, DECISIONS))}.", "decision")
    given = body.get("corrections") or {}
    if not isinstance(given, dict):
        raise BadRequest("The corrections are no object.")
    fix = _corrections(given, claim, article, codes)
    return Decision(
        word, _text(body, "corrected_text"), _text(body, "note"), _text(body, "reviewer"), "", fix.to_json()
    )


def accepted(body: Mapping[str, Any]) -> Decision:
    """The decision on a claim that a request adds, with its note and reviewer. Raises Wrong."""
    return Decision("accept", note=_text(body, "note"), reviewer=_text(body, "reviewer"))


def adding(body: Mapping[str, Any], article: Article, kinds: Mapping[str, str], codes: Mapping[str, str]) -> Adding:
    """The claim that a request adds. Raises Wrong for what can't be."""
    kind = _text(body, "claim_type")
    if kind not in kinds:
        raise BadRequest("There is no such type of claim.", f"Known: {', '.join(kinds)}.", "claim_type")
    start, end = body.get("start"), body.get("end")
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(article.text)):
        raise BadRequest("No words are selected.", "Select the claim's words in the article.", "start")
    words = article.text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    if start >= end:
        raise BadRequest("Only blanks are selected.", "Select the claim's words in the article.", "start")
    given = body.get("fields") or {}
    if not isinstance(given, dict):
        raise BadRequest("The fields are no object.")
    fix = checked(given, article, start, codes)
    values = {name: LIST_JOIN.join(value) if isinstance(value, tuple) else value for name, value in fix.values.items()}
    return Adding(article, kind, (start, end), {name: value for name, value in values.items() if value})


def checked(given: Mapping[str, Any], article: Article, near: int, codes: Mapping[str, str]) -> Corrections:
    """Values that may stand in their columns. Raises Wrong, with the field, for the first that may not."""
    known = (*TEXT_COLUMNS, *LIST_COLUMNS, *DAY_COLUMNS, "spans")
    for name, value in given.items():
        if name not in known:
            raise BadRequest(f"{name} can't be corrected.", field=name)
        if name != "spans":
            _check(name, value, article, near, codes)
    fix = load_corrections(Corrections(given, given.get("spans") or {}).to_json()) if given else Corrections()
    if not fix.is_valid:
        raise BadRequest("The places of the words can't be read.", "Select them again.", "spans")
    end = max((each[1] for spans in fix.spans.values() for each in spans), default=0)
    if end > len(article.text):
        raise BadRequest("The words lie behind the end of the article.", "Select them again.", "spans")
    days = [fix.values.get(name, "") for name in DAY_COLUMNS]
    if all(days) and str(days[0]) > str(days[1]):
        raise BadRequest("The last day lies before the first.", field="date_end")
    return fix


def _corrections(given: Mapping[str, Any], claim: Claim, article: Article, codes: Mapping[str, str]) -> Corrections:
    """Those of the values that differ from what the machine has, and places of words."""
    fix = checked(given, article, claim.start, codes)
    values = {name: value for name, value in fix.values.items() if plain(getattr(claim, name)) != plain(value)}
    spans: dict[str, Spans] = {role: each for role, each in fix.spans.items() if claim.spans.get(role) != each}
    return Corrections(values, spans)


def _check(name: str, value: Any, article: Article, near: int, codes: Mapping[str, str]) -> None:
    whole = value if isinstance(value, list) else [value]
    if isinstance(value, list) != (name in LIST_COLUMNS) or not all(isinstance(each, str) for each in whole):
        raise BadRequest(f"{name} is of the wrong kind.", field=name)
    if sum(map(len, whole)) > _LONGEST:
        raise BadRequest("That is too long.", f"At most {_LONGEST:,} characters.", name)
    for each in filter(None, whole):
        if name in CHOICES and each not in CHOICES[name]:
            raise BadRequest(f'"{each}" is not among the known.', f"Known: {', '.join(CHOICES[name])}.", name)
        if name in _COUNTRIES and each not in codes:
            raise BadRequest(f'"{each}" is no country code.', "Choose a country from the list.", name)
        if name in DAY_COLUMNS and not _day(each):
            raise BadRequest(f'"{each}" is no day.', "Give it as YYYY-MM-DD.", name)
        if name in _WORDS and not find_nearest(article, each, near):
            raise BadRequest(f'"{each}" does not stand in the article.', "Select the words in the article.", name)


def _day(text: str) -> bool:
    with suppress(ValueError):
        return date.fromisoformat(text).isoformat() == text
    return False


def _share(text: str, name: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError as error:
        raise BadRequest(f"{name} is no number.", field=name) from error


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name, "")
    if not isinstance(value, str):
        raise BadRequest(f"{name} is no text.", field=name)
    if len(value) > _LONGEST:
        raise BadRequest("That is too long.", f"At most {_LONGEST:,} characters.", name)
    return value.strip()
