"""Bytes to text (encoding.py says in which letters). What is no plain text is refused with its reason."""

from __future__ import annotations

import codecs

from pipeline.corpus.detect.encoding import SAVE_AS_TEXT, has_utf16_form, to_text
from pipeline.errors import UnreadableArticle

#: C0 controls but tab, line breaks, form feed, Ctrl-Z and escape.
_CONTROLS = bytes(sorted({*range(0x20), 0x7F} - {*b"\t\n\v\f\r\x1a\x1b"}))
#: A text may hold a stray control character or two; from this share on it is binary.
_CONTROL_SHARE = 0.005


def decode(data: bytes) -> str:
    """The text in ``data`` without a byte order mark, line endings unchanged.

    Raises UnreadableArticle for an empty file, a binary one and a broken or unknown encoding.
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
    return text


def _binary_form(data: bytes) -> str:
    """What kind of binary file this is, or "" for text."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)) or has_utf16_form(data):
        return ""
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return "binary data" if controls > max(2, _CONTROL_SHARE * len(data)) else ""
