"""Whether the sentences of an event type's file hold: for the suite, and for ``extract doctor --events FILE``."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from pipeline.extract.events import find_events
from pipeline.knowledge.events.types import EventType, Example
from pipeline.records import Article, Event, Span


def sentences(event_type: EventType) -> Iterator[tuple[str, Example | None]]:
    """Every sentence of the file, with what it must match; None: nothing."""
    yield from ((example.text, example) for example in event_type.matches)
    yield from ((text, None) for text in event_type.non_matches)


def mismatch(event_type: EventType, wanted: Example | None, doc: Doc, article: Article) -> str:
    """What is wrong with what the rules find in one sentence, parsed as an article; "" when it is as wanted."""
    events = find_events(doc, article, [event_type], [], [])
    if wanted is None:
        found = [f"{_words(article, event.trigger)!r} ({event.rule})" for event in events]
        return f"must not match, but {' and '.join(found)} does" if found else ""
    hits = [event for event in events if _words(article, event.trigger) == wanted.trigger]
    if len(hits) != 1:
        return f"must match once with the trigger {wanted.trigger!r}, does {len(hits)} times"
    found_parts = _parts(hits[0], article)
    wrong = [
        f"{key} must be {value!r}, is {found_parts[key]!r}"
        for key in found_parts
        if (value := getattr(wanted, key)) and found_parts[key] != value
    ]
    return "; ".join(wrong)


def _parts(event: Event, article: Article) -> dict[str, str]:
    return {
        "target": _words(article, event.target),
        "target_kind": event.target_kind,
        "antecedent": _words(article, event.antecedent),
        "actor": _words(article, event.actor),
        "place": _words(article, event.places[0] if event.places else None),
        "cause": _words(article, event.cause),
        "status": event.status,
        "permanence": event.permanence,
    }


def _words(article: Article, span: Span | None) -> str:
    return "" if span is None else article.text[span[0] : span[1]]
