"""Spans of noun phrases, and fixed phrases of several words.

Part of ``pipeline.extract.events``. Tokens go in, [start, end) spans of the article come out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from spacy.tokens import Token

from pipeline.extract.events.context import EventContext
from pipeline.extract.syntax import char_span, trim
from pipeline.records import Span
from pipeline.rule_table import Rule, always, constant, first_rule

#: A phrase of several words, lower case: ("as", "a", "result", "of").
Phrase = tuple[str, ...]

#: Words of a phrase that are looked at: parses of tables and lists hang thousands of words on one noun.
_LONGEST_SUBTREE = 300
#: Lists of phrases kept split into words; an event type has some thirty.
_KEPT_LISTS = 512
#: Characters cut from the ends of an argument; quotation marks stay, as they may belong to a name.
_OUTER = " ,;:–—-\t\r\n"
#: Signs before a modifier that make it non-restrictive: "the mill, a relic of war".
_SEPARATORS = (",", "--", "—", "–", ":")
#: Relations of nouns that, set off, say again or measure what stands before: "the base, a relic of war".
_APPOSITIONS = ("appos", "npadvmod", "nummod")
#: Relations of clauses and adverbs that, set off, say more of what stands before: "the mill, built in 1910".
_ASIDES = ("acl", "advcl", "advmod", "amod", "parataxis", "dep")

#: Tags of what is no second name after "and".
_NO_CONJUNCT_TAGS = ("JJ", "VB", "VBP", "VBD", "VBZ")


def subtree_tokens(token: Token) -> list[Token]:
    """The token with all that hangs on it, in text order, at most the first 300 words."""
    return list(islice(token.subtree, _LONGEST_SUBTREE))


def trimmed_span(context: EventContext, span: Span) -> Span:
    """The span without blanks, commas and dashes at its ends."""
    return trim(context.article.text, span, _OUTER)


def noun_phrase_span(head: Token, context: EventContext, connectors: Sequence[Phrase] = ()) -> Span | None:
    """The phrase of a noun as one unbroken span, None when nothing of it is left.

    Non-restrictive tails, times and causes that hang on the noun are cut: of "the base, a relic of war" it is "the
    base", and of "the closure of the pier due to ice" the words before "due". ``connectors`` are phrases that open a
    cause. A branch that is cut in the middle ends the phrase, since what follows belongs to it or to the
    clause.
    """
    tokens = subtree_tokens(head)
    cut: set[int] = set()
    for token in tokens:
        if token.i != head.i and token.i not in cut and _is_loose(token, head, context, connectors):
            cut.update(below.i for below in subtree_tokens(token))
    end = min((index for index in cut if index > head.i), default=len(context.doc))
    kept = [token for token in tokens if token.i not in cut and token.i < end]
    while kept and kept[-1].i > head.i and (kept[-1].dep_ == "cc" or kept[-1].text in _SEPARATORS):
        kept.pop()  # what followed "and" was cut
    span = char_span(kept)
    return trimmed_span(context, span) if span else None


class _Modifier(NamedTuple):
    """A token below ``head``, whose phrase is measured, and whether a comma, dash or colon stands before its branch."""

    token: Token
    head: Token
    is_set_off: bool
    context: EventContext
    connectors: Sequence[Phrase]


def _is_loose(token: Token, head: Token, context: EventContext, connectors: Sequence[Phrase]) -> bool:
    """Whether a token below a noun doesn't belong to its phrase, by the first rule that applies to it."""
    edge = token.left_edge.i
    is_set_off = edge > 0 and context.doc[edge - 1].text in _SEPARATORS
    modifier = _Modifier(token, head, is_set_off, context, connectors)
    return first_rule(_LOOSE_RULES, modifier).outcome(modifier)


def _is_own_possessive_mark(modifier: _Modifier) -> bool:
    return modifier.token.tag_ == "POS" and modifier.token.head.i == modifier.head.i


def _stands_before(modifier: _Modifier) -> bool:
    return modifier.token.i < modifier.head.i and modifier.token.dep_ != "predet"


