"""Which column of a table or key of a JSON object holds what: the usual names, or those that the user gave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.corpus.metadata import Metadata, split_authors
from pipeline.corpus.metadata.days import day_of
from pipeline.errors import UnreadableArticle
from pipeline.settings import Fields
from pipeline.text.normalize import alphanumeric_key

#: Usual names, the surest first; compared in lower case without blanks and marks ("pub_date" is "pubdate").
USUAL: Mapping[str, tuple[str, ...]] = {
    "text": (
        "fulltext", "articlebody", "articletext", "bodytext", "maintext", "body", "text", "content", "article", "story",
        "storytext", "plaintext", "rawtext", "contenttext", "bodyhtml", "contenthtml", "html", "markdown",
    ),
    "title": ("title", "headline", "webtitle", "articletitle", "heading", "head", "hl1", "subject", "hed"),
    "date": (
        "datepublished", "published", "publishedat", "publisheddate", "publishedon", "publicationdate",
        "publicationday", "publishdate", "publishtime", "pubdate", "webpublicationdate", "firstpublished",
        "firstpublicationdate",
        "articledate", "isodate", "datetime", "date", "day", "timestamp", "created", "createdat", "datecreated",
    ),
    "url": ("url", "weburl", "link", "canonicalurl", "articleurl", "permalink", "uri", "sourceurl", "href"),
    "publisher": ("publisher", "publication", "outlet", "newspaper", "source", "sourcename", "sitename", "site",
                  "medium", "provider", "agency", "journal"),
    "author": ("author", "authors", "byline", "creator", "writer", "journalist", "by"),
    "language": ("language", "lang", "inlanguage", "languagecode"),
}  # fmt: skip


def is_text_name(name: str) -> bool:
    """Whether a column of this name usually holds articles' text."""
    return alphanumeric_key(name) in USUAL["text"]


def choose(names: Iterable[str], what: str, own: str) -> list[str]:
    """Of ``names`` those that may hold ``what``, the surest first; ``own`` is the user's choice and excludes others."""
    names = list(names)
    if own:
        exact = [name for name in names if name.strip() == own]
        return exact or [name for name in names if alphanumeric_key(name) == alphanumeric_key(own) != ""]
    by_name: dict[str, str] = {}
    for name in names:
        by_name.setdefault(alphanumeric_key(name), name)
    return [by_name[usual] for usual in USUAL[what] if usual in by_name]


def find_text(record: Mapping[str, Any], fields: Fields) -> str:
    """The article's text in a record, "" when no field of it holds one. A list of texts is its paragraphs."""
    for name in choose(record, "text", fields.text):
        text = _joined(record[name])
        if text.strip():
            return text
    return ""


def _joined(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        return "\n\n".join(value)
    return ""


def find_metadata(record: Mapping[str, Any], fields: Fields) -> Metadata:
    """What the other fields of a record say of its article."""
    published = next((day for value in _values(record, "date", fields.date) if (day := day_of(value))), None)
    authors = (name for value in _values(record, "author", fields.author) for name in names(value))
    return Metadata(
        title=_first(record, "title", fields.title),
        published=published,
        published_source="metadata" if published else "",
        publisher=_first(record, "publisher", fields.publisher),
        url=_first(record, "url", fields.url),
        authors=tuple(dict.fromkeys(authors)),
        language=_first(record, "language", fields.language),
    )


def _values(record: Mapping[str, Any], what: str, own: str) -> list[Any]:
    return [record[name] for name in choose(record, what, own) if record[name] not in (None, "")]


def _first(record: Mapping[str, Any], what: str, own: str) -> str:
    return next((found for value in _values(record, what, own) for found in names(value, whole=True)), "")


def names(value: Any, *, whole: bool = False) -> list[str]:
    """The names in a value: a text, an object with a name, or a list of these. ``whole``: a text is one name."""
    if isinstance(value, str):
        text = " ".join(value.split())
        return [text] if whole and text else split_authors(text)
    if isinstance(value, dict):
        return [found for key in ("name", "title", "id") for found in names(value.get(key), whole=whole)][:1]
    if isinstance(value, list):
        return [found for each in value[:50] for found in names(each, whole=True)]
    return []


def no_text_field(found: Iterable[str], fields: Fields, what: str) -> UnreadableArticle:
    """No column or key holds the text: which there are, and how to name one."""
    shown = ", ".join(sorted({name.strip()[:40] for name in found if name.strip()})[:12]) or "none"
    if fields.text:
        return UnreadableArticle(f"no {what} is called {fields.text!r}; there are: {shown}", "Check --text-field.")
    return UnreadableArticle(
        f"no {what} with a usual name holds the text; there are: {shown}", "Name it: --text-field NAME"
    )
