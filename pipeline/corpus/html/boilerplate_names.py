"""Boilerplate by name: elements whose tag, role, class or id says that they are no part of the article.

The names are the common vocabulary of content management systems; no site is known by name. A name is only a hint:
content.py keeps an element with such a name where it holds much of the article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.corpus.html.content_signals import HEADINGS
from pipeline.corpus.html.tree import NAME_WORD, Piece, is_hidden, words_of_name

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: A teaser of another story (a "card") has at most 500 characters: a heading, a line or two, a date.
CARD_CHARS = 500
#: A card is at most three levels above its heading: heading, link or box around it, card.
CARD_LEVELS = 3
#: At least 45 % of a card's heading is linked; the rest may be a copy for screen readers.
CARD_LINKED = 0.45

#: A box that offers subscriptions has at most 1500 characters ...
OFFER_CHARS = 1500
#: ... and the line that gives it away at most 250; longer paragraphs may speak of subscriptions as their subject.
OFFER_LINE_CHARS = 250

#: A notice that asks to accept cookies has at most 3000 characters.
CONSENT_CHARS = 3000
_CONSENT_WORDS = frozenset("cookie cookies consent gdpr onetrust privacy ccpa".split())
_CONSENT = re.compile(
    r"\b(?:cookies?|consent|personal (?:data|information)|our partners|your privacy)\b", re.IGNORECASE
)
#: Words that address the reader as a customer.
_OFFER = re.compile(
    r"\b(?:subscribe (?:now|today|to)|(?:create|have) an account|(?:sign|log) in (?:to|or)|sign ?up (?:for|to) our"
    r"|newsletters?|unlimited (?:online |digital )?access|already (?:a |have )|(?:use|accept|manage|these|store)"
    r" cookies|your inbox|e-?mail (?:updates|alerts)|support (?:our|local|independent) journalism|free trial"
    r"|cancel any ?time)\b", re.IGNORECASE,
)  # fmt: skip
#: Tags of what stands beside an article.
_TAGS = frozenset(("aside", "footer", "form", "menu", "amp-embed", "amp-social-share"))
#: ARIA roles of what stands beside an article.
_ROLES = frozenset(("complementary", "navigation", "contentinfo", "banner", "search", "dialog", "alert", "menu"))
#: Attributes in which pages name their elements.
_NAME_ATTRIBUTES = (
    "class",
    "id",
    "data-testid",
    "data-component",
    "data-component-name",
    "data-module",
    "data-type",
    "name",
)

#: Single words of a name, compared whole: "ad" is one of "ad-slot" and "adSlot", not of "headline".
_SINGLE_WORDS = frozenset(
    "ad ads adbox adslot adunit adwrap advert adverts advertisement advertising advertorial sponsor sponsored sponsors"
    " promo promos promoted promotion promotions related relateds recommended recommendation recommendations recirc"
    " recirculation readmore morefrom mostread newsletter newsletters subscribe subscription signup signin login"
    " social share sharing sharebar sharetools comments disqus taboola outbrain popular trending breadcrumb breadcrumbs"
    " cookie cookies consent gdpr tags taglist topics pagination pager toolbar ticker sidebar rail skip donate donation"
    " donations poll quiz pullquote bio biography authorbox authorbio authorinfo teaser teasers upsell marketing"
    " copyright disclaimer feedback follow crosslink crosslinks backlinks factbox infobox tooltip modal popup overlay"
    " navigation navbar menu masthead toc correction-form".split()
)
#: Of these, names of boxes in which some pages have the paragraphs that everybody may read.
_WEAK_WORDS = frozenset("teaser teasers promo overlay modal upsell skip toolbar rail sidebar popup readmore".split())
#: Pairs of words in names of such boxes: "read-more-wrapper" around a text that unfolds.
_WEAK_PAIRS = frozenset(("read-more",))
#: An id made of a headline: seven or more words with single hyphens between them.
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){6,}")
#: Two words side by side in a name, each harmless alone: "most-read" is a list of links, "read" may be anything.
_WORD_PAIRS = frozenset(
    "most-read most-popular most-viewed read-more read-next read-also also-read also-like more-from more-on more-in"
    " more-stories more-articles more-news other-stories latest-news latest-stories top-stories see-also sign-up"
    " sign-in log-in author-bio author-box author-info author-card author-details about-author about-the"
    " author-description author-profile writer-bio up-next next-article next-story next-post previous-post"
    " post-navigation nav-links you-may editors-picks editor-picks whats-next what-next in-article-promo pull-quote"
    " print-only article-footer post-footer entry-footer story-footer article-tags"
    " post-tags tag-list topic-list read-in key-points table-of quick-summary ai-summary story-promo link-list"
    " card-list list-links fact-box info-box text-ad inline-ad call-to cta-box support-us app-promo".split()
)

_SURE_WORDS = _SINGLE_WORDS - _WEAK_WORDS
_SURE_PAIRS = _WORD_PAIRS - _WEAK_PAIRS

#: Whole names of what readers write below an article: never the article, however long it gets.
_COMMENT_NAMES = frozenset(
    "comments commentlist comment-list comments-list comments-area comment-section comments-section comment-thread"
    " comments-wrapper comments-container commentsection comments-content reader-comments user-comments disqus_thread"
    " commentarea comment-area usercomments viafoura-comments article-comments post-comments".split()
)


def is_comments(element: HtmlElement) -> bool:
    """Whether the element's class or id calls it a list of readers' comments, as in "comments-area"."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower().split()
    return element.tag not in ("body", "html", "article") and not _COMMENT_NAMES.isdisjoint(names)


