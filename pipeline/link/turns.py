"""Who goes on speaking: a quotation without source and cue after one that has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.records import Article, Quote, Span, Speaker


def inherit_speakers(
    quotes: Sequence[Quote], speakers: Sequence[tuple[Speaker, ...]], article: Article
) -> tuple[tuple[Speaker, ...], ...]:
    """The speakers of all quotes, in the order of ``quotes``; ``speakers`` are those that their sources name.

    A direct quotation without source and cue gets those of the direct quotation before it in its paragraph or, when it
    fills its own, in the paragraph before. Its source stays empty: the text names nobody there.
    """
    order = sorted(range(len(quotes)), key=lambda index: quotes[index].content[0])
    inherited = list(speakers)
    before: int | None = None
    for index in order:
        quote = quotes[index]
        if quote.quote_type != "direct":
            before = None
            continue
        is_bare = not quote.source and not quote.cue
        if before is not None and is_bare and _goes_on(quotes[before], quote, article):
            inherited[index] = tuple(_continue_speaker(speaker, quote.content[0]) for speaker in inherited[before])
        before = index
    return tuple(inherited)


def _goes_on(first: Quote, second: Quote, article: Article) -> bool:
    """Whether the second quotation stands in the paragraph where the first ends, or fills the next one."""
    block = article.block_at(second.content[0][0])
    block_before = article.block_at(first.content[-1][0])
    if block is None or block_before is None or block.role != block_before.role:
        return False
    outside = article.text[block.start : second.content[0][0]] + article.text[second.content[-1][1] : block.end]
    is_next = not article.text[block_before.end : block.start].strip()
    return block == block_before or (is_next and not outside.strip())


def _continue_speaker(speaker: Speaker, span: Span) -> Speaker:
    """The same speaker for a quotation at ``span`` that goes on without naming him."""
    name = speaker.name or (speaker.text if speaker.type == "group" else "")
    reason = f"goes on after the quotation before; {speaker.reason}"
    return replace(speaker, span=span, text="", name=name, reason=reason)
