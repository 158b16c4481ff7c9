"""Names behind capitals: "the CO" of Circle Officer Ada Brandt, "HCSO" of the Harlow County Sheriff's Office."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from pipeline.link.mention_index import initials
from pipeline.records import Mention, Span

#: Two capitals and more, alone: "CO", "HCSO".
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
#: Letters of what may be an office's initials: "CO", "DIGP".
_FEWEST_LETTERS, _MOST_LETTERS = 2, 4
#: Tokens back to the name that capitals stand for, so that time does not grow with the square of the text.
_MAX_TOKENS = 3000
#: What ends the sentence before an office.
_SENTENCE_END = re.compile(r"[.\n“”\"]")
#: Letters from which on capitals without "the" may be an organisation's initials, and its words at most.
_FEWEST_OF_NAME, _MOST_WORDS = 3, 9
#: Characters before a name in which its office stands, in the same sentence.
_REACH = 80
#: Words without a letter among the initials: "Superintendent of Police" has "SP".
_SMALL = frozenset({"of", "the", "and", "for", "in", "de"})
#: What brackets within an office tell: "Deputy commissioner of police (crime)".
_BRACKETS = re.compile(r"\([^()]{1,40}\)")
_WORDS = re.compile(r"[^\W\d_]+")
#: Tags of words in an organisation's name, and of those in the middle of one.
_NAME_TAGS = frozenset({"NNP", "NNPS"})
_INNER_TAGS = frozenset({"NNP", "NNPS", "IN", "CC", "POS", "DT"})


def with_initials_of_roles(
    mentions: Sequence[Mention], doc: Doc, text: str, long_names: Container[str]
) -> list[Mention]:
    """The mentions with "the CO" as the person before whose name "Circle officer" stands, where there is just one.

    So, too, capitals that the parser took for a name of their own as the organisation whose words begin with them.
    ``mentions`` are in text order, and stay so. ``long_names`` has the short names that are known already.
    """
    capitals = list(_find_capitals(doc, text))
    if not capitals:
        return list(mentions)
    by_start: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_start[mention.start].append(mention)
    changed: dict[Span, Mention] = {}
    acronyms = {text[mention.start : mention.end] for mention in mentions if mention.origin == "acronym"}
    bearers = _bearers_by_initials(mentions, text)
    for token in capitals:
        start, end = token.idx, token.idx + len(token)
        if any(mention.end != end for mention in by_start[start]):
            continue
        own = next(iter(by_start[start]), None)
        meant = sorted(bearers.get(token.text, ()))
        if len(meant) == 1 and _has_article(token):
            changed[start, end] = Mention(start, end, "PERSON", meant[0], reason="initials of a role")
        elif own is not None and token.text not in acronyms and token.text not in long_names:
            name = next(_names_before(token, doc), "") if _may_be_organisation(own) else ""
            if name:
                changed[start, end] = replace(own, label="ORG", canonical=name)
    kept = [mention for mention in mentions if (mention.start, mention.end) not in changed]
    return sorted([*kept, *changed.values()], key=lambda mention: (mention.start, mention.end, mention.label))


def _find_capitals(doc: Doc, text: str) -> Iterator[Token]:
    """The tokens in capitals that are names to the tagger, in text order."""
    for match in _CAPITALS.finditer(text):
        span = doc.char_span(*match.span())
        if span is not None and len(span) == 1 and span[0].tag_ in _NAME_TAGS:
            yield span[0]


def _may_be_organisation(mention: Mention) -> bool:
    return mention.label in ("PERSON", "ORG") and mention.end - mention.start >= _FEWEST_OF_NAME


def _has_article(token: Token) -> bool:
    return token.i > 0 and token.nbor(-1).lower_ == "the" and len(token) <= _MOST_LETTERS


def _bearers_by_initials(mentions: Sequence[Mention], text: str) -> dict[str, set[str]]:
    """Who is named in full behind words that begin with the letters, or behind "(SP)", by the letters."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.label != "PERSON" or " " not in mention.canonical:
            continue
        before = _SENTENCE_END.split(text[max(mention.start - _REACH, 0) : mention.start])[-1]
        words = [word for word in _WORDS.findall(_BRACKETS.sub(" ", before)) if word.lower() not in _SMALL]
        letters = "".join(word[0] for word in words).upper()
        bracketed = [brackets[1:-1] for brackets in _BRACKETS.findall(before)]  # "Superintendent of Police (SP)"
        ends = [letters[-length:] for length in range(_FEWEST_LETTERS, min(_MOST_LETTERS, len(letters)) + 1)]
        for office in (*bracketed, *ends):
            bearers[office].add(mention.canonical)
    return bearers


def _names_before(capitals: Token, doc: Doc) -> Iterator[str]:
    """The names in the text before, nearest first, whose capitalised words begin with the letters of ``capitals``."""
    for first in range(capitals.i - _FEWEST_OF_NAME, max(capitals.i - _MAX_TOKENS, -1), -1):
        if doc[first].tag_ not in _NAME_TAGS or doc[first].text[0] != capitals.text[0]:
            continue
        if first and doc[first - 1].tag_ in _NAME_TAGS:
            continue  # the end of a longer name
        last = first
        while last + 1 < capitals.i and last - first < _MOST_WORDS and doc[last + 1].tag_ in _INNER_TAGS:
            last += 1
            name = doc[first : last + 1].text
            if doc[last].tag_ in _NAME_TAGS and initials(name) == capitals.text:
                yield name
                break
