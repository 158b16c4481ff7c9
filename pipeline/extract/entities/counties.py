"""Counties and townships by their noun: "Anson County", "Cole, Ray and Clay counties"; offsets as everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Token

from pipeline.extract.entities.gazetteer import Entity
from pipeline.records import Mention

#: The reason of these mentions.
COUNTY = "county"
_NOUN = re.compile(r"\b(?:(?P<one>County|COUNTY|Township|Parish)|[Cc]ounties|[Tt]ownships|[Pp]arishes)\b")
_BETWEEN = frozenset({",", "and", "&", "or", "to"})
#: No longer name than "Prince of Wales", no longer list than this.
_WORDS, _NAMES = 3, 25


def find_counties(doc: Doc, text: str, inside: Mapping[int, Entity]) -> Iterator[Mention]:
    """Mentions of counties, townships and parishes, each PLACE with the reason "county"; ``text`` is ``doc.text``."""
    for match in _NOUN.finditer(text):
        span = doc.char_span(*match.span())
        if span is None:
            continue
        noun = span[0]
        if match["one"]:
            first = _name_before(noun)
            if first < noun.i:
                yield _mention(doc, first, noun.i + 1, inside)
        else:
            yield from _listed(doc, noun, inside)


def _listed(doc: Doc, noun: Token, inside: Mapping[int, Entity]) -> Iterator[Mention]:
    """The names of "Cole, Ray and Clay counties", last first."""
    end = noun.i
    for _ in range(_NAMES):
        first = _name_before(doc[end]) if end < len(doc) else end
        if first == end:
            return
        yield _mention(doc, first, end, inside)
        end = first
        while end and doc[end - 1].lower_ in _BETWEEN:
            end -= 1
        if end == first:
            return


def _name_before(token: Token) -> int:
    """Where the capitalised name right before a token begins; the token's own index when there is none."""
    doc, first = token.doc, token.i
    while first and token.i - first < _WORDS and _is_name(doc[first - 1]) and doc[first - 1].whitespace_:
        first -= 1
        if doc[first].is_sent_start:
            break
    return first


def _is_name(token: Token) -> bool:
    return token.text[:1].isupper() and token.tag_ in ("NNP", "NNPS", "JJ") and token.is_alpha


def _mention(doc: Doc, first: int, end: int, inside: Mapping[int, Entity]) -> Mention:
    start, stop = doc[first].idx, doc[end - 1].idx + len(doc[end - 1])
    entity = inside.get(end - 1)
    part = entity is not None and entity.label == "ORG" and entity.end > stop + 1
    return Mention(start, stop, "PLACE", str(doc[first:end]), "name_part" if part else "place", "", COUNTY)
