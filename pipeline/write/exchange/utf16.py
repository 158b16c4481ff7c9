"""Offsets for tools that count UTF-16 code units, as JavaScript and Java do."""

from __future__ import annotations

from bisect import bisect_left

from pipeline.records import Span

#: Code points from here on take two code units: "🙂" is U+1F642.
_FIRST_WIDE = "\U00010000"


class Utf16Offsets:
    """Turns spans of one text from code points into UTF-16 code units."""

    def __init__(self, text: str) -> None:
        wide = not text.isascii() and max(text, default="") >= _FIRST_WIDE
        self._wide = [offset for offset, character in enumerate(text) if character >= _FIRST_WIDE] if wide else []

    def of(self, span: Span) -> Span:
        """The span in code units."""
        start, end = span
        return start + bisect_left(self._wide, start), end + bisect_left(self._wide, end)
