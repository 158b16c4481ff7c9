"""Posts of social networks that an article embeds: "The pier is open again! — Ada Brandt (@adabrandt) May 6, 2024"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.quotes.draft import QuoteDraft
from pipeline.extract.syntax import trim
from pipeline.records import Article, Block, Span

#: Rule of such a draft: its words are the author's own, though no quotation marks say so.
EMBEDDED_POST = "embedded post"
#: What a network writes below an embedded post, up to its paragraph's end: dashes, the author, the account, a day.
_BYLINE = re.compile(
    r"(?:--|[—–―-])[ \xa0]{0,2}(?P<author>[^\n(—–]{2,60}?)[ \xa0]\(@\w{1,15}\)"
    r"[ \xa0]{0,2}(?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.?,? \d{4})[ \xa0]*$",
    re.MULTILINE,
)
#: Address of a picture or page, as posts have them at their end.
_LINK = re.compile(r"https?://\S+|pic\.twitter\.com/\w+")
#: Roles of the paragraph above a byline: a post without a stop at its end looks like a subheading.
_POST_ROLES = frozenset({"body", "subheading"})
#: Words of the shortest post that says something.
_MIN_WORDS = 3
#: Characters of the longest: networks allowed 280, without addresses. More is an article whose paragraphs were joined.
_MAX_CHARACTERS = 300
#: How sure a post is its author's: the network says so. By hand.
_CONFIDENCE = 0.9


def find_posts(article: Article) -> Iterator[QuoteDraft]:
    """Drafts of the posts that a body embeds, each with its author as the source and no cue.

    A post is what its paragraph has before the byline; where that is nothing, the paragraph before. Addresses at its
    end are left out.
    """
    for number, block in enumerate(article.blocks):
        byline = _BYLINE.search(article.text, block.start, block.end) if block.role == "body" else None
        if byline is None or byline.end() < block.end:
            continue
        span, place = _text_before(article, block, byline.start()), number
        if span[0] >= span[1] and number and article.blocks[number - 1].role in _POST_ROLES:
            before = article.blocks[number - 1]
            span, place = _text_before(article, before, before.end), number - 1
        if span[1] - span[0] <= _MAX_CHARACTERS and len(article.text[slice(*span)].split()) >= _MIN_WORDS:
            yield QuoteDraft(
                block=place,
                source=(byline.span("author"),),
                cue=(),
                content=[span],
                lemmas=("say",),
                negated=False,
                confidence=_CONFIDENCE,
                rule=EMBEDDED_POST,
                reason="an embedded post, with its author's account",
            )


def _text_before(article: Article, block: Block, end: int) -> Span:
    """The span of a block's words up to ``end`` without the addresses that they end with."""
    while True:
        words = article.text[block.start : end].rstrip()
        start = max(words.rfind(" "), words.rfind("\n"), words.rfind("\xa0")) + 1
        if not _LINK.fullmatch(words, start):
            return trim(article.text, (block.start, block.start + len(words)))
        end = block.start + start
