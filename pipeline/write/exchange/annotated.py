"""An article with its claims, and these as what annotation tools know: labelled spans, and relations between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.records import Article, Claim, Span

#: The role whose span stands for the whole claim: what is said, of an event the word that tells of it.
_QUOTE_HEAD = "content"
_EVENT_HEAD = "trigger"


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """An article and the claims in it that are exported, as a reviewer left them, in the order of the text."""

    article: Article
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class ExportedRun:
    """What a run gave, to be gone through once, article by article."""

    articles: Iterable[AnnotatedArticle]
    claims: Iterable[Mapping[str, Any]] = ()  #: lines of claims.jsonl, with the decisions of today
    events: Sequence[Mapping[str, Any]] = ()  #: lines of events.jsonl


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """A stretch of the article with a label, and the id by which relations name it."""

    id: str  #: unique in the article: the claim's id, a full stop and a number
    label: str  #: "quote", the event's type ("closure"), or a role: "source", "cue", "target"
    span: Span  #: code points of the article's text
    claim: Claim  #: the claim that it belongs to


@dataclass(frozen=True, slots=True)
class Relation:
    """What a labelled span is to another: ``child`` is the source of the quote ``head``."""

    head: LabelledSpan
    child: LabelledSpan
    label: str  #: the role of the child, or "continued" for a further part of what is said


def labelled_spans(claim: Claim) -> list[LabelledSpan]:
    """The claim's spans: first those that stand for the claim itself, labelled by its kind, then those of its roles."""
    head = _QUOTE_HEAD if claim.claim_type == "quote" else _EVENT_HEAD
    heads = claim.spans.get(head) or ((claim.start, claim.end),)
    placed = [(claim.claim_type, span) for span in heads]
    placed += [(role, span) for role, spans in claim.spans.items() if role not in (head, _QUOTE_HEAD) for span in spans]
    return [
        LabelledSpan(f"{claim.claim_id}.{number}", label, span, claim) for number, (label, span) in enumerate(placed)
    ]


def relations(spans: Iterable[LabelledSpan]) -> Iterator[Relation]:
    """How the spans of one claim, as ``labelled_spans`` has them, hang together: all on the first one."""
    head, *children = spans
    for child in children:
        yield Relation(head, child, "continued" if child.label == head.label else child.label)
