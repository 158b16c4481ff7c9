"""Bytes to text, for plain files and for web pages: one mechanism, two policies.

``decode_text`` is for what a user saved as text: marked, UTF-8, or what fits English, and refused where that is unsure,
because a wrong guess garbles every quotation mark. ``decode_like_browser`` is for pages: it never fails, believes what
the page declares, and takes the names of charsets for what the WHATWG Encoding Standard makes of them.

Only English is read, so only encodings that English articles come in are told apart in plain text; text in another
script is another language whatever its encoding.
"""

from __future__ import annotations

import codecs
import re

from pipeline.errors import UnreadableArticle

SAVE_AS_TEXT = "Save the article as plain text (UTF-8) and run again."
_EXPORT_AGAIN = "Copy or export the article again from where it came from, as UTF-8."
_PUT_TEXT = "Put the article's text into it, or delete it."

#: Byte order marks, the codec behind each and what users call it. UTF-32 first: its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
)
#: Bytes at the beginning in which the NUL bytes of UTF-16 are counted.
_UTF16_SAMPLE = 4096
#: The same of a page, whose markup comes first and is ASCII in every language.
_PAGE_SAMPLE = 200
#: In UTF-16 the upper byte of every ASCII letter is NUL: of every other byte at least this share, of the rest none.
_NUL_SHARE = 0.7
#: Characters beyond ASCII.
_HIGH = re.compile(r"[^\x00-\x7f]")
_HIGH_RUN = re.compile(r"[^\x00-\x7f]+")

#: C0 control characters but tab, line breaks, form feed, Ctrl-Z (the end of DOS files) and escape.
_CONTROLS = bytes(sorted({*range(0x20), 0x7F} - {*b"\t\n\v\f\r\x1a\x1b"}))
#: A text may hold a stray control character or two; above this share of its bytes (1 in 200) it is binary.
_CONTROL_SHARE = 0.005
#: Control characters that any text may hold, however short.
_STRAY_CONTROLS = 2
_BLANKS = "\ufeff\u200b \t\r\n\f\v\xa0\x1a"

#: One byte a letter, the commonest first: Windows, old Macs, Central European names on Windows and elsewhere.
_SINGLE_BYTE = ("cp1252", "mac_roman", "cp1250", "iso8859_2")
#: English has few letters beyond ASCII; of "Шахта закрыта." in KOI8-R, read as Windows-1252, it is 0.86.
_HIGH_SHARE = 0.2
#: Share of the characters beyond ASCII that must stand where English has them before a rarer encoding is believed.
_FITTING_SHARE = 0.8
#: And by how much that share must be above the one in Windows-1252, which is what such files mostly are.
_BETTER_BY = 0.3

#: Characters beyond ASCII where English has them.
_FITS = re.compile(
    "|".join(
        (
            r"(?<![^\W\d_])[“‘„«](?=[\w“‘’$£€(\[.…-])",  # an opening mark: no letter before, a word behind
            r"(?<=[\w.,!?…—–%)\]’”'*-])[”’»]",  # a closing mark after a word or its punctuation
            r"’(?=\w)",  # an apostrophe: "it’s"
            r"(?<=[\s(“‘])[–—](?=\s)",  # a dash between blanks
            r"(?<=\w)[–—](?=\w)",  # a dash between words: "2019–20"
            r"(?<=[\s\w.,!?”’)])[—–](?=[\s\w“‘\"]|$)",  # a dash after a word or mark
            r"(?<=[\w\s.,”’])…",  # an ellipsis
            r"(?<=[\s(])[£€¥•·©§](?=[\s\w])",  # signs before a word or number: "£5"
            r"(?<=\d)[°¢½¼¾²³º€](?!\w)",  # signs after a number: "30°"
            r"(?<=\w)[®™©]",  # signs after a name
            r"\xa0",
            r"(?<=[^\W\d_])[à-öø-ÿßāăąćčďđęěğģīķļłńňōőœřśşšťūůűźżž](?=[^\W\d_A-ZÀ-ÞŁŚŠŽ]|\b)",  # inside names: "Zoë"
            r"\b[à-öø-ÿłśšžżźč](?=[a-zà-ÿł])",  # a small letter that begins a word: "élite"
            r"\b[À-ÖØ-ÞŁŚŠŽŻŹČĆĐŒ](?=[a-zà-öø-ÿł’])",  # a capital that begins a name: "Łódź"
            r"(?<=[A-ZÀ-Þ])[À-ÖØ-ÞŁŚŠŽŻŹČĆĐ](?=[A-ZÀ-ÞŁŚŠŽ]|\b)",  # inside a name in capitals: "MÜLLER"
        )
    )
)

