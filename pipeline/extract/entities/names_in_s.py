"""Firms called after an owner, "Brandt's said": the parser takes the end of the name for a possessive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc, Token

from pipeline.extract.columns import indices_with
from pipeline.extract.entities.parser_entities import ParserEntity
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.places import PlaceTable

#: Prepositions behind a noun for somebody and before those whom he speaks or works for: "a spokesman for Brandt's". Not
#: "of": "a friend of Brandt's".
_BEFORE_FIRM = frozenset({"for", "at", "with", "from"})
#: What such a name ends in. "Anonymous'" does not.
_MARKS = frozenset({"'s", "’s"})
#: Tags of a verb that a subject governs, and of what may stand between the two: "Brandt's has closed", "also said".
_FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})


def with_final_s(entities: Sequence[ParserEntity], doc: Doc, table: PlaceTable) -> list[ParserEntity]:
    """The entities, firms' names up to the "'s" in which they end: "Brandt's" of "Brandt's said it would close".

    Such a firm is known by one place where nothing that it could own follows: a finite verb does, or the end of a
    source, "a spokesman for Brandt's said". It then is an ORG wherever "'s" follows the name, also where the parser saw
    no entity, unless the name is somebody's surname or a place of the tables. These entities come last.
    """
    people = [entity for entity in entities if entity.label == "PERSON" and not entity.is_one_word]
    surnames = {doc[entity.end_token - 1].text for entity in people}
    ends = {entity.end_token: entity for entity in entities}
    marks = [index for index in indices_with(doc, "TAG", ("POS",)) if index and doc[index].text in _MARKS]
    named = [(index, _first_of_name(index, ends)) for index in marks]
    firms = {
        doc[first:mark].text
        for mark, first in named
        if doc[mark - 1].tag_ == "NNP" and doc[mark - 1].text not in surnames and _owns_nothing(doc[mark], table)
    }
    firms = {name for name in firms if name[:1].isupper() and name not in table.entries}
    whole = [_build_entity(doc, first, mark) for mark, first in named if doc[first:mark].text in firms]
    taken = {index for entity in whole for index in range(entity.first_token, entity.end_token)}
    return [entity for entity in entities if entity.first_token not in taken] + whole


def _first_of_name(mark: int, ends: Mapping[int, ParserEntity]) -> int:
    """The index of the first token of the name before a "'s": its entity's, else the one right before."""
    entity = ends.get(mark)
    return entity.first_token if entity is not None else mark - 1


def _build_entity(doc: Doc, first: int, mark: int) -> ParserEntity:
    return ParserEntity("ORG", doc[first].idx, doc[mark].idx + len(doc[mark]), first, mark + 1)


def _owns_nothing(mark: Token, table: PlaceTable) -> bool:
    """Whether what stands before a "'s" is a subject right before its verb, or ends the phrase of somebody who speaks.

    Not before "was": "Tom's was a hard life" has the noun left out.
    """
    name, following = mark.head, mark.i + 1
    if name.i != mark.i - 1 or following >= len(mark.doc):
        return False
    verb = name.head
    if name.dep_ in SUBJECTS:
        return mark.doc[following].tag_ in _FINITE_TAGS and verb.i >= following and verb.lemma_ != "be"
    is_object = name.dep_ == "pobj" and verb.lower_ in _BEFORE_FIRM
    return is_object and _speaks(verb.head, mark, table)


def _speaks(noun: Token, mark: Token, table: PlaceTable) -> bool:
    """Whether a noun, the phrase of which ends in a "'s", is the subject of a verb of reporting."""
    verb = noun.head
    return noun.dep_ == "nsubj" and verb.lemma_ in table.context.reporting_verbs and mark.i == noun.right_edge.i
