"""What a page says of its article: title, day, publisher, authors, address, language, as Metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from pipeline.corpus.html.dates import find_published
from pipeline.corpus.html.linked_data import Facts, Party
from pipeline.corpus.html.titles import find_title
from pipeline.corpus.html.tree import Piece
from pipeline.corpus.metadata import Metadata
from pipeline.text.normalize import alphanumeric_key

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: A page saved by a browser (or by an extension such as SingleFile) names its address in a comment at the top.
_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->|<!--\s*Page saved with \S+\s.{0,200}?url:\s*(\S+)", re.DOTALL
)
#: Characters at the top of the page among which that comment is looked for.
SAVED_FROM_CHARS = 4000

#: Names of <meta> for authors, in the order they are believed.
_AUTHOR_METAS = (
    "parsely-author", "sailthru.author", "author", "article:author", "article:author_name", "byl", "dc.creator",
    "dcterms.creator", "cxenseparse:author",
)  # fmt: skip
#: Names of <meta> for the publisher, in the order they are believed.
_PUBLISHER_METAS = ("publisher", "dc.publisher", "dcterms.publisher", "application-name", "copyright-holder")
#: What stands before the names in a byline: "By ", "Reporting by ".
_BY = re.compile(
    r"^\W*(?:(?:(?:written|reported|posted|story|words|text|reporting|analysis) )?by\b:?)\s*", re.IGNORECASE
)
#: What stands between the names in a byline.
_BETWEEN_NAMES = re.compile(r"(?:(?<!\s)\s+)?(?:,| and | & |;|\||/| with )\s*", re.IGNORECASE)
#: Signs that a "name" is an address, a date, a department or the paper itself.
_NO_PERSON = re.compile(
    r"@|https?:|www\.|\d|\b(?:staff|editors?|editorial|newsroom|news|desk|team|agenc(?:y|ies)|correspondents?|reporters?"
    r"|admin|guest|contributors?|bureau|press|service|media|online|web|digital|wires?|agence|magazine"
    r"|times|tribune|post|radio|tv)\b", re.IGNORECASE,
)  # fmt: skip
#: Letters in a person's name; more is a sentence.
NAME_CHARS = range(2, 61)
#: Blanks between the parts of a name: at least two words, since one alone is a user name or a paper.
NAME_BLANKS = range(1, 6)
#: The language in "en", "en-GB", "en_US".
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?=$|[-_])")


def read_facts(
    tree: HtmlElement, pieces: Sequence[Piece], facts: Facts, meta: Mapping[str, str], *, text: str, url: str
) -> Metadata:
    """Put together all that the page tells of its article.

    ``facts`` are JSON-LD's and ``meta`` the page's <meta> by name; ``text`` is the page's source (for the comment of a
    browser that saved it), ``url`` what the container or the fetching tool said. What no place tells is left empty;
    nothing is guessed.
    """
    addresses = list(_find_addresses(tree, facts, meta, text, url))
    publisher = _find_publisher(facts, meta)
    site = publisher or urlsplit(addresses[0]).netloc.removeprefix("www.") if addresses else publisher
    title = find_title(tree, pieces, facts.headline, meta, site)
    lines = _lines_below(pieces, title)
    published, published_source = find_published(tree, facts.published, facts.modified, meta, addresses, lines)
    return Metadata(
        title=title,
        published=published,
        published_source=published_source,
        publisher=publisher,
        url=addresses[0] if addresses else "",
        authors=_find_authors(tree, facts, meta, publisher),
        language=_find_language(tree, facts, meta),
    )


def _lines_below(pieces: Sequence[Piece], title: str) -> list[str]:
    """The lines of the page from below its headline on; all of them when that isn't shown."""
    lines = [piece.text for piece in pieces]
    return lines[lines.index(title) + 1 :] if title in lines else lines


def _find_addresses(tree: HtmlElement, facts: Facts, meta: Mapping[str, str], text: str, url: str) -> Iterator[str]:
    """Addresses of the article, absolute, the canonical one first; home pages only when there is no other."""
    base = url or _saved_from(text)
    canonical = [link.get("href") or "" for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    given = [*canonical, meta.get("og:url", ""), facts.url, meta.get("parsely-link", ""), url, base]
    absolute = dict.fromkeys(address for link in given if link and (address := _to_absolute(base, link)))
    with_path = [address for address in absolute if urlsplit(address).path.strip("/")]
    yield from with_path or absolute


def _saved_from(text: str) -> str:
    """The address in the comment of the browser that saved the page, or ""."""
    comment = _SAVED_FROM.search(text[:SAVED_FROM_CHARS])
    return (comment[1] or comment[2]) if comment else ""


def _to_absolute(base: str, link: str) -> str:
    """The link as an absolute http(s) address, "" when it can't be one."""
    try:
        address = urljoin(base, link.strip())
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc and " " not in address else ""


def _find_publisher(facts: Facts, meta: Mapping[str, str]) -> str:
    """The name that the page gives its publisher or site; never guessed from its address."""
    names = [meta.get("og:site_name", ""), facts.publisher, *(meta.get(key, "") for key in _PUBLISHER_METAS)]
    names = [name for name in names if name and not name.startswith("http")]
    # "examplenews" beside "Example News": one name, better written.
    spellings = [name for name in names[:2] if alphanumeric_key(name) == alphanumeric_key(names[0])]
    best = max(spellings, key=lambda name: (" " in name, name != name.lower()), default="")
    return best or next(iter(names), "")


def _find_authors(tree: HtmlElement, facts: Facts, meta: Mapping[str, str], publisher: str) -> tuple[str, ...]:
    """People named as authors, each once, in order: by JSON-LD, else <meta>, else links and microdata."""
    parties = facts.authors or tuple(Party(meta[key]) for key in _AUTHOR_METAS if key in meta and "/" not in meta[key])
    if not parties:
        marked = (element for element in tree.iter("a", "span", "div", "p") if _marks_author(element))
        parties = tuple(Party(" ".join(element.text_content().split())) for element in marked)
    people: dict[str, None] = {}
    for party in parties:
        if "Organi" in party.kind:  # schema.org writes Organization, some pages Organisation
            continue
        for name in _BETWEEN_NAMES.split(_BY.sub("", party.name)):
            if _is_person(name) and alphanumeric_key(name) != alphanumeric_key(publisher):
                people.setdefault(name)
    return tuple(people)


def _marks_author(element: HtmlElement) -> bool:
    return "author" in (element.get("rel") or "").lower().split() or element.get("itemprop") == "author"


def _is_person(name: str) -> bool:
    return len(name) in NAME_CHARS and name.count(" ") in NAME_BLANKS and not _NO_PERSON.search(name)


def _find_language(tree: HtmlElement, facts: Facts, meta: Mapping[str, str]) -> str:
    """The two or three letters of the language that the page declares, "" when it declares none."""
    declared = (
        tree.get("lang"),
        tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        tree.get("xml:lang"),
        facts.language,
        meta.get("content-language"),
        meta.get("og:locale"),
        meta.get("language"),
    )
    for value in declared:
        if value and (code := _LANGUAGE.match(value.strip())):
            return code[0].lower()
    return ""
