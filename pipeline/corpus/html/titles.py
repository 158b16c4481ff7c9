"""The article's title: what the page's headings and metadata agree on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.corpus.html.tree import Piece

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: How far each place is believed; what the reader sees comes first, what is written for search engines last.
_HEADING, _LINKED_DATA, _SHARED, _WINDOW = 1.2, 1.1, 1.0, 0.9
#: A heading that nothing else agrees with is the name of the site or of a box.
LEAST_LIKE = 0.3
#: So much of a title must be left when the site's name goes.
LEAST_WORDS = 2

_SEPARATOR = re.compile(r"\s+[|·•»«:–—-]+\s+|\s*[|»]\s*")
_WORD = re.compile(r"\w+")


def find_title(tree: HtmlElement, pieces: Sequence[Piece], headline: str, meta: Mapping[str, str], site: str) -> str:
    """The title, without the site's name; "" when there is none. ``headline`` is JSON-LD's."""
    window = without_site(" ".join((tree.findtext(".//title") or "").split()), site, headline)
    shared = [meta.get(key, "") for key in ("og:title", "parsely-title", "sailthru.title", "dc.title", "twitter:title")]
    named = [(headline, _LINKED_DATA), (next((without_site(one, site, window) for one in shared if one), ""), _SHARED)]
    named = [(words, weight) for words, weight in (*named, (window, _WINDOW)) if words]
    heads = [piece.text for piece in pieces if piece.element.tag == "h1" or piece.element.get("itemprop") == "headline"]
    heads = [head for head in dict.fromkeys(heads) if not _is_same(head, site)]
    if not named:
        return heads[0] if heads else _first_heading(pieces)
    likely = [(head, _HEADING) for head in heads if max(_alike(head, words) for words, _ in named) >= LEAST_LIKE]
    candidates = [*likely, *named]
    best = max(candidates, key=lambda one: sum(weight * _alike(one[0], words) for words, weight in _places(candidates, likely, one)))
    return _whole(best[0], (words for words, _ in candidates))


def _places(
    candidates: Iterable[tuple[str, float]], heads: Iterable[tuple[str, float]], one: tuple[str, float]
) -> list[tuple[str, float]]:
    """The votes on a candidate: every place has one, the headings together one."""
    heads = list(heads)
    others = [place for place in candidates if place not in heads]
    return [*others, one if one in heads else max(heads, key=lambda head: _alike(head[0], one[0]))] if heads else others


def _first_heading(pieces: Sequence[Piece]) -> str:
    return next((piece.text for piece in pieces if piece.element.tag in ("h2", "h3") and not piece.linked), "")


def without_site(title: str, site: str, other: str) -> str:
    """The title without a site's name or section set off at its end or beginning.

    A part goes when it is the site's name, or when what is left is the ``other`` title.
    """
    parts = list(_SEPARATOR.finditer(title))
    for mark in parts:
        for left, gone in ((title[: mark.start()], title[mark.end() :]), (title[mark.end() :], title[: mark.start()])):
            if other and _is_same(left, other):
                return left.strip()
    for mark in (*parts[::-1], *parts):
        for left, gone in ((title[: mark.start()], title[mark.end() :]), (title[mark.end() :], title[: mark.start()])):
            if site and _is_site(gone, site) and len(_WORD.findall(left)) >= LEAST_WORDS:
                return without_site(left.strip(), site, other)
    pipes = [mark for mark in parts if "|" in mark[0] or "»" in mark[0]]
    if pipes and len(_WORD.findall(title[: pipes[0].start()])) > len(_WORD.findall(title[pipes[0].end() :])):
        return title[: pipes[0].start()].strip()
    return title


def _is_site(words: str, site: str) -> bool:
    """Whether the words are the site's name, perhaps as a domain, or with a section or slogan of few words."""
    one, other = _letters(words), _letters(site)
    return bool(one) and bool(other) and (one in other or (other in one and len(_WORD.findall(words)) <= 6))


def _letters(words: str) -> str:
    return re.sub(r"^the|(?:com|org|net|couk|ca)$", "", re.sub(r"[\W_]", "", words.casefold()))


def _is_same(one: str, other: str) -> bool:
    return re.sub(r"[\W_]", "", one.casefold()) == re.sub(r"[\W_]", "", other.casefold())


def _alike(one: str, other: str) -> float:
    """F1 of the words."""
    first, second = (Counter(_WORD.findall(words.casefold())) for words in (one, other))
    hit = (first & second).total()
    return 2 * hit / (first.total() + second.total()) if hit else 0.0


def _whole(title: str, others: Iterable[str]) -> str:
    """The same title in full, when this one is cut off ("...")."""
    stem = title.rstrip(" .…")
    if not title.endswith(("...", "…")):
        return title
    return max((one for one in others if one.startswith(stem)), key=len, default=title)
