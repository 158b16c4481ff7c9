"""Firms called after their partners, "Brandt, Blake and Holm LLP": the parser takes each partner for somebody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc

from pipeline.extract.entities.parser_entities import ParserEntity
from pipeline.extract.syntax import overlaps


def replace_partners_by_firms(
    entities: Iterable[ParserEntity], doc: Doc, text: str, patterns: Sequence[re.Pattern[str]]
) -> Iterator[ParserEntity]:
    """The entities, those that overlap a firm's whole name replaced by the firm, an ORG; firms come last.

    In "Brandt, Blake and Holm LLP won" three people make way for one firm. ``text`` is ``doc.text``, ``patterns`` are
    those of ``PlacePatterns.firms``.
    """
    firms = list(_find_firms(doc, text, patterns))
    for entity in entities:
        if not any(overlaps((entity.start, entity.end), (firm.start, firm.end)) for firm in firms):
            yield entity
    yield from firms


def _find_firms(doc: Doc, text: str, patterns: Sequence[re.Pattern[str]]) -> Iterator[ParserEntity]:
    matches = [match for pattern in patterns for match in pattern.finditer(text)]
    end = 0
    for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
        span = doc.char_span(*match.span(), alignment_mode="expand") if match.start() >= end else None
        if span is not None:
            end = match.end()
            yield ParserEntity("ORG", match.start(), match.end(), span.start, span.end)
