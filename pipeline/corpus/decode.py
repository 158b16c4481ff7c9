"""Bytes to text (encoding.py says in which letters). What is no plain text is refused with its reason."""

from __future__ import annotations

import codecs
import json
import re

from pipeline.corpus.encoding import SAVE_AS_TEXT, has_utf16_form, to_text
from pipeline.errors import UnreadableArticle

#: First bytes and what begins with them, after the table of file(1) and each format's own definition.
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n\x1a\n", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"II*\x00", "an image (TIFF)"),
    (b"MM\x00*", "an image (TIFF)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or Outlook file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"\x7fELF", "a program"),
)
_ZIP = b"PK\x03\x04"
_IN_ZIP = (
    (b"word/", "a Word document (DOCX)"),
    (b"xl/", "an Excel workbook (XLSX)"),
    (b"ppt/", "a PowerPoint file (PPTX)"),
    (b"application/epub", "an e-book (EPUB)"),
    (b"opendocument", "an OpenDocument file (ODT)"),
)
#: C0 controls but tab, line breaks, form feed, Ctrl-Z and escape.
_CONTROLS = bytes(sorted({*range(0x20), 0x7F} - {*b"\t\n\v\f\r\x1a\x1b"}))
#: A text may hold a stray control character or two; from this share on it is binary.
_CONTROL_SHARE = 0.005
_HTML = re.compile(
    r"\s*(?:<!doctype html|<\?xml|<!--|</?(?:html|head|body|p|div|article|section|main|h[1-6]|span|table|meta|script"
    r"|style|link|title|ul|br)\b)",
    re.IGNORECASE,
)


def decode(data: bytes) -> str:
    """The text in ``data`` without a byte order mark, line endings unchanged.

    Raises UnreadableArticle for an empty file, a binary one, a broken or unknown encoding, and for HTML, JSON and RTF
    source, saying which.
    """
    if not data.strip():
        raise UnreadableArticle("the file is empty", "Put the article's text into it, or delete it.")
    form = _binary_form(data)
    if form:
        raise UnreadableArticle(f"not a text file: it looks like {form}", SAVE_AS_TEXT)
    text = to_text(data)
    if not text.strip("\ufeff\u200b \t\r\n\f\v\xa0\x1a"):
        raise UnreadableArticle("the file holds nothing but blanks", "Put the article's text into it, or delete it.")
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise UnreadableArticle(f"not a text file: a NUL character in line {line}", SAVE_AS_TEXT)
    source = _source_format(text)
    if source:
        raise UnreadableArticle(f"{source} is not read yet", SAVE_AS_TEXT)
    return text


def _binary_form(data: bytes) -> str:
    """What kind of binary file this is, or "" for text."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    if data.startswith(_ZIP):
        return next((name for mark, name in _IN_ZIP if mark in data), "a ZIP archive")
    if data.startswith(b"RIFF") and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "an image (WebP)" if data[8:12] == b"WEBP" else "a recording"
    if data[4:8] == b"ftyp":
        return "a video or recording (MP4)"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)) or has_utf16_form(data):
        return ""
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return "binary data" if controls > max(2, _CONTROL_SHARE * len(data)) else ""


def _source_format(text: str) -> str:
    """ "HTML", "JSON" or "RTF" when the text is source of that format, else ""."""
    if text.startswith("{\\rtf"):
        return "RTF"
    if _HTML.match(text):
        return "HTML or XML source"
    return "JSON" if text.lstrip()[:1] in ("{", "[") and _is_json(text.strip()) else ""


def _is_json(text: str) -> bool:
    """Whether the text is JSON, or its first line is an object of JSON Lines."""
    for part in (text, text.partition("\n")[0]):
        try:
            value = json.loads(part)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) or (isinstance(value, list) and part is text):
            return True
    return False
