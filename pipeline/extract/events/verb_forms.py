"""Tense, mood and polarity of a verb by its parse: finite, infinitive, denied, conditional, reported.

Part of ``pipeline.extract.events``; the words come from the event type's file and from models/event_words.toml.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.events.rules import StatusLexicon
from pipeline.extract.events.syntax import (
    AUXILIARIES,
    TENSED_TAGS,
    child_with,
    first_of_conjuncts,
    is_infinitive,
    is_ordered_participle,
    own_subject,
)
from pipeline.extract.syntax import is_negated
from pipeline.knowledge.events.words import EventWords

#: Verbs above a verb whose "if" also bears on it: "if it is forced / to agree / to close".
_MOST_CONDITIONAL_VERBS = 3
#: Coordinated verbs on which an if-clause of the whole may hang, the verb itself included.
_MOST_COORDINATED = 6
#: Relations of what is put off to what stands above it: "delayed / plans / to reopen", "delayed / the reopening".
_UNDER_PUTTING_OFF = ("acl", "dobj", "nsubjpass", "xcomp", "pobj", "prep", "pcomp")
#: Relations by which a condition on the verb above also bears on the verb.
_SHARING_CONDITION = ("xcomp", "conj", "ccomp", "acomp", "oprd")


def has_own_tense(verb: Token) -> bool:
    """Whether a coordinated verb has a tense, auxiliary or subject of its own.

    In "plans to sell land and close pits" the verb "close" has none. Nor has "shut", all of whose forms are alike, in
    "plans to sell land and shut pits", whatever the tagger makes of it.
    """
    if child_with(verb, "aux", "auxpass", "nsubj", "nsubjpass") is not None:
        return True
    is_like_base = verb.lower_ == verb.lemma_ and verb.head.tag_ == "VB"
    return verb.tag_ in TENSED_TAGS and not is_like_base


def is_finite(verb: Token, words: EventWords) -> bool:
    """Whether the verb has a tense; to-infinitives, gerunds and bare participles have none.

    A participle or bare form that is the root of its sentence counts as finite: "Mill closed", "Close the mill!".
    """
    if any(child.dep_ in AUXILIARIES and child.tag_ in (*TENSED_TAGS, "MD") for child in verb.children):
        return True
    if verb.tag_ == "VB":
        return verb.dep_ == "ROOT" and not is_infinitive(verb)
    if verb.tag_ == "VBN":
        return verb.dep_ == "ROOT"
    return verb.tag_ in TENSED_TAGS and not is_ordered_participle(verb, words)


def is_denied(verb: Token, words: EventWords) -> bool:
    """Whether "not" denies the verb; in "not until May" and "not only" it doesn't."""
    if not is_negated(verb):
        return False
    narrowing = words.status.narrowing
    return not any(word.lower_ in narrowing for child in verb.children for word in (child, *child.children))


def is_limited(verb: Token, words: EventWords) -> bool:
    """Whether "not" denies it up to some time to come: "will not reopen until May", but not "did not ... until"."""
    limits = words.status.narrowing & words.status.times
    if verb.tag_ == "VBD" or any(child.tag_ == "VBD" and child.dep_ in AUXILIARIES for child in verb.children):
        return False
    return is_negated(verb) and any(
        word.lower_ in limits for child in verb.children for word in (child, *child.children)
    )


def is_conditional(verb: Token, lexicon: StatusLexicon) -> bool:
    """Whether the verb stands under "if" or the like, its own or that of a verb above: "if it is forced to close"."""
    conjunctions = lexicon.cues.hypothetical
    for _ in range(_MOST_CONDITIONAL_VERBS):
        if any(child.lower_ in conjunctions and child.dep_ in ("mark", "advmod", "prep") for child in verb.children):
            return True
        if verb.dep_ not in _SHARING_CONDITION or verb.head.i == verb.i:
            return False
        if verb.dep_ == "ccomp" and is_finite(verb, lexicon.words):
            return False
        verb = verb.head
    return False


