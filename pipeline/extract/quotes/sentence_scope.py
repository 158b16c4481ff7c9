"""Attributions at a sentence's end cover it: "[The dyke has held so far, but storms could break it], Kern said".

The models often let the content begin in its middle, at the clause or complement right before the comma.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token, tokens_of
from pipeline.extract.quotes.tails import is_dash

#: Marks behind which a sentence begins anew, and parts of speech that link it to the one before: "But", "Moreover".
_NEW_START = frozenset({":", ";"})
_LINKING = frozenset({"CCONJ", "ADV"})


def cover_sentence(para: ParsedParagraph, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates; one whose content ends at the comma before ", NAME said" begins where its sentence does.

    Left alone are quotations, and a sentence whose first part is another attribution's own: "Kern said it had rained,
    but [the roof held], Brandt said".
    """
    return [_covering(para, candidate, candidates) for candidate in candidates]


def _covering(para: ParsedParagraph, candidate: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    front = _front(para, candidate)
    if not front or any(_parts(para, other, candidate, front) for other in candidates):
        return candidate
    return replace(candidate, content=candidate.content | front)


def _front(para: ParsedParagraph, candidate: Candidate) -> int:
    """The words of the sentence before the content; 0 where it isn't one of indirect speech before ", NAME said"."""
    cue, content, source = candidate.cue, candidate.content, candidate.source_mask
    low, _ = para.sentence_bounds(cue)
    act = min(cue, first_token(source)) if source else low
    last = content.bit_length() - 1
    is_before = low < act and para.word[act - 1] == "," and last == act - 2
    if not content or not is_before or content & ((1 << low) - 1) or content & para.quoted_mask:
        return 0
    first = first_token(content)
    starts = [token + 1 for token in range(low, first) if para.word[token] in _NEW_START or is_dash(para, token)]
    front = para.mask_between(max(starts, default=low), first)
    if front & para.quoted_mask or all(para.pos[token] in _LINKING for token in tokens_of(front)):
        return 0
    return front


def _parts(para: ParsedParagraph, other: Candidate, candidate: Candidate, front: int) -> bool:
    """Whether another attribution stands in the words before the content and ends there, with a comma."""
    first = first_token(candidate.content)
    stands_there = other.cue != candidate.cue and front >> other.cue & 1
    return bool(stands_there) and not other.content & candidate.content and "," in para.word[first - 2 : first]
