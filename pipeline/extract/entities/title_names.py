"""People in titles with capitals: "Ada Brandt" of "Ada Brandt Rejected By The Harbour Board"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.extract.columns import indices_with
from pipeline.extract.entities.parser_entities import ParserEntity
from pipeline.extract.titles import never_in_name, tokens_in_titles


def cut_in_titles(entities: Iterable[ParserEntity], doc: Doc) -> Iterator[ParserEntity]:
    """The entities, people in titles cut where a word follows that the title alone gives a capital.

    Such a word is none that names have ("By"), or follows what ends a name elsewhere in the article and ends none
    itself: "Rejected" of "Brandt Rejected" where Brandt comes again.
    """
    entities = list(entities)
    titles = tokens_in_titles(doc)
    in_titles = {entity for entity in entities if entity.label == "PERSON" and entity.first_token in titles}
    surnames = _last_words_of_names(doc, titles) if in_titles else frozenset()
    for entity in entities:
        yield _cut(entity, doc, surnames) if entity in in_titles else entity


def _last_words_of_names(doc: Doc, titles: Collection[int]) -> frozenset[str]:
    """Words that end a run of proper nouns outside the titles: "Brandt" of "Ada Brandt said"."""
    names = {*indices_with(doc, "TAG", ("NNP",))}
    return frozenset(doc[index].text for index in names if index not in titles and index + 1 not in names)


def _cut(entity: ParserEntity, doc: Doc, surnames: Collection[str]) -> ParserEntity:
    first, end = entity.first_token, entity.end_token
    end = next((index for index in range(first + 1, end) if never_in_name(doc[index].text)), end)
    if doc[end - 1].text not in surnames:
        end = next((index for index in range(end - 1, first, -1) if doc[index - 1].text in surnames), end)
    return replace(entity, end_token=end, end=doc[end - 1].idx + len(doc[end - 1]))
