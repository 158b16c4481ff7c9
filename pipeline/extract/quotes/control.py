"""Who says what where another verb or noun decides it: "is said to be", "won't accept it saying so", "union claims".

Passives with an infinitive are in ``raised``, gerunds behind prepositions ("fined X for saying that") in ``gerunds``.
"""

from __future__ import annotations

from collections.abc import Collection

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token
from pipeline.extract.quotes.raised import drop_raised, has_to, name_agent, name_convinced
from pipeline.extract.quotes.sources import source_mask
from pipeline.knowledge.people import People

#: Pronouns that the parser takes for the subject of a gerund: "will not accept it saying that".
_OBJECT_PRONOUNS = frozenset({"it", "them", "him", "her", "us", "me", "you"})
#: Lemmas of verbs of perceiving, whose object is the subject of the participle behind it: "heard it saying so".
_PERCEIVING = frozenset({"hear", "see", "watch", "catch", "find", "remember", "recall", "have", "get", "keep", "start"})
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
        name_agent(para, candidate)
        name_convinced(para, candidate)
        source = _subject_above(para, candidate)
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
    deeds = (child for child in para.children[cue] if para.dep[child] == "xcomp" and has_to(para, child))
    deed = next(deeds, None)
    if told is None or deed is None or deed < told or content & ~para.subtree[told] or not content >> told & 1:
        return
    candidate.content = para.mask_between(para.left_edge[deed], para.right_edge[deed] + 1)


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
