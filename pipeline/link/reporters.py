"""Which quote reports an event: the innermost one whose content holds the trigger."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.records import Event, Quote, Span, Spans
from pipeline.text.spans import SpanIndex


def find_reporters(events: Sequence[Event], quotes: Sequence[Quote]) -> tuple[int | None, ...]:
    """For each event the index of the quote that reports it, or None: then the article states it itself."""
    holders = SpanIndex(range(len(quotes)), lambda index: quotes[index].content)
    return tuple(_innermost(_holding(event, holders, quotes), quotes) for event in events)


def reporter_spans(text: str, source: Spans) -> Spans:
    """The source without what is added to its name: "Ana Ruiz, a union leader" reports as "Ana Ruiz"."""
    return tuple(_without_addition(text, span) for span in source[:1])


def _without_addition(text: str, span: Span) -> Span:
    added = _ADDITION.search(text, *span)
    return (span[0], added.start()) if added is not None and added.start() > span[0] else span


#: A comma, dash or bracket before words in small letters, other than a further member of a list.
_ADDITION = re.compile(r"(?<=\S)\s*(?:,|\s--?|\s?[–—]|\s\()\s*(?!and\b|or\b)(?=[a-z])")


def apply_denials(events: Sequence[Event], quotes: Sequence[Quote]) -> tuple[Event, ...]:
    """Events inside what somebody denies ("denied that it planned to close") have the status denied."""
    denials = [quote for quote in quotes if quote.stance == "denies" and not quote.negated]
    holders = SpanIndex(range(len(denials)), lambda index: denials[index].content)
    return tuple(
        replace(event, status="denied", reason=f"{event.reason}; inside a denial")
        if _holding(event, holders, denials)
        else event
        for event in events
    )


def _holding(event: Event, holders: SpanIndex[int], quotes: Sequence[Quote]) -> list[int]:
    start, end = event.trigger
    found = holders.overlapping(start, end)
    return [index for index in found if any(a <= start and end <= b for a, b in quotes[index].content)]


def _innermost(holding: Sequence[int], quotes: Sequence[Quote]) -> int | None:
    said = [index for index in holding if _is_statement(quotes[index])]
    return min(said, key=lambda index: (sum(b - a for a, b in quotes[index].content), index), default=None)


def _is_statement(quote: Quote) -> bool:
    """Words in quotation marks are somebody's whatever the cue; without marks the cue must be one of stating."""
    return quote.stance not in (_NO_STATEMENT if quote.quote_type != "indirect" else _NO_STATEMENT | {"other"})


#: A plan or a demand is no report: whoever "plans to close" acts, and the article says so.
_NO_STATEMENT = frozenset({"intends", "demands", "promises", "supports", "criticises"})
