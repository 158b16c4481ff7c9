"""Whether a capital stands for its government: "Oslo rejects the plan", "ties with Oslo"."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from pipeline.knowledge.context_words import ContextWords
from pipeline.rule_table import Rule, always, constant, first_rule


class CapitalCase(NamedTuple):
    """A capital's ``token``, the ``first`` of the names it is joined to by "and", else itself, and words that tell."""

    token: Token
    first: Token
    words: ContextWords


def government_evidence(token: Token, words: ContextWords) -> str:
    """Why a capital means its government here: what it does, or what is done with it; empty when nothing says so.

    ``token`` is the capital's last word. A name after "and" counts like the one before: "Oslo and Quito agreed".
    """
    first = token
    while first.dep_ == "conj" and first.head.i != first.i:
        first = first.head
    case = CapitalCase(token, first, words)
    return first_rule(GOVERNMENT_RULES, case).outcome(case)


def _is_beside_its_verb(case: CapitalCase) -> bool:
    """The parser often ties the subject after "and" to the clause before; a singular verb at its side tells."""
    token, _, words = case
    verb = _next_token(token)
    return token.dep_ == "conj" and verb.tag_ == "VBZ" and verb.lemma_ in words.state_verbs


def _does_as_governments_do(case: CapitalCase) -> bool:
    _, first, words = case
    verb = first.head
    return first.dep_ == "nsubj" and verb.lemma_ in words.state_verbs and verb.pos_ in ("VERB", "AUX")


def _has_what_governments_have(case: CapitalCase) -> bool:
    _, first, words = case
    if first.dep_ != "nsubj" or first.head.lemma_ != "have":
        return False
    return _object_word(first.head) in words.state_nouns


def _owns_what_governments_own(case: CapitalCase) -> bool:
    _, first, words = case
    return first.dep_ == "poss" and first.head.lemma_.lower() in words.state_nouns


def _is_dealt_with(case: CapitalCase) -> bool:
    _, first, words = case
    preposition = first.head
    if first.dep_ != "pobj" or preposition.lower_ not in words.relation_prepositions:
        return False
    return preposition.head.lower_ in words.state_nouns


def _next_token(token: Token) -> Token:
    return token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token


def _object_word(verb: Token) -> str:
    """The verb's direct object in lower case, or empty."""
    return next((child.lower_ for child in verb.children if child.dep_ == "dobj"), "")


GOVERNMENT_RULES: tuple[Rule[CapitalCase, str], ...] = (
    Rule("and it rejects", _is_beside_its_verb, lambda case: f'subject of "{_next_token(case.token).lemma_}"'),
    Rule("it rejects", _does_as_governments_do, lambda case: f'subject of "{case.first.head.lemma_}"'),
    Rule("it has talks", _has_what_governments_have, lambda case: f'has "{_object_word(case.first.head)}"'),
    Rule("its policy", _owns_what_governments_own, lambda case: f'whose "{case.first.head.lower_}"'),
    Rule("ties with it", _is_dealt_with, lambda case: f'"{case.first.head.head.lower_} {case.first.head.lower_}" it'),
    Rule("no government", always, constant("")),
)
