"""What somebody wants or complains of, as a list: "The strikers' demands include higher pay and two days off"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.quotes.candidate import SAME_CONTENT, Candidate, jaccard
from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.reporting_words import ReportingWords

#: Verbs between the noun and the list, and the one behind "Among the demands".
_LISTING = frozenset({"include", "range"})
_BE = "be"
#: Words, at least, of what is listed.
_FEWEST_WORDS = 2
#: How sure it is. Set by hand.
_PROBABILITY = 0.6


def add_listings(para: ParsedParagraph, attributions: Sequence[Candidate], words: ReportingWords) -> list[Candidate]:
    """The attributions, and one for each list of what somebody wants or minds, unless one has it."""
    added = list(attributions)
    for noun, lemma in enumerate(para.lemma):
        if lemma not in words.listed or para.tag[noun] != "NNS" or para.quotation_of[noun] >= 0:
            continue
        owner = next((child for child in para.children[noun] if para.dep[child] == "poss"), None)
        content = _listed(para, noun) if owner is not None else 0
        if owner is None or content.bit_count() < _FEWEST_WORDS:
            continue
        if not any(jaccard(rival.content, content) >= SAME_CONTENT for rival in attributions):
            added.append(Candidate.of_rule(noun, owner, para.subtree[owner], content, "listing", _PROBABILITY))
    return sorted(added, key=lambda candidate: candidate.cue)


def _listed(para: ParsedParagraph, noun: int) -> int:
    """The mask of the list that the noun is the heading of: up to the sentence's end; 0 for none."""
    above, dep = para.head[noun], para.dep[noun]
    high = para.sentence_bounds(noun)[1]
    if dep in SUBJECTS and para.lemma[above] in _LISTING and above > noun:
        return para.mask_between(above + 1, high)
    verb = above if dep in SUBJECTS else para.head[above]
    opens = para.left_edge[noun] - 1
    is_among = opens >= 0 and para.word[opens] == "among" and para.lemma[verb] == _BE and verb > noun
    return para.mask_between(verb + 1, high) if is_among else 0
