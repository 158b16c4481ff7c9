"""On what occasion something is wanted or promised: "vowed to appeal [after the court found him guilty]".

What is wanted is still to come, so that what has happened is when and why somebody wants it.
"""

from __future__ import annotations

from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token, tokens_of
from pipeline.extract.quotes.tenses import tense_of
from pipeline.extract.syntax import SUBJECTS

#: Stances of what is still to come, and those that are such with an infinitive: "asked to leave", "threatened to sue".
WISHES = frozenset({"demands", "promises", "intends"})
WISHES_WITH_INFINITIVE = frozenset({"asks", "warns"})
#: Prepositions of an occasion; tenses of what has happened; verbs that repeat another: "wants to sail as he did". All
#: closed classes.
_OCCASIONS = frozenset({"following", "amid", "amidst"})
_HAPPENED = frozenset({"past", "shifted"})
_REPEATING = frozenset({"do", "be", "have"})


def without_occasion(para: ParsedParagraph, cue: int, content: int) -> int:
    """The content of a wish, demand or promise without the occasion that ends it; others unchanged."""
    for token in tokens_of(content >> cue << cue & ~para.quoted_mask):
        start, phrase = para.left_edge[token], para.subtree[token]
        is_last = not content >> phrase.bit_length() and not phrase & para.quoted_mask
        if start <= cue or not is_last or not _is_occasion(para, token, start):
            continue
        rest = content & ((1 << start) - 1)
        if rest >> cue:
            return rest
    return content


def with_purpose(para: ParsedParagraph, cue: int, content: int) -> int:
    """The content of a wish with its purpose or end: "recommends a cut in fees [to help small firms]"."""
    following = para.constituent_after(content.bit_length() - 1) if content else None
    verb = following[0] if following is not None else cue
    if following is None or first_token(content) < cue or content & para.quoted_mask & para.bit[following[1] - 1]:
        return content
    opens = para.tag[following[1]] == "TO" or para.word[following[1]] == "until"
    is_purpose = para.dep[verb] == "advcl" and para.head[verb] == cue and opens
    is_next = content >> (following[1] - 1) & 1 and not para.subtree[verb] & para.quoted_mask
    return content | para.subtree[verb] if is_purpose and is_next else content


def _is_occasion(para: ParsedParagraph, token: int, start: int) -> bool:
    """Whether the token heads "following the fire", "after the court found ..." or "as protests spread"."""
    if para.word[token] in _OCCASIONS:
        return para.dep[token] == "prep" and start == token
    if para.dep[token] != "advcl" or para.dep[start] != "mark":
        return False
    if para.word[start] == "after":
        return tense_of(para, token) in _HAPPENED
    has_subject = any(para.dep[child] in SUBJECTS for child in para.children[token])
    is_comparison = para.pos[start - 1] in ("ADV", "ADJ")  # "as long as", "as often as"
    return para.word[start] == "as" and has_subject and not is_comparison and para.lemma[token] not in _REPEATING
