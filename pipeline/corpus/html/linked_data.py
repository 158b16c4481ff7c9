"""What a page says of itself for machines: JSON-LD of schema.org, <meta>, microdata.

Names after schema.org (Article and what it includes), the Open Graph protocol, Dublin Core.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.corpus.html.titles import alike

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Objects nested deeper aren't looked at, nor more than so many of them.
MAX_LEVEL, MAX_OBJECTS = 12, 5000

#: An article is the page's own when its headline is so much the page's title.
CALLED_LIKE = 0.5

#: schema.org's Article and all that is one; liveblogs and reviews are articles too.
_ARTICLE = re.compile(r"(?:.*Article|BlogPosting|LiveBlogPosting|.*Report|.*NewsStory|SocialMediaPosting|WebPage)")
_TAG = re.compile(r"<[^<>]{1,300}>")
_BLOCK_TAG = re.compile(r"</?(?:p|div|br|li|h\d|blockquote|ul|ol)\b[^<>]{0,300}>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A person or organisation; ``kind`` is its type as the page gives it, maybe empty."""

    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What JSON-LD says of the article; empty where it says nothing. ``body`` has one paragraph a line."""

    headline: str = ""
    description: str = ""
    body: str = ""
    published: str = ""
    modified: str = ""
    url: str = ""
    language: str = ""
    authors: tuple[Named, ...] = ()
    publisher: str = ""
    paid: bool = False


def read_linked_data(tree: HtmlElement, shown: str = "") -> Facts:
    """The facts of the page's article: of several, the one that is called as the page is, ``shown``, and says most.

    Broken JSON is passed over.
    """
    things: list[Mapping[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            things.extend(_objects(_json(script.text or "")))
            if len(things) > MAX_OBJECTS:
                break
    known = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str) and "name" in thing}
    articles = [thing for thing in things if _is_article(thing)]
    if not articles:
        return Facts()
    return _facts(max(articles, key=lambda thing: _weight(thing, shown)), known)


def metas(tree: HtmlElement) -> dict[str, str]:
    """The content of every <meta> by its lower-case name, property or itemprop; the first of each that isn't empty."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = " ".join((meta.get("content") or "").split())
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (meta.get(key) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _json(text: str) -> Any:
    """The value of a script, or None. Line breaks inside strings are let pass, as are comments around it."""
    text = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.{0,40}?\*/)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$", "", text)
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: Any, level: int = 0) -> Iterator[Mapping[str, Any]]:
    """Every object in a JSON value, outer ones first."""
    if level > MAX_LEVEL:
        return
    if isinstance(value, Mapping):
        yield value
        for inner in value.values():
            yield from _objects(inner, level + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner, level + 1)


def _is_article(thing: Mapping[str, Any]) -> bool:
    kinds = thing.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    named = any(isinstance(kind, str) and _ARTICLE.fullmatch(kind.rpartition("/")[2]) for kind in kinds)
    return named and any(thing.get(key) for key in ("headline", "datePublished", "articleBody"))


def _weight(thing: Mapping[str, Any], shown: str) -> tuple[bool, int, int]:
    called = alike(_line(thing.get("headline") or thing.get("name")), shown) >= CALLED_LIKE
    said = sum(bool(thing.get(key)) for key in ("headline", "datePublished", "author", "publisher", "articleBody"))
    return called, said, len(_string(thing.get("articleBody")))


def _facts(thing: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> Facts:
    page = thing.get("mainEntityOfPage")
    url = thing.get("url") or (page.get("@id") if isinstance(page, Mapping) else page)
    publishers = _named(thing.get("publisher"), known)
    return Facts(
        headline=_line(thing.get("headline")),
        description=_line(thing.get("description")),
        body=_paragraphs(_string(thing.get("articleBody"))),
        published=_string(thing.get("datePublished")).strip(),
        modified=_string(thing.get("dateModified")).strip(),
        url=_string(url).strip(),
        language=_language(thing.get("inLanguage")),
        authors=_named(thing.get("author"), known) or _named(thing.get("creator"), known),
        publisher=publishers[0].name if publishers else "",
        paid=_string(thing.get("isAccessibleForFree")).lower() == "false",
    )


def _named(value: Any, known: Mapping[str, Mapping[str, Any]]) -> tuple[Named, ...]:
    """The names in a person, organisation, text or list of these; "@id" is looked up among the page's objects."""
    if isinstance(value, list):
        return tuple(named for one in value for named in _named(one, known))
    if not isinstance(value, Mapping):
        line = _line(value)
        return (Named(line),) if line else ()
    if "name" not in value and isinstance(value.get("@id"), str):
        value = known.get(value["@id"], value)
    names = value.get("name") or value.get("byline") or ""
    kind = value.get("@type")
    kind = kind[0] if isinstance(kind, list) and kind else kind
    names = names if isinstance(names, list) else [names]
    return tuple(Named(line, _string(kind)) for line in map(_line, names) if line)


def _language(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("alternateName") or value.get("name")
    return _string(value[0] if isinstance(value, list) and value else value).strip()


def _string(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(one for one in value if isinstance(one, str))
    return value if isinstance(value, str) else str(value) if isinstance(value, bool | int) else ""


def _line(value: Any) -> str:
    """One line of text: entities resolved (some pages escape twice), tags gone."""
    text = html.unescape(html.unescape(_string(value)))
    return " ".join(_TAG.sub("", text).split())


def _paragraphs(value: str) -> str:
    text = _BLOCK_TAG.sub("\n", html.unescape(value) if "<" not in value else value)
    lines = (" ".join(html.unescape(_TAG.sub("", line)).split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
