"""The article's title: what the page's headings and metadata agree on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.corpus.html.tree import Piece
from pipeline.text.normalize import alphanumeric_key

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: How far each place is believed; what the reader sees comes first, what is written for search engines last.
_HEADING, _LINKED_DATA, _SHARED, _WINDOW = 1.2, 1.1, 1.0, 0.9
#: A heading that nothing else agrees with is the name of the site or of a box.
LEAST_LIKE = 0.3
#: So much of a title must be left when the site's name goes.
LEAST_WORDS = 2
#: Of longer titles only so many characters are looked at.
TITLE_CHARS = 500
#: A site's name with a section or slogan has so many words.
SITE_WORDS = 6
#: An unmarked headline has so many words.
UNMARKED_WORDS = 4

_SEPARATOR = re.compile(r"(?<!\s)\s+[|·•»«:–—-]+\s+|(?:(?<!\s)\s+)?[|»]\s*")
_WORD = re.compile(r"\w+")


def find_title(tree: HtmlElement, pieces: Sequence[Piece], headline: str, meta: Mapping[str, str], site: str) -> str:
    """The title, without the site's name; "" when there is none. ``headline`` is JSON-LD's."""
    window = without_site(" ".join((tree.findtext(".//title") or "").split())[:TITLE_CHARS].strip(), site, headline)
    shared = [meta.get(key, "") for key in ("og:title", "parsely-title", "sailthru.title", "dc.title", "twitter:title")]
    named = [
        (headline, _LINKED_DATA),
        (next((without_site(one[:TITLE_CHARS].strip(), site, window) for one in shared if one), ""), _SHARED),
    ]
    named = [(words, weight) for words, weight in (*named, (window, _WINDOW)) if words]
    heads = [piece.text for piece in pieces if piece.element.tag == "h1" or piece.element.get("itemprop") == "headline"]
    heads = [head for head in dict.fromkeys(heads) if not _is_same(head, site)] or _unmarked(pieces, window)
    if not named:
        return heads[0] if heads else _first_heading(pieces)
    heads = [head for head in heads if max(alike(head, words) for words, _ in named) >= LEAST_LIKE]

    def votes(title: str) -> float:
        shown = _HEADING * max((alike(title, head) for head in heads), default=0.0)
        return shown + sum(weight * alike(title, words) for words, weight in named)

    candidates = [*heads, *(words for words, _ in named)]
    return _whole(max(candidates, key=votes), candidates)


def _unmarked(pieces: Sequence[Piece], window: str) -> list[str]:
    """The line of the page that is most of the window's title, where no heading is marked as one."""
    whole = alphanumeric_key(window)
    parts = [piece.text for piece in pieces if len(_WORD.findall(piece.text)) >= UNMARKED_WORDS and not piece.linked]
    return sorted((part for part in parts if alphanumeric_key(part) in whole), key=len, reverse=True)[:1]


def _first_heading(pieces: Sequence[Piece]) -> str:
    return next((piece.text for piece in pieces if piece.element.tag in ("h2", "h3") and not piece.linked), "")


def without_site(title: str, site: str, other: str) -> str:
    """The title without a site's name or section set off at its end or beginning.

    A part goes when it is the site's name, or when what is left is the ``other`` title.
    """
    parts = list(_SEPARATOR.finditer(title))
    for mark in parts:
        for left in (title[: mark.start()], title[mark.end() :]):
            if other and _is_same(left, other):
                return left.strip()
    for mark in reversed(parts):
        left, gone = title[: mark.start()].strip(), title[mark.end() :]
        if _is_site(gone, site) and len(_WORD.findall(left)) >= LEAST_WORDS:
            return without_site(left, site, other)
    for mark in parts:
        left, gone = title[mark.end() :].strip(), title[: mark.start()]
        if _is_site(gone, site, whole=True) and len(_WORD.findall(left)) >= LEAST_WORDS:
            return without_site(left, site, other)
    pipes = [mark for mark in parts if "|" in mark[0] or "»" in mark[0]]
    if pipes and len(_WORD.findall(title[: pipes[0].start()])) > len(_WORD.findall(title[pipes[0].end() :])):
        return title[: pipes[0].start()].strip()
    return title


def _is_site(words: str, site: str, *, whole: bool = False) -> bool:
    """Whether the words are the site's name or (unless ``whole``) a part of it, maybe with a section or slogan."""
    one, other = _site_key(words), _site_key(site)
    if not one or not other:
        return False
    return (not whole and one in other) or (other in one and len(_WORD.findall(words)) <= SITE_WORDS)


def _site_key(words: str) -> str:
    """A site's name without its article and top-level domain: "The Hill Courier" and "hillcourier.com" are one."""
    return re.sub(r"^the|(?:com|org|net|couk|ca)$", "", alphanumeric_key(words))


def _is_same(one: str, other: str) -> bool:
    return alphanumeric_key(one) == alphanumeric_key(other)


def alike(one: str, other: str) -> float:
    """How much two titles say the same: F1 of their words."""
    first, second = (Counter(_WORD.findall(words.casefold())) for words in (one, other))
    hit = (first & second).total()
    return 2 * hit / (first.total() + second.total()) if hit else 0.0


def _whole(title: str, others: Iterable[str]) -> str:
    """The same title in full, when this one is cut off ("...")."""
    stem = title.rstrip(" .…")
    if not title.endswith(("...", "…")):
        return title
    return max((one for one in others if one.startswith(stem)), key=len, default=title)
