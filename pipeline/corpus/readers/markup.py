"""XML as agencies send it, read so that no file can make the parser do more than read it; and HTML in parts of a file.

lxml, set to expand no entities, load no DTD and open nothing else; libxml2's own limits on depth and size stay on.
A document that declares entities of its own is refused before it is parsed: in attributes libxml2 expands them
whatever is set. defusedxml has not been released since 2021 and its lxml part is deprecated.

Elements are looked for by their names in lower case and without a namespace, since senders differ in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import name2codepoint
from typing import Any

from pipeline.corpus.detect.decoding import decode_labelled, find_codec, find_mark, utf16_form
from pipeline.corpus.readers.arrange import Paragraph
from pipeline.corpus.readers.user_errors import with_details
from pipeline.errors import UnreadableArticle
from pipeline.records import Role

#: The declaration of an entity, anywhere in a document.
_ENTITY_DECLARATION = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)
#: A named entity such as "&nbsp;".
_NAMED_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
#: An XML declaration, and the encoding in it.
_DECLARATION = re.compile(rb"\s*<\?xml\b[^>]{0,200}\?>")
_ENCODING = re.compile(rb"""\bencoding\s*=\s*["']([\w.:-]{1,40})["']""")
#: Blank lines and comments above a declaration, where none may be.
_ABOVE_DECLARATION = re.compile(rb"(?:\s++|<!--(?:[^-]|-(?!->))*+-->)++(?=<\?xml\b)")
#: Bytes at the beginning in which the NUL bytes of UTF-16 are counted.
_SAMPLE = 200
#: The entities that XML itself defines.
_XML_ENTITIES = (b"amp", b"lt", b"gt", b"quot")
#: Blanks that are collapsed; a no-break space is kept.
_BLANKS = re.compile(r"[ \t\r\n]+")
#: Characters of the parser's own message that are shown.
MESSAGE_CHARS = 120

_ASK_SENDER = "Ask the sender for a complete copy, or save the article as text."
#: Why XML is not read, and what to do about it.
OWN_ENTITIES = ("the XML declares entities of its own, which can be made to do harm", _ASK_SENDER)


def parse_xml(data: bytes) -> Any:
    """Parse XML and return its root element.

    HTML's named letters such as &nbsp; are understood without the DTD that declares them. Raises UnreadableArticle for
    XML that is malformed or declares entities of its own.
    """
    from lxml import etree

    if _ENTITY_DECLARATION.search(data) or _ENTITY_DECLARATION.search(data.replace(b"\x00", b"")):
        raise UnreadableArticle(*OWN_ENTITIES)
    data = _NAMED_ENTITY.sub(_numbered_entity, _as_utf8(data))
    settings = {
        "resolve_entities": False, "load_dtd": False, "dtd_validation": False, "no_network": True, "huge_tree": False,
        "remove_comments": True, "remove_pis": True,
    }  # fmt: skip
    try:
        try:
            return etree.fromstring(data, etree.XMLParser(**settings))
        except etree.XMLSyntaxError as error:
            if error.code != etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE:
                raise
            # Feeds use prefixes that they don't declare ("itunes:author"); libxml2 takes these for part of the name.
            lenient = etree.XMLParser(**settings, recover=True)
            root = etree.fromstring(data, lenient)
            if root is None or lenient.error_log.filter_from_fatals():
                raise
            return root
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableArticle(with_details("the XML is malformed", error, MESSAGE_CHARS), _ASK_SENDER) from error


def _as_utf8(data: bytes) -> bytes:
    """The document in UTF-8 where it is declared, or taken, to be in that, in ISO-8859-1 or the like: these labels are
    often wrong, and are read as browsers read them. Others are left to the parser."""
    if find_mark(data) or utf16_form(data[:_SAMPLE], damaged=True):
        return data
    if above := _ABOVE_DECLARATION.match(data):
        data = data[above.end() :]
    declaration = _DECLARATION.match(data)
    label = _ENCODING.search(declaration[0]) if declaration else None
    codec = find_codec(label[1].decode("ascii")) if label else "utf-8"
    if codec not in ("utf-8", "cp1252"):
        return data
    body = data[declaration.end() :] if declaration else data
    return body if body.isascii() else decode_labelled(body, codec).encode("utf-8", "replace")


def _numbered_entity(entity: re.Match[bytes]) -> bytes:
    """HTML's names of letters (&nbsp;) as numbers: agencies write them without the DTD that declares them."""
    code = name2codepoint.get(entity[1].decode("ascii"))
    return entity[0] if code is None or entity[1] in _XML_ENTITIES else b"&#%d;" % code


def name_of(node: Any) -> str:
    """The element's name in lower case, without its namespace; "" for what is no element."""
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


def find_children(node: Any, *names: str) -> Iterator[Any]:
    """The elements of these names right below ``node``, in document order; those further down are not looked at."""
    return (child for child in node if name_of(child) in names)


def find_all(node: Any, *names: str) -> Iterator[Any]:
    """The elements of these names anywhere below ``node``, ``node`` itself included, in document order."""
    return (inner for inner in node.iter() if name_of(inner) in names)


def find_first(node: Any, *names: str) -> Any:
    """The first element of these names as ``find_all`` gives them, or None."""
    return next(find_all(node, *names), None)


def text_of(node: Any) -> str:
    """The text in an element, blanks collapsed, <br> and a byline's <byttl> apart by a blank; "" for None."""
    return _BLANKS.sub(" ", "".join(_iter_texts(node))).strip(" ") if node is not None else ""


def _iter_texts(node: Any) -> Iterator[str]:
    if not isinstance(node.tag, str):
        return
    if name_of(node) in ("br", "byttl"):
        yield " "
    yield node.text or ""
    for child in node:
        yield from _iter_texts(child)
        yield child.tail or ""


#: Times that markup may have been escaped, by a feed and by what the feed was made of.
_MOST_ESCAPES = 3
#: "&lt;p&gt;", "&amp;lt;br /&amp;gt;"; "&ldquo;", "&amp;#8220;"; the latter inside markup.
_ESCAPED_TAG = re.compile(
    r"&(?:amp;){0,2}lt;/?(?:p|div|br|h[1-6]|span|a|em|strong|b|i|ul|li|blockquote|img)\b", re.IGNORECASE
)
_ENTITY = re.compile(
    r"&(?:amp;){0,2}(?:[lr][sd]quo|[mn]dash|hellip|nbsp|quot|apos|amp|#\d{2,5}|#x[0-9a-f]{2,4});", re.IGNORECASE
)
_ESCAPED_ENTITY = re.compile(
    r"&amp;([lr][sd]quo|[mn]dash|hellip|nbsp|quot|apos|amp|#\d{2,5}|#x[0-9a-f]{2,4});", re.IGNORECASE
)
#: Elements that are a paragraph, heading, cell of their own where markup is part of a record or message.
_BLOCKS = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "tr", "table", "ul", "ol", "section",
    "article", "figure", "figcaption", "header", "footer", "aside", "dl", "dt", "dd", "hr", "body", "html", "address",
})  # fmt: skip
#: Elements that tell the role of their paragraph.
_ROLES: dict[str, Role] = {
    "h1": "subheading", "h2": "subheading", "h3": "subheading", "h4": "subheading", "h5": "subheading",
    "h6": "subheading", "figcaption": "caption",
}  # fmt: skip
#: Elements whose content is no text of the article.
_NO_TEXT = frozenset({"script", "style", "template", "noscript", "head", "iframe", "svg", "form", "button"})


