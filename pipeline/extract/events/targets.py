"""What an event happens to: the noun in the frame of its trigger, if the event type knows such a noun.

Part of ``pipeline.extract.events``.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.extract.events.arguments import place_spans
from pipeline.extract.events.reference import (
    PLURAL,
    PRONOUNS,
    Target,
    fuller_antecedent,
    pronoun_target,
    recent_target_kind,
    shared_target,
)
from pipeline.extract.events.rules import Rules, target_classes, typed_class
from pipeline.extract.events.syntax import (
    EventContext,
    antecedent,
    clause_subject,
    contained,
    coordinated,
    is_passive,
    own_subject,
    set_to,
)
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.events.types import Trigger

#: Verbs whose subject is what their noun object happens to; general English.
_UNDERGOING = frozenset(
    {"face", "escape", "avoid", "await", "undergo", "risk", "fight", "survive", "suffer", "see", "enter"}
)


#: Verbs whose subject is what the noun after "for" happens to.
_HEADING = frozenset({"file", "head", "bind", "destine"})


def targets_of(token: Token, form: str, rule: Trigger, rules: Rules, scene: EventContext) -> Iterator[Target]:
    """Targets that the rule accepts, the best first."""
    if form == "verb":
        yield from _verb_targets(token, rule, rules, scene)
    elif form == "noun":
        yield from _noun_targets(token, rule, rules, scene)
    else:
        host = _bearer(token)
        if host is not None and (found := _accept(host, rule, rules, scene)) is not None:
            yield found


def _bearer(state: Token) -> Token | None:
    """What an adjective says something of."""
    if state.dep_ == "amod":
        return state.head
    while state.dep_ == "conj" and state.head.pos_ in ("ADJ", "VERB"):
        state = state.head
    own = next((child for child in state.children if child.dep_ in SUBJECTS), None)
    if own is not None:
        return own
    if state.dep_ in ("acomp", "oprd", "ccomp", "xcomp", "advcl"):
        before = [child for child in state.head.children if child.dep_ == "dobj" and child.i < state.i]
        return before[0] if before else clause_subject(state.head)
    return state.head if state.dep_ in ("acl", "relcl") else None


def _verb_targets(verb: Token, rule: Trigger, rules: Rules, scene: EventContext) -> Iterator[Target]:
    if rule.frame == "preposition":
        yield from _prepositional(verb, rule, rules, scene)
        return
    if rule.frame == "activity":
        yield from _activity(verb, rule, rules, scene)
        return
    if rule.frame == "complement":
        made = (_accept(noun, rule, rules, scene) for noun in _complements(verb, rule))
        yield from (target for target in made if target is not None)
        return
    if rule.frame == "subject":
        undergoer = clause_subject(verb) if rule.tail or object_of(verb) is None else None
    else:
        undergoer = _undergoer(verb)
    if undergoer is None and rule.frame == "either":
        undergoer = _intransitive_subject(verb)
    if undergoer is not None and (found := _accept(undergoer, rule, rules, scene)) is not None:
        yield found


def _undergoer(verb: Token) -> Token | None:
    """The object of an active verb, the subject of a passive one."""
    if is_passive(verb):
        own = own_subject(verb)
        if own is not None:
            return antecedent(own)
        if verb.dep_ in ("acl", "relcl", "amod"):
            return verb.head
        if verb.dep_ in ("ccomp", "xcomp", "oprd"):
            before = next((child for child in verb.head.children if child.dep_ == "dobj" and child.i < verb.i), None)
            if before is not None:
                return before
        above = clause_subject(verb)
        return antecedent(above) if above is not None else None
    return object_of(verb)


_CIRCUMSTANCES = frozenset({"time", "moment", "day", "week", "month", "year", "way", "reason", "place", "case"})


def object_of(verb: Token) -> Token | None:
    """The direct object, maybe shared with a later coordinated verb ("close or move ministries")."""
    if verb.pos_ == "ADJ" and verb.dep_ == "amod":
        return verb.head  # a verb that the tagger took for an adjective: "disrupt or close ministries"
    for child in verb.children:
        if child.dep_ == "dobj" and child.ent_type_ not in ("DATE", "TIME", "PERCENT", "MONEY"):
            # "the station it closed": the relative pronoun stands for the noun outside.
            return antecedent(child) if child.i < verb.i else child
    for child in verb.children:
        if child.dep_ == "conj" and child.pos_ == "VERB" and child.i - verb.i <= 3:
            return _shared_object(child)
    for child in verb.children:
        if child.dep_ in ("prep", "prt") and child.i == verb.i + 1 and takes_object(child):
            return next(noun for noun in child.children if noun.dep_ == "pobj")
    # "the tunnel that agents sealed", "the tunnel agents sealed": the noun before the clause is the object.
    own_subject = any(child.dep_ == "nsubj" and child.tag_ not in ("WDT", "WP") for child in verb.children)
    if verb.dep_ != "relcl" or not own_subject or verb.head.pos_ not in ("NOUN", "PROPN"):
        return None
    # "The first time the mines are closing": when, how or why, never what.
    return None if verb.head.lemma_ in _CIRCUMSTANCES else verb.head


def takes_object(particle: Token) -> bool:
    """ "Sealed off the bridge": a particle that the parser took for a preposition, with the verb's object on it."""
    return particle.lower_ in ("off", "down", "up") and any(child.dep_ == "pobj" for child in particle.children)


