"""Read a table that a reviewer saved with whatever program: its separator, encoding, columns, row order and days."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pipeline.errors import ExtractError
from pipeline.text.cells import remove_guard
from pipeline.text.workbook_cells import cell_text

#: What spreadsheets save CSV files in beside Unicode: Western Windows, and Macs before UTF-8.
_BYTE_ENCODINGS = ("cp1252", "mac_roman")
#: Characters beyond ASCII that English news text has: the encoding that yields more of them is taken.
_COMMON_CHARACTERS = "“”‘’–—…éèüöäñ"
#: Bytes at the start in which UTF-16 without a byte order mark is recognised: enough for a header.
_HEADER_BYTES = 400
#: Separators in the order in which they win a tie.
_SEPARATORS = ",;\t|"
#: The line by which Excel is told the separator: "sep=;".
_SEPARATOR_LINE = re.compile(r"\s*sep=(.)\s*", re.IGNORECASE)
#: Lines that may stand above the header: blank ones, "sep=;", the title that Numbers gives each table.
_LINES_ABOVE_HEADER = 10
#: What programs leave around the names of columns.
_HEADER_PADDING = "\ufeff \t'\"“”„‘’"
#: 2025-03-04, 4/3/2025, 04.03.25, 4. 3. 2025 and so on, maybe with a time after it.
_NUMERIC_DAY = re.compile(r"(\d{1,4})[-/. ]{1,2}(\d{1,2})[-/. ]{1,2}(\d{1,4})\.?(?:[ T,].*)?")
#: 4 March 2025, 4th Mar. 25, 4-Mar-2025.
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?[- ]([A-Za-z]{3,9})[-., ]{1,2}(\d{2,4})")
#: March 4, 2025.
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: Day 0 of Excel's serial numbers, as which a cell without a date format shows its day.
_EXCEL_EPOCH = date(1899, 12, 30)
#: Five digits from 30000 (1982-02-18) to 69999 (2091-08-24), maybe with the time of day as a fraction.
_EXCEL_SERIAL = re.compile(r"([3-6]\d{4})(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class CutRow:
    """The last row of a table whose file ends in the middle of it, as after a full disk."""

    number: int  #: the row's number as spreadsheets count, the first line being 1
    cells: tuple[str, ...]  #: what is left of its cells, empty ones left out


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a table as read, and what is needed to tell whether a cell was edited."""

    columns: frozenset[str]  #: the known columns that it has
    rows: tuple[Mapping[str, str], ...]  #: cells by column, without formula guards and outer blanks; no blank rows
    digest: str  #: SHA-256 of the file
    encoding: str = ""  #: the byte encoding, in which letters may be lost; empty for Unicode
    day_first: bool | None = None  #: whether 3/4/2025 is in April; None when no row shows it
    cut_row: CutRow | None = None  #: the row in which the file ends, which is none of ``rows``; None for a whole file
    is_workbook: bool = False  #: whether it is a sheet of a workbook, whose cells hold text as ``cell_text`` has it

    def is_unchanged(self, cell: str, written: str) -> bool:
        """Whether a cell still holds what was written into it, as far as the program that saved it could keep it."""
        if cell == (cell_text(written).strip() if self.is_workbook else written):
            return True
        if self.encoding:
            # A character that the encoding lacks became "?" or its nearest, one outside the BMP two of them.
            pattern = "".join(re.escape(char) if self._can_encode(char) else ".{1,2}" for char in written)
            return re.fullmatch(pattern, cell) is not None
        return False

    def is_unchanged_day(self, cell: str, written: str) -> bool:
        """Whether a cell still holds the day that was written into it, in whatever style the program shows days."""
        if self.is_unchanged(cell, written):
            return True
        with suppress(ValueError):
            return date.fromisoformat(written[:10]) in possible_days(cell)
        return False

    def to_iso_day(self, cell: str) -> str:
        """A day typed in the local style as ISO 8601, where only one can be meant; else the cell as it is."""
        days = possible_days(cell)
        if len(days) == 2 and self.day_first is not None:
            days = days[:1] if self.day_first else days[1:]
        return days[0].isoformat() if len(days) == 1 else cell

    def _can_encode(self, char: str) -> bool:
        try:
            char.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True


