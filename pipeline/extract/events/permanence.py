"""Whether an event lasts, by the words about its trigger.

Part of ``pipeline.extract.events``; the words come from the event type's file. What the rest of the article adds is
decided in ``article_permanence``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Token

from pipeline.extract.events.syntax import nearby_tokens
from pipeline.extract.syntax import SUBJECTS, is_negated
from pipeline.knowledge.events.types import PermanenceCues
from pipeline.records import Permanence

#: Verbs above a trigger whose words also speak of the event: "is to remain / shut", "was forced / to close".
_MOST_HOSTS = 4
#: Relations by which the verb above shares the trigger's words.
_SHARING = ("conj", "xcomp", "acomp", "dobj", "oprd")
#: Relations of a state to the verb that links it with what is in it: "stayed / shut".
_PREDICATIVE = ("acomp", "oprd")
#: Words after "for" that may stand before its length, which the parse may hang elsewhere: "for / up / to / two weeks".
_BEFORE_LENGTH = 3


def permanence_of(
    trigger: Token, target: Token | None, default: Permanence, cues: PermanenceCues, *, reverses: bool = False
) -> Permanence:
    """Permanent or temporary where words about the trigger say so, else ``default``, that of the trigger's rule.

    When the rule leaves it open, words anywhere near in the sentence may still make it permanent ("layoffs"). What
    doesn't reopen before May (``reverses``) is closed for a time, but what isn't to close before May is to close then.
    """
    about = _words_about(trigger) + (_plain_modifiers(target) if target is not None else [])
    if is_negated(trigger) and not reverses:  # "asked not to close the mill until May"
        about = [word for word in about if word.lower_ not in cues.ends]
    forms = _forms_and_pairs(about)
    if trigger.pos_ == "NOUN":
        forms |= _pairs_around_noun(trigger)
    if reverses and _comes_after_length(trigger):
        return "temporary"
    if target is not None:
        forms.add(f"{trigger.lemma_.lower()} {target.lemma_.lower()}")
    if forms & cues.permanent or (not reverses and _ends_long_run(trigger, cues)):
        return "permanent"
    # "will reopen and be open from ten to two": opening hours.
    has_length = any(_gives_length(word) or (not reverses and _opens_range(word)) for word in about)
    if forms & cues.temporary or has_length or _is_said_to_last(trigger, cues) or _is_for_days(trigger, cues):
        return "temporary"
    if default == "unspecified" and _nearby_lemmas(trigger) & cues.permanent_nearby:
        return "permanent"
    return default


def _pairs_around_noun(noun: Token) -> set[str]:
    """An event noun with what it is part of: "shutdown period", and "days of" for "two days of closure"."""
    head = noun.head
    pairs = {f"{noun.lemma_.lower()} {head.lemma_.lower()}", f"{head.lower_} {noun.lemma_.lower()}"}
    before = noun.doc[noun.left_edge.i : noun.i]
    pairs |= {f"{word.lower_} {noun.lemma_.lower()}" for word in before}  # "the holiday campus closure"
    if head.dep_ == "prep":
        pairs.add(f"{head.head.lower_} {head.lower_}")
    return pairs


def _words_about(trigger: Token) -> list[Token]:
    """Words of the trigger's own clause and of the verbs that share it."""
    hosts = [trigger]
    while hosts[-1].dep_ in _SHARING and hosts[-1].head.pos_ in ("VERB", "AUX") and len(hosts) < _MOST_HOSTS:
        hosts.append(hosts[-1].head)
    hosts.extend(child for child in trigger.children if child.dep_ == "conj")
    words = [word for host in hosts for word in (host, *host.children) if word.dep_ != "mark"]
    # "Closed until the water fell": the conjunction stands in the clause below. That of "was full until it closed" is
    # the trigger's own and tells how long something else lasted.
    clauses = [word for host in hosts for word in host.children if word.dep_ == "advcl" and word not in hosts]
    marks = (mark for clause in clauses for mark in clause.children if mark.dep_ == "mark")
    return words + [mark for mark in marks if mark.i == 0 or mark.nbor(-1).text != ","]  # not ", while others open"


def _plain_modifiers(target: Token) -> list[Token]:
    """What stands on the target's noun apart from what only names it: not the "maintenance" of "maintenance depot"."""
    return [child for child in target.children if child.dep_ != "compound"]


def _forms_and_pairs(words: list[Token]) -> set[str]:
    """Each word as written and as lemma, with its neighbour or its preposition's noun: "for good", "for repair"."""
    pairs = {f"{word.lower_} {word.nbor(1).lower_}" for word in words if word.i + 1 < len(word.doc)}
    pairs |= {f"{word.nbor(-1).lower_} {word.lower_}" for word in words if word.i > 0}
    pairs |= {f"{word.lower_} {noun.lemma_.lower()}" for word in words for noun in _objects(word)}
    return pairs.union(*((word.lower_, word.lemma_.lower()) for word in words))


def _objects(word: Token) -> Iterator[Token]:
    """The nouns of a preposition, those coordinated with the first included; none for any other word."""
    for noun in word.children if word.dep_ == "prep" else ():
        if noun.dep_ == "pobj":
            yield noun
            yield from noun.conjuncts


def _nearby_lemmas(trigger: Token) -> set[str]:
    """Lemmas near the trigger in its sentence, single and before the next word: "layoff", "lay off"."""
    tokens = nearby_tokens(trigger)
    pairs = {f"{token.lemma_} {after.lower_}" for token, after in pairwise(tokens)}
    return pairs | {token.lemma_.lower() for token in tokens}


