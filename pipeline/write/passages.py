"""The passage of an article that the report shows for a claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.records import Claim, Span

#: Longest passage in characters; a speech of several pages is cut here, claims.csv has it whole.
MAX_PASSAGE = 2_000
#: Characters kept before the claim in a passage that has to be cut, so that its end still holds the claim.
LEAD = 200


@dataclass(frozen=True, slots=True)
class Passage:
    """The text around a claim, as the report shows it.

    ``text`` begins at the offset ``start`` of the article; ``sentence`` is [start, end) of the claim's own sentence,
    also in the article. ``cut``: the passage was longer than MAX_PASSAGE and its end is missing.
    """

    start: int
    text: str
    sentence: Span
    cut: bool = False

    def parts(self) -> tuple[tuple[str, int, bool], ...]:
        """What stands before, in and after the sentence, empty parts left out.

        Each part is its text, the offset in the article where it begins, and whether it is the sentence itself.
        """
        start, end = (min(max(offset - self.start, 0), len(self.text)) for offset in self.sentence)
        edges = ((0, start, False), (start, end, True), (end, len(self.text), False))
        return tuple((self.text[low:high], self.start + low, own) for low, high, own in edges if low < high)


@dataclass(frozen=True, slots=True)
class ClaimInPassage:
    """A claim, with the reviewer's fields filled in, and the passage it stands in."""

    claim: Claim
    passage: Passage


def find_passage(text: str, claim: Claim) -> Passage:
    """Find the passage of the article's ``text`` to show for a claim.

    That is the claim's sentence with the sentences before and after, as its context columns have them, widened to hold
    all of the claim's spans, and cut to MAX_PASSAGE characters.
    """
    spans = [span for parts in claim.spans.values() for span in parts] or [(claim.start, claim.end)]
    claim_start, claim_end = min(start for start, _ in spans), max(end for _, end in spans)
    sentence = _locate_sentence(text, claim.sentence, _anchor(claim.spans, claim_start))
    context_start, context_end = _locate_context(text, claim, sentence)
    start, end = min(claim_start, context_start), max(claim_end, context_end)
    if end - start > MAX_PASSAGE:
        start = max(start, claim_start - LEAD)
    shown_end = min(end, start + MAX_PASSAGE)
    return Passage(start, text[start:shown_end], sentence, cut=shown_end < end)


def _anchor(spans: Mapping[str, tuple[Span, ...]], otherwise: int) -> int:
    """An offset within the claim's sentence: its cue or trigger, else the beginning of its content."""
    parts = spans.get("trigger") or spans.get("cue") or spans.get("content")
    return parts[0][0] if parts else otherwise


def _locate_sentence(text: str, sentence: str, anchor: int) -> Span:
    """[start, end) of ``sentence`` around the offset ``anchor``; the empty span there when it isn't found."""
    if sentence:
        start = text.find(sentence, max(anchor - len(sentence) + 1, 0), anchor + len(sentence))
        if 0 <= start <= anchor:
            return start, start + len(sentence)
    return anchor, anchor


def _locate_context(text: str, claim: Claim, sentence: Span) -> Span:
    """From the start of the sentence before to the end of the one after, as far as the text has them."""
    start, end = sentence
    before = text.rfind(claim.context_before, 0, start) if claim.context_before else -1
    after = text.find(claim.context_after, end) if claim.context_after else -1
    return (before if before >= 0 else start), (after + len(claim.context_after) if after >= 0 else end)
