"""What speaks for one candidate as a cue's content: where it comes from, its edges, quotations and their owners.

Each function ``name_...`` of content_names.py says what its features mean; here is what they are given. What depends on
a token or a child of the cue alone is told once and shared by all candidates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from pipeline.extract.quotes import content_names as names
from pipeline.extract.quotes.content_context import CandidateContext
from pipeline.extract.quotes.cues import bucket
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token
from pipeline.knowledge.weight_table import Fact, Namer

T = TypeVar("T")
#: Single words at a candidate's end that count as a constituent although they hold nothing.
_TAILS = frozenset({"npadvmod", "advmod", "conj", "acl"})
#: Auxiliaries and negation of the cue: never part of what was said.
_SILENT = frozenset({"aux", "auxpass", "neg"})
#: Quotation marks and blanks, skipped when looking for the word beside a quotation.
_MARKS = frozenset({'"', "''", "``", "'", " "})
#: Steps up the parse from a candidate's edge.
_MAX_CLIMB = 5
#: Tokens from a candidate's start in which its finite verb is looked for.
_FINITE_REACH = 40
#: The first and the last token of a candidate.
_Edges = tuple[int, int]


def content_features(para: ParsedParagraph, context: CandidateContext, mask: int, name: str) -> list[str]:
    """Features of the model "content": whether the words of ``mask``, from the generator ``name``, are the cue's."""
    told = ContentFeatures(para, Namer(), list).tell(context, {mask: name})[0]
    return [feature for features in told for feature in features]


