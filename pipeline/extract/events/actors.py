"""Who makes an event happen: by-phrase, subject, understood subject, or whoever orders and announces it.

Part of ``pipeline.extract.events``; knows no event type.
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from pipeline.extract.events.syntax import (
    AUXILIARIES,
    FINITE_TAGS,
    child_with,
    clause_subject,
    conjuncts_of,
    coordinated_verb,
    is_passive,
    own_subject,
    resolve_relative,
)
from pipeline.knowledge.events.words import EventWords
from pipeline.rule_table import Rule, always, constant, first_rule

#: Verbs above verbs whose subject may act: "agreed / to help / to force / the firm / to close" is as deep as news goes.
_MOST_VERBS = 4
#: Words between "closing" and the subject or possessor above it: "the firm's / plans / for / closing" has two.
_MOST_STEPS = 4
#: Relations by which an event noun or adjective hangs, over others, on the verb whose subject acts.
_NOUN_CHAIN = ("conj", "dobj", "pobj", "prep", "acl", "oprd", "acomp", "nsubj", "ccomp", "xcomp")
#: Entities that "by" may precede without naming who acts: "closed by Friday", "cut by half".
_MEASURES = ("DATE", "TIME", "PERCENT")
#: Digits of a year: "2031".
_YEAR_DIGITS = 4


class _Search(NamedTuple):
    """What the search for an actor goes by.

    ``target`` is never the actor. ``controllers`` are the event type's verbs whose subject has the say over the event
    ("announce"). ``verbs_left`` bounds how many verbs above are looked at.
    """

    target: Token | None
    controllers: frozenset[str]
    words: EventWords
    verbs_left: int = _MOST_VERBS

    def is_target(self, token: Token | None) -> bool:
        """Whether the token is the target's noun."""
        return token is not None and self.target is not None and token.i == self.target.i

    def one_verb_up(self) -> _Search:
        """The same search from the verb above."""
        return self._replace(verbs_left=self.verbs_left - 1)


def find_agent(trigger: Token, target: Token | None, controllers: frozenset[str], words: EventWords) -> Token | None:
    """The noun for who brings the event about, None when the clause doesn't say.

    In this order: by-phrase, subject, and whoever orders, plans or announces it with a verb of ``controllers``; never
    the target itself. A relative pronoun is resolved to its noun.
    """
    agent = _by_phrase(trigger, words)
    if agent is not None:
        return agent
    trigger = coordinated_verb(trigger) or trigger
    search = _Search(target, controllers, words)
    if trigger.pos_ in ("NOUN", "ADJ", "PROPN"):
        actor = _actor_of_noun(trigger, search)
    else:
        actor = _actor_of_verb(trigger, search)
    if actor is None:
        return None
    actor = resolve_relative(actor, words)
    return None if search.is_target(actor) else actor


def find_planner(plan: Token, controllers: frozenset[str], words: EventWords) -> Token | None:
    """Whose plan, order or decision it is that brings the event about, None when the sentence doesn't say.

    In "The board presented a plan that will close the mill" and in "The board's plan will close the mill" the board.
    """
    owner = child_with(plan, "poss") or _own_by_phrase(plan)
    return owner or _actor_of_noun(plan, _Search(None, controllers, words))


def find_undergoer(trigger: Token, target: Token | None, words: EventWords) -> Token | None:
    """The noun for whom the event happens to, as in "She was appointed judge", None when the clause doesn't say.

    It is the object, the subject of a passive, or after a noun what follows "of", else its possessor; never the target
    itself. A relative pronoun is resolved to its noun.
    """
    if trigger.pos_ != "VERB":
        undergoer = _after_of(trigger) or child_with(trigger, "poss")
    elif is_passive(trigger, words):
        undergoer = clause_subject(trigger) or (trigger.head if trigger.dep_ in ("acl", "relcl") else None)
    else:
        undergoer = child_with(trigger, "dobj", "dative")
    if undergoer is None:
        return None
    undergoer = resolve_relative(undergoer, words)
    return None if target is not None and undergoer.i == target.i else undergoer


def _after_of(noun: Token) -> Token | None:
    return next((child for prep in noun.children if prep.lower_ == "of" for child in prep.children), None)


def _by_phrase(trigger: Token, words: EventWords) -> Token | None:
    """The noun after "by" on the trigger or, in "closed and later reopened by the army", on its conjunct."""
    agent = _own_by_phrase(trigger)
    if agent is not None or trigger.pos_ != "VERB" or not is_passive(trigger, words):
        return agent
    participles = (verb for verb in conjuncts_of(trigger) if verb.pos_ == "VERB" and is_passive(verb, words))
    return next((agent for agent in map(_own_by_phrase, participles) if agent is not None), None)


def _own_by_phrase(trigger: Token) -> Token | None:
    for child in trigger.children:
        if child.lower_ == "by" and child.dep_ in ("agent", "prep"):
            noun = child_with(child, "pobj")
            if noun is not None and noun.ent_type_ not in _MEASURES and not _is_year(noun):
                return noun
    return None


