"""Elements that are rarely part of the article: by their tag, and by the names that pages give to classes and ids.

The names are the common vocabulary of content management systems; no site is known by name. A suspect is only that:
content.py acquits one that holds much of the article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.corpus.html.content_signals import HEADINGS
from pipeline.corpus.html.tree import WORDS, Piece, is_hidden

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: A teaser of another story has so many characters; its heading lies at most so many elements below it.
CARD_CHARS, CARD_LEVELS = 500, 3
#: Of a teaser's heading so much is linked; the rest may be a copy for screen readers.
CARD_LINKED = 0.45

#: A box that offers subscriptions has so many characters, the line that gives it away so many.
OFFER_CHARS, OFFER_LINE = 1500, 250

_OFFER = re.compile(
    r"\b(?:subscribe (?:now|today|to)|(?:create|have) an account|(?:sign|log) in (?:to|or)|sign ?up (?:for|to) our"
    r"|newsletters?|unlimited (?:online |digital )?access|already (?:a |have )|(?:use|accept|manage|these|store)"
    r" cookies|your inbox|e-?mail (?:updates|alerts)|support (?:our|local|independent) journalism|free trial"
    r"|cancel any ?time)\b", re.IGNORECASE,
)  # fmt: skip
_TAGS = frozenset(("aside", "footer", "form", "menu", "amp-embed", "amp-social-share"))
_ROLES = frozenset(("complementary", "navigation", "contentinfo", "banner", "search", "dialog", "alert", "menu"))
_ATTRIBUTES = (
    "class",
    "id",
    "data-testid",
    "data-component",
    "data-component-name",
    "data-module",
    "data-type",
    "name",
)

#: Single words of a name, whole: "ad" is one of "ad-slot" and "adSlot", not of "headline".
_SINGLE = frozenset(
    "ad ads adbox adslot adunit adwrap advert adverts advertisement advertising advertorial sponsor sponsored sponsors"
    " promo promos promoted promotion promotions related relateds recommended recommendation recommendations recirc"
    " recirculation readmore morefrom mostread newsletter newsletters subscribe subscription signup signin login"
    " social share sharing sharebar sharetools comments disqus taboola outbrain popular trending breadcrumb breadcrumbs"
    " cookie cookies consent gdpr tags taglist topics pagination pager toolbar ticker sidebar rail skip donate donation"
    " donations poll quiz pullquote bio biography authorbox authorbio authorinfo teaser teasers upsell marketing"
    " copyright disclaimer feedback follow crosslink crosslinks backlinks factbox infobox tooltip modal popup overlay"
    " navigation navbar menu masthead toc correction-form".split()
)
#: Two words side by side.
_PAIRS = frozenset(
    "most-read most-popular most-viewed read-more read-next read-also also-read also-like more-from more-on more-in"
    " more-stories more-articles more-news other-stories latest-news latest-stories top-stories see-also sign-up"
    " sign-in log-in author-bio author-box author-info author-card author-details about-author about-the"
    " author-description author-profile writer-bio up-next next-article next-story next-post previous-post"
    " post-navigation nav-links you-may editors-picks editor-picks whats-next what-next in-article-promo pull-quote"
    " print-only article-footer post-footer entry-footer story-footer article-tags"
    " post-tags tag-list topic-list read-in key-points table-of quick-summary ai-summary story-promo link-list"
    " card-list list-links fact-box info-box text-ad inline-ad call-to cta-box support-us app-promo".split()
)

#: Whole names of what readers write below an article, never the article, however much it is.
_COMMENTS = frozenset(
    "comments commentlist comment-list comments-list comments-area comment-section comments-section comment-thread"
    " comments-wrapper comments-container commentsection comments-content reader-comments user-comments disqus_thread"
    " commentarea comment-area usercomments viafoura-comments article-comments post-comments".split()
)


def is_comments(element: HtmlElement) -> bool:
    """Whether the element is called a list of readers' comments."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower().split()
    return element.tag not in ("body", "html", "article") and not _COMMENTS.isdisjoint(names)


def is_suspect(element: HtmlElement) -> bool:
    """Whether the element's own tag, role, names or style say that it is no part of the article."""
    if element.tag in _TAGS or element.get("role") in _ROLES or is_hidden(element):
        return True
    return any(_is_suspect_name(value) for key in _ATTRIBUTES if (value := element.get(key)))


def _is_suspect_name(value: str) -> bool:
    for name in value.split():
        words = [word.lower() for word in WORDS.findall(name)]
        if not _SINGLE.isdisjoint(words):
            return True
        if any(f"{one}-{two}" in _PAIRS for one, two in pairwise(words)):
            return True
    return False


def find_cards(pieces: Sequence[Piece]) -> set[HtmlElement]:
    """Elements that hold a linked heading and little else: teasers of other stories."""
    size: Counter[HtmlElement] = Counter()
    for piece in pieces:
        for outer in list(piece.element.iterancestors())[:CARD_LEVELS]:
            size[outer] += len(piece.text)
    cards: set[HtmlElement] = set()
    for piece in pieces:
        if piece.element.tag in HEADINGS[1:] and piece.linked >= CARD_LINKED * len(piece.text):
            around = list(piece.element.iterancestors())[:CARD_LEVELS]
            small = [outer for outer in around if size[outer] <= CARD_CHARS and outer.tag not in ("body", "html")]
            cards.update(small[-1:])
    return cards


def find_offers(pieces: Sequence[Piece], own: Callable[[Piece], bool]) -> set[HtmlElement]:
    """The boxes around lines that speak to the reader as a customer: subscribe, sign in, accept cookies.

    A box grows until it would hold an ``own`` piece, one built as the article's paragraphs are.
    """
    size: Counter[HtmlElement] = Counter()
    held: set[HtmlElement] = set()
    for piece in pieces:
        around = (piece.element, *piece.element.iterancestors())
        if own(piece):
            held.update(around)
        else:
            for outer in around:
                size[outer] += len(piece.text)
    offers: set[HtmlElement] = set()
    for piece in pieces:
        if len(piece.text) <= OFFER_LINE and _OFFER.search(piece.text) and piece.element not in held:
            box = piece.element
            for outer in piece.element.iterancestors():
                if outer in held or size[outer] > OFFER_CHARS:
                    break
                box = outer
            offers.add(box)
    return offers
