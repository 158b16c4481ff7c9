"""The article's title: what the page's headings and metadata agree on."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.corpus.html.tree import Piece
from pipeline.text.normalize import alphanumeric_key

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# How much each place counts when they disagree (set by hand on the development pages): what the reader sees comes
# first, what is written for search engines last.
#: The page's <h1>, as the reader sees it.
_HEADING_WEIGHT = 1.2
#: JSON-LD's headline.
_LINKED_DATA_WEIGHT = 1.1
#: The title for sharing, og:title and the like.
_SHARED_WEIGHT = 1.0
#: The window's title, <title>.
_WINDOW_WEIGHT = 0.9
#: A heading less like every title in the metadata (``title_similarity``) is the name of the site or of a box: "More
#: from Larnhaven" against "Larnhaven to lose its ferry" (0.25), where "Ferry blow for Larnhaven" counts (0.44).
MIN_SIMILARITY = 0.3
#: At least two words of a title must be left when the site's name goes.
MIN_WORDS_LEFT = 2
#: Only the first 500 characters of a title are looked at; longer ones are a page's whole text in the wrong place.
TITLE_CHARS = 500
#: A site's name together with a section or slogan has at most six words: "World news - Example News".
SITE_WORDS = 6
#: A headline that no element marks has at least four words; shorter lines are labels.
UNMARKED_WORDS = 4

#: <meta> names of the title for sharing, the most common first.
_SHARED_TITLES = ("og:title", "parsely-title", "sailthru.title", "dc.title", "twitter:title")
#: What sets a site's name off from the title: " - ", " | ", ": " only with a blank before it.
_SEPARATOR = re.compile(r"(?<!\s)\s+[|·•»«:–—-]+\s+|(?:(?<!\s)\s+)?[|»]\s*")
_WORD = re.compile(r"\w+")

#: A title from the metadata and how much its place counts.
_Weighted = tuple[str, float]


def find_title(tree: HtmlElement, pieces: Sequence[Piece], headline: str, meta: Mapping[str, str], site: str) -> str:
    """Find the article's title, without the site's name; "" when the page has none.

    ``headline`` is JSON-LD's, ``meta`` the page's <meta> by name, ``site`` the name of the site or its host. Of all
    headings and titles the one wins that the others say most of; one that is cut off with "..." is given in full
    where another place has it.
    """
    window = without_site(_clip_title(" ".join((tree.findtext(".//title") or "").split())), site, headline)
    named = _titles_in_metadata(headline, meta, window, site)
    headings = _marked_headlines(pieces, site) or _unmarked_headline(pieces, window)
    if not named:
        return headings[0] if headings else _first_subheading(pieces)
    headings = [
        heading for heading in headings if max(title_similarity(heading, title) for title, _ in named) >= MIN_SIMILARITY
    ]
    candidates = [*headings, *(title for title, _ in named)]
    return _in_full(max(candidates, key=lambda title: _score_title(title, headings, named)), candidates)


def _clip_title(title: str) -> str:
    return title[:TITLE_CHARS].strip()


def _titles_in_metadata(headline: str, meta: Mapping[str, str], window: str, site: str) -> list[_Weighted]:
    """The titles that the page's metadata give, each with its weight."""
    shared = next((title for key in _SHARED_TITLES if (title := meta.get(key, ""))), "")
    named = [
        (headline, _LINKED_DATA_WEIGHT),
        (without_site(_clip_title(shared), site, window), _SHARED_WEIGHT),
        (window, _WINDOW_WEIGHT),
    ]
    return [(title, weight) for title, weight in named if title]


def _score_title(title: str, headings: Iterable[str], named: Iterable[_Weighted]) -> float:
    """How much the headings and the titles in the metadata say the same as ``title``, by weight."""
    shown = _HEADING_WEIGHT * max((title_similarity(title, heading) for heading in headings), default=0.0)
    return shown + math.fsum(weight * title_similarity(title, words) for words, weight in named)


def _marked_headlines(pieces: Sequence[Piece], site: str) -> list[str]:
    """The texts of <h1> and of what microdata call the headline, each once; a heading that is the site's name isn't."""
    marked = [
        piece.text for piece in pieces if piece.element.tag == "h1" or piece.element.get("itemprop") == "headline"
    ]
    return [heading for heading in dict.fromkeys(marked) if not _is_same(heading, site)]


