"""Claims, articles and choices as the page gets them: plain values for JSON, offsets in code points of the article."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any, get_args

from pipeline.knowledge.cues import STANCES
from pipeline.records import Article, Claim, Permanence, QuoteType, Spans, Status
from pipeline.review.entries import ArticleEntry, Entry, readable_name
from pipeline.store import Change, Conflict, Corrections, find_content, load_corrections
from pipeline.write.json_values import json_value
from pipeline.write.wording import excerpt

#: Characters of a claim's words in the queue: about four lines of its column.
_MAX_EXCERPT = 160
#: Fields of a claim that are not among "fields": the page has them under keys of their own, or doesn't need them.
_APART = frozenset({
    "decision", "corrected_text", "note", "reviewer", "decided_at", "corrections", "spans", "links", "speaker_mention",
    "start", "end", "claim_id", "doc_id", "file",
})  # fmt: skip
_FIELDS = tuple(field.name for field in fields(Claim) if field.name not in _APART)
SPEAKER_TYPES = ("person", "organisation", "government", "country", "media", "document", "group")
#: Columns that can be corrected to one of a fixed set of values only.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "speaker_type": SPEAKER_TYPES,
    "event_status": get_args(Status),
    "permanence": get_args(Permanence),
    "quote_type": get_args(QuoteType),
    "stance": STANCES,
}


def summary(entry: Entry) -> dict[str, Any]:
    """A claim as a line of the queue shows it.

    "decision" is one of the four words or empty; "unknown_word" what was written into a table and is none of them.
    """
    listed = entry.listed
    return {
        "id": listed.claim_id,
        "kind": listed.claim_type,
        "speaker": listed.shown_speaker,
        "words": excerpt(listed.words, _MAX_EXCERPT),
        "doc_id": entry.doc_id,
        "file": entry.file,
        "title": entry.title,
        "confidence": round(listed.confidence, 2),
        "trust": entry.trust,
        "decision": entry.verdict,
        "unknown_word": entry.unknown_word,
        "reviewer": entry.reviewer,
        "status": listed.event_status,
        "added": entry.added,
    }


def article_line(article: ArticleEntry, claims: int, decided: int, assigned: str) -> dict[str, Any]:
    """An article as a line of the list of articles shows it; ``claims`` it has, so many of them ``decided``.

    ``assigned`` is who is to read it, "" for nobody.
    """
    published = json_value(article.published)
    return {**asdict(article), "published": published, "claims": claims, "decided": decided, "assigned": assigned}


def marked_claim(entry: Entry, article: Article) -> dict[str, Any]:
    """A claim as the article shows it: a line of the queue, and where its words stand."""
    return {**summary(entry), "spans": spans_to_mark(entry, article).get("content", ())}


def detail(
    entry: Entry, article: Article, linked: Iterable[Entry], history: Iterable[Change], conflicts: Iterable[Conflict]
) -> dict[str, Any]:
    """A claim with all that the page shows of it.

    "fields" has the columns as corrected, "machine" what the machine had in the corrected ones, "corrections" the
    corrections themselves, "spans" the places of words by role. "version" is sent back as "seen" with a decision.
    ``linked`` are the claims that stand in it, or in which it stands, ``history`` all versions of the decision,
    ``conflicts`` those that lost.
    """
    claim, machine = entry.claim, entry.machine
    corrections = load_corrections(claim.corrections)
    return {
        **summary(entry),
        "version": entry.version,
        "corrected_text": claim.corrected_text,
        "note": claim.note,
        "decided_at": claim.decided_at,
        "fields": {name: json_value(getattr(claim, name)) for name in _FIELDS},
        "machine": {name: json_value(getattr(machine, name)) for name in corrections.values},
        "corrections": _corrections(corrections),
        "spans": spans_to_mark(entry, article),
        "start": claim.start,
        "end": claim.end,
        "linked": [summary(other) for other in linked],
        "history": [_version(change, change.saved_at) for change in history],
        "conflicts": [_version(conflict, "") for conflict in conflicts],
    }


def spans_to_mark(entry: Entry, article: Article) -> dict[str, Spans]:
    """The spans to mark in the article by role; "content" is where the reviewer's words stand once they were corrected.

    "speaker_mention" (the speaker's full name, maybe far above) is left out when the reviewer corrected the speaker.
    """
    claim = entry.claim
    spans = {role: placed for role, placed in claim.spans.items() if placed}
    if claim.corrected_text:
        spans["content"] = find_content(claim, article) or spans.get("content", ())
    elif not spans:
        spans["content"] = ((claim.start, claim.end),)
    if claim.speaker_mention and not _is_speaker_corrected(claim):
        spans["speaker_mention"] = (claim.speaker_mention,)
    return {role: placed for role, placed in spans.items() if placed}


def article_view(article: Article, claims: Iterable[Entry]) -> dict[str, Any]:
    """An article with its text in blocks and all its ``claims``."""
    return {
        "doc_id": article.doc_id,
        "file": readable_name(article.file),
        "title": article.title,
        "publisher": article.publisher,
        "published": json_value(article.published),
        "authors": article.authors,
        "url": article.url,
        "blocks": list(_blocks(article)),
        "claims": [marked_claim(entry, article) for entry in claims],
    }


def field_choices(entries: Collection[Entry], country_names: Mapping[str, str]) -> dict[str, list[Any]]:
    """The values that a field may be corrected to, where it is one of several; countries as [code, name] by name.

    "claim_type" lists the types that a claim may be added with, those of the run's further events among them.
    """
    claim_types = dict.fromkeys(["quote", "closure", *(entry.listed.claim_type for entry in entries)])
    return {
        **{name: list(values) for name, values in CHOICES.items()},
        "target_kind": sorted({entry.listed.target_kind for entry in entries} - {""}),
        "claim_type": list(claim_types),
        "country": sorted(([code, name] for code, name in country_names.items()), key=lambda pair: pair[1]),
    }


def _is_speaker_corrected(claim: Claim) -> bool:
    return not {"speaker", "speaker_text"}.isdisjoint(load_corrections(claim.corrections).values)


def _corrections(corrections: Corrections) -> dict[str, Any]:
    values = {name: json_value(value) for name, value in corrections.values.items()}
    return {**values, "spans": corrections.spans} if corrections.spans else values


def _version(version: Change | Conflict, saved_at: str) -> dict[str, Any]:
    """One version of a decision; a conflicting one has no time of its own."""
    decision = version.decision
    words = {"decision": decision.verdict, "unknown_word": decision.unknown_word}
    return {**asdict(decision), **words, "origin": version.origin, "saved_at": saved_at}


def _blocks(article: Article) -> Iterator[dict[str, Any]]:
    """Every block, and as role "other" what lies between blocks unless it is blank."""
    end = 0
    for block in article.blocks:
        yield from _text_between(article.text, end, block.start)
        yield _block(article.text, block.start, block.end, block.role)
        end = block.end
    yield from _text_between(article.text, end, len(article.text))


def _text_between(text: str, start: int, end: int) -> Iterator[dict[str, Any]]:
    if text[start:end].strip():
        yield _block(text, start, end, "other")


def _block(text: str, start: int, end: int, role: str) -> dict[str, Any]:
    return {"start": start, "end": end, "role": role, "text": text[start:end]}
