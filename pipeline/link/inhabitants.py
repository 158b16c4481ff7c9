"""Somebody by country or town: "the Norwegian", "the Glaswegian", who is one of those that the article names."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.people import People
from pipeline.link.mention_index import MentionIndex
from pipeline.records import Mention

#: Endings of words that mean a whole people behind "the", whatever the tagger has: "the Chinese", "the Irish".
_PEOPLES = ("ese", "sh", "ch", "s")


def is_inhabitant(token: Token, index: MentionIndex, people: People) -> bool:
    """Whether a noun in capitals is one person by where he is from: the subject "the Norwegian", not "the Dutch".

    A word for a country's people, or one of the ``inhabitants`` of people.toml.
    """
    if token.tag_ != "NNP" or token.dep_ not in SUBJECTS:
        return False
    if token.lower_.endswith(_PEOPLES) and not _says_of_one(token):
        return False
    if not follows_article(token) or any(child.dep_ == "compound" for child in token.lefts):
        return False
    return token.lower_ in people.inhabitants or _country_mention(token, index) is not None


def _says_of_one(subject: Token) -> bool:
    """Whether the clause that a subject reports is about "him": "The Portuguese said he was tired"."""
    clauses = (child for child in subject.head.children if child.dep_ == "ccomp")
    return any(below.dep_ in SUBJECTS and below.lower_ in ("he", "she") for clause in clauses for below in clause.lefts)


def follows_article(noun: Token) -> bool:
    """Whether "the" stands before a noun, and adjectives at most between: "the Pole", not "Bob Pole"."""
    return any(child.dep_ == "det" and child.lower_ == "the" for child in noun.lefts)


def country_of_inhabitant(token: Token, index: MentionIndex) -> str:
    """The country that such a noun tells, as an alpha-3 code; empty for a town's or region's."""
    mention = _country_mention(token, index)
    return mention.country if mention is not None else ""


def _country_mention(token: Token, index: MentionIndex) -> Mention | None:
    mention = index.mention_on(token)
    return mention if mention is not None and mention.label == "COUNTRY" and mention.use == "people" else None
