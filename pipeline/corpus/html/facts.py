"""What a page says of its article: title, day, publisher, authors, address, language, as Metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from pipeline.corpus.html.dates import find_published
from pipeline.corpus.html.linked_data import Facts, Named
from pipeline.corpus.html.titles import find_title
from pipeline.corpus.html.tree import Piece
from pipeline.corpus.metadata import Metadata
from pipeline.text.normalize import alphanumeric_key

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: A page saved by a browser names its address in a comment at the top.
_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->|<!--\s*Page saved with \S+\s.{0,200}?url:\s*(\S+)", re.DOTALL
)
SAVED_FROM_CHARS = 4000

_AUTHOR_METAS = (
    "parsely-author", "sailthru.author", "author", "article:author", "article:author_name", "byl", "dc.creator",
    "dcterms.creator", "cxenseparse:author",
)  # fmt: skip
_BY = re.compile(
    r"^\W*(?:(?:(?:written|reported|posted|story|words|text|reporting|analysis) )?by\b:?)\s*", re.IGNORECASE
)
_BETWEEN = re.compile(r"(?:(?<!\s)\s+)?(?:,| and | & |;|\||/| with )\s*", re.IGNORECASE)
_NO_PERSON = re.compile(
    r"@|https?:|www\.|\d|\b(?:staff|editors?|editorial|newsroom|news|desk|team|agenc(?:y|ies)|correspondents?|reporters?"
    r"|admin|guest|contributors?|bureau|press|service|media|online|web|digital|wires?|agence|magazine"
    r"|times|tribune|post|radio|tv)\b", re.IGNORECASE,
)  # fmt: skip
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?=$|[-_])")


def read_facts(
    tree: HtmlElement, pieces: Sequence[Piece], facts: Facts, meta: Mapping[str, str], *, text: str, url: str
) -> Metadata:
    """All that the page tells. ``text`` is its source (for a browser's comment), ``url`` what the container said."""
    addresses = list(_addresses(tree, facts, meta, text, url))
    publisher = _publisher(facts, meta)
    site = publisher or urlsplit(addresses[0]).netloc.removeprefix("www.") if addresses else publisher
    title = find_title(tree, pieces, facts.headline, meta, site)
    below = _below(pieces, title)
    published, source = find_published(tree, facts.published, facts.modified, meta, addresses, below)
    return Metadata(
        title=title,
        published=published,
        published_source=source,
        publisher=publisher,
        url=addresses[0] if addresses else "",
        authors=_authors(tree, facts, meta, publisher),
        language=_language(tree, facts, meta),
    )


def _below(pieces: Sequence[Piece], title: str) -> list[str]:
    """The lines of the page from below its headline on; all of them when that isn't shown."""
    lines = [piece.text for piece in pieces]
    return lines[lines.index(title) + 1 :] if title in lines else lines


def _addresses(tree: HtmlElement, facts: Facts, meta: Mapping[str, str], text: str, url: str) -> Iterator[str]:
    """Addresses of the article, absolute, the canonical one first; home pages only when there is no other."""
    saved = _SAVED_FROM.search(text[:SAVED_FROM_CHARS])
    base = url or (saved and (saved[1] or saved[2])) or ""
    links = (link.get("href") or "" for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    told = [*links, meta.get("og:url", ""), facts.url, meta.get("parsely-link", ""), url, base]
    whole = dict.fromkeys(address for one in told if one and (address := _absolute(base, one)))
    deep = [one for one in whole if urlsplit(one).path.strip("/")]
    yield from deep or whole


def _absolute(base: str, address: str) -> str:
    try:
        whole = urljoin(base, address.strip())
        parts = urlsplit(whole)
    except ValueError:
        return ""
    return whole if parts.scheme in ("http", "https") and parts.netloc and " " not in whole else ""


def _publisher(facts: Facts, meta: Mapping[str, str]) -> str:
    """The name that the page gives its publisher or site; never guessed from its address."""
    names = [meta.get("og:site_name", ""), facts.publisher]
    names += [
        meta.get(key, "")
        for key in ("publisher", "dc.publisher", "dcterms.publisher", "application-name", "copyright-holder")
    ]
    names = [name for name in names if name and not name.startswith("http")]
    # "examplenews" beside "Example News": one name, better written.
    same = [name for name in names[:2] if alphanumeric_key(name) == alphanumeric_key(names[0])]
    return max(same, key=lambda name: (" " in name, name != name.lower()), default="") or next(iter(names), "")


def _authors(tree: HtmlElement, facts: Facts, meta: Mapping[str, str], publisher: str) -> tuple[str, ...]:
    """People named as authors, each once, in order: by JSON-LD, else <meta>, else links and microdata."""
    told = facts.authors or tuple(Named(meta[key]) for key in _AUTHOR_METAS if key in meta and "/" not in meta[key])
    if not told:
        marked = (one for one in tree.iter("a", "span", "div", "p") if _marks_author(one))
        told = tuple(Named(" ".join(one.text_content().split())) for one in marked)
    people: dict[str, None] = {}
    for named in told:
        if "Organi" in named.kind:
            continue
        for name in _BETWEEN.split(_BY.sub("", named.name)):
            if _is_person(name) and alphanumeric_key(name) != alphanumeric_key(publisher):
                people.setdefault(name)
    return tuple(people)


def _marks_author(element: HtmlElement) -> bool:
    return "author" in (element.get("rel") or "").lower().split() or element.get("itemprop") == "author"


def _is_person(name: str) -> bool:
    return 2 <= len(name) <= 60 and " " in name and name.count(" ") <= 5 and not _NO_PERSON.search(name)


def _language(tree: HtmlElement, facts: Facts, meta: Mapping[str, str]) -> str:
    """The two or three letters of the language that the page declares."""
    declared = (tree.get("lang"), tree.get("{http://www.w3.org/XML/1998/namespace}lang"), tree.get("xml:lang"))
    for value in (*declared, facts.language, meta.get("content-language"), meta.get("og:locale"), meta.get("language")):
        if value and (found := _LANGUAGE.match(value.strip())):
            return found[0].lower()
    return ""
