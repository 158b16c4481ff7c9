"""Cells that are written at once are those that XlsxWriter would write."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pipeline.write.text_sheet import TextSheet

VALUES = (
    "The mill shut.", "a & b < c > d", '"Larn"', " blank before", "blank after ", " ", "tab\there", "two\nlines",
    "\x07", "_x000D_ as text", "x_y", "é 😀", "no\xa0break", "\ufffe", 0, 12, 0.1, 1e21, 2**60, -3,
)  # fmt: skip


def sheet_xml(kind: type[Worksheet]) -> bytes:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_urls": False})
    sheet, bold = book.add_worksheet("Claims", kind), book.add_format({"bold": True})
    for row, value in enumerate(VALUES):
        write = sheet.write_string if isinstance(value, str) else sheet.write_number
        write(row, 0, value, bold)
        write(row, 30, value)
    sheet.write_url(len(VALUES), 0, "https://news.example/1", bold, "a page")
    sheet.write_blank(len(VALUES), 1, None, bold)
    sheet.write_boolean(len(VALUES), 2, True, bold)
    book.close()
    return ZipFile(stream).read("xl/worksheets/sheet1.xml")


def test_the_same_xml_as_the_librarys_own() -> None:
    assert sheet_xml(TextSheet) == sheet_xml(Worksheet)


def test_most_cells_do_not_go_through_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    written = []
    monkeypatch.setattr(Worksheet, "_write_cell", lambda _sheet, _row, _column, cell: written.append(cell))
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": True})
    sheet, plain = book.add_worksheet("Claims", TextSheet), book.add_format()
    for column, value in enumerate(("The mill shut.", "a & b", " blank", 3)):
        sheet.write(0, column, value, plain)
    book.close()
    assert [cell.string for cell in written] == [" blank"]
