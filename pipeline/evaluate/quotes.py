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
from pipeline.evaluate.measures import jaccard, pair_one_to_one
from pipeline.evaluate.tally import Fault, Tally, describe_difference, words_of
from pipeline.records import Article, Spans
from pipeline.text.spans import is_inside

#: Measures, as printed and as keys of --json.
FOUND = "found"
RELATION = "with its source"
EXACT = "exact words"
CUE = "cue"
#: A quote is found from this Jaccard index of its content words and gold's: 3 words of 5 have 0.6, 2 of 5 have 0.4.
LEAST_ALIKE = 0.5
#: Letters, digits and what joins them inside a word: "don't", "U.S", "5,000".
_WORD = re.compile(r"\w+(?:[-'’.,&]\w+)*")
#: Indices of words in the article's text.
WordSet = frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class _Quote:
    """An attribution as sets of words; equal to itself alone, so that twins are counted apart.

    ``attribution`` is what it was made of; ``source`` and ``cue`` are None where gold does not know them.
    """

    attribution: Attribution
    content: WordSet
    source: WordSet | None
    cue: WordSet | None


#: (gold, predicted).
_Pairs = list[tuple[_Quote, _Quote]]


def score_quotes(gold: GoldArticle, predicted: Iterable[Attribution], tally: Tally) -> None:
    """Add what was found in one article to the tally of quotes; nothing for an article without attributions gold.

    Predicted quotes outside the part of the article that gold speaks of are left out.
    """
    if gold.attributions is None:
        return
    tally.articles += 1
    index = _WordIndex(gold.article.text)
    predicted_inside = (quote for quote in predicted if all(is_inside(span, gold.within) for span in quote.content))
    gold_quotes, predicted_quotes = _drop_optional(
        index.make_quotes(gold.attributions), index.make_quotes(predicted_inside)
    )
    pairs = _pair_quotes(gold_quotes, predicted_quotes, _content_jaccard, LEAST_ALIKE)
    _count_by_type(tally, FOUND, gold_quotes, predicted_quotes, pairs)
    _count_relations(tally, gold_quotes, predicted_quotes, pairs)
    exact = _pair_quotes(gold_quotes, predicted_quotes, lambda g, p: float(g.content == p.content), 1)
    tally.count(EXACT).add(len(predicted_quotes), len(exact), len(gold_quotes), len(exact))
    _count_cues(tally, gold_quotes, predicted_quotes, pairs)
    _add_examples(tally, gold.article, gold_quotes, predicted_quotes, pairs)


class _WordIndex:
    """The words of one text, numbered in order."""

    def __init__(self, text: str) -> None:
        spans = [match.span() for match in _WORD.finditer(text)]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def words_in(self, spans: Spans) -> WordSet:
        """The words that share a character with the spans."""
        ranges = (range(bisect_right(self._ends, start), bisect_left(self._starts, end)) for start, end in spans)
        return frozenset(number for numbers in ranges for number in numbers)

    def make_quotes(self, attributions: Iterable[Attribution]) -> list[_Quote]:
        """Attributions whose content has words; those alike in content and cue once."""
        quotes: dict[tuple[WordSet, WordSet | None], _Quote] = {}
        for attribution in attributions:
            content = self.words_in(attribution.content)
            source = None if attribution.source is None else self.words_in(attribution.source)
            cue = None if attribution.cue is None else self.words_in(attribution.cue)
            if content:
                quotes.setdefault((content, cue), _Quote(attribution, content, source, cue))
        return list(quotes.values())


def _content_jaccard(first: _Quote, second: _Quote) -> float:
    return jaccard(first.content, second.content)


def _have_same_source(gold: _Quote, predicted: _Quote) -> bool:
    return bool(gold.source & (predicted.source or frozenset())) if gold.source else not predicted.source


def _pair_quotes(
    gold: Sequence[_Quote], predicted: Sequence[_Quote], similarity: Callable[[_Quote, _Quote], float], least: float
) -> _Pairs:
    """Gold and predicted that belong together, one to one, the most alike first; in the order of gold."""
    scored = (
        (similarity(gold_quote, predicted_quote), g, p)
        for g, gold_quote in enumerate(gold)
        for p, predicted_quote in enumerate(predicted)
    )
    ranked = sorted((-score, g, p) for score, g, p in scored if score > 0 and score >= least)
    return [(gold[g], predicted[p]) for g, p in sorted(pair_one_to_one((g, p) for _, g, p in ranked))]


