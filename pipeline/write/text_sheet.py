"""A sheet of XlsxWriter that writes plain cells at once: of text and of numbers, as a workbook of claims has."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import Worksheet

#: What XlsxWriter calls a cell of text without formats inside it, and a number.
_TEXT, _NUMBER = "String", "Number"
#: What XlsxWriter has to escape: its own "_x000D_" for characters that XML can't have.
_ESCAPE = "_x"


class TextSheet(Worksheet):  # type: ignore[misc]
    """A sheet whose rows are written as they come (``constant_memory``); the file is what XlsxWriter makes of it.

    XlsxWriter asks of every text whether it is a formula, is formatted or has control characters, by some ten calls a
    cell. Here only what isn't plain goes that way.
    """

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """Write a cell, an item of the library's table of the row."""
        kind = type(cell).__name__
        if cell.format is None:
            super()._write_cell(row, col, cell)
        elif kind == _TEXT and _is_plain(cell.string):
            text = cell.string.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            self.fh.write(f'<c {_place(row, col, cell)} t="inlineStr"><is><t>{text}</t></is></c>')
        elif kind == _NUMBER:
            self.fh.write(f"<c {_place(row, col, cell)}><v>{cell.number:.16G}</v></c>")
        else:
            super()._write_cell(row, col, cell)


def _place(row: int, col: int, cell: Any) -> str:
    """The attributes of a cell: where it is, and the number of its format."""
    return f'r="{xl_rowcol_to_cell_fast(row, col)}" s="{cell.format._get_xf_index()}"'


def _is_plain(text: str) -> bool:
    """Whether a text stands in XML as it is, but for its three signs."""
    return text.isprintable() and _ESCAPE not in text and bool(text) and text[0] != " " != text[-1]
