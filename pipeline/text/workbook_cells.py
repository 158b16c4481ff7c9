"""Values as cells of a workbook: text as it is, days and numbers as such, within the limits that Excel has."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from pipeline.text.cells import CUT, format_cell, remove_guard

#: Rows of a sheet, its header counted.
MAX_ROWS = 1_048_576
#: Links of a sheet.
MAX_LINKS = 65_530
#: Code units of UTF-16 of the longest text in a cell: a letter is one of them, an emoji two.
MAX_UNITS = 32_767
#: Characters of the longest address that a cell may link to.
MAX_ADDRESS = 2_079
#: The first day that Excel and LibreOffice number alike: Excel has a 29 February 1900.
_FIRST_DAY = date(1900, 3, 1)
#: What XML has no place for: halves of surrogate pairs, as of file names that are no text, and two non-characters.
_NOT_IN_XML = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
#: What XlsxWriter takes for text that is formatted already, and would put into the file unread.
_RICH_START, _RICH_END = "<r>", "</r>"


def cell_text(value: object) -> str:
    """A value as the text of a cell: as a CSV has it, but without a guard against formulas, for text is none here."""
    text = remove_guard(format_cell(value))
    if not text.isprintable():
        text = _NOT_IN_XML.sub("\ufffd", text)
    if len(text) > MAX_UNITS // 2 and _units(text) > MAX_UNITS:
        text = _first_units(text, MAX_UNITS - len(CUT)) + CUT
    if text.startswith(_RICH_START) and text.endswith(_RICH_END):
        text += " "
    return text


def cell_day(value: object) -> date | None:
    """A day as a workbook can have it; None for what is none or too early, and has to be text."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, date) and value >= _FIRST_DAY else None


def cell_number(value: object) -> int | float | None:
    """A number; None for what is none."""
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def is_empty(value: Any) -> bool:
    """Whether the value leaves its cell empty; zero doesn't."""
    return value is None or value is False or (not value and not isinstance(value, int | float))


def is_address(text: str) -> bool:
    """Whether a cell can link to it: an address on the web, short enough, without blanks or control characters."""
    starts_right = text.startswith(("http://", "https://"))
    return starts_right and len(text) <= MAX_ADDRESS and text.isprintable() and " " not in text


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)


def _first_units(text: str, units: int) -> str:
    """The beginning of the text of at most so many code units."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")
