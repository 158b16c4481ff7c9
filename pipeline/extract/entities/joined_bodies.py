"""Bodies with "and" in their names, which the parser cuts there: "Larn and Osk Police", "the Food and Farms union"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from pipeline.extract.entities.parser_entities import ParserEntity, index_by_token
from pipeline.extract.syntax import overlaps
from pipeline.knowledge.places import PlaceTable
from pipeline.records import Span

#: A word of a name, and what it is within: letters in capitals alone are another body, "the BBC".
_NAME = r"[A-Z][a-z][\w'’-]*+"
#: Last words of bodies that are called after the places or fields that they serve.
_BODIES = r"(?:Police|Constabulary|Council|Trust|Board|Authority|Service|Services|Partnership|Hospitals)"
#: "Larn and Osk City Council", "Larn and Osk Fire and Rescue Service".
_OF_PLACES = re.compile(
    rf"\b(?P<first>{_NAME}(?: {_NAME}){{0,2}}) and "
    rf"(?P<rest>{_NAME}(?: [A-Z][\w'’-]*+){{0,5}}(?: and {_NAME})?) {_BODIES}\b"
)
#: "the Rail and Harbour union", "the Farms, Food and Water committee"; the name ends with the noun.
_OF_FIELDS = re.compile(
    rf"\b[Tt]he (?P<name>(?P<first>{_NAME}(?: {_NAME}){{0,2}})(?:, {_NAME}(?: {_NAME}){{0,2}}){{0,3}},? "
    rf"and (?P<rest>{_NAME}(?: {_NAME}){{0,2}}) (?:union|committee|department|ministry|directorate))\b"
)
#: "Department for Farms, Food and Water", "Office of Rail and Harbour".
_WITH_FIELDS = re.compile(
    rf"\b(?P<first>(?:Department|Ministry|Office|Bureau|Board|Institute|Commission) (?:of|for) (?:the )?"
    rf"{_NAME}(?: {_NAME}){{0,2}})(?:, {_NAME}(?: {_NAME}){{0,2}}){{0,3}},? and (?P<rest>{_NAME}(?: {_NAME}){{0,2}})\b"
)
#: The parser's labels of places.
_PLACES = frozenset({"GPE", "LOC", "FAC"})
#: Kinds of the tables' names that stand for another body: a country, its seat of power, an organisation.
_POWERS = frozenset({"name", "capital", "seat", "organisation", "supranational", "demonym"})
#: What a sentence begins with before a name: "But Larn and Osk Council".
_OPENERS = frozenset({"the", "but", "and", "in", "both", "so", "yet", "when", "while", "as", "if", "at", "for", "on"})
#: First words of the second half by which both are one body: "Larn and District Hospitals".
_GENERAL = frozenset({"District", "Districts", "County", "Region"})


def join_bodies(entities: Sequence[ParserEntity], doc: Doc, text: str, table: PlaceTable) -> list[ParserEntity]:
    """The entities, those within a body's whole name replaced by the body, an ORG; bodies come last.

    "Larn and Osk Police" is one where Larn is a town or hangs on "Police", the "Office of Rail and Harbour" where no
    entity of its own follows "and", "the Food and Farms union" where neither is known as something else. ``text`` is
    ``doc.text``.
    """
    bodies = list(_find_bodies(entities, doc, text, table))
    if not bodies:
        return list(entities)
    spans = [(body.start, body.end) for body in bodies]
    kept = [entity for entity in entities if not any(overlaps((entity.start, entity.end), span) for span in spans)]
    return kept + bodies


def _find_bodies(entities: Sequence[ParserEntity], doc: Doc, text: str, table: PlaceTable) -> Iterator[ParserEntity]:
    entity_at = index_by_token(entities)
    found: list[Span] = []
    for pattern, is_body in ((_OF_FIELDS, _is_of_fields), (_WITH_FIELDS, _has_fields), (_OF_PLACES, _is_of_places)):
        for match in pattern.finditer(text) if " and " in text else ():
            start, end = match.span("name" if "name" in pattern.groupindex else 0)
            first, rest = doc.char_span(*match.span("first")), doc.char_span(*match.span("rest"))
            if first is None or rest is None or any(overlaps((start, end), span) for span in found):
                continue
            if first[0].lower_ in _OPENERS and len(first) > 1:
                first = first[1:]
                start = first.start_char
            name = doc.char_span(start, end)
            if name is not None and is_body(name, first, rest, entity_at, table):
                found.append((start, end))
                yield ParserEntity("ORG", start, end, name.start, name.end)


def _is_of_fields(
    name: DocSpan, first: DocSpan, rest: DocSpan, entity_at: dict[int, ParserEntity], table: PlaceTable
) -> bool:
    """Whether no part of "the Food and Farms union" is a place, a body or somebody: "the Larn and Osk committee"."""
    known = (table.entries.get(part.text) for part in (first, rest))
    people = (entity_at.get(token.i) for token in (first[-1], rest[-1]))
    return not any(entry is not None for entry in known) and not any(
        entity is not None and entity.label == "PERSON" and not entity.is_one_word for entity in people
    )


def _has_fields(
    name: DocSpan, first: DocSpan, rest: DocSpan, entity_at: dict[int, ParserEntity], table: PlaceTable
) -> bool:
    """Whether what follows "and" is no other name: "the Ministry of Ports and Ada Brandt".

    Nor may the parser have the whole already, with more before it: "Larn Office of Ports and Piers".
    """
    whole, behind = entity_at.get(name.start), entity_at.get(rest.start)
    is_longer = whole is not None and whole.first_token < name.start
    return not is_longer and table.entries.get(rest.text) is None and (behind is None or behind is whole)


def _is_of_places(
    name: DocSpan, first: DocSpan, rest: DocSpan, entity_at: dict[int, ParserEntity], table: PlaceTable
) -> bool:
    """Whether "Larn and Osk Police" is one body: Larn is a town to the parser, or hangs on what follows "and"."""
    before = name.doc[name.start - 1] if name.start else None
    if before is not None and (before.text in (",", "-", "'s", "’s", "of") or before.tag_ == "NNP"):
        return False  # one of a list, the end of a longer name
    entry, entity = table.entries.get(first.text), entity_at.get(first.end - 1)
    is_power = entry is not None and entry.kind in _POWERS
    is_longer = entity is not None and (entity.first_token != first.start or entity.end_token < first.end)
    if is_power or is_longer or (entity is not None and entity.label == "PERSON" and not entity.is_one_word):
        return False
    is_place = entry is not None or (entity is not None and entity.label in _PLACES)
    hangs = first.root.dep_ in ("nmod", "compound") and name.start <= first.root.head.i < name.end
    is_other = entity is not None and entity.label == "ORG"  # "Labour and Larn Council"
    return is_place or (hangs and not is_other) or rest[0].text in _GENERAL
