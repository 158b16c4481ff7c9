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
#: A gap in a line as wide as the letters' size (10 points in a text of 10) may be the one between columns; a blank is
#: about a quarter of that.
COLUMN_GAP = 1.0
#: Three lines under each other with a gap at the same place make it one between columns.
COLUMN_LINES = 3
#: A column goes on over a vertical gap of less than three letter sizes.
VERTICAL_GAP = 3.0
#: Points that a gap between columns is wide at least, once all lines beside it are taken into account.
MIN_GUTTER = 2

#: Left, bottom, right and top of a character, in points from the page's lower left corner.
_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one column, with its box in points from the page's lower left corner."""

    #: Its words, as ``plain_words`` gives them.
    text: str
    #: Where it begins and ends, from left to right.
    left: float
    right: float
    #: The height of the middle of its letters.
    middle: float
    #: The size of most of its letters.
    size: float
    #: The page's number from 0; lines of the same words at the same place on two pages are two lines.
    page_number: int
    #: The page's height.
    page_height: float
    #: Whether PDFium saw that its last hyphen parts a word.
    hyphen: bool = False


@dataclass(slots=True)
class _CharRun:
    """Characters of one line without a wide gap between them; ``sizes`` are those of its letters, blanks left out."""

    chars: list[str]
    left: float
    right: float
    bottom: float
    top: float
    sizes: list[float]


#: The runs of one line of the page, maybe in several columns.
_Row = list[_CharRun]


def read_page(document: Any, number: int) -> list[Line]:
    """Read the lines of a page in reading order: columns that stand side by side one after the other.

    ``document`` is pypdfium2's, ``number`` the page's from 0. Raises pypdfium2's PdfiumError for a damaged page.
    """
    page = document[number]
    try:
        height = page.get_height()
        text_page = page.get_textpage()
        try:
            rows = [[_make_line(run, number, height) for run in row] for row in _iter_rows(text_page)]
        finally:
            text_page.close()
    finally:
        page.close()
    return [line for line in _in_reading_order(rows) if line.text]


def _make_line(run: _CharRun, page_number: int, page_height: float) -> Line:
    chars = "".join(run.chars)
    return Line(
        text=plain_words(chars),
        left=run.left,
        right=run.right,
        middle=(run.bottom + run.top) / 2,
        size=round(sorted(run.sizes)[len(run.sizes) // 2], 1) if run.sizes else 0.0,
        page_number=page_number,
        page_height=page_height,
        hyphen=chars.rstrip().endswith(tuple(_HYPHENS)),
    )


def plain_words(chars: str) -> str:
    """The words as they are written: ligatures as letters, PDFium's hyphens as hyphens, one blank between words.

    "the oﬃce" becomes "the office".
    """
    return " ".join(re.sub(f"[{_HYPHENS}]", "-", chars).translate(_LIGATURES).split())


def _iter_rows(text_page: Any) -> Iterator[_Row]:
    """The runs of each line, in the order of the page's content."""
    builder = _RowBuilder()
    for char, box, size in _iter_characters(text_page):
        if char in "\r\n":
            yield from builder.end_row()
        elif box is None or char.isspace():
            builder.add_blank()
        else:
            builder.add_letter(char, box, size)
            if char in _HYPHENS:  # the line ends here, though PDFium adds no break
                yield from builder.end_row()
    yield from builder.end_row()


class _RowBuilder:
    """The line being read: its finished runs, and the one that is still open."""

    def __init__(self) -> None:
        self._row: _Row = []
        self._run: _CharRun | None = None
        self._after_blank = False

    def end_row(self) -> list[_Row]:
        """The line as it stands, none if it is empty; the next one begins."""
        if self._run:
            self._row.append(self._run)
        rows = [self._row] if self._row else []
        self._row, self._run, self._after_blank = [], None, False
        return rows

    def add_blank(self) -> None:
        self._after_blank = True
        if self._run:
            self._run.chars.append(" ")

    def add_letter(self, char: str, box: _Box, size: float) -> None:
        """Add a letter to the open run, or begin a run with it behind a wide gap."""
        left, bottom, right, top = box
        run = self._run
        if run and self._after_blank and left - run.right > COLUMN_GAP * max(size, 1.0):
            self._row.append(run)
            run = None
        if run is None:
            run = self._run = _CharRun([], left, right, bottom, top, [])
        run.chars.append(char)
        run.right = max(run.right, right)
        run.bottom, run.top = min(run.bottom, bottom), max(run.top, top)
        run.sizes.append(size)
        self._after_blank = False


def _iter_characters(text_page: Any) -> Iterator[tuple[str, _Box | None, float]]:
    """Each character with its box (None for blanks and breaks that PDFium adds) and the size of its font."""
    import pypdfium2.raw as pdfium

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    high_surrogate = 0
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if 0xD800 <= code < 0xDC00:  # the first half of a letter beyond U+FFFF
            high_surrogate = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high_surrogate - 0xD800) << 10) + (code - 0xDC00) if high_surrogate else 0xFFFD
        high_surrogate = 0
        char = chr(code) if code else "\ufffd"
        if pdfium.FPDFText_IsGenerated(text_page, index) == 1 and char not in _HYPHENS:
            yield char, None, 0.0
            continue
        has_box = pdfium.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
        box = (left.value, bottom.value, right.value, top.value) if has_box else None
        yield char, box, _size_on_page(pdfium, text_page, index)


