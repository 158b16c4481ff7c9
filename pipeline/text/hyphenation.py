"""Words that a layout broke: where hyphens at line ends, soft hyphens and invisible marks stand inside them.

Nothing here edits an article: offsets stay those of the text as it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.records import Span

#: Unicode's format characters (Cf) that news text holds: soft hyphen, zero-width blanks and joiners, direction marks,
#: byte order mark. For use inside the square brackets of a regular expression.
INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_LETTER = r"[^\W\d_]"
#: First parts of compounds that keep their hyphen when it falls at a line's end ("long-" / "term", "state-" / "run").
_COMPOUND_FIRSTS = (
    r"all|anti|cross|eight|ex|far|fast|fifth|first|five|four|fourth|full|half|hard|high|ill|late|left|long|low|mid|mother"
    r"|much|near|nine|non|off|old|on|one|open|part|post|pre|pro|re-?elect|right|second|self|semi|seven|short|six|so|state"
    r"|ten|then|third|three|top|two|vice|well|wide|world|year"
)
#: Last parts that do the same ("state-" / "owned", "best-" / "known").
_COMPOUND_LASTS = (
    r"aged|backed|based|called|controlled|friendly|funded|known|led|made|owned|profile|range|related|run|scale|sized"
    r"|style"
)
_LINE_BREAK = r"[^\S\r\n]*(?:\r\n?|\n|\u2028)[^\S\r\n]*"
_HYPHENS = r"\-\u00ad\u2010\u2011"
#: Invisible marks between two letters, or a hyphen (plain, soft, U+2010, U+2011) with the line break after it. What
#: must stand before is asked after the first character: the search is quick that looks for one of a few characters.
_BREAK_IN_WORD = re.compile(
    rf"[{INVISIBLE}{_HYPHENS}](?:(?<={_LETTER}[{INVISIBLE}])[{INVISIBLE}]*(?={_LETTER})"
    rf"|(?P<hyphen>(?<=[\w.][{_HYPHENS}]){_LINE_BREAK}(?=\w)))"
)
_INVISIBLE_RUN = re.compile(rf"[{INVISIBLE}]+")
_COMPOUND = re.compile(
    rf"(?:{_COMPOUND_FIRSTS})-{_LINE_BREAK}|.*-{_LINE_BREAK}(?:{_COMPOUND_LASTS})(?!\w)", re.IGNORECASE
)
#: Characters on each side of the hyphen that are looked at: enough for any part of a compound.
_LONGEST_PART = 30


def find_word_breaks(text: str) -> Iterator[Span]:
    """[start, end) of what stands inside words without being read, in order: the parts beside it are one word.

    A hyphen at a line's end belongs to it where the word is not a compound: "govern-" / "ment", not "long-" / "term",
    "20-" / "year", "Rolls-" / "Royce", whose line break alone does.
    """
    if text.isprintable():  # so it has neither line breaks nor invisible marks
        return
    for match in _BREAK_IN_WORD.finditer(text):
        start, end = match.span()
        if match["hyphen"] and match[0][0] in "-\u2010\u2011" and _keeps_hyphen(text, start, end):
            start += 1
        yield start, end


def find_invisible(text: str) -> Iterator[Span]:
    """[start, end) of each run of invisible characters, in order."""
    return (match.span() for match in _INVISIBLE_RUN.finditer(text))


def remove_invisible(text: str) -> str:
    """The text without invisible characters: "clo" + soft hyphen + "sure" is "closure"."""
    return text if text.isprintable() else _INVISIBLE_RUN.sub("", text)


def join_broken_words(text: str) -> str:
    """The text without its ``find_word_breaks``: "govern-" / "ment" is "government"; other line breaks stay."""
    pieces: list[str] = []
    offset = 0
    for start, end in find_word_breaks(text):
        pieces.append(text[offset:start])
        offset = end
    return "".join([*pieces, text[offset:]])


def _keeps_hyphen(text: str, hyphen: int, end: int) -> bool:
    """Whether the hyphen at offset ``hyphen``, whose line break ends at ``end``, is the word's own."""
    if not (text[hyphen - 1].islower() and text[end].islower()):
        return True
    first_part = re.search(r"(?<![\w.])[\w.]+$", text[max(0, hyphen - _LONGEST_PART) : hyphen])
    word = f"{first_part[0] if first_part else ''}{text[hyphen : end + _LONGEST_PART]}"
    return _COMPOUND.match(word) is not None
