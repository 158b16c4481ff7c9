"""A spaCy DocBin: a Doc for each article, with its claims in ``doc.spans["claims"]`` and ``doc.user_data["claims"]``.

Read it with ``DocBin().from_disk(path).get_docs(vocab)``. The Docs are tokenized, not parsed; a span that begins or
ends within a token takes the whole token, and its exact offsets are in the user data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, BinaryIO

from pipeline.records import Claim
from pipeline.write.exchange.annotated import ExportedRun, labelled_spans
from pipeline.write.json_values import json_value

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: The key of the spans and of the user data.
KEY = "claims"


def write(run: ExportedRun, stream: BinaryIO) -> None:
    """Write the DocBin; it is held in memory until it is whole, as spaCy's is."""
    import spacy
    from spacy.tokens import DocBin

    tokenize = spacy.blank("en").make_doc
    docs = DocBin(store_user_data=True)
    for annotated in run.articles:
        doc = tokenize(annotated.article.text)
        annotate(doc, annotated.claims)
        docs.add(doc)
    stream.write(docs.to_bytes())


def annotate(doc: Doc, claims: Sequence[Claim]) -> None:
    """Give a Doc of the article's text its claims: ``doc.spans[KEY]`` and ``doc.user_data[KEY]``."""
    parts = [part for claim in claims for part in labelled_spans(claim)]
    spans = [doc.char_span(*part.span, part.label, span_id=part.id, alignment_mode="expand") for part in parts]
    doc.spans[KEY] = [span for span in spans if span is not None]
    doc.user_data[KEY] = [_values(asdict(claim)) for claim in claims]


def _values(fields: dict[str, Any]) -> dict[str, Any]:
    """A claim's fields as msgpack, in which a DocBin keeps user data, can hold them."""
    spans = {role: [list(span) for span in spans] for role, spans in fields["spans"].items()}
    return {name: json_value(value) for name, value in fields.items()} | {"spans": spans}
