"""Tasks for Label Studio, each an article with its claims as a prediction that annotators start from.

Label Studio's guide "Import pre-annotated data" describes the format. Offsets count code points, as it has since its
fix for emoji. The project's labelling interface needs the names "label" and "text"; README.md has one that fits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from pipeline.records import Claim
from pipeline.write.exchange.annotated import AnnotatedArticle, ExportedRun, labelled_spans, relations
from pipeline.write.exchange.lines import without_empty, write_array


def write(run: ExportedRun, stream: BinaryIO) -> None:
    """Write the articles as a JSON array of tasks."""
    write_array(map(_task, run.articles), stream)


def _task(annotated: AnnotatedArticle) -> dict[str, Any]:
    article = annotated.article
    about = {"file": article.file, "title": article.title, "published": article.published, "url": article.url}
    prediction = {
        "model_version": "newsclaims",
        "score": _mean_confidence(annotated.claims),
        "result": list(_results(annotated)),
    }
    return {"data": {"text": article.text, **without_empty(about)}, "predictions": [prediction]}


def _mean_confidence(claims: Sequence[Claim]) -> float:
    """By which Label Studio sorts tasks; 0 where there is nothing to check."""
    return round(sum(claim.confidence for claim in claims) / len(claims), 4) if claims else 0.0


def _results(annotated: AnnotatedArticle) -> Iterator[dict[str, Any]]:
    for claim in annotated.claims:
        spans = labelled_spans(claim)
        for part in spans:
            start, end = part.span
            words = annotated.article.text[start:end]
            yield {
                "id": part.id,
                "from_name": "label",
                "to_name": "text",
                "type": "labels",
                "score": claim.confidence,
                "value": {"start": start, "end": end, "text": words, "labels": [part.label]},
            }
        for link in relations(spans):
            ends = {"from_id": link.head.id, "to_id": link.child.id}
            yield {"type": "relation", "direction": "right", "labels": [link.label], **ends}
