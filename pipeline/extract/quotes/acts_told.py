"""Which act it is, where the cue alone does not tell: "issued a statement condemning the raid", "called it a sham".

Its lemmas and the kind of clause decide on the stance; the models' features keep the cue's own (see meaning.py).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.extract.quotes.complements import complement_kind
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token
from pipeline.extract.quotes.raised import is_raised
from pipeline.knowledge.cues import Cues

#: The kind of clause that calls somebody or something what nobody wants to be called: "called the vote a sham".
CONDEMNING = "condemning"
#: Relations of what something is called: "called it a sham", "described it as a sham", to the parser "a [sham] scheme".
_CALLED = frozenset({"oprd", "pobj", "attr", "ccomp", "dobj", "xcomp", "amod", "compound", "conj", "acomp"})
#: Words that deny what follows: "called him no fool".
_DENYING = frozenset({"not", "no", "neither", "nor", "never", "n't", "hardly"})
#: Prepositions behind a verb of calling that make another act of it: "called for an end to the scam".
_OTHER_ACTS = frozenset({"for", "on", "upon", "off", "out"})


def participle_told(para: ParsedParagraph, cue: int, cue_tokens: Sequence[int], said: int) -> int | None:
    """The "condemning" of "issued a statement condemning the raid": the act is what the statement does; else None.

    It ends the cue or begins what is ``said``.
    """
    nouns = (child for child in para.children[cue] if child > cue and para.dep[child] == "dobj")
    participles = (
        below
        for noun in nouns
        for below in para.children[noun]
        if below > noun and para.dep[below] == "acl" and para.tag[below] == "VBG"
    )
    first = first_token(said) if said else -1
    return next((token for token in participles if token == first or token == cue_tokens[-1]), None)


def complement_told(para: ParsedParagraph, cue: int, said: int, cues: Cues) -> str:
    """The kind of clause by which the stance is looked up: as ``complement_kind`` has it, "condemning", or "object".

    The last is a noun alone: "wants better pay".

    Of "refused to say who paid" that of "say"; none of "is said to be rich", which demands nothing.
    """
    if is_raised(para, cue):
        return ""
    if para.lemma[cue] in cues.words.refusals:
        told = next((child for child in para.children[cue] if child > cue and para.dep[child] == "xcomp"), None)
        return complement_kind(para, told) if told is not None else ""
    if f"{para.lemma[cue]} [{CONDEMNING}]" in cues.stances and _condemns(para, cue, said, cues.words.condemning):
        return CONDEMNING
    has_object = any(para.dep[child] == "dobj" for child in para.children[cue])
    return complement_kind(para, cue) or ("object" if has_object else "")


def _condemns(para: ParsedParagraph, cue: int, said: int, condemning: Collection[str]) -> bool:
    """Whether what somebody is called, in one clause with the cue, is a word of ``condemning``, and not denied."""
    behind = [para.word[child] for child in para.children[cue] if child > cue and para.dep[child] == "prep"]
    if not _OTHER_ACTS.isdisjoint(behind):
        return False
    for token in range(max(cue, first_token(said) if said else cue), said.bit_length()):
        if para.word[token] in _DENYING:
            return False
        if said >> token & 1 and para.dep[token] in _CALLED and para.lemma[token].lower() in condemning:
            return _is_called(para, token, cue)
    return False


def _is_called(para: ParsedParagraph, token: int, cue: int) -> bool:
    """Whether the word hangs on the cue as what something is called, and in no clause of its own ("how it works")."""
    while para.head[token] != token and token != cue:
        if para.dep[token] in ("relcl", "advcl", "acl", "pcomp"):
            return False
        token = para.head[token]
    return token == cue
