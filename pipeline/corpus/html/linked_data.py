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

from pipeline.corpus.html.titles import title_similarity

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Objects nested deeper than twelve levels aren't looked at; schema.org's own examples have five.
MAX_LEVEL = 12
#: Nor are more than 5000 objects of a page: product lists and recipes, not articles.
MAX_OBJECTS = 5000

#: An article is the page's own when its headline is half like the page's title, by ``title_similarity``; the others
#: are teasers.
OWN_SIMILARITY = 0.5

#: schema.org's Article and all that is one; liveblogs and reviews are articles too.
_ARTICLE_TYPE = re.compile(r"(?:.*Article|BlogPosting|LiveBlogPosting|.*Report|.*NewsStory|SocialMediaPosting|WebPage)")
#: An object needs one of these to say anything of its article.
_TELLING_KEYS = ("headline", "datePublished", "articleBody")
#: Of two objects for the article, the one that has more of these is the fuller.
_WEIGHED_KEYS = ("headline", "datePublished", "author", "publisher", "articleBody")
#: Any tag; its length is bounded, so that "<" as a sign of comparison swallows nothing.
_TAG = re.compile(r"<[^<>]{1,300}>")
#: Tags that end a paragraph.
_BLOCK_TAG = re.compile(r"</?(?:p|div|br|li|h\d|blockquote|ul|ol)\b[^<>]{0,300}>", re.IGNORECASE)
#: Comment and CDATA marks around a script, and a semicolon at its end.
_AROUND_JSON = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.{0,40}?\*/)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$")

#: A JSON object of the page.
_Thing = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Party:
    """A person or organisation: its ``name``, and ``kind``, its schema.org type as the page gives it, maybe empty."""

    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What JSON-LD says of the article; a field is empty where it says nothing."""

    headline: str = ""
    #: The standfirst or a summary, in one line.
    description: str = ""
    #: The article's text, one paragraph a line.
    body: str = ""
    #: When it was first published, as written.
    published: str = ""
    #: When it was last changed, as written.
    modified: str = ""
    #: Its address, maybe relative to the page's.
    url: str = ""
    #: A language's name or code, as written.
    language: str = ""
    authors: tuple[Party, ...] = ()
    publisher: str = ""
    #: Whether the page says that the article must be paid for.
    paid: bool = False


def read_linked_data(tree: HtmlElement, page_title: str = "") -> Facts:
    """Read the facts of the page's article from its JSON-LD scripts; empty Facts when there are none.

    Of several articles in the scripts, the page's own is the one whose headline is like ``page_title`` and, of these,
    the one that says most. Broken JSON is passed over.
    """
    things: list[_Thing] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            things.extend(_iter_objects(_parse_json(script.text or "")))
            if len(things) > MAX_OBJECTS:
                break
    things_by_id = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str) and "name" in thing}
    articles = [thing for thing in things if _is_article(thing)]
    if not articles:
        return Facts()
    return _to_facts(max(articles, key=lambda article: _rank_article(article, page_title)), things_by_id)


def read_meta(tree: HtmlElement) -> dict[str, str]:
    """The content of every <meta> by its lower-case name, property, itemprop or http-equiv.

    Of several with the same name the first counts that isn't empty; blanks in it are collapsed.
    """
    contents: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = " ".join((meta.get("content") or "").split())
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (meta.get(key) or "").strip().lower()
            if name and content:
                contents.setdefault(name, content)
    return contents


def _parse_json(text: str) -> Any:
    """The value of a script, or None. Line breaks inside strings are let pass, as are comments around it."""
    try:
        return json.loads(_AROUND_JSON.sub("", text), strict=False)
    except (ValueError, RecursionError):
        return None


def _iter_objects(value: Any, level: int = 0) -> Iterator[_Thing]:
    """Every object in a JSON value, outer ones first."""
    if level > MAX_LEVEL:
        return
    if isinstance(value, Mapping):
        yield value
        for inner in value.values():
            yield from _iter_objects(inner, level + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _iter_objects(inner, level + 1)


def _is_article(thing: _Thing) -> bool:
    kinds = thing.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    is_called_one = any(isinstance(kind, str) and _ARTICLE_TYPE.fullmatch(kind.rpartition("/")[2]) for kind in kinds)
    return is_called_one and any(thing.get(key) for key in _TELLING_KEYS)


def _rank_article(article: _Thing, page_title: str) -> tuple[bool, int, int]:
    """What ranks the articles of a page: called like the page, how many facts, how much text."""
    headline = _to_line(article.get("headline") or article.get("name"))
    is_own = title_similarity(headline, page_title) >= OWN_SIMILARITY
    fact_count = sum(bool(article.get(key)) for key in _WEIGHED_KEYS)
    return is_own, fact_count, len(_to_string(article.get("articleBody")))


def _to_facts(article: _Thing, things_by_id: Mapping[str, _Thing]) -> Facts:
    """The facts of schema.org's Article; authors may stand under "author" or "creator"."""
    page = article.get("mainEntityOfPage")
    url = article.get("url") or (page.get("@id") if isinstance(page, Mapping) else page)
    authors = _parse_parties(article.get("author"), things_by_id)
    publishers = _parse_parties(article.get("publisher"), things_by_id)
    return Facts(
        headline=_to_line(article.get("headline")),
        description=_to_line(article.get("description")),
        body=_to_paragraphs(_to_string(article.get("articleBody"))),
        published=_to_string(article.get("datePublished")).strip(),
        modified=_to_string(article.get("dateModified")).strip(),
        url=_to_string(url).strip(),
        language=_parse_language(article.get("inLanguage")),
        authors=authors or _parse_parties(article.get("creator"), things_by_id),
        publisher=publishers[0].name if publishers else "",
        paid=_to_string(article.get("isAccessibleForFree")).lower() == "false",
    )


