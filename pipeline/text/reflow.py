"""An article without its layout: what extractors read, and the way back to the offsets of the text as it came.

A paragraph says the same whether it is broken at 72 columns, hyphenated, indented or full of invisible marks. So rules
and parser see blocks with one blank between words and no broken word, and every span found is carried back.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from pipeline.records import Article, DateMention, Event, Linked, Mention, Quote, Span, Spans, Speaker
from pipeline.text.hyphenation import INVISIBLE, find_invisible, find_word_breaks

M = TypeVar("M", Mention, DateMention)

_ROUGH = re.compile(rf"[^\S ]|  |[{INVISIBLE}]")


@dataclass(frozen=True, slots=True)
class Reflowed:
    """``article`` is ``original`` without layout; its character i stands at ``places[i]`` there (empty: all alike)."""

    original: Article
    article: Article
    places: tuple[int, ...] = ()

    def to_source(self, span: Span) -> Span:
        """A span of the smooth text in the original, from its first character to its last."""
        start, end = span
        return (self.places[start], self.places[end - 1] + 1) if self.places and end > start else span

    def from_source(self, span: Span) -> Span:
        """A span of the original in the smooth text."""
        return (bisect_left(self.places, span[0]), bisect_left(self.places, span[1])) if self.places else span

    def linked(self, found: Linked) -> Linked:
        """What was found in the smooth article, its spans in the original."""
        if not self.places:
            return found
        return Linked(
            mentions=tuple(self._moved(each) for each in found.mentions),
            dates=tuple(self._moved(each) for each in found.dates),
            quotes=tuple(self._quote(each) for each in found.quotes),
            speakers=tuple(tuple(self.speaker(each) for each in behind) for behind in found.speakers),
            events=tuple(self._event(each) for each in found.events),
            reporters=found.reporters,
            actors=tuple(each and self.speaker(each) for each in found.actors),
            sentences=self._all(found.sentences),
        )

    def _all(self, spans: Spans) -> Spans:
        return tuple(self.to_source(span) for span in spans)

    def _moved(self, mention: M) -> M:
        start, end = self.to_source((mention.start, mention.end))
        return replace(mention, start=start, end=end)

    def _quote(self, quote: Quote) -> Quote:
        return replace(
            quote, source=self._all(quote.source), cue=self._all(quote.cue), content=self._all(quote.content)
        )

    def speaker(self, speaker: Speaker) -> Speaker:
        """A speaker found in the smooth article, its spans and words those of the original."""
        start, end = self.to_source(speaker.span)
        named = speaker.mention and self.to_source(speaker.mention)
        return replace(speaker, span=(start, end), text=self.original.text[start:end], mention=named)

    def _event(self, event: Event) -> Event:
        return replace(
            event,
            trigger=self.to_source(event.trigger),
            target=event.target and self.to_source(event.target),
            actor=event.actor and self.to_source(event.actor),
            places=self._all(event.places),
            date=event.date and self.to_source(event.date),
            cause=event.cause and self.to_source(event.cause),
            antecedent=event.antecedent and self.to_source(event.antecedent),
        )


def reflow(article: Article) -> Reflowed:
    """The article with each block on one line, one blank between words; the same object where it is so already."""
    if not any(_ROUGH.search(article.text, block.start, block.end) for block in article.blocks):
        return Reflowed(article, article)
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for block in article.blocks:
        pieces.append(article.text[at : block.start])
        places.extend(range(at, block.start))
        for char, place in _block(article.text[block.start : block.end]):
            pieces.append(char)
            places.append(block.start + place)
        at = block.end
    pieces.append(article.text[at:])
    places.extend(range(at, len(article.text)))
    blocks = tuple(
        replace(block, start=bisect_left(places, block.start), end=bisect_left(places, block.end))
        for block in article.blocks
    )
    return Reflowed(article, replace(article, text="".join(pieces), blocks=blocks), tuple(places))


def _block(text: str) -> Iterator[tuple[str, int]]:
    """The characters of a block that are read, each with its place."""
    unread = {place for start, end in (*find_word_breaks(text), *find_invisible(text)) for place in range(start, end)}
    blank = True
    for place, char in enumerate(text):
        if place in unread or (blank and char.isspace()):
            continue
        blank = char.isspace()
        yield (" " if blank else char), place
