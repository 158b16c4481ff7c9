"""Whoever speaks behind "with": "The talks ended late, with some warning that the deal was dead"."""

from __future__ import annotations

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph

#: Tag of the form that tells what somebody does meanwhile, and the word before whoever does it.
_PARTICIPLE, _NOUN = "VBG", "NN"
_WITH = "with"
#: Parts of speech of a noun phrase and a phrase within it ("one of the pilots"), and of what may end one.
_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PART", "PRON", "ADP", "SYM"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
#: Tokens of the longest noun phrase between "with" and the participle.
_MAX_PHRASE = 12


def absolute_subject(para: ParsedParagraph, participle: int) -> tuple[int, int] | None:
    """The first and last token of the noun phrase between "with" and an "-ing" form, however the parser reads them.

    Behind a person's name that may also be a noun to him: "with Ada Brandt warning of ice". None where there is no such
    phrase, or a comma or another verb in it.
    """
    end = participle - 1
    if end < 1 or para.pos[end] not in _NOMINAL:
        return None
    is_noun = para.tag[participle] == _NOUN and para.ent_type[end] == "PERSON" and para.word[participle].endswith("ing")
    if para.tag[participle] != _PARTICIPLE and not is_noun:
        return None
    for token in range(end, max(end - _MAX_PHRASE, -1), -1):
        if para.word[token] == _WITH:
            return (token + 1, end) if token < end else None
        if para.pos[token] not in _PHRASE or para.quotation_of[token] >= 0:
            return None
    return None


def find_companion(para: ParsedParagraph, candidate: Candidate) -> None:
    """Make the noun phrase behind "with" the source of the participle that follows it, and no part of its content.

    A person within it who is the source already stays so: "with a tape of Odell saying".
    """
    span = absolute_subject(para, candidate.cue)
    if span is None:
        return
    first, last = span
    mask = para.mask_between(first, last + 1)
    source = candidate.source
    if source is None or not first <= source <= last or para.ent_type[source] != "PERSON":
        heads = (token for token in range(first, last + 1) if not first <= para.head[token] <= last)
        candidate.source, candidate.source_mask = next(heads, last), mask
    candidate.content &= ~((2 << candidate.cue) - 1)
