"""Cut a text into paragraphs by its layout alone: blank lines, and within a run of lines hard wraps or one a line.

Offsets are code points into the whole text. Every character that isn't blank lies in exactly one paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.corpus.layout.datelines import dateline_length
from pipeline.text.normalize import collapse_whitespace, mask_numbers

#: Characters of the shortest line that a hard wrap breaks; shorter lines are lists.
WRAP_MIN = 40
#: And of the longest; longer lines are whole paragraphs.
WRAP_MAX = 120
#: The shortest broken line of a newspaper's column.
COLUMN_MIN = 20
#: A text is such a column where this many breaks after short lines fall within a sentence ...
COLUMN_BREAKS = 8
#: ... and this share of them.
COLUMN_SHARE = 0.5
#: A typescript has every other line blank: this many breaks across blank lines fall within a sentence ...
DOUBLE_BREAKS = 6
#: ... and this share of them.
DOUBLE_SHARE = 0.25
#: Share of the breaks after lines of a wrapped line's length that must fall within a sentence before the text counts
#: as hard-wrapped. In wrapped text the others are ends of paragraphs and breaks before capitals.
WRAPPED_SHARE = 0.3
#: A wrapped line fills its width up to the next word. Where fewer than this share do so to the letter, the font was
#: proportional (text out of a PDF), ...
EXACT_SHARE = 0.9
#: ... and lines need fill only this part of the width.
WRAP_SLACK = 0.8
#: Of the broken lines of a text, this share are no longer than its width: a few have a long last word.
_WIDTH_SHARE = 0.95

#: A line that begins something new even in wrapped text: a bullet, speaker's label, question, answer, signature.
STARTS_ANEW = re.compile(
    r"\s*(?:[•●▪◦‣·*]\s|[-–—]{1,2}\s|\d{1,2}[.)]\s|[QA][.:]\s|[A-Z][A-Z.'’ -]{1,40}:\s"
    r"|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}:\s)"
)
_BULLET = re.compile(r"\s*[•●▪◦‣·*]\s")
#: What quoted speech begins with.
QUOTED = ('"', "“", "``", "''", "«", "„")
#: From this many words on, a paragraph is prose even without a final mark.
PROSE_WORDS = 20

#: A line that stands this often in the text, page numbers apart, is a page's header or footer.
RUNNING_TIMES = 3
#: Characters of the longest header or footer.
RUNNING_CHARS = 100
#: "3", "- 3 -", "Page 3 of 12"
_PAGE_NUMBER = re.compile(r"\W{0,3}(?:page|p\.)? ?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?\W{0,3}", re.IGNORECASE)
_HYPHENATED = re.compile(r"[a-zà-ÿ][-\u00ad\u2010]$")
#: The end of a sentence, speech, item or clause: what titles don't end with.
_FINAL = re.compile(r"[.!?…:;,][\"'”’)\]]*$|[\"”]$|''$|[;,] (?:and|or)$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a text, or one line of a list."""

    #: [start, end) in code points of the text, without outer blanks.
    start: int
    end: int
    #: ``text[start:end]`` with blanks collapsed.
    line: str
    #: Number of the run of lines, without a blank line between them, that it stands in: paragraphs of one chunk stand
    #: line under line.
    chunk: int
    #: Whether it is a header or footer that stands on every page.
    running: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that isn't blank: [start, end) without outer blanks, its words, and the blanks before them."""

    start: int
    end: int
    indent: int
    text: str


#: A line and the next one of the same chunk.
_Pair = tuple[_Line, _Line]


@dataclass(frozen=True, slots=True)
class _Wrap:
    """How a text is wrapped."""

    #: Characters of the shortest line that may be broken.
    shortest: int
    #: Characters that a broken line has together with the next line's first word; 0: the text isn't hard-wrapped.
    full: float = 0
    #: Blanks before a line that goes on; with more a line begins a paragraph.
    indent: int = 0


