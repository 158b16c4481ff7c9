"""What the models may take for an attribution though nobody says anything: impressions, instructions, additions."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph, first_token
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.reporting_words import ReportingWords

#: Tag of a bare verb, and relations in which one is an instruction when nothing opens its clause.
_BARE_TAG = "VB"
_MAIN = frozenset({"ROOT", "conj"})


class _Case(NamedTuple):
    """An attribution of the paragraph, with the word lists that decide whether it is one."""

    para: ParsedParagraph
    candidate: Candidate
    words: ReportingWords

    @property
    def cue(self) -> int:
        return self.candidate.cue

    @property
    def lemma(self) -> str:
        return self.para.lemma[self.candidate.cue]

    def has_child(self, *relations: str) -> bool:
        """Whether anything hangs on the cue in one of these relations."""
        return any(self.para.dep[child] in relations for child in self.para.children[self.cue])


def _is_impression(case: _Case) -> bool:
    """ "The plan seems sound", "It appears that nobody came": the article's own voice."""
    return case.lemma in case.words.impressions and not case.candidate.content & case.para.quoted_mask


def _is_instruction(case: _Case) -> bool:
    """ "Please note that the pool is shut": a bare verb without a subject that opens its sentence."""
    para, cue = case.para, case.cue
    if para.tag[cue] != _BARE_TAG or para.dep[cue] not in _MAIN or para.quotation_of[cue] >= 0:
        return False
    if case.candidate.source is not None or case.has_child("aux", *SUBJECTS):
        return False
    start = para.sentence_bounds(cue)[0]
    return not any(para.pos[token] in VERBAL for token in range(start, cue))


def _is_addition(case: _Case) -> bool:
    """ "The strike adds to the firm's troubles", "The line adds two stops": something grows, and nothing is said."""
    if case.lemma not in case.words.adding or case.candidate.content & case.para.quoted_mask:
        return False
    if case.has_child("ccomp", "parataxis"):
        return False
    first = first_token(case.candidate.content)
    to_something = case.para.word[first] == "to" and case.para.dep[first] == "prep"
    return to_something or any(
        case.para.dep[child] == "dobj" and first in (child, case.para.left_edge[child])
        for child in case.para.children[case.cue]
    )


def _is_about_sourcing(case: _Case) -> bool:
    """ "... said a clerk, who asked not to be named": how the newsroom came by it."""
    para, content = case.para, case.candidate.content
    tokens = [token for token in range(first_token(content), content.bit_length()) if content >> token & 1]
    opening = [para.word[token] for token in tokens[:3]]
    return opening == ["not", "to", "be"] and len(tokens) > 3 and para.lemma[tokens[3]] in case.words.identifying


def _is_topic(case: _Case) -> bool:
    """ "She addressed the strike at the mill": what was spoken about. "Did not address it" says so."""
    para, content = case.para, case.candidate.content
    if case.lemma not in case.words.topical or content & para.quoted_mask or case.has_child("neg"):
        return False
    objects = [child for child in para.children[case.cue] if para.dep[child] == "dobj" and content >> child & 1]
    return bool(objects) and not any(para.lemma[noun] in case.words.proposition_nouns for noun in objects)


def _is_platform(case: _Case) -> bool:
    """ "He made his comments on a talk show": where something was said, not on what."""
    para, content = case.para, case.candidate.content
    first = first_token(content)
    opening = para.children[first] if para.word[first] == "on" else [first, para.head[first]]
    return not content & para.quoted_mask and any(
        para.dep[noun] == "pobj" and para.word[para.head[noun]] == "on" and para.lemma[noun] in case.words.platforms
        for noun in opening
    )


#: By name what makes an attribution none.
_REJECTIONS: tuple[tuple[str, Callable[[_Case], bool]], ...] = (
    ("impression", _is_impression),
    ("instruction", _is_instruction),
    ("addition", _is_addition),
    ("sourcing", _is_about_sourcing),
    ("topic", _is_topic),
    ("platform", _is_platform),
)


def is_no_claim(para: ParsedParagraph, candidate: Candidate, words: ReportingWords) -> bool:
    """Whether what the models took for an attribution is none, by its cue and content; ``words``: of models/cues.toml.

    One whose content is still to come in the next paragraph is left alone.
    """
    if not candidate.content:
        return False
    case = _Case(para, candidate, words)
    return any(rejects(case) for _, rejects in _REJECTIONS)
