"""Find attributions: who said what, in which words. Direct, indirect and mixed speech, beliefs and intentions.

Rules over the parse propose cues, sources and contents (cues.py, sources.py, contents.py); small linear models, trained
on PolNeAR and kept as text in models/quotes.txt, choose among them (ranking.py), and rules mend what they are known
to get wrong (attributions.py). Rules over the layout join what runs
over paragraphs (layout.py) and find the turns of transcripts (turns.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.extract.quotations import Quotation, attribution_pattern, find_quotations
from pipeline.extract.quotes.attributions import ensure_introduced, find_attributions
from pipeline.extract.quotes.boilerplate import drop_boilerplate
from pipeline.extract.quotes.colon_datelines import mend_datelines
from pipeline.extract.quotes.draft import QuoteDraft, draft_quote, holds_span, merge_spans, quote_type_of
from pipeline.extract.quotes.headlines import add_headline_source
from pipeline.extract.quotes.layout import attach_continuations, draft_unheld, opens_block
from pipeline.extract.quotes.nested import find_nested
from pipeline.extract.quotes.paragraph import parse_paragraphs
from pipeline.extract.quotes.posts import EMBEDDED_POST, find_posts
from pipeline.extract.quotes.turns import find_turns, remove_interview_labels
from pipeline.knowledge.cues import Cues
from pipeline.records import Article, Quote
from pipeline.text.spans import SpanIndex


def find_quotes(doc: Doc, article: Article, cues: Cues, *, with_scores: bool = True) -> list[Quote]:
    """All attributions of the article's headline, captions and body, in the order of their contents.

    ``doc`` is the parse of ``article.text``, ``cues`` the trained models and word lists. Offsets are into
    ``article.text``. A quote has an empty ``source`` where the text names nobody, an empty ``cue`` where quotation
    marks alone tell that somebody speaks. Source, cue and content of one quote never overlap. ``with_scores``: whether
    quotes say what their probabilities are made of, which takes as long as all other words of a quote.
    """
    quotations = find_quotations(article, attribution_pattern(cues.words.speaking_forms))
    opened = frozenset(quotation.block for quotation in quotations if opens_block(quotation, article))
    drafts: list[QuoteDraft] = []
    nested: list[QuoteDraft] = []
    for para in parse_paragraphs(doc, article, quotations):
        attributions = find_attributions(para, cues)
        if para.block + 1 in opened and para.word[-1] == ":":
            attributions = ensure_introduced(para, attributions, article.text, cues)
        if article.blocks[para.block].role == "headline":
            attributions = add_headline_source(para, attributions, cues.people, article.text)
        drafts.extend(draft_quote(para, attribution, cues, article.text, with_scores) for attribution in attributions)
        bare, within = find_nested(para, cues)
        nested.extend(draft_quote(bare, attribution, cues, article.text, with_scores) for attribution in within)
    drafts = mend_datelines(drafts, doc, article)
    unheld = attach_continuations(drafts, quotations, article)
    drafts = remove_interview_labels(drafts, article, cues.words)
    turns = list(find_turns(doc, article, drafts, cues.words))
    drafts.extend(turns)
    posts = list(find_posts(article))
    drafts = [draft for draft in drafts if not _is_unsaid_within(draft, posts)] + posts
    unheld = [quotation for quotation in unheld if not any(holds_span(draft, quotation.inner) for draft in drafts)]
    drafts.extend(draft_unheld(unheld, article, cues.words.speaking_forms))
    drafts = drop_boilerplate(drafts, article, cues.words)
    index = SpanIndex(quotations, lambda quotation: [quotation.outer])
    quotes = [_finish_quote(draft, index, article.text, cues) for draft in drafts if draft.content]
    # Within a quotation nothing is quoted once more unless it has marks of its own.
    quotes += [
        replace(_finish_quote(draft, index, article.text, cues), quote_type="indirect")
        for draft in nested
        if draft.content
    ]
    return sorted(quotes, key=lambda quote: (quote.content[0][0], quote.content[-1][1], quote.cue))


def _is_unsaid_within(draft: QuoteDraft, posts: Sequence[QuoteDraft]) -> bool:
    """Whether a draft without a source of its own, a quotation or a colon's words, is a part of a post."""
    return not draft.source and any(holds_span(post, span) for post in posts for span in draft.content)


def _finish_quote(draft: QuoteDraft, quotations: SpanIndex[Quotation], text: str, cues: Cues) -> Quote:
    """The quote of a draft that no further content can join."""
    content = tuple(merge_spans(draft.content, text))
    return Quote(
        source=draft.source,
        cue=draft.cue,
        content=content,
        quote_type="direct" if draft.rule == EMBEDDED_POST else quote_type_of(content, quotations, text),
        stance=cues.stance(draft.lemmas, draft.complement),
        negated=draft.negated,
        confidence=draft.confidence,
        rule=draft.rule,
        reason=draft.reason,
        scores=draft.scores,
    )
