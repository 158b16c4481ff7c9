"""The words of an event's arguments: the phrase of a noun, cut where the trigger or its clause begins.

Part of ``pipeline.extract.events``.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.events.codes import span_with_number
from pipeline.extract.events.context import EventContext
from pipeline.extract.events.phrases import noun_phrase_span, trimmed_span
from pipeline.extract.events.rules import Rules, target_classes
from pipeline.extract.events.syntax import AUXILIARIES, is_infinitive
from pipeline.extract.syntax import char_span
from pipeline.records import Span

#: Relations of a noun to the trigger that it modifies: "school" in "school closures".
_MODIFYING = ("compound", "nmod", "amod")


def argument_span(noun: Token, trigger: Token, rules: Rules, context: EventContext) -> Span | None:
    """The phrase of a noun that is an argument of the trigger, as offsets into the article's text.

    A modifier of the trigger stands alone or with its own modifiers ("school closures" gives "school"). A noun that the
    trigger hangs on stops before the trigger's clause ("plans to close ..." gives "plans"). Where the target lies
    belongs to it though the parser hung it on the verb ("its mill at Harwick").
    """
    if noun.head.i == trigger.i and noun.dep_ in _MODIFYING:
        return char_span(noun.subtree)
    if noun.is_ancestor(trigger):
        return _span_outside_clause(noun, trigger, rules, context)
    span = noun_phrase_span(noun, context, rules.cause.strong)
    if span is not None and span[0] < trigger.idx < span[1]:
        span = _span_before_clause(noun, trigger, context)
    if span is None:
        return None
    site = _site_span(noun, rules, context)
    return (span[0], site[1]) if site is not None else span_with_number(noun, span, rules, context)


def _span_before_clause(noun: Token, trigger: Token, context: EventContext) -> Span | None:
    """The phrase of a noun up to the trigger's verb, where the parser hung on it what stands after that.

    As in "The bridge was closed to vans, cars and trailers", with "cars" for an apposition of "bridge".
    """
    verb = min((trigger.i, *(child.i for child in trigger.children if child.dep_ in AUXILIARIES)))
    span = char_span(token for token in noun.subtree if token.i < verb)
    return trimmed_span(context, span) if span is not None else None


def _site_span(noun: Token, rules: Rules, context: EventContext) -> Span | None:
    """Where the noun lies, when that stands right after it and hangs on the word that the noun is the object of."""
    if noun.dep_ == "dobj":
        host = noun.head
    elif noun.dep_ == "pobj" and noun.head.lower_ == "of":
        host = noun.head.head
    else:
        return None
    if host.i >= noun.i:
        return None
    after = noun.right_edge.i + 1
    prepositions = context.words.targets.site_prepositions
    if noun.lemma_ in context.words.places.connections:  # "its border / with Togo"
        prepositions |= context.words.targets.neighbour_prepositions
    for prep in host.children:
        if prep.i == after and prep.dep_ == "prep" and prep.lower_ in prepositions:
            for place in prep.children:
                if place.dep_ == "pobj" and _is_site(place, rules, context):
                    return noun_phrase_span(place, context, rules.cause.strong)
    return None


def _is_site(noun: Token, rules: Rules, context: EventContext) -> bool:
    """A place by name ("Harwick") or by noun ("the capital"), or something that can be a target ("the port")."""
    if noun.i in context.dates:
        return False
    is_place = noun.i in context.places or noun.i in context.countries or noun.lemma_ in context.words.places.nouns
    return is_place or bool(target_classes(noun, rules))


def _end_before_purpose(noun: Token) -> int:
    """Where the phrase of a noun ends before a purpose that the parser hung on it: "close schools to save money"."""
    purpose = next((child for child in noun.children if child.i > noun.i and is_infinitive(child)), None)
    last = noun.doc[purpose.left_edge.i - 1] if purpose is not None else noun.right_edge
    return last.idx + len(last)


def _span_outside_clause(noun: Token, trigger: Token, rules: Rules, context: EventContext) -> Span | None:
    """The phrase of a noun that the trigger itself hangs on: up to the clause of the trigger, or from after it."""
    span = noun_phrase_span(noun, context, rules.cause.strong)
    clause = trigger
    while clause.head.i != noun.i and clause.head.i != clause.i:
        clause = clause.head
    if span is None:
        return None
    if clause.dep_ in ("amod", "compound") and clause.i < noun.i:  # "the shut mill in Hull", "closing or selling mills"
        first = next((token for token in noun.subtree if token.i > clause.right_edge.i), noun)
        return min(first.idx, noun.idx), min(span[1], _end_before_purpose(noun))
    edge = clause.left_edge
    if edge.idx <= noun.idx:
        return span
    has_conjunction = edge.i - noun.i > 1 and context.doc[edge.i - 1].dep_ == "cc"
    # "If both pits close in May", where the parser hung "if" on "pits".
    begins = noun.left_edge.i + (noun.left_edge.dep_ == "mark")
    span = char_span(context.doc[begins : edge.i - has_conjunction])
    return trimmed_span(context, span) if span is not None else None
