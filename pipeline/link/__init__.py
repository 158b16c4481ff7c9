"""Link what was found: speakers to people, places to countries, events to their reporters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

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
        speakers=inherit_speakers(findings.quotes, source_speakers, findings.sentences),
        events=apply_denials(findings.events, findings.quotes),
        reporters=find_reporters(findings.events, findings.quotes, article.text, doc),
        actors=tuple(actors),
        sentences=findings.sentences,
    )


def join_linked(parts: Sequence[Linked]) -> Linked:
    """What the parts of one article gave, as one; their spans are all in the text of the whole article."""
    if len(parts) == 1:
        return parts[0]
    quotes_before = accumulate((len(part.quotes) for part in parts), initial=0)
    reporters = (
        None if reporter is None else shift + reporter
        for shift, part in zip(quotes_before, parts, strict=False)
        for reporter in part.reporters
    )
    return Linked(
        mentions=tuple(mention for part in parts for mention in part.mentions),
        dates=tuple(date for part in parts for date in part.dates),
        quotes=tuple(quote for part in parts for quote in part.quotes),
        speakers=tuple(speakers for part in parts for speakers in part.speakers),
        events=tuple(event for part in parts for event in part.events),
        reporters=tuple(reporters),
        actors=tuple(actor for part in parts for actor in part.actors),
        sentences=tuple(sentence for part in parts for sentence in part.sentences),
    )
