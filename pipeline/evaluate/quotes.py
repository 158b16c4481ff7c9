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

FOUND, RELATION, EXACT, CUE = "found", "with its source", "exact words", "cue"
#: Content words that must be shared, as a part of all words of both.
ALIKE = 0.5
#: Letters, digits and what joins them inside a word: "don't", "U.S", "5,000".
_WORD = re.compile(r"\w+(?:[-'’.,&]\w+)*")
Words = frozenset[int]
Pairs = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Quote:
    """An attribution as sets of word numbers."""

    of: Attribution
    content: Words
    source: Words | None
    cue: Words | None


def score_quotes(gold: GoldArticle, found: Iterable[Attribution], tally: Tally) -> None:
    """Add what was found in one article to the tally of quotes."""
    if gold.attributions is None:
        return
    tally.articles += 1
    words = _Cover(gold.article.text)
    wanted, given = words.quotes(gold.attributions), words.quotes(found)
    wanted, given = _judged(wanted, given)
    pairs = _pairs(wanted, given, _alike, ALIKE)
    right = [(g, f) for g, f in pairs if _same_source(wanted[g], given[f])]
    _count(tally, FOUND, wanted, given, pairs)
    known = {g for g, each in enumerate(wanted) if each.source is not None}
    unasked = {f for g, f in pairs if g not in known}
    _count(
        tally, RELATION, wanted, given, [pair for pair in right if pair[0] in known],
        without=(set(range(len(wanted))) - known, unasked),
    )  # fmt: skip
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
    """Numbers of gold and found that belong together, one to one, the most alike first."""
    alike = ((likeness(g, f), a, b) for a, g in enumerate(gold) for b, f in enumerate(found))
    ranked = sorted((-how, a, b) for how, a, b in alike if how > 0 and how >= least)
    return one_to_one((a, b) for _, a, b in ranked)


def _judged(gold: list[_Quote], found: list[_Quote]) -> tuple[list[_Quote], list[_Quote]]:
    """Without what is optional, and without what was found for it alone."""
    wanted, spare = ([each for each in gold if each.of.optional is optional] for optional in (False, True))
    if not spare:
        return wanted, found
    taken = {f for _, f in _pairs(wanted, found, _alike, ALIKE)}
    free = [n in taken or all(_alike(each, one) < ALIKE for each in spare) for n, one in enumerate(found)]
    return wanted, [one for one, stays in zip(found, free, strict=True) if stays]


def _count(
    tally: Tally,
    measure: str,
    gold: Sequence[_Quote],
    found: Sequence[_Quote],
    pairs: Pairs,
    without: tuple[set[int], set[int]] = (set(), set()),
) -> None:
    """Count all, and each type: of gold by gold's, of what was found by its own."""
    hits, rights = {g for g, _ in pairs}, {f for _, f in pairs}
    asked = [(g in hits, each.of.type) for g, each in enumerate(gold) if g not in without[0]]
    given = [(f in rights, each.of.type) for f, each in enumerate(found) if f not in without[1]]
    tally.count(measure).add(len(given), len(rights), len(asked), len(hits))
    for kind in QUOTE_TYPES:
        of_kind = [[hit for hit, type_ in side if type_ == kind] for side in (given, asked)]
        tally.count(f"{measure}, {kind}").add(*(number for side in of_kind for number in (len(side), sum(side))))


def _count_cues(tally: Tally, gold: Sequence[_Quote], found: Sequence[_Quote], pairs: Pairs) -> None:
    """Cues of all attributions, whatever their contents."""
    unasked = {f for g, f in pairs if gold[g].cue is None}
    wanted = [each.cue for each in gold if each.cue]
    given = [each.cue for f, each in enumerate(found) if each.cue and f not in unasked]
    shared = [(-len(g & f) / len(g | f), a, b) for a, g in enumerate(wanted) for b, f in enumerate(given) if g & f]
    hits = len(one_to_one((a, b) for _, a, b in sorted(shared)))
    tally.count(CUE).add(len(given), hits, len(wanted), hits)


def _examples(tally: Tally, gold: GoldArticle, wanted: Sequence[_Quote], given: Sequence[_Quote], pairs: Pairs) -> None:
    hits, rights = {g for g, _ in pairs}, {f for _, f in pairs}
    for g, each in enumerate(wanted):
        if g not in hits:
            tally.note("missed", gold.article, each.of.content, _who(gold.article, each.of))
    for f, each in enumerate(given):
        if f not in rights:
            tally.note("wrong", gold.article, each.of.content, _who(gold.article, each.of))
    for g, f in sorted(pairs):
        one, other = wanted[g], given[f]
        if one.source is not None and not _same_source(one, other):
            detail = differs("source", gold.article, one.of.source or (), other.of.source or ())
            tally.note("part", gold.article, other.of.content, detail)
        tally.compare(gold.article, other.of.content, one.of.values, other.of.values)


def _who(article: Article, quote: Attribution) -> str:
    """Source and cue, as far as there are any."""
    return " ".join(words_of(article, spans) for spans in (quote.source, quote.cue) if spans)
