"""The lines of a PDF page in reading order, from PDFium's characters and their boxes."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

#: PDFium's marks of a hyphen (a soft one too) that parts a word at a line's end.
_HYPHENS = "\ufffe\x02"
#: Letters that fonts draw as one.
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})
#: A gap in a line as wide as so many letters' size may be the one between columns.
WIDE = 1.0
#: So many lines under each other with a gap at the same place make it one between columns.
COLUMN_LINES = 3
#: What a column goes on over: a vertical gap of so many letters' size.
COLUMN_GAP = 3.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one column: its words and box in points from the page's lower left corner; ``size`` of letters.

    ``number`` is the page's, from 0. ``hyphen``: PDFium saw that its last hyphen parts a word.
    """

    text: str
    left: float
    right: float
    middle: float
    size: float
    number: int
    page_height: float
    hyphen: bool = False


@dataclass(slots=True)
class _Run:
    """Characters of one line without a wide gap."""

    chars: list[str]
    left: float
    right: float
    bottom: float
    top: float
    sizes: list[float]


def read_page(document: Any, number: int) -> list[Line]:
    """The page's lines in reading order. Raises pypdfium2's PdfiumError."""
    page = document[number]
    try:
        height = page.get_height()
        text = page.get_textpage()
        try:
            rows = [[_line(run, number, height) for run in row] for row in _rows(text)]
        finally:
            text.close()
    finally:
        page.close()
    return [line for line in _in_order(rows) if line.text]


def _line(run: _Run, number: int, height: float) -> Line:
    raw = "".join(run.chars)
    hyphen = raw.rstrip().endswith(tuple(_HYPHENS))
    size = round(sorted(run.sizes)[len(run.sizes) // 2], 1) if run.sizes else 0.0
    return Line(plain_words(raw), run.left, run.right, (run.bottom + run.top) / 2, size, number, height, hyphen)


def plain_words(raw: str) -> str:
    """The words as they are written: ligatures as letters, PDFium's hyphens as hyphens, one blank between words."""
    return " ".join(re.sub(f"[{_HYPHENS}]", "-", raw).translate(_LIGATURES).split())


def _rows(text: Any) -> Iterator[list[_Run]]:
    """The runs of each line, in the order of the page's content."""
    row: list[_Run] = []
    run: _Run | None = None
    gap = False
    for letter, box, size in _characters(text):
        if letter in "\r\n":
            if run:
                row.append(run)
            if row:
                yield row
            row, run, gap = [], None, False
        elif box is None or letter.isspace():
            gap = True
            if run:
                run.chars.append(" ")
        else:
            left, bottom, right, top = box
            if run and gap and left - run.right > WIDE * max(size, 1.0):
                row.append(run)
                run = None
            if run is None:
                run = _Run([], left, right, bottom, top, [])
            run.chars.append(letter)
            run.right = max(run.right, right)
            run.bottom, run.top = min(run.bottom, bottom), max(run.top, top)
            run.sizes.append(size)
            gap = False
            if letter in _HYPHENS:  # the line ends here, though PDFium adds no break
                yield [*row, run]
                row, run = [], None
    if run:
        row.append(run)
    if row:
        yield row


def _characters(text: Any) -> Iterator[tuple[str, tuple[float, float, float, float] | None, float]]:
    """Each character with its box (None for blanks and breaks that PDFium adds) and the size of its font."""
    import pypdfium2.raw as pdfium

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    high = 0
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:  # the first half of a letter beyond U+FFFF
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        letter = chr(code) if code else "\ufffd"
        if pdfium.FPDFText_IsGenerated(text, index) == 1 and letter not in _HYPHENS:
            yield letter, None, 0.0
            continue
        found = pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        box = (left.value, bottom.value, right.value, top.value) if found else None
        yield letter, box, _size(pdfium, text, index)


def _size(pdfium: Any, text: Any, index: int) -> float:
    """The size a letter has on the page: its font's times the scale of the matrix it is drawn with."""
    size = float(pdfium.FPDFText_GetFontSize(text, index))
    matrix = pdfium.FS_MATRIX()
    if pdfium.FPDFText_GetMatrix(text, index, matrix):
        scale = (matrix.c**2 + matrix.d**2) ** 0.5
        return round(size * scale, 2) if scale else size
    return size


def _in_order(rows: list[list[Line]]) -> Iterator[Line]:
    """The lines, those of columns that were drawn side by side one column after the other."""
    at = 0
    while at < len(rows):
        gutter, end = _gutter(rows, at)
        if end - at < COLUMN_LINES:
            yield _whole(rows[at])
            at += 1
            continue
        zone = [line for row in rows[at:end] for line in _halves(row, gutter)]
        yield from (line for line in zone if line.right <= gutter)
        yield from _in_order([[line] for line in zone if line.right > gutter])
        at = end


def _gutter(rows: list[list[Line]], at: int) -> tuple[float, int]:
    """A place between columns that the rows from ``at`` on leave free, and the first row that does not."""
    if len(rows[at]) < 2:
        return 0.0, at
    low, high = rows[at][0].right, rows[at][1].left
    divided, end = 1, at + 1
    for row in rows[at + 1 :]:
        step = rows[end - 1][0].middle - row[0].middle
        if not 0 < step < COLUMN_GAP * max(row[0].size, 1.0):
            break
        edges = _free(row, low, high)
        if edges is None:
            break
        low, high = edges
        divided += len(row) > 1
        end += 1
    return (low + high) / 2, end if divided >= COLUMN_LINES else at


def _free(row: list[Line], low: float, high: float) -> tuple[float, float] | None:
    """What of [low, high] no line of the row covers, or None."""
    for line in row:
        if line.right <= (low + high) / 2:
            low = max(low, line.right)
        elif line.left >= (low + high) / 2:
            high = min(high, line.left)
        else:
            return None
    return (low, high) if high - low > 2 else None


def _halves(row: list[Line], gutter: float) -> Iterator[Line]:
    for side in ([line for line in row if line.right <= gutter], [line for line in row if line.right > gutter]):
        if side:
            yield _whole(side)


def _whole(row: list[Line]) -> Line:
    """The runs of a row as one line."""
    if len(row) == 1:
        return row[0]
    return replace(
        row[0],
        text=" ".join(line.text for line in row),
        left=min(line.left for line in row),
        right=max(line.right for line in row),
        hyphen=row[-1].hyphen,
    )
