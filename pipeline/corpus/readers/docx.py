"""DOCX: the paragraphs of a Word document, insertions accepted, deletions left out; styles tell headings and captions.

Title, author and dates among the document's properties are those of the file (a template, whoever typed it, the day
it was begun), not of the article, and are not used.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pipeline.corpus.document import Document
from pipeline.corpus.limits import MAX_BYTES
from pipeline.corpus.metadata import Metadata
from pipeline.corpus.readers.arrange import Part, arrange
from pipeline.errors import UnreadableArticle
from pipeline.records import Role

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
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
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}
#: What python-docx raises for documents without what it looks for, besides its own errors.
_BROKEN = (AttributeError, KeyError, TypeError, ValueError, zipfile.BadZipFile)
MEND = "Open it in Word or LibreOffice and save it again."


def read_docx(data: bytes) -> Document:
    """The text of a document's body in its order, tables cell by cell. Raises UnreadableArticle."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    _check_size(data)
    try:
        document = docx.Document(BytesIO(data))
        styles = {style.style_id: (style.name or "").lower() for style in document.styles}
        return arrange(_parts(document.element.body, styles), Metadata())
    except (*_BROKEN, PackageNotFoundError, XMLSyntaxError) as error:
        raise UnreadableArticle(f"broken DOCX: {' '.join(str(error).split())[:100]}", MEND) from error


def _check_size(data: bytes) -> None:
    try:
        total = sum(member.file_size for member in zipfile.ZipFile(BytesIO(data)).infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise UnreadableArticle("broken or cut off: not a whole DOCX", MEND) from error
    if total > 4 * MAX_BYTES:
        raise UnreadableArticle(f"it unpacks to {total // 1_000_000} MB", "Save its text alone.")


def _parts(body: Any, styles: dict[str, str]) -> Iterator[Part]:
    parts: list[tuple[str, str]] = []
    for paragraph in body.iter(f"{_W}p"):
        if any(parent.tag == _FALLBACK for parent in paragraph.iterancestors()):
            continue
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = styles.get(style.get(f"{_W}val", ""), "") if style is not None else ""
        parts.append((_text(paragraph), name))
    titled = any(name == "title" and words.strip() for words, name in parts)
    for words, name in parts:
        role = _ROLES.get(name)
        if role == "subheading" and name == "heading 1" and not titled and words.strip():
            role, titled = "headline", True  # most writers never find the style "Title"
        yield words, role


def _text(paragraph: Any) -> str:
    """The paragraph's words; those of a paragraph inside it (a text box) stand on their own."""
    pieces: list[str] = []
    waiting = [iter(paragraph)]
    while waiting:
        node = next(waiting[-1], None)
        if node is None:
            waiting.pop()
        elif node.tag == f"{_W}t":
            pieces.append(node.text or "")
        elif node.tag in _BREAKS:
            pieces.append(_BREAKS[node.tag])
        elif node.tag not in (f"{_W}p", f"{_W}pPr", f"{_W}del", f"{_W}moveFrom", _FALLBACK):
            waiting.append(iter(node))
    return "".join(pieces)
