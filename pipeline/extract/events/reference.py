"""What a target that names nothing stands for: pronouns, bare numbers, "the plant", and nouns with no target at all.

Part of ``pipeline.extract.events``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Token

from pipeline.extract.events.context import EventContext
from pipeline.extract.events.rules import Rules, allowed_class, target_classes
from pipeline.extract.events.syntax import (
    PLURAL_TAGS,
    child_with,
    clause_subject,
    conjuncts_of,
    counted_noun,
    nearby_tokens,
)
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.events.types import Trigger
from pipeline.knowledge.events.words import EventWords, ReferenceWords
from pipeline.records import Event, Spans

#: Sentences before the trigger's own in which a pronoun's noun, or the sort of target spoken of, is looked for.
_SENTENCES_BACK = 3
#: Words back at most over these sentences; a table or list may be one sentence of thousands of words.
_WORDS_BACK = 200
#: Words back in which a definite noun ("the plant") may have its fuller mention: some thirty sentences.
_FULLER_WORDS_BACK = 600
#: Words back in which "let it reopen" may have what closed: a sentence or two.
_UNDONE_WORDS_BACK = 40
#: Figures of at most this many digits count things; "2019" is a year.
_COUNT_DIGITS = 3

#: How a target is known: its noun is of a listed kind ("typed"); it is a "named" organisation, a "pronoun", any other
#: noun ("untyped"); a place stands in its stead where such a target was spoken of before ("near"); nothing is said
#: ("bare").
Evidence = Literal["typed", "named", "pronoun", "near", "bare", "untyped"]


@dataclass(frozen=True, slots=True)
class Target:
    """What an event happens to.

    ``token`` is its noun, None when the text says nothing. ``kind`` is what the table shows ("school"), "other" for one
    of no listed kind, empty when unknown. ``evidence`` is how it is known. ``places`` are those that stand in its
    stead. ``antecedent`` is the noun before that a pronoun, a number or "the plant" stands for.
    """

    token: Token | None
    kind: str
    evidence: Evidence
    places: Spans = ()
    antecedent: Token | None = None


@dataclass(frozen=True, slots=True)
class PriorEvent:
    """An event found before in the article, with its trigger and its target's noun.

    That is None for one that has only places, and for an event noun without any, which the article may take up next.
    """

    trigger: Token
    noun: Token | None
    event: Event


def is_pronoun(token: Token, words: ReferenceWords) -> bool:
    """Whether the token is one of the pronouns that may stand for a target: "it", "both"."""
    return token.lower_ in words.singular_pronouns or token.lower_ in words.plural_pronouns


def is_person(token: Token | None, words: EventWords) -> bool:
    """Whether the token is a pronoun for people, who may stand for their business: "we"."""
    return token is not None and token.lower_ in words.targets.person_pronouns


def recent_target_kind(trigger: Token, rule: Trigger, rules: Rules) -> str:
    """The kind of target last spoken of in this or the sentences before, of those in ``rule.near``; else empty.

    With "The kingdom runs four embassies. It will withdraw from Peru." it is the kind of the embassies.
    """
    for noun in nouns_before(trigger):
        for target_class in target_classes(noun, rules):
            if target_class.name in rule.near:
                return target_class.kind
    return ""


def nouns_before(token: Token) -> Iterator[Token]:
    """Nouns before the token, the nearest first, over its own sentence and the three before."""
    sentences = 0
    for index in range(token.i - 1, max(token.i - _WORDS_BACK, -1), -1):
        word = token.doc[index]
        if word.nbor(1).is_sent_start and not word.is_space:
            sentences += 1
        if sentences > _SENTENCES_BACK:
            return
        if word.pos_ in ("NOUN", "PROPN"):
            yield word


def pronoun_target(pronoun: Token, rule: Trigger, rules: Rules, context: EventContext) -> Target | None:
    """What a pronoun or a bare number stands for: the nearest noun before that agrees with it and fits the rule.

    None when no noun of the last sentences does. A named organisation may be the noun where the rule allows names, even
    for "they", since news English speaks so of bodies of people.
    """
    words = context.words.reference
    is_singular = pronoun.lower_ in words.singular_pronouns
    is_rest = pronoun.lower_ in context.words.targets.remainders
    subjects_act = _is_acted_on_by_its_like(pronoun, words)
    # Nobody acts on himself by "it": "The council planned to close it".
    agent = clause_subject(pronoun.head) if pronoun.dep_ == "dobj" else None
    for noun in nouns_before(pronoun):
        if (subjects_act and noun.dep_ in SUBJECTS) or (agent is not None and noun.i == agent.i):
            continue
        is_plural = noun.tag_ in PLURAL_TAGS or bool(conjuncts_of(noun))
        target_class = allowed_class(noun, rule, rules)
        if target_class is not None and is_rest and not is_plural:
            return Target(pronoun, target_class.kind, "pronoun")
        if target_class is not None and is_plural != is_singular:
            is_other = _means_others(pronoun, context) or is_one_of_several(pronoun, context.words)
            is_same = _same_count(pronoun, noun, words) and not is_other
            antecedent = noun if is_same else None
            return Target(pronoun, target_class.kind, "pronoun", antecedent=antecedent)
        if rule.named and noun.i in context.names and noun.dep_ in SUBJECTS and pronoun.pos_ == "PRON":
            return Target(pronoun, "other", "pronoun", antecedent=noun)
    return None


def is_one_of_several(word: Token, words: EventWords) -> bool:
    """Whether it picks one of several that were named before: "the oldest", "the one in Osk", "the other"."""
    if not any(child.lower_ == "the" for child in word.children):
        return False
    return word.tag_ == "JJS" or (word.lower_ in words.targets.selecting and word.tag_ != "DT")


def _means_others(number: Token, context: EventContext) -> bool:
    """Whether it counts others than the noun before: "two more", "another nine"."""
    others = context.words.groups.others
    return any(word.lemma_.lower() in others for word in (number, *number.children))


def _is_acted_on_by_its_like(pronoun: Token, words: ReferenceWords) -> bool:
    """Whether the subject of the pronoun's verb is a pronoun of the same number, so that the two are not the same.

    In "They don't shut them down" whoever acted last is "they", so "them" is something else.
    """
    subject = clause_subject(pronoun.head) if pronoun.dep_ == "dobj" and is_pronoun(pronoun, words) else None
    if subject is None:  # also for "anything" in "They won't restart anything"
        return False
    if pronoun.lower_ in words.singular_pronouns:
        return subject.lower_ in words.singular_pronouns
    return subject.lower_ in words.plural_pronouns


def shared_target(noun: Token, rule: Trigger, rules: Rules, context: EventContext) -> Target | None:
    """What the verb that undoes the event, or is undone by it, happens to.

    It is the airport in "The airport reopened after a two-day closure". None when several things are undone near, or
    when the noun itself says what it happens to.
    """
    verbs = {
        word
        for word, triggers in rules.triggers["verb"].items()
        if any(trigger.reverses != rule.reverses for trigger in triggers)
    }
    targets = [
        (token, target_class)
        for token in nearby_tokens(noun)
        if token.dep_ in ("nsubj", "nsubjpass", "dobj")
        and token.head.lemma_ in verbs
        and (target_class := allowed_class(token, rule, rules))
    ]
    if len(targets) != 1 or _has_own_complement(noun, context):
        return None
    token, target_class = targets[0]
    return Target(token, target_class.kind, "typed")


def _has_own_complement(noun: Token, context: EventContext) -> bool:
    """Whether something hangs on the event noun that may tell what it happens to, other than a time."""
    words = context.words.reference.open_prepositions
    return any(
        child.dep_ in ("compound", "prep") and child.lower_ not in words
        for child in noun.children
        if child.ent_type_ not in ("DATE", "TIME")
    )


def fuller_antecedent(target: Token, noun: Token, context: EventContext) -> Token | None:
    """The noun before that "the plant" takes up: same word and number, with more said of it.

    ``target`` is the head of the target and ``noun`` the noun that it counts, mostly the same. The nearest one within
    the last few sentences is taken, one farther back only when there is no other; None when the text doesn't tell or
    the target says more itself than "the" and a number.
    """
    words = context.words.reference
    if target.i != noun.i or noun.pos_ != "NOUN" or noun.i in context.names or not _is_bare_definite(noun, words):
        return None
    fuller = list(_fuller_mentions(noun, words))
    if not fuller:
        return None
    recent = {token.i for token in nouns_before(noun)}
    descriptions = {" ".join(word.lower_ for word in mention.lefts if word.dep_ != "det") for mention in fuller}
    return fuller[0] if fuller[0].i in recent or len(descriptions) == 1 else None


def _fuller_mentions(noun: Token, words: ReferenceWords) -> Iterator[Token]:
    """Earlier tokens of the same noun in the same number that aren't bare, the nearest first."""
    lemma, is_plural = noun.lemma_.lower(), noun.tag_ in PLURAL_TAGS
    for index in range(noun.left_edge.i - 1, max(noun.i - _FULLER_WORDS_BACK, -1), -1):
        word = noun.doc[index]
        if word.lemma_.lower() != lemma or word.pos_ not in ("NOUN", "PROPN") or word.dep_ in ("compound", "nmod"):
            continue
        if (word.tag_ in PLURAL_TAGS) == is_plural and not _is_bare_definite(word, words):
            yield word