def read_sheet(path: Path, known_columns: Iterable[str]) -> Sheet:
    """Read the table in the file; separator and header are recognised by the names of the known columns.

    An empty file is a sheet without columns. Raises ExtractError when the file can't be read or has none of the known
    columns, for then it may hold decisions that writing over it would lose.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error.strerror or str(error)) from error
    digest = hashlib.sha256(data).hexdigest()
    text, encoding = _decode(data)
    if not text.strip():
        return Sheet(frozenset(), (), digest)
    known_columns = frozenset(known_columns)
    try:
        records, cut_row = _split_off_cut_row(list(_records_from_header(text, known_columns)), known_columns)
        header = _column_names(records[0].cells) if records else []
        rows = tuple(_read_rows(header, (record.cells for record in records[1:]), known_columns))
    except csv.Error as error:
        raise unreadable(path, str(error)) from error
    columns = known_columns & set(header)
    if not columns and cut_row is None:
        raise unreadable(path, "its first rows have none of the columns of that table")
    day_first = _guess_day_first(row.get("decided_at", "") for row in rows)
    return Sheet(columns, rows, digest, encoding, day_first, cut_row)


def sheet_from_cells(lines: Sequence[Sequence[str]], known_columns: Iterable[str], digest: str) -> Sheet | None:
    """The table in the cells of a workbook's sheet, whose file has the digest; None without a known column.

    Text is text in a workbook, so no guards against formulas are removed.
    """
    known_columns = frozenset(known_columns)
    names = [_column_names(line) for line in lines[:_LINES_ABOVE_HEADER]]
    counts = [len(known_columns.intersection(header)) for header in names]
    best = max(counts, default=0)
    if not best:
        return None
    start = counts.index(best)
    rows = tuple(_read_rows(names[start], lines[start + 1 :], known_columns, clean=str.strip))
    day_first = _guess_day_first(row.get("decided_at", "") for row in rows)
    return Sheet(known_columns.intersection(names[start]), rows, digest, day_first=day_first, is_workbook=True)


def possible_days(cell: str) -> list[date]:
    """The days that a cell may mean, in styles that spreadsheets use.

    None for what is no day, one where it is clear ("2025-03-04", "4 March 2025", "13/3/2025", Excel's "45720"), two
    where day and month can't be told apart: "3/4/2025" gives 3 April, then 4 March (day first, then month first).
    """
    cell = cell.strip()
    if serial := _EXCEL_SERIAL.fullmatch(cell):
        return [_EXCEL_EPOCH + timedelta(days=int(serial[1]))]
    if match := _DAY_MONTH.fullmatch(cell) or _MONTH_DAY.fullmatch(cell):
        return _named_month_days(*match.groups())
    if match := _NUMERIC_DAY.fullmatch(cell):
        return _numeric_days(cell, *match.groups())
    return []


def _named_month_days(first: str, second: str, year: str) -> list[date]:
    day, month = (first, second) if first.isdecimal() else (second, first)
    name = month[:3].lower()
    number = _MONTHS.index(name) + 1 if name in _MONTHS else 0
    return list(_valid_days([(year, str(number), day)]))


def _numeric_days(cell: str, first: str, second: str, third: str) -> list[date]:
    if len(first) == 4:
        return list(_valid_days([(first, second, third)]))
    days = list(dict.fromkeys(_valid_days([(third, second, first), (third, first, second)])))
    is_dotted = cell[len(first)] == "."  # where days are written with full stops, nobody writes the month first
    return days[:1] if is_dotted else days


def _valid_days(candidates: Iterable[tuple[str, str, str]]) -> Iterator[date]:
    """Those of the (year, month, day) that exist; a year of two digits is in this century."""
    for year, month, day in candidates:
        with suppress(ValueError):
            yield date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))


def _guess_day_first(cells: Iterable[str]) -> bool | None:
    """Whether the sheet writes days before months: shown by the first cell with a number that can't be a month."""
    for cell in cells:
        match = _NUMERIC_DAY.fullmatch(cell)
        if match and len(match[1]) < 3 and (int(match[1]) > 12) != (int(match[2]) > 12) and possible_days(cell):
            return int(match[1]) > 12
    return None


def _decode(data: bytes) -> tuple[str, str]:
    """The text, and the name of its encoding where that is one of bytes, else an empty string."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), ""
    for offset, name in ((0, "utf-16-be"), (1, "utf-16-le")):
        high_bytes = data[offset:_HEADER_BYTES:2]  # in UTF-16 those of a header, which is ASCII, are zero
        if high_bytes and high_bytes.count(0) > len(high_bytes) / 2:
            return data.decode(name, "replace"), ""
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    texts = {name: data.decode(name, "replace") for name in _BYTE_ENCODINGS}
    best = max(texts, key=lambda name: sum(map(texts[name].count, _COMMON_CHARACTERS)) - texts[name].count("\ufffd"))
    return texts[best], best


@dataclass(frozen=True, slots=True)
class _Record:
    """A row of the file, be it header or not."""

    number: int  #: as spreadsheets count, the first line being 1
    cells: list[str]
    raw: str  #: its text with separators, quotation marks and line break


def _records_from_header(text: str, known_columns: frozenset[str]) -> Iterator[_Record]:
    """The rows from the header on, split by the separator that shows most known columns; none without a header."""
    lines = io.StringIO(text, newline="")
    separators = _SEPARATORS
    for above in range(_LINES_ABOVE_HEADER):
        start, line = lines.tell(), lines.readline()
        if match := _SEPARATOR_LINE.fullmatch(line):
            separators = match[1]
            continue
        counts = {separator: _count_known(line, separator, known_columns) for separator in separators}
        best = max(separators, key=counts.__getitem__)
        if counts[best]:
            lines.seek(start)
            yield from _split_records(text, lines, best, above)
            return


def _split_records(text: str, lines: io.StringIO, separator: str, above: int) -> Iterator[_Record]:
    """The rows from where ``lines`` stands, with ``above`` lines before it in the text."""
    start = lines.tell()
    for number, cells in enumerate(csv.reader(lines, delimiter=separator), above + 1):
        end = lines.tell()
        yield _Record(number, cells, text[start:end])
        start = end


def _split_off_cut_row(records: list[_Record], known_columns: frozenset[str]) -> tuple[list[_Record], CutRow | None]:
    """The whole rows, and the last one where the file ends in the middle of it.

    It does so without a line break, before the last column or within quotation marks. A last row that lacks its line
    break alone, or its empty cells alone, is whole: some programs save it so. Of a header no more is asked than its
    column claim_id, which is one of the last.
    """
    if not records:
        return records, None
    last = records[-1]
    if last.raw.endswith(("\n", "\r")):
        return records, None
    if len(records) == 1:
        is_whole = "claim_id" in _column_names(last.cells)
    else:
        above = (record for record in reversed(records[:-1]) if _is_header(_column_names(record.cells), known_columns))
        header = next(above, records[0])
        is_whole = len(last.cells) >= len(header.cells) and last.raw.count('"') % 2 == 0
    if is_whole:
        return records, None
    return records[:-1], CutRow(last.number, tuple(filter(None, map(str.strip, last.cells))))


def _count_known(line: str, separator: str, known_columns: frozenset[str]) -> int:
    return len(known_columns.intersection(_column_names(next(csv.reader([line], delimiter=separator), []))))


def _read_rows(
    columns: list[str],
    lines: Iterable[Sequence[str]],
    known_columns: frozenset[str],
    clean: Callable[[str], str] = lambda cell: remove_guard(cell.strip()),
) -> Iterator[dict[str, str]]:
    """The rows below the header, each cell as ``clean`` has it.

    Where copies of tables were put together, a header in between starts new columns.
    """
    for line in lines:
        names = _column_names(line)
        if _is_header(names, known_columns):
            columns = names
        elif any(names):
            yield {name: clean(cell) for name, cell in zip(columns, line, strict=False) if name}


def _is_header(names: Iterable[str], known_columns: frozenset[str]) -> bool:
    filled = set(filter(None, names))
    return len(filled) > 1 and filled <= known_columns


def _column_names(line: Iterable[str]) -> list[str]:
    return [name.strip(_HEADER_PADDING).casefold() for name in line]


def unreadable(path: Path, why: str) -> ExtractError:
    """The error for a table whose edits can't be read, with the reason as a clause."""
    return ExtractError(
        f"The edits in {path} can't be imported: {why}.",
        "Save it as CSV in UTF-8, or move it out of the folder; then run again.",
    )
