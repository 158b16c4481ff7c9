"""Sources that are a body's whole name, where the parser cuts it at a comma: "Department for Farms, Food and Water"."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token

#: The parser's label of organisations.
_BODY = "ORG"


def with_whole_body(para: ParsedParagraph, candidate: Candidate) -> Candidate:
    """The candidate, a source that begins in the midst of an organisation's name from the beginning of that on.

    "The Department for Farms, Food and Water said no": the parser has "Food and Water" for the subject.
    """
    if not candidate.source_mask:
        return candidate
    begin = first = first_token(candidate.source_mask)
    low, _ = para.sentence_bounds(first)
    while first > low and para.ent_type[first - 1] == _BODY == para.ent_type[begin]:
        first -= 1
    if first == begin or "," not in para.word[first:begin]:
        return candidate
    head = next((token for token in range(first, begin) if not first <= para.head[token] < begin), first)
    added = para.mask_between(min(first, para.left_edge[head]), begin)
    return replace(
        candidate, source=head, source_mask=candidate.source_mask | added, content=candidate.content & ~added
    )
