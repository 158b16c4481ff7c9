"""One paragraph as arrays: what quote extraction asks of the parse, cheap enough to ask it often.

Tokens are numbered within the paragraph. A mask is a set of tokens as the bits of an integer (bit k: token k), so that
union, intersection and size of two spans cost one machine operation per 64 tokens. Only tokens with a letter or digit
are ever in a mask: quotation marks and commas never tell two spans apart.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from operator import add

from spacy.tokens import Doc

from pipeline.extract.quotations import Quotation
from pipeline.extract.titles import find_titles
from pipeline.knowledge.spelling import americanize
from pipeline.records import CLAIM_ROLES, Article, Block, Span

#: Paragraphs with more tokens are cut, before a sentence where there is one. Newspaper paragraphs have 20 to 150;
#: only text without paragraph marks exceeds this, and the cost of a mask grows with the paragraph's length.
MAX_TOKENS = 600
#: Parts of speech of verbs, auxiliaries included.
VERBAL = frozenset({"VERB", "AUX"})
#: Tags of verb forms that are not finite: infinitive, "-ing" form, past participle.
_NON_FINITE = frozenset({"VB", "VBG", "VBN"})
#: Steps up the parse from the word behind a candidate's end to the constituent that begins there.
_MAX_CLIMB = 5

#: Names and numbers are replaced by their kind ("<PERSON>", "<NAME>", "<NUMBER>"): who is in the news changes, and
#: nobody who was in it when the training articles were written shall have a weight.
_PLACEHOLDERS = {"PROPN": "NAME", "NUM": "NUMBER"}
#: Words, and as many lemmas, that are remembered from article to article; with one more all are forgotten. They take 6
#: MB, and are what some 500 articles have.
_MOST_WORDS = 30_000
_WORD = re.compile(r"\w[\w'’-]*")
#: Function words that titles write small ("The Keeper of the Lamp"). Part of what the feature "title" means to the
#: trained weights: a change here calls for new training.
_SMALL_IN_TITLES = frozenset(
    {"a", "an", "and", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
)


def first_token(mask: int) -> int:
    """The number of the first token of a mask that is not empty."""
    return (mask & -mask).bit_length() - 1


def tokens_of(mask: int) -> Iterator[int]:
    """The tokens of a mask in order."""
    while mask:
        yield first_token(mask)
        mask &= mask - 1


@dataclass(slots=True)
class ParsedParagraph:
    """The tokens of one block (or of a part of a very long one): parallel lists, one entry a token, unless noted.

    What the parser says:
    ``block``: the block's number in the article (one number).
    ``word``: the token in lower case; names and numbers as placeholders ("<PERSON>", "<NUMBER>").
    ``lemma``: its lemma in lower case and American spelling, with the same placeholders.
    ``pos``, ``tag``, ``dep``, ``ent_type``: coarse and fine part of speech, relation to the head, entity label or "".
    ``head``: number of the token it hangs on; a root is its own head.
    ``children``: numbers of the tokens that hang on it, in text order.
    ``left_edge``, ``right_edge``: first and last token of its subtree.
    ``char_start``, ``char_end``: its place in ``Article.text``, end excluded.

    Sentences and quotations:
    ``sentence_of``: number of its sentence; ``sentences``: [start, end) of each sentence in tokens.
    ``quotation_of``: number of the quotation that it stands in, or -1; ``quotations``: those of the paragraph.
    ``quotation_masks``: the words of each quotation; ``quoted_mask``: the words of all.
    ``shapes``: what each quotation looks like, see ``quotation_shape``.
    ``title_mask``: the words of titles of articles, films and books named within the paragraph.

    Masks:
    ``bit``: the token alone, 0 for punctuation; ``subtree``: the token with all below it.
    ``word_mask``, ``finite_mask``: all words of the paragraph, and those that are finite verbs (one number).
    """

    block: int
    word: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    ent_type: list[str]
    char_start: list[int]
    char_end: list[int]
    sentence_of: list[int]
    sentences: list[tuple[int, int]]
    quotation_of: list[int]
    quotations: list[Quotation]
    children: list[list[int]]
    bit: list[int]
    word_mask: int
    subtree: list[int]
    left_edge: list[int]
    right_edge: list[int]
    quotation_masks: list[int]
    quoted_mask: int
    shapes: list[str]
    finite_mask: int
    title_mask: int = 0
    #: Answers of ``constituent_after``.
    _after: dict[int, tuple[int, int] | None] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.word)

    def mask_between(self, start: int, end: int) -> int:
        """The mask of the words among the tokens [start, end), punctuation left out; 0 where ``end`` is no later."""
        return ((1 << end) - (1 << start)) & self.word_mask if end > start else 0

    def mask_of_subtrees(self, tokens: Sequence[int]) -> int:
        """The mask of these tokens with all that hang on them, directly or not; 0 for no tokens."""
        mask = 0
        for token in tokens:
            mask |= self.subtree[token]
        return mask

    def sentence_bounds(self, token: int) -> tuple[int, int]:
        """[start, end) of the sentence that the token stands in, as token numbers of the paragraph."""
        return self.sentences[self.sentence_of[token]]

    def shape_at(self, quoted: int) -> str:
        """The shape of the quotation that holds the first word of a mask of quoted words."""
        return self.shapes[self.quotation_of[first_token(quoted)]]

    def constituent_after(self, last: int) -> tuple[int, int] | None:
        """What begins with the first word behind the token ``last``, where that stands in the same sentence.

        (Head of the largest constituent, its first word), climbing at most five steps; None where the sentence ends.
        """
        if last not in self._after:
            self._after[last] = self._find_constituent_after(last)
        return self._after[last]

    def _find_constituent_after(self, last: int) -> tuple[int, int] | None:
        following = last + 1
        while following < len(self.word) and not self.bit[following]:
            following += 1
        if following >= len(self.word) or self.sentence_of[following] != self.sentence_of[last]:
            return None
        token = following
        for _ in range(_MAX_CLIMB):
            above = self.head[token]
            if above == token or self.left_edge[above] < following:
                break
            token = above
        return token, following


@dataclass(frozen=True, slots=True)
class _DocColumns:
    """The same lists for the whole Doc; ``starts``: whether a sentence starts at the token, ``offsets``: Token.idx;
    ``lengths``: characters of the token.
    """

    word: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    ent_type: list[str]
    starts: list[bool]
    offsets: list[int]
    lengths: list[int]


def parse_paragraphs(doc: Doc, article: Article, quotations: Sequence[Quotation]) -> Iterator[ParsedParagraph]:
    """The paragraphs of the article's headline, captions and body, in order.

    ``doc`` is the parse of ``article.text``, ``quotations`` those of the whole article. Blank blocks and repeated ones
    are left out; a block of more than ``MAX_TOKENS`` tokens comes in several paragraphs.
    """
    columns = _read_columns(doc)
    offsets = columns.offsets
    titles = find_titles(doc)
    by_block: dict[int, list[Quotation]] = {}
    for quotation in quotations:
        by_block.setdefault(quotation.block, []).append(quotation)
    for number, block in enumerate(article.blocks):
        if block.role not in CLAIM_ROLES or block.repeated:
            continue
        start, end = bisect_right(offsets, block.start - 1), bisect_right(offsets, block.end - 1)
        within = titles[bisect_left(titles, (block.start, 0)) : bisect_left(titles, (block.end, 0))]
        named = [title for title in within if _is_named_in(title, block, article.text)]
        for low, high in _split_long(columns, start, end):
            para = _build_paragraph(article.text, columns, number, low, high, by_block.get(number, ()))
            para.title_mask = _title_mask(para, named)
            yield para


def _is_named_in(title: Span, block: Block, text: str) -> bool:
    """Whether a title that begins in a block is one of body text, and not the whole of it, as a heading's is."""
    start, end = title
    return block.role == "body" and any(map(str.isalnum, text[block.start : start] + text[end : block.end]))


