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

#: A string of HTML in a script is an article's from three paragraphs on ...
MIN_PARAGRAPHS = 3
#: ... with 300 characters between them; shorter ones are teasers or notices.
MIN_CHARS = 300
#: What pages call the string that holds the article: "body", "articleBody", "content_html", "rendered".
_ARTICLE_KEY = re.compile(
    r"(?:article|story|post|main|full|html|raw|rendered)?[-_]?(?:body|content|text|html|rendered|value)(?:html)?", re.I
)
#: A paragraph in a string of HTML.
_PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)</p>", re.IGNORECASE | re.DOTALL)


def pieces_of_body(article_body: str) -> tuple[Piece, ...]:
    """The paragraphs of JSON-LD's articleBody as pieces; it has one paragraph a line."""
    return _parse_pieces("".join(f"<p>{html.escape(line)}</p>" for line in article_body.splitlines()))


def pieces_in_scripts(tree: HtmlElement) -> tuple[Piece, ...]:
    """The paragraphs of the article that the page's JSON scripts hold, as pieces; none where they hold no article.

    The article is the longest string of HTML under a key such as "body" or "contentHtml", however deep it lies.
    """
    longest = ""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/json" and script.text:
            try:
                value = json.loads(script.text)
            except (ValueError, RecursionError):
                continue
            longest = max((longest, *_find_articles(value)), key=len)
    return _parse_pieces(longest) if longest else ()


def _find_articles(value: Any) -> Iterator[str]:
    """The HTML strings of article length under telling keys, however deep."""
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        key, item = waiting.pop()
        if isinstance(item, dict):
            waiting.extend(item.items())
        elif isinstance(item, list):
            waiting.extend((key, inner) for inner in item)
        elif isinstance(item, str) and _ARTICLE_KEY.fullmatch(key):
            paragraphs = _PARAGRAPH.findall(item)
            if len(paragraphs) >= MIN_PARAGRAPHS and sum(map(len, paragraphs)) >= MIN_CHARS:
                yield item


def _parse_pieces(markup: str) -> tuple[Piece, ...]:
    return tuple(find_pieces(parse_page(f"<html><body>{markup}</body></html>"))) if markup else ()
