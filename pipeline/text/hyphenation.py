"""Words that a layout broke: hyphens at line ends, soft hyphens, invisible marks; and how they read without them.

Nothing here edits an article: offsets stay those of the text as it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.records import Span

#: Unicode's format characters (Cf) that news text holds: soft hyphen, zero-width blanks and joiners, direction marks.
INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_LETTER = r"[^\W\d_]"
#: Parts of compounds that keep their hyphen when it falls at a line's end ("long-" / "term", "state-" / "run").
_FIRST = (
    r"all|anti|cross|eight|ex|far|fast|fifth|first|five|four|fourth|full|half|hard|high|ill|late|left|long|low|mid|mother"
    r"|much|near|nine|non|off|old|on|one|open|part|post|pre|pro|re-?elect|right|second|self|semi|seven|short|six|so|state"
    r"|ten|then|third|three|top|two|vice|well|wide|world|year"
)
_LAST = (
    r"aged|backed|based|called|controlled|friendly|funded|known|led|made|owned|profile|range|related|run|scale|sized"
    r"|style"
)
_BREAK = r"[^\S\r\n]*(?:\r\n?|\n|\u2028)[^\S\r\n]*"
_JOINT = re.compile(
    rf"(?<={_LETTER})[{INVISIBLE}]+(?={_LETTER})"
    rf"|(?P<hyphen>(?<=[\w.])[-\u00ad\u2010\u2011]{_BREAK}(?=\w))"
)
_MARKS = re.compile(rf"[{INVISIBLE}]+")
_COMPOUND = re.compile(rf"(?:{_FIRST})-{_BREAK}|.*-{_BREAK}(?:{_LAST})(?!\w)", re.IGNORECASE)
_LONGEST = 30


def joints(text: str) -> Iterator[Span]:
    """[start, end) of what stands inside words without being read, in order: the parts beside it are one word.

    A hyphen at a line's end belongs to it where the word is not a compound: "govern-" / "ment", not "long-" / "term",
    "20-" / "year", "Rolls-" / "Royce", whose line break alone does.
    """
    for match in _JOINT.finditer(text):
        start, end = match.span()
        if match["hyphen"] and match[0][0] in "-\u2010\u2011" and _keeps_hyphen(text, start, end):
            start += 1
        yield start, end


def marks(text: str) -> Iterator[Span]:
    """[start, end) of each run of invisible characters."""
    return (match.span() for match in _MARKS.finditer(text))


def unbroken(text: str) -> str:
    """The text without ``joints``: "govern-" / "ment" is "government"."""
    pieces: list[str] = []
    at = 0
    for start, end in joints(text):
        pieces.append(text[at:start])
        at = end
    return "".join([*pieces, text[at:]])


def flat(text: str) -> str:
    """The text on one line, one blank between words, no word broken, without invisible marks: for ids and comparing."""
    return " ".join(_MARKS.sub("", unbroken(text)).split())


def _keeps_hyphen(text: str, hyphen: int, end: int) -> bool:
    if not (text[hyphen - 1].islower() and text[end].islower()):
        return True
    first = re.search(r"(?<![\w.])[\w.]+$", text[max(0, hyphen - _LONGEST) : hyphen])
    word = f"{first[0] if first else ''}{text[hyphen : end + _LONGEST]}"
    return _COMPOUND.match(word) is not None