def _title_mask(para: ParsedParagraph, titles: Sequence[Span]) -> int:
    mask = 0
    for start, end in titles:
        first, last = bisect_left(para.char_start, start), bisect_left(para.char_start, end)
        mask |= para.mask_between(first, last)
    return mask


class _RememberedTexts:
    """Texts by the numbers that spaCy has for them, which are hashes and the same in every article.

    Each is one and the same object wherever it comes again: dictionaries compare such texts by their address.
    """

    def __init__(self, change: Callable[[str], str]) -> None:
        """``change``: what is made of a text before it is remembered."""
        self._change = change
        self._texts: dict[int, str] = {}

    def read(self, numbers: Sequence[int], look_up: Callable[[int], str]) -> list[str]:
        """The texts of these numbers; ``look_up`` gives the text of a number that is new."""
        texts = self._texts
        missing = {*numbers}.difference(texts)
        if len(texts) + len(missing) > _MOST_WORDS:
            texts.clear()
            missing = {*numbers}
        for number in missing:
            texts[number] = sys.intern(self._change(look_up(number)))
        return [*map(texts.__getitem__, numbers)]


_TEXTS = _RememberedTexts(str)
_LEMMAS = _RememberedTexts(lambda lemma: americanize(lemma.lower()))


def _read_columns(doc: Doc) -> _DocColumns:
    """All attributes in one pass through the Doc's array: asking each Token costs several times as much."""
    rows = doc.to_array(["LOWER", "LEMMA", "POS", "TAG", "DEP", "HEAD", "ENT_TYPE", "SENT_START", "LENGTH", "SPACY"])
    strings = doc.vocab.strings.__getitem__

    def read_strings(column: int) -> list[str]:
        return _TEXTS.read(rows[:, column].tolist(), strings)

    lengths, spaces = rows[:, 8].tolist(), rows[:, 9].tolist()
    head_offsets = rows[:, 5].astype("int64").tolist()
    pos, ent_type = read_strings(2), read_strings(6)
    placeholder_of = {
        (kind, label): sys.intern(f"<{label or name}>") for kind, name in _PLACEHOLDERS.items() for label in {*ent_type}
    }
    placeholders = [*map(placeholder_of.get, zip(pos, ent_type, strict=True))]
    lowered, lemmas = read_strings(0), _LEMMAS.read(rows[:, 1].tolist(), strings)
    return _DocColumns(
        word=[placeholder or word for placeholder, word in zip(placeholders, lowered, strict=True)],
        lemma=[placeholder or lemma for placeholder, lemma in zip(placeholders, lemmas, strict=True)],
        pos=pos,
        tag=read_strings(3),
        dep=read_strings(4),
        head=[token + offset for token, offset in enumerate(head_offsets)],
        ent_type=ent_type,
        starts=[value == 1 for value in rows[:, 7].astype("int64").tolist()],
        offsets=[*accumulate(map(add, lengths, spaces), initial=0)][:-1],
        lengths=lengths,
    )


