"""Nouns that take up two named together: "both airlines", "the two men", "the two sides"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.people import People
from pipeline.link.referents import ReferentKind

#: How many they are.
PAIR = 2
#: Words that count them.
_BOTH, _TWO = "both", "two"
#: What narrows the noun down, so that it means others: "both airlines that fly there", "the two men from Larn".
_NARROWING = frozenset({"relcl", "acl", "prep", "appos", "poss"})


def is_both(token: Token) -> bool:
    """Whether "both" stands alone as a subject and so means two named before: "Both said no"."""
    return token.lower_ == _BOTH and token.dep_ in SUBJECTS and not any(True for _ in token.children)


def kind_of_pair(noun: Token, people: People) -> ReferentKind | None:
    """What "both" or "the two" before a plural means: persons, organisations or countries; None without either.

    "group" for what may be any but persons: "the two sides".
    """
    counts = {child.lower_ for child in noun.lefts}
    if noun.tag_ != "NNS" or not (_BOTH in counts or {"the", _TWO} <= counts):
        return None
    if any(child.dep_ in _NARROWING or child.dep_ in ("compound", "amod") for child in noun.children):
        return None
    lemma = noun.lemma_.lower()
    if lemma in people.parties_to:
        return "group"
    if lemma in people.countries:
        return "country"
    if lemma in people.organisations:
        return "organisation"
    return "person" if people.is_person(lemma) else None
