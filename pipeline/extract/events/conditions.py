"""What else a rule may ask of a trigger's clause: that it is denied, that the verb stands alone, that it's no habit.

Part of ``pipeline.extract.events``.
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from pipeline.extract.events.context import EventContext
from pipeline.extract.events.rules import Rules
from pipeline.extract.events.syntax import AUXILIARIES, child_with, own_subject
from pipeline.extract.syntax import is_negated
from pipeline.knowledge.events.types import Trigger
from pipeline.rule_table import Rule, always, constant, first_rule

#: Words before and after a trigger in which a word that the rule doesn't stand beside is looked for.
_WORDS_BESIDE = 25
#: What may hang on a verb that stands alone: its subject, auxiliaries, signs, conjuncts and clauses.
_LIGHT_RELATIONS = frozenset({
    *AUXILIARIES, "nsubj", "neg", "mark", "punct", "cc", "conj", "advcl", "npadvmod", "intj", "expl", "ccomp",
})  # fmt: skip
#: Relations of an adjective to the verb that denies it: "will not be open", "won't keep it open".
_PREDICATIVE = ("acomp", "oprd", "attr")
#: Tags of adverbs, and of those that open a clause: "when the firm collapsed".
_ADVERB_TAGS = ("RB", "WRB")
#: Tags of the present tense.
_PRESENT_TAGS = ("VBZ", "VBP")
#: How days of the week end in the plural; "days" alone are a span: "closes in ten days".
_DAYS = "days"


def meets_conditions(token: Token, trigger: Trigger, context: EventContext) -> bool:
    """Whether the token, a trigger by its word, has what its rule asks for besides a target."""
    if trigger.negated and not is_denied(token):
        return False
    if trigger.upholds and not _is_upheld(token, trigger, context):
        return False
    if trigger.alone and not _stands_alone(token, trigger, context):
        return False
    return not trigger.not_beside or not _stands_beside(token, trigger.not_beside)


def is_denied(token: Token) -> bool:
    """Whether "not" or "no longer" denies the verb, or the verb that the adjective is said with.

    Both stand before a verb but after a form of "be": "were no longer in use". "No" may stand with the subject, too:
    "No trains will run".
    """
    subject = own_subject(token)
    if subject is not None and any(child.lower_ == "no" and child.dep_ == "det" for child in subject.children):
        return True
    return any(
        is_negated(verb) or any(_denies(child) and (child.i < verb.i or verb.pos_ == "AUX") for child in verb.children)
        for verb in ((token, token.head) if token.dep_ in _PREDICATIVE else (token,))
    )


def _is_upheld(token: Token, trigger: Trigger, context: EventContext) -> bool:
    """Whether it is said to stay as it is: "stays open", "is still running"; not "will be open", "is open to talks".

    What was so in the past tells nothing, unless somebody said then that it was: "insisted that the strait was open".
    """
    verb = token.head if token.dep_ in _PREDICATIVE else token
    if verb.i != token.i and verb.lemma_ not in context.words.verbs.passing_copulas:
        return False
    if is_denied(token) or is_denied(verb):
        return False
    below = {child.lower_ for host in (token, verb) for child in host.children if child.dep_ not in AUXILIARIES}
    if not below.isdisjoint(trigger.without) or (trigger.adverbs and below.isdisjoint(trigger.adverbs)):
        return False
    is_now = verb.tag_ in _PRESENT_TAGS or (verb.tag_ == "VBD" and verb.dep_ == "ccomp")
    return verb.lemma_ != "be" or is_now


def _denies(word: Token) -> bool:
    return word.lower_ == "longer" or word.dep_ == "neg"


def _stands_alone(verb: Token, trigger: Trigger, context: EventContext) -> bool:
    """Whether only times, conditions and a subject hang on the verb: "another nine will go by May"."""
    for child in verb.children:
        is_time = any(context.is_time(token) for token in (child, *child.children))
        # "It will probably go", "it will go soon", but not "it is going well".
        may_follow = child.i < verb.i or child.lower_ in context.words.verbs.light_adverbs
        is_light_adverb = child.dep_ == "advmod" and child.tag_ in _ADVERB_TAGS and may_follow
        is_light = child.dep_ in _LIGHT_RELATIONS or child.lower_ in context.words.verbs.light_prepositions
        is_light = is_light or (child.dep_ == "prt" and child.lower_ in trigger.particles)
        if not (is_light or is_time or is_light_adverb):
            return False
    return True


def _stands_beside(token: Token, words: frozenset[str]) -> bool:
    """Whether one of the words, as lemma or as written, is near in the sentence."""
    doc, sentence = token.doc, token.sent
    first, last = max(sentence.start, token.i - _WORDS_BESIDE), min(sentence.end, token.i + _WORDS_BESIDE)
    return any(word.lower_ in words or word.lemma_.lower() in words for word in doc[first:last])


class _Habit(NamedTuple):
    """A trigger with the ``verb`` whose tense it has: itself, or that of "is closed"."""

    token: Token
    verb: Token
    rules: Rules
    context: EventContext


def is_habit(token: Token, rules: Rules, context: EventContext) -> bool:
    """Whether the present tense tells of opening hours or days of rest: "closes at noon", "is closed on Mondays"."""
    habit = _Habit(token, token.head if token.dep_ in ("acomp", "oprd") else token, rules, context)
    return first_rule(_HABIT_RULES, habit).outcome(habit)


def _is_no_present(habit: _Habit) -> bool:
    """A tense other than the present, and a state or event now: "is closing"."""
    verb = habit.verb
    auxiliaries = [child for child in verb.children if child.dep_ in AUXILIARIES]
    tags = [child.tag_ for child in auxiliaries] or [verb.tag_]
    if verb.tag_ == "VBG" and auxiliaries:  # "Pubs are closing every week"
        return True
    return tags[0] not in _PRESENT_TAGS or any(child.lemma_ == "have" for child in auxiliaries)


def _has_plural_day(habit: _Habit) -> bool:
    """Whether it happens on days of rest: "on Mondays", "at weekends"."""
    prepositions = habit.context.words.places.prepositions
    return any(
        noun.dep_ == "pobj" and len(noun) > len(_DAYS) and noun.lower_.endswith(_DAYS)
        for verb in (habit.token, habit.verb)
        for prep in verb.children
        if prep.dep_ == "prep" and prep.lower_ in prepositions
        for noun in prep.children
    )


def _has_habit_word(habit: _Habit) -> bool:
    words = habit.rules.event_type.counter.habits
    return any(
        below.lower_ in words
        for verb in (habit.token, habit.verb)
        for child in verb.children
        for below in (child, *child.children, *(lower for word in child.children for lower in word.children))
        if child.dep_ in ("npadvmod", "advmod", "prep", "nmod", "amod")
    )


def _is_clock_time(habit: _Habit) -> bool:
    """Whether an hour is given without a day: "closes at noon"."""
    hours = [
        noun
        for prep in habit.verb.children
        if prep.dep_ == "prep" and prep.lower_ == "at"
        for noun in prep.children
        if noun.ent_type_ == "TIME" or noun.lower_ in habit.rules.event_type.counter.habits
    ]
    return (
        bool(hours)
        and habit.token.pos_ == "VERB"
        and child_with(habit.verb, "auxpass") is None
        and not any(token.ent_type_ == "DATE" for token in habit.verb.subtree)
    )


#: Whether a trigger tells what is so every day or week, by its tense and the times that hang on it.
_HABIT_RULES: tuple[Rule[_Habit, bool], ...] = (
    # "will close at noon", "has been closed".
    Rule("no present", _is_no_present, constant(False)),
    # "is closed on Mondays".
    Rule("days of the week", _has_plural_day, constant(True)),
    # "is closed every winter".
    Rule("word of habit", _has_habit_word, constant(True)),
    # "opens at six and closes at noon".
    Rule("hour without a day", _is_clock_time, constant(True)),
    Rule("otherwise", always, constant(False)),
)
