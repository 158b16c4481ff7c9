"""What is found or foreseen, not seen: "the audit found no wrongdoing", "analysts see growth of 2 per cent"."""

from __future__ import annotations

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.meaning import source_type
from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.knowledge.cues import Cues

#: Tags of the present tense; types of figures; kinds of sources that foresee something.
_PRESENT = frozenset({"VBP", "VBZ"})
_FIGURES = frozenset({"PERCENT", "MONEY", "CARDINAL", "QUANTITY"})
_FORECASTERS = frozenset({"PERSON", "person noun"})


def is_finding(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """Whether somebody finds that there is none of something: "found no link between the two", not "no survivors"."""
    cue = candidate.cue
    objects = (child for child in para.children[cue] if para.dep[child] == "dobj" and child > cue)
    return para.lemma[cue] == "find" and any(
        para.lemma[noun] in cues.words.findings and any(para.word[below] == "no" for below in para.children[noun])
        for noun in objects
    )


def is_outlook(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """Whether people see a figure, in the present: "see prices climbing to 80 dollars"; "saw a rise" tells what was."""
    cue, content = candidate.cue, candidate.content
    if para.lemma[cue] != "see" or para.tag[cue] not in _PRESENT or candidate.source is None:
        return False
    has_figure = any(para.ent_type[token] in _FIGURES for token in range(content.bit_length()) if content >> token & 1)
    return has_figure and source_type(para, candidate.source, cues.people) in _FORECASTERS