def unescape_markup(text: str) -> str:
    """A text whose markup was escaped once too often, as ``&lt;p&gt;`` and ``&amp;ldquo;``, as it was meant."""
    for _ in range(_MOST_ESCAPES):
        if "<" in text:
            return _ESCAPED_ENTITY.sub(r"&\1;", text)
        if not (_ESCAPED_TAG.search(text) or _ENTITY.search(text)):
            break
        text = unescape(text)
    return text


def parse_fragment(markup: str) -> Iterator[Paragraph]:
    """The paragraphs of HTML that is all article: the value of a field, not a page with what surrounds it."""
    from lxml import html as lxml_html

    root = lxml_html.fragment_fromstring(markup.replace("\x00", " "), create_parent="div")
    yield from iter_paragraphs(root)


def iter_paragraphs(root: Any) -> Iterator[Paragraph]:
    """The paragraphs below an element of HTML or XHTML, blanks collapsed, with what their elements say of their role.

    A paragraph ends wherever a block element begins or ends: <h2> gives a subheading, <figcaption> a caption, other
    elements leave the role open (None).
    """
    texts: list[str] = []
    role: Role | None = None
    for node, is_end in _starts_and_ends(root):
        name = name_of(node)
        is_block = name in _BLOCKS
        if is_block and texts:
            yield _BLANKS.sub(" ", "".join(texts)), role
            texts = []
        if is_end:
            role = None if is_block else role
            if node is not root:
                texts.append(node.tail or "")
        elif _has_text(name):
            role = _ROLES.get(name) if is_block else role
            texts.append("\n" if name == "br" else node.text or "")
    if texts:
        yield _BLANKS.sub(" ", "".join(texts)), role


def _starts_and_ends(root: Any) -> Iterator[tuple[Any, bool]]:
    """Each element where it begins and (True) where it ends, in document order; nothing below one without text."""
    waiting: list[tuple[Any, bool]] = [(root, False)]
    while waiting:
        node, is_end = waiting.pop()
        yield node, is_end
        if not is_end:
            waiting.append((node, True))
            if _has_text(name_of(node)):
                waiting.extend((child, False) for child in reversed(node))


def _has_text(name: str) -> bool:
    return bool(name) and name not in _NO_TEXT
