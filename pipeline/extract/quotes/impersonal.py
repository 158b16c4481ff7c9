"""What becomes known, and nobody is told to say so: "It emerged that ...", "The pier will close, it is understood"."""

from __future__ import annotations

from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.reporting_words import ReportingWords


def impersonal_clause(para: ParsedParagraph, verb: int, words: ReportingWords) -> int:
    """The mask of the clause that a verb with the subject "it" makes known, before it or behind "that"; 0 for none.

    The verb is passive, of ``words.passing_on``, or one of ``words.emerging``.
    """
    lemma, children = para.lemma[verb], para.children[verb]
    if para.pos[verb] not in VERBAL or (lemma not in words.passing_on and lemma not in words.emerging):
        return 0
    has_expletive = any(para.word[child] == "it" and para.dep[child] in SUBJECTS and child < verb for child in children)
    is_passive = any(para.dep[child] == "auxpass" for child in children)
    if not has_expletive or not (is_passive or lemma in words.emerging):
        return 0
    for child in children:
        if para.dep[child] != "ccomp" or not any(para.dep[below] in SUBJECTS for below in para.children[child]):
            continue
        if child < verb or para.word[para.left_edge[child]] == "that":
            return para.subtree[child] & ~para.bit[verb]
    return 0
