"""Read back a table that a reviewer saved with whatever program: its separator, encoding, columns, order and dates."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pipeline.errors import ExtractError
from pipeline.text.cells import remove_guard

#: What spreadsheets save a CSV in beside Unicode: Windows', and Macs' before UTF-8.
_BYTE_ENCODINGS = ("cp1252", "mac_roman")
#: What English text has beyond ASCII: more of it is read in the right encoding than in the other.
_COMMON = "“”‘’–—…éèüöäñ"
_SEPARATORS = ",;\t|"
_SEP_LINE = re.compile(r"\s*sep=(.)\s*", re.IGNORECASE)
#: Lines that may stand above the header: blank ones, "sep=;", the name that Numbers gives each table.
_LINES_ABOVE = 10
_HEADER_DRESS = "\ufeff \t'\"“”„‘’"
_NUMBERS = re.compile(r"(\d{1,4})[-/. ]{1,2}(\d{1,2})[-/. ]{1,2}(\d{1,4})\.?(?:[ T,].*)?")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?[- ]([A-Za-z]{3,9})[-., ]{1,2}(\d{2,4})")
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: Excel counts days from here; a day of this century has five digits.
_EXCEL_EPOCH, _SERIAL = date(1899, 12, 30), re.compile(r"([3-6]\d{4})(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a table as read: cells by column name, without guards and outer blanks; blank rows left out.

    ``digest`` is the SHA-256 of the file.
    ``encoding`` is the byte encoding that may have lost letters, empty for Unicode. ``day_first`` tells how dates like
    3/4/2025 are meant, None when no row shows it.
    """

    columns: frozenset[str]
    rows: tuple[Mapping[str, str], ...]
    digest: str
    encoding: str = ""
    day_first: bool | None = None

    def same(self, cell: str, written: str) -> bool:
        """Whether a cell says what was written into it, as far as the program that saved it could tell."""
        if cell == written:
            return True
        if self.encoding:
            # A letter that the encoding lacks became "?" or its nearest, one outside the BMP two of them.
            shape = "".join(re.escape(ch) if self._has(ch) else ".{1,2}" for ch in written)
            return re.fullmatch(shape, cell) is not None
        return False

    def same_day(self, cell: str, written: str) -> bool:
        """Whether a cell holds the day that was written into it, in whatever style."""
        if self.same(cell, written):
            return True
        with suppress(ValueError):
            return date.fromisoformat(written[:10]) in days(cell)
        return False

    def day(self, cell: str) -> str:
        """A day typed in the local style as ISO, where that is certain; else the cell as it is."""
        meant = days(cell)
        if len(meant) == 2 and self.day_first is not None:
            meant = meant[:1] if self.day_first else meant[1:]
        return meant[0].isoformat() if len(meant) == 1 else cell

    def _has(self, letter: str) -> bool:
        try:
            letter.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True


def read_sheet(path: Path, known: Iterable[str]) -> Sheet:
    """The table in the file. ``known`` are names of columns, by which separator and header are told.

    Raises ExtractError when the file can't be read or has none of the columns: writing over it could lose a decision.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    digest = hashlib.sha256(data).hexdigest()
    text, encoding = _decode(data)
    if not text.strip():
        return Sheet(frozenset(), (), digest)
    names = frozenset(known)
    try:
        lines = _table(text, names)
        columns = _names(next(lines, []))
        rows = tuple(_rows(columns, lines, names))
    except csv.Error as error:
        raise _unreadable(path, str(error)) from error
    if not names & set(columns):
        raise _unreadable(path, "its first rows have none of the columns")
    return Sheet(names & set(columns), rows, digest, encoding, _day_first(row.get("decided_at", "") for row in rows))


def days(cell: str) -> list[date]:
    """The days a cell may mean: one, or two where day and month can't be told apart (day first, then month first)."""
    cell = cell.strip()
    if serial := _SERIAL.fullmatch(cell):
        return [_EXCEL_EPOCH + timedelta(days=int(serial[1]))]
    if named := _DAY_MONTH.fullmatch(cell) or _MONTH_DAY.fullmatch(cell):
        day, month, year = (named[1], named[2], named[3]) if named[1].isdecimal() else (named[2], named[1], named[3])
        number = _MONTHS.index(month[:3].lower()) + 1 if month[:3].lower() in _MONTHS else 0
        return list(_real([(year, str(number), day)]))
    shape = _NUMBERS.fullmatch(cell)
    if shape is None:
        return []
    one, two, three = shape.groups()
    if len(one) == 4:
        return list(_real([(one, two, three)]))
    meant = list(dict.fromkeys(_real([(three, two, one), (three, one, two)])))
    return meant[:1] if cell[len(one)] == "." else meant  # with full stops nobody writes the month first


def _real(written: Iterable[tuple[str, str, str]]) -> Iterator[date]:
    for year, month, day in written:
        with suppress(ValueError):  # there is no such day: it isn't meant
            yield date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))


def _day_first(cells: Iterable[str]) -> bool | None:
    """How the sheet writes days: told by those whose first or second number is no month."""
    for cell in cells:
        shape = _NUMBERS.fullmatch(cell)
        if shape and len(shape[1]) < 3 and (int(shape[1]) > 12) != (int(shape[2]) > 12) and days(cell):
            return int(shape[1]) > 12
    return None


def _decode(data: bytes) -> tuple[str, str]:
    """The text, and the encoding's name where it is one of bytes."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), ""
    for start, name in ((0, "utf-16-be"), (1, "utf-16-le")):
        high = data[start:400:2]  # of each letter of a header its upper byte
        if high and high.count(0) > len(high) / 2:
            return data.decode(name, "replace"), ""
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass  # a byte encoding
    read = {name: data.decode(name, "replace") for name in _BYTE_ENCODINGS}
    best = max(read, key=lambda name: sum(map(read[name].count, _COMMON)) - read[name].count("\ufffd"))
    return read[best], best


def _table(text: str, known: frozenset[str]) -> Iterator[list[str]]:
    """The rows from the header on, split by the separator that shows most of the known columns; none without one."""
    lines = io.StringIO(text, newline="")
    separators = _SEPARATORS
    for _ in range(_LINES_ABOVE):
        start, first = lines.tell(), lines.readline()
        if told := _SEP_LINE.fullmatch(first):
            separators = told[1]
            continue
        shown = {
            each: len(known.intersection(_names(next(csv.reader([first], delimiter=each), [])))) for each in separators
        }
        separator = max(separators, key=shown.__getitem__)
        if shown[separator]:
            lines.seek(start)
            return csv.reader(lines, delimiter=separator)
    return iter(())


def _rows(columns: list[str], lines: Iterable[list[str]], known: frozenset[str]) -> Iterator[dict[str, str]]:
    """What lies below the header. Where copies of tables were put together, their own headers stand in between."""
    for row in lines:
        names = _names(row)
        filled = set(filter(None, names))
        if len(filled) > 1 and filled <= known:
            columns = names
        elif filled:
            yield {name: remove_guard(cell.strip()) for name, cell in zip(columns, row, strict=False) if name}


def _names(row: Iterable[str]) -> list[str]:
    return [name.strip(_HEADER_DRESS).casefold() for name in row]


def _unreadable(path: Path, why: str) -> ExtractError:
    hint = "Save it as CSV in UTF-8, or move it away; then run again."
    return ExtractError(f"{path} can't be read back: {why}.", hint)