def _size_on_page(pdfium: Any, text_page: Any, index: int) -> float:
    """The size a letter has on the page: its font's times the scale of the matrix it is drawn with."""
    size = float(pdfium.FPDFText_GetFontSize(text_page, index))
    matrix = pdfium.FS_MATRIX()
    if pdfium.FPDFText_GetMatrix(text_page, index, matrix):
        scale = (matrix.c**2 + matrix.d**2) ** 0.5
        return round(size * scale, 2) if scale else size
    return size


def _in_reading_order(rows: list[list[Line]]) -> Iterator[Line]:
    """The lines, those of columns that were drawn side by side one column after the other."""
    start = 0
    while start < len(rows):
        gutter, end = _find_gutter(rows, start)
        if end - start < COLUMN_LINES:
            yield _merge_row(rows[start])
            start += 1
            continue
        lines = [line for row in rows[start:end] for line in _split_at(row, gutter)]
        yield from (line for line in lines if line.right <= gutter)
        yield from _in_reading_order([[line] for line in lines if line.right > gutter])
        start = end


def _find_gutter(rows: list[list[Line]], start: int) -> tuple[float, int]:
    """A place between columns that the rows from ``start`` on leave free, and the first row that does not.

    (0.0 or any place, ``start``) when there are no columns.
    """
    if len(rows[start]) < 2:
        return 0.0, start
    low, high = rows[start][0].right, rows[start][1].left
    divided = 1
    end = start + 1
    for row in rows[start + 1 :]:
        step = rows[end - 1][0].middle - row[0].middle
        if not 0 < step < VERTICAL_GAP * max(row[0].size, 1.0):
            break
        edges = _free_part(row, low, high)
        if edges is None:
            break
        low, high = edges
        divided += len(row) > 1
        end += 1
    return (low + high) / 2, end if divided >= COLUMN_LINES else start


def _free_part(row: list[Line], low: float, high: float) -> tuple[float, float] | None:
    """What of the stretch from ``low`` to ``high`` no line of the row covers; None when it is too narrow."""
    for line in row:
        if line.right <= (low + high) / 2:
            low = max(low, line.right)
        elif line.left >= (low + high) / 2:
            high = min(high, line.left)
        else:
            return None
    return (low, high) if high - low > MIN_GUTTER else None


def _split_at(row: list[Line], gutter: float) -> Iterator[Line]:
    """The part of a row to the left of the gutter and the one to its right, each as one line."""
    for side in ([line for line in row if line.right <= gutter], [line for line in row if line.right > gutter]):
        if side:
            yield _merge_row(side)


def _merge_row(row: list[Line]) -> Line:
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
