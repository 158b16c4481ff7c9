"""What agencies send: NITF, and NewsML-G2 with NITF, XHTML or plain text in it (IPTC standards)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from pipeline.corpus.document import Document
from pipeline.corpus.metadata import Metadata, merge_metadata, split_authors
from pipeline.corpus.metadata.days import parse_day
from pipeline.corpus.readers.arrange import Paragraph, arrange_paragraphs, arrange_text, with_title
from pipeline.corpus.readers.markup import (
    find_all,
    find_children,
    find_first,
    iter_paragraphs,
    name_of,
    parse_xml,
    text_of,
)
from pipeline.corpus.readers.source import FilePart, ReadTask, Source, failed_task
from pipeline.errors import UnreadableArticle
from pipeline.records import Role
from pipeline.text.normalize import blank_invalid

#: Elements of NITF's body that hold the words of one paragraph.
_PARAGRAPHS = frozenset({"p", "hl1", "hl2", "li", "dt", "dd", "tr", "pre", "credit", "media-caption", "media-producer",
                         "abstract", "tagline", "byline", "dateline", "note", "bq"})  # fmt: skip
#: Of these, elements that may hold paragraphs of their own instead.
_MAY_HOLD_PARAGRAPHS = frozenset({"abstract", "bq", "li", "dd"})
#: Elements that tell the role of their paragraph.
_ROLES: dict[str, Role] = {
    "hl1": "headline", "hl2": "subheading", "byline": "credit", "dateline": "dateline", "tagline": "footer",
    "media-caption": "caption", "media-producer": "credit", "credit": "credit",
}  # fmt: skip
#: Elements that are never part of the story.
_PASSED_OVER = frozenset({"head", "rights", "media-metadata", "media-reference", "notes"})

#: Elements of a news item with the day it was first sent, then with that of this version.
_CREATED = ("firstcreated", "versioncreated", "contentcreated")
#: NewsML-G2's classes of items that have a text (NewsCodes "ninat").
_TEXT_CLASSES = ("text", "composite")
#: Publication states of items that have been taken back (NewsCodes "stat").
_WITHDRAWN_STATES = ("canceled", "withheld")

#: Why a file or a news item in it gives no article, and what to do about it.
NO_ITEMS = ("the NewsML-G2 file holds no news item", "Ask the sender for the items themselves.")
ITEM_WITHOUT_TEXT = ("the news item has no text", "Ask the sender for the text.")


def read_nitf(data: bytes) -> Document:
    """Read the story of a NITF file: headline, byline, dateline, paragraphs and captions, each with its role.

    A second <hl1> becomes a subheading. Raises UnreadableArticle for XML that is malformed, and for a story without
    text.
    """
    return _read_nitf_tree(parse_xml(data))


def _read_nitf_tree(root: Any) -> Document:
    body = find_first(root, "body")
    return arrange_paragraphs(_nitf_paragraphs(body if body is not None else root), _nitf_metadata(root))


def _nitf_paragraphs(body: Any) -> Iterator[Paragraph]:
    """The paragraphs in document order; a quotation or list item that holds paragraphs is opened."""
    has_headline = False
    open_nodes = [iter([body])]
    while open_nodes:
        node = next(open_nodes[-1], None)
        if node is None:
            open_nodes.pop()
            continue
        name = name_of(node)
        if not name or name in _PASSED_OVER:
            continue
        if name not in _PARAGRAPHS or (name in _MAY_HOLD_PARAGRAPHS and _holds_paragraphs(node)):
            open_nodes.append(iter(node))
            continue
        role = _ROLES.get(name)
        if role == "headline":
            role, has_headline = ("subheading" if has_headline else "headline"), True
        yield text_of(node), role


def _holds_paragraphs(node: Any) -> bool:
    return any(name_of(inner) in _PARAGRAPHS for inner in node.iter() if inner is not node)


def _nitf_metadata(root: Any) -> Metadata:
    """What the head says, the date of issue first; the byline names the authors where no element does."""
    dates = (
        _find_attribute(root, "date.issue", "norm"),
        _find_attribute(root, "pubdata", "date.publication"),
        text_of(find_first(root, "story.date")),
    )
    publisher = (
        _find_attribute(root, "pubdata", "name")
        or text_of(find_first(root, "distributor"))
        or _find_attribute(root, "doc.copyright", "holder")
    )
    byline = find_first(root, "byline")
    persons = [text_of(person) for person in find_all(byline, "person")] if byline is not None else []
    title = text_of(find_first(root, "hl1")) or text_of(find_first(root, "title"))
    return _make_metadata(title, dates, publisher, persons or split_authors(_without_office(byline)))


def _without_office(byline: Any) -> str:
    """The names in a <byline>, without what its <byttl> says their bearers are."""
    line = text_of(byline)
    offices = [text_of(office) for office in find_all(byline, "byttl")] if byline is not None else []
    for office in offices:
        line = line.removesuffix(office).rstrip(" ,;") if office else line
    return line


def _find_attribute(node: Any, name: str, attribute: str) -> str:
    """The attribute of the first element called ``name``, "" without one."""
    element = find_first(node, name)
    return element.get(attribute, "") if element is not None else ""


def _make_metadata(
    title: str, dates: Iterable[str], publisher: str, authors: Iterable[str], language: str = ""
) -> Metadata:
    """Metadata of what a format says, the first of the ``dates`` that is one taken for the day of publication."""
    day = next(filter(None, map(parse_day, dates)), None)
    return Metadata(
        title=blank_invalid(title),
        published=day,
        published_source="metadata" if day else "",
        publisher=blank_invalid(publisher),
        authors=tuple(filter(None, map(blank_invalid, authors))),
        language=language,
    )


def iter_newsml_parts(source: Source) -> Iterator[FilePart]:
    """The news items of a NewsML-G2 file as tasks, "#1" the first where there are several.

    Items that were withdrawn and those that are pictures or sounds are tasks that fail. Raises UnreadableArticle for
    XML that is malformed or has no item.
    """
    root = parse_xml(source.read_all())
    items = list(find_all(root, "newsitem"))
    if not items:
        raise UnreadableArticle(*NO_ITEMS)
    for number, item in enumerate(items, start=1):
        part = f"{source.part}#{number}" if len(items) > 1 else source.part
        error = _why_not_read(item)
        yield failed_task(part, error) if error else ReadTask(part, partial(_read_item, item), "NewsML-G2")


def _why_not_read(item: Any) -> UnreadableArticle | None:
    """Why the item gives no article, by what it says of itself; None for one to be read."""
    status = _find_attribute(item, "pubstatus", "qcode").lower()
    if status.rpartition(":")[2] in _WITHDRAWN_STATES:
        return UnreadableArticle(f"it was withdrawn by its sender ({status})", "Don't use it.")
    item_class = _find_attribute(item, "itemclass", "qcode").lower().rpartition(":")[2]
    if item_class and item_class not in _TEXT_CLASSES:
        return UnreadableArticle(f"its class is {item_class!r}, not text", "Nothing to do.")
    return None


def _read_item(item: Any) -> Document:
    """The item's story: NITF or XHTML in it, else its plain text."""
    metadata = _item_metadata(item)
    for content in find_all(item, "inlinexml"):
        nitf = find_first(content, "nitf")
        if nitf is not None:
            story = _read_nitf_tree(nitf)
            return replace(story, metadata=merge_metadata(metadata, story.metadata))
        page = find_first(content, "body", "div", "html")
        if page is not None:
            return arrange_paragraphs(with_title(iter_paragraphs(page), metadata.title), metadata)
    plain = find_first(item, "inlinedata")
    if plain is None:
        raise UnreadableArticle(*ITEM_WITHOUT_TEXT)
    return arrange_text("".join(plain.itertext()), metadata)


def _item_metadata(item: Any) -> Metadata:
    """The item's own; the first time it was sent goes before the time of this version."""
    dates = [text_of(node) for name in _CREATED for node in find_all(item, name)]
    meta = find_first(item, "contentmeta")
    if meta is None:
        return _make_metadata("", dates, _item_publisher(item, ""), ())
    return _make_metadata(
        text_of(find_first(meta, "headline")),
        dates,
        _item_publisher(item, text_of(find_first(meta, "creditline"))),
        split_authors(text_of(find_first(meta, "by"))),
        _find_attribute(meta, "language", "tag"),
    )


def _item_publisher(item: Any, credit_line: str) -> str:
    """The provider's name, else the credit line, else the provider's code ("ex:wire" gives "wire")."""
    provider = find_first(item, "provider")
    if provider is None:
        return credit_line
    name = text_of(next(find_children(provider, "name"), None))
    return name or credit_line or (provider.get("literal") or provider.get("qcode", "")).rpartition(":")[2]
