"""Which words around a cue's head belong to the cue: "made clear", "was quoted as saying", "did not rule out"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.extract.quotes.sources import route
from pipeline.knowledge.weights import Linear

_BEFORE, _AFTER = 7, 8


def cue_words(p: ParsedParagraph, cue: int, source: int, content: int, linear: Linear) -> list[int]:
    """The unbroken run of tokens around the head that the model takes into the cue, source and content left out."""
    tables = linear.weights_in((p.lemma[cue],))
    words = [cue]
    for step in (-1, 1):
        for token in neighbours(p, cue, source | content, step):
            if linear.score(word_features(p, cue, token, source, content), tables) <= 0:
                break
            words.append(token)
    return sorted(words)


def neighbours(p: ParsedParagraph, cue: int, taken: int, step: int) -> Iterator[int]:
    """Tokens next to the head on one side (``step`` -1 or 1), nearest first, up to what is taken or out of reach."""
    low, high = p.bounds(cue)
    end = max(low, cue - _BEFORE) - 1 if step < 0 else min(high, cue + _AFTER + 1)
    for token in range(cue + step, end, step):
        if not p.bit[token] or taken & p.bit[token]:
            return
        yield token


def word_features(p: ParsedParagraph, cue: int, token: int, source: int, content: int) -> list[str]:
    """What speaks for this token as a part of the cue."""
    way, _, _ = route(p, cue, token)
    side = "after" if token > cue else "before"
    offset = token - cue
    beside = ""
    if token + 1 < len(p) and content & p.bit[token + 1]:
        beside = "before content"
    elif token and source & p.bit[token - 1]:
        beside = "after source"
    between = side == "after" and content > p.bit[token] and not content & (p.bit[token] - 1)
    word = p.word[token]
    return [
        "1", f"way={way}", f"way={way} {word}", f"word={word}", f"{side} {word}", f"offset={offset}",
        f"{side} tag={p.tag[token]}", f"{beside} way={way}", f"{beside} {word}", f"between={between} way={way}",
        f"between={between} {offset}", f"{p.pos[cue]} way={way}", f"{p.tag[cue]} way={way}", f"{p.dep[cue]} {word}",
    ]  # fmt: skip
