"""One paragraph as arrays: what quote extraction asks of the parse, cheap enough to ask it often.

Positions are token numbers within the paragraph. A mask is a set of tokens as the bits of an integer (bit k: token k);
only tokens with a letter or digit are ever in one, so that marks and commas never tell two spans apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc

from pipeline.extract.quotations import Quotation
from pipeline.knowledge.spelling import americanize
from pipeline.records import CLAIM_ROLES, Article

#: Longer paragraphs are cut, before a sentence where there is one: no newspaper has them, and masks cost their length.
LONGEST = 600

#: Names and numbers count by their kind, not by which they are: who is in the news changes.
_SHAPES = {"PROPN": "NAME", "NUM": "NUMBER"}
_WORD = re.compile(r"\w[\w'’-]*")
#: Words that titles write small.
_SMALL = frozenset({"a", "an", "and", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})
VERBAL = frozenset({"VERB", "AUX"})


@dataclass(slots=True)
class ParsedParagraph:
    """The tokens of one block (or of a part of a very long one); columns run side by side.

    ``first``: number of its first token in the Doc; ``block``: the block's number in the article. ``head`` of a root is
    itself. ``sentence`` gives a token's sentence, ``sentences`` their [start, end). ``quotation`` is the number of the
    quotation around a token or -1, ``quoted`` the mask of each quotation, ``shape`` what it looks
    like, ``marked`` the mask of all.
    """

    first: int
    block: int
    word: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    ent: list[str]
    start: list[int]
    end: list[int]
    sentence: list[int]
    sentences: list[tuple[int, int]]
    quotation: list[int]
    quotations: list[Quotation]
    children: list[list[int]]
    bit: list[int]
    solid: int
    subtree: list[int]
    low: list[int]
    high: list[int]
    quoted: list[int]
    marked: int
    shape: list[str]

    def __len__(self) -> int:
        return len(self.word)

    def between(self, start: int, end: int) -> int:
        """The mask of the tokens [start, end)."""
        return ((1 << end) - (1 << start)) & self.solid if end > start else 0

    def whole(self, tokens: Sequence[int]) -> int:
        """The mask of the subtrees of these tokens."""
        mask = 0
        for token in tokens:
            mask |= self.subtree[token]
        return mask

    def bounds(self, token: int) -> tuple[int, int]:
        """[start, end) of the token's sentence."""
        return self.sentences[self.sentence[token]]


@dataclass(frozen=True, slots=True)
class _Columns:
    word: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    ent: list[str]
    starts: list[bool]
    idx: list[int]


def paragraphs(doc: Doc, article: Article, quotations: Sequence[Quotation]) -> Iterator[ParsedParagraph]:
    """The paragraphs of the article's claim blocks, in order; blank and repeated blocks are left out."""
    columns = _columns(doc)
    idx = columns.idx
    at = 0
    for number, block in enumerate(article.blocks):
        if block.role not in CLAIM_ROLES or block.repeated:
            continue
        start, end = bisect_right(idx, block.start - 1), bisect_right(idx, block.end - 1)
        while at < len(quotations) and quotations[at].block < number:
            at += 1
        here = []
        while at < len(quotations) and quotations[at].block == number:
            here.append(quotations[at])
            at += 1
        for low, high in _parts(columns, start, end):
            yield _paragraph(doc, article.text, columns, number, low, high, here)


def _columns(doc: Doc) -> _Columns:
    rows = doc.to_array(["LOWER", "LEMMA", "POS", "TAG", "DEP", "HEAD", "ENT_TYPE", "SENT_START"])
    strings = doc.vocab.strings

    def names(column: int) -> list[str]:
        ids = rows[:, column].tolist()
        known = {each: strings[each] for each in set(ids)}
        return [known[each] for each in ids]

    heads = rows[:, 5].astype("int64").tolist()
    pos, ent = names(2), names(6)
    shapes = [_SHAPES.get(kind, "") and f"<{label or _SHAPES[kind]}>" for kind, label in zip(pos, ent, strict=True)]
    word = [shape or each for shape, each in zip(shapes, names(0), strict=True)]
    lemma = [shape or americanize(each.lower()) for shape, each in zip(shapes, names(1), strict=True)]
    return _Columns(
        word=word, lemma=lemma, pos=pos, tag=names(3), dep=names(4),
        head=[i + offset for i, offset in enumerate(heads)], ent=ent,
        starts=[value == 1 for value in rows[:, 7].astype("int64").tolist()], idx=[token.idx for token in doc],
    )  # fmt: skip


