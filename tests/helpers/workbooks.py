"""claims.xlsx as people's programs change it: any that keeps rows and columns, and LibreOffice itself."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.helpers.spreadsheets import Rows, xlsx

WORKBOOK = Path("outputs/claims.xlsx")
#: A cell by its sheet, the number of its row below the header, and its column: ("Claims", 0, "note").
Cell = tuple[str, int, str]
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def sheet_names(path: Path = WORKBOOK) -> list[str]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(path).sheet_names


def sheet_lines(name: str, path: Path = WORKBOOK) -> list[list[Any]]:
    """The cells of a sheet, its header first."""
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python()


def sheet_rows(name: str = "Claims", path: Path = WORKBOOK) -> list[dict[str, Any]]:
    """The rows of a sheet by the names of its columns."""
    header, *lines = sheet_lines(name, path)
    return [dict(zip(map(str, header), line, strict=True)) for line in lines]


def type_into(cells: Mapping[Cell, str], path: Path = WORKBOOK) -> None:
    """Save the workbook anew with other words in some cells, without formats, as a simple program does."""
    sheets: list[tuple[str, Rows]] = []
    for name in sheet_names(path):
        header, *lines = sheet_lines(name, path)
        for (sheet, number, column), words in cells.items():
            if sheet == name:
                lines[number][header.index(column)] = words
        sheets.append((name, [[_saved(value) for value in line] for line in (header, *lines)]))
    path.write_bytes(xlsx(*sheets))


def _saved(value: Any) -> str | date:
    """The value for a plain writer; what looks like an escape of the format is escaped itself."""
    return value if isinstance(value, date) else re.sub(r"(_x[0-9A-Fa-f]{4}_)", r"_x005F\1", str(value))


def member(name: str, path: Path = WORKBOOK) -> str:
    """The text of a file in the workbook: "xl/worksheets/sheet1.xml"."""
    with zipfile.ZipFile(path) as packed:
        return packed.read(name).decode()


def find_office() -> str:
    """LibreOffice's command. Without one the test is skipped, or fails where OFFICE=required stands."""
    command = shutil.which("soffice") or shutil.which("libreoffice")
    if command is None:
        missing = "LibreOffice isn't installed (Debian: apt-get install libreoffice-calc-nogui)"
        if os.environ.get("OFFICE") == "required":
            pytest.fail(missing)
        pytest.skip(missing)
    return command


def convert(path: Path, kind: str, folder: Path) -> Path:
    """Have LibreOffice open a file and save it in the folder as another kind ("xlsx", "fods"); the new file."""
    profile = f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}"
    command = [find_office(), profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    saved = folder / f"{path.stem}.{kind}"
    assert saved.exists(), done.stdout + done.stderr
    return saved


def type_in_office(decisions: Mapping[int, str], folder: Path, path: Path = WORKBOOK) -> None:
    """Have LibreOffice open the workbook, with words typed into the first column of Claims, and save it.

    ``decisions`` has them by the number of the row below the header. LibreOffice's own text format carries them.
    """
    flat = convert(path, "fods", folder)
    tree = etree.parse(flat)
    (table,) = (table for table in tree.iter(f"{_TABLE}table") if table.get(f"{_TABLE}name") == "Claims")
    rows = list(table.iter(f"{_TABLE}table-row"))[1:]
    for number, words in decisions.items():
        cell = next(iter(rows[number].iter(f"{_TABLE}table-cell")))
        assert cell.get(f"{_TABLE}number-columns-repeated", "1") == "1"
        cell.set(f"{_OFFICE}value-type", "string")
        etree.SubElement(cell, f"{_TEXT}p").text = words
    tree.write(flat, encoding="utf-8", xml_declaration=True)
    shutil.copy(convert(flat, "xlsx", folder), path)
