"""What kind of file it is, by its content: first bytes, then structure. The ending of its name settles only what the
content leaves open (a table, a mail)."""

from __future__ import annotations

import codecs
import json
import re
from typing import Literal

from pipeline.corpus.limits import HEAD_BYTES
from pipeline.corpus.metadata.fields import is_text_name
from pipeline.errors import UnreadableArticle

Kind = Literal[
    "text", "HTML", "PDF", "DOCX", "RTF", "mail", "mbox", "JSON", "JSON Lines", "table", "NITF", "NewsML-G2", "feed",
    "WARC", "ZIP", "TAR", "gzip", "bzip2", "xz",
]  # fmt: skip
#: Kinds that are read piece by piece; a file of any other kind is held in memory whole.
STREAMED: frozenset[Kind] = frozenset({"mbox", "JSON Lines", "table", "WARC", "ZIP", "TAR", "gzip", "bzip2", "xz"})

#: First bytes and what begins with them, after the table of file(1) and each format's own definition.
_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"WARC/", "WARC"),
    (b"{\\rtf", "RTF"),
)
_UNREAD = (
    (b"\x89PNG\r\n\x1a\n", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"II*\x00", "an image (TIFF)"),
    (b"MM\x00*", "an image (TIFF)"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"\x7fELF", "a program"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_ZIP = (
    ("word/document.xml", "DOCX"),
    ("xl/workbook.xml", "an Excel workbook (XLSX)"),
    ("xl/workbook.bin", "an Excel workbook (XLSB)"),
    ("ppt/presentation.xml", "a PowerPoint file (PPTX)"),
    ("META-INF/container.xml", "an e-book (EPUB)"),
    ("META-INF/manifest.xml", "an OpenDocument file (ODT)"),
)
SAVE_AS = "Save it in a format that is read (text, HTML, PDF with text, DOCX, RTF, mail, JSON, CSV) and run again."

_HTML = re.compile(
    r"<(?:!doctype html|/?(?:html|head|body|p|div|article|section|main|h[1-6]|span|table|meta|script|style|link|title"
    r"|ul|br)\b)",
    re.IGNORECASE,
)
#: What may stand before the root element. Possessive, so that no file can make the search go back and forth.
_PROLOG = re.compile(
    r"\s*+(?:<\?(?:[^?]|\?(?!>))*+\?>\s*+|<!--(?:[^-]|-(?!->))*+-->\s*+|<!DOCTYPE[^\[>]*+(?:\[[^\]]*+\]\s*+)?+>\s*+)*+",
    re.IGNORECASE,
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)[\s/>]")
_ROOTS: dict[str, Kind] = {
    "nitf": "NITF",
    "newsmessage": "NewsML-G2",
    "newsitem": "NewsML-G2",
    "packageitem": "NewsML-G2",
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "html": "HTML",
}
_HEADER = re.compile(r"(?<![A-Za-z0-9-])([A-Za-z][A-Za-z0-9-]*):(?:[ \t]|\r?$)", re.MULTILINE)
_MAIL_HEADERS = frozenset({"from", "to", "subject", "date", "cc", "reply-to", "sender"})
_MAIL_MARKS = frozenset({"message-id", "mime-version", "received", "return-path", "delivered-to", "content-type"})
_MBOX = re.compile(rb"From \S+.{0,60}\d\d:\d\d.{0,20}\d{4}.{0,10}\r?\n[A-Za-z-]+:")
_TABLE_ENDINGS = (".csv", ".tsv", ".tab")
DELIMITERS = ",;\t|"


def kind_of(data: bytes, name: str = "", *, text_field: str = "", whole: bool = True) -> Kind:
    """The kind of the file ``name`` that begins with ``data``; ``whole`` says that this is all of it.

    ``text_field`` is the column or key that the user named for the text. Raises UnreadableArticle for an empty file
    and for the kinds that are recognised but not read, naming them.
    """
    if not data.strip():
        raise UnreadableArticle("the file is empty", "Put the article's text into it, or delete it.")
    return _kind_by_magic(data, whole) or _kind_by_structure(data, name.lower(), text_field, whole)


def _kind_by_magic(data: bytes, whole: bool) -> Kind | None:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "PDF"
    if data[257:262] == b"ustar":
        return "TAR"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_in_zip(data, whole)
    for magic, form in _UNREAD:
        if data.startswith(magic):
            raise _refused(form)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableArticle("a Word or Excel file with a password", "Save it without its password.")
        raise _refused("an old Word, Excel or Outlook file")
    if data.startswith(b"RIFF") and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        raise _refused("an image (WebP)" if data[8:12] == b"WEBP" else "a recording")
    if data[4:8] == b"ftyp":
        raise _refused("a video or recording (MP4)")
    return None


def _refused(form: str) -> UnreadableArticle:
    return UnreadableArticle(f"not an article: it looks like {form}", SAVE_AS)


def _kind_in_zip(data: bytes, whole: bool) -> Kind:
    """A ZIP, or the office document that a ZIP with such members is."""
    if not whole:  # larger than any document may be
        return "ZIP"
    import zipfile  # slow to load, and no text needs it
    from io import BytesIO

    try:
        names = set(zipfile.ZipFile(BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        # A list of members at its end is what a truncated one lacks; the names stand before each member too.
        names = {name for name, _ in _IN_ZIP if name.encode() in data}
    for member, form in _IN_ZIP:
        if member in names:
            if form == "DOCX":
                return "DOCX"
            raise _refused(form)
    return "ZIP"


def _kind_by_structure(data: bytes, name: str, text_field: str, whole: bool) -> Kind:
    if _MBOX.match(data):
        return "mbox"
    text = _loosely(data[:HEAD_BYTES])
    start = text.lstrip()[:1]
    if start == "<":
        return _kind_of_markup(text)
    if start in ("{", "["):
        found = _kind_of_json(_loosely(data), whole)
        if found:
            return found
    if _is_mail(text, name):
        return "mail"
    if _is_table(text, name, text_field):
        return "table"
    return "text"


def _loosely(data: bytes) -> str:
    """The text well enough to see its structure; markup is ASCII in every encoding but UTF-16."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")


def _kind_of_markup(text: str) -> Kind:
    prolog = _PROLOG.match(text)
    body = text[prolog.end() :] if prolog else text
    root = _ROOT.match(body)
    declared = text.lstrip()[:9].lower()
    if root and (kind := _ROOTS.get(root[1].lower())):
        return kind
    if _HTML.match(body) or declared == "<!doctype" or text.lstrip().startswith("<!--"):
        return "HTML"
    if declared.startswith("<?xml"):
        what = f" <{root[1][:40]}>" if root else ""
        raise UnreadableArticle(f"XML of a kind that is not read:{what or ' no root element'}", SAVE_AS)
    return "text"


def _kind_of_json(text: str, whole: bool) -> Kind | None:
    """JSON, or JSON Lines when the first line alone is an object; text that only begins with a bracket is neither."""
    first, _, rest = text.strip().partition("\n")
    if rest.strip() and _is_json(first, dict):
        return "JSON Lines"
    if _is_json(text, dict | list):
        return "JSON"
    looks = re.match(r'\s*(?:\[\s*)?\{\s*"[^"\n]{1,60}"\s*:', text)
    if looks and whole:
        raise UnreadableArticle(f"broken JSON: {_json_error(text)}", "Mend the file or save it as text.")
    return "JSON" if looks else None


def _is_json(text: str, kinds: type | object) -> bool:
    try:
        return isinstance(json.loads(text), kinds)  # type: ignore[arg-type]
    except (ValueError, RecursionError):
        return False


def _json_error(text: str) -> str:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return f"line {error.lineno}: {error.msg}"
    except (ValueError, RecursionError):
        pass
    return "nested too deeply"


def _is_mail(text: str, name: str) -> bool:
    """Header lines on top: two usual ones and one that only mail software writes, or the ending .eml."""
    if not _HEADER.match(text):
        return False
    head = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]
    names = {found.lower() for found in _HEADER.findall(head)}
    usual = len(names & _MAIL_HEADERS)
    return usual >= 2 and (bool(names & _MAIL_MARKS) or name.endswith((".eml", ".mht", ".mhtml")))


def _is_table(text: str, name: str, text_field: str) -> bool:
    if name.endswith(_TABLE_ENDINGS):
        return True
    delimiter, header = header_of(text)
    named = {cell.strip() for cell in header}
    if len(header) < 2 or not delimiter or any(len(cell) > 40 for cell in header):
        return False
    if text_field and text_field in named:
        return True
    names = [cell.strip() for cell in header]
    # A sentence may be split by its commas too; the names of columns are words without blanks, written alike.
    return all(re.fullmatch(r"[\w.-]+", cell) for cell in names if cell) and any(is_text_name(cell) for cell in names)


def header_of(text: str) -> tuple[str, list[str]]:
    """The delimiter of a table and the cells of its first line; ("", [that line]) when nothing delimits."""
    line = text.lstrip("\ufeff\r\n").split("\n", 1)[0].rstrip("\r")[:20_000]
    delimiter = max(DELIMITERS, key=line.count)
    if delimiter not in line:
        return "", [line.strip().strip('"')]
    import csv  # as above

    try:
        return delimiter, next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return "", [line]