def find_paragraphs(text: str, start: int = 0) -> list[Paragraph]:
    """The paragraphs of ``text`` from the offset ``start`` on, in order.

    Lines that a hard wrap broke are one paragraph, in columns and in typescripts with every other line blank, too.
    Headers and footers of pages are paragraphs of their own, marked as ``running``.
    """
    chunks = _join_double_spaced(text, list(_find_chunks(text, start)))
    running = _find_running_lines(chunks)
    wrap = _measure_wrap(chunks)
    paragraphs: list[Paragraph] = []
    for number, lines in enumerate(chunks):
        for group in _group_lines(lines, wrap, running):
            first, last = group[0].start, group[-1].end
            words = collapse_whitespace(text[first:last])
            paragraphs.append(Paragraph(first, last, words, number, group[0].text in running))
    return paragraphs


def _measure_wrap(chunks: Sequence[Sequence[_Line]]) -> _Wrap:
    """How the text is wrapped, by the breaks in it that surely fall within a sentence."""
    pairs = [pair for lines in chunks for pair in pairwise(lines)]
    shortest = COLUMN_MIN if _is_column(pairs) else WRAP_MIN
    breaks = [pair for pair in pairs if shortest <= len(pair[0].text) <= WRAP_MAX]
    in_sentence = [pair for pair in breaks if _runs_on(*pair, shortest)]
    if not in_sentence or not _is_hard_wrapped(breaks, in_sentence):
        return _Wrap(shortest)
    indent = Counter(below.indent for _, below in in_sentence).most_common(1)[0][0]
    return _Wrap(shortest, _full_length(in_sentence), indent)


def _is_column(pairs: Sequence[_Pair]) -> bool:
    """Whether short lines break within sentences often enough to be those of a newspaper's column."""
    narrow = [pair for pair in pairs if COLUMN_MIN <= len(pair[0].text) <= WRAP_MIN]
    in_sentence = sum(_runs_on(*pair, COLUMN_MIN) for pair in narrow)
    return in_sentence >= max(COLUMN_BREAKS, COLUMN_SHARE * len(narrow))


def _is_hard_wrapped(breaks: Sequence[_Pair], in_sentence: Sequence[_Pair]) -> bool:
    """Whether enough breaks fall within a sentence, or nearly all lines are full to the letter."""
    if len(in_sentence) >= WRAPPED_SHARE * len(breaks):
        return True
    widest = max(len(above.text) for above, _ in breaks)
    return sum(_length_with_next_word(*pair) > widest for pair in breaks) >= EXACT_SHARE * len(breaks)


def _join_double_spaced(text: str, chunks: list[list[_Line]]) -> list[list[_Line]]:
    """The chunks, or in a text with every other line blank those between more than one blank line."""
    pairs = [(above[0], below[0]) for above, below in pairwise(chunks) if len(above) == len(below) == 1]
    in_sentence = sum(_runs_on(*pair, WRAP_MIN) for pair in pairs)
    if in_sentence < max(DOUBLE_BREAKS, DOUBLE_SHARE * (len(chunks) - 1)):
        return chunks
    joined = chunks[:1]
    for above, below in pairwise(chunks):
        if len(text[above[-1].end : below[0].start].splitlines()) <= 2:
            joined[-1] = [*joined[-1], *below]
        else:
            joined.append(below)
    return joined


def _find_chunks(text: str, start: int) -> Iterator[list[_Line]]:
    """Runs of lines that aren't blank."""
    chunk: list[_Line] = []
    offset = start
    for raw in text[start:].splitlines(keepends=True):
        words = raw.strip()
        if words:
            indent = len(raw) - len(raw.lstrip())
            chunk.append(_Line(offset + indent, offset + indent + len(words), indent, words))
        elif chunk:
            yield chunk
            chunk = []
        offset += len(raw)
    if chunk:
        yield chunk


