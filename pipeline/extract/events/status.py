"""Whether an event happened: a layer on tense, aspect, modality and governors.

Part of ``pipeline.extract.events``; the words come from the event type's file.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.events.syntax import OBJECT_CONTROL, coordinated_verb, is_causative, is_passive, set_to
from pipeline.extract.syntax import is_negated
from pipeline.knowledge.events.types import StatusCues
from pipeline.records import Status

#: Prepositions between a governing word and an event noun or gerund ("threat of", "plans for", "talks about").
_GOVERNED_BY = frozenset({"of", "to", "for", "with", "about", "against", "on", "at", "from"})
_COPULAS = frozenset({"be", "remain", "stay", "keep", "stand", "lie", "sit"})
_NEGATIVE = frozenset({"no", "neither", "without"})
#: How many heads above a trigger may still bear on it; longer chains are other people's clauses.
_REACH = 6


def status_of(trigger: Token, cues: StatusCues, lemmas: dict[str, Status]) -> Status:
    """The status of one trigger: its own form first, then what governs it, up to the clause that asserts it.

    ``lemmas`` is ``cues.by_lemma()``.
    """
    trigger = coordinated_verb(trigger) or trigger
    if trigger.pos_ == "ADJ" or (trigger.dep_ in ("acomp", "oprd") and trigger.head.lemma_ in _COPULAS):
        return _state_status(trigger, cues, lemmas)
    if trigger.pos_ in ("VERB", "AUX"):
        return _verb_status(trigger, cues, lemmas, _REACH)
    if trigger.dep_ in ("acomp", "oprd"):
        return _state_status(trigger, cues, lemmas)
    return _noun_status(trigger, cues, lemmas, _REACH)


def _verb_status(verb: Token, cues: StatusCues, lemmas: dict[str, Status], reach: int) -> Status:
    if _denied(verb):
        return "denied"
    if _conditional(verb, cues):
        return "hypothetical"
    modal = next((child for child in verb.children if child.tag_ == "MD" and child.dep_ == "aux"), None)
    if modal is not None:
        return _modal_status(verb, modal, cues, lemmas)
    if _is_left_open(verb, lemmas):
        return "possible"
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX") and not _has_own_tense(verb) and reach:
        return _verb_status(_infinitive_beside(verb), cues, lemmas, reach - 1)
    if not _is_finite(verb):
        return _governed_status(verb, cues, lemmas, reach)
    reported = _reported_status(verb, lemmas)
    if reported is not None:
        return reported
    return _finite_status(verb, cues)


def _is_left_open(verb: Token, lemmas: dict[str, Status]) -> bool:
    """ "Possibly close", "may perhaps close": an adverb that leaves it open."""
    return any(lemmas.get(child.lower_) == "possible" for child in verb.children if child.dep_ == "advmod")


def _infinitive_beside(verb: Token) -> Token:
    """What a verb without tense is coordinated with: "plans to cut jobs, sell land and close pits" hangs on "plans"."""
    top = verb.head
    while top.dep_ == "conj" and top.tag_ == "VB" and top.head.i != top.i:
        top = top.head
    if verb.tag_ == "VB" and top.tag_ in ("VBZ", "VBP", "VBD"):
        return next((child for child in top.children if child.dep_ == "xcomp" and child.tag_ == "VB"), verb.head)
    return verb.head


def _finite_status(verb: Token, cues: StatusCues) -> Status:
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if verb.tag_ == "VBG" and "been" not in auxiliaries:
        return "ongoing"
    if "being" in auxiliaries or any(each.rstrip("s") in cues.adverbs for each in auxiliaries):
        return "ongoing"  # "remains halted", read as a passive
    if any(child.lower_ in cues.adverbs for child in verb.children if child.dep_ == "advmod"):
        return "ongoing"
    since = any(child.lower_ == "since" and child.i > verb.i for child in verb.children)
    state = (
        is_passive(verb)
        and auxiliaries & {"is", "are", "'s", "'re"}
        and not any(child.dep_ == "agent" for child in verb.children)
    )
    if state and _is_reported_now(verb):
        return "ongoing"
    return "ongoing" if since and is_passive(verb) and auxiliaries & {"has", "have", "'s", "'ve"} else "occurred"


def _is_reported_now(verb: Token) -> bool:
    """ "Says that the roads are closed": a state that holds as it is told."""
    while verb.dep_ == "conj" and verb.head.i != verb.i:
        verb = verb.head
    return verb.dep_ == "ccomp" and verb.head.pos_ == "VERB"


def _has_own_tense(verb: Token) -> bool:
    return any(child.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for child in verb.children) or verb.tag_ in (
        "VBD",
        "VBZ",
        "VBP",
    )


def _is_finite(verb: Token) -> bool:
    """Whether the verb has a tense of its own; to-infinitives, gerunds and bare participles have none."""
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass") and child.tag_ in ("VBZ", "VBP", "VBD", "MD"):
            return True
    if verb.tag_ == "VB" and any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children):
        return False
    if verb.tag_ == "VBN" and verb.dep_ == "ROOT":
        return True
    if is_causative(verb):
        return False
    return verb.tag_ in ("VBZ", "VBP", "VBD") or (verb.tag_ == "VB" and verb.dep_ == "ROOT")


def _denied(verb: Token) -> bool:
    if not is_negated(verb):
        return False
    # "not until", "not only" deny nothing.
    return not any(
        word.lower_ in ("until", "only", "before") for child in verb.children for word in (child, *child.children)
    )


def _conditional(verb: Token, cues: StatusCues) -> bool:
    at = verb
    for _ in range(3):
        if any(child.lower_ in cues.hypothetical and child.dep_ in ("mark", "advmod", "prep") for child in at.children):
            return True
        if at.dep_ not in ("xcomp", "conj", "ccomp", "acomp", "oprd") or at.head.i == at.i:
            return False
        if at.dep_ == "ccomp" and _is_finite(at):
            return False
        at = at.head
    return False


def _modal_status(verb: Token, modal: Token, cues: StatusCues, lemmas: dict[str, Status]) -> Status:
    above = _reported_status(verb, lemmas)
    if above in ("threatened", "denied"):
        return above
    if modal.lemma_ in cues.future_in_past:
        return "planned" if _under_past_report(verb) and not _has_condition(verb, cues) else "hypothetical"
    return "hypothetical" if _has_condition(verb, cues) else lemmas.get(modal.lemma_, "planned")


def _has_condition(verb: Token, cues: StatusCues) -> bool:
    """Whether an if-clause hangs on the verb or on a verb it is coordinated with."""
    hosts = [verb]
    while hosts[-1].dep_ == "conj" and hosts[-1].head.i != hosts[-1].i and len(hosts) < _REACH:
        hosts.append(hosts[-1].head)
    clauses = (child for host in hosts for child in host.children if child.dep_ == "advcl")
    return any(
        mark.lower_ in cues.hypothetical for clause in clauses for mark in clause.children if mark.dep_ == "mark"
    )


def _under_past_report(verb: Token) -> bool:
    at = verb
    while at.head.i != at.i:
        if at.dep_ in ("ccomp", "relcl", "conj", "advcl", "acl", "xcomp") and at.head.tag_ in (
            "VBD",
            "VBN",
            "VBG",
            "VBZ",
            "VBP",
            "NN",
            "NNS",
        ):
            if at.dep_ == "ccomp":
                return True
            if at.dep_ == "acl":
                return True
        at = at.head
    return any(child.dep_ in ("parataxis", "ccomp") and child.tag_ == "VBD" for child in verb.children)


def _reported_status(verb: Token, lemmas: dict[str, Status]) -> Status | None:
    """ "Threatened that it closes", "denied that it closed": a finite clause under such a verb."""
    if verb.dep_ != "ccomp" or verb.head.pos_ != "VERB" or is_negated(verb.head):
        return None  # "did not rule out that it could close": the clause speaks for itself
    status = lemmas.get(verb.head.lemma_)
    return status if status in ("threatened", "denied") else None


def _governed_status(node: Token, cues: StatusCues, lemmas: dict[str, Status], reach: int) -> Status:
    """An infinitive, gerund or participle: what governs it decides, and how that is said itself."""
    head = node.head
    if _is_headline_future(node):
        return "planned"
    if reach == 0 or head.i == node.i:
        return "occurred"
    passive_infinitive = node.tag_ in ("VB", "VBN") and any(
        child.lower_ == "to" and child.dep_ == "aux" for child in node.children
    )
    if set_to(node) is not None:
        return lemmas.get("set", "planned")
    if node.dep_ == "pcomp":
        return _gerund_status(node, cues, lemmas, reach)
    if head.lemma_ == "be" and passive_infinitive and node.dep_ == "xcomp":
        return "denied" if is_negated(head) else "planned"
    if head.lower_ == "going" and passive_infinitive:
        return "denied" if is_negated(head) else "planned"
    ordered = _ordered_by(node)
    if ordered is not None and ordered.lemma_ in lemmas:
        return _weaken(lemmas[ordered.lemma_], ordered, cues, lemmas, reach)
    if node.dep_ == "acl" and node.tag_ in ("VBN", "VBG") and not passive_infinitive:
        return "ongoing" if node.tag_ == "VBG" else "occurred"
    if node.dep_ == "relcl" and not passive_infinitive:
        return "occurred"
    if head.lemma_ == "have" and passive_infinitive and node.dep_ == "xcomp" and head.tag_ in ("VB", "VBP", "VBZ"):
        return "possible"
    existing = next((child for child in head.children if child.dep_ == "attr"), None) if head.lemma_ == "be" else None
    if existing is not None and existing.lemma_ in lemmas:
        return _weaken(lemmas[existing.lemma_], existing, cues, lemmas, reach)
    beside = node.dep_ == "advcl" and node.tag_ == "VBG"  # "dropped a foot of snow, closing schools"
    own = lemmas.get(head.lemma_) if not beside else None
    if own is not None:
        return _weaken(own, head, cues, lemmas, reach)
    if head.lemma_ in cues.transparent or head.pos_ in ("AUX",) or node.dep_ in ("conj", "xcomp", "oprd"):
        if head.pos_ in ("VERB", "AUX"):
            return _verb_status(head, cues, lemmas, reach - 1)
        return _governed_status(head, cues, lemmas, reach - 1)
    if passive_infinitive and node.tag_ == "VBN" and node.dep_ in ("acl", "relcl"):
        return "planned"  # "the stores to be closed"
    if passive_infinitive or node.tag_ == "VB":
        return "possible"
    if node.tag_ == "VBG" and node.dep_ in ("csubj", "nsubj"):
        return "hypothetical"
    if node.dep_ in ("advcl", "ccomp") and head.pos_ in ("VERB", "AUX"):
        return _verb_status(head, cues, lemmas, reach - 1) if node.dep_ == "advcl" else "occurred"
    return "occurred"


def _ordered_by(node: Token) -> Token | None:
    """ "Ordered all bars shut": the verb whose object a bare participle at the end says something of."""
    noun = node.head
    while noun.dep_ == "conj" and noun.head.i != noun.i:
        noun = noun.head
    governed = node.dep_ == "acl" and node.tag_ == "VBN" and noun.dep_ == "dobj" and node.i > noun.i
    last = governed and node.nbor(-1).pos_ == "NOUN" and not list(node.lefts)
    return noun.head if last and noun.head.lemma_ in OBJECT_CONTROL else None


def _is_headline_future(node: Token) -> bool:
    """ "Brewer to close two pubs": an infinitive that is all the verb the sentence has."""
    infinitive = node.tag_ == "VB" and any(child.lower_ == "to" and child.dep_ == "aux" for child in node.children)
    alone = node.dep_ == "ROOT" or (
        node.dep_ in ("acl", "relcl") and node.head.dep_ == "ROOT" and node.head.pos_ in ("NOUN", "PROPN")
    )
    return infinitive and alone


def _gerund_status(node: Token, cues: StatusCues, lemmas: dict[str, Status], reach: int) -> Status:
    prep = node.head
    if prep.lower_ == "without":
        return "denied"
    above = prep.head
    status = lemmas.get(above.lemma_)
    if status is not None and prep.lower_ in ("of", "to", "for", "from", "on", "about", "against", "with", "out", "at"):
        return _weaken(status, above, cues, lemmas, reach)
    if prep.lower_ in ("for", "of", "against", "at"):
        return "possible"
    return "occurred"


def _weaken(status: Status, governor: Token, cues: StatusCues, lemmas: dict[str, Status], reach: int) -> Status:
    """The governor's status, unless the governor itself is negated, conditional or only possible."""
    if status == "denied" and is_negated(governor):
        return "possible"
    if status == "denied":
        if (
            governor.pos_ in ("VERB", "AUX")
            and reach
            and _verb_status(governor, cues, lemmas, reach - 1) in ("possible", "hypothetical", "denied")
        ):
            return "possible"
        return "denied"
    negated = is_negated(governor) or any(
        child.lower_ in _NEGATIVE and child.dep_ == "det" for child in governor.children
    )
    if negated:
        if _denied(governor) or governor.pos_ == "NOUN":
            return "possible" if governor.pos_ == "VERB" and status == "possible" else "denied"
        return status
    if status == "planned" and governor.pos_ in ("VERB", "AUX"):
        if _conditional(governor, cues):
            return "hypothetical"
        modal = next((child.lemma_ for child in governor.children if child.tag_ == "MD"), "")
        if lemmas.get(modal) == "possible":
            return "possible"
    if status == "ongoing" and governor.tag_ == "VB" and reach:
        return _verb_status(governor, cues, lemmas, reach - 1)
    above = lemmas.get(governor.head.lemma_) if governor.pos_ == "NOUN" and governor.dep_ in ("dobj", "pobj") else None
    return "denied" if above == "denied" and status == "planned" else status


