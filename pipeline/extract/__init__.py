"""Extractors: a parsed Doc and knowledge in, records out; they read and write no files."""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.extract.dates import find_dates
from pipeline.extract.entities import find_entities
from pipeline.extract.events import find_events
from pipeline.extract.quotes import find_quotes
from pipeline.extract.syntax import char_span, read_sentences
from pipeline.knowledge import Knowledge
from pipeline.records import Article, Findings


def find_all(doc: Doc, article: Article, knowledge: Knowledge, *, with_scores: bool = False) -> Findings:
    """Everything the extractors find in one parsed article, each list in text order.

    ``doc`` is the parse of this very article, so that its offsets are those of ``article.text``. What belongs together
    (who a source is, who reports an event) is told afterwards, by ``pipeline.link``.
    ``with_scores``: as in ``find_quotes``.
    """
    mentions = find_entities(doc, article, knowledge.places)
    dates = find_dates(doc, article, knowledge.dates)
    quotes = find_quotes(doc, article, knowledge.cues, with_scores=with_scores)
    events = find_events(doc, article, knowledge.events, knowledge.event_words, mentions, dates)
    spans = (char_span(sentence) for sentence in read_sentences(doc, article))
    sentences = tuple(span for span in spans if span is not None)
    return Findings(tuple(mentions), tuple(dates), tuple(quotes), tuple(events), sentences)