def is_comments_or_consent(element: HtmlElement) -> bool:
    """Whether the element is a list of readers' comments, or a notice that asks to accept cookies."""
    return is_comments(element) or _is_consent(element)


def _is_consent(element: HtmlElement) -> bool:
    """Whether the element's class or id speaks of cookies or consent, and its few words do, too."""
    if element.tag in ("body", "html") or _CONSENT_WORDS.isdisjoint(words_of_name(element)):
        return False
    words = element.text_content()
    return len(words) <= CONSENT_CHARS and _CONSENT.search(words) is not None


def is_named_boilerplate(element: HtmlElement) -> bool:
    """Whether the element's own tag, ARIA role, names or style say that it is no part of the article.

    What lies around the element is not looked at. True for <aside>, class "adSlot" and id "most-read-list"; false for
    class "headline", though it contains "ad".
    """
    return _is_boilerplate(element, _SINGLE_WORDS, _WORD_PAIRS)


def is_surely_boilerplate(element: HtmlElement) -> bool:
    """As ``is_named_boilerplate``, but not by a name that pages also give to the beginning of an article."""
    return _is_boilerplate(element, _SURE_WORDS, _SURE_PAIRS)


def _is_boilerplate(element: HtmlElement, single_words: frozenset[str], word_pairs: frozenset[str]) -> bool:
    if element.tag in _TAGS or element.get("role") in _ROLES or is_hidden(element):
        return True
    names = (value for key in _NAME_ATTRIBUTES if (value := element.get(key)))
    return any(_is_boilerplate_name(value, single_words, word_pairs) for value in names)


def _is_boilerplate_name(value: str, single_words: frozenset[str], word_pairs: frozenset[str]) -> bool:
    for name in value.split():
        if _SLUG.fullmatch(name):
            continue  # the words of a headline: "ferry-promoted-as-the-best-in-larn-1"
        words = [word.lower() for word in NAME_WORD.findall(name)]
        if not single_words.isdisjoint(words):
            return True
        if any(f"{word}-{next_word}" in word_pairs for word, next_word in pairwise(words)):
            return True
    return False


def find_cards(pieces: Sequence[Piece]) -> set[HtmlElement]:
    """Find the cards of a page: elements that hold a linked heading and little else, teasers of other stories.

    Of the elements around a linked heading, the outermost that is still small (``CARD_CHARS``) is the card.
    """
    sizes: Counter[HtmlElement] = Counter()
    for piece in pieces:
        for outer in list(piece.element.iterancestors())[:CARD_LEVELS]:
            sizes[outer] += len(piece.text)
    cards: set[HtmlElement] = set()
    for piece in pieces:
        if piece.element.tag in HEADINGS[1:] and piece.linked >= CARD_LINKED * len(piece.text):
            around = list(piece.element.iterancestors())[:CARD_LEVELS]
            small = [outer for outer in around if sizes[outer] <= CARD_CHARS and outer.tag not in ("body", "html")]
            cards.update(small[-1:])
    return cards


def find_offers(pieces: Sequence[Piece], is_article_like: Callable[[Piece], bool]) -> set[HtmlElement]:
    """Find the boxes around lines that speak to the reader as a customer: subscribe, sign in, accept cookies.

    A box grows from such a line outwards until it would be too large, or hold a piece that ``is_article_like``: built
    as the article's own paragraphs are.
    """
    sizes: Counter[HtmlElement] = Counter()
    with_article: set[HtmlElement] = set()
    for piece in pieces:
        around = (piece.element, *piece.element.iterancestors())
        if is_article_like(piece):
            with_article.update(around)
        else:
            for outer in around:
                sizes[outer] += len(piece.text)
    return {
        _offer_box(piece.element, with_article, sizes)
        for piece in pieces
        if len(piece.text) <= OFFER_LINE_CHARS and _OFFER.search(piece.text) and piece.element not in with_article
    }


def _offer_box(element: HtmlElement, with_article: set[HtmlElement], sizes: Counter[HtmlElement]) -> HtmlElement:
    """The largest element around ``element`` that is a box of its own."""
    box = element
    for outer in element.iterancestors():
        if outer in with_article or sizes[outer] > OFFER_CHARS:
            break
        box = outer
    return box
