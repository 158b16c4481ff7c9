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

#: A line broken by a hard wrap is at least and at most so long; shorter lines are lists, longer ones paragraphs.
WRAP_MIN, WRAP_MAX = 40, 120
#: In a newspaper's column lines are shorter: where so many breaks, and half of all, fall within a sentence.
COLUMN_MIN, COLUMN_BREAKS, COLUMN_SHARE = 20, 8, 0.5
#: A typescript with every other line blank: so many breaks across blank lines fall within a sentence.
DOUBLE_BREAKS, DOUBLE_SHARE = 6, 0.4
#: Of the breaks after such lines, the share that must fall within a sentence before the text counts as hard-wrapped.
WRAPPED_SHARE = 0.3
#: A wrapped line fills its width up to the next word. Where fewer than this share do so to the letter, the font was
#: proportional (text out of a PDF), and lines need fill only part of the width.
EXACT_SHARE, WRAP_SLACK = 0.9, 0.8

#: A line that begins something new even in wrapped text: a bullet, speaker's label, question, answer, signature.
STARTS_ANEW = re.compile(
    r"\s*(?:[•●▪◦‣·*]\s|[-–—]{1,2}\s|\d{1,2}[.)]\s|[QA][.:]\s|[A-Z][A-Z.'’ -]{1,40}:\s"
    r"|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}:\s)"
)
_BULLET = re.compile(r"\s*[•●▪◦‣·*]\s")
#: What quoted speech begins with.
QUOTED = ('"', "“", "``", "''", "«", "„")
#: From so many words on, a paragraph is prose even without a final mark.
PROSE_WORDS = 20

#: A line that stands so often in the text, page numbers apart, is a page's header or footer; none is longer.
RUNNING, RUNNING_CHARS = 3, 100
_PAGE_NUMBER = re.compile(r"\W{0,3}(?:page|p\.)? ?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?\W{0,3}", re.IGNORECASE)
_HYPHENATED = re.compile(r"[a-zà-ÿ][-\u00ad\u2010]$")
_DIGITS = re.compile(r"\d+")

