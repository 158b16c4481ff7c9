"""The preposition that introduces what is said belongs to it: "warned [of a flood]", "concerned [about the dam]".

The newsroom's guideline counts "of", "about" and the like to the content as it does "that" and "to"; the models learnt
from PolNeAR, which counts them to the cue.
"""

from __future__ import annotations

from collections.abc import Collection

from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token

#: Prepositions before what somebody says. "For" is one only behind a noun ("responsibility for", "a plea for"): "called
#: for" stands for one verb, "asked for" too.
_INTRODUCING = frozenset({"of", "about", "over", "at", "against", "with", "to"})
#: Verbs of which "to" is a part: "referred to the strike as a stunt".
_WITH_TO = frozenset({"refer"})
#: Relations of what a preposition governs.
_GOVERNED = frozenset({"pobj", "pcomp"})


def with_preposition(para: ParsedParagraph, cue: int, content: int) -> int:
    """The content with the preposition right before it, where that governs what the content begins with.

    ``cue`` is the head of the cue, which stands before both. Other contents come back unchanged.
    """
    before = first_token(content) - 1 if content else -1
    if before <= cue or para.dep[before] != "prep":
        return content
    if para.word[before] not in _INTRODUCING and not (para.word[before] == "for" and _is_of_noun(para, cue, before)):
        return content
    if para.word[before] == "to" and para.lemma[cue] in _WITH_TO:
        return content
    governs = any(para.dep[child] in _GOVERNED and content & para.bit[child] for child in para.children[before])
    return content | para.bit[before] if governs else content


def _is_of_noun(para: ParsedParagraph, cue: int, preposition: int) -> bool:
    noun = para.head[preposition]
    return para.pos[noun] == "NOUN" and (noun == cue or noun > cue)


def with_infinitive(para: ParsedParagraph, cue: int, content: int, saying: Collection[str]) -> int:
    """The content with the verb whose object it is: "keen [to attract] bakers"; others unchanged.

    ``saying`` has lemmas of verbs that are part of the cue themselves: "wants to know why", "refused to say whether".
    """
    first = first_token(content) if content else -1
    judged = (child for child in para.children[cue] if para.dep[child] == "acomp")  # "are keen to"
    for verb in (*para.children[cue], *(below for child in judged for below in para.children[child])):
        is_for = para.dep[verb] == "advcl" and para.word[para.left_edge[verb]] == "for"  # "lobbied for it to relax"
        if not (is_for or para.dep[verb] == "xcomp") or not cue < verb < first or para.lemma[verb] in saying:
            continue
        particle = next((child for child in para.children[verb] if para.word[child] == "to"), None)
        is_object = any(para.dep[child] == "dobj" and content & para.bit[child] for child in para.children[verb])
        if particle is not None and is_object and not content & ~para.subtree[verb]:
            return content | para.mask_between(para.left_edge[verb] if is_for else particle, first)
    return content
