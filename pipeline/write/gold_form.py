"""The form of gold: what ``extract export --gold`` writes of reviewed claims and ``extract evaluate`` compares with.

JSON Lines, one article a line::

    {"id": "d4f...", "file": "corpus/ferry.txt", "title": "", "published": "2025-03-04", "publisher": "", "text": "...",
     "blocks": [{"start": 0, "end": 91, "role": "body"}, ...],
     "attributions": [{"source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 40]], "type": "indirect",
                       "speaker": "Ana Ruiz", "speaker_type": "person", "speaker_country": "", "stance": "states",
                       "countries": [], "date_start": "", "date_end": ""}, ...],
     "events": [{"type": "closure", "trigger": [12, 17], "target": [18, 30], "actor": null, "place": [[34, 40]],
                 "date": null, "cause": null, "reporter": [0, 4], "status": "planned", "permanence": "unspecified",
                 "actor_name": "", "actor_country": "", "reporter_name": "Ana Ruiz", "target_kind": "terminal",
                 "countries": ["NOR"], "date_start": "", "date_end": ""}, ...]}

Offsets are code points into "text", end excluded. Only "text" and one of the two lists are needed: an article without
"events" is not asked for events. The same holds inside: what is empty (null, [], "") is known to be nothing, a key that
is missing is not known and not judged. "optional": true is neither missed when not found nor wrong when found. A role
may be in several parts, each [start, end]; of an argument with one place and one span, the first found is asked for.
Several speakers are joined by " | ". "blocks" are the article's layout; without them it is found anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.records import Article, Block, Claim, Spans
from pipeline.store import Decision
from pipeline.store.manual_claims import MANUAL_RULE
from pipeline.text.cells import LIST_JOIN
from pipeline.text.spans import hull
from pipeline.write.json_values import json_value

#: A JSON object of gold: an article, an attribution or an event.
Row = dict[str, Any]
#: The parts of an attribution and the arguments of an event that have spans in gold.
QUOTE_ROLES = ("source", "cue", "content")
ARGUMENTS = ("target", "actor", "place", "date", "cause", "reporter")
#: What gold says of a speaker besides the spans; keys and claim columns have the same names.
SPEAKER_VALUES = ("speaker", "speaker_type", "speaker_country")
_COMMON_VALUES = {name: name for name in ("countries", "date_start", "date_end")}
#: Further values of an attribution and of an event: the key in gold and the column of the claim that it comes from.
QUOTE_VALUES = {"stance": "stance", **_COMMON_VALUES}
EVENT_VALUES = {
    "status": "event_status", "permanence": "permanence", "target_kind": "target_kind", "actor_name": "actor",
    "actor_country": "actor_country", "reporter_name": "reporter", **_COMMON_VALUES,
}  # fmt: skip


def gold_row(article: Article, claims: Sequence[Claim]) -> Row:
    """The line of gold for an article that makes exactly these claims; those decided "unsure" are optional."""
    return {
        "id": article.doc_id,
        "file": article.file,
        "title": article.title,
        "published": json_value(article.published),
        "publisher": article.publisher,
        "text": article.text,
        "blocks": [_block_row(block) for block in article.blocks],
        "attributions": attribution_rows(claims),
        "events": event_rows(claims),
    }


def attribution_rows(claims: Iterable[Claim]) -> list[Row]:
    """The quotes among the claims as gold has them.

    The claims of one quote with several speakers (the same source, cue and content) become one attribution.
    """
    claims_by_spans: dict[tuple[Spans | None, ...], list[Claim]] = {}
    for claim in claims:
        if claim.claim_type == "quote":
            claims_by_spans.setdefault(tuple(claim.spans.get(role) for role in QUOTE_ROLES), []).append(claim)
    return [_attribution_row(quote_claims) for quote_claims in claims_by_spans.values()]


def event_rows(claims: Iterable[Claim]) -> list[Row]:
    """The events among the claims as gold has them, one row each, in the order of the claims."""
    return [_event_row(claim) for claim in claims if claim.claim_type != "quote"]


def _block_row(block: Block) -> Row:
    row: Row = {"start": block.start, "end": block.end, "role": block.role}
    return row | {"repeated": True} if block.repeated else row


def _attribution_row(claims: Sequence[Claim]) -> Row:
    first = claims[0]
    unsure_count = sum(_is_unsure(claim) for claim in claims)
    row: Row = {role: list(map(list, first.spans[role])) for role in QUOTE_ROLES if role in first.spans}
    row |= _known_values(first, {"type": "quote_type", **QUOTE_VALUES})
    if not unsure_count:  # while one of the speakers is in doubt, it isn't known who all of them are
        row |= _speaker_values(claims)
    return row | {"optional": True} if unsure_count == len(claims) else row


def _speaker_values(claims: Sequence[Claim]) -> Row:
    """The speakers' values joined by " | ", as far as they are known of every speaker."""
    row: Row = {}
    for name in SPEAKER_VALUES:
        values_by_claim = [_known_values(claim, {name: name}) for claim in claims]
        if all(values_by_claim):
            row[name] = LIST_JOIN.join(values[name] for values in values_by_claim)
    return row


def _event_row(claim: Claim) -> Row:
    # An event added by hand has no trigger: its words stand for it.
    (trigger, *_) = claim.spans.get("trigger") or (hull(claim.spans.get("content") or [(claim.start, claim.end)]),)
    row: Row = {"type": claim.claim_type, "trigger": list(trigger)}
    row |= {role: _argument(role, claim.spans[role]) for role in ARGUMENTS if role in claim.spans}
    row |= _known_values(claim, EVENT_VALUES)
    return row | {"optional": True} if _is_unsure(claim) else row


def _argument(role: str, spans: Spans) -> Any:
    """None for no span; places are always a list, because each of them is asked for."""
    if not spans:
        return None
    return list(spans[0]) if len(spans) == 1 and role != "place" else list(map(list, spans))


def _known_values(claim: Claim, columns: Mapping[str, str]) -> Row:
    """Values of a claim by their key in gold; what is empty in a claim added by hand was not filled in: not known."""
    values = {key: json_value(getattr(claim, column)) for key, column in columns.items()}
    return {key: value for key, value in values.items() if value or claim.rule != MANUAL_RULE}


def _is_unsure(claim: Claim) -> bool:
    return Decision.of(claim).verdict == "unsure"