def _state_status(state: Token, cues: StatusCues, lemmas: dict[str, Status]) -> Status:
    """ "Remains closed", "is closed", "ordered the polls closed", "closed schools"."""
    head = state.head
    if state.dep_ == "amod":
        return "occurred"
    if head.pos_ not in ("VERB", "AUX"):
        return "occurred"
    if head.lemma_ in _COPULAS:
        outer = _verb_status(head, cues, lemmas, _REACH)
        if outer != "occurred":
            return outer
        now = head.lemma_ in cues.adverbs or any(
            child.lower_ in cues.adverbs for child in (*head.children, *state.children)
        )
        return "ongoing" if now and head.tag_ != "VBD" else "occurred"
    return _governed_status(state, cues, lemmas, _REACH)


def _noun_status(noun: Token, cues: StatusCues, lemmas: dict[str, Status], reach: int) -> Status:
    for child in noun.children:
        if child.lower_ in _NEGATIVE and child.dep_ == "det":
            return "denied"
        if child.dep_ in ("amod", "compound", "nmod") and child.lemma_.lower() in lemmas:
            own = lemmas[child.lemma_.lower()]
            above = _over_noun(noun, cues, lemmas, reach)
            carried_out = noun.dep_ == "dobj" and lemmas.get(noun.head.lemma_) == "occurred"
            return above if carried_out or above in ("denied", "reversed") else own
    return _over_noun(noun, cues, lemmas, reach)


