"""Datelines that end in a colon, as in India and Pakistan: "DHAKA: Two ferries sank", "KUCHING (Sept 4): ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from pipeline.extract.quotes.draft import QuoteDraft
from pipeline.records import Article

#: A place in capitals and maybe a day, up to the colon.
_DATELINE = re.compile(r"(?P<place>[A-Z][A-Z .'’-]{2,30})(?P<day> ?\([^)\n]{3,20}\)|, [A-Z][a-z]{2,8}\.? \d{1,2})?: ")
#: Entity types of places.
_PLACES = frozenset({"GPE", "LOC", "FAC"})
#: Paragraphs, headline included, within which a story begins.
_OPENING = 3
#: What a turn of somebody who is labelled holds, and the first sentences of a story don't: "WARDEN: We saw no boat".
_FACE_TO_FACE = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our)\b")
#: Characters of the longest pronoun of whoever speaks in the paragraph, who may be whom a label names: "they".
_LONGEST_PRONOUN = 4


def mend_datelines(drafts: Sequence[QuoteDraft], doc: Doc, article: Article) -> list[QuoteDraft]:
    """The drafts without those of a dateline, and contents that begin with one without it.

    A label in capitals is one where it has a day behind it, names a place or opens the story, or somebody named speaks
    in its paragraph, and no other paragraph of the article begins with another, as speakers' labels do.
    """
    matches = [
        match
        for block in article.blocks
        if (match := _DATELINE.match(article.text, block.start, block.end)) is not None
    ]
    if len(matches) != 1 or not _is_dateline(matches[0], drafts, doc, article):
        return list(drafts)
    start, end = matches[0].span()
    kept = []
    for draft in drafts:
        if draft.cue and start <= draft.cue[0][0] < end:
            continue
        draft.content = [(end, stop) if begin == start < end < stop else (begin, stop) for begin, stop in draft.content]
        kept.append(draft)
    return kept


def opens_story(article: Article, number: int, start: int) -> bool:
    """Whether a block is among the first, and nobody speaks to somebody in its text from ``start`` on."""
    return number < _OPENING and not _FACE_TO_FACE.search(article.text, start, article.blocks[number].end)


def _is_dateline(match: re.Match[str], drafts: Sequence[QuoteDraft], doc: Doc, article: Article) -> bool:
    words = doc.char_span(*match.span("place"), alignment_mode="expand")
    if match["day"] or (words is not None and any(token.ent_type_ in _PLACES for token in words)):
        return True
    block = article.block_at(match.start())
    end = block.end if block is not None else match.end()
    if block is not None and opens_story(article, article.blocks.index(block), match.end()):
        return True
    sources = (draft.source[0] for draft in drafts if draft.source)
    return any(match.end() <= first < last <= end and last - first > _LONGEST_PRONOUN for first, last in sources)
