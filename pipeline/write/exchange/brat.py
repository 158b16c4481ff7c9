"""Standoff files for brat, in a ZIP archive: DOC_ID.txt and DOC_ID.ann for each article, and annotation.conf.

brat's page "Standoff format" describes them: T lines are spans, R lines relations, A lines attributes, # lines notes.
Offsets count code points. A span that runs over line breaks is given as several, since brat shows a text line by
line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from pipeline.records import Claim, Span
from pipeline.write.exchange.annotated import AnnotatedArticle, ExportedRun, labelled_spans, relations
from pipeline.write.exchange.archive import open_archive

#: What brat takes for the end of a line; other breaks stay within one.
_LINE = re.compile(r"[^\r\n]+")


def write(run: ExportedRun, stream: BinaryIO) -> None:
    """Write the archive."""
    labels: set[str] = set()
    roles: set[str] = set()
    with open_archive(stream) as archive:
        for annotated in run.articles:
            archive.add(f"{annotated.article.doc_id}.txt", annotated.article.text.encode())
            lines = list(_lines(annotated, labels, roles))
            archive.add(f"{annotated.article.doc_id}.ann", "".join(f"{line}\n" for line in lines).encode())
        archive.add("annotation.conf", _configuration(sorted(labels), sorted(roles)).encode())


def _lines(annotated: AnnotatedArticle, labels: set[str], roles: set[str]) -> Iterator[str]:
    """The lines of one article's .ann; what labels and relations it uses is added to ``labels`` and ``roles``."""
    text = annotated.article.text
    span_number = link_number = 0
    for claim in annotated.claims:
        spans = labelled_spans(claim)
        numbers = {part.id: span_number + place for place, part in enumerate(spans, 1)}
        span_number += len(spans)
        for part in spans:
            pieces = _pieces(text, part.span)
            words = " ".join(text[start:end] for start, end in pieces)
            places = ";".join(f"{start} {end}" for start, end in pieces)
            labels.add(_identifier(part.label))
            yield f"T{numbers[part.id]}\t{_identifier(part.label)} {places}\t{words}"
        for link in relations(spans):
            link_number += 1
            roles.add(_identifier(link.label))
            arguments = f"Arg1:T{numbers[link.head.id]} Arg2:T{numbers[link.child.id]}"
            yield f"R{link_number}\t{_identifier(link.label)} {arguments}"
        note = _note(claim)
        if note:
            head = numbers[spans[0].id]
            yield f"#{head}\tAnnotatorNotes T{head}\t{note}"


def _pieces(text: str, span: Span) -> list[Span]:
    """The span line by line."""
    return [(match.start(), match.end()) for match in _LINE.finditer(text, *span)] or [span]


def _identifier(label: str) -> str:
    """The label as brat allows it: letters, digits, hyphens and underscores."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", label)


def _note(claim: Claim) -> str:
    """What the spans don't show, on one line: who is meant, and what becomes of the event."""
    values = (claim.claim_id, claim.speaker, claim.stance, claim.event_status)
    return " | ".join(" ".join(value.split()) for value in values if value)


def _configuration(labels: list[str], roles: list[str]) -> str:
    """annotation.conf with the labels and relations that the files use."""
    kinds = "\n".join(labels)
    links = "\n".join(f"{role}\tArg1:<ENTITY>, Arg2:<ENTITY>" for role in roles)
    overlap = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
    return f"[entities]\n{kinds}\n\n[relations]\n{links}\n{overlap}\n\n[events]\n\n[attributes]\n"