def _is_year(noun: Token) -> bool:
    """Whether it is a bare figure of four digits: "by 2031", which spaCy may take for a number."""
    return len(noun.text) == _YEAR_DIGITS and noun.text.isdecimal() and noun.n_lefts + noun.n_rights == 0


def _actor_of_verb(verb: Token, search: _Search) -> Token | None:
    subject = own_subject(verb)
    passive = is_passive(verb, search.words)
    if subject is not None and not passive and not search.is_target(resolve_relative(subject, search.words)):
        return subject
    ordered = _object_of_order(verb, search.words)
    is_target = search.target is not None and search.target in (ordered, clause_subject(verb))
    if passive or subject is not None or is_target:
        return _find_orderer(verb, search)
    if ordered is not None:
        return ordered
    return _understood_subject(_BareVerb(verb, search))


class _BareVerb(NamedTuple):
    """A verb without a subject of its own, and the search that asks who does it."""

    verb: Token
    search: _Search


def _understood_subject(bare: _BareVerb) -> Token | None:
    """The understood subject of infinitives, conjuncts, participles and gerunds, by the first rule that applies."""
    return first_rule(_SUBJECT_RULES, bare).outcome(bare)


def _subject_of_head(bare: _BareVerb) -> Token | None:
    head, search = bare.verb.head, bare.search
    if head.pos_ == "ADJ" and head.dep_ == "acomp":  # "The firm is ready to close the mill"
        head = head.head
    if head.dep_ == "acl" and head.tag_ == "VBN":  # "its plan announced in May to close the mill"
        return _possessor_or_subject_above(head, search.words)
    subject = clause_subject(head)
    if subject is None and search.verbs_left:
        return _actor_of_verb(head, search.one_verb_up())
    return None if subject is not None and _is_empty_subject(subject, head, bare) else subject


def _is_empty_subject(subject: Token, head: Token, bare: _BareVerb) -> bool:
    """Whether "it" only announces the infinitive: "It is hard to close the mill", but not "It is to close the mill"."""
    if subject.lower_ not in bare.search.words.reference.singular_pronouns or head.pos_ != "AUX":
        return False
    between = ("attr", "acomp", "prep")
    return any(child.dep_ in between and head.i < child.i < bare.verb.i for child in head.children)


def _is_under_verb(bare: _BareVerb) -> bool:
    verb, head = bare.verb, bare.verb.head
    if verb.dep_ == "xcomp" and head.pos_ == "ADJ":
        return head.dep_ in ("acomp", "ROOT")
    return verb.dep_ in ("xcomp", "conj", "advcl", "ccomp") and head.pos_ in ("VERB", "AUX")


def _is_imperative(bare: _BareVerb) -> bool:
    """Whether it is an order to whoever reads or listens: "Shut the markets now, he said"."""
    verb = bare.verb
    return verb.tag_ == "VB" and verb.dep_ == "ccomp" and child_with(verb, "aux", "mark") is None


def _is_judged(bare: _BareVerb) -> bool:
    """Whether the verb or preposition above speaks of what somebody else does: "advised closing the mill"."""
    above = bare.verb.head
    if bare.verb.dep_ == "pcomp":
        above = above.head
    judging = bare.search.words.actors.judging
    return bare.verb.tag_ == "VBG" and bare.verb.dep_ in ("xcomp", "pcomp", "dobj") and above.lemma_ in judging


#: Who is understood to do what a verb without a subject says, by the verb's form.
_SUBJECT_RULES: tuple[Rule[_BareVerb, Token | None], ...] = (
    Rule("imperative", _is_imperative, constant(None)),
    # "Critics advised closing the mill".
    Rule("under a verb of judging", _is_judged, constant(None)),
    # "The firm was told to close the mill".
    Rule(
        "infinitive under a passive",
        lambda bare: bare.verb.dep_ == "xcomp" and is_passive(bare.verb.head, bare.search.words),
        lambda bare: child_with(bare.verb.head, "nsubjpass"),
    ),
    # "The firm plans to close the mill".
    Rule("under a verb", _is_under_verb, _subject_of_head),
    # "the firm closing the mill".
    Rule(
        "participle on a noun",
        lambda bare: bare.verb.dep_ == "acl" and bare.verb.tag_ == "VBG",
        lambda bare: bare.verb.head,
    ),
    # "barred the firm from closing the mill".
    Rule(
        'gerund after "from"',
        lambda bare: bare.verb.dep_ == "pcomp" and bare.verb.head.lower_ == "from",
        lambda bare: child_with(bare.verb.head.head, "dobj"),
    ),
    # A headline: "Brewer to close two pubs".
    Rule(
        "headline",
        lambda bare: bare.verb.dep_ in ("acl", "relcl") and bare.verb.head.dep_ == "ROOT",
        lambda bare: bare.verb.head,
    ),
    # "the firm's plans to close the mill".
    Rule(
        "on a noun or preposition",
        lambda bare: bare.verb.dep_ in ("acl", "pcomp", "relcl"),
        lambda bare: _possessor_or_subject_above(bare.verb, bare.search.words),
    ),
    Rule("any other verb", always, constant(None)),
)


