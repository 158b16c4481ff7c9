"""People, organisations, countries and places named in an article: ``find_entities``.

Countries, demonyms and regions come from the tables of models/places (a lexicon knows them better than a statistical
model); people, organisations and other places from the parser's entities, repaired. What stands against a lexicon
name (a person of that name, a language, a currency, a street) is checked on the parse. Offsets are code points into
``article.text``, end excluded. How the finders work together stands in models/README.md, "How places are decided".
"""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.extract.columns import doc_text
from pipeline.extract.entities.counties import find_counties
from pipeline.extract.entities.gazetteer import find_table_names
from pipeline.extract.entities.labels import find_parser_mentions
from pipeline.extract.entities.overlooked import find_acronyms, find_newspapers, find_overlooked
from pipeline.extract.entities.parser_entities import TakenSpans, collect_names
from pipeline.extract.entities.repair import repaired_entities
from pipeline.knowledge.places import PlaceTable
from pipeline.records import Article, Mention


def find_entities(doc: Doc, article: Article, table: PlaceTable) -> list[Mention]:
    """All mentions of an article, sorted by start, end and label; countries and known organisations have their country.

    ``canonical`` is the name as it stands, and other places have no country yet: pipeline.link gives one entity one
    name and decides on countries. A mention may lie inside another (a country in the name of an organisation), two
    never share span and label. In "Norway's Larn Shipping said so" are a COUNTRY and an ORG.
    """
    text = doc_text(doc)
    parsed = collect_names(doc, text, table, repaired_entities(doc, text, table))
    mentions = list(find_counties(parsed))
    in_counties = TakenSpans(mentions)
    mentions += [
        mention
        for mention in find_table_names(parsed)
        if mention.label == "ORG" or in_counties.is_free((mention.start, mention.end))
    ]
    # Each finder sees what those before it found, and leaves it alone.
    mentions += list(find_parser_mentions(parsed, mentions))
    mentions += list(find_overlooked(parsed, mentions))
    mentions += find_newspapers(parsed, mentions)
    mentions += find_acronyms(article.text, mentions)
    unique = {(mention.start, mention.end, mention.label): mention for mention in mentions}
    return [unique[key] for key in sorted(unique)]
