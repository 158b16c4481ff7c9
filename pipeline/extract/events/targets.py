"""What an event happens to: the noun in the frame of its trigger, if the event type knows such a noun.

Part of ``pipeline.extract.events``. The frames of verbs are those of ``pipeline.knowledge.events.types.Frame``; what is
said of an event noun is in ``noun_targets``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from spacy.tokens import Token

from pipeline.extract.events.acceptance import OTHER_KIND, accept_target
from pipeline.extract.events.context import EventContext
from pipeline.extract.events.noun_targets import noun_targets
from pipeline.extract.events.objects import (
    intransitive_subject,
    object_of,
    ordered_subject,
    stopping_subject,
    undergoer_of,
)
from pipeline.extract.events.places import place_spans
from pipeline.extract.events.reference import Target, recent_target_kind
from pipeline.extract.events.rules import Rules, allowed_class, target_classes
from pipeline.extract.events.syntax import (
    child_with,
    clause_subject,
    counted_noun,
    is_infinitive,
    is_passive,
    member_of_series,
    object_before,
    own_subject,
)
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.events.types import Form, Frame, Trigger

#: Relations of an adjective to the verb that links it with what it is said of: "was closed", "ordered the pool closed".
_PREDICATIVE = ("acomp", "oprd", "ccomp", "xcomp", "advcl")
#: What hangs on an activity that is no bare one: "the operations of the mill", but not in "ceased operations".
_ACTIVITY_MODIFIERS = ("prep", "poss", "compound", "det", "relcl", "acl")
#: Tags of words that open a clause as the object of a verb: "shows how", "asks what".
_CLAUSE_TAGS = ("WRB", "WP")
#: Words at most of the noun phrase after a verb, and their parts of speech: "the city 's two oldest public / pools".
_PHRASE_WORDS = 8
_PHRASE_PARTS = ("DET", "PRON", "NUM", "ADJ", "NOUN", "PROPN", "PART")


def targets_of(token: Token, form: Form, trigger: Trigger, rules: Rules, context: EventContext) -> Iterator[Target]:
    """Targets of the token, a trigger in the given form, that the rule ``trigger`` accepts, the best first.

    Nothing when the text names nothing that the rule takes, so that the next rule may be tried.
    """
    if form == "verb":
        found = _VERB_TARGETS[trigger.frame](token, trigger, rules, context)
        asked = _asked_targets(token, trigger, rules, context)
        return chain(found, asked, _bare_targets(token, context) if trigger.bare else ())
    if form == "noun":
        return noun_targets(token, trigger, rules, context)
    return _accepted_targets(_described_noun(token), trigger, rules, context)


def _bare_targets(verb: Token, context: EventContext) -> Iterator[Target]:
    """Nothing at all, for a verb that nothing is said of: "nervous about reopening", "did not say when to reopen"."""
    words = context.words
    if undergoer_of(verb, words) is None and intransitive_subject(verb, words) is None:
        yield Target(None, "", "bare")


def _asked_targets(verb: Token, trigger: Trigger, rules: Rules, context: EventContext) -> Iterator[Target]:
    """What asks to do it itself ("the request of the park to close"), or nothing: "to review the request to close"."""
    noun = verb.head
    is_asked = verb.dep_ == "acl" and is_infinitive(verb) and noun.lemma_ in rules.status.status_of_lemma
    if trigger.tail or not trigger.pronouns or not is_asked or next(verb.rights, verb).dep_ == "dobj":
        return
    for child in noun.children:
        if child.dep_ == "poss":
            yield from _accepted_targets(child, trigger, rules, context)
        elif child.dep_ == "prep" and child.lower_ in context.words.targets.asking_prepositions:
            asking = child_with(child, "pobj")
            yield from _accepted_targets(asking, trigger, rules, context)
            of = next((prep for prep in asking.children if prep.lower_ == "of"), None) if asking is not None else None
            if of is not None:  # "requests from the heads of two schools to close"
                yield from _accepted_targets(child_with(of, "pobj"), trigger, rules, context)
    if context.kinds_before:
        yield from _bare_targets(verb, context)


def _accepted_targets(noun: Token | None, trigger: Trigger, rules: Rules, context: EventContext) -> Iterator[Target]:
    target = accept_target(noun, trigger, rules, context) if noun is not None else None
    if target is not None:
        yield target


def _described_noun(adjective: Token) -> Token | None:
    """What an adjective says something of: "the closed pool", "the pool is closed", "ordered the pool closed"."""
    if adjective.dep_ in ("amod", "compound"):
        return adjective.head
    while adjective.dep_ == "conj" and adjective.head.pos_ in ("ADJ", "VERB"):
        adjective = adjective.head
    subject = next((child for child in adjective.children if child.dep_ in SUBJECTS), None)
    if subject is not None:
        return subject
    if adjective.dep_ in _PREDICATIVE:
        return _holder_of_state(adjective)
    return adjective.head if adjective.dep_ in ("acl", "relcl") else None


def _holder_of_state(adjective: Token) -> Token | None:
    """What the verb above an adjective says it of: "ordered the pool closed", "ordered the pool to stay closed"."""
    verb = adjective.head
    ordered = object_before(verb, adjective)
    if ordered is None and is_infinitive(verb) and own_subject(verb) is None and verb.dep_ in ("xcomp", "ccomp"):
        ordered = object_before(verb.head, verb)
    return ordered or clause_subject(verb)


def _either_targets(verb: Token, trigger: Trigger, rules: Rules, context: EventContext) -> Iterator[Target]:
    """What the verb is done to, else what does it by itself: "closed the mill", "the mill closed"."""
    words = context.words
    undergoer = undergoer_of(verb, words)
    subject = undergoer or intransitive_subject(verb, words)
    yield from _accepted_targets(subject, trigger, rules, context)
    yield from _targets_after_date(subject, trigger, rules, context)
    yield from _accepted_targets(_noun_in_compound(verb, trigger, rules), trigger, rules, context)
    if child_with(verb, "dobj") is not None or is_passive(verb, words):
        return
    if undergoer is not None:  # "wants to dissolve and sell its assets": the object is that of the other verb
        yield from _accepted_targets(intransitive_subject(verb, words), trigger, rules, context)
    yield from _accepted_targets(_noun_after(verb, trigger, rules), trigger, rules, context)


def _targets_after_date(
    subject: Token | None, trigger: Trigger, rules: Rules, context: EventContext
) -> Iterator[Target]:
    """What follows a date that was taken for the subject: "On Monday (3 May) most of the depot will be shut"."""
    if subject is not None and subject.i in context.dates:
        for child in subject.children:
            if child.dep_ == "appos":
                yield from _accepted_targets(child, trigger, rules, context)


def _noun_in_compound(verb: Token, trigger: Trigger, rules: Rules) -> Token | None:
    """The target in a sentence whose verb the parser took for a noun: "The plan to shut the mill angers miners".

    There "mill" becomes a part of "angers", the object of "shut", and the sentence is left with no verb, or a clause
    follows: "shows how".
    """
    if verb.dep_ != "acl" or not is_infinitive(verb):
        return None
    after = verb.doc[verb.i + 1 : verb.i + 1 + _PHRASE_WORDS]
    noun = next((word for word in after if word.pos_ in ("NOUN", "PROPN")), None)
    if noun is None or noun.dep_ not in ("compound", "npadvmod") or noun.head.i < noun.i:
        return None
    has_no_verb = verb.head.dep_ == "ROOT" and verb.head.pos_ == "NOUN"
    next_word = noun.doc[min(noun.head.i + 1, len(noun.doc) - 1)]
    is_lost = has_no_verb or (next_word.tag_ in _CLAUSE_TAGS and next_word.dep_ != "relcl")
    return noun if is_lost and allowed_class(noun, trigger, rules) is not None else None


def _object_targets(verb: Token, trigger: Trigger, rules: Rules, context: EventContext) -> Iterator[Target]:
    undergoer = undergoer_of(verb, context.words)
    yield from _accepted_targets(undergoer, trigger, rules, context)
    yield from _accepted_targets(_noun_in_compound(verb, trigger, rules), trigger, rules, context)
    if undergoer is None and not is_passive(verb, context.words):
        yield from _accepted_targets(_noun_after(verb, trigger, rules), trigger, rules, context)


def _noun_after(verb: Token, trigger: Trigger, rules: Rules) -> Token | None:
    """The target right after an infinitive or gerund without object: "how closing the border would hurt trade".

    The parser took it for the subject of the verb after it.
    """
    if verb.tag_ not in ("VB", "VBG") or child_with(verb, "dobj") is not None:
        return None
    for word in verb.doc[verb.i + 1 : verb.i + 1 + _PHRASE_WORDS]:
        if word.pos_ not in _PHRASE_PARTS:
            return None
        if word.dep_ in SUBJECTS and word.i < word.head.i and word.left_edge.i == verb.i + 1:
            return word if allowed_class(word, trigger, rules) is not None else None
    return None


def _subject_targets(verb: Token, trigger: Trigger, rules: Rules, context: EventContext) -> Iterator[Target]:
    """The subject of a verb without object; before a tail an object may stand ("closed its doors")."""
    may_be = bool(trigger.tail) or object_of(verb, context.words) is None
    subject = member_of_series(verb, context.words) or ordered_subject(verb) or clause_subject(verb)
    is_participle = verb.dep_ == "acl" and verb.tag_ == "VBG"  # "a hospital closing its doors"
    if subject is None and (is_participle or (trigger.tail and verb.dep_ == "relcl")):
        subject = verb.head  # "The bakery, an old one, shut its doors": the parser hung the verb on what is said of it
    return _accepted_targets(subject if may_be else None, trigger, rules, context)


def _complement_targets(verb: Token, trigger: Trigger, rules: Rules, context: EventContext) -> Iterator[Target]:
    """What somebody is made or called: "named her chair", "appointed as a judge"."""
    for child in verb.children:
        if child.dep_ in ("oprd", "attr"):
            yield from _accepted_targets(child, trigger, rules, context)
        elif child.dep_ == "prep" and child.lower_ in trigger.prepositions:
            for noun in child.children:
                if noun.dep_ == "pobj":
                    yield from _accepted_targets(noun, trigger, rules, context)


def _preposition_targets(verb: Token, trigger: Trigger, rules: Rules, context: EventContext) -> Iterator[Target]:
    """What stands after one of the rule's prepositions: "withdrew from its embassy", "pulled out of Peru"."""
    subject = clause_subject(verb)
    if subject is not None and subject.lemma_.lower() in trigger.not_subjects:
        return
    if trigger.actor == "agent" and not trigger.tail and child_with(verb, "dobj") is not None:
        return  # "pulled the listing from the site": something else leaves
    may_leave = subject is None or subject.ent_type_ != "PERSON"
    for prep in _prepositions_on(verb):
        if prep.lower_ not in trigger.prepositions:
            continue
        for noun in prep.children:
            if noun.dep_ != "pobj":
                continue
            if noun.i not in context.places:
                yield from _accepted_targets(noun, trigger, rules, context)
            elif may_leave and (kind := recent_target_kind(verb, trigger, rules)):
                yield Target(None, kind, "near", tuple(place_spans(noun, context)))


