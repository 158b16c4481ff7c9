"""Who has a will: no thing, but a text and a number of people: "the plan calls for trams", "dozens demanded a vote"."""

from __future__ import annotations

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.meaning import source_type
from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.knowledge.cues import Cues
from pipeline.knowledge.people import People

#: Tag of a plural, and of relative pronouns.
_PLURAL = "NNS"
_RELATIVE = frozenset({"WDT", "WP"})
_WHICH = "WDT"


def lacks_will(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """ "The law threatens to ruin the port", "The craft requires patience": a thing wants nothing.

    Numbers of people do, and texts that say what shall be; nor is it so where words are quoted.
    """
    lemma = para.lemma[candidate.cue]
    if lemma not in cues.words.willing or candidate.content & para.quoted_mask:
        return False
    if prescribes(para, candidate, cues) or _counts_people(para, candidate.source, cues.people):
        return False
    source = candidate.source
    if source is not None and para.tag[source] == _WHICH and para.dep[candidate.cue] == "relcl":
        source = para.head[candidate.cue]  # "the path, which seeks the shade"
    kind = source_type(para, source, cues.people)
    return kind == "thing NOUN" or (kind == "document" and lemma in cues.words.menacing)


def prescribes(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """Whether a text says what shall be: "the plan calls for trams to run at night", "the lawsuit seeks to stop it"."""
    source = candidate.source
    if source is None or para.lemma[candidate.cue] not in cues.words.prescribing:
        return False
    if para.tag[source] in _RELATIVE and para.dep[candidate.cue] == "relcl":  # "the suit, which seeks to stop it"
        source = para.head[candidate.cue]
    return para.lemma[source] in cues.words.prescripts or para.lemma[source] in cues.people.documents


def _counts_people(para: ParsedParagraph, source: int | None, people: People) -> bool:
    """Whether the source is "thousands" or "dozens of voters"."""
    if source is None or para.tag[source] != _PLURAL or para.lemma[source] not in people.quantities:
        return False
    counted = [noun for of in para.children[source] if para.word[of] == "of" for noun in para.children[of]]
    return all(people.is_person(para.lemma[noun]) for noun in counted)
