"""Who makes an event happen: by-phrase, subject, understood subject, or whoever orders and announces it.

Part of ``pipeline.extract.events``; knows no event type.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.events.syntax import (
    OBJECT_CONTROL,
    antecedent,
    clause_subject,
    coordinated,
    coordinated_verb,
    is_passive,
    own_subject,
)


def controller(trigger: Token, target: Token | None, controllers: frozenset[str]) -> Token | None:
    """Who does it: by-phrase, subject, or whoever orders or plans it; never the target itself."""
    agent = _agent(trigger)
    if agent is not None:
        return agent
    trigger = coordinated_verb(trigger) or trigger
    found = (
        _noun_actor(trigger, controllers)
        if trigger.pos_ in ("NOUN", "ADJ", "PROPN")
        else _verb_actor(trigger, target, controllers)
    )
    if found is None:
        return None
    found = antecedent(found)
    return None if target is not None and found.i == target.i else found


def undergoer(trigger: Token, target: Token | None) -> Token | None:
    """Whom it happens to: the object, the subject of a passive, or "of" after a noun; never the target itself."""
    if trigger.pos_ != "VERB":
        objects = (each for prep in trigger.children if prep.lower_ == "of" for each in prep.children)
        found = next(objects, None) or next((each for each in trigger.children if each.dep_ == "poss"), None)
    elif is_passive(trigger):
        found = clause_subject(trigger) or (trigger.head if trigger.dep_ in ("acl", "relcl") else None)
    else:
        found = next((child for child in trigger.children if child.dep_ in ("dobj", "dative")), None)
    if found is None or (target is not None and antecedent(found).i == target.i):
        return None
    return antecedent(found)


def _agent(trigger: Token) -> Token | None:
    own = _own_agent(trigger)
    if own is not None or trigger.pos_ != "VERB" or not is_passive(trigger):
        return own
    # "closed and later reopened by the authorities": the by-phrase hangs on one of the two.
    shared = (_own_agent(each) for each in coordinated(trigger) if each.pos_ == "VERB" and is_passive(each))
    return next((agent for agent in shared if agent is not None), None)


def _own_agent(trigger: Token) -> Token | None:
    for child in trigger.children:
        if child.lower_ == "by" and child.dep_ in ("agent", "prep"):
            found = next((each for each in child.children if each.dep_ == "pobj"), None)
            if found is not None and found.ent_type_ not in ("DATE", "TIME", "PERCENT"):
                return found
    return None


def _verb_actor(verb: Token, target: Token | None, controllers: frozenset[str], reach: int = 4) -> Token | None:
    own = own_subject(verb)
    if own is not None and not is_passive(verb) and (target is None or antecedent(own).i != target.i):
        return own
    ordered = _object_of_order(verb)
    is_target = target is not None and target in (ordered, clause_subject(verb))
    if is_passive(verb) or own is not None or is_target:
        return _orderer(verb, target, controllers, reach)
    return _subject_above(verb, ordered, target, controllers, reach)


def _subject_above(
    verb: Token, ordered: Token | None, target: Token | None, controllers: frozenset[str], reach: int
) -> Token | None:
    """The understood subject of a verb without one: of infinitives, conjuncts, participles, gerunds."""
    head = verb.head
    if ordered is not None:
        return ordered
    if verb.dep_ == "xcomp" and is_passive(head):
        return next((child for child in head.children if child.dep_ == "nsubjpass"), None)
    if verb.dep_ in ("xcomp", "conj", "advcl", "ccomp") and head.pos_ in ("VERB", "AUX"):
        return clause_subject(head) or (_verb_actor(head, target, controllers, reach - 1) if reach else None)
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return head
    if verb.dep_ == "pcomp" and head.lower_ == "from":
        return next((child for child in head.head.children if child.dep_ == "dobj"), None)
    if verb.dep_ in ("acl", "relcl") and head.dep_ == "ROOT":
        # A headline: "Brewer to close two pubs".
        return head
    return _around_noun(verb) if verb.dep_ in ("acl", "pcomp", "relcl") else None


def _object_of_order(verb: Token) -> Token | None:
    """ "Poland" in "ordered Poland to close": the object that an infinitive's governor makes act."""
    if verb.dep_ in ("xcomp", "ccomp") and verb.head.lemma_ in OBJECT_CONTROL and not is_passive(verb.head):
        return next(
            (child for child in verb.head.children if child.dep_ in ("dobj", "dative") and child.i < verb.i), None
        )
    return None


def _orderer(verb: Token, target: Token | None, controllers: frozenset[str], reach: int) -> Token | None:
    """Who had it done: "the ministry ordered the camp closed"; finite clauses are reports, not orders."""
    host = _governor(verb)
    finite = any(
        child.tag_ in ("VBZ", "VBP", "VBD", "MD") and child.dep_ in ("aux", "auxpass") for child in verb.children
    )
    if reach == 0 or host is None or finite or host.lemma_ not in controllers or is_passive(host):
        return None
    subject = clause_subject(host) or _verb_actor(host, None, controllers, reach - 1)
    return subject if subject is None or target is None or subject.i != target.i else None


def _around_noun(verb: Token) -> Token | None:
    """For "plans to close", "without closing": the noun's possessor or the subject of the verb above."""
    at = verb
    for _ in range(4):
        if at.head.i == at.i:
            return None
        at = at.head
        owner = next((child for child in at.children if child.dep_ == "poss"), None)
        if owner is not None and at.pos_ == "NOUN":
            return owner
        if at.pos_ in ("VERB", "AUX"):
            return None if is_passive(at) else clause_subject(at)
    return None


def _governor(verb: Token) -> Token | None:
    head = verb.head
    while verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        verb, head = head, head.head
    if verb.dep_ not in ("ccomp", "xcomp", "oprd", "acomp") or head.i == verb.i:
        return None
    if head.lemma_ in ("be", "remain", "stay") and head.dep_ in ("ccomp", "xcomp") and head.head.i != head.i:
        return head.head
    return head


def _noun_actor(noun: Token, controllers: frozenset[str]) -> Token | None:
    has_of = any(child.dep_ == "prep" and child.lower_ in ("of", "from") for child in noun.children)
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is not None and has_of:
        return owner
    head = noun
    while (
        head.dep_ in ("conj", "dobj", "pobj", "prep", "acl", "oprd", "acomp", "nsubj", "ccomp", "xcomp")
        and head.head.i != head.i
    ):
        if head.dep_ in ("nsubj",) and noun.pos_ != "ADJ":
            return None
        head = head.head
        if head.pos_ == "VERB":
            break
        if head.pos_ == "NOUN" and head.lemma_ not in controllers:
            return None
    if head.pos_ == "VERB" and head.lemma_ in controllers and not is_passive(head):
        return clause_subject(head) or _verb_actor(head, None, controllers)
    return None
