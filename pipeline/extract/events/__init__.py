"""Events of any described type: triggers with their targets, then arguments, status and permanence.

The engine knows nothing of closures: words, frames and counter-senses come from an ``EventType``, general English
from ``EventWords``. Offsets are code points into ``article.text``. The reporter of an event is not found here; ``link``
takes it from the quotes.

What happens to an article, and where: ``context`` indexes what the other extractors found, ``triggers`` finds the words
that state an event, ``targets`` and ``noun_targets`` offer nouns for what it happens to and ``acceptance`` takes or
refuses them, ``assembly`` adds ``actors``, ``places``, ``dates``, ``causes``, ``status`` and ``permanence``, and
``reference`` resolves what names nothing. ``rules`` compiles an event type for lookup; ``syntax``, ``objects`` and
``phrases`` ask the parse.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.extract.events.article_permanence import settle_permanence
from pipeline.extract.events.assembly import build_event
from pipeline.extract.events.context import EventContext, build_context
from pipeline.extract.events.names import names_of_targets
from pipeline.extract.events.reference import PriorEvent, is_person, resolve_reference
from pipeline.extract.events.rules import Rules, compile_rules
from pipeline.extract.events.triggers import find_tail_starts, find_triggers
from pipeline.extract.syntax import claim_sentences
from pipeline.knowledge.events.types import EventType
from pipeline.knowledge.events.words import EventWords
from pipeline.records import Article, DateMention, Event, Mention


def find_events(
    doc: Doc,
    article: Article,
    types: Sequence[EventType],
    words: EventWords,
    mentions: Sequence[Mention],
    dates: Sequence[DateMention],
) -> list[Event]:
    """All events of the given types in the article's claim sentences, sorted by trigger.

    ``doc`` is the parse of ``article``; ``words`` is models/event_words.toml; ``mentions`` and ``dates`` are those of
    the other extractors in text order, maybe none. Types are looked for one by one, so that one trigger may state
    events of several. Every span of an event is a pair of offsets into ``article.text``.
    """
    context = build_context(doc, article, words, mentions, dates)
    events: list[Event] = []
    for event_type in types:
        of_type = list(_events_of_type(compile_rules(event_type, words), context))
        events.extend(settle_permanence(of_type, event_type.permanence, context))
    return sorted(events, key=lambda event: (event.trigger, event.type))


def _events_of_type(rules: Rules, context: EventContext) -> Iterator[Event]:
    """The article's events of one type in text order, each with what it takes up from those before it."""
    prior_events: list[PriorEvent] = []
    kinds: set[str] = set()
    context = replace(
        context, tail_starts=find_tail_starts(rules, context), target_names=names_of_targets(rules, context)
    )
    for sentence in claim_sentences(context.doc, context.article):
        matches = find_triggers(sentence, rules, context)
        new_kinds = {match.target.kind for match in matches} - kinds
        if new_kinds:
            kinds |= new_kinds
            context = replace(context, kinds_before=frozenset(kinds))
        # Done and undone in one sentence: neither was for good.
        is_undone = len({match.rule.reverses for match in matches}) == 2
        for match in matches:
            event = build_event(match, "temporary" if is_undone else match.rule.permanence, rules, context)
            if match.rule.upholds and event.status != "denied":  # "may stay open"
                continue
            event = resolve_reference(match.token, match.target, event, prior_events, context)
            is_told = event.target is not None or event.places or match.target.evidence == "bare"
            if is_told and not is_person(match.target.token, context.words):
                prior_events.append(PriorEvent(match.token, match.target.token, event))
            yield event
