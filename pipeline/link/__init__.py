"""Link what was found: speakers to people, places to countries, events to their reporters."""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.knowledge import Knowledge
from pipeline.link.cast import make_cast
from pipeline.link.people import resolve_source
from pipeline.link.places import resolve_places
from pipeline.link.reporters import apply_denials, find_reporters
from pipeline.records import Article, Findings, Linked


def link_all(findings: Findings, article: Article, doc: Doc, knowledge: Knowledge) -> Linked:
    """Findings of one article with places, speakers, actors and reporters resolved."""
    mentions = tuple(resolve_places(findings.mentions, article, knowledge.places))
    cast = make_cast(doc, article, mentions)
    speakers = tuple(resolve_source(quote.source, cast, quote.content) for quote in findings.quotes)
    actors = tuple(
        next(iter(resolve_source((event.actor,), cast)), None) if event.actor else None for event in findings.events
    )
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