def _shared_object(later: Token) -> Token | None:
    """The object of the later of two verbs, maybe behind "of": "winding down or disposing of units"."""
    for child in later.children:
        if child.dep_ == "dobj" and child.i > later.i:
            return child
        if child.dep_ == "prep" and child.i == later.i + 1 and child.lower_ == "of":
            return next((noun for noun in child.children if noun.dep_ == "pobj"), None)
    return None


def _intransitive_subject(verb: Token) -> Token | None:
    """The subject of an active verb without object; for "ordered the network to close" the object of the order."""
    if is_passive(verb):
        return None
    own = own_subject(verb) or set_to(verb)
    if own is not None:
        return antecedent(own)
    if verb.dep_ in ("xcomp", "ccomp"):
        before = [child for child in verb.head.children if child.dep_ == "dobj" and child.i < verb.i]
        if before:
            return before[0]
    clause = verb.head if verb.dep_ == "xcomp" else verb
    if clause.dep_ == "acl" and not _is_infinitive(clause):
        return clause.head
    if verb.dep_ == "pcomp" or verb.dep_ == "advcl":
        above = verb.head.head if verb.dep_ == "pcomp" else verb.head
        before = [child for child in above.children if child.dep_ == "dobj" and verb.head.lower_ == "from"]
        return before[0] if before else clause_subject(above) if above.pos_ == "VERB" else None
    found = clause_subject(verb)
    return antecedent(found) if found is not None else None


