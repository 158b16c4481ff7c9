"""What a target that names nothing stands for: pronouns, bare numbers, "the plant", and nouns with no target at all.

Part of ``pipeline.extract.events``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from pipeline.extract.events.rules import Rules, target_classes, typed_class
from pipeline.extract.events.syntax import EventContext, around, clause_subject, contained, coordinated
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.events.types import Trigger
from pipeline.records import Event, Spans

#: Sentences before the trigger's own in which a pronoun's noun, or the sort of target meant, is looked for.
_BACK = 3
_BACK_WORDS = 200
PRONOUNS = {
    "it": "one",
    "they": "many",
    "them": "many",
    "its": "one",
    "their": "many",
    "both": "many",
    "itself": "one",
}
PLURAL = frozenset({"NNS", "NNPS"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
#: How many words back a definite noun may take up.
_FAR_BACK = 600


@dataclass(frozen=True, slots=True)
class Target:
    """What an event happens to: its noun (None: nothing said), the class it is of and how that is known.

    ``antecedent`` is the noun before that a pronoun stands for.
    """

    token: Token | None
    kind: str
    evidence: str
    places: Spans = ()
    antecedent: Token | None = None


def recent_target_kind(trigger: Token, rule: Trigger, rules: Rules) -> str:
    """The kind of target last spoken of in this or the sentences before."""
    for token in nouns_before(trigger):
        for each in target_classes(token, rules):
            if each.name in rule.near:
                return each.kind
    return ""


def nouns_before(token: Token) -> Iterator[Token]:
    """Nouns before the token, the nearest first, over the last few sentences."""
    sentences = 0
    for index in range(token.i - 1, max(token.i - _BACK_WORDS, -1), -1):
        other = token.doc[index]
        if other.nbor(1).is_sent_start and not other.is_space:
            sentences += 1
        if sentences > _BACK:
            return
        if other.pos_ in ("NOUN", "PROPN"):
            yield other


def pronoun_target(pronoun: Token, rule: Trigger, rules: Rules, scene: EventContext) -> Target | None:
    """What a pronoun or a bare number stands for: the nearest noun before that agrees with it and fits the rule."""
    number = PRONOUNS.get(pronoun.lower_, "many")
    acting = clause_subject(pronoun.head) if pronoun.dep_ == "dobj" else None
    # "They don't shut them down": whoever acted last is "they", so "them" is something else.
    taken = acting is not None and PRONOUNS.get(acting.lower_) == number
    for token in nouns_before(pronoun):
        if taken and token.dep_ in SUBJECTS:
            continue
        plural = token.tag_ in PLURAL or bool(coordinated(token))
        typed = typed_class(token, rule, rules)
        if typed is not None and plural == (number == "many"):
            return Target(pronoun, typed.kind, "pronoun", antecedent=token if _same_count(pronoun, token) else None)
        # A body of people may be "they" in news English.
        if rule.named and token.i in scene.names and token.dep_ in SUBJECTS and pronoun.pos_ == "PRON":
            return Target(pronoun, "other", "pronoun", antecedent=token)
    return None


def shared_target(noun: Token, rule: Trigger, rules: Rules) -> Target | None:
    """ "The airport reopened after a two-day closure": what the verb that undoes it, or is undone, happens to."""
    verbs = {
        word for word, found in rules.triggers["verb"].items() if any(each.reverses != rule.reverses for each in found)
    }
    found = [
        (token, typed)
        for token in around(noun)
        if token.dep_ in ("nsubj", "nsubjpass", "dobj")
        and token.head.lemma_ in verbs
        and (typed := typed_class(token, rule, rules))
    ]
    apart = any(
        child.dep_ in ("compound", "prep") and child.lower_ not in ("for", "in")
        for child in noun.children
        if child.ent_type_ not in ("DATE", "TIME")
    )
    return Target(found[0][0], found[0][1].kind, "typed") if len(found) == 1 and not apart else None


def fuller_antecedent(target: Token, inner: Token, scene: EventContext) -> Token | None:
    """The noun before that "the plant" takes up: same word and number, with more said of it.

    The nearest one within the last few sentences, farther back only when there is no other; None when the text doesn't
    tell or the target says more itself than "the" and a number.
    """
    if target.i != inner.i or inner.pos_ != "NOUN" or not _is_bare(inner) or inner.i in scene.names:
        return None
    doc, plural = inner.doc, inner.tag_ in PLURAL
    fuller: list[Token] = []
    for index in range(inner.left_edge.i - 1, max(inner.i - _FAR_BACK, -1), -1):
        other = doc[index]
        if other.lemma_.lower() != inner.lemma_.lower() or other.pos_ not in ("NOUN", "PROPN"):
            continue
        if other.dep_ not in ("compound", "nmod") and (other.tag_ in PLURAL) == plural and not _is_bare(other):
            fuller.append(other)
    if not fuller:
        return None
    recent = {token.i for token in nouns_before(inner)}
    said = {" ".join(token.lower_ for token in each.lefts if token.dep_ != "det") for each in fuller}
    return fuller[0] if fuller[0].i in recent or len(said) == 1 else None


def _count_of(token: Token) -> int:
    """The small number that a token says, 0 when it says none."""
    if token.lower_ in _NUMBERS:
        return _NUMBERS.index(token.lower_) + 2
    return int(token.text) if token.text.isdecimal() and len(token.text) < 4 else 0


def _same_count(number: Token, noun: Token) -> bool:
    """Whether "the four" may be all of the noun: it has no number of its own, or the same one."""
    others = [_count_of(child) for child in noun.children if child.dep_ == "nummod"]
    return not _count_of(number) or not others or _count_of(number) in others


def _is_bare(noun: Token) -> bool:
    """Only "the" (or "this", "both") and maybe a number before it, and nothing after."""
    if any(child.dep_ in ("prep", "relcl", "acl", "appos", "conj") and child.i > noun.i for child in noun.children):
        return False
    before = [child for child in noun.lefts if child.dep_ not in ("punct", "cc", "preconj", "predet")]
    return any(child.lower_ in _DEFINITE for child in before) and all(
        child.lower_ in _DEFINITE or child.dep_ == "nummod" for child in before
    )


@dataclass(frozen=True, slots=True)
class PriorEvent:
    """An event told before: its trigger, its target's noun (None: only places), and the event itself."""

    trigger: Token
    noun: Token | None
    event: Event


