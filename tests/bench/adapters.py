"""One adapter per gold set: which text a gold row is about, and newsclaims' answer in the form its scorer reads.

Spans are [start, end] in code points of the text the gold row speaks of, as everywhere.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tests.bench.gold import GoldFile, Row, read_rows

if TYPE_CHECKING:
    from pipeline.corpus.document import Document
    from pipeline.records import Article, Claim, DateMention, Event, Linked, Quote, Span, Spans, Speaker


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text that gold is about, with the day it was published, None when unknown.

    Equal ones are read once, however many rows ask for them.
    """

    text: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """What newsclaims made of one text.

    ``article`` and ``linked`` are as of a run; ``resolve`` tells who the source at given spans is, for sources that
    newsclaims did not find itself.
    """

    article: Article
    linked: Linked
    resolve: Callable[[Spans], tuple[Speaker, ...]]


@dataclass(frozen=True, slots=True)
class Adapter:
    """How a gold set is measured; to add a set, add an ``Adapter`` to ADAPTERS.

    ``texts`` gives the text of each row, in order; ``predict`` the line that the set's scorer reads for a row.
    """

    texts: Callable[[GoldFile, list[Row]], list[GoldText]]
    predict: Callable[[Row, Extraction], Row]
    #: What is done with all lines of a set at the end, where articles are compared with each other.
    finish: Callable[[list[Row]], list[Row]] = lambda rows: rows


def _parse_day(value: str | None) -> date | None:
    """The day of a gold date: ISO, or 7-MAR-1987 as Reuters wrote it; None when empty or neither."""
    for form, text in (("%Y-%m-%d", (value or "")[:10]), ("%d-%b-%Y", (value or "").partition(" ")[0])):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _texts_dated_by(date_key: str = "") -> Callable[[GoldFile, list[Row]], list[GoldText]]:
    def texts(_: GoldFile, rows: list[Row]) -> list[GoldText]:
        return [GoldText(row["text"], _parse_day(row[date_key]) if date_key else None) for row in rows]

    return texts


def predict_claims(row: Row, extraction: Extraction) -> Row:
    """The quote rows of claims.csv for the whole article: spans of the content, and what the row says of it."""
    from pipeline.claims import build_claims

    claims = build_claims(extraction.article, extraction.linked)
    return {"id": row["id"], "rows": [_quote_row(claim) for claim in claims if claim.claim_type == "quote"]}


def _quote_row(claim: Claim) -> Row:
    return {
        "content": claim.spans["content"],
        "speaker": claim.speaker,
        "speaker_text": claim.speaker_text,
        "role": claim.speaker_role,
        "type": claim.quote_type,
        "stance": claim.stance,
        "negated": claim.negated,
        "confidence": claim.confidence,
    }


def predict_quotes(row: Row, extraction: Extraction) -> Row:
    """The attributions found in the article: spans of source, cue and content."""
    return {"id": row["id"], "attributions": [_attribution_row(quote) for quote in extraction.linked.quotes]}


def _attribution_row(quote: Quote) -> Row:
    return {"source": quote.source, "cue": quote.cue, "content": quote.content}


def texts_of_speakers(file: GoldFile, rows: list[Row]) -> list[GoldText]:
    """The article texts, which lie in the quotes set's file of the same name."""
    articles = read_rows(file.path.parent.parent / "quotes" / file.path.name)
    text_by_id = {row["id"]: GoldText(row["text"], _parse_day(row["date"])) for row in articles}
    return [text_by_id[row["id"]] for row in rows]


def predict_speaker(row: Row, extraction: Extraction) -> Row:
    """Who the gold source is. Several speakers are named together, as gold names groups."""
    speakers = extraction.resolve((tuple(row["source"]),))
    return {
        "id": row["id"],
        "source": row["source"],
        "entity": " and ".join(speaker.name for speaker in speakers if speaker.name) or None,
        "mention": speakers[0].mention if len(speakers) == 1 else None,
        "reason": " | ".join(speaker.reason for speaker in speakers),
    }


def texts_of_closures(_: GoldFile, rows: list[Row]) -> list[GoldText]:
    """The sentence within its context, as one paragraph."""
    parts = ("context_before", "text", "context_after")
    return [GoldText(" ".join(row[part] for part in parts if row[part]), _parse_day(row["doc_date"])) for row in rows]


def predict_closures(row: Row, extraction: Extraction) -> Row:
    """Events triggered inside the sentence, offsets counted from its start."""
    shift = len(row["context_before"]) + 1 if row["context_before"] else 0
    end = len(row["text"])

    def shift_into_sentence(span: Span | None) -> list[int] | None:
        if span is None or span[0] < shift or span[1] - shift > end:
            return None
        return [span[0] - shift, span[1] - shift]

    linked = extraction.linked
    closures = [
        _event_row(event, _reporter_span(extraction.article.text, linked.quotes, quote_index), shift_into_sentence)
        for event, quote_index in zip(linked.events, linked.reporters, strict=True)
        if event.type == "closure"
    ]
    return {"id": row["id"], "events": [closure for closure in closures if closure["trigger"]]}


def _reporter_span(text: str, quotes: tuple[Quote, ...], index: int | None) -> Span | None:
    """The source of the quote that reports an event, as the claim's ``spans`` have it."""
    from pipeline.link.reporters import reporter_spans

    return next(iter(reporter_spans(text, quotes[index].source)), None) if index is not None else None


