"""Whether the words around a date look back or ahead, read from the parse by a table of named rules.

"The guards left on Friday" means last Friday, "the guards will leave on Friday" the next one. The word that governs the
date is found by climbing the parse to its verb; ``VERB_RULES`` then gives the direction of the verb from its form and
its auxiliaries. The word lists are in models/dates.toml.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from pipeline.extract.syntax import content_clause_around
from pipeline.knowledge.dates import DateWords
from pipeline.rule_table import Rule, always, constant, first_rule

Direction = Literal["past", "future", ""]
#: Where a verb points by its form: "head" asks the verb above it instead, None is for forms that no rule describes.
VerbDirection = Direction | Literal["head"] | None

#: Heads climbed from a date to its verb at most: a bound for broken parses. In quotes/dev no date needs more than five.
_LONGEST_CLIMB = 12
#: Tokens looked at from a date up to its preposition, both included: "Tuesday", "morning", "until" are three.
_LONGEST_NOUN_CLIMB = 4


@dataclass(frozen=True, slots=True)
class TenseReading:
    """Where the words around a date point, and the ``rule`` that said so: a rule's name and the verb or word it read.

    ``direction`` is "past", "future" or empty when nothing tells; then ``rule`` may be empty too.
    """

    direction: Direction
    rule: str = ""


@dataclass(frozen=True, slots=True)
class VerbForm:
    """A verb with what its rules ask about.

    ``auxiliaries`` has its auxiliaries in lower case ("'ll", "have", "to"), ``past_auxiliary`` whether one of them is a
    past form ("was"), ``words`` the lists of dates.toml.
    """

    verb: Token
    auxiliaries: frozenset[str]
    past_auxiliary: bool
    words: DateWords


def read_tense(token: Token, words: DateWords) -> TenseReading:
    """Where the verb that governs a date's token points, with the rule that decided.

    >>> read_tense(doc[5], words)  # "Friday" of "The guards will leave on Friday"
    TenseReading(direction='future', rule='modal (leave)')
    """
    if token.dep_ in ("compound", "nmod") and token.head.lower_ in words.day_parts:
        token = token.head  # "evening" of "from Friday evening"
    preposition = _preposition_above(token)
    if preposition is not None and _is_postponed(preposition, words):
        return TenseReading("future", f"put off to a later day ({preposition.head.text})")
    if preposition is not None and preposition.lower_ == "of" and preposition.head.lower_ == "ahead":
        return TenseReading("future", "ahead of")
    if token.dep_ in ("poss", "compound", "nmod"):
        is_by = preposition is not None and preposition.lower_ in words.deadlines
        return _read_governor(token, words) if is_by else TenseReading("")  # "sold by the Friday deadline"
    return _read_governor(token, words)


def is_deadline(token: Token, words: DateWords) -> bool:
    """Whether "by" or "until" governs the token, as in "until Tuesday morning"."""
    preposition = _preposition_above(token)
    return preposition is not None and preposition.lower_ in words.deadlines


def _is_postponed(preposition: Token, words: DateWords) -> bool:
    return preposition.lower_ in words.postponed_to and preposition.head.lemma_ in words.postponing


def _read_governor(token: Token, words: DateWords) -> TenseReading:
    """Climb from the token to the first word that tells: a verb, a planning noun or adjective, "because"."""
    ancestor = token
    for _ in range(_LONGEST_CLIMB):
        if ancestor.lower_ in words.looking_back and ancestor.dep_ in ("prep", "pcomp", "mark"):
            return TenseReading("past", f"looks back ({ancestor.text})")
        if ancestor.tag_[:2] in ("VB", "MD"):
            return _read_verb(content_clause_around(token, ancestor) or ancestor, words)
        if ancestor is not token and ancestor.lemma_.lower() in words.planning:
            return TenseReading("future", f"planning word ({ancestor.text})")
        if ancestor.head.i == ancestor.i:
            break
        ancestor = ancestor.head
    return TenseReading("")


def _preposition_above(token: Token) -> Token | None:
    """The preposition that governs the noun phrase a date stands in: "until" of "until Tuesday morning"."""
    ancestor = token
    for _ in range(_LONGEST_NOUN_CLIMB):
        if ancestor.tag_ == "IN":
            return ancestor
        if ancestor.tag_[:2] not in ("NN", "CD") and ancestor is not token:
            return None
        ancestor = ancestor.head
    return None


def _read_verb(verb: Token, words: DateWords) -> TenseReading:
    """The first rule that holds of the verb; a rule that asks the head only ever climbs to an earlier verb."""
    while True:
        form = _form_of(verb, words)
        rule = first_rule(VERB_RULES, form)
        direction = rule.outcome(form)
        if direction is None:
            return TenseReading("")
        if direction != "head":
            return TenseReading(direction, f"{rule.name} ({verb.text})")
        verb = verb.head


def _form_of(verb: Token, words: DateWords) -> VerbForm:
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    return VerbForm(
        verb,
        frozenset(auxiliary.lower_ for auxiliary in auxiliaries),
        any(auxiliary.tag_ == "VBD" for auxiliary in auxiliaries),
        words,
    )


def _is_beside_bare_form(form: VerbForm) -> bool:
    """Whether "shut", all of whose forms are alike, stands beside a bare form: "will leave and shut it on Friday"."""
    verb, head = form.verb, form.verb.head
    is_like_base = verb.tag_ in ("VBD", "VBN") and verb.lower_ == verb.lemma_ and not form.auxiliaries
    return is_like_base and verb.dep_ == "conj" and head.i < verb.i and head.tag_ == "VB"


def _could_not(form: VerbForm) -> bool:
    """Whether somebody could not do it, which is over: "Blake could not be reached Friday", "Nobody could be"."""
    if "could" not in form.auxiliaries:
        return False
    return any(child.dep_ == "neg" or _is_nobody(child, form.words) for child in form.verb.children)


def _is_nobody(subject: Token, words: DateWords) -> bool:
    """Whether a subject is none: "nobody", "no clerk", "neither of them"."""
    if subject.dep_ not in ("nsubj", "nsubjpass"):
        return False
    return subject.lower_ in words.nobody or any(child.lower_ in words.nobody for child in subject.children)


def _is_modal(form: VerbForm) -> bool:
    return form.verb.tag_ == "MD" or not form.auxiliaries.isdisjoint(form.words.modals)


def _is_modal_perfect(form: VerbForm) -> bool:
    return "have" in form.auxiliaries and _is_modal(form)


def _plans(form: VerbForm) -> bool:
    return form.verb.tag_ in ("VBN", "VBZ", "VBP", "VBG") and form.verb.lemma_ in form.words.planning


def _had_planned(form: VerbForm) -> bool:
    return "had" in form.auxiliaries and _plans(form)


def _had_planned_to(form: VerbForm) -> bool:
    """Whether the infinitive is what had been planned: "had been due to leave on Friday"."""
    head = form.verb.head
    if "to" not in form.auxiliaries or head.i == form.verb.i or head.lemma_.lower() not in form.words.planning:
        return False
    copula = head.head if head.dep_ in ("acomp", "oprd", "attr") else head
    return any(child.dep_ in ("aux", "auxpass") and child.lower_ == "had" for child in copula.children)


def _follows_calendar(form: VerbForm) -> bool:
    """Whether a present tense without object or auxiliary tells what stands in a calendar."""
    is_present = form.verb.tag_ in ("VBZ", "VBP") and form.verb.lemma_ in form.words.timetable
    return is_present and not form.auxiliaries and all(child.dep_ != "dobj" for child in form.verb.children)


def _is_infinitive(form: VerbForm) -> bool:
    return "to" in form.auxiliaries


def _is_outcome(form: VerbForm) -> bool:
    """Whether the infinitive tells what could be done, or not, of a past verb: "it was hard to leave on Friday"."""
    adjective = form.verb.head
    if not _is_infinitive(form) or adjective.lemma_.lower() not in form.words.outcomes:
        return False
    governor = adjective.head
    while governor.tag_[:2] != "VB" and governor.head.i != governor.i:
        governor = governor.head
    return _is_past(_form_of(governor, form.words))


def _is_infinitive_ahead(form: VerbForm) -> bool:
    """An infinitive that is the sentence, as in the headline "Council to vote Monday", or hangs on what lies ahead."""
    head = form.verb.head
    return _is_infinitive(form) and (
        head.i == form.verb.i
        or head.lemma_.lower() in form.words.planning
        or head.tag_ in ("VBZ", "VBP", "VBG", "VB", "NN", "NNS", "JJ")
    )


def _is_past(form: VerbForm) -> bool:
    return form.verb.tag_ == "VBD" or form.past_auxiliary


def _is_perfect(form: VerbForm) -> bool:
    return not form.auxiliaries.isdisjoint(form.words.perfect)


def _is_present_progressive(form: VerbForm) -> bool:
    return form.verb.tag_ == "VBG" and not form.auxiliaries.isdisjoint(form.words.progressive)


def _is_present_passive(form: VerbForm) -> bool:
    return form.verb.tag_ == "VBN" and not form.auxiliaries.isdisjoint(form.words.passive)


def _is_participle(form: VerbForm) -> bool:
    return form.verb.tag_ == "VBN"


def _hangs_on_earlier_verb(form: VerbForm) -> bool:
    """A bare form takes the direction of the verb before it that it hangs on: "was seen leaving on Friday"."""
    verb = form.verb
    return verb.tag_ in ("VBG", "VB") and verb.head.i < verb.i and verb.head.tag_[:2] == "VB"


#: Tried in this order; the first that applies decides. A verb that none describes points nowhere.
VERB_RULES: tuple[Rule[VerbForm, VerbDirection], ...] = (
    Rule("beside a bare form", _is_beside_bare_form, constant("head")),  # "will leave and shut it on Friday"
    Rule("could not", _could_not, constant("past")),  # "could not be reached Friday"
    Rule("modal perfect", _is_modal_perfect, constant("past")),  # "may have left on Friday"
    Rule("modal", _is_modal, constant("future")),  # "will leave on Friday"
    Rule("had planned", _had_planned, constant("past")),  # "had expected them on Friday"
    Rule("planning verb", _plans, constant("future")),  # "is scheduled for Friday"
    Rule("had planned to", _had_planned_to, constant("past")),  # "had been due to leave on Friday"
    Rule("outcome", _is_outcome, constant("past")),  # "was unable to leave on Friday"
    Rule("infinitive ahead", _is_infinitive_ahead, constant("future")),  # "wants to leave on Friday"
    Rule("infinitive", _is_infinitive, constant("")),  # "had to leave on Friday"
    Rule("past tense", _is_past, constant("past")),  # "left on Friday", "was seen on Friday"
    Rule("present perfect", _is_perfect, constant("past")),  # "has been shut since Friday"
    Rule("present progressive", _is_present_progressive, constant("future")),  # "is leaving on Friday"
    Rule("present passive", _is_present_passive, constant("")),  # "is shut on Friday"
    Rule("participle", _is_participle, constant("past")),  # "the mill shut on Friday", after a noun
    Rule("verb above", _hangs_on_earlier_verb, constant("head")),  # "kept leaving on Friday"
    Rule("calendar", _follows_calendar, constant("future")),  # "closes on Friday"
    Rule("no other rule", always, constant(None)),  # "they leave on Friday"
)