def resolve(token: Token, target: Target, event: Event, told: Sequence[PriorEvent]) -> Event:
    """The event with what it takes up from those told before, where the text tells.

    A bare noun has the target of the last event, if that was told within a few sentences ("the closures" after "will
    close two mills"; a plural takes up only several things). A bare number has the places of the last event with as
    many.
    """
    if target.evidence == "bare" and told and _takes_up(token):
        last = told[-1]
        several = last.noun is not None and (contained(last.noun).tag_ in PLURAL or bool(coordinated(last.noun)))
        near = any(noun.i <= last.trigger.i or noun is last.noun for noun in nouns_before(token))
        words = last.event.antecedent or last.event.target
        if near and words is not None and (several or token.tag_ not in PLURAL):
            return replace(event, antecedent=words, target_kind=last.event.target_kind)
    count = _count_of(target.token) if target.token is not None and target.evidence == "pronoun" else 0
    if count and not event.places:
        same = (each.event.places for each in reversed(told) if each.event.target_kind == event.target_kind)
        return replace(event, places=next((places for places in same if len(places) == count), ()))
    return event


def _takes_up(noun: Token) -> bool:
    if noun.pos_ != "NOUN" or any(child.dep_ in ("compound", "poss", "prep") for child in noun.children):
        return False
    return any(child.lower_ in _DEFINITE for child in noun.children)
