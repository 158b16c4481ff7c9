"""Whoever a newspaper quotes before a colon speaks: 'The Post quotes the mayor, Ada Brandt: "We are shut."'."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token
from pipeline.extract.quotes.sources import source_mask
from pipeline.knowledge.cues import Cues

#: The cut of a source's noun phrase that drops relative clauses, see ``sources.TRIMS``.
_WITHOUT_CLAUSES = 1


def with_quoted_person(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> Candidate:
    """The candidate with the person as its source whom its verb of quoting has as an object before a colon."""
    cue, said = candidate.cue, candidate.content & para.quoted_mask
    first = first_token(said) if said else 0
    if para.lemma[cue] not in cues.words.quoting or first <= cue:
        return candidate
    person = next((child for child in para.children[cue] if para.dep[child] == "dobj" and child > cue), None)
    has_saying = any(para.word[child] == "as" for child in para.children[cue])  # "as telling it: "
    if person is None or has_saying or ":" not in para.word[person + 1 : first]:
        return candidate
    if para.ent_type[person] != "PERSON" and not cues.people.is_person(para.lemma[person]):
        return candidate
    mask = source_mask(para, person, cue, _WITHOUT_CLAUSES) & para.mask_between(cue, first) & ~para.quoted_mask
    content = candidate.content & ~para.mask_between(0, first)
    return replace(candidate, source=person, source_mask=mask, content=content)
