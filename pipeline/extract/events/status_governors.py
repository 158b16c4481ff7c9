"""What is said of a governing word: the questions that the rules of ``status_verbs`` ask of it and its status.

Part of ``pipeline.extract.events``. "Plans" in "shelved plans to close the mill" governs "close" and is shelved itself.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.events.status_forms import VERBAL
from pipeline.extract.events.status_rules import GovernedStatus
from pipeline.extract.events.syntax import child_with, own_subject
from pipeline.extract.events.verb_forms import is_denied
from pipeline.extract.syntax import is_negated
from pipeline.records import Status


def is_governing_verb(given: GovernedStatus) -> bool:
    """Whether the governing word is a verb."""
    return given.governor.token.pos_ in VERBAL


def is_denial_denied(given: GovernedStatus) -> bool:
    """Whether what denies is negated itself: "did not rule out closing the mill"."""
    return given.status == "denied" and is_negated(given.governor.token)


def is_prevention_failed(given: GovernedStatus) -> bool:
    """Whether who was to keep it from coming didn't: "failed to prevent", "the failure to pass a budget and avert"."""
    verb, governors = given.governor.token, given.governor.lexicon.words.governors
    while verb.dep_ == "conj" and verb.head.i != verb.i:
        verb = verb.head
    return given.governor.token.lemma_ in governors.prevention and verb.head.lemma_ in governors.failure


def is_governor_negated(given: GovernedStatus) -> bool:
    """Whether "not" or "no" stands with the governing word: "no plans to close"."""
    token, words = given.governor.token, given.governor.lexicon.words.status
    return (
        is_negated(token)
        or any(child.lower_ in words.negatives and child.dep_ == "det" for child in token.children)
        or any(child.lower_ in words.ended and child.dep_ == "advmod" for child in token.children)
    )


def is_governor_negated_in_part(given: GovernedStatus) -> bool:
    """Whether "not" denies something else: "did not plan to close it until May"."""
    token = given.governor.token
    return is_negated(token) and token.pos_ != "NOUN" and not is_denied(token, given.governor.lexicon.words)


def is_possibility_negated(given: GovernedStatus) -> bool:
    """Whether a verb that leaves it open is negated: "did not ask the firm to close"."""
    return given.status == "possible" and given.governor.token.pos_ == "VERB" and is_governor_negated(given)


def is_called_for_in_deed(given: GovernedStatus) -> bool:
    """Whether an agreement or order calls for it, not a person: "The settlement calls for the mill to close"."""
    governor = given.governor
    subject = own_subject(governor.token) if governor.token.pos_ == "VERB" else None
    is_demand = governor.token.lemma_ in governor.lexicon.words.governors.demand
    return is_demand and subject is not None and subject.lemma_ in governor.lexicon.words.status.deeds


def is_meant(given: GovernedStatus) -> bool:
    """Whether it is what a law or the like is meant to bring about: "The law is intended to close clinics"."""
    verb, lexicon = given.governor.token, given.governor.lexicon
    if verb.lemma_ not in lexicon.words.governors.intention or child_with(verb, "auxpass") is None:
        return False
    subject = own_subject(verb)
    return subject is not None and subject.lemma_ in lexicon.words.status.courses


def is_permission_denied(given: GovernedStatus) -> bool:
    """Whether nothing and nobody allows it.

    As in "is not allowed to close", "No law allows the town to close it", "refused to allow the mill to close".
    """
    verb, words = given.governor.token, given.governor.lexicon.words
    if verb.pos_ != "VERB" or verb.lemma_ not in words.governors.ability:
        return False
    is_refused = verb.dep_ == "xcomp" and given.governor.status_of_lemma(verb.head) == "denied"
    if is_refused and not is_negated(verb.head):
        return True
    if is_governor_negated(given) and not is_governor_negated_in_part(given):
        return True
    subject = own_subject(verb)
    nouns = [noun for noun in (subject, verb.head if verb.dep_ == "relcl" else None) if noun is not None]
    negatives = words.status.negatives
    return any(
        noun.lower_ in words.status.nobody or any(child.lower_ in negatives for child in noun.children)
        for noun in nouns
    )


