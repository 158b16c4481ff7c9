"""What kind of clause a cue governs, on which its stance may depend: "wants to leave", "wants the firm to leave"."""

from __future__ import annotations

from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph
from pipeline.extract.syntax import SUBJECTS

#: Relations of the clauses that a cue governs.
_CLAUSES = frozenset({"ccomp", "xcomp", "pcomp", "acl"})
#: Modal verbs of what ought to be done.
_OUGHT = frozenset({"should", "must", "ought"})
#: Lemmas in an infinitive's place that make a demand of a finite clause: "suggested that the firm be sold".
_BARE_TAG = "VB"


def complement_kind(para: ParsedParagraph, cue: int) -> str:
    """What the cue governs: "to" (an infinitive whose subject is the cue's own), "object to" (one of somebody else),
    "ought" (a clause with "should" or in the subjunctive), "that" (any other clause with a subject), "ing" (a gerund);
    "" for none of these.
    """
    verb = next((child for child in para.children[cue] if _is_clause(para, cue, child)), None)
    if verb is None:
        return ""
    children = para.children[verb]
    has_subject = any(para.dep[child] in SUBJECTS for child in children)
    if any(para.word[child] == "to" and para.dep[child] == "aux" for child in children):
        has_object = any(para.dep[child] in ("dobj", "dative", "nsubjpass") for child in para.children[cue])
        return "object to" if has_subject or has_object else "to"
    if para.tag[verb] == "VBG" and not any(para.dep[child] == "aux" for child in children):
        return "ing"
    if not has_subject:
        return ""
    auxiliaries = [child for child in children if para.dep[child] in ("aux", "auxpass")]
    is_subjunctive = para.tag[verb] == _BARE_TAG and not auxiliaries
    is_subjunctive |= any(para.word[child] == "be" and len(auxiliaries) == 1 for child in auxiliaries)
    return "ought" if is_subjunctive or any(para.word[child] in _OUGHT for child in auxiliaries) else "that"


def _is_clause(para: ParsedParagraph, cue: int, child: int) -> bool:
    if para.dep[child] not in _CLAUSES or para.pos[child] not in VERBAL:
        return False
    return child > cue or para.dep[child] == "ccomp"