def _split_long(columns: _DocColumns, start: int, end: int) -> Iterator[tuple[int, int]]:
    """[start, end) in parts of ``MAX_TOKENS`` tokens at most, cut before a sentence where there is one."""
    while end - start > MAX_TOKENS:
        latest = start + MAX_TOKENS
        cut = next((token for token in range(latest, start, -1) if columns.starts[token]), latest)
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _build_paragraph(
    text: str, columns: _DocColumns, block: int, low: int, high: int, quotations: Sequence[Quotation]
) -> ParsedParagraph:
    """The tokens [low, high) of the Doc as a paragraph; ``quotations`` are those of the block."""
    word = columns.word[low:high]
    char_start = columns.offsets[low:high]
    char_end = [*map(add, char_start, columns.lengths[low:high])]
    # Only a sentence too long for one part has a head outside: there its rest stands for itself.
    head = [above - low if low <= above < high else token for token, above in enumerate(columns.head[low:high])]
    bit = [
        1 << token if characters.isalnum() or any(map(str.isalnum, characters)) else 0
        for token, characters in enumerate(word)
    ]
    sentence_of, sentences = _number_sentences(columns.starts[low:high])
    own = [
        quotation
        for quotation in quotations
        if quotation.inner[1] > char_start[0] and quotation.inner[0] < char_end[-1]
    ]
    quotation_of = _number_quotations(char_start, own) if own else [-1] * len(word)
    masks = _quotation_masks(quotation_of, bit, len(own))
    shapes = [quotation_shape(text[slice(*quotation.inner)]) for quotation in own]
    children, subtree, left_edge, right_edge = _build_trees(head, bit)
    pos, tag = columns.pos[low:high], columns.tag[low:high]
    finite = sum(bit[token] for token, kind in enumerate(pos) if kind in VERBAL and tag[token] not in _NON_FINITE)
    return ParsedParagraph(
        block=block, word=word, lemma=columns.lemma[low:high], pos=pos, tag=tag,
        dep=columns.dep[low:high], head=head, ent_type=columns.ent_type[low:high], char_start=char_start,
        char_end=char_end, sentence_of=sentence_of, sentences=sentences, quotation_of=quotation_of, quotations=own,
        children=children, bit=bit, word_mask=sum(bit), subtree=subtree, left_edge=left_edge, right_edge=right_edge,
        quotation_masks=masks, quoted_mask=sum(masks), shapes=shapes, finite_mask=finite,
    )  # fmt: skip


