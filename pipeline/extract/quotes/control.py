"""Who says what where another verb or noun decides it: "fined the bank for saying that", "said to be", "union claims".

The subject of an infinitive or gerund is what the verb above it controls (control and raising in generative grammar):
of "blame X for saying" it is X, of "X apologised for saying" the same X; in "X is said to be" nobody named says so.
"""

from __future__ import annotations

from collections.abc import Collection

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.meaning import source_type
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token
from pipeline.extract.quotes.sources import source_mask
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.people import People

#: Prepositions before the deed for which somebody is blamed, praised or punished. A closed class.
_BEFORE_DEED = frozenset({"for", "of"})
#: Infinitives between the preposition and what is said: "for [failing] to tell". More is not met with.
_MAX_STEPS = 2
#: Kinds of sources, see ``meaning.source_type``, and which of the pronouns one may be blamed as.
_SOMEBODY = frozenset({"PERSON", "ORG", "GPE", "NORP", "person noun", "organisation noun", "he"})
_OBJECT_PRONOUNS = frozenset({"it", "them", "him", "her", "us", "me", "you"})
#: Lemmas of verbs of perceiving, whose object is the subject of the participle behind it: "heard it saying so".
_PERCEIVING = frozenset({"hear", "see", "watch", "catch", "find", "remember", "recall", "have", "get", "keep", "start"})
_BE = "be"
#: The cut of a source's noun phrase that drops clauses only, see ``sources.TRIMS``.
_WITHOUT_CLAUSES = 1
#: Entity types of names right before a noun for what is said: "NATO warnings", "Chinese allegations".
_NAMES = frozenset({"ORG", "GPE", "NORP", "PERSON"})


def mend_control(para: ParsedParagraph, candidate: Candidate, people: People) -> None:
    """Give the candidate the source that grammar tells, where another verb or noun decides on it; others unchanged."""
    cue = candidate.cue
    if para.pos[cue] == "NOUN":
        source = _name_before(para, candidate, people)
    else:
        drop_raised(para, candidate)
        source = _blamed(para, candidate, people) or _subject_above(para, candidate)
    if source is not None:
        candidate.source = source
        candidate.source_mask = source_mask(para, source, cue, _WITHOUT_CLAUSES)
        candidate.content &= ~candidate.source_mask


def begin_at_deed(para: ParsedParagraph, candidate: Candidate, directing: Collection[str]) -> None:
    """Make what somebody is told to do the content where that is whom: "urged [people in Larn] to [stay in]"."""
    cue, content = candidate.cue, candidate.content
    if para.lemma[cue] not in directing or not content or content & para.quoted_mask:
        return
    told = next((child for child in para.children[cue] if para.dep[child] == "dobj" and child > cue), None)
    deeds = (child for child in para.children[cue] if para.dep[child] == "xcomp" and _has_to(para, child))
    deed = next(deeds, None)
    if told is None or deed is None or deed < told or content & ~para.subtree[told] or not content >> told & 1:
        return
    candidate.content = para.mask_between(para.left_edge[deed], para.right_edge[deed] + 1)


def is_raised(para: ParsedParagraph, cue: int) -> bool:
    """Whether the cue is the "said" of "She is said to be rich", "a man said by police to be rich"."""
    if para.lemma[cue] != "say" or para.tag[cue] not in ("VBN", "VBD"):
        return False
    children = para.children[cue]
    is_passive = any(
        para.dep[child] == "agent" or (para.dep[child] in ("aux", "auxpass") and para.lemma[child] == _BE)
        for child in children
    )
    return is_passive and any(para.dep[child] == "xcomp" and _has_to(para, child) for child in children)


def _has_to(para: ParsedParagraph, verb: int) -> bool:
    return any(para.word[child] == "to" and para.dep[child] in ("aux", "auxpass") for child in para.children[verb])


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


def _blamed(para: ParsedParagraph, candidate: Candidate, people: People) -> int | None:
    """The bank of "Regulators fined the bank for failing to tell customers that", where it is no source yet."""
    verb = candidate.cue
    for _ in range(_MAX_STEPS):
        if para.dep[verb] != "xcomp":
            break
        verb = para.head[verb]
    preposition = para.head[verb]
    if para.dep[verb] != "pcomp" or para.tag[verb] != "VBG" or para.word[preposition] not in _BEFORE_DEED:
        return None
    above = para.head[preposition]
    if para.dep[above] == "dobj" and above < preposition:
        above = para.head[above]  # "the minister for saying", which the parser joins to him
    blamed = next((child for child in para.children[above] if para.dep[child] == "dobj" and child < preposition), None)
    if blamed is None or para.quotation_of[blamed] >= 0 or candidate.source == blamed:
        return None
    is_somebody = para.word[blamed] in _OBJECT_PRONOUNS or source_type(para, blamed, people) in _SOMEBODY
    return blamed if is_somebody else None


def _subject_above(para: ParsedParagraph, candidate: Candidate) -> int | None:
    """The residents of "Residents will not accept it saying that", where the parser makes "it" the subject."""
    cue, source = candidate.cue, candidate.source
    is_object = source is not None and source == cue - 1 and para.word[source] in _OBJECT_PRONOUNS
    if not is_object or para.tag[cue] != "VBG" or any(para.dep[child] == "aux" for child in para.children[cue]):
        return None
    verb = para.head[cue] if para.dep[cue] == "ccomp" else para.head[source or 0]
    verb = para.head[verb] if verb == cue else verb
    if para.lemma[verb] in _PERCEIVING or verb >= cue:
        return None
    while True:
        subject = next((child for child in para.children[verb] if para.dep[child] == "nsubj" and child < cue), None)
        if subject is not None or para.dep[verb] not in ("xcomp", "conj", "acomp") or para.head[verb] == verb:
            return subject if subject != source else None
        verb = para.head[verb]


def _name_before(para: ParsedParagraph, candidate: Candidate, people: People) -> int | None:
    """The union of "union claims that pay had fallen", NATO of "NATO warnings that", where nobody is the source.

    Only where a clause or an infinitive tells what is said, and no preposition by whom.
    """
    cue, content = candidate.cue, candidate.content
    if candidate.source is not None or not content or first_token(content) < cue:
        return None
    if not any(para.dep[child] in ("acl", "ccomp") and child > cue for child in para.children[cue]):
        return None
    before = [child for child in para.children[cue] if child == cue - 1 and para.dep[child] in ("compound", "amod")]
    if not before or any(para.dep[child] == "poss" for child in para.children[cue]):
        return None
    is_body = para.tag[before[0]] in ("NN", "NNS") and para.lemma[before[0]] in people.organisations | people.crowds
    return before[0] if para.ent_type[before[0]] in _NAMES or is_body or para.word[before[0]] == "police" else None
