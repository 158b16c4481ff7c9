"""Firms called after their partners, "Brandt, Blake and Holm LLP": the parser takes each partner for somebody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from spacy.tokens import Doc

from pipeline.extract.entities.parser_entities import ParserEntity
from pipeline.extract.syntax import overlaps
from pipeline.knowledge.places import ContextWords

_PARTNER = r"[A-Z][\w'’-]+"


@cache
def _firm_patterns(legal_forms: frozenset[str], partner_words: frozenset[str]) -> tuple[re.Pattern[str], ...]:
    """Two partners or more joined by "and", or by commas alone, before what ends the name of a firm."""
    forms = "|".join(re.escape(form) for form in sorted(legal_forms, key=lambda form: (-len(form), form)))
    ending = rf"(?:{forms}|(?:&|and) (?:{'|'.join(sorted(partner_words))})\.?)"
    return (
        re.compile(rf"\b{_PARTNER}(?:, {_PARTNER})*,? (?:and|&) {_PARTNER},? {ending}(?!\w)"),
        re.compile(rf"\b{_PARTNER}(?:, {_PARTNER})+,? {ending}(?!\w)"),
    )


def replace_partners_by_firms(
    entities: Iterable[ParserEntity], doc: Doc, text: str, words: ContextWords
) -> Iterator[ParserEntity]:
    """The entities, those that overlap a firm's whole name replaced by the firm, an ORG; firms come last.

    In "Brandt, Blake and Holm LLP won" three people make way for one firm. ``text`` is ``doc.text``.
    """
    firms = list(_find_firms(doc, text, words))
    for entity in entities:
        if not any(overlaps((entity.start, entity.end), (firm.start, firm.end)) for firm in firms):
            yield entity
    yield from firms


def _find_firms(doc: Doc, text: str, words: ContextWords) -> Iterator[ParserEntity]:
    patterns = _firm_patterns(words.legal_forms, words.partner_words)
    matches = [match for pattern in patterns for match in pattern.finditer(text)]
    end = 0
    for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
        span = doc.char_span(*match.span(), alignment_mode="expand") if match.start() >= end else None
        if span is not None:
            end = match.end()
            yield ParserEntity("ORG", match.start(), match.end(), span.start, span.end)