def _prepositions_on(verb: Token) -> Iterator[Token]:
    """Prepositions on the verb, on its object, and those on them, as in "out of" and "pulled the plug on"."""
    for child in verb.children:
        if child.dep_ in ("prep", "prt", "dobj"):
            yield child
            yield from (below for below in child.children if below.dep_ == "prep")


def _activity_targets(verb: Token, trigger: Trigger, rules: Rules, context: EventContext) -> Iterator[Target]:
    """What ends when an activity ends: the activity with what is said of it ("halted operations at its quarry"), or
    for a bare one ("ceased operations") the verb's subject.
    """
    activity = object_of(verb, context.words)
    if activity is None or activity.i < verb.i or allowed_class(activity, trigger, rules) is None:
        return
    is_placed = _is_placed(activity, verb, context)
    is_bare = child_with(activity, *_ACTIVITY_MODIFIERS) is None
    subject = stopping_subject(verb, context.words) if is_bare and not is_placed else None
    if subject is not None:
        yield from _subject_of_activity(subject, trigger, rules, context)
    elif not trigger.subjects and (is_placed or _is_of_something(activity, rules, context)):
        yield Target(activity, _kind_of_activity(activity, verb, rules), "typed")


def _is_placed(activity: Token, verb: Token, context: EventContext) -> bool:
    """Whether a place stands after the activity, though the parser hung it on the verb."""
    return any(
        noun.i not in context.dates and noun.ent_type_ not in ("DATE", "TIME")
        for prep in verb.children
        if prep.dep_ == "prep" and prep.i > activity.i and prep.lower_ in context.words.targets.activity_places
        for noun in prep.children
    )