def _find_running_lines(chunks: Sequence[Sequence[_Line]]) -> set[str]:
    """Lines that are a page's header or footer, as written: page numbers, and the same short line again and again.

    The latter only with a number in it, beside one, or apart from other lines: a column may hold the same words thrice.
    """
    texts_by_form: dict[str, list[str]] = {}
    for lines in chunks:
        for index, line in enumerate(lines):
            if len(line.text) <= RUNNING_CHARS and _may_be_running(lines, index):
                texts_by_form.setdefault(mask_numbers(collapse_whitespace(line.text)), []).append(line.text)
    return {
        text
        for texts in texts_by_form.values()
        for text in texts
        if len(texts) >= RUNNING_TIMES and not ends_sentence(text) and not text[0].islower()
    }


def _may_be_running(lines: Sequence[_Line], index: int) -> bool:
    """Whether the line has a number, stands beside a page's, or alone."""
    beside = lines[max(index - 1, 0) : index + 2]
    near_number = any(_PAGE_NUMBER.fullmatch(line.text) for line in beside)
    return near_number or _is_numbered(lines[index].text) or len(lines) == 1


def _is_numbered(line: str) -> bool:
    """Whether the line is two words or more and a number at one end: "Hill Courier 3", not "Day 3"."""
    return line.count(" ") > 1 and (line[0].isdigit() or line[-1].isdigit())


def _group_lines(lines: Sequence[_Line], wrap: _Wrap, running: set[str]) -> Iterator[list[_Line]]:
    """The lines of a chunk, those of one paragraph together; a page's header is none of them."""
    group = [lines[0]]
    for above, below in pairwise(lines):
        is_running = above.text in running or below.text in running
        goes_on = not is_running and (
            _runs_on(above, below, wrap.shortest) or (wrap.full and _is_full(above, below, wrap))
        )
        if goes_on:
            group.append(below)
        else:
            yield group
            group = [below]
    yield group


def _runs_on(above: _Line, below: _Line, shortest: int) -> bool:
    """Whether the break falls within a sentence: no final mark above, a lower-case letter below; or within a word."""
    if _HYPHENATED.search(above.text) and below.text[0].islower() and len(above.text) >= COLUMN_MIN:
        return True
    if not shortest <= len(above.text) <= WRAP_MAX:
        return False
    return below.text[0].islower() and above.text.rstrip("\"'”’)]")[-1:] not in (*".!?:…", "")


def _full_length(in_sentence: Sequence[_Pair]) -> float:
    """The length that a wrapped line reaches together with the word that no longer fitted, from sure examples."""
    lengths = sorted(len(above.text) for above, _ in in_sentence)
    width = lengths[int(_WIDTH_SHARE * (len(lengths) - 1))]
    exact = sum(_length_with_next_word(*pair) > width for pair in in_sentence)
    return width if exact >= EXACT_SHARE * len(in_sentence) else WRAP_SLACK * width


def _is_full(above: _Line, below: _Line, wrap: _Wrap) -> bool:
    """Whether the line was broken because the next word no longer fitted, and nothing new begins below."""
    if not wrap.shortest <= len(above.text) <= WRAP_MAX or len(below.text) > WRAP_MAX or below.indent > wrap.indent:
        return False
    if STARTS_ANEW.match(below.text) and (ends_sentence(above.text) or _BULLET.match(below.text)):
        return False
    return _length_with_next_word(above, below) > wrap.full and not dateline_length(below.text, first=False)


def _length_with_next_word(above: _Line, below: _Line) -> int:
    return len(above.text) + 1 + len(below.text.split(None, 1)[0])


def ends_sentence(line: str) -> bool:
    """Whether the line ends with a full stop or another mark that titles don't end with: . ! ? … : ; , or a quotation
    mark, maybe in brackets or before "and"."""
    return bool(_FINAL.search(line[-12:]))


def is_prose(line: str) -> bool:
    """Whether the line, blanks collapsed, is a sentence, speech or an item of a list: what articles consist of.

    "The mine closed." is, and so is anything of ``PROSE_WORDS`` words; "Mine closed" isn't.
    """
    words = line.count(" ") + 1
    if words >= PROSE_WORDS or line.startswith(QUOTED) or STARTS_ANEW.match(line):
        return True
    return words > 2 and ends_sentence(line)
