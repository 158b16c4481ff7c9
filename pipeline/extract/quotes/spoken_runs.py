"""How far one act of speaking reaches: to the first sentence on either side that is all the reporter's own."""

from __future__ import annotations

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph


def end_at_reporter(para: ParsedParagraph, candidate: Candidate) -> None:
    """Leave out of a content what a whole sentence of the reporter's parts from the cue.

    '"We know them all." The loaf was sold. "It was not me," said Holm.' has Holm say only the last of it.
    """
    content = candidate.content
    if not content & para.quoted_mask:
        return
    own = para.sentence_of[candidate.cue]
    first = _last_spoken(para, content, range(own - 1, -1, -1), own)
    last = _last_spoken(para, content, range(own + 1, len(para.sentences)), own)
    within = content & para.mask_between(para.sentences[first][0], para.sentences[last][1])
    candidate.content = within or content


def _last_spoken(para: ParsedParagraph, content: int, sentences: range, own: int) -> int:
    """The last of these sentences, outwards from the cue's ``own``, before the first without a word of the content."""
    reached = own
    for number in sentences:
        words = para.mask_between(*para.sentences[number])
        if words and not words & content:
            break
        reached = number
    return reached
