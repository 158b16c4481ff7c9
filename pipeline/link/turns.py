"""Who goes on speaking: a quotation without source and cue after one that has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.records import Article, Quote, Span, Speaker


def inherit_speakers(
    quotes: Sequence[Quote], speakers: Sequence[tuple[Speaker, ...]], article: Article
) -> tuple[tuple[Speaker, ...], ...]:
    """The speakers, those of a direct quotation given also to the next one of the paragraph when it has none.

    The source stays empty: the text names nobody there.
    """
    order = sorted(range(len(quotes)), key=lambda index: quotes[index].content[0])
    out = list(speakers)
    before: int | None = None
    for index in order:
        quote = quotes[index]
        if quote.quote_type != "direct":
            before = None
            continue
        if before is not None and not quote.source and not quote.cue and _same_block(quotes[before], quote, article):
            out[index] = tuple(_going_on(speaker, quote.content[0]) for speaker in out[before])
        before = index
    return tuple(out)


def _same_block(first: Quote, second: Quote, article: Article) -> bool:
    return article.block_at(first.content[0][0]) == article.block_at(second.content[0][0])


def _going_on(speaker: Speaker, span: Span) -> Speaker:
    name = speaker.name or (speaker.text if speaker.type == "group" else "")
    return replace(
        speaker, span=span, text="", name=name, reason=f"goes on after the quotation before; {speaker.reason}"
    )
