"""Claims as the reviewer left them: where the words that they corrected or added stand in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.claims import OWN_VOICE, hull
from pipeline.records import Claim, Span, Spans
from pipeline.smooth import Smooth
from pipeline.spans import inside, overlap
from pipeline.store.added import occurrences

#: The column that has the words of each role.
_QUOTE_WORDS = {"source": "speaker_text", "cue": "cue"}
_EVENT_WORDS = {
    "trigger": "trigger", "target": "target", "actor": "actor", "place": "place", "date": "date_text", "cause": "cause",
    "reporter": "reporter",
}  # fmt: skip


def as_reviewed(read: Smooth, was: Claim | None, now: Claim) -> Claim | None:
    """``now`` with the spans of its words; a role whose words are not given or not found has none, not even ().

    ``was`` is the claim as the machine made it, None for one added by hand. None when the corrected words of the claim
    itself are not in the article.
    """
    if now.corrected_text:
        words = nearest(read, now.corrected_text, [((now.start, now.end),)])
        if not words:
            return None
        now = _with_words(now, words)
    spans = dict(now.spans)
    quote = now.claim_type == "quote"
    anchor = spans["content"] if quote else spans.get("trigger") or ((now.start, now.end),)
    for role, column in (_QUOTE_WORDS if quote else _EVENT_WORDS).items():
        given = _words(now, column)
        if was is None and not given:
            continue
        if was is not None and given == _words(was, column):
            continue
        found = _find(read, now, role, given, [anchor, *(spans.get(each, ()) for each in _NEAR.get(role, ()))])
        if found is None:
            spans.pop(role, None)
        else:
            spans[role] = found
            anchor = found if role == "trigger" and found else anchor
    if quote and was is None and "source" not in spans and now.speaker:
        # Named by hand without the words of the text: most likely the name in the same paragraph.
        named = nearest(read, now.speaker, [anchor], within=_paragraph(read, now), apart=anchor)
        spans |= {"source": named} if named else {}
    return replace(now, spans=spans)


#: What else a role's words stand near to.
_NEAR = {"source": ("cue",), "cue": ("source",)}


def _with_words(now: Claim, words: Spans) -> Claim:
    start, end = hull(words)
    if now.claim_type == "quote":
        return replace(now, start=start, end=end, spans={**now.spans, "content": words})
    triggers = now.spans.get("trigger", ())
    spans = {**now.spans, "content": words}
    if not any(start <= low and high <= end for low, high in triggers):
        spans.pop("trigger", None)  # it is another event's: this one is known by its words
    return replace(now, start=start, end=end, spans=spans)


def _words(claim: Claim, column: str) -> tuple[str, ...]:
    value = getattr(claim, column)
    return value if isinstance(value, tuple) else (value,) if value else ()


def _find(read: Smooth, claim: Claim, role: str, given: Sequence[str], near: Sequence[Spans]) -> Spans | None:
    """Spans of the words, () when there are none, None when they are not all found.

    Arguments are looked for in the claim's paragraph: elsewhere a name is not the one meant here.
    """
    if role == "reporter" and given in ((OWN_VOICE,), (claim.publisher,)):
        return ()
    within, apart = None, claim.spans["content"] if claim.claim_type == "quote" else ()
    if claim.claim_type != "quote":
        within = _paragraph(read, claim)
    found = [nearest(read, words, near, within=within, apart=apart) for words in given]
    return tuple(sorted(span for spans in found for span in spans)) if all(found) else None


def nearest(read: Smooth, words: str, near: Sequence[Spans], *, within: Span | None = None, apart: Spans = ()) -> Spans:
    """Where the words stand nearest to all of ``near``, if they can outside ``apart``; () when nowhere ``within``."""
    places = [spans for spans in _occurrences(read, words) if within is None or inside(hull(spans), within)]

    def distance(spans: Spans) -> tuple[bool, int, int]:
        taken = any(overlap(span, other) for span in spans for other in apart)
        gaps = sum(min(_gap(hull(spans), each) for each in group) for group in near if group)
        shared = sum(overlap(hull(spans), each) for group in near for each in group)
        return taken, gaps, -shared

    return min(places, key=distance, default=())


def _occurrences(read: Smooth, words: str) -> Iterator[Spans]:
    """Every place of the words, whole ones only: no "it" in "with"."""
    text = read.article.text
    for spans in occurrences(text, words):
        if not any(_cuts(text, at) for span in spans for at in span):
            yield tuple(read.back(span) for span in spans)


def _cuts(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _paragraph(read: Smooth, claim: Claim) -> Span:
    block = read.original.block_at(claim.start)
    return (block.start, block.end) if block else (claim.start, claim.end)


def _gap(one: Span, other: Span) -> int:
    return max(other[0] - one[1], one[0] - other[1], 0)
