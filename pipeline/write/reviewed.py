"""Claims as a reviewer left them: where the words of each role stand after corrections, as far as that is known.

Gold tells "is nothing" (the reviewer emptied the column) from "is not known" (the corrected words are not where the
claim is), so a role with no span has the spans (), and a role that is not known is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.claims import OWN_VOICE
from pipeline.records import Article, Claim, Span, Spans
from pipeline.store.corrections import Corrections, find_content, load_corrections
from pipeline.store.manual_claims import MANUAL_RULE
from pipeline.store.words import ROLE_COLUMNS, find_nearest
from pipeline.text.spans import hull, is_inside

_QUOTE_ROLES = ("source", "cue")
_EVENT_ROLES = ("trigger", "target", "actor", "place", "date", "cause")


def as_reviewed(article: Article, claim: Claim) -> Claim | None:
    """The claim with the places of its corrected words.

    ``claim`` has the reviewer's columns filled in and its corrections applied, as ``apply_corrections`` of the
    store does. In the result ``start``, ``end`` and the spans of "content" are where ``corrected_text`` stands; a role
    that the reviewer emptied has the spans (), one whose words are not found near the claim has none. Returns None when
    the corrected words of the claim itself are not in the article.
    """
    content = find_content(claim, article)
    if not content:
        return None
    own_words = hull(content)
    spans = dict(claim.spans)
    if _is_quote(claim) or claim.corrected_text:
        spans["content"] = content
    corrections = load_corrections(claim.corrections)
    for role in _typed_roles(claim, corrections):
        placed = _corrected_spans(article, claim, corrections.values[ROLE_COLUMNS[role]], spans.get(role, ()))
        _set_role(spans, role, placed)
    if "reporter" in corrections.values and "reporter" not in corrections.spans:
        _set_role(spans, "reporter", () if _is_own_voice(claim) else None)
    if _has_left_trigger(claim, spans, own_words):
        del spans["trigger"]  # it belongs to another event: this one is known by its words
    if _needs_source(claim, spans):
        _set_role(spans, "source", _speaker_in_paragraph(article, claim, own_words))
    return replace(claim, start=own_words[0], end=own_words[1], spans=spans)


def _is_quote(claim: Claim) -> bool:
    return claim.claim_type == "quote"


def _typed_roles(claim: Claim, corrections: Corrections) -> list[str]:
    """The roles whose words the reviewer typed, without those that were selected in the article: these have places."""
    roles = _QUOTE_ROLES if _is_quote(claim) else _EVENT_ROLES
    return [role for role in roles if ROLE_COLUMNS[role] in corrections.values and role not in corrections.spans]


def _set_role(spans: dict[str, Spans], role: str, placed: Spans | None) -> None:
    if placed is None:
        spans.pop(role, None)
    else:
        spans[role] = placed


def _corrected_spans(article: Article, claim: Claim, words: str | tuple[str, ...], spans: Spans) -> Spans | None:
    """The spans of a role whose words the reviewer typed; () when they typed none, None when not all have a place.

    An argument of an event must stand in the claim's paragraph: the same name elsewhere is not the one meant here.
    """
    if not words:
        return ()
    part_count = 1 if isinstance(words, str) else len(words)
    if len(spans) < part_count:
        return None
    return spans if _is_quote(claim) or _in_paragraph(article, claim, spans) else None


def _is_own_voice(claim: Claim) -> bool:
    """Whether the article itself reports the event, so that no words of it name the reporter."""
    return claim.reporter in ("", OWN_VOICE, claim.publisher)


def _has_left_trigger(claim: Claim, spans: Mapping[str, Spans], own_words: Span) -> bool:
    """Whether an event's words were corrected to a stretch that doesn't hold its trigger."""
    if _is_quote(claim) or not claim.corrected_text or "trigger" not in spans:
        return False
    return not any(is_inside(trigger, own_words) for trigger in spans["trigger"])


def _needs_source(claim: Claim, spans: Mapping[str, Spans]) -> bool:
    """Whether a reviewer added this quote and named the speaker without the words that name them in the text."""
    return _is_quote(claim) and claim.rule == MANUAL_RULE and "source" not in spans and bool(claim.speaker)


def _speaker_in_paragraph(article: Article, claim: Claim, own_words: Span) -> Spans | None:
    """The speaker's name nearest to the claim, if that is in its paragraph: most likely what the reviewer read."""
    named = find_nearest(article, claim.speaker, own_words[0])
    return named if _in_paragraph(article, claim, named) else None


def _in_paragraph(article: Article, claim: Claim, spans: Spans) -> bool:
    """Whether there are spans and all of them lie in the block where the claim begins."""
    block = article.block_at(claim.start)
    paragraph: Span = (block.start, block.end) if block else (claim.start, claim.end)
    return bool(spans) and all(is_inside(span, paragraph) for span in spans)
