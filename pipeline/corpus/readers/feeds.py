"""RSS and Atom as saved: one article an item, its full text where the feed carries it, else its summary."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from pipeline.corpus.document import Document
from pipeline.corpus.metadata import Metadata
from pipeline.corpus.metadata.days import parse_day
from pipeline.corpus.readers.arrange import arrange_text
from pipeline.corpus.readers.markup import find_all, find_children, name_of, parse_xml, text_of, unescape_markup
from pipeline.corpus.readers.records import read_markup
from pipeline.corpus.readers.source import FilePart, ReadTask, Source
from pipeline.errors import UnreadableArticle
from pipeline.text.normalize import blank_invalid

#: Elements of an item that hold its text, the fullest first.
_TEXT_NAMES = ("encoded", "content", "description", "summary")
#: Elements with the day of first publication; "updated" is left out, since it gives the last change.
_DATE_NAMES = ("pubdate", "published", "date", "issued", "created")

#: Why a feed or an item of it gives no article, and what to do about it.
NO_ITEMS = ("the feed has no items", "Nothing to do.")
ITEM_WITHOUT_TEXT = ("the item has no text", "Save the article's own page.")


def iter_feed_parts(source: Source) -> Iterator[FilePart]:
    """The items of a feed as tasks, "#1" the first. Raises UnreadableArticle for a feed without any."""
    root = parse_xml(source.read_all())
    items = list(find_all(root, "item", "entry"))
    if not items:
        raise UnreadableArticle(*NO_ITEMS)
    channel = next(find_all(root, "channel"), root)
    publisher = _child_text(channel, "title")
    for number, item in enumerate(items, start=1):
        yield ReadTask(f"{source.part}#{number}", partial(_read_item, item, publisher), "feed")


def _read_item(item: Any, publisher: str) -> Document:
    """The item's fullest text, with its own title, day, authors and link."""
    texts = (_content_of(node) for name in _TEXT_NAMES for node in find_children(item, name))
    text = unescape_markup(next(filter(None, texts), ""))
    if not text:
        raise UnreadableArticle(*ITEM_WITHOUT_TEXT)
    days = (parse_day(text_of(node)) for name in _DATE_NAMES for node in find_children(item, name))
    day = next(filter(None, days), None)
    creators = find_children(item, "creator", "author")
    authors = [blank_invalid(text_of(next(find_all(creator, "name"), creator))) for creator in creators]
    metadata = Metadata(
        title=unescape_markup(_child_text(item, "title")),
        published=day,
        published_source="metadata" if day else "",
        publisher=publisher,
        url=_find_link(item),
        authors=tuple(filter(None, authors)),
    )
    return read_markup(text, metadata) if "<" in text else arrange_text(text, metadata)


def _content_of(node: Any) -> str:
    """The text of an element, or the markup in it where it is written as elements (Atom's xhtml)."""
    if not any(name_of(child) for child in node):
        return ("".join(node.itertext())).strip()
    from lxml import etree

    return str(etree.tostring(node, encoding="unicode", with_tail=False, method="html")).strip()


def _child_text(node: Any, name: str) -> str:
    return blank_invalid(text_of(next(find_children(node, name), None)))


def _find_link(item: Any) -> str:
    """The address of the article itself, "" when the item gives none."""
    links = find_children(item, "link")
    link = next((link for link in links if link.get("rel", "alternate") == "alternate"), None)
    return blank_invalid((link.get("href") or text_of(link)).strip()) if link is not None else ""