def has_condition(verb: Token, lexicon: StatusLexicon) -> bool:
    """Whether an if-clause hangs on the verb, on its infinitive or on a verb it is coordinated with.

    As in "will close if prices fall", "will be forced to close if prices fall".
    """
    verbs = [*(child for child in verb.children if child.dep_ == "xcomp"), verb]
    while verbs[-1].dep_ == "conj" and verbs[-1].head.i != verbs[-1].i and len(verbs) < _MOST_COORDINATED:
        verbs.append(verbs[-1].head)
    clauses = (child for host in verbs for child in host.children if child.dep_ == "advcl")
    conjunctions = lexicon.cues.hypothetical
    return any(mark.lower_ in conjunctions for clause in clauses for mark in clause.children if mark.dep_ == "mark")


def is_under_report(verb: Token) -> bool:
    """Whether "would" is the future of a report: "said it would close", or "It would close, the mayor said"."""
    word = verb
    while word.head.i != word.i and word.dep_ != "relcl":
        if word.dep_ in ("ccomp", "acl") and word.head.tag_ in ("VBD", "VBN", "VBG", "VBZ", "VBP", "NN", "NNS"):
            return True
        word = word.head
    return any(child.dep_ in ("parataxis", "ccomp") and child.tag_ == "VBD" for child in verb.children)


def is_reported_now(verb: Token) -> bool:
    """Whether a state holds at the time of a report: "says that the roads are closed"."""
    verb = first_of_conjuncts(verb)
    return verb.dep_ == "ccomp" and verb.head.pos_ == "VERB"


def governing_infinitive(verb: Token) -> Token:
    """What a verb without tense is coordinated with, mostly its head.

    In "plans to cut jobs, sell land and close pits" the parser hangs "close" on "plans", so it is the infinitive "cut".
    """
    top = verb.head
    while top.dep_ == "conj" and top.tag_ == "VB" and top.head.i != top.i:
        top = top.head
    if verb.tag_ == "VB" and top.tag_ in TENSED_TAGS:
        return next((child for child in top.children if child.dep_ == "xcomp" and child.tag_ == "VB"), verb.head)
    return verb.head


def is_headline_infinitive(verb: Token) -> bool:
    """Whether an infinitive is all the verb that the sentence has: "Brewer to close two pubs"."""
    if verb.tag_ != "VB" or not is_infinitive(verb):
        return False
    head = verb.head
    on_noun = verb.dep_ in ("acl", "relcl") and head.dep_ == "ROOT" and head.pos_ in ("NOUN", "PROPN")
    return verb.dep_ == "ROOT" or on_noun


def is_headline_progressive(verb: Token) -> bool:
    """Whether a participle is all the verb that the sentence has: "Brewer closing two pubs"."""
    has_auxiliary = child_with(verb, *AUXILIARIES) is not None
    return verb.tag_ == "VBG" and verb.dep_ == "ROOT" and not has_auxiliary and own_subject(verb) is not None


def is_active_or_passive_infinitive(verb: Token) -> bool:
    """Whether it is a to-infinitive, active or passive: "to close", "to be closed"."""
    return verb.tag_ in ("VB", "VBN") and is_infinitive(verb)


def is_put_off(word: Token, lexicon: StatusLexicon) -> bool:
    """Whether a word above says that it is put off: "postponed the reopening", "delayed plans to reopen"."""
    postponing = lexicon.words.status.postponing
    for _ in range(_MOST_CONDITIONAL_VERBS):
        if word.dep_ not in _UNDER_PUTTING_OFF or word.head.i == word.i:
            return False
        word = word.head
        particles = (f"{word.lemma_} {child.lower_}" for child in word.children if child.dep_ in ("prt", "advmod"))
        if word.lemma_ in postponing or not postponing.isdisjoint(particles):
            return True
    return False
