"""Whether the sentences of an event type's file hold: for the suite, and for ``extract doctor --events FILE``."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from pipeline.extract.events import find_events
from pipeline.knowledge.events.types import EventType, Example
from pipeline.knowledge.events.words import EventWords
from pipeline.records import Article, Event, Span


def example_sentences(event_type: EventType) -> Iterator[tuple[str, Example | None]]:
    """Every sentence of an event type's file with what must be found in it, in the order of the file.

    Sentences that must match come first; those of ``no_match``, in which nothing may be found, come with None.
    """
    yield from ((example.text, example) for example in event_type.matches)
    yield from ((text, None) for text in event_type.non_matches)


def describe_mismatch(
    event_type: EventType, words: EventWords, expected: Example | None, doc: Doc, article: Article
) -> str:
    """What is wrong with what the rules find in one sentence, "" when it is as ``expected``.

    ``article`` is the sentence and ``doc`` its parse; no mentions or dates are given to the rules. With ``expected``
    None nothing may match. Else exactly one event must have the expected trigger, and each part that the example names.
    """
    events = find_events(doc, article, [event_type], words, [], [])
    if expected is None:
        matched = [f"{_text_of(article, event.trigger)!r} ({event.rule})" for event in events]
        return f"must not match, but {' and '.join(matched)} does" if matched else ""
    hits = [event for event in events if _text_of(article, event.trigger) == expected.trigger]
    if len(hits) != 1:
        return f"must match once with the trigger {expected.trigger!r}, does {len(hits)} times"
    parts = _parts_as_text(hits[0], article)
    wrong = [
        f"{key} must be {value!r}, is {parts[key]!r}"
        for key in parts
        if (value := getattr(expected, key)) and parts[key] != value
    ]
    return "; ".join(wrong)


def _parts_as_text(event: Event, article: Article) -> dict[str, str]:
    """The parts of an event that an example may name, as text; of several places the first."""
    return {
        "target": _text_of(article, event.target),
        "target_kind": event.target_kind,
        "antecedent": _text_of(article, event.antecedent),
        "actor": _text_of(article, event.actor),
        "place": _text_of(article, event.places[0] if event.places else None),
        "cause": _text_of(article, event.cause),
        "status": event.status,
        "permanence": event.permanence,
    }


def _text_of(article: Article, span: Span | None) -> str:
    return "" if span is None else article.text[span[0] : span[1]]
