"""Indirect speech with its attribution before a colon: "There is one snag, bakers say: the ovens are too small".

Both sides of the colon are what is said.
"""

from __future__ import annotations

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph, first_token, tokens_of
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.reporting_words import ReportingWords

#: Relations of the clause before the attribution, words that open another one, and tags of such words.
_CLAUSES = frozenset({"ccomp", "ROOT"})
_OPENING = frozenset({"mark", "advmod"})
_OPENING_TAGS = frozenset({"WRB", "IN"})
_COLON = ":"
#: Words, at least, of that clause.
_FEWEST_WORDS = 3


def join_colon_parts(para: ParsedParagraph, candidate: Candidate, words: ReportingWords) -> bool:
    """Make both sides of the colon the content, and what stands behind it no part of the source; whether that was done.

    Changes the candidate. It is done behind a whole clause and a comma only, and where nothing is quoted: not in "Asked
    about it, he said: it will be late".
    """
    cue, source = candidate.cue, candidate.source
    low, high = para.sentence_bounds(cue)
    colon = next((token for token in range(cue + 1, high) if para.word[token] == _COLON), high)
    speaks = para.word[cue] in words.speaking_forms or (para.pos[cue] in VERBAL and para.lemma[cue] in words.reported)
    if not speaks or colon >= high - 1 or source is None or not low <= source < colon:
        return False
    own = candidate.source_mask & ((1 << colon) - 1)
    act = min(cue, first_token(own)) if own else cue
    between = para.mask_between(act, colon) & ~own & ~para.bit[cue]
    before, after = para.mask_between(low, act), para.mask_between(colon + 1, high)
    if not own or between or not after or (before | after) & para.quoted_mask or para.word[act - 1] != ",":
        return False
    if before.bit_count() < _FEWEST_WORDS or not _is_clause(para, before, cue):
        return False
    candidate.source_mask, candidate.content = own, before | after
    return True


def before_colon(para: ParsedParagraph, mask: int, token: int) -> int:
    """The words of a mask before the first colon behind a token: of what describes a source, not what it says."""
    colon = next((mark for mark in range(token, mask.bit_length()) if para.word[mark] == _COLON), mask.bit_length())
    return mask & ((1 << colon) - 1)


def _is_clause(para: ParsedParagraph, before: int, cue: int) -> bool:
    """Whether the words before the attribution are a clause by themselves, none of time or condition."""
    for verb in tokens_of(before):
        if para.pos[verb] not in VERBAL or para.dep[verb] not in _CLAUSES or para.head[verb] not in (verb, cue):
            continue
        children = para.children[verb]
        is_opened = any(para.dep[child] in _OPENING and para.tag[child] in _OPENING_TAGS for child in children)
        return not is_opened and any(para.dep[child] in SUBJECTS and child < verb for child in children)
    return False
