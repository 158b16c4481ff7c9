"""Whether a noun in the frame of a trigger may be its target, and of what kind it is.

Part of ``pipeline.extract.events``.
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from pipeline.extract.events.codes import coded_class
from pipeline.extract.events.context import EventContext
from pipeline.extract.events.names import first_word_of_name
from pipeline.extract.events.reference import Target, fuller_antecedent, is_one_of_several, is_pronoun, pronoun_target
from pipeline.extract.events.rules import Rules, allowed_class, target_classes
from pipeline.extract.events.syntax import child_with, conjuncts_of, counted_noun, resolve_relative
from pipeline.knowledge.events.types import Trigger
from pipeline.rule_table import Rule, always, constant, first_rule

#: The kind of a target whose noun is of no listed class.
OTHER_KIND = "other"
#: Labels of names that are no organisation and no facility.
_OTHER_NAMES = ("PERSON", "NORP", "GPE", "LOC", "DATE", "TIME", "EVENT", "LAW", "LANGUAGE", "WORK_OF_ART")


class _Candidate(NamedTuple):
    """A noun offered as the target of ``trigger``.

    ``counted`` is the noun that it portions, "shops" for "most" in "most of the shops"; else the noun itself.
    """

    noun: Token
    counted: Token
    trigger: Trigger
    rules: Rules
    context: EventContext


def accept_target(noun: Token, trigger: Trigger, rules: Rules, context: EventContext) -> Target | None:
    """The noun as a target if the trigger's rule takes it, else None.

    It may be of a listed kind, itself or with a conjunct ("clinics and schools"), or by the noun before its number
    ("Unit Four"); where the rule allows them, a pronoun for such a noun, a named organisation, or any noun at all.
    Nouns of the counter-senses ("the gap"), dates, countries and nouns of a kind the rule doesn't allow are refused.
    """
    noun = _site_of_doors(resolve_relative(noun, context.words), context)
    counted = counted_noun(noun, context.words)
    if _is_counter_noun(counted, rules) or (noun.i in context.dates and noun.pos_ != "PRON"):
        return None
    typed = _typed_target(noun, counted, trigger, rules, context)
    if typed is not None:
        return typed
    candidate = _Candidate(noun, counted, trigger, rules, context)
    return first_rule(_ACCEPT_RULES, candidate).outcome(candidate)


def _site_of_doors(noun: Token, context: EventContext) -> Token:
    """The site whose doors they are, which they stand for: "the doors of the school closed"; else the noun itself."""
    if noun.tag_ != "NNS" or noun.lemma_ not in context.words.targets.doors:
        return noun
    of = next((child for child in noun.children if child.dep_ == "prep" and child.lower_ == "of"), noun)
    site = child_with(noun, "poss") or child_with(of, "pobj")
    return site if site is not None and site.pos_ in ("NOUN", "PROPN") else noun


def _is_counter_noun(noun: Token, rules: Rules) -> bool:
    """A noun that makes it no event, or the first part of one: "the bank account", whatever the parser made of it."""
    nouns = rules.event_type.counter.nouns
    if noun.lemma_.lower() in nouns:
        return True
    after = noun.nbor(1) if noun.i + 1 < len(noun.doc) else noun
    is_verb = after.tag_ in ("VBZ", "VBD")  # "the firm plans"
    return noun.pos_ == "NOUN" and not is_verb and after.lemma_.lower() in nouns


def _typed_target(noun: Token, counted: Token, trigger: Trigger, rules: Rules, context: EventContext) -> Target | None:
    """The noun as a target of a listed kind: by its code, itself, a conjunct, or the noun before its number or name."""
    coded = coded_class(counted, trigger, rules, context)
    if coded is not None:
        return Target(noun, coded.kind, "typed")
    for member in (counted, *conjuncts_of(counted)):
        if member.i not in context.countries:
            target_class = allowed_class(member, trigger, rules)
            if target_class is not None:
                antecedent = fuller_antecedent(noun, counted, context)
                return Target(noun, target_class.kind, "typed", antecedent=antecedent)
    numbered = _numbered_noun(counted, context) or _noun_before_name(counted)
    target_class = allowed_class(numbered, trigger, rules) if numbered is not None else None
    return Target(noun, target_class.kind, "typed") if target_class is not None else None


def _numbered_noun(number: Token, context: EventContext) -> Token | None:
    """The noun of a name that ends in its number: "Unit Four", "mine No. 2", "power station B"."""
    is_letter = len(number) == 1 and number.text.isupper()
    if not (number.like_num or is_letter or number.lower_ in context.words.targets.number_signs):
        return None
    return next((child for child in reversed(list(number.lefts)) if child.dep_ in ("compound", "nmod")), None)


def _noun_before_name(name: Token) -> Token | None:
    """The noun that says what a name after it is: "the magazine Harbour", but not in "Alder port cranes"."""
    nouns = [child for child in name.lefts if child.dep_ in ("compound", "nmod") and child.text.islower()]
    if name.pos_ != "PROPN" or not nouns or nouns[0].i == 0:
        return None
    noun = nouns[0]
    opens = noun.nbor(-1).pos_ in ("DET", "ADJ", "PRON", "ADP") and noun.nbor(1).pos_ == "PROPN"
    return noun if opens else None


def _is_of_refused_kind(candidate: _Candidate) -> bool:
    counted = candidate.counted
    return bool(target_classes(counted, candidate.rules)) or counted.i in candidate.context.countries


def _stands_for_a_noun(candidate: _Candidate) -> bool:
    """A pronoun ("it", "nine of them"), a bare number ("the four"), a quantity ("several"), or one of several."""
    noun, words = candidate.noun, candidate.context.words
    return (
        is_pronoun(noun, words.reference)
        or (noun.pos_ == "NUM" and is_pronoun(candidate.counted, words.reference))
        or (noun.pos_ == "NUM" and candidate.counted.i == noun.i)
        or noun.lower_ in words.targets.quantity_pronouns
        or is_one_of_several(noun, words)
    )


def _accept_pronoun(candidate: _Candidate) -> Target | None:
    noun, _, trigger, rules, context = candidate
    may_stand = trigger.pronouns or (trigger.counts and not is_pronoun(noun, context.words.reference))
    return pronoun_target(noun, trigger, rules, context) if may_stand else None


def _is_allowed_name(candidate: _Candidate) -> bool:
    counted, context = candidate.counted, candidate.context
    if not candidate.trigger.named:
        return False
    if counted.pos_ != "PROPN":  # a name in the plural, "closing Alders", is often tagged as a noun
        return counted.text.istitle() and counted.lower_ in context.target_names
    is_unlabelled = counted.ent_type_ not in _OTHER_NAMES and counted.i not in context.places
    if counted.i in context.names or (is_unlabelled and _has_article(counted)):
        return True
    return bool(context.target_names) and first_word_of_name(counted).lower_ in context.target_names


def _kind_of_name(candidate: _Candidate) -> str:
    """The kind of target that the article gives the name to, "other" where it says nothing."""
    first = first_word_of_name(candidate.counted).lower_
    return candidate.context.target_names.get(first, OTHER_KIND)


def _has_article(noun: Token) -> bool:
    """What is named with "the" or "its" is a thing, whatever the parser makes of it: "the RTK"."""
    return any(child.dep_ in ("det", "poss") for child in noun.children)


def _is_allowed_place(candidate: _Candidate) -> bool:
    """The name of a prison, a camp or a crossing is mostly that of a place: "shut Norrholm"."""
    counted = candidate.counted
    return candidate.trigger.placed and counted.pos_ == "PROPN" and counted.i in candidate.context.places


def _is_allowed_person(candidate: _Candidate) -> bool:
    """People who stand for their business: "we had to shut down"."""
    return candidate.trigger.people and candidate.noun.lower_ in candidate.context.words.targets.person_pronouns


def _is_any_noun_allowed(candidate: _Candidate) -> bool:
    return candidate.trigger.untyped and candidate.noun.pos_ in ("NOUN", "PROPN")


#: The target that a noun of no kind that the trigger's rule allows makes; None when it is refused.
_ACCEPT_RULES: tuple[Rule[_Candidate, Target | None], ...] = (
    Rule("of another kind", _is_of_refused_kind, constant(None)),
    Rule("pronoun", _stands_for_a_noun, _accept_pronoun),
    Rule("name", _is_allowed_name, lambda candidate: Target(candidate.noun, _kind_of_name(candidate), "named")),
    Rule("name of a place", _is_allowed_place, lambda candidate: Target(candidate.noun, OTHER_KIND, "named")),
    Rule("people", _is_allowed_person, lambda candidate: Target(candidate.noun, OTHER_KIND, "pronoun")),
    Rule("any noun", _is_any_noun_allowed, lambda candidate: Target(candidate.noun, OTHER_KIND, "untyped")),
    Rule("otherwise", always, constant(None)),
)
