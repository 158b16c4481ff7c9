"""What two spellings of the same words are compared by: each function says what it keeps and what it drops.

From the mildest to the most forgetful:

===========================  =======================================  ==============================================
function                     keeps                                    drops or changes
===========================  =======================================  ==============================================
collapse_whitespace          everything else                          runs of white space become one blank
blank_invalid                everything else, and the length          what no text holds becomes a blank or U+FFFD
flatten_layout               everything else                          white space, invisible marks, broken words
iter_flattened               the same, in pieces
straighten_punctuation       everything else, and the length          curly quotation marks and dashes
strip_accents                base letters, case                       accents and other combining marks
mask_numbers                 everything else                          runs of digits become "0"
match_key                    words and inner punctuation              case, white space, curly marks, a closing stop
casefolded_words, word_key   letters, digits and "_", word by word    case, punctuation, white space
alphanumeric_key             letters and digits in one run            case, punctuation, white space, word borders
===========================  =======================================  ==============================================

Claim ids, article keys and the reviews that point at them are made with these functions. So a change here
changes ids in the users' stores: add a function instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain

from pipeline.text.hyphenation import find_word_breaks, join_broken_words, remove_invisible

_WORD = re.compile(r"\w+")
#: What is neither letter nor digit; ``\w`` has the underscore too, which is neither.
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
#: C0 controls but tab and line breaks, DEL, and halves of surrogate pairs.
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

#: Characters of a text that are flattened at once: its words, as a list, take some eleven times as many bytes.
_SLICE_CHARS = 100_000

_QUOTATION_MARKS = {**dict.fromkeys("‘’‚‛", "'"), **dict.fromkeys("“”„‟«»", '"')}
#: En dash, em dash, horizontal bar.
_STRAIGHT = str.maketrans({**_QUOTATION_MARKS, **dict.fromkeys("–—―", "-")})
#: These and Unicode's own hyphens, U+2010 and the non-breaking U+2011.
_STRAIGHT_HYPHENS = str.maketrans({**_QUOTATION_MARKS, **dict.fromkeys("‐‑–—―", "-")})


#: Characters that stand for others: ligatures ("oﬃce"), and the controls U+0080 to U+009F, which are what Windows-1252
#: has there (quotation marks, dashes) after somebody took it for ISO-8859-1.
UNFOLDED = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st",
    **{chr(byte): bytes([byte]).decode("cp1252", "ignore") or " " for byte in range(0x80, 0xA0) if byte != 0x85},
}  # fmt: skip
_UNFOLDING = str.maketrans(UNFOLDED)


def unfold(text: str) -> str:
    """The text with ligatures as letters, and Windows-1252's marks where its bytes were taken for ISO-8859-1.

    For what a reader makes of a format; plain text is never changed, but read so (``reflow``).
    """
    return text.translate(_UNFOLDING)


def collapse_whitespace(text: str) -> str:
    """The text on one line: every run of white space as one blank, none at the ends.

    White space is what ``str.split`` takes for it, no-break spaces and line separators included.
    """
    return " ".join(text.split())


def blank_invalid(text: str) -> str:
    """The text with what no text holds replaced, character for character, so that offsets stay valid.

    Control characters other than tab and line breaks become blanks, halves of surrogate pairs U+FFFD. Formats that
    can spell such characters (JSON's "\\u0000", XML's entities) are read through this; plain text is never changed.
    """
    return _UNFIT.sub(lambda match: " " if match[0] < "\x80" else "\ufffd", text)


def flatten_layout(text: str) -> str:
    """The text as if it had never been laid out: one line, no invisible marks, words broken at a line's end joined.

    "The govern-" / "ment  left" is "The government left". Ids and comparisons use it, so that a re-wrapped copy of an
    article is the same article. Spans found in the result do not fit the text; ``reflow`` is for that.
    """
    return collapse_whitespace(remove_invisible(join_broken_words(text)))


def iter_flattened(text: str, size: int = _SLICE_CHARS) -> Iterator[str]:
    """``flatten_layout`` of the text in pieces, for texts of which no second copy should be in memory.

    ``size``: characters of the text that are worked on at once.
    """
    is_first, is_blank_due = True, False
    for piece in _slices_without_breaks(text, size):
        words = remove_invisible(piece)
        line = collapse_whitespace(words)
        if line:
            yield line if is_first or not (is_blank_due or words[0].isspace()) else f" {line}"
            is_first, is_blank_due = False, words[-1].isspace()
        else:
            is_blank_due = is_blank_due or bool(words)


def _slices_without_breaks(text: str, size: int) -> Iterator[str]:
    """The text without its ``find_word_breaks`` in slices of at most ``size`` characters."""
    offset = 0
    for start, end in chain(find_word_breaks(text), [(len(text), len(text))]):
        for place in range(offset, start, size):
            yield text[place : min(place + size, start)]
        offset = end


def straighten_punctuation(text: str, *, hyphens: bool = False) -> str:
    """The text with typewriter quotation marks and dashes, character for character, so that offsets stay valid.

    ``hyphens`` also turns Unicode's two hyphens (U+2010, U+2011) into "-": spreadsheets and word processors put them
    in. Article keys, which are kept in stores, are made without it.
    """
    return text.translate(_STRAIGHT_HYPHENS if hyphens else _STRAIGHT)


def strip_accents(text: str) -> str:
    """The text in compatibility decomposition (NFKD) without combining marks: "Renée" is "Renee", "ﬁ" is "fi".

    Letters that are no letter with an accent stay: "Łódź" is "Łodz".
    """
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def mask_numbers(text: str) -> str:
    """The text with every run of digits as "0": "Page 12 of 30" and "Page 3 of 30" are both "Page 0 of 0"."""
    return _DIGITS.sub("0", text)


def match_key(text: str) -> str:
    """What a title, publisher or opening is recognised by: NFC, case-folded, straight marks, no closing full stop.

    '“The Ferry”  closes.' gives '"the ferry" closes'. Article keys are made of it and are kept in users' stores.
    """
    straight = straighten_punctuation(unicodedata.normalize("NFC", text))
    return collapse_whitespace(straight.casefold()).rstrip(". ")


def casefolded_words(text: str) -> list[str]:
    """The words of the text in order, case-folded: runs of letters, digits and underscores.

    "Straße 5: the mine’s gate" gives "strasse", "5", "the", "mine", "s", "gate".
    """
    return _WORD.findall(text.casefold())


def word_key(text: str) -> str:
    """The words alone, one blank between them: what two rows must share to speak of the same words."""
    return " ".join(casefolded_words(text))


def lowercase_word_key(text: str) -> str:
    """Like ``word_key`` but in plain lower case, where "Straße" stays "straße". Claim ids are made with it."""
    return " ".join(_WORD.findall(text.lower()))


def alphanumeric_key(text: str) -> str:
    """Letters and digits alone, case-folded, in one run: what two renderings of one line have in common.

    "Example-News 24", "example_news24" and "EXAMPLE NEWS 24" all give "examplenews24".
    """
    return _NOT_ALPHANUMERIC.sub("", text.casefold())
