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
from pipeline.records import Article, Findings, Linked


def link_all(findings: Findings, article: Article, doc: Doc, knowledge: Knowledge) -> Linked:
    """Findings of one article with places, speakers, actors and reporters resolved."""
    named = name_entities(findings.mentions, doc, article, knowledge.people)
    mentions = tuple(resolve_places(named, article, knowledge.places))
    cast = build_mention_index(doc, article, mentions)
    who = SpeakerResolver(cast, knowledge.people, findings.quotes)
    speakers = inherit_speakers(findings.quotes, [who.resolve(quote.source) for quote in findings.quotes], article)
    actors = tuple(next(iter(who.resolve((event.actor,))), None) if event.actor else None for event in findings.events)
    return Linked(
        mentions=mentions,
        dates=findings.dates,
        quotes=findings.quotes,
        speakers=speakers,
        events=apply_denials(findings.events, findings.quotes),
        reporters=find_reporters(findings.events, findings.quotes),
        actors=actors,
        sentences=findings.sentences,
    )
