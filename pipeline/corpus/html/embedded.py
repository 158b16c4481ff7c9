"""An article that a page carries in its scripts, for JavaScript to show: JSON-LD's articleBody, or HTML in JSON.

Only the text is taken; no script is run.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pipeline.corpus.html.tree import Piece, find_pieces, parse_page

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: HTML in a script is an article's when so many paragraphs of so many characters in all are in one string.
PARAGRAPHS, CHARS = 3, 300
#: What pages call the string that holds the article.
_KEYS = re.compile(
    r"(?:article|story|post|main|full|html|raw|rendered)?[-_]?(?:body|content|text|html|rendered|value)(?:html)?", re.I
)
_PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)</p>", re.IGNORECASE | re.DOTALL)


def pieces_of_body(article_body: str) -> tuple[Piece, ...]:
    """The paragraphs of an articleBody, one a line."""
    return _pieces("".join(f"<p>{html.escape(line)}</p>" for line in article_body.splitlines()))


def pieces_in_scripts(tree: HtmlElement) -> tuple[Piece, ...]:
    """The paragraphs of the longest HTML string under a telling key in the page's JSON scripts."""
    best = ""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/json" and script.text:
            try:
                value = json.loads(script.text)
            except (ValueError, RecursionError):
                continue
            best = max((best, *_articles(value)), key=len)
    return _pieces(best) if best else ()


def _articles(value: Any) -> Iterator[str]:
    """The HTML strings of article length under telling keys, however deep."""
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        key, one = waiting.pop()
        if isinstance(one, dict):
            waiting.extend(one.items())
        elif isinstance(one, list):
            waiting.extend((key, inner) for inner in one)
        elif isinstance(one, str) and _KEYS.fullmatch(key):
            paragraphs = _PARAGRAPH.findall(one)
            if len(paragraphs) >= PARAGRAPHS and sum(map(len, paragraphs)) >= CHARS:
                yield one


def _pieces(markup: str) -> tuple[Piece, ...]:
    return tuple(find_pieces(parse_page(f"<html><body>{markup}</body></html>"))) if markup else ()