def _is_bare_definite(noun: Token, words: ReferenceWords) -> bool:
    """Whether only "the" (or "this", "both") and maybe a number stands before the noun, and nothing after it."""
    if any(child.dep_ in ("prep", "relcl", "acl", "appos", "conj") and child.i > noun.i for child in noun.children):
        return False
    before = [child for child in noun.lefts if child.dep_ not in ("punct", "cc", "preconj", "predet")]
    return any(child.lower_ in words.definite for child in before) and all(
        child.lower_ in words.definite or child.dep_ == "nummod" for child in before
    )


def _count_of(token: Token, words: ReferenceWords) -> int:
    """The small number that a token says, 0 when it says none: 3 for "three" and for "3"."""
    if token.lower_ in words.counts:
        return words.counts.index(token.lower_) + 2
    return int(token.text) if token.text.isdecimal() and len(token.text) <= _COUNT_DIGITS else 0


def _same_count(number: Token, noun: Token, words: ReferenceWords) -> bool:
    """Whether "the four" may be all of the noun: it has no number of its own, or the same one."""
    count = _count_of(number, words)
    counts = [_count_of(child, words) for child in noun.children if child.dep_ == "nummod"]
    return not count or not counts or count in counts


def resolve_reference(
    token: Token, target: Target, event: Event, prior_events: Sequence[PriorEvent], context: EventContext
) -> Event:
    """The event with what it takes up from those found before in the article; the same one where nothing is taken up.

    A bare noun has the target of the last event within a few sentences as its antecedent ("the closures" after "will
    close two mills"; a plural takes up only several things). A bare number has the places of the last event with as
    many. What "it" reopens is what closed last, and the other way round.
    """
    if target.evidence == "pronoun" and prior_events:
        event = _undone_or_done(target, event, prior_events[-1], context)
    if target.evidence == "typed" and target.antecedent is not None:
        event = _told_before(target.antecedent, event, prior_events)
    if target.evidence == "bare" and prior_events:
        resolved = _with_antecedent(token, event, prior_events[-1], context)
        if resolved is not None:
            return resolved
    if target.token is None or target.evidence != "pronoun" or event.places:
        return event
    count = _count_of(target.token, context.words.reference)
    return replace(event, places=_places_of_as_many(count, event, prior_events)) if count else event