def _object_of_order(verb: Token, words: EventWords) -> Token | None:
    """The object that an infinitive's governor makes act: "Poland" in "ordered Poland to close", "called on Poland"."""
    head = verb.head
    if verb.dep_ not in ("xcomp", "ccomp", "advcl") or is_passive(head, words):
        return None
    if head.lemma_ in words.actors.calling_on and verb.tag_ == "VB":
        prepositions = (child for child in head.children if child.dep_ == "prep" and child.i < verb.i)
        return next((noun for prep in prepositions if (noun := child_with(prep, "pobj")) is not None), None)
    if verb.dep_ == "advcl" or head.lemma_ not in words.verbs.object_control:
        return None
    return next((child for child in head.children if child.dep_ in ("dobj", "dative") and child.i < verb.i), None)


def _find_orderer(verb: Token, search: _Search) -> Token | None:
    """Who had it done: "the ministry ordered the camp closed". A finite clause is reported and not ordered."""
    host = _governor_of(verb, search.words)
    if not search.verbs_left or host is None or host.lemma_ not in search.controllers:
        return None
    if _has_finite_auxiliary(verb) and host.lemma_ not in search.words.actors.deciding:
        return None
    if is_passive(host, search.words):  # "was ordered to close by the court"
        return _own_by_phrase(host)
    subject = clause_subject(host) or _actor_of_verb(host, search.one_verb_up()._replace(target=None))
    return None if search.is_target(subject) else subject


def _has_finite_auxiliary(verb: Token) -> bool:
    return any(child.tag_ in FINITE_TAGS and child.dep_ in AUXILIARIES for child in verb.children)


def _governor_of(verb: Token, words: EventWords) -> Token | None:
    """The verb that governs the clause of the trigger or of what it is coordinated with."""
    head = verb.head
    while verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        verb, head = head, head.head
    if verb.dep_ not in ("ccomp", "xcomp", "oprd", "acomp") or head.i == verb.i:
        return None
    is_copula = head.lemma_ in words.verbs.passing_copulas
    if is_copula and head.dep_ in ("ccomp", "xcomp") and head.head.i != head.i:
        return head.head
    return head


def _possessor_or_subject_above(verb: Token, words: EventWords) -> Token | None:
    """The possessor of the noun that the verb hangs on, or the subject of the verb above.

    In "the firm's plans to close" the firm, in "The firm saved money by closing two plants" too, in "decisions by the
    firm to close" what follows "by". Whoever judges or refuses what others mean to do doesn't act: "The court refused
    the request to close".
    """
    above = verb
    for _ in range(_MOST_STEPS):
        if above.head.i == above.i:
            return None
        above = above.head
        owner = (child_with(above, "poss") or _own_by_phrase(above)) if above.pos_ == "NOUN" else None
        if owner is not None:
            return owner
        if above.pos_ in ("VERB", "AUX") and above.dep_ != "prep":  # "including" is a preposition and tagged a verb
            is_other = above.lemma_ in words.actors.judging or above.lemma_ in words.actors.answering
            return None if is_other or is_passive(above, words) else clause_subject(above)
    return None


def _actor_of_noun(noun: Token, search: _Search) -> Token | None:
    """The possessor of "Norway's closure of the consulate", else the subject of the verb that announces it.

    The possessor acts as well where the target stands between: "the firm's mill closures".
    """
    words, target = search.words, search.target
    owner = child_with(noun, "poss")
    is_compound = target is not None and target.dep_ in ("compound", "amod", "nmod") and target.head.i == noun.i
    if owner is not None and (is_compound or _names_target(noun, words)):
        return owner
    if noun.dep_ == "nsubjpass" and noun.head.lemma_ in search.controllers:  # "The closure was ordered by a judge"
        return _own_by_phrase(noun.head)
    verb = _announcing_verb(noun, search.controllers)
    if verb is None or verb.lemma_ not in search.controllers or is_passive(verb, words):
        return None
    return _actor_of_verb(verb, _Search(None, search.controllers, words)) or clause_subject(verb)


def _names_target(noun: Token, words: EventWords) -> bool:
    prepositions = words.actors.target_prepositions
    return any(child.dep_ == "prep" and child.lower_ in prepositions for child in noun.children)


def _announcing_verb(noun: Token, controllers: frozenset[str]) -> Token | None:
    """The verb above an event noun or adjective: "announced" for "closure" in "announced plans for the closure".

    Nouns between must be such as have the say ("order"). What is the subject of a verb is not announced by it, except
    an adjective's noun.
    """
    word = noun
    while word.dep_ in _NOUN_CHAIN and word.head.i != word.i:
        if word.dep_ == "nsubj" and noun.pos_ != "ADJ":
            return None
        word = word.head
        if word.pos_ == "VERB":
            return word
        if word.pos_ == "NOUN" and word.lemma_ not in controllers:
            return None
    return word if word.pos_ == "VERB" else None
