"""Where an event happens: places that hang on its target or its trigger by syntax, none that merely share its sentence.

Part of ``pipeline.extract.events``; knows no event type. Tokens go in, [start, end) spans of the article come out.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.extract.events.context import EventContext
from pipeline.extract.events.phrases import subtree_tokens, trimmed_span
from pipeline.extract.events.syntax import conjuncts_of, nearby_tokens
from pipeline.extract.syntax import char_span
from pipeline.records import Span, Spans

#: Clauses that end the phrase of a place: of "the town where it lies" it is "the town".
_CLAUSES = ("acl", "relcl", "advcl")
#: Relations of a verb to the one above it that happens at the same place: "fined and closed", "remain closed".
_JOINED = ("conj", "xcomp", "acomp", "oprd")
#: Verbs above the trigger that the opening phrase of the sentence may hang on: "sold / started / closing" has two.
_MOST_VERBS = 3


def find_places(trigger: Token, target: Token | None, context: EventContext) -> Spans:
    """Every place of the event, empty when the clause names none.

    In this order, the first that gives any: locative phrases inside the target ("its embassies in Peru and Chile"),
    those on the trigger ("withdraw from Peru"), what "there" repeats, the phrase that opens the sentence ("In Osk, the
    firm sold a mine and closed its mill") and a place before the target's noun ("its Harwick office").
    """
    hosts = [trigger] if target is None else [target, trigger]
    for host in hosts:
        places = list(_located_places(host, context, host is trigger))
        if places:
            return tuple(dict.fromkeys(places))
    for host in hosts:
        if _says_there(host):
            return _places_of_there(host, context)
    return _place_in_front(trigger, context) or (
        _place_before_noun(trigger, target, context) if target is not None else ()
    )


def _located_places(host: Token, context: EventContext, is_trigger: bool) -> Iterator[Span]:
    """Places after the locative prepositions of the host.

    "From" on the trigger is where a withdrawal happens; on the target it is not where that lies.
    """
    for prep in sorted(_prepositions_under(host, is_trigger), key=lambda prep: prep.i):
        yield from _places_after(prep, is_trigger, context)


def _places_after(prep: Token, is_trigger: bool, context: EventContext) -> Iterator[Span]:
    """The places that a preposition governs; none where it is no locative one."""
    if prep.lower_ not in context.words.places.prepositions or (prep.lower_ == "from" and not is_trigger):
        return
    for noun in prep.children:
        if noun.dep_ == "pobj":
            yield from place_spans(noun, context)


def _prepositions_under(host: Token, is_trigger: bool) -> list[Token]:
    """Prepositions on the host, on its conjuncts (those of a target only), and on the nouns after any of these."""
    holders = [host] if is_trigger else [host, *conjuncts_of(host)]
    outer = [child for holder in holders for child in holder.children if child.dep_ == "prep"]
    nouns = [noun for prep in outer for noun in prep.children if noun.dep_ == "pobj"]
    return outer + [child for noun in nouns for child in noun.children if child.dep_ == "prep"]


def place_spans(noun: Token, context: EventContext) -> Iterator[Span]:
    """The places that a noun and its conjuncts name: "Uganda and Angola" gives two, "Damascus, Syria" one.

    A common noun for a place ("the region") gives its phrase up to the first clause on it.
    """
    members = [noun, *conjuncts_of(noun)]
    if not _has_conjunction(members):
        members = [noun]
    for member in members:
        if context.is_time(member):
            continue
        if member.i in context.places:
            yield _named_place(member, context)
        elif member.lemma_.lower() in context.words.places.nouns and not _is_comparison(member, context):
            span = _described_place(member)
            if span is not None:
                yield trimmed_span(context, span)


def _has_conjunction(members: list[Token]) -> bool:
    return any(child.dep_ == "cc" for member in members for child in member.children)


def _is_comparison(noun: Token, context: EventContext) -> bool:
    """Whether it is "the world" of "the oldest mill in the world", which tells how old it is and not where."""
    return noun.lemma_.lower() in context.words.places.everywhere and noun.head.lower_ == "in"


def _described_place(noun: Token) -> Span | None:
    end = min((child.left_edge.i for child in noun.rights if child.dep_ in _CLAUSES), default=len(noun.doc))
    return char_span(token for token in subtree_tokens(noun) if token.i < end)


def _named_place(token: Token, context: EventContext) -> Span:
    """A name with its modifiers and the larger places after a comma ("the Gaza Strip", "Damascus, Syria")."""
    doc = context.doc
    start, end = context.places[token.i]
    for child in token.lefts:
        if child.dep_ in ("det", "amod", "compound") and child.idx < start:
            start = child.left_edge.idx
    name = doc.char_span(start, end, alignment_mode="expand")
    after = name.end if name is not None else token.i + 1
    while after + 1 < len(doc) and doc[after].text == "," and after + 1 in context.places:
        if _is_listed(doc[after + 1], token):
            break
        end = context.places[after + 1][1]
        while after < len(doc) and doc[after].idx < end:
            after += 1
    return start, end


def _is_listed(later: Token, place: Token) -> bool:
    """Whether the name after the comma is a further place of a list: "Lima, Quito and Bogota"."""
    members = [place, *conjuncts_of(place)]
    return later in members and _has_conjunction(members)


def _says_there(host: Token) -> bool:
    """Whether "there" stands right beside the host: "embassies there" is often parsed as "there would close"."""
    if host.pos_ == "AUX":
        return False
    children = [*host.children, *(host.head.children if host.pos_ == "NOUN" else ())]
    return any(child.lower_ == "there" and abs(child.i - host.i) == 1 for child in children)


def _places_of_there(host: Token, context: EventContext) -> Spans:
    """The places that "there" repeats: the last locative phrase before it in the sentence."""
    for token in reversed([token for token in nearby_tokens(host) if token.i < host.i]):
        if token.dep_ == "prep" and token.lower_ in context.words.places.prepositions:
            nouns = (noun for noun in token.children if noun.dep_ == "pobj")
            places = tuple(span for noun in nouns for span in place_spans(noun, context))
            if places:
                return places
    return ()


def _place_in_front(trigger: Token, context: EventContext) -> Spans:
    """The places of the locative phrase that opens the sentence, on a verb that the trigger is joined to or under.

    "In Osk, pubs were fined and shops remain closed". Where what is reported happens, the phrase doesn't tell.
    """
    verb = trigger
    for _ in range(_MOST_VERBS):
        controlled = verb.dep_ == "ccomp" and verb.head.lemma_ in context.words.verbs.object_control
        if verb.dep_ not in _JOINED and not controlled:
            return ()
        verb = verb.head
        for prep in verb.lefts:
            if prep.dep_ == "prep" and prep.is_sent_start and prep.lower_ in context.words.places.prepositions:
                nouns = (noun for noun in prep.children if noun.dep_ == "pobj")
                return tuple(span for noun in nouns for span in place_spans(noun, context))
    return ()


def _place_before_noun(trigger: Token, target: Token, context: EventContext) -> Spans:
    """The place in "its Harwick office", "production at the Osk plant", "Harwick clinics".

    Not in "the Harwick service" and "the Harwick route", which go there; nor in a name ("the Harwick Ferry").
    """
    prepositions, connections = context.words.targets.activity_places, context.words.places.connections
    sites = (
        noun for prep in (*target.rights, *trigger.rights) if prep.lower_ in prepositions for noun in prep.children
    )
    nouns = (noun for noun in (target, *sites) if noun.tag_ in ("NN", "NNS") and noun.lemma_.lower() not in connections)
    before = (child for noun in nouns for child in noun.lefts if child.dep_ in ("compound", "nmod"))
    towns = (child for child in before if child.i in context.places and not _is_hyphenated(child))
    town = next(towns, None)
    return (_named_place(town, context),) if town is not None else ()


def _is_hyphenated(town: Token) -> bool:
    """Whether the name is one of a pair: "the Norway-Sweden border"."""
    doc = town.doc
    return any(doc[index].tag_ == "HYPH" for index in (town.i - 1, town.i + 1) if 0 <= index < len(doc))
