"""Who says so in "She is said to be rich" (nobody named), "two men, said by police to be armed" (the police).

The subject of the passive is the subject of the infinitive (raising in generative grammar), a part of what is said. But
whoever is convinced believes: "The mayor was convinced that the dam would fail".
"""

from __future__ import annotations

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.extract.quotes.sources import source_mask
from pipeline.extract.syntax import SUBJECTS

_BE, _SAY = "be", "say"
#: Verbs whose passive tells what somebody believes.
_CONVINCING = frozenset({"convince", "persuade"})
#: Tags of a participle of the past, as the parser reads it.
_PAST = frozenset({"VBN", "VBD"})
#: The cut of a source's noun phrase that drops clauses only, see ``sources.TRIMS``.
_WITHOUT_CLAUSES = 1


def is_raised(para: ParsedParagraph, cue: int) -> bool:
    """Whether the cue is the "said" of "She is said to be rich", "a man said by police to be rich"."""
    if para.lemma[cue] != _SAY or para.tag[cue] not in _PAST:
        return False
    children = para.children[cue]
    is_passive = any(
        para.dep[child] == "agent" or (para.dep[child] in ("aux", "auxpass") and para.lemma[child] == _BE)
        for child in children
    )
    return is_passive and any(para.dep[child] == "xcomp" and has_to(para, child) for child in children)


def drop_raised(para: ParsedParagraph, candidate: Candidate) -> None:
    """Leave nobody as the source of "She is said to be rich": she is a part of what is said."""
    cue, source = candidate.cue, candidate.source
    if source is None or para.dep[source] not in SUBJECTS or not is_raised(para, cue):
        return
    if cue not in (para.head[source], para.head[para.head[source]]):  # the subject of "said", or of its "was"
        return
    candidate.content |= source_mask(para, source, cue, _WITHOUT_CLAUSES)
    candidate.source, candidate.source_mask = None, 0
    for by in para.children[cue]:
        agent = next((child for child in para.children[by] if para.dep[by] == "agent"), None)
        if agent is not None:
            candidate.source, candidate.source_mask = agent, source_mask(para, agent, cue, _WITHOUT_CLAUSES)
            candidate.content &= ~(candidate.source_mask | para.bit[by])


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


def name_convinced(para: ParsedParagraph, candidate: Candidate) -> None:
    """Give "The mayor was convinced that the dam would fail" the mayor as its source, who is no part of the content."""
    cue = candidate.cue
    if para.lemma[cue] not in _CONVINCING or para.tag[cue] not in _PAST:
        return
    by_relation = {para.dep[child]: child for child in para.children[cue]}
    subject, clause = by_relation.get("nsubjpass"), by_relation.get("ccomp")
    if subject is None or clause is None or clause < cue or "agent" in by_relation:
        return
    candidate.source, candidate.source_mask = subject, source_mask(para, subject, cue, _WITHOUT_CLAUSES)
    candidate.content &= ~(candidate.source_mask | para.mask_between(0, cue))


def has_to(para: ParsedParagraph, verb: int) -> bool:
    """Whether the verb is an infinitive with "to"."""
    return any(para.word[child] == "to" and para.dep[child] in ("aux", "auxpass") for child in para.children[verb])