def _told_before(antecedent: Token, event: Event, prior_events: Sequence[PriorEvent]) -> Event:
    """The event of "the bridge" with what was told of before as its antecedent, if it is a bridge, too.

    In "The Alder Bridge was shut, and cars sent over the Osk Bridge. The closure of the bridge..." that one is meant,
    though another stands nearer; nothing has been told of that. Where several were told of, the text doesn't tell.
    """
    lemma, is_plural = antecedent.lemma_.lower(), antecedent.tag_ in PLURAL_TAGS
    told = [(_noun_of(prior), prior.event) for prior in prior_events]
    alike = {
        prior.antecedent or prior.target
        for noun, prior in told
        if noun is not None and noun.lemma_.lower() == lemma and (noun.tag_ in PLURAL_TAGS) == is_plural
    }
    is_told = any(noun is not None and noun.i == antecedent.i for noun, _ in told)
    return event if is_told or len(alike) != 1 else replace(event, antecedent=alike.pop())


def _noun_of(prior: PriorEvent) -> Token | None:
    """The noun for what an event before happened to, of "it" the one that it stands for."""
    words = prior.event.antecedent
    span = prior.trigger.doc.char_span(*words) if words is not None else None
    return span.root if span is not None else prior.noun


def _undone_or_done(target: Target, event: Event, last: PriorEvent, context: EventContext) -> Event:
    """The event of a pronoun with the last event's target as antecedent, where the one undoes the other."""
    pronoun, words = target.token, last.event.antecedent or last.event.target
    is_undoing = (event.status == "reversed") != (last.event.status == "reversed")
    if pronoun is None or words is None or last.noun is None or not is_undoing:
        return event
    if pronoun.i - last.trigger.i > _UNDONE_WORDS_BACK or not is_pronoun(pronoun, context.words.reference):
        return event
    is_plural = pronoun.lower_ in context.words.reference.plural_pronouns
    if _is_several(last.noun, context) != is_plural or last.noun.i >= pronoun.i:
        return event
    return replace(event, antecedent=words, target_kind=last.event.target_kind)


