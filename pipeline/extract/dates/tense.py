"""Whether the words around a date look back or ahead, read from the parse: verb forms, auxiliaries, planning verbs."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Token

Direction = Literal["past", "future", ""]

_AHEAD_AUX = frozenset({"will", "'ll", "wo", "shall", "may", "can", "could", "might", "should", "must", "would", "ca"})
#: Verbs and adjectives whose complement lies ahead.
_AHEAD = frozenset(
    {
        "expect", "schedule", "plan", "intend", "hope", "slate", "set", "due", "promise", "vow", "aim", "prepare",
        "want", "propose", "threaten", "anticipate", "project", "forecast", "await", "upcoming", "postpone",
        "effective", "expire", "need", "pledge", "delay", "ready", "likely",
    }
)  # fmt: skip
#: Verbs that move something to a later day, even in the past tense: "extended the offer until Friday".
_PUT_OFF = frozenset({"postpone", "extend", "delay", "adjourn", "reschedule", "suspend", "give", "set", "schedule"})
_TO = frozenset({"to", "until", "till", "through"})
#: What they govern has happened, whatever the verb above says: "will lose votes because of the killing on Friday".
_BACK = frozenset({"because", "despite", "following", "since"})
_UNTIL = frozenset({"by", "until", "till"})
_LONGEST_CLIMB = 12


def direction(token: Token) -> Direction:
    """Where the verb that governs the token points; empty when nothing tells."""
    preposition = _preposition(token)
    if preposition is not None and preposition.lower_ in _TO and preposition.head.lemma_ in _PUT_OFF:
        return "future"
    if preposition is not None and preposition.lower_ == "of" and preposition.head.lower_ == "ahead":
        return "future"
    if token.dep_ in ("poss", "compound", "nmod"):
        return ""
    at = token
    for _ in range(_LONGEST_CLIMB):
        if at.lower_ in _BACK and at.dep_ in ("prep", "pcomp", "mark"):
            return "past"
        if at.tag_[:2] in ("VB", "MD"):
            return _verb(at)
        if at.lemma_.lower() in _AHEAD and at is not token:
            return "future"
        if at.head.i == at.i:
            break
        at = at.head
    return ""


def is_deadline(token: Token) -> bool:
    """Whether the token is what "by" or "until" governs."""
    preposition = _preposition(token)
    return preposition is not None and preposition.lower_ in _UNTIL


def _preposition(token: Token) -> Token | None:
    """The preposition that governs the noun phrase a date stands in: "until" of "until Tuesday morning"."""
    at = token
    for _ in range(4):
        if at.tag_ == "IN":
            return at
        if at.tag_[:2] not in ("NN", "CD") and at is not token:
            return None
        at = at.head
    return None


def _verb(verb: Token) -> Direction:
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    forms = {child.lower_ for child in auxiliaries}
    past_aux = any(child.tag_ == "VBD" for child in auxiliaries)
    if "could" in forms and any(child.dep_ == "neg" for child in verb.children):
        return "past"  # "could not be reached Friday"
    if forms & _AHEAD_AUX or verb.tag_ == "MD":
        return "past" if "have" in forms else "future"
    if verb.lemma_ in _AHEAD and verb.tag_ in ("VBN", "VBZ", "VBP", "VBG"):
        return "past" if "had" in forms else "future"
    if "to" in forms:
        return _infinitive(verb)
    if verb.tag_ == "VBD" or past_aux or {"has", "have", "'ve"} & forms:
        return "past"
    if verb.tag_ == "VBG" and {"is", "are", "am", "'re", "'m"} & forms:
        return "future"
    if verb.tag_ == "VBN":
        return "" if {"is", "are", "'s", "'re", "be", "being"} & forms else "past"
    if verb.tag_ in ("VBG", "VB") and verb.head.i != verb.i and verb.head.tag_[:2] == "VB":
        return _verb(verb.head) if verb.head.i < verb.i else ""
    return ""


def _infinitive(verb: Token) -> Direction:
    head = verb.head
    if head.i == verb.i:
        return "future"  # headlines: "Parliament to vote Monday"
    if head.lemma_.lower() in _AHEAD:
        return "future"
    if head.tag_ in ("VBZ", "VBP", "VBG", "VB", "NN", "NNS", "JJ"):
        return "future"
    return ""