def is_possible_plan(given: GovernedStatus) -> bool:
    """Whether what plans is left open: "may decide to close the mill", "is potentially slated for closure"."""
    if given.status != "planned" or not is_governing_verb(given):
        return False
    words = (child for child in given.governor.token.children if child.tag_ == "MD" or child.dep_ == "advmod")
    return any(given.governor.status_of_lemma(word) == "possible" for word in words)


def is_beginning_to_come(given: GovernedStatus) -> bool:
    """Whether the beginning is yet to come: "will begin to close the mill"."""
    return given.status == "ongoing" and given.governor.token.tag_ == "VB" and given.governor.heads_left > 0


def word_above_plan(given: GovernedStatus) -> Token | None:
    """The verb whose object or passive subject is a noun that plans or asks: "shelved" in "shelved plans to close"."""
    noun = given.governor.token
    if given.status not in ("planned", "possible") or noun.pos_ != "NOUN":
        return None
    is_under = noun.dep_ in ("dobj", "pobj", "nsubjpass")
    return noun.head if is_under and not is_negated(noun.head) else None


def is_request_granted(given: GovernedStatus) -> bool:
    """Whether somebody does what is asked: "granted a request to close the mill", "agreed to requests to close it"."""
    noun, lexicon = given.governor.token, given.governor.lexicon
    above = word_above_plan(given)
    if above is None or noun.lemma_ not in lexicon.words.governors.demand:
        return False
    verb = above.head if above.dep_ == "prep" else above
    return verb.lemma_ in lexicon.words.status.granting and not is_negated(verb)


def is_plan_denied(given: GovernedStatus) -> bool:
    """Whether the plan is off: "shelved plans to close the mill"."""
    above = word_above_plan(given)
    return above is not None and given.governor.status_of_lemma(above) in ("denied", "reversed")


def is_plan_weighed(given: GovernedStatus) -> bool:
    """Whether the plan is no more than thought of: "is considering a plan to close the mill"."""
    above, lexicon = word_above_plan(given), given.governor.lexicon
    if above is None or given.status != "planned":
        return False
    governors = lexicon.words.governors
    return above.lemma_ in governors.thought or above.lemma_ in governors.demand


def is_carried_out(given: GovernedStatus) -> bool:
    """Whether a verb says that it is carried out: "will enforce the closure"."""
    return given.status == "occurred" and is_governing_verb(given) and given.governor.heads_left > 0


def keep_status(given: GovernedStatus) -> Status:
    """The status that the governing word's lemma gives."""
    return given.status


def is_plan_given_up(given: GovernedStatus) -> bool:
    """Whether it stays as it was after all: "was due to close but will stay open"."""
    clause, cues = given.governor.token, given.governor.lexicon.cues
    if clause.pos_ == "ADJ" or clause.dep_ == "acomp":
        clause = clause.head
    is_past = clause.tag_ == "VBD" or any(child.tag_ == "VBD" for child in clause.children)
    verbs = (child for child in clause.children if child.dep_ == "conj")
    return (
        given.status == "planned"
        and is_past
        and any(child.lower_ in cues.opposite for verb in verbs for child in verb.children)
    )


def _said_of_plan(given: GovernedStatus) -> frozenset[str]:
    """Words after "on" or "under" in what is said of a noun that plans: "review" in "The decision is under review"."""
    noun = given.governor.token
    is_under = noun.pos_ == "NOUN" and noun.dep_ in ("nsubj", "nsubjpass", "dobj")
    if not is_under or is_negated(noun.head) or given.status not in ("planned", "possible"):
        return frozenset()
    preps = (child for child in noun.head.children if child.dep_ == "prep")
    return frozenset(below.lower_ for prep in preps for below in prep.children)


def is_plan_on_hold(given: GovernedStatus) -> bool:
    """Whether a plan rests or is given up: "Plans to close the mill are on hold", "were put on hold", "are dead"."""
    noun, words = given.governor.token, given.governor.lexicon.words.status
    if not _said_of_plan(given).isdisjoint(words.halted):
        return True
    if noun.dep_ != "nsubj" or noun.head.lemma_ != "be" or given.status not in ("planned", "possible"):
        return False
    return not is_negated(noun.head) and any(child.lower_ in words.given_up for child in noun.head.children)


def is_plan_in_view(given: GovernedStatus) -> bool:
    """Whether a plan is no more than thought of: "Plans to close the mill are under review"."""
    return not _said_of_plan(given).isdisjoint(given.governor.lexicon.words.status.in_view)
