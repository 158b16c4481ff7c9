"""Read the sheets of claims.xlsx as Excel or LibreOffice saved it: claims and events with what a reviewer typed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from pipeline.store.spreadsheet import Sheet, sheet_from_cells, unreadable

#: The sheets that run writes and reads back, in lower case, each with a column without which a sheet isn't it.
CLAIMS_SHEET, EVENTS_SHEET = "claims", "events"
_NEEDED = {CLAIMS_SHEET: ("claim_id", "claim_text"), EVENTS_SHEET: ("merge_into",)}


def read_workbook(path: Path, known_columns: Mapping[str, Iterable[str]]) -> dict[str, Sheet]:
    """The sheets of claims and events, by CLAIMS_SHEET and EVENTS_SHEET; ``known_columns`` has the columns of each.

    A sheet is recognised by its columns; of several the one with the right name is taken, else the first. That of
    events may be missing. Raises ExtractError when the file can't be read or has no claims, for then it may hold
    decisions that writing over it would lose.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error.strerror or str(error)) from error
    digest = hashlib.sha256(data).hexdigest()
    cells = _read_cells(path, data)
    sheets: dict[str, Sheet] = {}
    for kind, columns in known_columns.items():
        by_name = sorted(cells, key=lambda name: name.strip().casefold() != kind)  # the others stay in their order
        tables = (sheet_from_cells(cells[name], columns, digest) for name in by_name)
        is_it = _NEEDED[kind]
        found = next((sheet for sheet in tables if sheet and sheet.columns.intersection(is_it)), None)
        if found is not None:
            sheets[kind] = found
    if CLAIMS_SHEET not in sheets:
        raise unreadable(path, "none of its sheets has a column claim_id or claim_text")
    return sheets


def _read_cells(path: Path, data: bytes) -> dict[str, list[list[str]]]:
    """By its name the cells of every sheet, as text."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, ZipError

    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        return {
            name: [
                list(map(_as_text, row)) for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ]
            for name in workbook.sheet_names
        }
    except PasswordError as error:
        raise unreadable(path, "it is protected with a password") from error
    except (CalamineError, ZipError, ValueError) as error:
        raise unreadable(path, f"the workbook is damaged ({error})") from error


def _as_text(value: Any) -> str:
    """A cell as text: 3.0 is "3", a day or midnight of it "2025-03-04", yes or no "true" or "false"."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date | time) else str(value)