def _quotation_masks(quotation_of: Sequence[int], bit: Sequence[int], count: int) -> list[int]:
    masks = [0] * count
    if not count:
        return masks
    for token, quotation in enumerate(quotation_of):
        if quotation >= 0:
            masks[quotation] |= bit[token]
    return masks


def quotation_shape(quoted: str) -> str:
    """What words between quotation marks look like, a hint whether somebody said them.

    "title": two words or more, all capitalised but for function words, no "!" or "?" at the end ("The Grey Harbour").
    "phrase": begins small ("no longer safe"). "sentence": begins with a capital and ends in a stop or comma ("We are
    done,"). "start": begins with a capital and breaks off ("We are"). "none": no word at all.
    """
    words = _WORD.findall(quoted)
    if not words:
        return "none"
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in words if word.lower() not in _SMALL_IN_TITLES)
    content_words = sum(word.lower() not in _SMALL_IN_TITLES for word in words)
    last = quoted.rstrip()[-1:]
    if len(words) > 1 and capitals == content_words and last not in "!?":
        return "title"
    if not words[0][0].isupper():
        return "phrase"
    return "sentence" if last in ".,!?…" and len(words) > 1 else "start"


def _number_sentences(starts: list[bool]) -> tuple[list[int], list[tuple[int, int]]]:
    """The number of each token's sentence, and [start, end) of each sentence."""
    cuts = [0, *(token for token in range(1, len(starts)) if starts[token]), len(starts)]
    bounds = [(start, end) for start, end in pairwise(cuts) if end > start]
    return [number for number, (start, end) in enumerate(bounds) for _ in range(start, end)], bounds


def _number_quotations(char_start: list[int], quotations: Sequence[Quotation]) -> list[int]:
    """For each token the number of the quotation around it, or -1."""
    inner_starts = [quotation.inner[0] for quotation in quotations]
    numbers = []
    for offset in char_start:
        number = bisect_right(inner_starts, offset) - 1
        numbers.append(number if number >= 0 and offset < quotations[number].inner[1] else -1)
    return numbers


def _build_trees(head: list[int], bit: list[int]) -> tuple[list[list[int]], list[int], list[int], list[int]]:
    """Children, subtree mask, left edge and right edge of each token."""
    size = len(head)
    children: list[list[int]] = [[] for _ in range(size)]
    order = []
    for token, above in enumerate(head):
        if above != token:
            children[above].append(token)
        else:
            order.append(token)
    for token in order:  # grows while it is walked: parents before children
        order.extend(children[token])
    subtree, left_edge, right_edge = list(bit), list(range(size)), list(range(size))
    for token in reversed(order):
        above = head[token]
        if above != token:
            subtree[above] |= subtree[token]
            if left_edge[token] < left_edge[above]:
                left_edge[above] = left_edge[token]
            if right_edge[token] > right_edge[above]:
                right_edge[above] = right_edge[token]
    return children, subtree, left_edge, right_edge
