"""Who adds something: "said fares would rise, adding repairs were due".

The parser hangs the participle on the verb of the clause before it, whose subject adds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.extract.syntax import SUBJECTS

#: The participle that goes on with what somebody says, and that which does so behind a comma: "argued it was unsafe,
#: saying the lamps were broken".
_ADDING, _SAYING = "adding", "saying"
#: Relation of what is said to the verb of saying.
_CLAUSE = "ccomp"


def adds_clause(para: ParsedParagraph, verb: int) -> bool:
    """Whether "adding", or "saying" behind a comma, has a clause with a subject: ", adding [repairs were due]"."""
    goes_on = para.word[verb] == _ADDING or (para.word[verb] == _SAYING and verb > 0 and para.word[verb - 1] == ",")
    if not goes_on or para.dep[verb] != "advcl":
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
