"""The preposition that introduces what is said belongs to it: "warned [of a flood]", "concerned [about the dam]".

The newsroom's guideline counts "of", "about" and the like to the content as it does "that" and "to"; the models learnt
from PolNeAR, which counts them to the cue.
"""

from __future__ import annotations

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
