"""Sentences that only name a story's reporters: "Ada Brandt and Oren Blake reported."."""

from __future__ import annotations

from collections.abc import Collection

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph


def is_credit(para: ParsedParagraph, candidate: Candidate, crediting: Collection[str]) -> bool:
    """Whether the cue's sentence only names a story's reporters: 'It is over." Ada Brandt and Oren Blake reported.'.

    It is the paragraph's last, has no other verb, and what it would attribute is the sentence before, which ends in a
    full stop; or all that the sentence tells is who reported: "Ada Brandt reported from Larn, Oren Blake from Aue".
    ``crediting`` has the lemmas of its verbs.
    """
    cue, content = candidate.cue, candidate.content
    low, high = para.sentence_bounds(cue)
    if para.lemma[cue] not in crediting or high < len(para) or not content or candidate.source is None:
        return False
    verbs = [token for token in range(low, high) if para.pos[token] == "VERB"]
    if any(para.lemma[verb] not in crediting for verb in verbs) or content & para.quoted_mask & para.mask_between(
        low, high
    ):
        return False
    if content & para.mask_between(low, high):
        return len(verbs) > 1
    ends = content.bit_length()
    return para.word[ends] == "." and _names_people(para, candidate.source)


def _names_people(para: ParsedParagraph, source: int) -> bool:
    """Whether a source is a person's name or a list of names: "the Gazette reported" is an attribution."""
    is_list = any(para.dep[child] == "conj" for child in para.children[source])
    return para.pos[source] == "PROPN" and (is_list or para.ent_type[source] == "PERSON")
