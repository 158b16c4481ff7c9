"""An article without its layout: what extractors read, and the way back to the offsets of the text as it came.

A paragraph says the same whether it is broken at 72 columns, hyphenated, indented or full of invisible marks. So rules
and parser see blocks with one blank between words and no broken word, and every span found is carried back.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from pipeline.records import Article, DateMention, Event, Linked, Mention, Quote, Span, Spans, Speaker
from pipeline.text.hyphenation import INVISIBLE, find_invisible, find_word_breaks
from pipeline.text.normalize import UNFOLDED

_M = TypeVar("_M", Mention, DateMention)

#: What a reflowed block doesn't have: white space other than single blanks, invisible marks, ligatures, controls.
_ROUGH = re.compile(rf"[^\S ]|  |[{INVISIBLE}]|[\x80-\x9f\ufb00-\ufb06]")


@dataclass(frozen=True, slots=True)
class Reflowed:
    """An article without its layout, beside the one it was made of."""

    #: The article as it came.
    original: Article
    #: The same, or a part of it, with every block on one line; the same object where it is so already.
    article: Article
    #: For each character of ``article.text`` its offset in ``original.text``; empty where both texts are the same.
    #: An array, as a tuple of numbers takes ten times the memory.
    offsets: Sequence[int] = ()

    def to_source(self, span: Span) -> Span:
        """A span of the reflowed text in the original, from its first character to its last."""
        start, end = span
        return (self.offsets[start], self.offsets[end - 1] + 1) if self.offsets and end > start else span

    def from_source(self, span: Span) -> Span:
        """A span of the original in the reflowed text."""
        return (bisect_left(self.offsets, span[0]), bisect_left(self.offsets, span[1])) if self.offsets else span

    def linked_to_source(self, linked: Linked) -> Linked:
        """What was found in the reflowed article, with all spans, and speakers' words, those of the original."""
        if not self.offsets:
            return linked
        return Linked(
            mentions=tuple(self._mention_to_source(mention) for mention in linked.mentions),
            dates=tuple(self._mention_to_source(mention) for mention in linked.dates),
            quotes=tuple(self._quote_to_source(quote) for quote in linked.quotes),
            speakers=tuple(
                tuple(self.speaker_to_source(speaker) for speaker in speakers) for speakers in linked.speakers
            ),
            events=tuple(self._event_to_source(event) for event in linked.events),
            reporters=linked.reporters,
            actors=tuple(actor and self.speaker_to_source(actor) for actor in linked.actors),
            subjects=linked.subjects,
            groups=linked.groups,
            sentences=self._all_to_source(linked.sentences),
        )

    def speaker_to_source(self, speaker: Speaker) -> Speaker:
        """A speaker found in the reflowed article, with the spans and words of the original."""
        start, end = self.to_source(speaker.span)
        mention = speaker.mention and self.to_source(speaker.mention)
        return replace(speaker, span=(start, end), text=self.original.text[start:end], mention=mention)

    def _all_to_source(self, spans: Spans) -> Spans:
        return tuple(self.to_source(span) for span in spans)

    def _mention_to_source(self, mention: _M) -> _M:
        start, end = self.to_source((mention.start, mention.end))
        return replace(mention, start=start, end=end)

    def _quote_to_source(self, quote: Quote) -> Quote:
        return replace(
            quote,
            source=self._all_to_source(quote.source),
            cue=self._all_to_source(quote.cue),
            content=self._all_to_source(quote.content),
        )

    def _event_to_source(self, event: Event) -> Event:
        return replace(
            event,
            trigger=self.to_source(event.trigger),
            target=event.target and self.to_source(event.target),
            actor=event.actor and self.to_source(event.actor),
            places=self._all_to_source(event.places),
            date=event.date and self.to_source(event.date),
            cause=event.cause and self.to_source(event.cause),
            antecedent=event.antecedent and self.to_source(event.antecedent),
        )


def reflow(article: Article) -> Reflowed:
    """The article with each block on one line, one blank between words, no word broken, no invisible mark, no ligature.

    What lies between blocks stays. Spans found in the result are carried back by its ``to_source``.
    """
    if not any(_ROUGH.search(article.text, block.start, block.end) for block in article.blocks):
        return Reflowed(article, article)
    pieces: list[str] = []
    offsets = array("L")
    end = 0
    for block in article.blocks:
        pieces.append(article.text[end : block.start])
        offsets.extend(range(end, block.start))
        for character, place in _read_characters(article.text[block.start : block.end]):
            pieces.append(character)
            offsets.append(block.start + place)
        end = block.end
    pieces.append(article.text[end:])
    offsets.extend(range(end, len(article.text)))
    blocks = tuple(
        replace(block, start=bisect_left(offsets, block.start), end=bisect_left(offsets, block.end))
        for block in article.blocks
    )
    return Reflowed(article, replace(article, text="".join(pieces), blocks=blocks), offsets)


def _read_characters(text: str) -> Iterator[tuple[str, int]]:
    """The characters of a block that are read, each with its place in it."""
    unread = {place for start, end in (*find_word_breaks(text), *find_invisible(text)) for place in range(start, end)}
    after_blank = True
    for place, character in enumerate(text):
        if place in unread or (after_blank and character.isspace()):
            continue
        after_blank = character.isspace()
        for letter in " " if after_blank else UNFOLDED.get(character, character):
            yield letter, place
