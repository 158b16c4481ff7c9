"""XML as agencies send it, read so that no file can make the parser do more than read it.

lxml, set to expand no entities, load no DTD and open nothing else; libxml2's own limits on depth and size stay on.
A document that declares entities of its own is refused before it is parsed: in attributes libxml2 expands them
whatever is set. defusedxml has not been released since 2021 and its lxml part is deprecated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import name2codepoint
from typing import Any

from pipeline.corpus.readers.arrange import Part
from pipeline.errors import UnreadableArticle
from pipeline.records import Role

_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_SPACE = re.compile(r"[ \t\r\n]+")
MEND = "Ask the sender for a whole copy, or save the article as text."


def parse_xml(data: bytes) -> Any:
    """The root element. Raises UnreadableArticle for XML that is broken or declares entities of its own."""
    from lxml import etree

    if _ENTITY.search(data) or _ENTITY.search(data.replace(b"\x00", b"")):
        raise UnreadableArticle("XML that declares entities of its own, which can be made to harm", MEND)
    data = _NAMED.sub(_numbered, data)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, dtd_validation=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableArticle(f"broken XML: {' '.join(str(error).split())[:120]}", MEND) from error


def _numbered(found: re.Match[bytes]) -> bytes:
    """HTML's names of letters (&nbsp;) as numbers: agencies write them without the DTD that declares them."""
    code = name2codepoint.get(found[1].decode("ascii"))
    return found[0] if code is None or found[1] in (b"amp", b"lt", b"gt", b"quot") else b"&#%d;" % code


def name_of(node: Any) -> str:
    """The element's name in lower case, without its namespace; "" for what is no element."""
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


def children(node: Any, *names: str) -> Iterator[Any]:
    """The elements of these names right below ``node``."""
    return (child for child in node if name_of(child) in names)


def below(node: Any, *names: str) -> Iterator[Any]:
    """The elements of these names anywhere below ``node``, in document order."""
    return (each for each in node.iter() if name_of(each) in names)


def first(node: Any, *names: str) -> Any:
    """The first element of these names below ``node``, or None."""
    return next(below(node, *names), None)


def words(node: Any) -> str:
    """The text in an element, blanks collapsed; "" for None."""
    return _SPACE.sub(" ", "".join(_pieces(node))).strip(" ") if node is not None else ""


def _pieces(node: Any) -> Iterator[str]:
    if not isinstance(node.tag, str):
        return
    if name_of(node) == "br":
        yield " "
    yield node.text or ""
    for child in node:
        yield from _pieces(child)
        yield child.tail or ""


#: Elements that are a paragraph, heading, cell of their own where markup is part of a record or message.
_BLOCKS = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "tr", "table", "ul", "ol", "section",
    "article", "figure", "figcaption", "header", "footer", "aside", "dl", "dt", "dd", "hr", "body", "html", "address",
})  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NO_TEXT = frozenset({"script", "style", "template", "noscript", "head", "iframe", "svg", "form", "button"})


def fragment_parts(markup: str) -> Iterator[Part]:
    """The paragraphs of HTML that is all article: the value of a field, not a page with what surrounds it."""
    from lxml import html as lxml_html

    root = lxml_html.fragment_fromstring(markup.replace("\x00", " "), create_parent="div")
    yield from flow(root)


def flow(root: Any) -> Iterator[Part]:
    """The paragraphs below an element of HTML or XHTML, with what their elements say of their role."""
    pieces: list[str] = []
    role: Role | None = None
    waiting: list[tuple[Any, bool]] = [(root, False)]
    while waiting:
        node, closing = waiting.pop()
        name = name_of(node)
        breaks = name in _BLOCKS
        if breaks and pieces:
            yield _SPACE.sub(" ", "".join(pieces)), role
            pieces = []
        if closing:
            role = None if breaks else role
            if node is not root:
                pieces.append(node.tail or "")
            continue
        waiting.append((node, True))
        if name and name not in _NO_TEXT:
            if breaks:
                role = "subheading" if name in _HEADINGS else "caption" if name == "figcaption" else None
            pieces.append("\n" if name == "br" else node.text or "")
            waiting.extend((child, False) for child in reversed(node))
    if pieces:
        yield _SPACE.sub(" ", "".join(pieces)), role