class ContentFeatures(Generic[T]):
    """What the model "content" is told of the candidates of a paragraph, in the form T.

    ``told`` gives a fact in that form and may remember it; ``tell`` gives features in that form. The form of a
    ``WeightTable`` is rows of its array, that of a ``Namer`` names of features.
    """

    def __init__(self, para: ParsedParagraph, told: Mapping[Fact, T], tell: Callable[[list[str]], T]) -> None:
        self._para = para
        self._told = told
        self._tell = tell
        self._starts: dict[int, T] = {}
        self._ends: dict[int, T] = {}
        self._endings: dict[int, T] = {}
        self._dropped: dict[tuple[int, bool], T] = {}

    def tell(self, context: CandidateContext, candidates: Mapping[int, str]) -> list[tuple[T, ...]]:
        """What is told of each candidate of a cue, given as masks with the names of their generators.

        The generator's name, the candidate's extent, its edges, what it leaves off at its end, how it stands to the cue
        and what it takes of the cue's children; where there are any, how it treats quotations and rival cues.
        """
        # One kind of fact after the other for all candidates, for this is called for most words of an article.
        para, told = self._para, self._told
        masks, origins = list(candidates), list(candidates.values())
        quoted = para.quoted_mask
        shares = [share_quoted(mask & quoted, mask) for mask in masks] if quoted else ["none"] * len(masks)
        edges = [((mask & -mask).bit_length() - 1, mask.bit_length() - 1) for mask in masks]
        columns = [
            [told[names.name_origin, origin, context.form] for origin in origins],
            [
                told[names.name_first_tag, para.tag[first], origin]
                for (first, _), origin in zip(edges, origins, strict=True)
            ],
            *self._tell_extents(context, masks, edges, shares),
            *self._tell_edges(edges),
            *self._tell_positions(context, masks, edges),
            *(self._tell_child(context, child, masks) for child in context.children),
        ]
        if context.source:
            source = context.source
            columns.append(
                [
                    told[names.name_source_taken, _part_taken(source, mask), share]
                    for mask, share in zip(masks, shares, strict=True)
                ]
            )
        if context.rivals:
            columns.append(
                [
                    told[names.name_rivals, *_count_rivals(para, context, mask, *edge)]
                    for mask, edge in zip(masks, edges, strict=True)
                ]
            )
        further = [self._tell_endings(mask, last) for mask, (_, last) in zip(masks, edges, strict=True)]
        if quoted:
            for mask, edge, share, parts in zip(masks, edges, shares, further, strict=True):
                self._add_quotations(context, mask, share, *edge, parts)
        return [(*parts, *rest) for parts, rest in zip(zip(*columns, strict=True), further, strict=True)]

    def _tell_child(self, context: CandidateContext, child: tuple[int, str, str], masks: Sequence[int]) -> list[T]:
        """What becomes of a child of the cue in each candidate."""
        told, frame = self._told, context.frame
        tree, dep, word = child
        if dep in _SILENT:
            takes = cuts = told[names.name_auxiliary,]
            leaves = self._tell([])
        else:
            takes, cuts, leaves = [
                told[names.name_child, verb, dep, frame, word] for verb in ("takes", "cuts", "leaves")
            ]
        return [leaves if not (taken := mask & tree) else takes if taken == tree else cuts for mask in masks]

    def _tell_extents(
        self, context: CandidateContext, masks: Sequence[int], edges: Sequence[_Edges], shares: Sequence[str]
    ) -> tuple[list[T], list[T]]:
        """What each candidate is made of, and how many sentences from the cue's it begins."""
        told, finite, silent = self._told, self._para.finite_mask, ~self._para.word_mask
        sentence_of, number = self._para.sentence_of, context.number
        extents: list[T] = []
        distances: list[T] = []
        for mask, (first, last), share in zip(masks, edges, shares, strict=True):
            sentence = sentence_of[first]
            unbroken = mask | silent & ((1 << last) - (1 << first))  # marks and commas don't break a run
            runs = min((unbroken & ~(unbroken << 1)).bit_count(), 4)
            is_finite = mask & finite & ((1 << first + _FINITE_REACH) - 1) != 0
            sentences = min(sentence_of[last] - sentence, 4)
            extents.append(told[names.name_extent, bucket(mask.bit_count()), share, is_finite, sentences, runs])
            distances.append(told[names.name_distance, sentence - number, share])
        return extents, distances

    def _tell_edges(self, edges: Sequence[_Edges]) -> tuple[list[T], list[T]]:
        """How each candidate begins and ends, with its neighbours."""
        starts, ends = self._starts, self._ends
        return (
            [starts.get(first) or self._tell_start(first) for first, _ in edges],
            [ends.get(last) or self._tell_end(last) for _, last in edges],
        )

    def _tell_positions(
        self, context: CandidateContext, masks: Sequence[int], edges: Sequence[_Edges]
    ) -> Iterator[list[T]]:
        """Where each candidate stands to the cue, and what it takes of the cue's subject."""
        told, cue, quoted = self._told, context.cue, self._para.quoted_mask
        lefts = [mask & context.left for mask in masks]
        sides = [
            "after" if not left else "before" if left == mask else "around"
            for left, mask in zip(lefts, masks, strict=True)
        ]
        of_side = {side: told[names.name_side, side, context.pos, context.frame] for side in {*sides}}
        yield [of_side[side] for side in sides]
        gaps = [
            bucket(first - cue) if side == "after" else bucket(cue - last) if side == "before" else 0
            for side, (first, last) in zip(sides, edges, strict=True)
        ]
        sentence, size = context.sentence, context.sentence_size
        yield [
            told[names.name_gap, side, gap, (mask & sentence).bit_count() * 5 // size]
            for side, gap, mask in zip(sides, gaps, masks, strict=True)
        ]
        if quoted:
            halves = zip(lefts, [left ^ mask for left, mask in zip(lefts, masks, strict=True)], strict=True)
            yield [
                told[names.name_halves, share_quoted(left & quoted, left), share_quoted(right & quoted, right)]
                for left, right in halves
            ]
        if context.subject:
            subject = context.subject
            is_taken, is_left = told[names.name_subject_taken, True], told[names.name_subject_taken, False]
            yield [is_taken if mask & subject else is_left for mask in masks]

    def _tell_start(self, first: int) -> T:
        para = self._para
        before = para.word[first - 1] if first else "^"
        self._starts[first] = told = self._tell(
            names.name_first(para.word[first], para.tag[first], para.dep[first], before)
        )
        return told

    def _tell_end(self, last: int) -> T:
        para = self._para
        is_end = last + 1 >= len(para)
        after, next_tag = ("$", "$") if is_end else (para.word[last + 1], para.tag[last + 1])
        self._ends[last] = told = self._tell(names.name_last(para.tag[last], after, next_tag))
        return told

    def _tell_endings(self, mask: int, last: int) -> list[T]:
        """The constituents that end with the candidate, and the one that it leaves off right behind its end."""
        para, endings = self._para, self._endings
        left_edge, right_edge, head = para.left_edge, para.right_edge, para.head
        parts: list[T] = []
        token = last
        for _ in range(_MAX_CLIMB):
            start = left_edge[token]
            if not mask >> start & 1 and para.bit[start]:
                break
            if start != token or para.dep[token] in _TAILS:
                parts.append(endings.get(token) or self._tell_ending(token, start))
            above = head[token]
            if above == token or not mask >> above & 1 or right_edge[above] > last + 1:
                break
            token = above
        dropped = para.constituent_after(last)
        if dropped is None:
            parts.append(self._told[names.name_nothing_dropped,])
            return parts
        key = last, mask >> head[dropped[0]] & 1 == 1
        parts.append(self._dropped.get(key) or self._tell_dropped(*dropped, *key))
        return parts

    def _tell_ending(self, token: int, start: int) -> T:
        para = self._para
        self._endings[token] = told = self._tell(names.name_ending(para.dep[token], para.word[start]))
        return told

    def _tell_dropped(self, token: int, following: int, last: int, is_head_inside: bool) -> T:
        para = self._para
        comma = "" if following == last + 1 else para.word[last + 1]
        told = self._tell(names.name_dropped(para.dep[token], para.word[following], comma, is_head_inside))
        self._dropped[last, is_head_inside] = told
        return told

    def _add_quotations(
        self, context: CandidateContext, mask: int, share: str, first: int, last: int, parts: list[T]
    ) -> None:
        """How the candidate treats quotation marks."""
        para, told = self._para, self._told
        in_sentence = context.sentence & para.quoted_mask
        left_in_sentence = bucket((in_sentence & ~mask).bit_count())
        left_elsewhere = bucket((para.quoted_mask & ~context.sentence & ~mask).bit_count())
        parts.append(told[names.name_left_quoted, left_in_sentence, left_elsewhere, share])
        cuts_first, cuts_last = _cuts_quotation(para, first, -1), _cuts_quotation(para, last, 1)
        if cuts_first or cuts_last:
            parts.append(told[names.name_cut_quotation, cuts_first, cuts_last])
        if quoted := mask & para.quoted_mask:
            parts.append(told[names.name_quotation, para.shape_at(quoted), share])
        if share == "some":
            self._add_mixture(mask, first, last, parts)
        after, before = _part_or_dash(context.after, mask), _part_or_dash(context.before, mask)
        owned, size = _part_or_dash(context.owned, mask), bucket(context.after.bit_count())
        parts.append(told[names.name_orphans, after, before, owned, share, in_sentence != 0, size])

    def _add_mixture(self, mask: int, first: int, last: int, parts: list[T]) -> None:
        """How quotations within the candidate join the words outside them."""
        para = self._para
        numbers = {*para.quotation_of[first : last + 1]}
        for number in sorted(numbers):
            if number < 0 or not para.quotation_masks[number] & mask:
                continue
            quoted = para.quotation_masks[number]
            start, end = first_token(quoted), quoted.bit_length() - 1
            if mask & ((1 << start) - 1):
                word = _next_word(para, range(start - 1, -1, -1), "^")
                parts.append(self._told[names.name_joint, "after", word])
            if mask >> (end + 1):
                word = _next_word(para, range(end + 1, len(para)), "$")
                parts.append(self._told[names.name_joint, "before", word])


def _next_word(para: ParsedParagraph, tokens: range, edge: str) -> str:
    """The first of these tokens that is no quotation mark, or ``edge``."""
    return next((para.word[token] for token in tokens if para.word[token] not in _MARKS), edge)


def _cuts_quotation(para: ParsedParagraph, edge: int, step: int) -> bool:
    """Whether the quotation at this edge goes on beyond it (``step`` 1: after, -1: before)."""
    number = para.quotation_of[edge]
    if number < 0:
        return False
    mask = para.quotation_masks[number]
    return bool(mask >> (edge + 1) if step > 0 else mask & ((1 << edge) - 1))


def share_quoted(quoted: int, mask: int) -> str:
    """How many of a mask's words are quoted: "all", "some" or "none"; "-" for an empty mask.

    ``quoted``: the mask's words that stand in quotation marks.
    """
    if not mask:
        return "-"
    return "none" if not quoted else "all" if quoted == mask else "some"


def _part_taken(wanted: int, mask: int) -> str:
    """How many of the wanted words the mask has: "all", "some" or "none"."""
    taken = wanted & mask
    return "all" if taken == wanted else "some" if taken else "none"


def _part_or_dash(wanted: int, mask: int) -> str:
    return _part_taken(wanted, mask) if wanted else "-"


def _count_rivals(
    para: ParsedParagraph, context: CandidateContext, mask: int, first: int, last: int
) -> tuple[int, int, int]:
    """How many other likely cues of the sentence are in the candidate, outside it, and between it and its own cue."""
    low, high = min(context.cue, first), max(context.cue, last)
    inside = between = 0
    for rival in context.rivals:
        if mask & para.bit[rival]:
            inside += 1
        elif low < rival < high:
            between += 1
    return min(inside, 3), min(len(context.rivals) - inside, 3), min(between, 2)
