"""Who goes on speaking: a quotation without source and cue after somebody else's words, or after somebody's own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.link.speaker_reasons import speaker_reason
from pipeline.link.topics import is_background
from pipeline.records import Quote, Span, Spans, Speaker
from pipeline.text.spans import hull

#: Confidence from which on a quote is speech that a quotation in the next sentence may go on with.
_SURE = 0.5


def inherit_speakers(
    quotes: Sequence[Quote],
    speakers: Sequence[tuple[Speaker, ...]],
    sentences: Spans,
    subject_of: Callable[[Span], Speaker | None] = lambda sentence: None,
    tokens_of: Callable[[Span], Sequence[Token]] = lambda sentence: (),
) -> tuple[tuple[Speaker, ...], ...]:
    """The speakers of all quotes, in the order of ``quotes``; ``speakers`` are those that their sources name.

    A quotation without source and cue is introduced by the sentence before it ('Brandt was relieved, she said. "..."'),
    or goes on with the direct or mixed speech before it, in whatever paragraph. Its source stays empty: the text names
    nobody there. ``sentences`` are those of the article, in text order, ``subject_of`` tells the person named as the
    subject of one: where a sentence without speech stands between, the quotation is that person's ("Brandt won in two
    sets. “I am glad.”"), and where its own sentence leads up to it ("Brandt could not hide her joy: “I won.”").
    ``tokens_of`` gives the tokens of a sentence: one that only adds something is passed over, "Brandt remembers the
    fire. Her son was asleep. “I ran.”"
    """
    sentence_starts = [start for start, _ in sentences]
    inherited = list(speakers)
    spoken: int | None = None  # the last direct or mixed quote
    introducing: dict[int, int] = {}  # by the number of a sentence the weightiest quote that has its cue there
    for index in sorted(range(len(quotes)), key=lambda index: quotes[index].content[0]):
        quote = quotes[index]
        start = quote.content[0][0]
        if _is_bare(quote):
            number = _sentence_at(start, sentence_starts)
            before = introducing.get(number - 1, spoken)
            leading = [(sentences[number][0], start)] if number >= 0 and sentences[number][0] < start else []
            leading += [sentences[number - 1]] if number > 0 else []
            if number > 1 and is_background(tokens_of(sentences[number - 1])):
                leading += [sentences[number - 2]]
            acting = next(filter(None, (_acting(quotes, before, words, subject_of) for words in leading)), None)
            going_on = (acting,) if acting is not None else inherited[before] if before is not None else ()
            inherited[index] = tuple(_continue_speaker(speaker, quote.content[0]) for speaker in going_on)
        elif inherited[index] and quote.cue and quote.confidence >= _SURE:
            sentence = _sentence_at(quote.cue[0][0], sentence_starts)
            other = introducing.get(sentence)
            if other is None or _weight(quote) > _weight(quotes[other]):
                introducing[sentence] = index
        if quote.quote_type == "direct" or (quote.quote_type == "mixed" and not _is_document(inherited[index])):
            spoken = index
    return tuple(inherited)


def _acting(
    quotes: Sequence[Quote], before: int | None, sentence: Span, subject_of: Callable[[Span], Speaker | None]
) -> Speaker | None:
    """The person whom the sentence before a quotation tells of, where the quote ``before`` ended earlier."""
    if before is not None and hull((*quotes[before].content, *quotes[before].cue))[1] > sentence[0]:
        return None
    return subject_of(sentence)


def _is_document(speakers: Sequence[Speaker]) -> bool:
    """Whether a document shows or tells something: what a banner in "the video" reads is not the video's speech."""
    return any(speaker.type == "document" for speaker in speakers)


def _is_bare(quote: Quote) -> bool:
    return quote.quote_type == "direct" and not quote.source and not quote.cue


def _sentence_at(offset: int, starts: Sequence[int]) -> int:
    return bisect_right(starts, offset) - 1


def _weight(quote: Quote) -> tuple[bool, int]:
    """How likely a quote of the sentence before introduces a quotation: speech in marks first, then by length.

    '"No," he said when a clerk asked about the plan for the pier. "Never."'
    """
    start, end = hull(quote.content)
    return quote.quote_type != "indirect", end - start


def _continue_speaker(speaker: Speaker, span: Span) -> Speaker:
    """The same speaker for a quotation at ``span`` that goes on without naming him."""
    reason = speaker_reason("goes on", inner=speaker.reason) if speaker.text else speaker.reason
    return replace(speaker, span=span, text="", reason=reason)
