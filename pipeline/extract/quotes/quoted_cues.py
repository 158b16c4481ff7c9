"""Cues that stand within a quotation of a few words: 'The council "strongly condemns" the raid'."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.meaning import source_type
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph
from pipeline.extract.quotes.sources import source_mask
from pipeline.knowledge.cues import Cues

#: Words, at most, of such a quotation: "does not and will not accept" has six.
_MOST_QUOTED = 6
#: Stances that such verbs show: others tell what happened ("was 'badly hurt'").
_STANCES = frozenset({"criticises", "supports", "denies", "demands", "warns", "promises", "confirms"})
#: Kinds of sources that speak.
_SPEAKERS = frozenset(
    {"PERSON", "ORG", "GPE", "NORP", "person noun", "organisation noun", "document", "he", "it", "who"}
)
#: Relations of what is condemned or denied.
_TOLD = frozenset({"dobj", "ccomp", "xcomp", "prep"})
#: The cut of a source's noun phrase that drops clauses only, see ``sources.TRIMS``.
_WITHOUT_CLAUSES = 1
#: How sure such an attribution is. Set by hand.
_PROBABILITY = 0.6


def add_quoted_cues(para: ParsedParagraph, kept: Sequence[Candidate], cues: Cues) -> list[Candidate]:
    """The attributions ``kept``, and one for each such verb with its subject before the quotation and an object behind.

    Unless another has it in its content: 'Lund said she "strongly condemned" it'.
    """
    added = list(kept)
    for mask in para.quotation_masks:
        verb = _verb_in(para, mask, cues)
        if verb is None or any(rival.content & para.bit[verb] or rival.cue == verb for rival in kept):
            continue
        source = next(child for child in para.children[verb] if para.dep[child] == "nsubj" and child < verb)
        told = [child for child in para.children[verb] if para.dep[child] in _TOLD and child > verb]
        content = para.mask_of_subtrees(told) & ~mask
        if content and source_type(para, source, cues.people) in _SPEAKERS:
            mask = source_mask(para, source, verb, _WITHOUT_CLAUSES)
            added.append(Candidate.of_rule(verb, source, mask, content, "quoted cue", _PROBABILITY))
    return sorted(added, key=lambda candidate: candidate.cue)


def _verb_in(para: ParsedParagraph, mask: int, cues: Cues) -> int | None:
    """The verb within a short quotation whose subject stands before it, where it shows a stance; else None."""
    if not 0 < mask.bit_count() <= _MOST_QUOTED:
        return None
    for token in range(mask.bit_length() - 1, -1, -1):
        if not mask >> token & 1:
            continue
        has_subject = any(
            para.dep[child] == "nsubj" and child < token and not mask >> child & 1 for child in para.children[token]
        )
        if para.pos[token] in VERBAL and has_subject:
            return token if cues.stance((para.lemma[token],)) in _STANCES else None
    return None
