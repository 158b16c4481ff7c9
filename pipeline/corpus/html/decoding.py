"""Bytes of a page to text, as browsers do it: byte order mark, declared charset, UTF-8, else Windows-1252 or detection.

The names of charsets and what they stand for follow the WHATWG Encoding Standard.
"""

from __future__ import annotations

import codecs
import re

#: Bytes at the top of a page among which its declaration is looked for; the standard asks for the first 1024, but
#: saved pages put comments and styles before it.
PRESCAN_BYTES = 8192
#: English has few bytes beyond ASCII (quotation marks, dashes, names: well under 1 %); from 2 % on, the page is in
#: another script or language.
FOREIGN_SHARE = 0.02
#: Bytes that are enough to tell a charset that nobody declares; detection takes time in proportion.
DETECT_BYTES = 60_000
#: A page declared as UTF-8 is still read as such with up to one stray byte per four characters beyond ASCII that are
#: whole (20 % of all); with more, the declaration is wrong.
STRAY_SHARE = 0.2

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"""<meta\b[^>]{0,300}?\bcharset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml\b[^>]{0,100}?\bencoding\s*=\s*["']([\w.:-]{2,40})""")
#: Names that browsers take for a larger charset (WHATWG): what the page means, whatever it says.
_WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "cp1252": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
    "tis-620": "cp874",
}  # fmt: skip
#: In these, bytes of ASCII mean other letters, so that a page in them may pass for UTF-8.
_SHIFTING = ("iso2022_jp", "hz", "utf-7")
#: The five bytes that Windows-1252 leaves out are control characters in browsers.
_CP1252 = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}


def decode_page(data: bytes, charset: str = "") -> str:
    """Decode a page's bytes as browsers do.

    ``charset`` is what a header or container declared, "" when nobody did. Bytes that mean nothing in the page's
    charset become U+FFFD; nothing is raised.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, "replace")
    declared = _codec(charset) or _declared(data[:PRESCAN_BYTES])
    if declared in _SHIFTING:
        return data.decode("utf-8" if declared == "utf-7" else declared, "replace")
    if declared.startswith("utf-16") and _is_wide(data):
        return data.decode(declared, "replace")
    if not declared and _is_wide(data):
        return data.decode("utf-16-le" if data[1] == 0 else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        loose = data.decode("utf-8", "replace")
    if declared.startswith("utf") and _is_mostly_utf8(loose):
        return loose
    if not declared or declared.startswith("utf"):
        declared = _detected(data)
    return data.decode("latin-1").translate(_CP1252) if declared == "cp1252" else data.decode(declared, "replace")


def _declared(head: bytes) -> str:
    found = _XML.match(head) or _META.search(head)
    name = _codec(found[1].decode("ascii", "replace")) if found else ""
    return "utf-8" if name.startswith("utf-16") else name  # a declaration that can be read isn't in UTF-16


def _codec(label: str) -> str:
    """Python's name of a charset that decodes text, widened as browsers do, or "" for an unknown one."""
    try:
        info = codecs.lookup(label.strip())
        "".encode(info.name)
    except (LookupError, ValueError, UnicodeError):
        return ""
    return _WIDER.get(info.name, info.name)


def _is_wide(data: bytes) -> bool:
    """Whether every other byte at the beginning is NUL, as ASCII letters are in UTF-16."""
    head = data[:200]
    return len(head) >= 8 and max(head[::2].count(0), head[1::2].count(0)) > 0.4 * len(head) // 1


def _is_mostly_utf8(loose: str) -> bool:
    stray = loose.count("\ufffd")
    return stray <= STRAY_SHARE * sum(map(len, re.findall(r"[^\x00-\x7f]+", loose)))


def _detected(data: bytes) -> str:
    """What the letters look like; Windows-1252, the default of browsers, for English and where that can't be told."""
    if len(data.translate(None, bytes(range(0x80)))) < FOREIGN_SHARE * len(data):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:DETECT_BYTES]).best()
    name = _codec(best.encoding) if best is not None else ""
    return (
        name if name.startswith(("cp125", "koi8", "iso8859", "gb18030", "cp932", "cp949", "big5", "euc")) else "cp1252"
    )