def _event_row(
    event: Event, reporter: Span | None, shift_into_sentence: Callable[[Span | None], list[int] | None]
) -> Row:
    return {
        "trigger": shift_into_sentence(event.trigger),
        "target": shift_into_sentence(event.target),
        "actor": shift_into_sentence(event.actor),
        "place": shift_into_sentence(event.places[0] if event.places else None),
        "date": shift_into_sentence(event.date),
        "cause": shift_into_sentence(event.cause),
        "reporter": shift_into_sentence(reporter),
        "status": event.status,
        "permanence": event.permanence,
        "confidence": event.confidence,
    }


def predict_closures_in_articles(row: Row, extraction: Extraction) -> Row:
    """The closure rows of claims.csv for the whole article: spans, and the names that the row shows."""
    from pipeline.claims import OWN_VOICE, build_claims

    claims = build_claims(extraction.article, extraction.linked)
    return {
        "id": row["id"],
        "events": [_closure_row(claim, OWN_VOICE) for claim in claims if claim.claim_type == "closure"],
    }


def _closure_row(claim: Claim, own_voice: str) -> Row:
    first_spans = {role: next(iter(claim.spans.get(role, ())), None) for role in CLOSURE_SPANS}
    return {
        **first_spans,
        "status": claim.event_status,
        "permanence": claim.permanence,
        "target_text": claim.target,
        "actor_text": claim.actor,
        "reporter_text": "" if claim.reporter == own_voice else claim.reporter,
        "group": claim.event_id,
    }


def predict_stories(row: Row, extraction: Extraction) -> Row:
    """The closures of the article by trigger, and its events as they are compared with those of other articles."""
    from pipeline.article import finish
    from pipeline.compare import events_of
    from pipeline.knowledge import load_knowledge

    result = finish(extraction.article, extraction.linked, load_knowledge())
    closures = [claim for claim in result.claims if claim.claim_type == "closure"]
    return {
        "id": row["id"],
        "events": [{"trigger": claim.spans["trigger"][0], "event": claim.event_id} for claim in closures],
        # All gold texts have one file name, by which copies of a story would be told.
        "in_article": [replace(event, story=event.doc_id) for event in events_of(result)],
    }


def join_stories(rows: list[Row]) -> list[Row]:
    """The lines with one id for the mentions of an event in all articles."""
    from pipeline.compare import cluster_events
    from pipeline.knowledge import load_knowledge

    words = load_knowledge().event_words.groups
    clusters = cluster_events([event for row in rows for event in row["in_article"]], words, {})
    ids = {member: members[0] for members in clusters for member in members}
    return [
        {"id": row["id"], "events": [{**event, "event": ids[event["event"]]} for event in row["events"]]}
        for row in rows
    ]


def predict_dates(row: Row, extraction: Extraction) -> Row:
    """Time expressions by their TIMEX3 value; the scorer reads the days out of it, as it does for the gold."""
    return {"id": row["id"], "timexes": [_timex_row(date) for date in extraction.linked.dates]}


def _timex_row(date: DateMention) -> Row:
    return {"start": date.start, "end": date.end, "type": date.kind, "value": date.value}


def predict_places(row: Row, extraction: Extraction) -> Row:
    """Countries and places whose country is known."""
    return {
        "id": row["id"],
        "mentions": [
            {"start": mention.start, "end": mention.end, "country": mention.country, "label": mention.label}
            for mention in extraction.linked.mentions
            if mention.label in ("COUNTRY", "PLACE") and mention.country
        ],
    }


#: The spans of a closure that rows.py reads.
CLOSURE_SPANS = ("trigger", "target", "actor", "place", "date", "cause", "reporter")
#: By what rows are (``GoldFile.kind``); pages are files (see predict_pages).
ADAPTERS = {
    "claims": Adapter(_texts_dated_by("date"), predict_claims),
    "quotes": Adapter(_texts_dated_by("date"), predict_quotes),
    "speakers": Adapter(texts_of_speakers, predict_speaker),
    "closures": Adapter(texts_of_closures, predict_closures),
    "closures articles": Adapter(_texts_dated_by("doc_date"), predict_closures_in_articles),
    "stories": Adapter(_texts_dated_by("doc_date"), predict_stories, join_stories),
    "dates": Adapter(_texts_dated_by("dct"), predict_dates),
    "places": Adapter(_texts_dated_by(), predict_places),
}


def predict_pages(file: GoldFile, rows: list[Row]) -> list[Row]:
    """What reading the page gives: title, day and body text; a page that can't be read gives an empty line."""
    from pipeline.corpus.html import read_html
    from pipeline.errors import UnreadableArticle

    pages = file.path.parent / f"{file.path.stem}_pages"
    predictions: list[Row] = []
    for row in rows:
        try:
            page = read_html(gzip.decompress((pages / row["file"]).read_bytes()))
        except UnreadableArticle:
            predictions.append({"id": row["id"]})
            continue
        predictions.append({"id": row["id"], **_page_row(page)})
    return predictions


def _page_row(page: Document) -> dict[str, Any]:
    """A dateline is part of the paragraph that it opens."""
    body_blocks = (block for block in page.blocks or () if block.role in ("body", "dateline"))
    paragraphs = (page.text[block.start : block.end] for block in body_blocks)
    return {
        "title": page.metadata.title,
        "published": page.metadata.published.isoformat() if page.metadata.published else None,
        "text": "\n".join(paragraphs),
    }
