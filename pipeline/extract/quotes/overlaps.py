"""Which attributions of a paragraph are kept where their contents overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.quotes.candidate import SAME_CONTENT, Candidate, jaccard
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token
from pipeline.extract.quotes.ranking import comparable

#: An attribution within the content of another one stands beside it from this probability on ("A quoted B as saying").
_NESTED_PROBABILITY = 0.3


def suppress_overlaps(para: ParsedParagraph, candidates: Sequence[Candidate], threshold: float) -> list[Candidate]:
    """The candidates from the probability ``threshold`` on whose contents do not clash, in the order of their cues.

    Of two that clash the likelier one is kept; the other falls back on its next best content that is still free, with
    its probability lowered to match, or is dropped.
    """
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda candidate: (-comparable(candidate.probability), candidate.cue)):
        if candidate.probability < threshold:
            break
        if not any(_clashes_with(para, candidate, candidate.content, rival) for rival in kept):
            kept.append(candidate)
            continue
        for content, origin, chance in candidate.alternatives:
            probability = candidate.probability * chance / max(candidate.content_probability, chance)
            if _is_told_by_others(para, candidate, content, kept):
                continue
            if probability >= threshold and not any(_clashes_with(para, candidate, content, rival) for rival in kept):
                kept.append(replace(candidate, content=content, origin=origin, probability=probability))
                break
    return sorted(kept, key=lambda candidate: candidate.cue)


def _is_told_by_others(para: ParsedParagraph, candidate: Candidate, content: int, kept: Sequence[Candidate]) -> bool:
    """Whether a content is a sentence behind the cue's that tells who says so: "Lund would not say. A clerk said"."""
    if not content or content & para.quoted_mask:
        return False
    is_behind = para.sentence_of[first_token(content)] > para.sentence_of[candidate.cue]
    return is_behind and any(content & para.bit[rival.cue] for rival in kept)


def _clashes_with(para: ParsedParagraph, candidate: Candidate, content: int, rival: Candidate) -> bool:
    """Whether the content is a rival's already: mostly the same, or words in quotation marks that only one can say."""
    common = content & rival.content
    if not common:
        return False
    if _reaches_over(para, candidate, content, rival):
        return True
    if content & para.bit[rival.cue] or rival.content & para.bit[candidate.cue]:
        return jaccard(content, rival.content) >= SAME_CONTENT and candidate.probability < _NESTED_PROBABILITY
    return bool(common & para.quoted_mask) or jaccard(content, rival.content) >= SAME_CONTENT


def _reaches_over(para: ParsedParagraph, candidate: Candidate, content: int, rival: Candidate) -> bool:
    """Whether a content takes in what another sentence quotes and whoever says it: 'Few agree. "No," Brandt said.'"""
    is_whole = content & para.bit[rival.cue] and not rival.content & ~(content & para.quoted_mask)
    return bool(is_whole) and para.sentence_of[candidate.cue] < para.sentence_of[rival.cue]
