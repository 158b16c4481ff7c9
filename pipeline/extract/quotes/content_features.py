"""What speaks for one candidate as a cue's content: where it comes from, its edges, quotations and their owners.

Each function ``name_...`` of content_names.py says what its features mean; here is what they are given. What depends on
a token or a child of the cue alone is told once and shared by all candidates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
#: A child of a cue as (mask with all below it, what to tell of one that is taken, cut, left).
_Child = tuple[int, T | None, T | None, T | None]


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

    def tell(self, context: CandidateContext, candidates: Mapping[int, str]) -> list[list[T]]:
        """What is told of each candidate of a cue, given as masks with the names of their generators.

        The generator's name, the candidate's extent, its edges, what it leaves off at its end, how it stands to the cue
        and what it takes of the cue's children; where there are any, how it treats quotations and rival cues.
        """
        children = [self._tell_child(context, *child) for child in context.children]
        return [self._tell_candidate(context, children, mask, name) for mask, name in candidates.items()]

    def _tell_child(self, context: CandidateContext, tree: int, dep: str, word: str) -> _Child[T]:
        told = self._told
        if dep in _SILENT:
            return tree, told[names.name_auxiliary,], told[names.name_auxiliary,], None
        frame = context.frame
        return (
            tree, told[names.name_child, "takes", dep, frame, word], told[names.name_child, "cuts", dep, frame, word],
            told[names.name_child, "leaves", dep, frame, word],
        )  # fmt: skip

    def _tell_candidate(self, context: CandidateContext, children: list[_Child[T]], mask: int, name: str) -> list[T]:
        para, told = self._para, self._told
        first, last = first_token(mask), mask.bit_length() - 1
        quoted = mask & para.quoted_mask
        share = share_quoted(quoted, mask)
        sentence_of = para.sentence_of
        sentence = sentence_of[first]
        unbroken = mask | ~para.word_mask & ((1 << last) - (1 << first))  # marks and commas don't break a run
        runs = min((unbroken & ~(unbroken << 1)).bit_count(), 4)
        is_finite = mask & para.finite_mask & ((1 << first + _FINITE_REACH) - 1) != 0
        size, sentences = bucket(mask.bit_count()), min(sentence_of[last] - sentence, 4)
        parts = [
            told[names.name_origin, name, context.form],
            told[names.name_extent, size, share, is_finite, sentences, runs],
            told[names.name_distance, sentence - context.number, share],
            self._starts.get(first) or self._tell_start(first),
            told[names.name_first_tag, para.tag[first], name],
            self._ends.get(last) or self._tell_end(last),
        ]
        self._add_endings(mask, last, parts)
        self._add_position(context, mask, first, last, parts)
        if context.source:
            parts.append(told[names.name_source_taken, _part_taken(context.source, mask), share])
        for tree, takes, cuts, leaves in children:
            taken = mask & tree
            outcome = leaves if not taken else takes if taken == tree else cuts
            if outcome is not None:
                parts.append(outcome)
        if para.quoted_mask:
            self._add_quotations(context, mask, quoted, share, first, last, parts)
        if context.rivals:
            parts.append(told[names.name_rivals, *_count_rivals(para, context, mask, first, last)])
        return parts

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

    def _add_endings(self, mask: int, last: int, parts: list[T]) -> None:
        """The constituents that end with the candidate, and the one that it leaves off right behind its end."""
        para = self._para
        token = last
        for _ in range(_MAX_CLIMB):
            start = para.left_edge[token]
            if not mask >> start & 1 and para.bit[start]:
                break
            if start != token or para.dep[token] in _TAILS:
                if token not in self._endings:
                    self._endings[token] = self._tell(names.name_ending(para.dep[token], para.word[start]))
                parts.append(self._endings[token])
            above = para.head[token]
            if above == token or not mask >> above & 1 or para.right_edge[above] > last + 1:
                break
            token = above
        dropped = para.constituent_after(last)
        if dropped is None:
            parts.append(self._told[names.name_nothing_dropped,])
            return
        is_head_inside = mask >> para.head[dropped[0]] & 1 == 1
        key = last, is_head_inside
        parts.append(self._dropped.get(key) or self._tell_dropped(*dropped, *key))

    def _tell_dropped(self, token: int, following: int, last: int, is_head_inside: bool) -> T:
        para = self._para
        comma = "" if following == last + 1 else para.word[last + 1]
        told = self._tell(names.name_dropped(para.dep[token], para.word[following], comma, is_head_inside))
        self._dropped[last, is_head_inside] = told
        return told

    def _add_position(self, context: CandidateContext, mask: int, first: int, last: int, parts: list[T]) -> None:
        """Where the candidate stands to the cue, and what it takes of the cue's subject."""
        told = self._told
        left = mask & context.left
        if not left:
            side, gap = "after", bucket(first - context.cue)
        elif left == mask:
            side, gap = "before", bucket(context.cue - last)
        else:
            side, gap = "around", 0
        fifths = (mask & context.sentence).bit_count() * 5 // context.sentence_size
        parts.append(told[names.name_side, side, context.pos, context.frame])
        parts.append(told[names.name_gap, side, gap, fifths])
        quoted = self._para.quoted_mask
        if quoted:
            right = mask ^ left
            halves = share_quoted(left & quoted, left), share_quoted(right & quoted, right)
            parts.append(told[names.name_halves, *halves])
        if context.subject:
            parts.append(told[names.name_subject_taken, mask & context.subject != 0])

    def _add_quotations(
        self, context: CandidateContext, mask: int, quoted: int, share: str, first: int, last: int, parts: list[T]
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
        if quoted:
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
