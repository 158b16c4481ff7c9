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

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from pipeline.records import Article, Claim, Spans
from pipeline.store import Decision
from pipeline.store.manual_claims import MANUAL_RULE
from pipeline.text.cells import LIST_JOIN
from pipeline.text.spans import hull

Row = dict[str, Any]
QUOTE_ROLES = ("source", "cue", "content")
ARGUMENTS = ("target", "actor", "place", "date", "cause", "reporter")
#: Fields of a claim by the name they have in gold.
SPEAKER_VALUES = ("speaker", "speaker_type", "speaker_country")
_COMMON_VALUES = {name: name for name in ("countries", "date_start", "date_end")}
QUOTE_VALUES = {"stance": "stance", **_COMMON_VALUES}
EVENT_VALUES = {
    "status": "event_status", "permanence": "permanence", "target_kind": "target_kind", "actor_name": "actor",
    "actor_country": "actor_country", "reporter_name": "reporter", **_COMMON_VALUES,
}  # fmt: skip


def gold_row(article: Article, claims: Sequence[Claim]) -> Row:
    """The line of an article with these claims; those decided "unsure" are optional."""
    return {
        "id": article.doc_id,
        "file": article.file,
        "title": article.title,
        "published": article.published.isoformat() if article.published else "",
        "publisher": article.publisher,
        "text": article.text,
        "blocks": [
            {"start": each.start, "end": each.end, "role": each.role} | ({"repeated": True} if each.repeated else {})
            for each in article.blocks
        ],
        "attributions": attributions(claims),
        "events": events(claims),
    }


def attributions(claims: Iterable[Claim]) -> list[Row]:
    """The quotes among the claims, those of one quote's several speakers as one."""
    together: dict[tuple[Spans | None, ...], list[Claim]] = {}
    for claim in claims:
        if claim.claim_type == "quote":
            together.setdefault(tuple(claim.spans.get(role) for role in QUOTE_ROLES), []).append(claim)
    return [_attribution(rows) for rows in together.values()]


def events(claims: Iterable[Claim]) -> list[Row]:
    """The events among the claims."""
    return [_event(claim) for claim in claims if claim.claim_type != "quote"]


def _attribution(rows: Sequence[Claim]) -> Row:
    first = rows[0]
    sure = [claim for claim in rows if not _unsure(claim)]
    row: Row = {role: list(map(list, first.spans[role])) for role in QUOTE_ROLES if role in first.spans}
    row |= _values(first, {"type": "quote_type", **QUOTE_VALUES})
    if len(sure) == len(rows):  # while one of the speakers is doubtful, who they are is not known
        for name in SPEAKER_VALUES:
            values = [_values(claim, {name: name}) for claim in rows]
            if all(values):
                row[name] = LIST_JOIN.join(each[name] for each in values)
    return row if sure else row | {"optional": True}


def _event(claim: Claim) -> Row:
    # An event added by hand without its trigger is known by its words.
    (trigger, *_) = claim.spans.get("trigger") or (hull(claim.spans.get("content") or [(claim.start, claim.end)]),)
    row: Row = {"type": claim.claim_type, "trigger": list(trigger)}
    row |= {role: _argument(role, claim.spans[role]) for role in ARGUMENTS if role in claim.spans}
    row |= _values(claim, EVENT_VALUES)
    return row | {"optional": True} if _unsure(claim) else row


def _argument(role: str, spans: Spans) -> Any:
    """None for nothing; places are listed, all of them being asked for."""
    if not spans:
        return None
    return list(spans[0]) if len(spans) == 1 and role != "place" else list(map(list, spans))


def _values(claim: Claim, names: dict[str, str]) -> Row:
    """Values of the claim as JSON has them; what the reviewer left empty in a claim of their own is not known."""
    found = {name: _plain(getattr(claim, field)) for name, field in names.items()}
    return {name: value for name, value in found.items() if value or claim.rule != MANUAL_RULE}


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value or ""


def _unsure(claim: Claim) -> bool:
    return Decision.of(claim).verdict == "unsure"
