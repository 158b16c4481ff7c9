"""What the page sends, checked and made into records: filters, decisions, corrections, claims to add."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request

from pipeline.errors import ExtractError
from pipeline.records import Article, Claim, Span, Spans
from pipeline.review.filters import CHOICE_FILTERS, ClaimFilter
from pipeline.review.json_views import CHOICES
from pipeline.store import Corrections, Decision, load_corrections
from pipeline.store.corrections import DAY_COLUMNS, LIST_COLUMNS, TEXT_COLUMNS
from pipeline.store.words import find_nearest
from pipeline.text.cells import LIST_JOIN
from pipeline.write.json_values import json_value

#: What a decision may be; "" takes one back.
DECISIONS = ("", "accept", "reject", "edit", "unsure")
#: Columns whose words must stand in the article, because evaluation asks for their place.
_WORD_COLUMNS = ("speaker_text", "cue", "trigger")
_COUNTRY_COLUMNS = ("speaker_country", "actor_country", "countries")
#: Characters of a note, of corrected words or of a field: several pages, and far below what a cell of a table holds.
_MAX_LENGTH = 20_000


class BadRequest(ExtractError):
    """A request that can't be carried out; ``field`` names the field of the form to mend, or is empty."""

    def __init__(self, message: str, hint: str = "", field: str = "") -> None:
        super().__init__(message, hint)
        self.field = field


class NotFound(BadRequest):
    """What the request names is not there: a claim, an event, an article or a file; answered with status 404."""


async def read_body(request: Request) -> dict[str, Any]:
    """The JSON object that a request carries. Raises BadRequest, ExtractError for text that can't be saved."""
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise BadRequest("The request is not valid JSON.") from error
    try:
        json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise ExtractError(
            "The text has half a character in it, which can't be saved.",
            "Type the text again instead of pasting it: a character (an emoji, say) was cut in two.",
        ) from error
    if not isinstance(body, dict):
        raise BadRequest("The request must be a JSON object.")
    return body


@dataclass(frozen=True, slots=True)
class NewClaim:
    """A claim to add.

    ``span`` is [start, end) of its words in ``article``, ``values`` has its other columns by name, without empty ones,
    lists joined as in a cell.
    """

    article: Article
    claim_type: str
    span: Span
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Context:
    """What values are checked against: the article, the offset of the claim in it, and the known country codes."""

    article: Article
    near: int
    country_codes: Collection[str]


def parse_filter(query: Mapping[str, str]) -> ClaimFilter:
    """Read the filters out of a query string. Raises BadRequest for a bound that is no number or day."""
    return ClaimFilter(
        choices={choice.name: query[choice.name] for choice in CHOICE_FILTERS if query.get(choice.name)},
        text=query.get("text", ""),
        low=_parse_share(query, "low", 0.0),
        high=_parse_share(query, "high", 1.0),
        sort=query.get("sort", "article"),
        published_from=_parse_day(query, "from"),
        published_to=_parse_day(query, "to"),
    )


def parse_count(query: Mapping[str, str], name: str, default: int, maximum: int) -> int:
    """Read a whole number from 0 to ``maximum`` out of a query string; greater ones are cut. Raises BadRequest."""
    value = query.get(name) or str(default)
    if not value.isdecimal():
        raise BadRequest(f'{name} must be a whole number, not "{value}".')
    return min(int(value), maximum)


def parse_decision(
    body: Mapping[str, Any],
    machine: Claim,
    article: Article,
    country_codes: Collection[str],
    other_words: Collection[str] = (),
) -> Decision:
    """Read the decision on a claim out of a request: one of DECISIONS, or one of ``other_words``.

    These are what was written for the claim into a table and is no decision; it stays when only a note is added. Of the
    corrections only those are kept that differ from the claim as the machine has it. Raises BadRequest, with the
    field, for what can't be saved.
    """
    decision = parse_text(body, "decision")
    if decision not in DECISIONS and decision not in other_words:
        raise BadRequest(f'"{decision}" is not a decision.', _one_of(DECISIONS[1:]), "decision")
    given = _parse_object(body, "corrections")
    corrections = _differences(check_corrections(given, article, machine.start, country_codes), machine)
    return Decision(
        decision,
        corrected_text=parse_text(body, "corrected_text"),
        note=parse_text(body, "note"),
        reviewer=parse_text(body, "reviewer"),
        corrections=corrections.to_json(),
    )


def parse_acceptance(body: Mapping[str, Any]) -> Decision:
    """Read the decision on a claim that a request adds: accepted, with its note and reviewer. Raises BadRequest."""
    return Decision("accept", note=parse_text(body, "note"), reviewer=parse_text(body, "reviewer"))


def parse_new_claim(
    body: Mapping[str, Any], article: Article, claim_types: Collection[str], country_codes: Collection[str]
) -> NewClaim:
    """Read the claim that a request adds. Raises BadRequest, with the field, for what can't be added."""
    claim_type = parse_text(body, "claim_type")
    if claim_type not in claim_types:
        raise BadRequest(f'There is no claim type "{claim_type}".', _one_of(claim_types), "claim_type")
    span = _parse_selection(body, article)
    given = _parse_object(body, "fields")
    corrections = check_corrections(given, article, span[0], country_codes)
    values = {name: value if isinstance(value, str) else LIST_JOIN.join(value)
              for name, value in corrections.values.items()}  # fmt: skip
    return NewClaim(article, claim_type, span, {name: value for name, value in values.items() if value})