_FINAL = re.compile(r"[.!?…:;,][\"'”’)\]]*$|[\"”]$|''$|[;,] (?:and|or)$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``text[start:end]`` without outer blanks; ``line`` is the same with blanks collapsed.

    ``chunk`` counts runs of lines without a blank line between them: paragraphs of one chunk stand line under line.
    ``running``: a header or footer that stands on every page.
    """

    start: int
    end: int
    line: str
    chunk: int
    running: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    indent: int
    text: str


@dataclass(frozen=True, slots=True)
class _Wrap:
    """How a text is wrapped: lines of ``least`` characters on may be broken ones; those as long as ``full`` are.

    ``full`` 0 means that it isn't hard-wrapped. Lines indented by more than ``indent`` begin a paragraph.
    """

    least: int
    full: float = 0
    indent: int = 0


def find_paragraphs(text: str, start: int = 0) -> list[Paragraph]:
    """The paragraphs of ``text`` from ``start`` on, in order."""
    chunks = _single_spaced(text, list(_chunks(text, start)))
    running = _running_lines(chunks)
    wrap = _find_wrap(chunks)
    found: list[Paragraph] = []
    for number, lines in enumerate(chunks):
        for group in _groups(lines, wrap, running):
            first, last = group[0].start, group[-1].end
            words = " ".join(text[first:last].split())
            found.append(Paragraph(first, last, words, number, group[0].text in running))
    return found


def _find_wrap(chunks: Sequence[Sequence[_Line]]) -> _Wrap:
    pairs = [pair for lines in chunks for pair in pairwise(lines)]
    narrow = [pair for pair in pairs if COLUMN_MIN <= len(pair[0].text) <= WRAP_MIN]
    broken = [pair for pair in narrow if _runs_on(*pair, COLUMN_MIN)]
    least = COLUMN_MIN if len(broken) >= max(COLUMN_BREAKS, COLUMN_SHARE * len(narrow)) else WRAP_MIN
    joins = [pair for pair in pairs if least <= len(pair[0].text) <= WRAP_MAX]
    inside = [pair for pair in joins if _runs_on(*pair, least)]
    if not inside:
        return _Wrap(least)
    indent = Counter(below.indent for _, below in inside).most_common(1)[0][0]
    widest = max(len(above.text) for above, _ in joins)
    exact = sum(_with_next_word(*pair) > widest for pair in joins)
    if len(inside) < WRAPPED_SHARE * len(joins) and exact < EXACT_SHARE * len(joins):
        return _Wrap(least)
    return _Wrap(least, _full_length(inside), indent)


def _single_spaced(text: str, chunks: list[list[_Line]]) -> list[list[_Line]]:
    """The chunks, or in a text with every other line blank those between more than one blank line."""
    pairs = [(one[0], other[0]) for one, other in pairwise(chunks) if len(one) == len(other) == 1]
    inside = sum(_runs_on(*pair, WRAP_MIN) for pair in pairs)
    if inside < max(DOUBLE_BREAKS, DOUBLE_SHARE * (len(chunks) - 1)):
        return chunks
    joined = chunks[:1]
    for above, below in pairwise(chunks):
        if len(text[above[-1].end : below[0].start].splitlines()) <= 2:
            joined[-1] = [*joined[-1], *below]
        else:
            joined.append(below)
    return joined


def _chunks(text: str, start: int) -> Iterator[list[_Line]]:
    """Runs of lines that aren't blank."""
    run: list[_Line] = []
    at = start
    for raw in text[start:].splitlines(keepends=True):
        solid = raw.strip()
        if solid:
            indent = len(raw) - len(raw.lstrip())
            run.append(_Line(at + indent, at + indent + len(solid), indent, solid))
        elif run:
            yield run
            run = []
        at += len(raw)
    if run:
        yield run


def _running_lines(chunks: Sequence[Sequence[_Line]]) -> set[str]:
    """Lines that are a page's header or footer, as written: page numbers, and the same short line again and again.

    The latter only with a number in it, beside one, or apart from other lines: a column may hold the same words thrice.
    """
    by_form: dict[str, list[str]] = {}
    for lines in chunks:
        for i, line in enumerate(lines):
            beside = any(_PAGE_NUMBER.fullmatch(other.text) for other in lines[max(i - 1, 0) : i + 2])
            if len(line.text) <= RUNNING_CHARS and (beside or _numbered(line.text) or len(lines) == 1):
                by_form.setdefault(_DIGITS.sub("0", " ".join(line.text.split())), []).append(line.text)
    return {
        text
        for form, texts in by_form.items()
        for text in texts
        if len(texts) >= RUNNING and not ends_sentence(text) and not text[0].islower()
    }


def _numbered(line: str) -> bool:
    """Whether the line is two words or more and a number at one end: "Hill Courier 3", not "Day 3"."""
    return line.count(" ") > 1 and (line[0].isdigit() or line[-1].isdigit())


def _groups(lines: Sequence[_Line], wrap: _Wrap, running: set[str]) -> Iterator[list[_Line]]:
    """The lines of a chunk, those of one paragraph together; a page's header is none of them."""
    group = [lines[0]]
    for above, below in pairwise(lines):
        apart = above.text in running or below.text in running
        if apart:
            yield group
            group = [below]
        elif _runs_on(above, below, wrap.least) or (wrap.full and _is_full(above, below, wrap)):
            group.append(below)
        else:
            yield group
            group = [below]
    yield group


def _runs_on(above: _Line, below: _Line, least: int) -> bool:
    """Whether the break falls within a sentence: no final mark above, a lower-case letter below."""
    if _HYPHENATED.search(above.text) and below.text[0].islower() and len(above.text) >= COLUMN_MIN:
        return True
    if not least <= len(above.text) <= WRAP_MAX:
        return False
    return below.text[0].islower() and above.text.rstrip("\"'”’)]")[-1:] not in (*".!?:…", "")


def _full_length(inside: Sequence[tuple[_Line, _Line]]) -> float:
    """The length that a wrapped line reaches together with the word that no longer fitted, from sure examples."""
    lengths = sorted(len(above.text) for above, _ in inside)
    width = lengths[int(0.95 * (len(lengths) - 1))]
    exact = sum(_with_next_word(above, below) > width for above, below in inside)
    return width if exact >= EXACT_SHARE * len(inside) else WRAP_SLACK * width


def _is_full(above: _Line, below: _Line, wrap: _Wrap) -> bool:
    """Whether the line was broken because the next word no longer fitted, and nothing new begins below."""
    if not wrap.least <= len(above.text) <= WRAP_MAX or len(below.text) > WRAP_MAX or below.indent > wrap.indent:
        return False
    if STARTS_ANEW.match(below.text) and (ends_sentence(above.text) or _BULLET.match(below.text)):
        return False
    return _with_next_word(above, below) > wrap.full and not dateline_length(below.text, first=False)


def _with_next_word(above: _Line, below: _Line) -> int:
    return len(above.text) + 1 + len(below.text.split(None, 1)[0])


def ends_sentence(line: str) -> bool:
    """Whether the line ends with a full stop or another mark that titles don't end with."""
    return bool(_FINAL.search(line[-12:]))


def is_prose(line: str) -> bool:
    """Sentences, speech, list items: what an article consists of, whatever its length."""
    words = line.count(" ") + 1
    if words >= PROSE_WORDS or line.startswith(QUOTED) or STARTS_ANEW.match(line):
        return True
    return words > 2 and ends_sentence(line)