def _parse_parties(value: Any, things_by_id: Mapping[str, _Thing]) -> tuple[Party, ...]:
    """The names in a person, organisation, text or list of these; "@id" is looked up among the page's objects."""
    if isinstance(value, list):
        return tuple(party for item in value for party in _parse_parties(item, things_by_id))
    if not isinstance(value, Mapping):
        line = _to_line(value)
        return (Party(line),) if line else ()
    if "name" not in value and isinstance(value.get("@id"), str):
        value = things_by_id.get(value["@id"], value)
    names = value.get("name") or value.get("byline") or ""
    kind = value.get("@type")
    kind = kind[0] if isinstance(kind, list) and kind else kind
    names = names if isinstance(names, list) else [names]
    return tuple(Party(line, _to_string(kind)) for line in map(_to_line, names) if line)


def _parse_language(value: Any) -> str:
    """The language's code, else its name, of a text, an object or a list of texts."""
    if isinstance(value, Mapping):
        value = value.get("alternateName") or value.get("name")
    return _to_string(value[0] if isinstance(value, list) and value else value).strip()


def _to_string(value: Any) -> str:
    """The text of a JSON value, a list's one a line; "" for null, numbers with a fraction and objects."""
    if isinstance(value, list):
        return "\n".join(item for item in value if isinstance(item, str))
    return value if isinstance(value, str) else str(value) if isinstance(value, bool | int) else ""


def _to_line(value: Any) -> str:
    """One line of text: entities resolved (some pages escape twice), tags gone."""
    text = html.unescape(html.unescape(_to_string(value)))
    return " ".join(_TAG.sub("", text).split())


def _to_paragraphs(value: str) -> str:
    """The text of an articleBody, plain or HTML, one paragraph a line."""
    text = _BLOCK_TAG.sub("\n", html.unescape(value) if "<" not in value else value)
    lines = (" ".join(html.unescape(_TAG.sub("", line)).split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
