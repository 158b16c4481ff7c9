"""Who speaks in a participle: "said fares would rise, adding repairs were due", "two men, said by police to be armed".

The parser hangs the first on the verb of the clause before it, whose subject adds nothing, and reads the second as
active.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.extract.quotes.sources import source_mask
from pipeline.extract.syntax import SUBJECTS

#: The participle that goes on with what somebody says, and tags of a participle of the past, as the parser reads it.
_ADDING = "adding"
_PAST = frozenset({"VBN", "VBD"})
#: Relation of what is said to the verb of saying.
_CLAUSE = "ccomp"
#: The cut of a source's noun phrase that drops clauses only, see ``sources.TRIMS``.
_WITHOUT_CLAUSES = 1


def adds_clause(para: ParsedParagraph, verb: int) -> bool:
    """Whether "adding" has a clause with a subject: ", adding [repairs were due]"."""
    if para.word[verb] != _ADDING or para.dep[verb] != "advcl":
        return False
    clauses = (child for child in para.children[verb] if para.dep[child] == _CLAUSE and child > verb)
    return any(para.dep[child] in SUBJECTS for clause in clauses for child in para.children[clause])


def find_adder(para: ParsedParagraph, candidate: Candidate, candidates: Sequence[Candidate]) -> None:
    """Give such an addition the source of what it is added to, where the parser hangs it on what was said."""
    verb = para.head[candidate.cue]
    if not adds_clause(para, candidate.cue) or para.dep[verb] != _CLAUSE:
        return
    saying = next((other for other in candidates if other.cue == para.head[verb]), None)
    if saying is not None and saying.source is not None and saying.cue < candidate.cue:
        candidate.source, candidate.source_mask = saying.source, saying.source_mask


def name_agent(para: ParsedParagraph, candidate: Candidate) -> None:
    """Give "two men, said by police to be armed" the police as its source, and the men to what is said."""
    cue = candidate.cue
    by = next((child for child in para.children[cue] if para.dep[child] == "agent"), None)
    deed = next((child for child in para.children[cue] if para.dep[child] == "xcomp" and child > cue), None)
    has_helper = any(para.dep[child] in ("aux", "auxpass") for child in para.children[cue])
    if by is None or deed is None or by != cue + 1 or has_helper or para.tag[cue] not in _PAST:
        return
    agent = next((child for child in para.children[by] if para.dep[child] == "pobj"), None)
    before = cue - 1
    while before > 0 and not para.bit[before]:
        before -= 1
    if agent is None or para.pos[before] not in ("NOUN", "PROPN") or para.tag[para.left_edge[deed]] != "TO":
        return
    told = source_mask(para, before, cue, _WITHOUT_CLAUSES) & para.mask_between(0, cue)
    candidate.source = agent
    candidate.source_mask = source_mask(para, agent, by, _WITHOUT_CLAUSES) & ~para.subtree[deed]
    candidate.content = told | para.mask_between(para.left_edge[deed], _end_of_deed(para, deed))


def _end_of_deed(para: ParsedParagraph, deed: int) -> int:
    """The token behind the infinitive, at the next comma or dash at most."""
    end = para.right_edge[deed] + 1
    return next((token for token in range(deed, end) if para.word[token] in (",", "-", "–", "—")), end)
