"""Link what was found: speakers to people, places to countries, events to their reporters."""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.knowledge import Knowledge
from pipeline.link.mention_index import build_mention_index
from pipeline.link.names import name_entities
from pipeline.link.places import resolve_places
from pipeline.link.reporters import apply_denials, find_reporters
from pipeline.link.speakers import SpeakerResolver
from pipeline.link.turns import inherit_speakers
from pipeline.records import Article, Findings, Linked, Speaker


def link_all(findings: Findings, article: Article, doc: Doc, knowledge: Knowledge) -> Linked:
    """The findings of one article with names, places, speakers, actors and reporters resolved.

    ``doc`` is the parse of ``article.text``. Names come first: places and speakers depend on them. Events inside
    a denial get the status "denied"; all else is kept as it was found.
    """
    named = name_entities(findings.mentions, doc, article, knowledge.people)
    mentions = tuple(resolve_places(named, article, knowledge.places))
    resolver = SpeakerResolver(build_mention_index(doc, article, mentions), knowledge.people, findings.quotes)
    source_speakers = [resolver.resolve(quote.source) for quote in findings.quotes]
    actors: list[Speaker | None] = []
    for event in findings.events:
        speakers = resolver.resolve((event.actor,)) if event.actor else ()
        actors.append(speakers[0] if speakers else None)
    return Linked(
        mentions=mentions,
        dates=findings.dates,
        quotes=findings.quotes,
        speakers=inherit_speakers(findings.quotes, source_speakers, article),
        events=apply_denials(findings.events, findings.quotes),
        reporters=find_reporters(findings.events, findings.quotes),
        actors=tuple(actors),
        sentences=findings.sentences,
    )