def _is_infinitive(verb: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def _activity(verb: Token, rule: Trigger, rules: Rules, scene: EventContext) -> Iterator[Target]:
    activity = object_of(verb)
    if activity is None or activity.i < verb.i or typed_class(activity, rule, rules) is None:
        return
    bare = not any(child.dep_ in ("prep", "poss", "compound", "det", "relcl", "acl") for child in activity.children)
    placed = any(
        prep.dep_ == "prep"
        and prep.i > activity.i
        and prep.lower_ in ("in", "at", "of")
        and noun.ent_type_ not in ("DATE", "TIME")
        for prep in verb.children
        for noun in prep.children
        if noun.i not in scene.dates
    )
    subject = clause_subject(verb) if bare and not placed else None
    if subject is None:
        if not rule.subjects and (placed or _is_of_something(activity, rules, scene)):
            yield Target(activity, _inner_kind(activity, verb, rules), "typed")
        return
    subject = antecedent(subject)
    if rule.subjects and not any(each.name in rule.subjects for each in target_classes(contained(subject), rules)):
        return
    if subject.ent_type_ != "PERSON" and subject.lower_ not in ("who", "we", "i", "you", "he", "she"):
        kind = next((each.kind for each in target_classes(subject, rules)), "")
        yield Target(subject, kind or "other", "typed")


def _is_of_something(activity: Token, rules: Rules, scene: EventContext) -> bool:
    """Whether an activity with modifiers is that of a place, of something that can be a target, or somebody's own."""
    below = [token for token in activity.subtree if token.i != activity.i]
    return any(token.i in scene.places or token.dep_ == "poss" or target_classes(token, rules) for token in below)


def _inner_kind(activity: Token, verb: Token, rules: Rules) -> str:
    """ "Operations at its factory" is about a plant, wherever the parser hung the place."""
    for prep in (*activity.children, *(child for child in verb.children if child.i > activity.i)):
        for noun in prep.children:
            if prep.dep_ == "prep" and noun.dep_ == "pobj" and (classes := target_classes(noun, rules)):
                return classes[0].kind
    return target_classes(activity, rules)[0].kind


def _prepositional(host: Token, rule: Trigger, rules: Rules, scene: EventContext) -> Iterator[Target]:
    subject = clause_subject(host)
    if subject is not None and subject.lemma_.lower() in rule.not_subjects:
        return
    if rule.actor == "agent" and any(child.dep_ == "dobj" for child in host.children):
        return  # "pulled the listing from the site": something else leaves
    for prep in _preps(host):
        if prep.lower_ not in rule.prepositions:
            continue
        for noun in prep.children:
            if noun.dep_ != "pobj":
                continue
            if noun.i in scene.places:
                kind = recent_target_kind(host, rule, rules)
                acts = subject is None or subject.ent_type_ != "PERSON"
                if kind and acts:
                    yield Target(None, kind, "near", tuple(place_spans(noun, scene)))
            elif (found := _accept(noun, rule, rules, scene)) is not None:
                yield found


def _complements(verb: Token, rule: Trigger) -> Iterator[Token]:
    """What somebody is made or called: "named her chair", "appointed as a judge"."""
    for child in verb.children:
        if child.dep_ in ("oprd", "attr"):
            yield child
        elif child.dep_ == "prep" and child.lower_ in rule.prepositions:
            yield from (noun for noun in child.children if noun.dep_ == "pobj")


def _preps(host: Token) -> Iterator[Token]:
    """Prepositions on the host, one deeper for "out of"."""
    for child in host.children:
        if child.dep_ in ("prep", "prt"):
            yield child
            yield from (deeper for deeper in child.children if deeper.dep_ == "prep")


def _noun_targets(noun: Token, rule: Trigger, rules: Rules, scene: EventContext) -> Iterator[Target]:
    owner = None
    for child in noun.children:
        if child.dep_ in ("compound", "nmod", "amod") and (typed := typed_class(child, rule, rules)):
            yield Target(child, typed.kind, "typed")
    told = "of" in rule.prepositions and any(prep.lower_ == "of" and prep.dep_ == "prep" for prep in noun.children)
    for prep in noun.children:
        # "The closure of the ward at the hospital": the ward closes, the hospital is where.
        if prep.dep_ == "prep" and prep.lower_ in rule.prepositions and (prep.lower_ == "of" or not told):
            for child in prep.children:
                # "Closure of broadcasting stations": a gerund by its tag, whose object is the target.
                noun_below = (object_of(child) or child) if child.dep_ == "pcomp" else child
                found = _accept(noun_below, rule, rules, scene) if child.dep_ in ("pobj", "pcomp") else None
                if found is not None:
                    yield found
                elif child.i in scene.places and (kind := recent_target_kind(noun, rule, rules)):
                    yield Target(None, kind, "near", tuple(place_spans(child, scene)))
        elif prep.dep_ == "poss":
            owner = prep
    if owner is not None and owner.lemma_.lower() in rule.not_subjects:
        return
    if owner is not None and (found := _accept(owner, rule, rules, scene)) is not None:
        yield found
    predicated = _predicated(noun)
    if predicated is not None and (found := _accept(predicated, rule, rules, scene)) is not None:
        yield found
    shared = shared_target(noun, rule, rules)
    if shared is not None:
        yield shared
    elif rule.bare and _may_stand_bare(noun, rules):
        yield Target(None, "", "bare")


def _predicated(noun: Token) -> Token | None:
    """What a bare noun is said of: "ten branches are earmarked for closure", "the school faces closure"."""
    if any(child.dep_ in ("poss", "compound", "prep") for child in noun.children):
        return None
    verb = noun.head
    if noun.dep_ == "dobj":
        if any(child.dep_ == "det" and child.lower_ in ("the", "this", "that") for child in noun.children):
            return None  # "the union will fight the closure" that was spoken of
        return clause_subject(verb) if verb.lemma_ in _UNDERGOING and not is_passive(verb) else None
    if noun.dep_ != "pobj" or verb.lower_ not in ("for", "with", "to"):
        return None
    verb = verb.head
    if verb.pos_ == "NOUN" and verb.dep_ == "dobj" and verb.head.pos_ == "VERB":
        return verb
    if verb.pos_ != "VERB":
        return None
    if is_passive(verb):
        return clause_subject(verb) or verb.head
    return object_of(verb) or (clause_subject(verb) if verb.lemma_ in _HEADING else None)


def _may_stand_bare(noun: Token, rules: Rules) -> bool:
    """Bare "closures" counts, "closure of the deal" or a modifier of another noun doesn't."""
    if noun.dep_ == "compound":
        return False
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "to", "on"):
            return False
        if child.dep_ in ("compound", "poss") and child.lemma_.lower() in rules.event_type.counter.nouns:
            return False
    return any(child.dep_ in ("det", "amod", "poss", "nummod") for child in noun.children) or noun.tag_ in PLURAL