def _with_antecedent(noun: Token, event: Event, last: PriorEvent, context: EventContext) -> Event | None:
    """The event of a bare noun with the last event's target as its antecedent, None when it doesn't take that up."""
    words = last.event.antecedent or last.event.target
    if words is None or not _takes_up(noun, context.words.reference):
        return None
    if noun.tag_ in PLURAL_TAGS and not _is_several(last.noun, context):
        return None
    if noun.dep_ == "pobj" and noun.head.head.i == last.trigger.i:
        return None  # "their closure in the shutdown" is another event
    if not any(before.i <= last.trigger.i or before is last.noun for before in nouns_before(noun)):
        return None
    return replace(event, antecedent=words, target_kind=last.event.target_kind)


def _takes_up(noun: Token, words: ReferenceWords) -> bool:
    """Whether an event noun says only that it was spoken of: "the closures", not "the closures of schools"."""
    if noun.pos_ != "NOUN" or child_with(noun, "compound", "poss", "prep") is not None:
        return False
    return any(child.lower_ in words.definite for child in noun.children)


def _is_several(noun: Token | None, context: EventContext) -> bool:
    if noun is None:
        return False
    is_number = noun.tag_ == "CD" and _count_of(noun, context.words.reference) > 1  # "Another two will close"
    return is_number or counted_noun(noun, context.words).tag_ in PLURAL_TAGS or bool(conjuncts_of(noun))


def _places_of_as_many(count: int, event: Event, prior_events: Sequence[PriorEvent]) -> Spans:
    for prior in reversed(prior_events):
        if prior.event.target_kind == event.target_kind and len(prior.event.places) == count:
            return prior.event.places
    return ()
