"""Find attributions: who said what, in which words. Direct, indirect and mixed speech, beliefs and intentions.

Rules over the parse propose cues, sources and contents; small linear models, trained on PolNeAR and kept as text in
models/quotes.txt, decide (decide.py). Rules over the layout join what runs over paragraphs (layout.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from pipeline.extract.quotations import Quotation, find_quotations
from pipeline.extract.quotes.draft import Draft, covers, joined, make_draft, quote_type
from pipeline.extract.quotes.layout import attach_continuations, floating, turns, without_tags
from pipeline.extract.quotes.paragraph import paragraphs
from pipeline.extract.quotes.ranking import attributions, ensure_introduced
from pipeline.knowledge.cues import Cues
from pipeline.records import Article, Quote
from pipeline.text.spans import SpanIndex


def find_quotes(doc: Doc, article: Article, cues: Cues) -> list[Quote]:
    """All attributions of the article's headline, captions and body, in text order.

    Offsets are into ``article.text``; a quote without a source in the text has an empty source.
    """
    quotations = find_quotations(article)
    opening = _opening(article, quotations)
    drafts: list[Draft] = []
    for p in paragraphs(doc, article, quotations):
        found = attributions(p, cues)
        if p.block + 1 in opening and p.word[-1] == ":":
            found = ensure_introduced(p, found, cues)
        drafts.extend(make_draft(p, one, cues.models, article.text) for one in found)
    free = attach_continuations(drafts, quotations, article)
    drafts = without_tags(drafts, article)
    spoken = list(turns(doc, article, drafts))
    drafts.extend(spoken)
    drafts.extend(floating([each for each in free if not any(covers(turn, each.inner) for turn in spoken)], article))
    marked = SpanIndex(quotations, lambda quotation: [quotation.outer])
    quotes = [_quote(each, marked, article.text, cues) for each in drafts if each.content]
    return sorted(quotes, key=lambda quote: (quote.content[0][0], quote.content[-1][1], quote.cue))


def _opening(article: Article, quotations: Sequence[Quotation]) -> frozenset[int]:
    """Numbers of the blocks that open with a quotation."""
    starts = ((each.block, article.blocks[each.block].start, each.outer[0]) for each in quotations)
    return frozenset(block for block, start, mark in starts if not article.text[start:mark].strip())


def _quote(each: Draft, marked: SpanIndex[Quotation], text: str, cues: Cues) -> Quote:
    content = tuple(joined(each.content, text))
    return Quote(
        each.source, each.cue, content, quote_type(content, marked, text), cues.stance(each.lemmas), each.negated,
        each.confidence, each.rule, each.reason,
    )  # fmt: skip