def _parts(columns: _Columns, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while end - at > LONGEST:
        cut = next((i for i in range(at + LONGEST, at, -1) if columns.starts[i]), at + LONGEST)
        yield at, cut
        at = cut
    if at < end:
        yield at, end


def _paragraph(
    doc: Doc, text: str, columns: _Columns, block: int, low: int, high: int, quotations: Sequence[Quotation]
) -> ParsedParagraph:
    size = high - low
    word = columns.word[low:high]
    start = columns.idx[low:high]
    end = [s + len(doc[low + i]) for i, s in enumerate(start)]
    # Only a sentence too long for one part has a head outside: there its rest stands for itself.
    head = [h - low if low <= h < high else i for i, h in enumerate(columns.head[low:high])]
    bit = [1 << i if any(map(str.isalnum, w)) else 0 for i, w in enumerate(word)]
    sentence, sentences = _sentences(columns.starts[low:high], size)
    inside = [q for q in quotations if q.inner[1] > start[0] and q.inner[0] < end[-1]]
    quotation = _inside(start, inside)
    quoted = [0] * len(inside)
    for i, q in enumerate(quotation):
        if q >= 0:
            quoted[q] |= bit[i]
    children, subtree, lowest, highest = _trees(head, bit)
    return ParsedParagraph(
        low, block, word, columns.lemma[low:high], columns.pos[low:high], columns.tag[low:high],
        columns.dep[low:high], head, columns.ent[low:high], start, end, sentence, sentences, quotation, inside,
        children, bit, sum(bit), subtree, lowest, highest, quoted, sum(quoted),
        [shape_of(text[slice(*q.inner)]) for q in inside],
    )  # fmt: skip


def shape_of(quoted: str) -> str:
    """What words between marks look like: a "title" in capitals, a "sentence", a "start" of one, or a "phrase"."""
    words = _WORD.findall(quoted)
    if not words:
        return "none"
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in words if word.lower() not in _SMALL)
    weighty = sum(word.lower() not in _SMALL for word in words)
    ends = quoted.rstrip()[-1:] in ".,!?…"
    if len(words) > 1 and capitals == weighty and quoted.rstrip()[-1:] not in "!?":
        return "title"
    if not words[0][0].isupper():
        return "phrase"
    return "sentence" if ends and len(words) > 1 else "start"


def _sentences(starts: list[bool], size: int) -> tuple[list[int], list[tuple[int, int]]]:
    cuts = [0, *(i for i in range(1, size) if starts[i]), size]
    bounds = [(one, two) for one, two in pairwise(cuts) if two > one]
    return [number for number, (one, two) in enumerate(bounds) for _ in range(one, two)], bounds


def _inside(start: list[int], quotations: Sequence[Quotation]) -> list[int]:
    opened = [q.inner[0] for q in quotations]
    numbers = []
    for offset in start:
        number = bisect_right(opened, offset) - 1
        numbers.append(number if number >= 0 and offset < quotations[number].inner[1] else -1)
    return numbers


def _trees(head: list[int], bit: list[int]) -> tuple[list[list[int]], list[int], list[int], list[int]]:
    size = len(head)
    children: list[list[int]] = [[] for _ in range(size)]
    order = []
    for i, h in enumerate(head):
        if h != i:
            children[h].append(i)
        else:
            order.append(i)
    for token in order:  # grows while it is walked: parents before children
        order.extend(children[token])
    subtree, low, high = list(bit), list(range(size)), list(range(size))
    for token in reversed(order):
        above = head[token]
        if above != token:
            subtree[above] |= subtree[token]
            low[above] = min(low[above], low[token])
            high[above] = max(high[above], high[token])
    return children, subtree, low, high