def _subject_of_activity(subject: Token, trigger: Trigger, rules: Rules, context: EventContext) -> Iterator[Target]:
    """The subject as the target, unless it is a person or of none of the classes of subjects that the rule lists."""
    if trigger.subjects:
        classes = target_classes(counted_noun(subject, context.words), rules)
        if not any(target_class.name in trigger.subjects for target_class in classes):
            return
    words = context.words.targets
    is_person = subject.ent_type_ == "PERSON" or subject.lower_ in words.person_pronouns - words.speaking_pronouns
    if not is_person:
        kind = next((target_class.kind for target_class in target_classes(subject, rules)), "")
        yield Target(subject, kind or OTHER_KIND, "typed")


def _is_of_something(activity: Token, rules: Rules, context: EventContext) -> bool:
    """Whether an activity with modifiers is that of a place, of something that can be a target, or somebody's own."""
    below = (token for token in activity.subtree if token.i != activity.i)
    return any(token.i in context.places or token.dep_ == "poss" or target_classes(token, rules) for token in below)


def _kind_of_activity(activity: Token, verb: Token, rules: Rules) -> str:
    """The kind of what the activity is at: "operations at its factory" is about a plant, wherever that hangs."""
    for prep in (*activity.children, *(child for child in verb.children if child.i > activity.i)):
        for noun in prep.children:
            if prep.dep_ == "prep" and noun.dep_ == "pobj" and (classes := target_classes(noun, rules)):
                return classes[0].kind
    return target_classes(activity, rules)[0].kind


#: For each frame that an event type's file may name, where the target of a verb stands. To add a frame, add it to
#: ``Frame`` and its function here.
_VERB_TARGETS: Mapping[Frame, Callable[[Token, Trigger, Rules, EventContext], Iterator[Target]]] = {
    "either": _either_targets,
    "object": _object_targets,
    "subject": _subject_targets,
    "preposition": _preposition_targets,
    "activity": _activity_targets,
    "complement": _complement_targets,
}
