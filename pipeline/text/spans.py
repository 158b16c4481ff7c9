"""Spans together: what holds them all, and what shares characters with one, without walking through the article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from pipeline.records import Span

T = TypeVar("T")
#: What joins the words of spans that don't touch, as content in two parts.
PART_JOIN = " [...] "


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span that holds them all."""
    known = list(spans)
    return min(start for start, _ in known), max(end for _, end in known)


def inside(span: Span, outer: Span) -> bool:
    """Whether the span lies within the other."""
    return outer[0] <= span[0] and span[1] <= outer[1]


def overlap(one: Span, other: Span) -> int:
    """How many characters both share."""
    return max(min(one[1], other[1]) - max(one[0], other[0]), 0)


class SpanIndex(Generic[T]):
    """Items by their spans; ``spans_of`` gives the [start, end) spans of an item (several for one in parts)."""

    def __init__(self, items: Iterable[T], spans_of: Callable[[T], Iterable[Span]]) -> None:
        pairs = [(span, number, item) for number, item in enumerate(items) for span in spans_of(item)]
        pairs.sort(key=lambda pair: (pair[0], pair[1]))
        self._starts = [span[0] for span, _, _ in pairs]
        self._pairs = pairs
        self._longest = max((span[1] - span[0] for span, _, _ in pairs), default=0)

    def overlapping(self, start: int, end: int) -> list[T]:
        """Items with a span that shares a character with [start, end), in the order they were given, each once."""
        low = bisect_left(self._starts, start - self._longest)
        high = bisect_left(self._starts, end)
        found = {number: item for span, number, item in self._pairs[low:high] if span[1] > start}
        return [found[number] for number in sorted(found)]
