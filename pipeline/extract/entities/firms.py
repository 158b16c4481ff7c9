"""Firms called after their partners, "Brandt, Blake and Holm LLP": the parser takes each partner for somebody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from pipeline.extract.entities.gazetteer import Entity
from pipeline.extract.syntax import overlaps

_NAME = r"[A-Z][\w'’-]+"
#: What ends the name of a partnership or company; two partners and more stand before it.
_FORM = r"(?:LLP|L\.L\.P\.|LLC|LP|PLLC|P\.C\.|PC|Inc\.?|Ltd\.?|GmbH|AG|(?:&|and) (?:Co|Sons|Partners|Associates)\.?)"
_FIRM = re.compile(rf"\b{_NAME}(?:, {_NAME})*,? (?:and|&) {_NAME},? {_FORM}(?!\w)")
_PARTNERS = re.compile(rf"\b{_NAME}(?:, {_NAME})+,? {_FORM}(?!\w)")


def with_firms(entities: Iterable[Entity], doc: Doc, text: str) -> Iterator[Entity]:
    """The entities, those inside a firm's whole name replaced by the firm. Offsets are code points into ``text``."""
    firms = list(_firms(doc, text))
    for entity in entities:
        if not any(overlaps((entity.start, entity.end), (firm.start, firm.end)) for firm in firms):
            yield entity
    yield from firms


def _firms(doc: Doc, text: str) -> Iterator[Entity]:
    end = 0
    for match in sorted((*_FIRM.finditer(text), *_PARTNERS.finditer(text)), key=lambda m: (m.start(), -m.end())):
        span = doc.char_span(*match.span(), alignment_mode="expand") if match.start() >= end else None
        if span is not None:
            end = match.end()
            yield Entity("ORG", match.start(), match.end(), span.start, span.end)
