"""What is denied of an event: that it is or was so, that it is to come, or nothing, as where somebody is against it.

Part of ``pipeline.extract.events``. Denials are not alike: who "has no plans to close the mill" may yet have to, and
who says that it "has not closed" doesn't say that it never will.
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from pipeline.extract.events.rules import StatusLexicon
from pipeline.extract.events.status_rules import StatusDecision
from pipeline.extract.events.syntax import AUXILIARIES, TENSED_TAGS, is_infinitive
from pipeline.extract.events.verb_forms import has_condition, is_finite
from pipeline.knowledge.events.words import EventWords
from pipeline.records import Denial
from pipeline.rule_table import Rule, always, constant, first_rule

#: Relations of an adjective or participle to the verb that it is said with: "is closed".
_PREDICATIVE = ("acomp", "oprd", "attr")
#: Parts of speech of verbs.
_VERBAL = ("VERB", "AUX")
#: What ``Event.status_rule`` says of an event that is denied by telling that all stays as it is: "The pool stays open".
UPHELD_RULE = "it stays as it is"
#: Heads above a trigger within which a word that keeps it from coming may stand: "prevented / it / from / closing".
_STEPS = 3
#: Rules of the status by which a deed is denied though the trigger itself has no tense: "has yet to close".
_ONLY_NOT_DONE = ("yet to", "near miss")


class _Denied(NamedTuple):
    """A trigger that is denied, the ``verb`` that has its tense, and what decided on its status."""

    trigger: Token
    verb: Token
    decision: StatusDecision
    lexicon: StatusLexicon

    @property
    def words(self) -> EventWords:
        return self.lexicon.words


def denial_of(trigger: Token, decision: StatusDecision, lexicon: StatusLexicon) -> Denial:
    """What a denied trigger denies; empty for one that isn't denied, and where its words may mean any of it."""
    if decision.status != "denied":
        return ""
    is_predicative = trigger.dep_ in _PREDICATIVE and trigger.head.pos_ in _VERBAL
    case = _Denied(trigger, trigger.head if is_predicative else trigger, decision, lexicon)
    return first_rule(_DENIAL_RULES, case).outcome(case)


def _modals(denied: _Denied) -> list[str]:
    return [child.lower_ for child in denied.verb.children if child.dep_ in AUXILIARIES and child.tag_ == "MD"]


def _is_duty(denied: _Denied) -> bool:
    return not denied.words.status.advising.isdisjoint(_modals(denied))


def _is_asked_for(denied: _Denied) -> bool:
    """Whether it is what somebody asks for or would like: "demanded that it not be closed"."""
    verb, governors = denied.verb, denied.words.governors
    if verb.dep_ not in ("ccomp", "xcomp", "acl", "advcl") or _modals(denied) or _is_past(denied):
        return False
    return verb.head.lemma_ in governors.demand or verb.head.lemma_ in governors.wish


def _is_averted(denied: _Denied) -> bool:
    """Whether a word above tells that it was kept from coming: "saved from closure", "prevented it from closing"."""
    above = denied.trigger
    for _ in range(_STEPS):
        above = above.head
        if above.lemma_ in denied.words.governors.prevention:
            return True
    return False


def _is_under_condition(denied: _Denied) -> bool:
    return has_condition(denied.verb, denied.lexicon)


def _is_motive(denied: _Denied) -> bool:
    """Whether only a motive is denied: "The aim is not to close the mill"."""
    be = denied.verb.head
    if denied.verb.dep_ not in ("xcomp", "ccomp") or be.lemma_ != "be":
        return False
    return any(child.dep_ == "nsubj" and child.lemma_ in denied.words.status.motives for child in be.children)


def _is_deed_by_rule(denied: _Denied) -> bool:
    return denied.decision.rule in _ONLY_NOT_DONE


def _is_ahead(denied: _Denied) -> bool:
    """Whether it lies ahead of who denies it: "will not close", "has no plans to close"."""
    if denied.verb.pos_ not in _VERBAL:
        return denied.trigger.head.lemma_ in denied.words.governors.cancellation
    return bool(_modals(denied)) or is_infinitive(denied.verb) or not is_finite(denied.verb, denied.words)


def _is_state(denied: _Denied) -> bool:
    """Whether it tells how things stand: "stays open", "is not closed", "is still running"."""
    is_upheld = denied.decision.rule == UPHELD_RULE
    is_adjective = denied.verb.i != denied.trigger.i and denied.verb.lemma_ in denied.words.verbs.passing_copulas
    return (is_upheld and denied.verb.tag_ != "VBD") or (is_adjective and not _is_perfect(denied))


def _is_perfect(denied: _Denied) -> bool:
    return any(child.lemma_ == "have" and child.dep_ in AUXILIARIES for child in denied.verb.children)


def _is_past(denied: _Denied) -> bool:
    """Whether its verb tells of the past or of how things stand: "did not close", "has not closed", "is not closed"."""
    verb = denied.verb
    if verb.pos_ not in _VERBAL:
        return False
    tenses = [child for child in verb.children if child.dep_ in AUXILIARIES and child.tag_ in TENSED_TAGS]
    is_progressive = verb.tag_ == "VBG" and all(child.lemma_ == "be" for child in tenses)
    return not is_progressive and (bool(tenses) or verb.tag_ in TENSED_TAGS)


_DENIAL_RULES: tuple[Rule[_Denied, Denial], ...] = (
    # "The mill must not close".
    Rule("duty", _is_duty, constant("opposition")),
    # "demanded that the mill not be closed".
    Rule("asked for", _is_asked_for, constant("opposition")),
    # "saved the mill from closure".
    Rule("averted", _is_averted, constant("opposition")),
    # "would not close if somebody bought it".
    Rule("condition", _is_under_condition, constant("opposition")),
    # "The aim is not to close the mill".
    Rule("motive", _is_motive, constant("opposition")),
    # "has yet to close".
    Rule("deed by its rule", _is_deed_by_rule, constant("deed")),
    # "will not close", "refused to close".
    Rule("ahead", _is_ahead, constant("plan")),
    # "stays open", "is not closed".
    Rule("state", _is_state, constant("state")),
    # "has not closed".
    Rule("past", _is_past, constant("deed")),
    # "is not closing", "denied the closure".
    Rule("otherwise", always, constant("")),
)
