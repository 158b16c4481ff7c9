"""Pages of a PDF that are tables, as authorities publish their lists of notices: rows of short cells, no sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from pipeline.corpus.readers.pdf_lines import Line

#: A table has at least 2 columns (cells that stand close are one) ...
LEAST_COLUMNS = 2
#: ... of at least 5 cells each, which begin within 6 points of each other.
LEAST_CELLS = 5
COLUMN_STEP = 6
#: Half of its cells have at most 30 characters; lines of a newspaper's column have about 35.
CELL_CHARS = 30
#: At most 6 % of its cells have the end of a sentence in them; of the lines of a column 15 % have.
SENTENCE_SHARE = 0.06
#: At least a quarter of its cells have a number in them: a day, a count.
NUMBER_SHARE = 0.25
#: Cells stand in one row when their middles differ by less than 0.6 of their letters' size.
ROW_STEP = 0.6
#: What stands between two cells of a row.
CELL_BORDER = " | "

#: A sentence's end after a word of at least four small letters, so that "Inc." and "Corp." are none.
_SENTENCE_END = re.compile(r"[a-z]{4}[.!?][\"”’')\]]*(?:\s|$)")
_NUMBER = re.compile(r"\d")


def is_table(page: Sequence[Line]) -> bool:
    """Whether the lines of a page are the cells of a table."""
    if len(page) < LEAST_COLUMNS * LEAST_CELLS:
        return False
    columns = Counter(round(line.left / COLUMN_STEP) for line in page)
    if sum(count >= LEAST_CELLS for count in columns.values()) < LEAST_COLUMNS:
        return False
    if median(len(line.text) for line in page) > CELL_CHARS:
        return False
    sentences = sum(_SENTENCE_END.search(line.text) is not None for line in page)
    numbers = sum(_NUMBER.search(line.text) is not None for line in page)
    return sentences <= SENTENCE_SHARE * len(page) and numbers >= NUMBER_SHARE * len(page)


def join_rows(page: Sequence[Line]) -> list[str]:
    """The rows of a table from top to bottom, a border between the cells: "7/1/2015 | Larn Ferries | 47"."""
    rows: list[list[Line]] = []
    for line in sorted(page, key=lambda line: -line.middle):
        if rows and rows[-1][0].middle - line.middle < ROW_STEP * max(line.size, 1):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [CELL_BORDER.join(cell.text.strip() for cell in sorted(row, key=lambda cell: cell.left)) for row in rows]
