"""JSON Lines for doccano's sequence labelling with relations.

Offsets count UTF-16 code units, as doccano's page does: "🙂" counts as two.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

from pipeline.write.exchange.annotated import AnnotatedArticle, ExportedRun, labelled_spans, relations
from pipeline.write.exchange.lines import without_empty, write_lines
from pipeline.write.exchange.utf16 import Utf16Offsets


def write(run: ExportedRun, stream: BinaryIO) -> None:
    """Write the articles, a JSON object a line; ids of spans and relations count through the file."""
    write_lines(_examples(run.articles), stream)


def _examples(articles: Iterable[AnnotatedArticle]) -> Iterable[dict[str, Any]]:
    number = 0
    for annotated in articles:
        article = annotated.article
        offsets = Utf16Offsets(article.text)
        entities: list[dict[str, Any]] = []
        links: list[dict[str, Any]] = []
        for claim in annotated.claims:
            spans = labelled_spans(claim)
            numbers = {part.id: number + place for place, part in enumerate(spans, 1)}
            number += len(spans)
            for part in spans:
                start, end = offsets.of(part.span)
                entities.append({"id": numbers[part.id], "label": part.label, "start_offset": start, "end_offset": end})
            for link in relations(spans):
                ends = {"from_id": numbers[link.head.id], "to_id": numbers[link.child.id]}
                links.append({"id": numbers[link.child.id], **ends, "type": link.label})
        about = without_empty({"file": article.file, "title": article.title, "url": article.url})
        yield {"text": article.text, "entities": entities, "relations": links, **about}