def _gives_length(word: Token) -> bool:
    """Whether it says how long the event lasts: "for two weeks", "through June", "a two-day closure"."""
    if word.dep_ == "prep":
        is_bound = word.lower_ == "through" and any(_is_time(noun) for noun in _objects(word))
        return is_bound or _is_length(word)
    if word.dep_ == "amod" and word.lower_ == "long":  # "an hours-long closure"
        return any(_is_time(child) for child in word.lefts)
    is_modifier = word.dep_ in ("compound", "amod", "nmod") and _is_time(word)
    return is_modifier and any(child.pos_ == "NUM" for child in word.children)


def _is_length(preposition: Token) -> bool:
    """Whether it is "for" with a time: "for two weeks", "for up to two weeks"."""
    if preposition.lower_ != "for":
        return False
    if any(_is_one_time(noun) for noun in _objects(preposition)):
        return False
    if any(_is_time(below) for noun in _objects(preposition) for below in noun.subtree):
        return True
    after = preposition.doc[preposition.i + 1 : preposition.i + 2 + _BEFORE_LENGTH]
    first_noun = next((token for token in after if token.pos_ in ("NOUN", "PROPN", "VERB", "PUNCT")), None)
    return first_noun is not None and _is_time(first_noun)


def _is_one_time(noun: Token) -> bool:
    """Whether it is the last of several times and no length: "for the last time", but not "for the time being".

    "Reopened for the first time since May" tells of a length, that of the closing.
    """
    if noun.lower_ != "time" or not any(child.lower_ == "the" for child in noun.children):
        return False
    return any(child.dep_ == "amod" and child.lower_ != "first" for child in noun.lefts)


def _comes_after_length(trigger: Token) -> bool:
    """Whether what is undone lasted for some time: "reopened after nearly two years"."""
    lengths = (noun for prep in trigger.children if prep.lower_ == "after" for noun in prep.children)
    return any(noun.tag_ in ("NN", "NNS") and _is_time(noun) and noun.n_lefts for noun in lengths)


def _ends_long_run(trigger: Token, cues: PermanenceCues) -> bool:
    """Whether it comes after years of a thing's life: "The paper will close after 150 years"."""
    nouns = (noun for prep in trigger.children if prep.lower_ == "after" for noun in prep.children)
    return any(
        noun.tag_ == "NNS"
        and noun.ent_type_ == "DATE"
        and noun.lemma_ in cues.ages
        and not any(child.lower_ == "of" for child in noun.children)
        for noun in nouns
    )


def _is_for_days(trigger: Token, cues: PermanenceCues) -> bool:
    """Whether days count out a state: "stayed shut on Monday", "is closed today", "closed on Saturday and Sunday"."""
    verb = trigger.head if trigger.dep_ in _PREDICATIVE else trigger
    days = [day for host in {trigger, verb} for day in _days_of(host)]
    if any(conjunct.ent_type_ == "DATE" for day in days for conjunct in day.conjuncts):
        return True
    is_passive = any(child.dep_ == "auxpass" and child.tag_ in ("VBZ", "VBP") for child in trigger.children)
    is_state = verb is not trigger and (verb.lemma_ in cues.staying or verb.tag_ in ("VBZ", "VBP"))
    return bool(days) and (is_state or is_passive)


def _days_of(verb: Token) -> Iterator[Token]:
    """The days that hang on a verb, bare or after "on": "Monday", "today"."""
    for child in verb.children:
        if child.dep_ == "npadvmod" and _is_day(child):
            yield child
        elif child.lower_ == "on":
            yield from (noun for noun in child.children if noun.dep_ == "pobj" and _is_day(noun))


def _is_day(token: Token) -> bool:
    is_named = token.pos_ == "PROPN" or (token.pos_ in ("NOUN", "NUM") and token.n_lefts == 0)
    return token.ent_type_ == "DATE" and is_named and token.tag_ not in ("NNS", "NNPS")


def _opens_range(preposition: Token) -> bool:
    """Whether two times follow from and to which it lasts: "between noon and one", "from Monday to Friday"."""
    if preposition.dep_ != "prep":
        return False
    if preposition.lower_ == "between":
        return sum(_is_time(noun) for noun in _objects(preposition)) > 1
    if preposition.lower_ != "from" or not any(_is_time(noun) for noun in _objects(preposition)):
        return False
    nouns = list(_objects(preposition))
    later = [word for host in (preposition, preposition.head, *nouns) for word in host.children if word.dep_ == "prep"]
    return any(_is_time(noun) for word in later if word.i > preposition.i for noun in _objects(word))


def _is_said_to_last(noun: Token, cues: PermanenceCues) -> bool:
    """Whether a verb tells how long an event noun lasts: "The closure is expected to last two weeks"."""
    if noun.pos_ != "NOUN":
        return False
    hosts = [noun.head] if noun.dep_ in SUBJECTS else []
    hosts.extend(child for child in noun.children if child.dep_ in ("acl", "relcl"))
    verbs = [verb for host in hosts for verb in (host, *host.children) if verb.lemma_ in cues.lasting]
    words = [child for verb in verbs for child in verb.children]
    return any(_is_time(word) or _gives_length(word) or _opens_range(word) for word in words)


def _is_time(token: Token) -> bool:
    return token.ent_type_ in ("DATE", "TIME")
