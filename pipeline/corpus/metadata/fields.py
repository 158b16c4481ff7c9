"""Which column of a table or key of a JSON object holds what: the usual names, or those that the user gave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.corpus.metadata import Metadata, split_authors
from pipeline.corpus.metadata.days import DayOrder, find_day_order, parse_day
from pipeline.errors import UnreadableArticle
from pipeline.settings import Fields
from pipeline.text.normalize import alphanumeric_key, collapse_whitespace

#: Usual names, the surest first; compared in lower case without blanks and marks ("pub_date" is "pubdate").
USUAL: Mapping[str, tuple[str, ...]] = {
    "text": (
        "fulltext", "articlebody", "articletext", "bodytext", "maintext", "body", "text", "content", "article", "story",
        "storytext", "plaintext", "rawtext", "contenttext", "bodyhtml", "contenthtml", "html", "markdown", "bodies",
    ),
    "title": ("title", "headlines", "headline", "webtitle", "articletitle", "heading", "head", "hl1", "subject", "hed"),
    "date": (
        "datepublished", "published", "publishedat", "publisheddate", "publishedon", "publicationdate",
        "publicationday", "publishdate", "publishtime", "pubdate", "webpublicationdate", "firstpublished",
        "firstpublicationdate",
        "articledate", "isodate", "datetime", "date", "day", "timestamp", "firstcreated", "created", "createdat",
        "datecreated", "versioncreated", "seendate", "datum",
    ),
    "url": ("url", "weburl", "link", "canonicalurl", "articleurl", "permalink", "uri", "sourceurl", "href",
            "documentidentifier", "mentionidentifier"),
    "publisher": ("publisher", "publication", "outlet", "newspaper", "source", "sourcename", "sitename", "site",
                  "medium", "provider", "agency", "journal"),
    "author": ("author", "authors", "byline", "creator", "writer", "journalist", "by"),
    "language": ("language", "lang", "inlanguage", "languagecode"),
    "section": ("section", "articlesection", "sectionname", "rubric", "desk"),
}  # fmt: skip


def is_text_name(name: str) -> bool:
    """Whether a column of this name usually holds articles' text."""
    return alphanumeric_key(name) in USUAL["text"]


def choose_fields(names: Iterable[str], content: str, own: str) -> list[str]:
    """Of the ``names`` those that may hold the ``content`` (a key of ``USUAL``), the surest first.

    ``own`` is the name that the user gave and excludes all others: as written, else whatever its case and marks.
    """
    names = list(names)
    if own:
        exact = [name for name in names if name.strip() == own]
        return exact or [name for name in names if alphanumeric_key(name) == alphanumeric_key(own) != ""]
    name_of_key: dict[str, str] = {}
    for name in names:
        name_of_key.setdefault(alphanumeric_key(name), name)
    return [name_of_key[usual] for usual in USUAL[content] if usual in name_of_key]


def find_text(record: Mapping[str, Any], fields: Fields) -> str:
    """The article's text in a record, "" when no field of it holds one. A list of texts is its paragraphs."""
    for name in choose_fields(record, "text", fields.text):
        text = _join_paragraphs(record[name])
        if text.strip():
            return text
    return ""


def _join_paragraphs(value: Any) -> str:
    """A text as it is, a list of texts with a blank line between them, "" for other values.

    Of a list of objects with roles, as in ninjs 2 and 3, the value of the main one.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and all(isinstance(body, dict) for body in value):
        main = next((body for body in value if str(body.get("role", "")).lower() in ("", "main")), value[0])
        return main["value"] if isinstance(main.get("value"), str) else ""
    if isinstance(value, list) and value and all(isinstance(paragraph, str) for paragraph in value):
        return "\n\n".join(value)
    return ""


def choose_day_order(values: Iterable[Any], fields: Fields) -> DayOrder:
    """Whether the day or the month stands first in a file's days: as the user said, else as they themselves show."""
    if fields.day_first is not None:
        return "day" if fields.day_first else "month"
    return find_day_order(values)


def find_address(record: Mapping[str, Any], fields: Fields) -> str:
    """The address in a record, "" without one."""
    return _first_name(record, "url", fields.url)


def find_metadata(record: Mapping[str, Any], fields: Fields, order: DayOrder = "") -> Metadata:
    """What the other fields of a record say of its article; ``fields`` has the names that the user gave.

    ``order`` is that of the days in the file.
    """
    days = (parse_day(value, order) for value in _values(record, "date", fields.date))
    published = next((day for day in days if day), None)
    authors = (name for value in _values(record, "author", fields.author) for name in find_names(value))
    return Metadata(
        title=_first_name(record, "title", fields.title),
        published=published,
        published_source="metadata" if published else "",
        publisher=_first_name(record, "publisher", fields.publisher),
        url=_first_name(record, "url", fields.url),
        authors=tuple(dict.fromkeys(authors)),
        language=_first_name(record, "language", fields.language),
        section=_first_name(record, "section", ""),
    )


def _values(record: Mapping[str, Any], content: str, own: str) -> list[Any]:
    return [record[name] for name in choose_fields(record, content, own) if record[name] not in (None, "")]


def _first_name(record: Mapping[str, Any], content: str, own: str) -> str:
    values = _values(record, content, own)
    return next((name for value in values for name in find_names(value, is_one_name=True)), "")


#: Items of a list of names that are looked at; an article has a handful of authors.
_MOST_NAMES = 50


def find_names(value: Any, *, is_one_name: bool = False) -> list[str]:
    """The names in a value: a text, an object with a name, or a list of these.

    A text may be a byline with several names ("By Ada Brandt and Tove Lund"), or with ``is_one_name`` is one name.
    """
    if isinstance(value, str):
        text = collapse_whitespace(value)
        return [text] if is_one_name and text else split_authors(text)
    if isinstance(value, dict):
        keys = ("name", "title", "value", "id")
        return [name for key in keys for name in find_names(value.get(key), is_one_name=is_one_name)][:1]
    if isinstance(value, list):
        return [name for item in value[:_MOST_NAMES] for name in find_names(item, is_one_name=True)]
    return []


def no_text_field(names: Iterable[str], fields: Fields, what: str) -> UnreadableArticle:
    """The error for a table or object of which no ``what`` ("column", "key") holds the text: which there are."""
    listed = ", ".join(sorted({name.strip()[:40] for name in names if name.strip()})[:12]) or "none"
    if fields.text:
        reason = f"no {what} is called {fields.text!r}; there are: {listed}"
        return UnreadableArticle(reason, "Check the name after --text-field.")
    return UnreadableArticle(
        f"no {what} with a usual name holds the text; there are: {listed}", "Name it: --text-field NAME"
    )
