"""Relative clauses with somebody's word for it: "A lamp [that experts say is unsafe] will be sold".

The parser takes the verb of the sentence for a part of what they say.
"""

from __future__ import annotations

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.extract.syntax import SUBJECTS

#: Tags of finite verbs, relative pronouns and of words before a verb that make it one of another clause.
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_RELATIVE = frozenset({"that", "which", "who"})
_PRONOUN_TAGS = frozenset({"WDT", "WP"})
_BINDING_TAGS = frozenset({"WP", "WDT", "WRB", "PRP", "EX", "CC", "TO"})


def end_at_main_verb(para: ParsedParagraph, candidate: Candidate) -> None:
    """End what stands in such a clause before the verb of the sentence. Changes the candidate.

    The verb of what is said follows the verb of saying at once, so that the pronoun is its subject; the next finite
    verb with no subject of its own is the sentence's. Left alone is what follows "and".
    """
    cue = candidate.cue
    opens = para.left_edge[cue]
    is_pronoun = para.word[opens] in _RELATIVE and para.tag[opens] in _PRONOUN_TAGS
    if is_pronoun and candidate.source is not None and para.pos[candidate.source] == "NOUN":
        rest = candidate.source_mask & ~para.bit[opens]
        candidate.source_mask = rest or candidate.source_mask  # "A stove [that inspectors] say leaks gas" to the parser
    content = candidate.content
    if para.dep[cue] != "relcl" or cue + 1 >= len(para) or para.tag[cue + 1] not in _FINITE | {"VBN"}:
        return
    noun = para.head[cue]
    is_subject = para.left_edge[noun] == para.sentence_bounds(cue)[0]
    if para.word[opens] not in _RELATIVE or not is_subject or not content >> cue + 1 & 1 or content & para.quoted_mask:
        return
    has_comma = para.word[opens - 1] == ","
    start = cue + 2 if para.dep[cue + 1] not in ("aux", "auxpass") else para.head[cue + 1] + 1
    for verb in range(start, min(content.bit_length(), para.sentence_bounds(cue)[1])):
        if para.tag[verb] in _FINITE and _is_main(para, verb, has_comma):
            candidate.content = content & ((1 << verb) - 1)
            return


def _is_main(para: ParsedParagraph, verb: int, has_comma: bool) -> bool:
    """Whether a finite verb can only be the sentence's: behind a second comma, else behind no pronoun or "and"."""
    before = para.word[verb - 1]
    if has_comma:
        return before == ","
    if before == "," or para.tag[verb - 1] in _BINDING_TAGS or para.dep[verb - 1] == "cc":
        return False
    main = para.head[verb] if para.dep[verb] in ("aux", "auxpass") else verb
    subjects = [child for child in para.children[main] if para.dep[child] in SUBJECTS and child < verb]
    return all(para.word[para.left_edge[child] - 1] not in _RELATIVE for child in subjects)