def _over_noun(noun: Token, cues: StatusCues, lemmas: dict[str, Status], reach: int) -> Status:
    """What the words above a noun say of it: "averted the closure", "plans for a closure", "the closure is planned"."""
    head = noun.head
    if not reach or head.i == noun.i:
        return "occurred"
    if noun.dep_ == "conj":
        return _over_noun(head, cues, lemmas, reach - 1)
    if noun.dep_ == "pobj":
        return _over_prepositional(head, cues, lemmas, reach)
    if noun.dep_ in ("dobj", "attr", "oprd", "compound"):
        status = lemmas.get(head.lemma_)
        if status is not None:
            return _weaken(status, head, cues, lemmas, reach)
        if head.pos_ not in ("VERB", "AUX") or noun.dep_ != "dobj" or reach != _REACH:
            return "occurred"
        outer = _verb_status(head, cues, lemmas, reach - 1)
        return outer if outer != "ongoing" else "occurred"
    if noun.dep_ in ("nsubj", "nsubjpass") and head.pos_ in ("VERB", "AUX"):
        if noun.dep_ == "nsubjpass" and head.lemma_ in lemmas:
            return _weaken(lemmas[head.lemma_], head, cues, lemmas, reach)
        outer = _verb_status(head, cues, lemmas, 0)
        return outer if outer == "planned" else "occurred"
    return "occurred"


def _over_prepositional(prep: Token, cues: StatusCues, lemmas: dict[str, Status], reach: int) -> Status:
    above = prep.head
    status = lemmas.get(above.lemma_)
    if status is not None and prep.dep_ in ("prep", "dative", "agent") and prep.lower_ in _GOVERNED_BY:
        return _weaken(status, above, cues, lemmas, reach)
    if above.lemma_ in cues.transparent and above.pos_ == "VERB":
        return _verb_status(above, cues, lemmas, reach - 1)
    if prep.lower_ == "of" and above.pos_ == "NOUN":
        return _over_noun(above, cues, lemmas, reach - 1)
    return "occurred"
