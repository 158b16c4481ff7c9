"""Workbooks of Excel and LibreOffice (XLSX, XLSM, XLSB, XLS, ODS): a table of articles on each sheet that has one."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

from pipeline.corpus.limits import MAX_BYTES
from pipeline.corpus.metadata.fields import choose_fields, no_text_field
from pipeline.corpus.readers.records import iter_row_tasks
from pipeline.corpus.readers.source import FilePart, Source, safe_name
from pipeline.corpus.readers.user_errors import with_details
from pipeline.errors import UnreadableArticle

#: Bytes that all members of a workbook may unpack to.
MAX_UNPACKED = 4 * MAX_BYTES
#: A header stands among the first rows of a sheet; above it may be a title and notes.
_HEADER_ROWS = 10

_SAVE_AGAIN = "Open it in Excel or LibreOffice and save it again, or save the sheet as CSV."
#: Why a workbook is not read, and what to do about it.
EXPANDS_TOO_MUCH = (f"the workbook unpacks to more than {MAX_UNPACKED // 1_000_000} MB", "Save its sheet as CSV.")
NO_ROWS = ("there is nothing in the workbook", _SAVE_AGAIN)
WITH_PASSWORD = ("the workbook is protected with a password", "Save it without its password.")

#: The cells of a row: texts, numbers, days, empty texts.
_Row = list[Any]


def iter_workbook_parts(source: Source) -> Iterator[FilePart]:
    """The rows of every sheet with articles as tasks, "#1" the first; "/Sheet2#1" where several sheets have some.

    Raises UnreadableArticle for a workbook that is damaged or too large, or without texts and addresses.
    """
    sheets = [(name, rows) for name, rows in _read_sheets(source.read_all()) if rows]
    if not sheets:
        raise UnreadableArticle(*NO_ROWS)
    with_text = [(name, rows, start) for name, rows in sheets if (start := _find_header(rows, source, "text")) >= 0]
    chosen = with_text or [
        (name, rows, start) for name, rows in sheets if (start := _find_header(rows, source, "url")) >= 0
    ]
    if not chosen:
        raise no_text_field(_header_of(sheets[0][1][0]), source.fields, "column")
    for name, rows, start in chosen:
        part = f"/{safe_name(name)}" if len(chosen) > 1 else ""
        yield from iter_row_tasks(source, _header_of(rows[start]), rows[start + 1 :], part)


def _read_sheets(data: bytes) -> Iterator[tuple[str, list[_Row]]]:
    return _read_zipped_sheets(data) if data.startswith(b"PK") else _read_xls_sheets(data)


def _read_xls_sheets(data: bytes) -> Iterator[tuple[str, list[_Row]]]:
    """The sheets of an XLS, by xlrd: calamine asks for as much memory as a damaged one says, and takes the process
    down with it."""
    import struct

    import xlrd

    broken = (xlrd.XLRDError, xlrd.compdoc.CompDocError, struct.error, AssertionError, AttributeError, LookupError)
    try:
        book = xlrd.open_workbook(file_contents=data, logfile=StringIO(), on_demand=True)
        for name in book.sheet_names():
            sheet = book.sheet_by_name(name)
            yield (
                name,
                [[_xls_value(cell, book.datemode) for cell in sheet.row(number)] for number in range(sheet.nrows)],
            )
    except (*broken, ArithmeticError, RecursionError, TypeError, ValueError) as error:
        raise UnreadableArticle(with_details("the workbook is damaged", error), _SAVE_AGAIN) from error


def _xls_value(cell: Any, datemode: int) -> Any:
    """The value of a cell; a number with the format of a day as the day."""
    import xlrd

    if cell.ctype != xlrd.XL_CELL_DATE:
        return cell.value
    try:
        return xlrd.xldate_as_datetime(cell.value, datemode)
    except (xlrd.XLDateError, ArithmeticError):
        return ""


def _read_zipped_sheets(data: bytes) -> Iterator[tuple[str, list[_Row]]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, ZipError

    _check_size(data)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        for name in workbook.sheet_names:
            yield name, workbook.get_sheet_by_name(name).to_python()
    except PasswordError as error:
        raise UnreadableArticle(*WITH_PASSWORD) from error
    except (CalamineError, ZipError, ValueError) as error:
        raise UnreadableArticle(with_details("the workbook is damaged", error), _SAVE_AGAIN) from error


def _check_size(data: bytes) -> None:
    try:
        unpacked = sum(member.file_size for member in zipfile.ZipFile(BytesIO(data)).infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise UnreadableArticle("the workbook is damaged or cut off", _SAVE_AGAIN) from error
    if unpacked > MAX_UNPACKED:
        raise UnreadableArticle(*EXPANDS_TOO_MUCH)


def _header_of(row: _Row) -> list[str]:
    return [str(cell).strip() for cell in row]


def _find_header(rows: list[_Row], source: Source, content: str) -> int:
    """The index of the row that names columns, one of them for the ``content``; -1 without one."""
    own = source.fields.text if content == "text" else source.fields.url
    if content == "url" and source.fields.text:
        return -1
    names = (choose_fields(_header_of(row), content, own) for row in rows[:_HEADER_ROWS])
    return next((index for index, chosen in enumerate(names) if chosen), -1)
