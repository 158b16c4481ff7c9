"""JSON Lines for Prodigy: a task an article, its claims as spans for ``spans.manual`` and its relations beside them.

Offsets count code points, as Python does.
"""

from __future__ import annotations

from typing import Any, BinaryIO

from pipeline.write.exchange.annotated import AnnotatedArticle, ExportedRun, labelled_spans
from pipeline.write.exchange.lines import without_empty, write_lines


def write(run: ExportedRun, stream: BinaryIO) -> None:
    """Write the articles, a JSON object a line."""
    write_lines(map(_task, run.articles), stream)


def _task(annotated: AnnotatedArticle) -> dict[str, Any]:
    article = annotated.article
    meta = {"file": article.file, "title": article.title, "published": article.published, "url": article.url}
    spans = [
        {"start": part.span[0], "end": part.span[1], "label": part.label, "id": part.id, "claim_id": claim.claim_id}
        for claim in annotated.claims
        for part in labelled_spans(claim)
    ]
    return {"text": article.text, "meta": without_empty(meta), "spans": spans}
