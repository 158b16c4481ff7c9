"""Score attributions. What is compared are words, so marks and blanks at a span's edge change nothing.

Definitions are those that the project measures quotes with on its development set: a quote is found when the words of
both contents overlap by half (Jaccard), one to one, the most alike first; its relation is right when the sources share
a word besides, or there is none on either side; content is exact when the words are the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.evaluate.gold import QUOTE_TYPES, Attribution, GoldArticle
from pipeline.evaluate.tally import Tally, differs, one_to_one, words_of
from pipeline.records import Article, Spans
from pipeline.text.spans import is_inside

FOUND, RELATION, EXACT, CUE = "found", "with its source", "exact words", "cue"
#: Content words that must be shared, as a part of all words of both.
ALIKE = 0.5
#: Letters, digits and what joins them inside a word: "don't", "U.S", "5,000".
_WORD = re.compile(r"\w+(?:[-'’.,&]\w+)*")
Words = frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class _Quote:
    """An attribution as sets of word numbers; equal to itself alone."""

    of: Attribution
    content: Words
    source: Words | None
    cue: Words | None


Pairs = list[tuple[_Quote, _Quote]]


def score_quotes(gold: GoldArticle, found: Iterable[Attribution], tally: Tally) -> None:
    """Add what was found in one article to the tally of quotes."""
    if gold.attributions is None:
        return
    tally.articles += 1
    words = _Cover(gold.article.text)
    here = (each for each in found if all(is_inside(span, gold.within) for span in each.content))
    wanted, given = _judged(words.quotes(gold.attributions), words.quotes(here))
    pairs = _pairs(wanted, given, _alike, ALIKE)
    _count(tally, FOUND, wanted, given, pairs)
    unasked = {other for one, other in pairs if one.source is None}
    _count(
        tally,
        RELATION,
        [each for each in wanted if each.source is not None],
        [each for each in given if each not in unasked],
        [(one, other) for one, other in pairs if one.source is not None and _same_source(one, other)],
    )
    exact = _pairs(wanted, given, lambda one, other: float(one.content == other.content), 1)
    tally.count(EXACT).add(len(given), len(exact), len(wanted), len(exact))
    _count_cues(tally, wanted, given, pairs)
    _examples(tally, gold, wanted, given, pairs)


class _Cover:
    """The words of one text, by number."""

    def __init__(self, text: str) -> None:
        spans = [match.span() for match in _WORD.finditer(text)]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def words(self, spans: Spans) -> Words:
        """The words that share a character with the spans."""
        numbers = (range(bisect_right(self._ends, low), bisect_left(self._starts, high)) for low, high in spans)
        return frozenset(number for each in numbers for number in each)

    def quotes(self, found: Iterable[Attribution]) -> list[_Quote]:
        """Attributions whose content has words; those alike in content and cue once."""
        quotes: dict[tuple[Words, Words | None], _Quote] = {}
        for each in found:
            content = self.words(each.content)
            source, cue = (None if spans is None else self.words(spans) for spans in (each.source, each.cue))
            if content:
                quotes.setdefault((content, cue), _Quote(each, content, source, cue))
        return list(quotes.values())


def _alike(one: _Quote, other: _Quote) -> float:
    return len(one.content & other.content) / len(one.content | other.content)


def _same_source(gold: _Quote, found: _Quote) -> bool:
    return bool(gold.source & (found.source or frozenset())) if gold.source else not found.source


def _pairs(
    gold: Sequence[_Quote], found: Sequence[_Quote], likeness: Callable[[_Quote, _Quote], float], least: float
) -> Pairs:
    """Gold and found that belong together, one to one, the most alike first; in the order of gold."""
    alike = ((likeness(one, other), g, f) for g, one in enumerate(gold) for f, other in enumerate(found))
    ranked = sorted((-how, g, f) for how, g, f in alike if how > 0 and how >= least)
    return [(gold[g], found[f]) for g, f in sorted(one_to_one((g, f) for _, g, f in ranked))]


def _judged(gold: list[_Quote], found: list[_Quote]) -> tuple[list[_Quote], list[_Quote]]:
    """Without what is optional, and without what was found for it alone."""
    wanted, spare = ([each for each in gold if each.of.optional is optional] for optional in (False, True))
    taken = {other for _, other in _pairs(wanted, found, _alike, ALIKE)} if spare else set()
    return wanted, [one for one in found if one in taken or all(_alike(each, one) < ALIKE for each in spare)]


def _count(tally: Tally, measure: str, gold: Sequence[_Quote], found: Sequence[_Quote], pairs: Pairs) -> None:
    """Count all, and each type: of gold by gold's, of what was found by its own."""
    hits, rights = [one for one, _ in pairs], [other for _, other in pairs]
    tally.count(measure).add(*map(len, (found, rights, gold, hits)))
    for kind in QUOTE_TYPES:
        counts = (sum(each.of.type == kind for each in side) for side in (found, rights, gold, hits))
        tally.count(f"{measure}, {kind}").add(*counts)


def _count_cues(tally: Tally, gold: Sequence[_Quote], found: Sequence[_Quote], pairs: Pairs) -> None:
    """Cues of all attributions, whatever their contents."""
    unasked = {other for one, other in pairs if one.cue is None}
    wanted = [each.cue for each in gold if each.cue]
    given = [each.cue for each in found if each.cue and each not in unasked]
    shared = [(-len(a & b) / len(a | b), g, f) for g, a in enumerate(wanted) for f, b in enumerate(given) if a & b]
    hits = len(one_to_one((g, f) for _, g, f in sorted(shared)))
    tally.count(CUE).add(len(given), hits, len(wanted), hits)


def _examples(tally: Tally, gold: GoldArticle, wanted: Sequence[_Quote], given: Sequence[_Quote], pairs: Pairs) -> None:
    article, paired = gold.article, {each for pair in pairs for each in pair}
    for each in wanted:
        if each not in paired:
            tally.note("missed", article, each.of.content, _who(article, each.of))
    for each in given:
        if each not in paired:
            tally.note("wrong", article, each.of.content, _who(article, each.of))
    for one, other in pairs:
        if one.source is not None and not _same_source(one, other):
            detail = differs("source", article, one.of.source or (), other.of.source or ())
            tally.note("part", article, other.of.content, detail)
        tally.compare(article, other.of.content, one.of.values, other.of.values)


def _who(article: Article, quote: Attribution) -> str:
    """Source and cue, as far as there are any."""
    return " ".join(words_of(article, spans) for spans in (quote.source, quote.cue) if spans)
