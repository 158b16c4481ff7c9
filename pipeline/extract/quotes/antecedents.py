"""What a relative clause is about when somebody says it: "[the harbour], which Brandt says [will close]".

What is said of it makes no sense without it, so its noun phrase is the content's first part, in place of the pronoun.
"""

from __future__ import annotations

from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph, first_token
from pipeline.extract.syntax import SUBJECTS

#: Tags of relative pronouns.
_RELATIVE = frozenset({"WDT", "WP"})
#: Relations of what follows a noun within its phrase, before the relative clause: "the harbour of Larn".
_WITHIN_PHRASE = frozenset({"prep", "amod", "nummod", "compound", "poss", "det", "nmod", "case", "cc", "conj"})
#: Steps up the parse from a cue to the relative clause: "which Brandt [says] [will close]" has one.
_MAX_STEPS = 2


def with_antecedent(para: ParsedParagraph, cue: int, source: int | None, content: int) -> int:
    """The content with the noun that its relative clause is about, without the pronoun; others unchanged.

    ``source`` is the head token of the source, which the noun is not: "Brandt, who says it will close". A pronoun that
    is told of itself gives way to its noun whoever the source is: "[Kern], who [is expected] [to resign]".
    """
    clause = _relative_clause(para, cue)
    if clause is None or not content:
        return content
    noun = para.head[clause]
    if noun > cue or content & para.bit[noun]:
        return content
    pronoun = next((token for token in range(noun + 1, cue) if para.tag[token] in _RELATIVE), None)
    if pronoun is not None and content & para.bit[pronoun]:
        return (content & ~para.bit[pronoun]) | _phrase(para, noun, para.left_edge[clause])
    if content & para.quoted_mask or source is None or source <= noun or para.tag[source] in _RELATIVE:
        return content
    if pronoun is None:
        is_about = _lacks_subject(para, cue, content) or _is_stranded(para, content)
    else:
        is_about = bool(content & (para.bit[pronoun] | para.bit[para.head[pronoun]])) and para.head[pronoun] != cue
    if not is_about:
        return content
    shed = para.bit[pronoun] if pronoun is not None else 0
    return (content & ~shed) | _phrase(para, noun, para.left_edge[clause])


def _relative_clause(para: ParsedParagraph, cue: int) -> int | None:
    """The verb of the relative clause that the cue stands in: itself, or one above or below it."""
    verb = cue
    for _ in range(_MAX_STEPS):
        if para.dep[verb] == "relcl":
            return verb
        if para.dep[verb] not in ("parataxis", "ccomp") or para.head[verb] == verb:
            return None
        verb = para.head[verb]
    return verb if para.dep[verb] == "relcl" else None


def _lacks_subject(para: ParsedParagraph, cue: int, content: int) -> bool:
    """Whether what the cue governs is a finite clause without a subject: "the harbour he says [will close]"."""
    clauses = (child for child in para.children[cue] if child > cue and para.dep[child] == "ccomp")
    verb = next((child for child in clauses if content & para.bit[child] and para.pos[child] in VERBAL), None)
    if verb is None or first_token(content) < cue:
        return False
    return not any(para.dep[child] in SUBJECTS for child in para.children[verb])


def _is_stranded(para: ParsedParagraph, content: int) -> bool:
    """Whether the content ends in a preposition without its noun: "the guild he said [he paid his dues to]"."""
    last = content.bit_length() - 1
    return para.dep[last] == "prep" and not para.children[last]


def _phrase(para: ParsedParagraph, noun: int, end: int) -> int:
    """The mask of the noun's phrase before the token ``end``, at which its relative clause begins."""
    below = (child for child in para.children[noun] if para.dep[child] in _WITHIN_PHRASE)
    return (para.bit[noun] | para.mask_of_subtrees(list(below))) & ((1 << end) - 1)
