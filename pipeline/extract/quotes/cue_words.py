"""Which words around a cue's head belong to the cue: "made clear", "was quoted as saying", "did not rule out"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.extract.quotes.sources import dependency_path
from pipeline.knowledge.weights import Linear

#: Tokens before and after the head that may belong to the cue: in "has so far always been reluctant to say" the first
#: stands seven before the last.
_MAX_BEFORE = 7
_MAX_AFTER = 8


def cue_words(para: ParsedParagraph, cue: int, source: int, content: int, linear: Linear) -> list[int]:
    """The tokens of the cue whose head is ``cue``, in text order: "made clear" for the head "made".

    From the head outwards, token by token, as long as the model "cue words" (``linear``) gives more than 0 log-odds.
    Words of the masks ``source`` and ``content`` never belong to the cue.
    """
    tables = linear.weights_in((para.lemma[cue],))
    tokens = [cue]
    for step in (-1, 1):
        for token in cue_neighbours(para, cue, source | content, step):
            if linear.score(cue_word_features(para, cue, token, source, content), tables) <= 0:
                break
            tokens.append(token)
    return sorted(tokens)


def cue_neighbours(para: ParsedParagraph, cue: int, taken: int, step: int) -> Iterator[int]:
    """Tokens on one side of the head (``step`` -1: before, 1: after), nearest first.

    Ends at punctuation, at a word of the mask ``taken``, at the sentence's end or out of reach.
    """
    low, high = para.sentence_bounds(cue)
    end = max(low, cue - _MAX_BEFORE) - 1 if step < 0 else min(high, cue + _MAX_AFTER + 1)
    for token in range(cue + step, end, step):
        if not para.bit[token] or taken & para.bit[token]:
            return
        yield token


def cue_word_features(para: ParsedParagraph, cue: int, token: int, source: int, content: int) -> list[str]:
    """Features of the model "cue words": whether ``token`` belongs to the cue.

    "way=WAY": the path in the parse from cue to token ("!advmod"), also with the token ("way=WAY clear"), with what it
    stands next to ("before content way=WAY") and with the cue's part of speech, tag and relation. "word=WORD",
    "before WORD", "after WORD"; "offset=-2": tokens from the cue; "between=True ...": whether the token stands between
    cue and content.
    """
    way, _, _ = dependency_path(para, cue, token)
    side = "after" if token > cue else "before"
    offset = token - cue
    beside = ""
    if token + 1 < len(para) and content & para.bit[token + 1]:
        beside = "before content"
    elif token and source & para.bit[token - 1]:
        beside = "after source"
    between = side == "after" and content > para.bit[token] and not content & (para.bit[token] - 1)
    word = para.word[token]
    return [
        "1", f"way={way}", f"way={way} {word}", f"word={word}", f"{side} {word}", f"offset={offset}",
        f"{side} tag={para.tag[token]}", f"{beside} way={way}", f"{beside} {word}", f"between={between} way={way}",
        f"between={between} {offset}", f"{para.pos[cue]} way={way}", f"{para.tag[cue]} way={way}",
        f"{para.dep[cue]} {word}",
    ]  # fmt: skip
