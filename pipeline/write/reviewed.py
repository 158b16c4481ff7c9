"""Claims as the reviewer left them: which places of their words are known, after corrections and for what was added."""

from __future__ import annotations

from dataclasses import replace

from pipeline.claims import OWN_VOICE
from pipeline.records import Article, Claim, Span, Spans
from pipeline.store.corrections import find_content, load_corrections
from pipeline.store.manual_claims import MANUAL_RULE
from pipeline.store.words import ROLE_COLUMNS, find_nearest
from pipeline.text.spans import hull, is_inside

_QUOTE_ROLES = ("source", "cue")
_EVENT_ROLES = ("trigger", "target", "actor", "place", "date", "cause")


def as_reviewed(article: Article, claim: Claim) -> Claim | None:
    """A claim as attached, with the places of its right words; a role whose place is not known has none, not even ().

    None when the corrected words of the claim itself are not in the article.
    """
    words = find_content(claim, article)
    if not words:
        return None
    start, end = hull(words)
    quote, added = claim.claim_type == "quote", claim.rule == MANUAL_RULE
    spans = dict(claim.spans)
    if quote or claim.corrected_text:
        spans["content"] = words
    fix = load_corrections(claim.corrections)
    for role in _QUOTE_ROLES if quote else _EVENT_ROLES:
        if ROLE_COLUMNS[role] not in fix.values or role in fix.spans:
            continue
        given, found = fix.values[ROLE_COLUMNS[role]], spans.get(role, ())
        if not given:
            spans[role] = ()
        elif len(found) < _parts(given) or not (quote or _near(article, claim, found)):
            spans.pop(role, None)
    if "reporter" in fix.values and "reporter" not in fix.spans:
        spans.pop("reporter", None)
        if claim.reporter in ("", OWN_VOICE, claim.publisher):
            spans["reporter"] = ()
    if (
        not quote
        and claim.corrected_text
        and not any(is_inside(each, (start, end)) for each in spans.get("trigger", ()))
    ):
        spans.pop("trigger", None)  # it is another event's: this one is known by its words
    if quote and added and "source" not in spans and claim.speaker:
        # Named by hand without the words of the text: most likely the name in the same paragraph.
        named = find_nearest(article, claim.speaker, start)
        spans |= {"source": named} if _near(article, claim, named) else {}
    return replace(claim, start=start, end=end, spans=spans)


def _parts(given: str | tuple[str, ...]) -> int:
    return 1 if isinstance(given, str) else len(given)


def _near(article: Article, claim: Claim, spans: Spans) -> bool:
    """Whether all is in the claim's paragraph: elsewhere a name is not the one meant here."""
    block = article.block_at(claim.start)
    paragraph: Span = (block.start, block.end) if block else (claim.start, claim.end)
    return bool(spans) and all(is_inside(span, paragraph) for span in spans)
