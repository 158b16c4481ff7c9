"""What agencies send: NITF, and NewsML-G2 with NITF, XHTML or plain text in it (IPTC standards)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from pipeline.corpus.document import Document
from pipeline.corpus.metadata import Metadata, merge_metadata, split_authors
from pipeline.corpus.metadata.days import parse_day
from pipeline.corpus.readers.arrange import Part, arrange, titled, with_title
from pipeline.corpus.readers.markup import below, children, first, flow, name_of, parse_xml, words
from pipeline.corpus.readers.source import ReadTask, Source, failed_task
from pipeline.errors import UnreadableArticle
from pipeline.text.normalize import replace_control_characters

#: Elements of NITF's body that hold the words of one paragraph.
_PARAGRAPHS = frozenset({"p", "hl1", "hl2", "li", "dt", "dd", "tr", "pre", "credit", "media-caption", "media-producer",
                         "abstract", "tagline", "byline", "dateline", "note", "bq"})  # fmt: skip
_ROLES: dict[str, Any] = {
    "hl1": "headline", "hl2": "subheading", "byline": "credit", "dateline": "dateline", "tagline": "footer",
    "media-caption": "caption", "media-producer": "credit", "credit": "credit",
}  # fmt: skip
#: Never part of the story.
_PASSED_OVER = frozenset({"head", "rights", "media-metadata", "media-reference", "notes"})
_WITHDRAWN = ("canceled", "withheld")


def read_nitf(data: bytes) -> Iterator[Document]:
    """The story of a NITF file. Raises UnreadableArticle."""
    yield _nitf(parse_xml(data))


def _nitf(root: Any) -> Document:
    body = first(root, "body")
    parts = list(_nitf_parts(body if body is not None else root))
    return arrange(parts, _nitf_metadata(root))


def _nitf_parts(body: Any) -> Iterator[Part]:
    headed = False
    waiting = [iter([body])]
    while waiting:
        node = next(waiting[-1], None)
        if node is None:
            waiting.pop()
            continue
        name = name_of(node)
        if not name or name in _PASSED_OVER:
            continue
        inner = any(name_of(child) in _PARAGRAPHS for child in node.iter() if child is not node)
        if name in _PARAGRAPHS and not (inner and name in ("abstract", "bq", "li", "dd")):
            role = _ROLES.get(name)
            if role == "headline":
                role, headed = ("subheading" if headed else "headline"), True
            yield words(node), role
        else:
            waiting.append(iter(node))


def _nitf_metadata(root: Any) -> Metadata:
    days = [_attribute(root, "date.issue", "norm"), _attribute(root, "pubdata", "date.publication")]
    days += [words(first(root, "story.date"))]
    day = next((found for each in days if (found := parse_day(each))), None)
    publisher = _attribute(root, "pubdata", "name") or words(first(root, "distributor"))
    publisher = publisher or _attribute(root, "doc.copyright", "holder")
    byline = first(root, "byline")
    persons = [words(person) for person in below(byline, "person")] if byline is not None else []
    return _known(
        words(first(root, "hl1")) or words(first(root, "title")),
        day,
        publisher,
        persons or split_authors(words(byline)),
    )


def _attribute(node: Any, name: str, attribute: str) -> str:
    """The attribute of the first element called ``name``, "" without one."""
    found = first(node, name)
    return found.get(attribute, "") if found is not None else ""


def _known(title: str, day: date | None, publisher: str, authors: list[str], language: str = "") -> Metadata:
    persons = tuple(filter(None, map(replace_control_characters, authors)))
    title, publisher = replace_control_characters(title), replace_control_characters(publisher)
    return Metadata(title, day, "metadata" if day else "", publisher, "", persons, language)


def in_newsml(source: Source) -> Iterator[Source | ReadTask]:
    """The news items of a NewsML-G2 file, one article each; pictures and packages' lists give none."""
    root = parse_xml(source.all())
    items = list(below(root, "newsitem"))
    if not items:
        raise UnreadableArticle("NewsML-G2 without a news item in it", "Ask the sender for the items themselves.")
    for number, item in enumerate(items, start=1):
        part = f"{source.part}#{number}" if len(items) > 1 else source.part
        problem = _no_story(item)
        yield failed_task(part, problem) if problem else ReadTask(part, partial(_read_item, item), "NewsML-G2")


def _no_story(item: Any) -> UnreadableArticle | None:
    status = _attribute(item, "pubstatus", "qcode").lower()
    if status.rpartition(":")[2] in _WITHDRAWN:
        return UnreadableArticle(f"withdrawn by its sender ({status})", "Don't use it.")
    kind = _attribute(item, "itemclass", "qcode").lower()
    if kind and kind.rpartition(":")[2] not in ("text", "composite"):
        return UnreadableArticle(f"no text but {kind.rpartition(':')[2]}", "Nothing to do.")
    return None


def _read_item(item: Any) -> Iterator[Document]:
    known = _item_metadata(item)
    for content in below(item, "inlinexml"):
        nitf = first(content, "nitf")
        if nitf is not None:
            found = _nitf(nitf)
            yield replace(found, metadata=merge_metadata(known, found.metadata))
            return
        page = first(content, "body", "div", "html")
        if page is not None:
            yield arrange(with_title(flow(page), known.title), known)
            return
    for content in below(item, "inlinedata"):
        yield titled("".join(content.itertext()), known)
        return
    raise UnreadableArticle("a news item without text in it", "Ask the sender for the text.")


def _item_metadata(item: Any) -> Metadata:
    """The item's own; the first time it was sent goes before the time of this version."""
    days = [words(node) for name in ("firstcreated", "versioncreated", "contentcreated") for node in below(item, name)]
    day = next((found for each in days if (found := parse_day(each))), None)
    meta = first(item, "contentmeta")
    headline = words(first(meta, "headline")) if meta is not None else ""
    byline = words(first(meta, "by")) if meta is not None else ""
    provider = first(item, "provider")
    publisher = words(next(iter(children(provider, "name")), None)) if provider is not None else ""
    publisher = publisher or (words(first(meta, "creditline")) if meta is not None else "")
    if not publisher and provider is not None:
        publisher = (provider.get("literal") or provider.get("qcode", "")).rpartition(":")[2]
    language = _attribute(meta, "language", "tag") if meta is not None else ""
    return _known(headline, day, publisher, split_authors(byline), language)