def check_corrections(
    given: Mapping[str, Any], article: Article, near: int, country_codes: Collection[str]
) -> Corrections:
    """Check values by column, and "spans" by role, that a reviewer gave for a claim at the offset ``near``.

    Raises BadRequest, with the field, for the first that may not stand in its column.
    """
    context = _Context(article, near, country_codes)
    for column, value in given.items():
        if column not in (*TEXT_COLUMNS, *LIST_COLUMNS, *DAY_COLUMNS, "spans"):
            raise BadRequest(f'The field "{column}" can\'t be corrected.', field=column)
        if column != "spans":
            _check_column(column, value, context)
    corrections = load_corrections(Corrections(given, given.get("spans") or {}).to_json()) if given else Corrections()
    _check_spans(corrections, article)
    _check_day_order(corrections)
    return corrections


def _check_column(column: str, value: Any, context: _Context) -> None:
    """Raise BadRequest unless the value has the column's type and passes all its VALUE_RULES."""
    values = value if isinstance(value, list) else [value]
    if isinstance(value, list) != (column in LIST_COLUMNS) or not all(isinstance(part, str) for part in values):
        raise BadRequest(f"{column} must be {'a list of texts' if column in LIST_COLUMNS else 'a text'}.", field=column)
    _check_length(sum(map(len, values)), column)
    for part in filter(None, values):
        for rule in VALUE_RULES:
            if column in rule.columns and not rule.accepts(part, column, context):
                hint = rule.hint.format(choices=", ".join(CHOICES.get(column, ())))
                raise BadRequest(f'"{part}" {rule.complaint}.', hint, column)


@dataclass(frozen=True, slots=True)
class ValueRule:
    """What every value of some columns must be.

    ``accepts`` gets a value, its column and the context; ``complaint`` goes on after the value in quotation marks where
    it is refused, ``hint`` says what to do ("{choices}" stands for the column's choices).
    """

    columns: Collection[str]
    accepts: Callable[[str, str, _Context], bool]
    complaint: str
    hint: str


def _is_choice(value: str, column: str, context: _Context) -> bool:
    return value in CHOICES[column]


def _is_country_code(value: str, column: str, context: _Context) -> bool:
    return value in context.country_codes


def _is_day(value: str, column: str, context: _Context) -> bool:
    with suppress(ValueError):
        return date.fromisoformat(value).isoformat() == value
    return False


def _is_in_article(value: str, column: str, context: _Context) -> bool:
    return bool(find_nearest(context.article, value, context.near))


#: Tried in order; the first that refuses a value is the one that the reviewer reads.
VALUE_RULES: tuple[ValueRule, ...] = (
    ValueRule(tuple(CHOICES), _is_choice, "is not one of the choices", "Choose one of: {choices}."),
    ValueRule(_COUNTRY_COLUMNS, _is_country_code, "is not a country code", "Choose a country from the list."),
    ValueRule(DAY_COLUMNS, _is_day, "is not a date", "Write it as YYYY-MM-DD."),
    ValueRule(_WORD_COLUMNS, _is_in_article, "is not in the article", "Select the words in the article."),
)


def _check_spans(corrections: Corrections, article: Article) -> None:
    if not corrections.is_valid:
        raise BadRequest("The places of the words can't be read.", "Select them again.", "spans")
    last_end = max((end for spans in corrections.spans.values() for _, end in spans), default=0)
    if last_end > len(article.text):
        raise BadRequest("The words lie beyond the end of the article.", "Select them again.", "spans")


def _check_day_order(corrections: Corrections) -> None:
    first, last = (str(corrections.values.get(name, "")) for name in DAY_COLUMNS)
    if first and last and first > last:
        raise BadRequest("The last day is before the first day.", field="date_end")


def _differences(corrections: Corrections, machine: Claim) -> Corrections:
    """Those values and places of words that differ from what the machine has."""
    values = {
        column: value
        for column, value in corrections.values.items()
        if json_value(getattr(machine, column)) != json_value(value)
    }
    spans: dict[str, Spans] = {
        role: placed for role, placed in corrections.spans.items() if machine.spans.get(role) != placed
    }
    return Corrections(values, spans)


def _parse_selection(body: Mapping[str, Any], article: Article) -> Span:
    """[start, end) of the selected words without white space at their ends."""
    hint = "Select the claim's words in the article."
    start, end = body.get("start"), body.get("end")
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(article.text)):
        raise BadRequest("No words are selected.", hint, "start")
    words = article.text[start:end]
    if not words.strip():
        raise BadRequest("Only white space is selected.", hint, "start")
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _parse_object(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = body.get(name) or {}
    if not isinstance(value, dict):
        raise BadRequest(f"The {name} must be a JSON object.")
    return value


def parse_text(body: Mapping[str, Any], name: str) -> str:
    """A text in a request, without white space at its ends; "" when it isn't there. Raises BadRequest."""
    value = body.get(name, "")
    if not isinstance(value, str):
        raise BadRequest(f"{name} must be a text.", field=name)
    _check_length(len(value), name)
    return value.strip()


def _parse_share(query: Mapping[str, str], name: str, default: float) -> float:
    """A number between 0 and 1; what lies outside is cut."""
    text = query.get(name)
    if not text:
        return default
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError as error:
        raise BadRequest(f'{name} must be a number from 0 to 1, not "{text}".', field=name) from error


def _parse_day(query: Mapping[str, str], name: str) -> date | None:
    text = query.get(name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadRequest(f'"{text}" is not a day.', "Write it as YYYY-MM-DD.", name) from error


def _check_length(length: int, name: str) -> None:
    if length > _MAX_LENGTH:
        raise BadRequest("The text is too long.", f"Use at most {_MAX_LENGTH:,} characters.", name)


def _one_of(choices: Collection[str]) -> str:
    return f"Choose one of: {', '.join(choices)}."