#: What the second and later bytes of UTF-8 are when they were read as Windows-1252: \x80 is "€", \x99 is "™".
_TAIL = (
    "\x81\x8d\x8f\x90\x9d\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c"
    "\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178\xa0-\xbf"
)
#: UTF-8 that was read as Windows-1252: "Ã¶" was "ö", "â€™" an apostrophe, "ðŸ…" a pictograph.
_MOJIBAKE = re.compile(rf"[ÂÃÄÅ][{_TAIL}]|â[€‚„†][{_TAIL}]|ðŸ[{_TAIL}]{{2}}|ï»¿|ï¿½")
#: An article that was decoded wrongly has at least this many such places; one may be quoted on purpose.
_LEAST_MOJIBAKE = 3
#: And they are at least this share of all its characters beyond ASCII.
_MOJIBAKE_SHARE = 0.5
#: With this many letters lost to U+FFFD, and more than this share of all characters, a text can't be read.
_LEAST_LOST = 3
_LOST_SHARE = 1 / 500

#: Names that browsers take for a larger charset (WHATWG): what the page means, whatever it says. By Python's names.
_WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "cp1252": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
    "tis-620": "cp874",
}  # fmt: skip
#: In these, bytes of ASCII mean other letters, so that a page in them may pass for UTF-8.
_SHIFTING = ("iso2022_jp", "hz", "utf-7")
#: The five bytes that Windows-1252 leaves out (81, 8D, 8F, 90, 9D) are control characters in browsers.
_BROWSER_CP1252 = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}
#: A page said to be UTF-8 may have this share of stray bytes among its characters beyond ASCII and still be UTF-8.
_STRAY_SHARE = 0.2
#: English has few letters beyond ASCII; from this share of bytes on, the page is in another script or language.
_FOREIGN_SHARE = 0.02
#: Bytes that are given to charset-normalizer, whose time grows with them: enough to tell a charset.
_DETECT_BYTES = 60_000
#: Families of charsets that pages have; what else charset-normalizer names (EBCDIC, DOS code pages) is a misreading.
_PAGE_CHARSETS = ("cp125", "koi8", "iso8859", "gb18030", "cp932", "cp949", "big5", "euc")


def decode_text(data: bytes) -> str:
    """The text of a plain file without a byte order mark, line endings unchanged.

    Raises UnreadableArticle for an empty file, a binary one, a broken or unknown encoding, and for text that was
    decoded wrongly before it was saved (mojibake).
    """
    if not data.strip():
        raise UnreadableArticle("the file is empty", _PUT_TEXT)
    if _is_binary(data):
        raise UnreadableArticle("not a text file: it looks like binary data", SAVE_AS_TEXT)
    text = decode_english(data)
    if not text.strip(_BLANKS):
        raise UnreadableArticle("the file holds nothing but white space", _PUT_TEXT)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise UnreadableArticle(f"not a text file: a NUL character in line {line}", SAVE_AS_TEXT)
    return text


def decode_english(data: bytes) -> str:
    """The text of ``data`` without a byte order mark: as marked, else UTF-8, else the encoding in which it is English.

    Raises UnreadableArticle for a broken or unknown encoding and for mojibake.
    """
    text = _decode_unicode(data)
    if text is None:
        text = _decode_single_byte(data)
    require_sound(text)
    return text


