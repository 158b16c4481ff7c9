"""Remarks on what was just told: "said the pier had shut, which he called a joke" makes two statements."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph

#: Verbs that say what something is in somebody's eyes, and pronouns for whoever spoke last.
_NAMING = frozenset({"call", "describe", "brand", "dub", "label", "term", "deem"})
_SPEAKERS = frozenset({"he", "she", "they", "it"})
#: Tags of relative pronouns: "which".
_RELATIVES = frozenset({"WDT", "WP"})
#: The least probability of such a remark behind words that are surely said.
_PROBABILITY = 0.5


def part_remarks(para: ParsedParagraph, candidates: Sequence[Candidate], threshold: float) -> None:
    """End contents before a relative clause in which the speaker is said to name something; the clause is a claim then.

    ``threshold``: the probability from which an attribution is one.
    """
    for remark in candidates:
        if not _is_remark(para, remark):
            continue
        start = _start_of_remark(para, remark.cue)
        for candidate in candidates:
            before = candidate.content & ((1 << start) - 1)
            is_around = candidate.content >> remark.cue & 1 and para.quotation_of[remark.cue] < 0
            if is_around and before and candidate.probability >= threshold:
                candidate.content = before
                remark.probability = max(remark.probability, _PROBABILITY)


def _is_remark(para: ParsedParagraph, candidate: Candidate) -> bool:
    """Whether the cue names something in a relative clause whose subject is a pronoun, and what it names is told."""
    cue, source = candidate.cue, candidate.source
    is_naming = para.dep[cue] == "relcl" and para.lemma[cue] in _NAMING
    if not is_naming or source is None or para.word[source] not in _SPEAKERS or para.head[source] != cue:
        return False
    return bool(candidate.content) and candidate.content.bit_length() > cue


def _start_of_remark(para: ParsedParagraph, cue: int) -> int:
    """The first token of the clause, or of the noun that takes up what was told: "a move she called cruel"."""
    clause, noun = para.left_edge[cue], para.head[cue]
    opens = para.left_edge[noun]
    takes_up = para.tag[clause] not in _RELATIVES and opens > 0 and para.word[opens - 1] == ","
    return opens if takes_up else clause
