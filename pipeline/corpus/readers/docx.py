"""DOCX: the paragraphs of a Word document, insertions accepted, deletions left out; styles tell headings and captions.

Title, author and dates among the document's properties are those of the file (a template, whoever typed it, the day
it was begun), not of the article, and are not used.
"""

from __future__ import annotations

import email
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pipeline.corpus.detect.decoding import decode_english
from pipeline.corpus.document import Document
from pipeline.corpus.html.decoding import decode_page
from pipeline.corpus.limits import MAX_BYTES
from pipeline.corpus.metadata import Metadata
from pipeline.corpus.readers.arrange import Paragraph, arrange_paragraphs
from pipeline.corpus.readers.markup import parse_fragment
from pipeline.corpus.readers.rtf import read_rtf
from pipeline.corpus.readers.user_errors import with_details
from pipeline.errors import UnreadableArticle
from pipeline.records import Role

#: Bytes that all members of a document may unpack to: pictures are large, and none is looked at.
MAX_UNPACKED = 4 * MAX_BYTES

#: WordprocessingML's namespace, as lxml writes it before a tag.
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: The attribute that names the part of the file which an element stands for.
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: What older programs show instead of a newer element: the same words once more.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: Style names as Word stores them in every language, in lower case.
_ROLES: dict[str, Role] = {
    "title": "headline",
    "subtitle": "subheading",
    "caption": "caption",
    "header": "footer",
    "footer": "footer",
    **{f"heading {level}": "subheading" for level in range(1, 10)},
}
#: Elements that stand for a character.
_CHARACTERS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}
#: Elements of a paragraph without words of its own: other paragraphs, properties, deletions, older renderings.
_PASSED_OVER = frozenset({f"{_W}p", f"{_W}pPr", f"{_W}del", f"{_W}moveFrom", _FALLBACK})
#: What python-docx raises for documents without what it looks for, besides its own errors.
_BROKEN_ERRORS = (AttributeError, KeyError, TypeError, ValueError, zipfile.BadZipFile)

_SAVE_AGAIN = "Open it in Word or LibreOffice and save it again."
#: Why a document is not read, and what to do about it.
NOT_WHOLE = ("the DOCX is damaged or cut off", _SAVE_AGAIN)
EXPANDS_TOO_MUCH = (f"the DOCX unpacks to more than {MAX_UNPACKED // 1_000_000} MB", "Save its text alone.")


def read_docx(data: bytes) -> Document:
    """Read the text of a document's body in its order, tables cell by cell.

    Word's styles give the roles: "Title" (else the first "Heading 1") is the headline, other headings are subheadings,
    captions captions. Raises UnreadableArticle for a damaged document, one that is too large, and one without text.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    _check_size(data)
    try:
        document = docx.Document(BytesIO(data))
        styles = {style.style_id: (style.name or "").lower() for style in document.styles}
        paragraphs = [*_iter_paragraphs(document.element.body, styles), *_iter_chunks(document)]
        return arrange_paragraphs(paragraphs, Metadata())
    except (*_BROKEN_ERRORS, PackageNotFoundError, XMLSyntaxError) as error:
        raise UnreadableArticle(with_details("the DOCX is damaged", error), _SAVE_AGAIN) from error


def _check_size(data: bytes) -> None:
    try:
        unpacked = sum(member.file_size for member in zipfile.ZipFile(BytesIO(data)).infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise UnreadableArticle(*NOT_WHOLE) from error
    if unpacked > MAX_UNPACKED:
        raise UnreadableArticle(*EXPANDS_TOO_MUCH)


def _iter_paragraphs(body: Any, styles: dict[str, str]) -> Iterator[Paragraph]:
    """The paragraphs with their roles; ``styles`` are the names of styles by their ids."""
    styled = [
        (_paragraph_text(paragraph), _style_of(paragraph, styles))
        for paragraph in body.iter(f"{_W}p")
        if not any(parent.tag == _FALLBACK for parent in paragraph.iterancestors())
    ]
    has_title = any(style == "title" and words.strip() for words, style in styled)
    for words, style in styled:
        role = _ROLES.get(style)
        if style == "heading 1" and not has_title and words.strip():
            role, has_title = "headline", True  # most writers never find the style "Title"
        yield words, role


def _iter_chunks(document: Any) -> Iterator[Paragraph]:
    """The paragraphs of other files that the document takes in, as export tools write them: HTML, MHTML, text, RTF."""
    for chunk in document.element.body.iter(f"{_W}altChunk"):
        part = document.part.related_parts[chunk.get(_RELATION, "")]
        if "html" in part.content_type:
            yield from parse_fragment(decode_page(part.blob))
        elif "rfc822" in part.content_type:
            for inner in email.message_from_bytes(part.blob).walk():
                if inner.get_content_type() == "text/html":
                    payload = inner.get_payload(decode=True)
                    yield from parse_fragment(decode_page(payload)) if isinstance(payload, bytes) else ()
        elif "rtf" in part.content_type:
            yield from ((line, None) for line in read_rtf(part.blob).text.splitlines())
        elif part.content_type.startswith("text/plain"):
            yield from ((line, None) for line in decode_english(part.blob).splitlines())


def _style_of(paragraph: Any, styles: dict[str, str]) -> str:
    """The name of the paragraph's style in lower case, "" for the default one."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return styles.get(style.get(f"{_W}val", ""), "") if style is not None else ""


def _paragraph_text(paragraph: Any) -> str:
    """The paragraph's words; those of a paragraph inside it (a text box) stand on their own."""
    texts: list[str] = []
    open_nodes = [iter(paragraph)]
    while open_nodes:
        node = next(open_nodes[-1], None)
        if node is None:
            open_nodes.pop()
        elif node.tag == f"{_W}t":
            texts.append(node.text or "")
        elif node.tag in _CHARACTERS:
            texts.append(_CHARACTERS[node.tag])
        elif node.tag not in _PASSED_OVER:
            open_nodes.append(iter(node))
    return "".join(texts)