def decode_like_browser(data: bytes, declared: str = "") -> str:
    """The text of a page; bytes that mean nothing become U+FFFD. Nothing is raised.

    ``declared`` is the codec (see ``find_codec``) that a header or the page itself names, "" without any. It counts
    unless the bytes are marked otherwise or are UTF-8; without it a page is Windows-1252, or what charset-normalizer
    tells where it has many letters beyond ASCII.
    """
    if mark := find_mark(data):
        codec, length, _ = mark
        return data[length:].decode(codec, "replace")
    if declared in _SHIFTING:
        return data.decode("utf-8" if declared == "utf-7" else declared, "replace")
    if (not declared or declared.startswith("utf-16")) and (codec := utf16_form(data[:_PAGE_SAMPLE], damaged=True)):
        return data.decode(codec, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if declared.startswith("utf") and _is_mostly_utf8(data):
            return data.decode("utf-8", "replace")
    codec = _detect_charset(data) if not declared or declared.startswith("utf") else declared
    return _decode_cp1252(data) if codec == "cp1252" else data.decode(codec, "replace")


def decode_labelled(data: bytes, label: str) -> str:
    """The text of a part of a mail or of XML with the charset that it is said to be in, which is often wrong.

    As ``decode_like_browser``; but what is said to be UTF-8, or nothing, and is not, is Windows-1252.
    """
    codec = find_codec(label) or "utf-8"
    if codec.startswith("utf-8") and not _is_mostly_utf8(data):
        codec = "cp1252"
    return decode_like_browser(data, codec)


def require_sound(text: str) -> None:
    """Raise UnreadableArticle for mojibake: most of what isn't ASCII was UTF-8 read as Windows-1252, or is lost."""
    lost = text.count("\ufffd")
    if lost >= _LEAST_LOST and lost > _LOST_SHARE * len(text):
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        reason = f"{lost} characters were lost in an earlier conversion (line {line})"
        raise UnreadableArticle(reason, _EXPORT_AGAIN)
    garbled = list(_MOJIBAKE.finditer(text))
    if len(garbled) < _LEAST_MOJIBAKE:
        return
    if sum(len(match[0]) for match in garbled) >= _MOJIBAKE_SHARE * len(_HIGH.findall(text)):
        line = text.count("\n", 0, garbled[0].start()) + 1
        reason = f"garbled letters such as {garbled[0][0]!r} (line {line}): UTF-8 was read as another encoding"
        raise UnreadableArticle(reason, _EXPORT_AGAIN)


def find_mark(data: bytes) -> tuple[str, int, str] | None:
    """The codec that a byte order mark tells, the mark's length in bytes, the encoding's usual name; None without."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return codec, len(mark), name
    return None


def utf16_form(data: bytes, *, damaged: bool = False) -> str:
    """The codec of ASCII text in UTF-16 without a byte order mark ("utf-16-le", "utf-16-be"), "" for all else.

    A text in which a NUL stands among the lower bytes is refused later on anyway, so isn't taken for UTF-16; with
    ``damaged`` it is, for pages, which are never refused.
    """
    sample = data[:_UTF16_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) <= _NUL_SHARE * len(sample) / 2 or (min(even, odd) > 0 and not damaged):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def find_codec(label: str) -> str:
    """Python's name of the charset that a page's label means to browsers, "" for an unknown one.

    Labels are taken for larger charsets as WHATWG says: "ISO-8859-1" and "us-ascii" are "cp1252".
    """
    try:
        info = codecs.lookup(label.strip())
        "".encode(info.name)
    except (LookupError, ValueError, UnicodeError):
        return ""
    return _WIDER.get(info.name, info.name)


def _is_binary(data: bytes) -> bool:
    """Whether the bytes have more control characters than a text has; in UTF-16 and UTF-32 there are NULs."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)) or utf16_form(data):
        return False
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return controls > max(_STRAY_CONTROLS, _CONTROL_SHARE * len(data))


def _decode_unicode(data: bytes) -> str | None:
    """The text if it is in a Unicode encoding, None if not. Raises UnreadableArticle for a broken one."""
    codec, length, name = find_mark(data) or (utf16_form(data), 0, "UTF-16")
    if codec:
        try:
            return data[length:].decode(codec)
        except UnicodeDecodeError as error:
            raise UnreadableArticle(f"broken {name} at byte {length + error.start}", SAVE_AS_TEXT) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        stray, sound = _count_utf8(data)
        if sound > stray:
            line = data.count(b"\n", 0, error.start) + 1
            raise UnreadableArticle(f"broken UTF-8 at byte {error.start} (line {line})", SAVE_AS_TEXT) from error
    return None


def _count_utf8(data: bytes) -> tuple[int, int]:
    """How many bytes beyond ASCII are no UTF-8, and how many characters beyond ASCII are."""
    text = data.decode("utf-8", "replace")
    stray = text.count("\ufffd")
    return stray, sum(map(len, _HIGH_RUN.findall(text))) - stray


def _is_mostly_utf8(data: bytes) -> bool:
    stray, sound = _count_utf8(data)
    return stray <= _STRAY_SHARE * (stray + sound)


def _decode_single_byte(data: bytes) -> str:
    """Windows-1252, unless another reading has its characters beyond ASCII where English has them, and this has not.

    Raises UnreadableArticle where neither is English.
    """
    fitting_share: dict[str, float] = {}
    for codec in _SINGLE_BYTE:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        high = len(_HIGH.findall(text))
        if high <= _HIGH_SHARE * len(text):
            fitting_share.setdefault(text, len(_FITS.findall(text)) / high)
    windows = data.decode("cp1252", errors="ignore")  # in ``fitting_share`` only when nothing was ignored
    best = max(fitting_share, key=lambda text: fitting_share[text], default="")
    if best and fitting_share[best] >= max(_FITTING_SHARE, fitting_share.get(windows, 0.0) + _BETTER_BY):
        return best
    if windows not in fitting_share:
        line = data.count(b"\n", 0, _first_high_byte(data)) + 1
        reason = f"unknown encoding: line {line} is neither UTF-8 nor English in another encoding"
        raise UnreadableArticle(reason, SAVE_AS_TEXT)
    return windows


def _first_high_byte(data: bytes) -> int:
    """The offset of the first byte that is no UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def _detect_charset(data: bytes) -> str:
    """What the letters look like; Windows-1252, the default of browsers, for English and where that can't be told."""
    if len(data.translate(None, bytes(range(0x80)))) < _FOREIGN_SHARE * len(data):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_DETECT_BYTES]).best()
    codec = find_codec(best.encoding) if best is not None else ""
    return codec if codec.startswith(_PAGE_CHARSETS) else "cp1252"


def _decode_cp1252(data: bytes) -> str:
    """Windows-1252 as browsers read it, where every byte means something."""
    return data.decode("latin-1").translate(_BROWSER_CP1252)
