"""The charset that a page declares, before its bytes become text as in a browser.

The names of charsets and what they stand for follow the WHATWG Encoding Standard; ``detect.decoding`` knows them.
"""

from __future__ import annotations

import re

from pipeline.corpus.detect.decoding import decode_like_browser, find_codec

#: Bytes in which a page's own declaration is looked for; the standard asks for 1024, saved pages put more first.
PRESCAN_BYTES = 8192

_META = re.compile(rb"""<meta\b[^>]{0,300}?\bcharset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml\b[^>]{0,100}?\bencoding\s*=\s*["']([\w.:-]{2,40})""")


def decode_page(data: bytes, charset: str = "") -> str:
    """The text of a page; ``charset`` is what a header or container declared, which goes before the page's own word.

    Bytes that mean nothing become U+FFFD; nothing is raised.
    """
    return decode_like_browser(data, find_codec(charset) or _declared_codec(data[:PRESCAN_BYTES]))


def _declared_codec(head: bytes) -> str:
    """The codec that the page's XML declaration or <meta> names, "" without any or for an unknown name."""
    match = _XML.match(head) or _META.search(head)
    codec = find_codec(match[1].decode("ascii", "replace")) if match else ""
    return "utf-8" if codec.startswith("utf-16") else codec  # a declaration that can be read isn't in UTF-16
