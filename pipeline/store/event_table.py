"""Edits of events in events.csv: a name, the event that one is to be merged into, claims that are to be split off.

What the last run wrote into these columns is kept, so that a later one can tell what was edited. A cell that can't be
understood, as the id of no event, changes nothing, is told of and stays in the table.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from sqlite3 import Connection
from typing import Any

from pipeline.store.database import transaction
from pipeline.store.decisions import load_written_digest
from pipeline.store.event_edits import EventEditor, apply_edits, load_event_edits
from pipeline.store.spreadsheet import Sheet
from pipeline.text.cells import format_cell, remove_guard
from pipeline.text.identifiers import ID_PATTERN
from pipeline.text.workbook_cells import cell_text

#: The columns of events.csv that people edit.
EVENT_EDIT_COLUMNS = ("name", "merge_into", "split_off")
#: Those by which the table is recognised.
KNOWN_COLUMNS = frozenset({"event_id", "claim_ids", *EVENT_EDIT_COLUMNS})
_CLAIM_ID = re.compile(rf"c{ID_PATTERN}")
_BETWEEN_IDS = re.compile(r"[\s|,;]+")


@dataclass(frozen=True, slots=True)
class WrittenEvent:
    """A row of events.csv as the last run wrote it, and the cells of it that were read since."""

    event_id: str
    claim_ids: tuple[str, ...]  #: ids of its claims
    name: str = ""  #: the name that somebody gave it
    merge_into: str = ""  #: the cell as it was last read
    split_off: str = ""  #: the cell as it was last read
    part_of: str = ""  #: id of the event that it is a part of; empty for none
    unclear: tuple[str, ...] = ()  #: of these two columns those whose cell can't be understood


@dataclass(frozen=True, slots=True)
class UnclearCell:
    """A cell of events.csv that can't be understood."""

    event_id: str
    column: str  #: "merge_into" or "split_off"
    words: str  #: what stands in it
    row: int = 0  #: number of the row in the table that this run wrote, as spreadsheets count


def load_written_events(connection: Connection) -> dict[str, WrittenEvent]:
    """By its id every event of the last run's events.csv."""
    rows = connection.execute(
        "SELECT event_id, claim_ids, name, merge_into, split_off, part_of, unclear FROM written_events"
    ).fetchall()
    return {
        event_id: WrittenEvent(
            event_id, tuple(claim_ids.split()), name, merge_into, split_off, part_of, tuple(unclear.split())
        )
        for event_id, claim_ids, name, merge_into, split_off, part_of, unclear in rows
    }


def save_written_events(connection: Connection, events: Iterable[WrittenEvent], file: str, digest: str) -> None:
    """Record what now stands in the table, the file of that name, whose SHA-256 is ``digest``."""
    with transaction(connection, durable=True):
        connection.execute("DELETE FROM written_events")
        connection.execute("INSERT OR REPLACE INTO tables VALUES (?, ?)", (file, digest))
        connection.executemany("INSERT INTO written_events VALUES (?, ?, ?, ?, ?, ?, ?)", map(_row_of, events))


def save_written_sheet(connection: Connection, file: str, events: Iterable[WrittenEvent]) -> None:
    """Record what people may edit in the sheet of events of a workbook that was just written."""
    cells = ((event.event_id, *(cell_text(getattr(event, name)) for name in EVENT_EDIT_COLUMNS)) for event in events)
    with transaction(connection, durable=True):
        connection.execute("INSERT OR REPLACE INTO tables VALUES (?, ?)", (_sheet_key(file), _digest_cells(cells)))


def is_sheet_unedited(connection: Connection, file: str, sheet: Sheet) -> bool:
    """Whether the sheet of events of a workbook is as it was written, whatever else was edited in the file."""
    cells = ((row.get("event_id", ""), *(row.get(name, "") for name in EVENT_EDIT_COLUMNS)) for row in sheet.rows)
    return load_written_digest(connection, _sheet_key(file)) == _digest_cells(cells)


def _sheet_key(file: str) -> str:
    """What the sheet is called among the written tables."""
    return f"{file} Events"


def _digest_cells(rows: Iterable[tuple[str, ...]]) -> str:
    """SHA-256 of the cells of rows, in whatever order these are."""
    return hashlib.sha256(repr(sorted(tuple(cell.strip() for cell in row) for row in rows)).encode()).hexdigest()


