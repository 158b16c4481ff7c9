"""One adapter per gold set: which text a gold row is about, and newsclaims' answer in the form its scorer reads.

Spans are [start, end] in code points of the text the gold row speaks of, as everywhere.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tests.bench.gold import GoldFile, Row, read_rows

if TYPE_CHECKING:
    from pipeline.corpus.document import Document
    from pipeline.records import Article, DateMention, Event, Linked, Quote, Span, Spans, Speaker


@dataclass(frozen=True, slots=True)
class Text:
    """A text to read: equal ones are read once however many rows ask for them."""

    text: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What newsclaims made of one text; ``resolve`` answers for sources that it did not find itself."""

    article: Article
    linked: Linked
    resolve: Callable[[Spans], tuple[Speaker, ...]]


@dataclass(frozen=True, slots=True)
class Adapter:
    """``texts`` gives the text of each row, in order; ``predict`` the line the scorer reads for a row."""

    texts: Callable[[GoldFile, list[Row]], list[Text]]
    predict: Callable[[Row, Reading], Row]


def _day(value: str | None) -> date | None:
    """The day of a gold date: ISO, or 7-MAR-1987 as Reuters wrote it; None when empty or neither."""
    for form, text in (("%Y-%m-%d", (value or "")[:10]), ("%d-%b-%Y", (value or "").partition(" ")[0])):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _texts(dated_by: str = "") -> Callable[[GoldFile, list[Row]], list[Text]]:
    def texts(_: GoldFile, rows: list[Row]) -> list[Text]:
        return [Text(row["text"], _day(row[dated_by]) if dated_by else None) for row in rows]

    return texts


def predict_quotes(row: Row, reading: Reading) -> Row:
    """Attributions of the article."""
    return {"id": row["id"], "attributions": [_attribution(quote) for quote in reading.linked.quotes]}


def _attribution(quote: Quote) -> Row:
    return {"source": quote.source, "cue": quote.cue, "content": quote.content}


def texts_of_speakers(file: GoldFile, rows: list[Row]) -> list[Text]:
    """The article texts, which lie in the quotes set's file of the same name."""
    articles = read_rows(file.path.parent.parent / "quotes" / file.path.name)
    known = {row["id"]: Text(row["text"], _day(row["date"])) for row in articles}
    return [known[row["id"]] for row in rows]


def predict_speaker(row: Row, reading: Reading) -> Row:
    """Who the gold source is. Several speakers are named together, as gold names groups."""
    speakers = reading.resolve((tuple(row["source"]),))
    return {
        "id": row["id"],
        "source": row["source"],
        "entity": " and ".join(speaker.name for speaker in speakers if speaker.name) or None,
        "mention": speakers[0].mention if len(speakers) == 1 else None,
        "reason": " | ".join(speaker.reason for speaker in speakers),
    }


def texts_of_closures(_: GoldFile, rows: list[Row]) -> list[Text]:
    """The sentence within its context, as one paragraph."""
    parts = ("context_before", "text", "context_after")
    return [Text(" ".join(row[part] for part in parts if row[part]), _day(row["doc_date"])) for row in rows]


def predict_closures(row: Row, reading: Reading) -> Row:
    """Events triggered inside the sentence, offsets counted from its start."""
    shift = len(row["context_before"]) + 1 if row["context_before"] else 0
    end = len(row["text"])

    def inside(span: Span | None) -> list[int] | None:
        if span is None or span[0] < shift or span[1] - shift > end:
            return None
        return [span[0] - shift, span[1] - shift]

    linked = reading.linked
    told = zip(linked.events, linked.reporters, strict=True)
    found = [
        _event(event, _reporter(reading.article.text, linked.quotes, by), inside)
        for event, by in told
        if event.type == "closure"
    ]
    return {"id": row["id"], "events": [event for event in found if event["trigger"]]}


def _reporter(text: str, quotes: tuple[Quote, ...], index: int | None) -> Span | None:
    """As the row's ``spans`` have it."""
    from pipeline.link.reporters import reporter_spans

    return next(iter(reporter_spans(text, quotes[index].source)), None) if index is not None else None


def _event(event: Event, reporter: Span | None, inside: Callable[[Span | None], list[int] | None]) -> Row:
    return {
        "trigger": inside(event.trigger),
        "target": inside(event.target),
        "actor": inside(event.actor),
        "place": inside(event.places[0] if event.places else None),
        "date": inside(event.date),
        "cause": inside(event.cause),
        "reporter": inside(reporter),
        "status": event.status,
        "permanence": event.permanence,
        "confidence": event.confidence,
    }


def predict_dates(row: Row, reading: Reading) -> Row:
    """Time expressions by their TIMEX3 value; the scorer reads the days out of it, as it does for the gold."""
    return {"id": row["id"], "timexes": [_timex(found) for found in reading.linked.dates]}


def _timex(found: DateMention) -> Row:
    return {"start": found.start, "end": found.end, "type": found.kind, "value": found.value}


def predict_places(row: Row, reading: Reading) -> Row:
    """Countries and places whose country is known."""
    return {
        "id": row["id"],
        "mentions": [
            {"start": found.start, "end": found.end, "country": found.country, "label": found.label}
            for found in reading.linked.mentions
            if found.label in ("COUNTRY", "PLACE") and found.country
        ],
    }


#: The sets that are texts; pages are files (see predict_pages).
ADAPTERS = {
    "quotes": Adapter(_texts("date"), predict_quotes),
    "speakers": Adapter(texts_of_speakers, predict_speaker),
    "closures": Adapter(texts_of_closures, predict_closures),
    "dates": Adapter(_texts("dct"), predict_dates),
    "places": Adapter(_texts(), predict_places),
}


def predict_pages(file: GoldFile, rows: list[Row]) -> list[Row]:
    """What reading the page gives: title, day and body text; a page that can't be read gives an empty line."""
    from pipeline.corpus.html import read_html
    from pipeline.errors import UnreadableArticle

    pages = file.path.parent / f"{file.path.stem}_pages"
    answers: list[Row] = []
    for row in rows:
        try:
            page = read_html(gzip.decompress((pages / row["file"]).read_bytes()))
        except UnreadableArticle:
            answers.append({"id": row["id"]})
            continue
        answers.append({"id": row["id"], **_page(page)})
    return answers


def _page(page: Document) -> dict[str, Any]:
    """A dateline is part of the paragraph that it opens."""
    body = (page.text[block.start : block.end] for block in page.blocks or () if block.role in ("body", "dateline"))
    return {
        "title": page.metadata.title,
        "published": page.metadata.published.isoformat() if page.metadata.published else None,
        "text": "\n".join(body),
    }
