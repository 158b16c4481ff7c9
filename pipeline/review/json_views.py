"""Claims, articles and choices as the page gets them: plain values for JSON, offsets in code points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any, get_args
from urllib.parse import urlsplit

from pipeline.knowledge.cues import STANCES
from pipeline.records import Article, Claim, Permanence, QuoteType, Spans, Status
from pipeline.review.session import OPEN, Entry, ReviewSession, readable
from pipeline.store import Change, Conflict, Corrections, find_content, load_corrections
from pipeline.text.normalize import collapse_whitespace

EXCERPT = 160
#: What the page does not get among the fields: it has them elsewhere.
_APART = frozenset({
    "decision", "corrected_text", "note", "reviewer", "decided_at", "corrections", "spans", "links", "speaker_mention",
    "start", "end", "claim_id", "doc_id", "file",
})  # fmt: skip
_FIELDS = tuple(field.name for field in fields(Claim) if field.name not in _APART)
SPEAKER_TYPES = ("person", "organisation", "government", "country", "media", "document", "group")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "speaker_type": SPEAKER_TYPES,
    "event_status": get_args(Status),
    "permanence": get_args(Permanence),
    "quote_type": get_args(QuoteType),
    "stance": STANCES,
}
_NAMES = 500


def summary(entry: Entry) -> dict[str, Any]:
    """A claim as it stands in the queue."""
    claim = entry.claim
    words = collapse_whitespace(claim.corrected_text or claim.claim_text)
    return {
        "id": claim.claim_id,
        "kind": claim.claim_type,
        "speaker": claim.speaker or claim.speaker_text,
        "words": words if len(words) <= EXCERPT else words[:EXCERPT].rsplit(" ", 1)[0] + " …",
        "file": entry.file,
        "title": claim.title,
        "confidence": round(claim.confidence, 2),
        "decision": entry.verdict,
        "reviewer": claim.reviewer,
        "status": claim.event_status,
        "added": entry.added,
    }


def detail(
    entry: Entry, article: Article, beside: tuple[str | None, str | None], changes: Iterable[Change],
    conflicts: Iterable[Conflict],
) -> dict[str, Any]:  # fmt: skip
    """A claim with all that the page shows of it."""
    claim, machine = entry.claim, entry.machine
    fix = load_corrections(claim.corrections)
    return {
        **summary(entry),
        "version": entry.version,
        "corrected_text": claim.corrected_text,
        "note": claim.note,
        "decided_at": claim.decided_at,
        "doc_id": claim.doc_id,
        "fields": {name: plain(getattr(claim, name)) for name in _FIELDS},
        "machine": {name: plain(getattr(machine, name)) for name in fix.values},
        "corrections": {**{name: plain(value) for name, value in fix.values.items()}, **_spans(fix)},
        "spans": spans_of(entry, article),
        "start": claim.start,
        "end": claim.end,
        "history": [_change(each) for each in changes],
        "conflicts": [{**asdict(each.decision), "origin": each.origin, "saved_at": ""} for each in conflicts],
        "previous": beside[0],
        "next": beside[1],
    }  # fmt: skip


def spans_of(entry: Entry, article: Article) -> dict[str, Spans]:
    """Every span to mark by role; the content is where the reviewer's words stand, once they corrected them."""
    claim = entry.claim
    spans = {role: placed for role, placed in claim.spans.items() if placed}
    if claim.corrected_text:
        spans["content"] = find_content(claim, article) or spans.get("content", ())
    elif not spans:
        spans["content"] = ((claim.start, claim.end),)
    if claim.speaker_mention and not (set(load_corrections(claim.corrections).values) & {"speaker", "speaker_text"}):
        spans["speaker_mention"] = (claim.speaker_mention,)
    return {role: placed for role, placed in spans.items() if placed}


def article_shape(article: Article, entries: Iterable[Entry]) -> dict[str, Any]:
    """An article in its blocks, with the places of its claims."""
    safe = urlsplit(article.url).scheme in ("http", "https") if article.url.isprintable() else False
    return {
        "doc_id": article.doc_id,
        "file": readable(article.file),
        "title": article.title,
        "publisher": article.publisher,
        "published": plain(article.published),
        "authors": article.authors,
        "url": article.url,
        "link": article.url if safe else "",
        "blocks": list(_blocks(article)),
        "claims": [
            {
                "id": each.claim.claim_id, "start": each.claim.start, "end": each.claim.end,
                "kind": each.claim.claim_type, "decision": each.verdict,
            }
            for each in entries
        ],
    }  # fmt: skip


def filters(desk: ReviewSession, names: Mapping[str, str]) -> dict[str, list[list[Any]]]:
    """What the claims can be filtered by, with counts, the most frequent first."""
    entries = desk.all()
    countries = Counter(code for each in entries for code in each.countries)
    titles = {each.file: each.claim.title for each in entries}
    files = Counter(each.file for each in entries)
    return {
        "kind": _counted(each.claim.claim_type for each in entries),
        "speaker": _counted(each.claim.speaker for each in entries)[:_NAMES],
        "country": [[code, names.get(code, code), count] for code, count in countries.most_common()],
        "status": _counted(each.claim.event_status for each in entries),
        "article": [[file, titles[file], count] for file, count in files.items()],
        "decision": _counted(each.verdict or OPEN for each in entries),
    }


def choices(desk: ReviewSession, names: Mapping[str, str]) -> dict[str, list[Any]]:
    """What a field may be corrected to, where it is one of several."""
    entries = desk.all()
    kinds = dict.fromkeys(["quote", "closure", *(each.claim.claim_type for each in entries)])
    targets = sorted({each.claim.target_kind for each in entries} - {""})
    return {
        **{name: list(values) for name, values in CHOICES.items()},
        "target_kind": targets,
        "claim_type": list(kinds),
        "country": sorted(([code, name] for code, name in names.items()), key=lambda pair: pair[1]),
    }


def _spans(fix: Corrections) -> dict[str, Any]:
    return {"spans": fix.spans} if fix.spans else {}


def plain(value: object) -> Any:
    """A field's value as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return "" if value is None else value


def _change(change: Change) -> dict[str, Any]:
    return {**asdict(change.decision), "origin": change.origin, "saved_at": change.saved_at}


def _counted(values: Iterable[str]) -> list[list[Any]]:
    return [[value, count] for value, count in Counter(filter(None, values)).most_common()]


def _blocks(article: Article) -> Iterator[dict[str, Any]]:
    """Every block, and what lies between blocks unless it is blank."""
    at = 0
    for block in article.blocks:
        yield from _between(article.text, at, block.start)
        yield {
            "start": block.start,
            "end": block.end,
            "role": block.role,
            "text": article.text[block.start : block.end],
        }
        at = block.end
    yield from _between(article.text, at, len(article.text))


def _between(text: str, start: int, end: int) -> Iterator[dict[str, Any]]:
    if text[start:end].strip():
        yield {"start": start, "end": end, "role": "other", "text": text[start:end]}