def _row_of(event: WrittenEvent) -> tuple[str, ...]:
    return (
        event.event_id, event.name, event.merge_into, event.split_off, " ".join(event.unclear),
        " ".join(event.claim_ids), event.part_of,
    )  # fmt: skip


def import_event_table(
    connection: Connection, file: str, sheet: Sheet, written_events: Mapping[str, WrittenEvent]
) -> int:
    """Import the edits of the table; how many changed something.

    ``written_events`` has by their ids the events as the last run wrote them into every table, before any edit of them
    was imported. Of one row the claims are split off first, then the rest is merged.
    """
    reader = _TableImport(connection, file, sheet)
    for row in sheet.rows:
        written = written_events.get(row.get("event_id", ""))
        if written is not None:
            reader.import_row(written, row)
    return reader.changes


class _TableImport:
    """The import of one table; ``events`` are those of the last run, and are changed as edits change them."""

    def __init__(self, connection: Connection, file: str, sheet: Sheet) -> None:
        self.events = load_written_events(connection)
        self.changes = 0
        self._connection = connection
        self._sheet = sheet
        self._editor = EventEditor(connection, "", file)
        self._merged: dict[str, str] = {}
        #: What review sessions have edited since the table was written.
        self._moved = apply_edits(load_event_edits(connection)).claims

    def import_row(self, written: WrittenEvent, row: Mapping[str, str]) -> None:
        event_id = written.event_id
        name = self._edited(row, "name", written.name)
        if name is not None:
            self.changes += self._editor.rename(event_id, name)
            self._note(replace(self.events[event_id], name=name))
        unclear = list(self.events[event_id].unclear)
        for column, read in (("split_off", self._split), ("merge_into", self._merge)):
            cell = self._edited(row, column, getattr(written, column))
            if cell is None:
                continue
            unclear = [other for other in unclear if other != column]
            if cell and not read(event_id, cell):
                unclear.append(column)
            values: dict[str, Any] = {column: cell, "unclear": tuple(sorted(unclear))}
            self._note(replace(self.events[event_id], **values))

    def _edited(self, row: Mapping[str, str], column: str, written: str) -> str | None:
        """The cell where it was edited, else None."""
        cell = row.get(column)
        if cell is None or self._sheet.is_unchanged(cell, remove_guard(format_cell(written).strip())):
            return None
        return cell

    def _claims_of(self, event_id: str) -> list[str]:
        """The claims that are of the event now, whatever was edited since the table was written."""
        own = [claim for claim in self.events[event_id].claim_ids if self._moved.get(claim, event_id) == event_id]
        others = (claim for claim, event in self._moved.items() if event == event_id)
        return list(dict.fromkeys((*own, *others)))

    def _split(self, event_id: str, cell: str) -> bool:
        """Split off the claims that the cell names; whether it can be understood."""
        named = [word for word in _BETWEEN_IDS.split(cell) if word]
        claim_ids = self._claims_of(event_id)
        if not all(map(_CLAIM_ID.fullmatch, named)) or not set(named) < set(claim_ids):
            return False
        self._editor.split(event_id, claim_ids, named)
        self._take_in_edits()
        return True

    def _merge(self, event_id: str, cell: str) -> bool:
        """Merge the event into the one that the cell names; whether it can be understood."""
        into = self._merged.get(cell, cell)
        if into not in self.events or into == event_id:
            return False
        claim_ids = self._claims_of(event_id)
        self._editor.merge(event_id, claim_ids, into, self._claims_of(into))
        self._merged = {merged: into if to == event_id else to for merged, to in self._merged.items()}
        self._merged[event_id] = into
        self._take_in_edits()
        return True

    def _take_in_edits(self) -> None:
        self.changes += 1
        self._moved = apply_edits(load_event_edits(self._connection)).claims

    def _note(self, written: WrittenEvent) -> None:
        """Keep what was read, so that it isn't an edit when the table is read again."""
        self.events[written.event_id] = written
        self._connection.execute("INSERT OR REPLACE INTO written_events VALUES (?, ?, ?, ?, ?, ?, ?)", _row_of(written))