def _is_counter(noun: Token, rules: Rules) -> bool:
    """A noun that makes it no event, or the first part of one: "the bank account", whatever the parser made of it."""
    nouns = rules.event_type.counter.nouns
    after = noun.nbor(1) if noun.i + 1 < len(noun.doc) else noun
    return noun.lemma_.lower() in nouns or (noun.pos_ == "NOUN" and after.lemma_.lower() in nouns)


def _numbered(noun: Token) -> Token | None:
    """The noun of a name that ends in its number: "Unit Four", "mine No. 2"."""
    if not noun.like_num and noun.lower_ not in ("no", "no.", "number"):
        return None
    return next((child for child in reversed(list(noun.lefts)) if child.dep_ in ("compound", "nmod")), None)


def _accept(noun: Token, rule: Trigger, rules: Rules, scene: EventContext) -> Target | None:
    """The noun as a target if the rule takes it: typed, named, a pronoun for a typed one, or any."""
    noun = antecedent(noun)
    inner = contained(noun)
    if _is_counter(inner, rules) or (noun.i in scene.dates and noun.pos_ != "PRON"):
        return None
    for each in (inner, *coordinated(inner)):
        if each.i not in scene.countries and (typed := typed_class(each, rule, rules)) is not None:
            return Target(noun, typed.kind, "typed", antecedent=fuller_antecedent(noun, inner, scene))
    numbered = _numbered(inner)
    if numbered is not None and (typed := typed_class(numbered, rule, rules)) is not None:
        return Target(noun, typed.kind, "typed")
    if target_classes(inner, rules) or inner.i in scene.countries:
        return None
    if (
        noun.lower_ in PRONOUNS
        or (noun.pos_ == "NUM" and inner.i == noun.i)
        or noun.lower_ in ("some", "many", "others", "several")
    ):
        return pronoun_target(noun, rule, rules, scene) if rule.pronouns else None
    if rule.named and inner.i in scene.names and inner.pos_ == "PROPN":
        return Target(noun, "other", "named")
    if rule.untyped and noun.pos_ in ("NOUN", "PROPN"):
        return Target(noun, "other", "untyped")
    return None
