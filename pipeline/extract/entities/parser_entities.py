"""The parser's entities and what else every finder of names asks of a parsed article: records, and nothing decided."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from pipeline.extract.syntax import overlaps
from pipeline.knowledge.places import PlaceTable
from pipeline.records import Mention, Span

#: The parser's labels of places: towns and states, other regions, buildings and roads.
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
#: Characters of the longest mention: overlaps are looked for no further back ("Ministry of ... and Fisheries" has 60).
_LONGEST_MENTION = 200


@dataclass(frozen=True, slots=True)
class ParserEntity:
    """A named entity of the parser, repaired: without articles, titles and possessives, and never over a line."""

    #: spaCy's label: PERSON, ORG, GPE, LOC, FAC, NORP, LANGUAGE, EVENT or WORK_OF_ART.
    label: str
    #: First code point in the text.
    start: int
    #: The code point after its last.
    end: int
    #: Index of its first token.
    first_token: int
    #: Index of the token after its last.
    end_token: int

    @property
    def is_one_word(self) -> bool:
        """Whether it is a single token."""
        return self.end_token - self.first_token == 1

    def tokens(self, doc: Doc) -> DocSpan:
        """Its tokens in the parse it was made of."""
        return doc[self.first_token : self.end_token]


@dataclass(frozen=True, slots=True)
class ParsedNames:
    """One parsed article with the names that its parser saw, for the finders that add, drop and relabel them."""

    #: The parse.
    doc: Doc
    #: ``doc.text``.
    text: str
    #: The places of models/places.
    table: PlaceTable
    #: The repaired entities, in the order in which they were found.
    entities: Sequence[ParserEntity]
    #: The entity that holds a token, by the token's index.
    entity_at: Mapping[int, ParserEntity]
    #: First words of the personal names of two words or more: "Kamala" where "Kamala Brandt" is named.
    first_names: frozenset[str]
    #: Last words of these names, and names with a title before them: "Brandt" of "Kamala Brandt" and of "Ms Brandt".
    surnames: frozenset[str]

    def token_before(self, entity: ParserEntity) -> Token | None:
        """The token before an entity, None at the start of the text."""
        return self.doc[entity.first_token - 1] if entity.first_token else None

    def token_after(self, entity: ParserEntity) -> Token | None:
        """The token after an entity, None at the end of the text."""
        return self.doc[entity.end_token] if entity.end_token < len(self.doc) else None


def collect_names(doc: Doc, text: str, table: PlaceTable, entities: Sequence[ParserEntity]) -> ParsedNames:
    """The entities of ``doc`` indexed by token, with the first names and surnames of the people named in full.

    ``text`` is ``doc.text``; a token in two entities belongs to the later one in ``entities``.
    """
    people = [entity for entity in entities if entity.label == "PERSON"]
    full_names = [entity for entity in people if not entity.is_one_word]
    titled = [entity for entity in people if entity.is_one_word and _has_title(entity, doc, table)]
    return ParsedNames(
        doc,
        text,
        table,
        entities,
        index_by_token(entities),
        frozenset(doc[entity.first_token].text for entity in full_names) - table.context.name_particles,
        frozenset(doc[entity.end_token - 1].text for entity in (*full_names, *titled)),
    )


def _has_title(entity: ParserEntity, doc: Doc, table: PlaceTable) -> bool:
    """Whether a title stands before somebody's one name, which then is a surname: "Ms Brandt"."""
    before = entity.first_token - 1
    return before >= 0 and doc[before].lower_.rstrip(".") in table.context.personal_titles


def index_by_token(entities: Iterable[ParserEntity]) -> dict[int, ParserEntity]:
    """The entity of each token that lies in one, by the token's index."""
    return {index: entity for entity in entities for index in range(entity.first_token, entity.end_token)}


class TakenSpans:
    """The spans of the mentions made so far, asked which of them overlap a new one."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.spans = sorted((mention.start, mention.end) for mention in mentions)

    def overlapping(self, span: Span) -> list[Span]:
        """The spans that share a character with this one, in text order."""
        first = bisect_left(self.spans, (span[0] - _LONGEST_MENTION, 0))
        end = bisect_left(self.spans, (span[1], 0))
        return [taken for taken in self.spans[first:end] if overlaps(taken, span)]

    def is_free(self, span: Span) -> bool:
        """Whether no mention shares a character with this span."""
        return not self.overlapping(span)
