"""RSS and Atom as saved: one article an item, its full text where the feed carries it, else its summary."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from pipeline.corpus.document import Document
from pipeline.corpus.metadata import Metadata
from pipeline.corpus.metadata.days import parse_day
from pipeline.corpus.readers.arrange import titled
from pipeline.corpus.readers.markup import below, children, name_of, parse_xml, words
from pipeline.corpus.readers.source import ReadTask, Source
from pipeline.corpus.readers.tables import from_markup
from pipeline.errors import UnreadableArticle
from pipeline.text.normalize import replace_control_characters

#: Where an item's text stands, the fullest first.
_TEXT = ("encoded", "content", "description", "summary")
#: When it was first published, then when it was changed.
_DATES = ("pubdate", "published", "date", "issued", "created")


def in_feed(source: Source) -> Iterator[Source | ReadTask]:
    """The items, "#1" the first. Raises UnreadableArticle for a feed without any."""
    root = parse_xml(source.all())
    items = list(below(root, "item", "entry"))
    if not items:
        raise UnreadableArticle("a feed without items", "Nothing to do.")
    channel = next(below(root, "channel"), root)
    publisher = _one(channel, "title")
    for number, item in enumerate(items, start=1):
        yield ReadTask(f"{source.part}#{number}", partial(_read, item, publisher), "feed")


def _read(item: Any, publisher: str) -> Iterator[Document]:
    text = next((found for name in _TEXT for node in children(item, name) if (found := _content(node))), "")
    if not text:
        raise UnreadableArticle("an item without text", "Save the page itself.")
    days = (parse_day(words(node)) for name in _DATES for node in children(item, name))
    day = next(filter(None, days), None)
    authors = [
        replace_control_characters(words(next(below(node, "name"), node)))
        for node in children(item, "creator", "author")
    ]
    known = Metadata(
        _one(item, "title"), day, "metadata" if day else "", publisher, _link(item), tuple(filter(None, authors))
    )
    yield from_markup(text, known) if "<" in text else titled(text, known)


def _content(node: Any) -> str:
    """The text of an element, or the markup in it where it is written as elements (Atom's xhtml)."""
    if not any(name_of(child) for child in node):
        return ("".join(node.itertext())).strip()
    from lxml import etree

    return str(etree.tostring(node, encoding="unicode", with_tail=False, method="html")).strip()


def _one(node: Any, name: str) -> str:
    return replace_control_characters(words(next(children(node, name), None)))


def _link(item: Any) -> str:
    links = list(children(item, "link"))
    best = next((link for link in links if link.get("rel", "alternate") == "alternate"), None)
    return replace_control_characters((best.get("href") or words(best)).strip()) if best is not None else ""