def _unmarked_headline(pieces: Sequence[Piece], window: str) -> list[str]:
    """The line of the page that is most of the window's title, where no heading is marked as one."""
    window_letters = alphanumeric_key(window)
    lines = [piece.text for piece in pieces if _count_words(piece.text) >= UNMARKED_WORDS and not piece.linked]
    return sorted((line for line in lines if alphanumeric_key(line) in window_letters), key=len, reverse=True)[:1]


def _first_subheading(pieces: Sequence[Piece]) -> str:
    return next((piece.text for piece in pieces if piece.element.tag in ("h2", "h3") and not piece.linked), "")


def without_site(title: str, site: str, known_title: str) -> str:
    """The title without a site's name or section set off at its end or beginning.

    A part goes when it is the ``site``'s name, maybe with a section, or when what is left is the ``known_title`` from
    another place: "Larnhaven to lose its ferry - Example News" becomes "Larnhaven to lose its ferry". What stands
    behind a "|" goes even if it is unknown, when it is the shorter part.
    """
    separators = list(_SEPARATOR.finditer(title))
    if known_title:
        for part in _parts_at(title, separators):
            if _is_same(part, known_title):
                return part.strip()
    left = _cut_site_name(title, separators, site)
    if left is not None:
        return without_site(left, site, known_title)
    return _cut_at_bar(title, separators)


def _parts_at(title: str, separators: Iterable[re.Match[str]]) -> Iterable[str]:
    """What stands before and behind each separator."""
    for separator in separators:
        yield title[: separator.start()]
        yield title[separator.end() :]


def _cut_site_name(title: str, separators: Sequence[re.Match[str]], site: str) -> str | None:
    """The title without the site's name behind its last separator, else before its first; None without such a name."""
    for separator in reversed(separators):
        left, gone = title[: separator.start()].strip(), title[separator.end() :]
        if _is_site(gone, site) and _count_words(left) >= MIN_WORDS_LEFT:
            return left
    for separator in separators:
        left, gone = title[separator.end() :].strip(), title[: separator.start()]
        if _is_site(gone, site, whole=True) and _count_words(left) >= MIN_WORDS_LEFT:
            return left
    return None


def _cut_at_bar(title: str, separators: Iterable[re.Match[str]]) -> str:
    """The title up to its first "|" or "»" when more words stand before it than behind."""
    bar = next((separator for separator in separators if "|" in separator[0] or "»" in separator[0]), None)
    if bar is None or _count_words(title[: bar.start()]) <= _count_words(title[bar.end() :]):
        return title
    return title[: bar.start()].strip()


def _count_words(text: str) -> int:
    return len(_WORD.findall(text))


def _is_site(words: str, site: str, *, whole: bool = False) -> bool:
    """Whether the words are the site's name or (unless ``whole``) a part of it, maybe with a section or slogan."""
    letters, site_letters = _site_key(words), _site_key(site)
    if not letters or not site_letters:
        return False
    return (not whole and letters in site_letters) or (site_letters in letters and _count_words(words) <= SITE_WORDS)


def _site_key(words: str) -> str:
    """What identifies a site: "The Example News" gives "examplenews", "example.com" gives "example"."""
    return re.sub(r"^the|(?:com|org|net|couk|ca)$", "", alphanumeric_key(words))


def _is_same(title: str, other_title: str) -> bool:
    return alphanumeric_key(title) == alphanumeric_key(other_title)


def title_similarity(first: str, second: str) -> float:
    """How much two titles say the same, from 0 to 1: the F1 score of their words, case ignored.

    "Larnhaven to lose its ferry" is to "Larnhaven will lose its ferry next month" 0.67, to "Ferry news from the
    coast" 0.20.
    """
    first_words, second_words = (Counter(_WORD.findall(words.casefold())) for words in (first, second))
    shared = (first_words & second_words).total()
    return 2 * shared / (first_words.total() + second_words.total()) if shared else 0.0


def _in_full(title: str, candidates: Iterable[str]) -> str:
    """The same title in full, when this one is cut off ("...") and another candidate goes on."""
    stem = title.rstrip(" .…")
    if not title.endswith(("...", "…")):
        return title
    return max((candidate for candidate in candidates if candidate.startswith(stem)), key=len, default=title)
