"""A cue with the source and content chosen for it, and when two contents are the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.extract.quotes.paragraph import ParsedParagraph

#: Contents that share at least half of their words (Jaccard) are readings of the same one; the scorer of the gold sets
#: asks for as much.
SAME_CONTENT = 0.5

#: A content candidate with the name of its generator and its probability.
RatedContent = tuple[int, str, float]


@dataclass(slots=True)
class Candidate:
    """One cue with the source and content chosen for it. Spans are masks of words in the paragraph.

    ``cue``: its head token, with the ``cue_probability`` of the first model; ``frame``: its complements.
    ``source``: head token of the source or None (nobody), ``source_mask`` its words; ``source_probability`` and that of
    the second-best candidate, ``next_source_probability``.
    ``content``: its words; ``origin``: the generator that proposed them, later the quote's ``rule``;
    ``content_probability``: of this candidate alone; ``overlap_mass``: with all that share half of its words.
    ``alternatives``: further contents, likeliest first, for when the chosen one is another cue's.
    ``probability``: that cue, source and content are right, by the last model.
    """

    cue: int
    cue_probability: float
    source: int | None
    source_mask: int
    source_probability: float
    next_source_probability: float
    content: int
    origin: str
    content_probability: float
    overlap_mass: float
    frame: str
    alternatives: list[RatedContent] = field(default_factory=list)
    probability: float = 0.0

    @classmethod
    def of_rule(
        cls, cue: int, source: int | None, source_mask: int, content: int, origin: str, probability: float
    ) -> Candidate:
        """What a rule found, named by ``origin``: source and content are as sure as can be, the cue ``probability``."""
        return cls(
            cue=cue,
            cue_probability=probability,
            source=source,
            source_mask=source_mask,
            source_probability=1.0,
            next_source_probability=0.0,
            content=content,
            origin=origin,
            content_probability=1.0,
            overlap_mass=1.0,
            frame="",
            probability=probability,
        )


def jaccard(first: int, second: int) -> float:
    """The share of their words that two masks have in common, 0 to 1."""
    common = (first & second).bit_count()
    return common / (first.bit_count() + second.bit_count() - common) if common else 0.0


def mask_of_cues(para: ParsedParagraph, candidates: Iterable[Candidate]) -> int:
    """The mask of the head tokens of all their cues."""
    mask = 0
    for candidate in candidates:
        mask |= para.bit[candidate.cue]
    return mask
