"""Who speaks where a body's name stands right before the verb: "Ada Brandt of the charity Larnaid said"."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.extract.syntax import SUBJECTS

#: Prepositions between somebody and the body that he is of.
_BEFORE_BODY = frozenset({"of", "from", "at", "with", "for"})
_NOUNS = frozenset({"NOUN", "PROPN"})


def with_member(para: ParsedParagraph, candidate: Candidate) -> Candidate:
    """The candidate, a body that the parser has for a second subject made a part of the source before it.

    "Ada Brandt of the charity Larnaid said no": somebody of the charity speaks, whose noun has the name right behind.
    """
    body = candidate.source
    if body is None or para.dep[body] not in SUBJECTS or para.pos[body] != "PROPN":
        return candidate
    kind = para.left_edge[body] - 1
    is_kind = kind >= 0 and para.dep[kind] == "pobj" and para.pos[kind] == "NOUN"
    if not is_kind or para.word[para.head[kind]] not in _BEFORE_BODY:
        return candidate
    member = para.head[para.head[kind]]
    is_other_subject = para.dep[member] in SUBJECTS and para.head[member] == para.head[body] and member < kind
    has_article = any(para.dep[child] == "det" for child in para.children[kind])
    if not is_other_subject or not has_article or para.pos[member] not in _NOUNS:
        return candidate
    added = para.mask_between(para.left_edge[member], para.left_edge[body])
    mask = added | candidate.source_mask
    return replace(candidate, source=member, source_mask=mask, content=candidate.content & ~mask)
