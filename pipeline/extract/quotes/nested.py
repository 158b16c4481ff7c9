"""Who says what within what somebody says: "The mayor told us that the pool would close," Ada Brandt said.

Within quotation marks no word is a cue for the words around it. What is quoted is read once more as if it had no marks:
the same models choose among cues, sources and contents that all lie within one quotation.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.extract.quotes.ranking import cue_probabilities, propose_attributions, rescore
from pipeline.knowledge.cues import Cues

#: Words of the shortest quotation that is read again: "He said that it would close" has six.
_FEWEST_WORDS = 6
#: Probability by the models, which have seen no cue in quotation marks, from which on an attribution is told. Between
#: 0.2 and 0.5 the rows of claims/train hardly change.
_LEAST_PROBABILITY = 0.4
#: Stances of what people think rather than say, and of cues in no list.
_THOUGHTS = frozenset({"believes", "intends", "other"})
#: Relation of a content's head to its cue: a clause, not what is done ("took", "made").
_CLAUSE = "ccomp"


def find_nested(para: ParsedParagraph, cues: Cues) -> tuple[ParsedParagraph, list[Candidate]]:
    """The attributions within the paragraph's quotations, and the paragraph as if it had no quotation marks."""
    quoted = [mask for mask in para.quotation_masks if mask.bit_count() >= _FEWEST_WORDS and _has_clause(para, mask)]
    if not quoted:
        return para, []
    bare = replace(para, quotation_of=[-1] * len(para), quotations=[], quotation_masks=[], quoted_mask=0, shapes=[])
    likely = cue_probabilities(bare, cues.models, among=sum(quoted))
    candidates = propose_attributions(bare, cues.models, cues.words, likely)
    rescore(bare, candidates, cues.models["final"], cues)
    told = (candidate for candidate in candidates if any(_lies_in(para, candidate, mask) for mask in quoted))
    return bare, [candidate for candidate in told if _is_certain(para, candidate, cues)]


def _has_clause(para: ParsedParagraph, mask: int) -> bool:
    """Whether the words have one that governs a clause."""
    return any(mask >> para.head[token] & 1 for token, dep in enumerate(para.dep) if dep == _CLAUSE)


def _lies_in(para: ParsedParagraph, candidate: Candidate, quotation: int) -> bool:
    """Whether cue, source and content lie in the quotation."""
    words = para.bit[candidate.cue] | candidate.source_mask | candidate.content
    return not words & ~quotation and bool(para.bit[candidate.cue] and candidate.source_mask)


def _is_certain(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> bool:
    """Whether the cue governs a clause and is likely enough; that of a pronoun must not be one of thinking.

    "I think that", "you know that" is how people talk.
    """
    governs = any(para.dep[child] == _CLAUSE for child in para.children[candidate.cue])
    is_pronoun = candidate.source is not None and para.pos[candidate.source] == "PRON"
    is_said = not is_pronoun or cues.stance((para.lemma[candidate.cue],)) not in _THOUGHTS
    return governs and is_said and candidate.probability >= _LEAST_PROBABILITY