def _drop_optional(gold: list[_Quote], predicted: list[_Quote]) -> tuple[list[_Quote], list[_Quote]]:
    """Gold without what is optional, and predicted without what answers to optional gold alone."""
    required = [quote for quote in gold if not quote.attribution.optional]
    optional = [quote for quote in gold if quote.attribution.optional]
    if not optional:
        return required, predicted
    paired = {quote for _, quote in _pair_quotes(required, predicted, _content_jaccard, LEAST_ALIKE)}
    judged = [
        quote
        for quote in predicted
        if quote in paired or all(_content_jaccard(spare, quote) < LEAST_ALIKE for spare in optional)
    ]
    return required, judged


def _count_by_type(
    tally: Tally, measure: str, gold: Sequence[_Quote], predicted: Sequence[_Quote], pairs: _Pairs
) -> None:
    """Count all, and each quote type: of gold by gold's type, of what was found by its own."""
    hit, right = [quote for quote, _ in pairs], [quote for _, quote in pairs]
    groups = (predicted, right, gold, hit)
    tally.count(measure).add(*map(len, groups))
    for quote_type in QUOTE_TYPES:
        counts = (sum(quote.attribution.type == quote_type for quote in group) for group in groups)
        tally.count(f"{measure}, {quote_type}").add(*counts)


def _count_relations(tally: Tally, gold: Sequence[_Quote], predicted: Sequence[_Quote], pairs: _Pairs) -> None:
    """Count quotes with their sources, of those whose source gold knows."""
    unjudged = {predicted_quote for gold_quote, predicted_quote in pairs if gold_quote.source is None}
    _count_by_type(
        tally,
        RELATION,
        [quote for quote in gold if quote.source is not None],
        [quote for quote in predicted if quote not in unjudged],
        [pair for pair in pairs if pair[0].source is not None and _have_same_source(*pair)],
    )


def _count_cues(tally: Tally, gold: Sequence[_Quote], predicted: Sequence[_Quote], pairs: _Pairs) -> None:
    """Cues of all attributions, whatever their contents."""
    unjudged = {predicted_quote for gold_quote, predicted_quote in pairs if gold_quote.cue is None}
    gold_cues = [quote.cue for quote in gold if quote.cue]
    predicted_cues = [quote.cue for quote in predicted if quote.cue and quote not in unjudged]
    scored = (
        (jaccard(gold_cue, predicted_cue), g, p)
        for g, gold_cue in enumerate(gold_cues)
        for p, predicted_cue in enumerate(predicted_cues)
    )
    ranked = sorted((-score, g, p) for score, g, p in scored if score)
    hits = len(pair_one_to_one((g, p) for _, g, p in ranked))
    tally.count(CUE).add(len(predicted_cues), hits, len(gold_cues), hits)


def _add_examples(
    tally: Tally, article: Article, gold: Sequence[_Quote], predicted: Sequence[_Quote], pairs: _Pairs
) -> None:
    paired = {quote for pair in pairs for quote in pair}
    _add_unpaired(tally, "missed", article, gold, paired)
    _add_unpaired(tally, "wrong", article, predicted, paired)
    for gold_quote, predicted_quote in pairs:
        wanted, given = gold_quote.attribution, predicted_quote.attribution
        if gold_quote.source is not None and not _have_same_source(gold_quote, predicted_quote):
            difference = describe_difference("source", article, wanted.source or (), given.source or ())
            tally.add_example("part", article, given.content, difference)
        tally.compare_values(article, given.content, wanted.values, given.values)


def _add_unpaired(tally: Tally, fault: Fault, article: Article, quotes: Sequence[_Quote], paired: set[_Quote]) -> None:
    for quote in quotes:
        if quote not in paired:
            attribution = quote.attribution
            tally.add_example(fault, article, attribution.content, _source_and_cue(article, attribution))


def _source_and_cue(article: Article, attribution: Attribution) -> str:
    """The words of source and cue, as far as there are any."""
    return " ".join(words_of(article, spans) for spans in (attribution.source, attribution.cue) if spans)
