"""Annotations in the W3C's Web Annotation Data Model (JSON-LD), which Hypothes.is and others read.

Each claim is an annotation of its article's address with the selectors TextQuoteSelector, by words and what stands
around them, and TextPositionSelector, which counts code points, as the model asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from pipeline.records import Article, Claim, Span
from pipeline.write.exchange.annotated import AnnotatedArticle, ExportedRun, labelled_spans
from pipeline.write.exchange.lines import to_json, without_empty

#: Characters before and after the words that a TextQuoteSelector keeps; Hypothes.is takes as many.
_AROUND = 32
_CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def write(run: ExportedRun, stream: BinaryIO) -> None:
    """Write one AnnotationPage with an annotation for each claim."""
    head = {"@context": _CONTEXT, "id": "urn:newsclaims:page", "type": "AnnotationPage", "items": []}
    stream.write(to_json(head)[:-2])
    for number, annotation in enumerate(_annotations(run.articles)):
        stream.write((b",\n" if number else b"\n") + to_json(annotation))
    stream.write(b"\n]}\n")


def _annotations(articles: Iterable[AnnotatedArticle]) -> Iterator[dict[str, Any]]:
    for annotated in articles:
        for claim in annotated.claims:
            yield {
                "id": f"urn:newsclaims:claim:{claim.claim_id}",
                "type": "Annotation",
                "motivation": ["tagging", "describing"],
                "body": list(_bodies(claim)),
                "target": [_target(annotated.article, span) for span in _claimed_words(claim)],
            }


def _claimed_words(claim: Claim) -> list[Span]:
    """The spans of what is said, of an event the words from its first to its last argument."""
    if claim.claim_type != "quote":
        return [(claim.start, claim.end)]
    return [part.span for part in labelled_spans(claim) if part.label == "quote"]


def _bodies(claim: Claim) -> Iterator[dict[str, Any]]:
    yield {"type": "TextualBody", "purpose": "tagging", "value": claim.claim_type}
    for value in (claim.stance, claim.event_status):
        if value:
            yield {"type": "TextualBody", "purpose": "tagging", "value": value}
    who = claim.speaker or claim.speaker_text or claim.reporter
    if who:
        role = "speaker" if claim.claim_type == "quote" else "reporter"
        yield {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": f"{role}: {who}"}


def _target(article: Article, span: Span) -> dict[str, Any]:
    start, end = span
    words = without_empty(
        {
            "type": "TextQuoteSelector",
            "exact": article.text[start:end],
            "prefix": article.text[max(start - _AROUND, 0) : start],
            "suffix": article.text[end : end + _AROUND],
        }
    )
    place = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"source": article.url or f"urn:newsclaims:article:{article.doc_id}", "selector": [words, place]}
