"""Spans together: what holds them all, and what shares characters with one, without walking through the article.

A span is [start, end) in code points, as everywhere.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from pipeline.records import Span

T = TypeVar("T")
#: What joins the words of spans that don't touch, as content in two parts.
PART_JOIN = " [...] "


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span that holds them all. Raises ValueError for none."""
    spans = list(spans)
    return min(start for start, _ in spans), max(end for _, end in spans)


def is_inside(span: Span, outer: Span) -> bool:
    """Whether the span lies within ``outer``; every span lies within itself."""
    return outer[0] <= span[0] and span[1] <= outer[1]


def overlap_length(first: Span, second: Span) -> int:
    """How many characters both share; 0 for spans that only touch."""
    return max(min(first[1], second[1]) - max(first[0], second[0]), 0)


class SpanIndex(Generic[T]):
    """Items by their spans, to find those that share characters with a stretch of text.

    ``spans_of`` gives the [start, end) spans of an item, several for one in parts. Building sorts them; a query then
    looks only at spans that begin near the stretch: no farther before it than the longest span is long.
    """

    def __init__(self, items: Iterable[T], spans_of: Callable[[T], Iterable[Span]]) -> None:
        entries = [(span, number, item) for number, item in enumerate(items) for span in spans_of(item)]
        entries.sort(key=lambda entry: (entry[0], entry[1]))
        self._starts = [span[0] for span, _, _ in entries]
        self._entries = entries
        self._longest = max((span[1] - span[0] for span, _, _ in entries), default=0)

    def overlapping(self, start: int, end: int) -> list[T]:
        """Items with a span that shares a character with [start, end), in the order they were given, each once."""
        low = bisect_left(self._starts, start - self._longest)
        high = bisect_left(self._starts, end)
        if low >= high:
            return []
        items_by_number = {number: item for span, number, item in self._entries[low:high] if span[1] > start}
        if len(items_by_number) < 2:
            return [*items_by_number.values()]
        return [items_by_number[number] for number in sorted(items_by_number)]
