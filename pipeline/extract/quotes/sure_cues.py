"""Cues that say by their form what they are, however seldom the models have seen the word: "rumours that ...".

The models still choose source and content; here is only told which tokens they must look at.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.reporting_words import ReportingWords

#: Relations of the clause that tells what a noun for a proposition is about: "rumours that the mill had burnt".
_NOUN_CLAUSES = frozenset({"acl", "ccomp", "relcl"})
#: Tags of verb forms that are not finite.
_NON_FINITE = frozenset({"VB", "VBG", "VBN"})


def find_sure_cues(para: ParsedParagraph, words: ReportingWords) -> Iterator[int]:
    """Tokens outside quotation marks that head a cue for certain, in text order; ``words``: of models/cues.toml."""
    for token, lemma in enumerate(para.lemma):
        if para.quotation_of[token] >= 0:
            continue
        if lemma in words.proposition_nouns and para.pos[token] == "NOUN":
            is_sure = _tells_clause(para, token)
        elif para.pos[token] in VERBAL and (para.word[token] in words.speaking_forms or lemma in words.empty_objects):
            is_sure = is_parenthesis(para, token)
        else:
            is_sure = para.word[token] in words.reporting_participles and _has_own_subject(para, token)
        if is_sure:
            yield token


def _tells_clause(para: ParsedParagraph, noun: int) -> bool:
    """Whether a finite clause with a subject follows: "amid rumours [that] the mill had burnt"."""
    for verb in para.children[noun]:
        if verb < noun or para.dep[verb] not in _NOUN_CLAUSES:
            continue
        opens = para.left_edge[verb]
        has_mark = para.word[opens] == "that" and para.dep[opens] == "mark"
        is_told = has_mark or para.dep[verb] == "ccomp"
        if is_told and _is_finite(para, verb) and any(para.dep[child] in SUBJECTS for child in para.children[verb]):
            return True
    return False


def _is_finite(para: ParsedParagraph, verb: int) -> bool:
    helpers = any(para.dep[child] in ("aux", "auxpass") for child in para.children[verb])
    return helpers or para.tag[verb] not in _NON_FINITE


def words_around(para: ParsedParagraph, verb: int) -> int:
    """The mask of the clause that a parenthesis ("as she put it") is about: that of the verb above it."""
    above = para.head[verb]
    return para.subtree[above] & ~para.subtree[verb]


def is_parenthesis(para: ParsedParagraph, verb: int) -> bool:
    """ "As Brandt wrote in May, ...", "as she put it": what somebody said is the sentence around it."""
    if para.dep[verb] != "advcl":
        return False
    children = para.children[verb]
    opens = para.word[para.left_edge[verb]] == "as" and para.left_edge[verb] in children
    has_object = any(para.dep[child] in ("dobj", "ccomp", "xcomp") and para.word[child] != "it" for child in children)
    return opens and not has_object and any(para.dep[child] in SUBJECTS for child in children)


def _has_own_subject(para: ParsedParagraph, participle: int) -> bool:
    """ "with some saying that they had slept in their coats": it has a subject and a clause of its own."""
    children = para.children[participle]
    subject = next((child for child in children if para.dep[child] in SUBJECTS and child < participle), None)
    if subject is None or not any(para.dep[child] == "ccomp" for child in children):
        return False
    start = para.left_edge[subject]
    return start > 0 and para.word[start - 1] == "with"
