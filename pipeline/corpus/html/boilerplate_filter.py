"""Leave out boilerplate: the pieces of a page that lie in an element named as such, unless it holds the article."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import TYPE_CHECKING

from pipeline.corpus.html.tree import Piece

if TYPE_CHECKING:
    from lxml.html import HtmlElement


class BoilerplateFilter:
    """Says which elements are boilerplate; every element is judged once, however many pieces lie in it.

    An element is boilerplate when it, or an element around it, has a boilerplate name (``is_boilerplate_name``) or is
    one of ``cards``, and holds fewer than ``article_chars`` characters of the article (``weights`` has those of each
    element). So a <div class="sidebar-layout"> around the whole article is kept, the teasers beside it are not.
    """

    def __init__(
        self,
        is_boilerplate_name: Callable[[HtmlElement], bool],
        cards: Set[HtmlElement] = frozenset(),
        weights: Mapping[HtmlElement, int] | None = None,
        article_chars: float = 1.0,
    ) -> None:
        self._is_boilerplate_name = is_boilerplate_name
        self._cards = cards
        self._weights = weights or {}
        self._article_chars = article_chars
        self._excluded: dict[HtmlElement, bool] = {}

    def flag_kept(self, pieces: Sequence[Piece], candidates: Sequence[bool]) -> list[bool]:
        """Which of the pieces flagged in ``candidates`` lie in no boilerplate, one flag a piece."""
        return [
            is_candidate and not self.excludes(piece.element)
            for piece, is_candidate in zip(pieces, candidates, strict=True)
        ]

    def excludes(self, element: HtmlElement) -> bool:
        """Whether the element is boilerplate or lies in it; what lies in a kept element is judged by itself."""
        unjudged: list[HtmlElement] = []
        outer: HtmlElement | None = element
        while outer is not None and outer not in self._excluded:
            unjudged.append(outer)
            outer = outer.getparent()
        excluded = self._excluded[outer] if outer is not None else False
        for inner in reversed(unjudged):
            is_candidate = excluded or self._is_candidate(inner)
            excluded = is_candidate and self._weights.get(inner, 0) < self._article_chars
            self._excluded[inner] = excluded
        return excluded

    def _is_candidate(self, element: HtmlElement) -> bool:
        return element in self._cards or (element.tag not in ("body", "html") and self._is_boilerplate_name(element))
