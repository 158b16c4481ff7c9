"""Verbs that tell how somebody goes about what he says: "continues to insist that it is safe", "wrote to say that".

The first are aspectual verbs in grammar (begin, continue); the act, and its stance, is that of the governed verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token
from pipeline.knowledge.cues import Cues

#: Relations of a governed verb: "continues to say", "kept saying".
_GOVERNED = frozenset({"xcomp", "ccomp"})
#: Tags of such a verb.
_NONFINITE = frozenset({"VB", "VBG"})
#: Verbs of how something reaches somebody, before the infinitive of what is said.
_REACHING = frozenset({"write", "call", "phone", "telephone", "ring", "email", "text", "tweet", "appear", "stand"})
#: Stances of verbs that tell of no speech and no thought, and of plans: "continues to plan for spring".
_UNSAID = frozenset({"other", "intends"})


def with_governed_verb(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> Candidate:
    """The candidate with the verb of saying or thinking as its cue that the aspectual verb governs, if there is one."""
    if para.lemma[candidate.cue] not in cues.words.phasing:
        return candidate
    for verb in para.children[candidate.cue]:
        is_governed = para.dep[verb] in _GOVERNED and para.tag[verb] in _NONFINITE
        if is_governed and not candidate.content & para.bit[verb] and cues.stance((para.lemma[verb],)) not in _UNSAID:
            return replace(candidate, cue=verb)
    return candidate


def without_reaching(para: ParsedParagraph, attributions: Sequence[Candidate]) -> list[Candidate]:
    """The attributions without the "wrote" of "wrote to parents to say that it is safe", where "say" is one."""
    return [told for told in attributions if not _only_reaches(para, told, attributions)]


def _only_reaches(para: ParsedParagraph, told: Candidate, attributions: Sequence[Candidate]) -> bool:
    if para.lemma[told.cue] not in _REACHING or not told.content:
        return False
    opens = first_token(told.content)
    return any(
        other.cue == opens + 1 and para.word[opens] == "to" and other.source_mask == told.source_mask
        for other in attributions
    )
