"""The arithmetic of an evaluation: precision, recall and F1, how much two spans share, one-to-one pairing.

``extract evaluate`` and the benchmarks under tests/bench count with these.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Set
from dataclasses import dataclass
from typing import TypeVar

from pipeline.records import Span
from pipeline.text.spans import overlap_length

Item = TypeVar("Item", bound=Hashable)


def f1_score(precision: float, recall: float) -> float:
    """The harmonic mean of precision and recall, 0 to 1; 0.0 when both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(slots=True)
class Counts:
    """What precision, recall and F1 are computed from.

    ``found`` counts what the extraction found and ``right`` how many of these are correct; ``gold`` what is in gold and
    ``hit`` how many of these were found. ``right`` and ``hit`` differ where one found span answers for several of gold.
    """

    found: int = 0
    right: int = 0
    gold: int = 0
    hit: int = 0

    def add(self, found: int, right: int, gold: int, hit: int) -> None:
        """Add the counts of one more article."""
        self.found += found
        self.right += right
        self.gold += gold
        self.hit += hit

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right, 0 to 1; None when nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share of gold that was found, 0 to 1; None when nothing is in gold."""
        return self.hit / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall, 0 to 1; None when nothing is in gold nor found."""
        if not self.found and not self.gold:
            return None
        return f1_score(self.precision or 0.0, self.recall or 0.0)


def jaccard(first: Set[Item], second: Set[Item]) -> float:
    """The share of the members of both sets that are in both, 0 to 1 (Jaccard); 0.0 when both are empty."""
    shared = len(first & second)
    return shared / (len(first) + len(second) - shared) if shared else 0.0


def span_jaccard(first: Span, second: Span) -> float:
    """The share of the characters of both spans that are in both, 0 to 1: (0, 10) and (5, 10) share 0.5."""
    shared = overlap_length(first, second)
    return shared / (first[1] - first[0] + second[1] - second[0] - shared) if shared else 0.0


def pair_one_to_one(ranked: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pair things greedily: of pairs of indices, best first, each whose two members are in no pair yet.

    >>> pair_one_to_one([(0, 1), (0, 0), (1, 1), (1, 0)])
    [(0, 1), (1, 0)]
    """
    firsts: set[int] = set()
    seconds: set[int] = set()
    pairs = []
    for first, second in ranked:
        if first not in firsts and second not in seconds:
            firsts.add(first)
            seconds.add(second)
            pairs.append((first, second))
    return pairs
