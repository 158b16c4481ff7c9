"""Which letters the bytes of a text are: marked, declared or told by how they fit English. What is unsure is refused.

Only English is read, so only encodings that English articles come in are told apart; text in another script is another
language whatever its encoding.
"""

from __future__ import annotations

import codecs
import re

from pipeline.errors import UnreadableArticle

SAVE_AS_TEXT = "Save the article as plain text (UTF-8) and run again."

#: UTF-32 first: its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_NAMES = {"utf-32": "UTF-32", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-8-sig": "UTF-8"}
#: One byte a letter, the commonest first: Windows, old Macs, Central European names on Windows and elsewhere.
_SINGLE_BYTE = ("cp1252", "mac_roman", "cp1250", "iso8859_2")
#: In UTF-16 the upper byte of every ASCII letter is NUL: of every other byte at least this share, of the rest none.
_NUL_SHARE = 0.7
#: English has few letters beyond ASCII; other scripts read as such have mostly these.
_HIGH_SHARE = 0.2
#: So many of the characters beyond ASCII must stand where English has them, and so many more than in Windows-1252.
_FITTING, _BETTER = 0.8, 0.3

#: Characters beyond ASCII where English has them: quotation marks, dashes, signs, letters of names.
_FITS = re.compile(
    r"(?<![^\W\d_])[“‘„«](?=[\w“‘’$£€(\[.…-])|(?<=[\w.,!?…—–%)\]’”'*-])[”’»]|’(?=\w)|(?<=[\s(“‘])[–—](?=\s)|(?<=\w)[–—](?=\w)"
    r"|(?<=[\s\w.,!?”’)])[—–](?=[\s\w“‘\"]|$)|(?<=[\w\s.,”’])…|(?<=[\s(])[£€¥•·©§](?=[\s\w])|(?<=\d)[°¢½¼¾²³º€](?!\w)|(?<=\w)[®™©]"
    r"|\xa0|(?<=[^\W\d_])[à-öø-ÿßāăąćčďđęěğģīķļłńňōőœřśşšťūůűźżž](?=[^\W\d_A-ZÀ-ÞŁŚŠŽ]|\b)|\b[à-öø-ÿłśšžżźč](?=[a-zà-ÿł])"
    r"|\b[À-ÖØ-ÞŁŚŠŽŻŹČĆĐŒ](?=[a-zà-öø-ÿł’])|(?<=[A-ZÀ-Þ])[À-ÖØ-ÞŁŚŠŽŻŹČĆĐ](?=[A-ZÀ-ÞŁŚŠŽ]|\b)"
)
_HIGH = re.compile(r"[^\x00-\x7f]")
#: What UTF-8 looks like when it was read as Windows-1252: a lead byte's letter, then the signs of the bytes after it.
_TAIL = (
    "\x81\x8d\x8f\x90\x9d\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c"
    "\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178\xa0-\xbf"
)
_TWICE = re.compile(rf"[ÂÃÄÅ][{_TAIL}]|â[€‚„†][{_TAIL}]|ðŸ[{_TAIL}]{{2}}|ï»¿|ï¿½")
#: An article that was encoded twice has at least so many such places, and little else beyond ASCII.
_PLACES, _TWICE_SHARE = 3, 0.5
#: So many letters lost to U+FFFD, more than one in so many characters, and it can't be read.
_LOST, _LOST_SHARE = 3, 1 / 500


def to_text(data: bytes, declared: str = "") -> str:
    """The text of ``data`` without a byte order mark: as marked, ``declared`` (by the format), UTF-8, or as it fits.

    Raises UnreadableArticle for a broken or unknown encoding and for text that was decoded wrongly before it was saved.
    """
    text = _decoded(data, declared)
    require_sound(text)
    return text


def require_sound(text: str) -> None:
    """Raise UnreadableArticle for mojibake: most of what isn't ASCII was UTF-8 read as Windows-1252, or is lost."""
    high = len(_HIGH.findall(text))
    lost = text.count("\ufffd")
    if lost >= _LOST and lost > _LOST_SHARE * len(text):
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        raise UnreadableArticle(f"{lost} characters were lost in an earlier conversion (line {line})", _ANEW)
    if not high:
        return
    places = list(_TWICE.finditer(text))
    if len(places) >= _PLACES and sum(len(place[0]) for place in places) >= _TWICE_SHARE * high:
        line = text.count("\n", 0, places[0].start()) + 1
        raise UnreadableArticle(
            f"garbled letters such as {places[0][0]!r} (line {line}): UTF-8 was read as another encoding", _ANEW
        )


_ANEW = "Copy or export the article again from where it came from, as UTF-8."


def has_utf16_form(data: bytes) -> bool:
    """Whether this is ASCII text in UTF-16 without a byte order mark."""
    return bool(_utf16(data))


def _utf16(data: bytes) -> str:
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(data) % 2 or max(even, odd) <= _NUL_SHARE * len(sample) / 2 or min(even, odd) > 0:
        return ""
    return "utf-16-be" if even else "utf-16-le"


def _decoded(data: bytes, declared: str) -> str:
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "") or _utf16(data)
    if marked:
        try:
            return data.decode(marked)
        except UnicodeDecodeError as error:
            raise UnreadableArticle(f"broken {_NAMES[marked]} at byte {error.start}", SAVE_AS_TEXT) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
    if declared:
        try:
            return data.decode(declared)
        except (LookupError, UnicodeDecodeError):
            pass  # what a page says of itself is often wrong
    loose = data.decode("utf-8", errors="replace")
    broken = loose.count("\ufffd")
    whole = sum(map(len, re.findall(r"[^\x00-\x7f]+", loose))) - broken
    if whole > broken:
        line = data.count(b"\n", 0, at) + 1
        raise UnreadableArticle(f"broken UTF-8 at byte {at} (line {line})", SAVE_AS_TEXT)
    return _single_byte(data, at)


def _single_byte(data: bytes, at: int) -> str:
    """Windows-1252, unless another reading has its characters beyond ASCII where English has them, and this has not."""
    readings: dict[str, float] = {}
    for name in _SINGLE_BYTE:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        high = len(_HIGH.findall(text))
        if high <= _HIGH_SHARE * len(text):
            readings.setdefault(text, len(_FITS.findall(text)) / high)
    usual = data.decode("cp1252", errors="ignore")  # in ``readings`` only when nothing was ignored
    best = max(readings, key=lambda text: readings[text], default="")
    if best and readings[best] >= max(_FITTING, readings.get(usual, 0.0) + _BETTER):
        return best
    if usual not in readings:
        line = data.count(b"\n", 0, at) + 1
        raise UnreadableArticle(f"unknown encoding: line {line} is neither UTF-8 nor English in another", SAVE_AS_TEXT)
    return usual
