"""Bytes to text: UTF-8, UTF-16 with a byte order mark, cp1252. What is no plain text is refused with its reason."""

from __future__ import annotations

import codecs
import re

from pipeline.errors import UnreadableArticle

SAVE_AS_TEXT = "Save the article as plain text (UTF-8) and run again."

#: C0 controls but tab, line breaks, form feed, Ctrl-Z and escape.
_CONTROLS = bytes(sorted({*range(0x20), 0x7F} - {*b"\t\n\v\f\r\x1a\x1b"}))
#: A text may hold a stray control character or two; from this share on it is binary.
_CONTROL_SHARE = 0.005
#: English in cp1252 has few letters beyond ASCII; other scripts read as cp1252 have mostly such.
_HIGH_SHARE = 0.2
#: In UTF-16 the upper byte of every ASCII letter is NUL: of every other byte at least this share, of the rest none.
_NUL_SHARE = 0.7


def decode(data: bytes) -> str:
    """The text in ``data`` without a byte order mark, line endings unchanged.

    Raises UnreadableArticle for an empty file, a binary one and a broken or unknown encoding.
    """
    if not data.strip():
        raise UnreadableArticle("the file is empty", "Put the article's text into it, or delete it.")
    form = _binary_form(data)
    if form:
        raise UnreadableArticle(f"not a text file: it looks like {form}", SAVE_AS_TEXT)
    text = _to_text(data)
    if not text.strip("\ufeff\u200b \t\r\n\f\v\xa0\x1a"):
        raise UnreadableArticle("the file holds nothing but blanks", "Put the article's text into it, or delete it.")
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise UnreadableArticle(f"not a text file: a NUL character in line {line}", SAVE_AS_TEXT)
    return text


def _binary_form(data: bytes) -> str:
    """What kind of binary file this is, or "" for text."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ""
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) > _NUL_SHARE * len(sample) / 2 and min(even, odd) == 0:
        return "UTF-16 without a byte order mark"
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return "binary data" if controls > max(2, _CONTROL_SHARE * len(data)) else ""


def _to_text(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise UnreadableArticle(f"broken UTF-16 at byte {error.start}", SAVE_AS_TEXT) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start
    line = data.count(b"\n", 0, at) + 1
    loose = data.decode("utf-8", errors="replace")
    broken = loose.count("\ufffd")
    whole = sum(map(len, re.findall(r"[^\x00-\x7f]+", loose))) - broken
    if data.startswith(codecs.BOM_UTF8) or whole > broken:
        raise UnreadableArticle(f"broken UTF-8 at byte {at} (line {line})", SAVE_AS_TEXT)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = f"unknown encoding: line {line} is neither UTF-8 nor Windows-1252"
        raise UnreadableArticle(reason, SAVE_AS_TEXT) from error
    if broken > _HIGH_SHARE * len(text):
        raise UnreadableArticle("unknown encoding: neither UTF-8 nor English in Windows-1252", SAVE_AS_TEXT)
    return text