def _is_opening_mark(modifier: _Modifier) -> bool:
    """Whether it is a quotation mark or conjunction that the phrase begins with."""
    return modifier.token.dep_ in ("punct", "cc") and modifier.token.i == modifier.head.left_edge.i


def _is_relative_clause(modifier: _Modifier) -> bool:
    return modifier.token.dep_ == "relcl"


def _is_set_off(modifier: _Modifier) -> bool:
    return modifier.is_set_off


def _is_apposition(modifier: _Modifier) -> bool:
    return modifier.is_set_off and modifier.token.dep_ in _APPOSITIONS


def _is_no_larger_place(modifier: _Modifier) -> bool:
    """Whether it isn't the second name of "Harwick, Norway"."""
    token, places = modifier.token, modifier.context.places
    return token.i not in places or token.head.i not in places


def _is_aside(modifier: _Modifier) -> bool:
    return modifier.is_set_off and modifier.token.dep_ in _ASIDES


def _follows_its_head(modifier: _Modifier) -> bool:
    return modifier.token.i > modifier.token.head.i


def _is_mistagged_conjunct(modifier: _Modifier) -> bool:
    """Whether it is a verb after "and" that was taken for an adjective beside a name."""
    token = modifier.token
    return token.dep_ == "conj" and token.head.pos_ == "PROPN" and token.tag_ in _NO_CONJUNCT_TAGS


def _is_preposition(modifier: _Modifier) -> bool:
    return modifier.token.dep_ == "prep"


def _is_loose_preposition(modifier: _Modifier) -> bool:
    """Whether a prepositional phrase is set off, opens a tail or a cause, or is a time: "in May"."""
    token, context = modifier.token, modifier.context
    return (
        any(child.dep_ == "pobj" and context.is_time(child) for child in token.children)
        or modifier.is_set_off
        or token.lower_ in context.words.phrases.tail_openers
        or phrase_starts_at(token, modifier.connectors)
    )


def _is_loose_otherwise(modifier: _Modifier) -> bool:
    """Whether any other word opens a tail or is an adverbial noun after its head: "last year"."""
    if modifier.token.lower_ in modifier.context.words.phrases.tail_openers:
        return True
    return modifier.token.dep_ == "npadvmod" and _follows_its_head(modifier)


#: Whether a modifier is cut from the phrase, by its kind.
_LOOSE_RULES: tuple[Rule[_Modifier, bool], ...] = (
    # "The city's closure of the pier": the city acts and is no part of the target.
    Rule("possessive mark", _is_own_possessive_mark, constant(True)),
    Rule("before the noun", _stands_before, _is_opening_mark),
    # "the mill, which opened in 1910", but not "the mill which the firm owned".
    Rule("relative clause", _is_relative_clause, _is_set_off),
    # "the base, a relic of war".
    Rule("apposition", _is_apposition, _is_no_larger_place),
    # "the mill, built in 1910".
    Rule("clause or adverb set off", _is_aside, _follows_its_head),
    # "the mission in St. Gallen and expel its staff".
    Rule("verb beside a name", _is_mistagged_conjunct, constant(True)),
    # "the mill in Hull", but not "the closure in May".
    Rule("preposition", _is_preposition, _is_loose_preposition),
    Rule("any other", always, _is_loose_otherwise),
)


@lru_cache(maxsize=_KEPT_LISTS)
def split_phrases(phrases: tuple[str, ...]) -> tuple[Phrase, ...]:
    """Phrases as tuples of words, the longest first, so that "because of" is tried before "because"."""
    return tuple(sorted((tuple(phrase.split()) for phrase in phrases), key=lambda words: (-len(words), words)))


def phrase_starts_at(token: Token, phrases: Sequence[Phrase]) -> bool:
    """Whether one of the phrases (lower-case words) begins at the token."""
    return phrase_end(token, phrases) > 0


def phrase_end(token: Token, phrases: Sequence[Phrase]) -> int:
    """The index of the token after the first of the phrases that begins at ``token``; 0 where none does."""
    first = token.lower_
    for phrase in phrases:
        end = token.i + len(phrase)
        if phrase[0] == first and tuple(word.lower_ for word in token.doc[token.i : end]) == phrase:
            return end
    return 0
