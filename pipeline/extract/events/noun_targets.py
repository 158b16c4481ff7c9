"""What an event noun ("closure") happens to: what hangs on it, and what it is said of.

Part of ``pipeline.extract.events``.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.extract.events.acceptance import OTHER_KIND, accept_target
from pipeline.extract.events.context import EventContext
from pipeline.extract.events.objects import object_of
from pipeline.extract.events.places import place_spans
from pipeline.extract.events.reference import Target, recent_target_kind, shared_target
from pipeline.extract.events.rules import Rules, allowed_class
from pipeline.extract.events.syntax import PLURAL_TAGS, child_with, clause_subject, is_passive
from pipeline.knowledge.events.types import Trigger


def noun_targets(noun: Token, trigger: Trigger, rules: Rules, context: EventContext) -> Iterator[Target]:
    """Targets of an event noun that the rule ``trigger`` accepts, the best first.

    In this order: a modifier ("school closures"), what follows its prepositions ("the closure of the ward"), its
    possessor ("the mill's closure"), what it is said of ("the mill faces closure"), what another event of the sentence
    happens to ("reopened after a closure"), and nothing at all where the rule allows a bare noun ("the closures").
    """
    of_modifiers = list(_modifying_targets(noun, trigger, rules))
    plural = [target for target in of_modifiers if target.token is not None and target.token.tag_ in PLURAL_TAGS]
    yield from (target for target in of_modifiers if target not in plural)
    yield from _prepositional_targets(noun, trigger, rules, context)
    yield from plural  # a headline's verb, taken for a noun: "Flood forces closure of the quay"
    owner = next((child for child in reversed(list(noun.children)) if child.dep_ == "poss"), None)
    if owner is not None and owner.lemma_.lower() in trigger.not_subjects:
        return
    for candidate in (owner, _predicate_subject(noun, trigger, context), _ordered_noun(noun, trigger, context)):
        target = accept_target(candidate, trigger, rules, context) if candidate is not None else None
        if target is not None:
            yield target
    yield from _resumed_targets(noun, trigger, rules, context)
    shared = shared_target(noun, trigger, rules, context)
    if shared is not None:
        yield shared
    elif (
        trigger.bare
        and _may_stand_bare(noun, trigger, rules, context)
        and _was_spoken_of(noun, trigger, rules, context)
    ):
        yield Target(None, "", "bare")


def _modifying_targets(noun: Token, trigger: Trigger, rules: Rules) -> Iterator[Target]:
    """The nouns before an event noun; the parser may take the two for an apposition, "the bridge closure" too."""
    is_apposition = noun.dep_ == "appos" and noun.head.i == noun.i - 1
    for child in (*noun.children, *((noun.head,) if is_apposition else ())):
        if child.dep_ in ("compound", "nmod", "amod") or child.i == noun.head.i:
            target_class = allowed_class(child, trigger, rules)
            if target_class is not None:
                yield Target(child, target_class.kind, "typed")


def _prepositions_of(noun: Token, trigger: Trigger) -> list[Token]:
    """The prepositions of the rule that hang on the noun, or on a word that does."""
    below = (
        word for child in noun.children if child.dep_ in ("prep", "prt", "advmod") for word in (child, *child.children)
    )
    preps = [word for word in below if word.dep_ == "prep" and word.lower_ in trigger.prepositions]
    after = noun.doc[noun.i + 1 : noun.i + 3]
    if not preps and len(after) == 2 and after[0].tag_ == "RP" and after[1].lower_ in trigger.prepositions:
        return [after[1]]  # "described the winding down of shops": the parser hung both words on the verb
    return preps


def _prepositional_targets(noun: Token, trigger: Trigger, rules: Rules, context: EventContext) -> Iterator[Target]:
    """What follows the rule's prepositions; only "of" counts where there is one.

    In "the closure of the ward at the hospital" the ward closes, the hospital is where.
    """
    preps = _prepositions_of(noun, trigger)
    genitives = [prep for prep in preps if prep.lower_ == "of"]
    for prep in genitives or preps:
        for child in prep.children:
            target = _target_after_preposition(child, trigger, rules, context)
            if target is not None:
                yield target
            elif child.i in context.places and (kind := recent_target_kind(noun, trigger, rules)):
                yield Target(None, kind, "near", tuple(place_spans(child, context)))


def _target_after_preposition(child: Token, trigger: Trigger, rules: Rules, context: EventContext) -> Target | None:
    """The noun after a preposition, or the object of a gerund there: "closure of broadcasting stations" by its tags."""
    if child.dep_ == "pcomp":
        return accept_target(object_of(child, context.words) or child, trigger, rules, context)
    return accept_target(child, trigger, rules, context) if child.dep_ == "pobj" else None


def _predicate_subject(noun: Token, trigger: Trigger, context: EventContext) -> Token | None:
    """What a bare event noun is said of: "ten branches are earmarked for closure", "the school faces closure".

    A noun that takes up an event is said of nothing, but one that never stands alone may have "the": "faces the axe".
    """
    if child_with(noun, "poss", "compound", "prep") is not None or (trigger.bare and _takes_up(noun, context)):
        return None
    if noun.dep_ == "dobj":
        return _undergoing_subject(noun, context)
    if noun.dep_ == "pobj" and noun.head.lower_ in context.words.targets.predicating_prepositions:
        return _earmarked_noun(noun.head.head, context)
    return None


def _takes_up(noun: Token, context: EventContext) -> bool:
    """Whether it is an event spoken of before, which nobody undergoes anew: "fight the closure", "alert them to it"."""
    definite = context.words.reference.definite_singular
    return any(child.dep_ == "det" and child.lower_ in definite for child in noun.children)


def _undergoing_subject(noun: Token, context: EventContext) -> Token | None:
    """The subject of "faces closure", not that of "will fight the closure", one that was spoken of before."""
    verb = noun.head
    undergoes = verb.lemma_ in context.words.verbs.undergoing and not is_passive(verb, context.words)
    if undergoes and verb.dep_ == "acl" and verb.tag_ == "VBG":
        return verb.head  # "shops facing closure"
    return clause_subject(verb) if undergoes else None


def _earmarked_noun(host: Token, context: EventContext) -> Token | None:
    """What the verb before "for closure" says it of: "ten branches" in "earmarked ten branches for closure"."""
    words = context.words
    if host.pos_ == "NOUN" and host.dep_ == "dobj" and host.head.pos_ == "VERB":
        return host
    if host.pos_ != "VERB":
        return None
    if is_passive(host, words):
        return clause_subject(host) or host.head
    return object_of(host, words) or (clause_subject(host) if host.lemma_ in words.verbs.heading_for else None)


def _ordered_noun(noun: Token, trigger: Trigger, context: EventContext) -> Token | None:
    """What an order hits: "two bars" in "Closure orders were served on two bars"."""
    order = noun.head
    if noun.dep_ != "compound" or order.lemma_.lower() not in trigger.heads:
        return None
    words = context.words.targets.serving_prepositions
    below = (child for host in (order, order.head) for child in host.children if child.i > order.i)
    prep = next((child for child in below if child.dep_ == "prep" and child.lower_ in words), None)
    return child_with(prep, "pobj") if prep is not None else None


def _resumed_targets(noun: Token, trigger: Trigger, rules: Rules, context: EventContext) -> Iterator[Target]:
    """The site told of after an event that lasted: "The museum drew crowds after a two-year closure"."""
    verb, units = noun.head.head, context.words.causes.time_units
    is_after = noun.dep_ == "pobj" and noun.head.lower_ in context.words.targets.following_prepositions
    if not is_after or verb.pos_ not in ("VERB", "AUX") or is_passive(verb, context.words):
        return
    is_measured = any(child.dep_ == "compound" and child.lemma_ in units for child in noun.children)
    subject = clause_subject(verb) if is_measured and child_with(noun, "poss", "prep") is None else None
    target = accept_target(subject, trigger, rules, context) if subject is not None else None
    if target is not None and target.kind != OTHER_KIND:  # firms and people do much after some site has closed
        yield target


def _may_stand_bare(noun: Token, trigger: Trigger, rules: Rules, context: EventContext) -> bool:
    """Whether a noun without target counts: "the closures" does, "closure of the deal" or "closure plans" doesn't.

    Before some nouns it does: "the closure order".
    """
    if noun.dep_ == "compound":
        return noun.head.lemma_.lower() in trigger.heads and child_with(noun, "compound", "prep") is None
    if any(_is_something_else(child, rules, context) for child in noun.children):
        return False
    if child_with(noun, "det", "amod", "poss", "nummod") is not None or noun.tag_ in PLURAL_TAGS:
        return True
    return noun.dep_ in ("nsubj", "pobj") and bool(context.kinds_before)  # "Closure would hurt the town"


def _was_spoken_of(noun: Token, trigger: Trigger, rules: Rules, context: EventContext) -> bool:
    """Whether the rule asks for no target class to be spoken of shortly before, or one of them is."""
    if not trigger.near:
        return True
    if not context.kinds_before:
        return False
    definite = any(child.lower_ in context.words.reference.definite for child in noun.children)
    return definite and bool(recent_target_kind(noun, trigger, rules))


def _is_something_else(child: Token, rules: Rules, context: EventContext) -> bool:
    """Whether what hangs on the noun makes it the event of something else: "of the deal", "account closures"."""
    if child.dep_ == "prep":
        return child.lower_ in context.words.targets.complement_prepositions
    return child.dep_ in ("compound", "poss") and child.lemma_.lower() in rules.event_type.counter.nouns
