"""Edits of speakers in speakers.csv: a name, and the speaker that one is one with.

What the last run wrote into these columns is kept, so that a later one can tell what was edited. A cell that can't be
understood, as the id of no speaker, changes nothing, is told of and stays in the table. Edits of speakers are kept with
those of events (see ``event_edits``); ids of speakers begin with "s".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from sqlite3 import Connection

from pipeline.store.database import transaction
from pipeline.store.event_edits import EventEditor, EventEdits, apply_edits, load_event_edits
from pipeline.store.spreadsheet import Sheet
from pipeline.text.cells import format_cell, remove_guard

#: The columns of speakers.csv that people edit.
SPEAKER_EDIT_COLUMNS = ("name", "merge_into")
#: Those by which the table is recognised.
KNOWN_COLUMNS = frozenset({"speaker_id", "spellings", *SPEAKER_EDIT_COLUMNS})


@dataclass(frozen=True, slots=True)
class WrittenSpeaker:
    """A row of speakers.csv as the last run wrote it, and the cells of it that were read since."""

    speaker_id: str
    name: str = ""  #: the name that somebody gave the speaker
    merge_into: str = ""  #: the cell as it was last read
    is_unclear: bool = False  #: whether that cell can't be understood


def load_written_speakers(connection: Connection) -> dict[str, WrittenSpeaker]:
    """By its id every speaker of the last run's speakers.csv."""
    rows = connection.execute("SELECT speaker_id, name, merge_into, is_unclear FROM written_speakers").fetchall()
    return {
        speaker_id: WrittenSpeaker(speaker_id, name, merge_into, bool(is_unclear))
        for speaker_id, name, merge_into, is_unclear in rows
    }


def save_written_speakers(connection: Connection, speakers: Iterable[WrittenSpeaker], file: str, digest: str) -> None:
    """Record what now stands in the table, the file of that name, whose SHA-256 is ``digest``."""
    with transaction(connection, durable=True):
        connection.execute("DELETE FROM written_speakers")
        connection.execute("INSERT OR REPLACE INTO tables VALUES (?, ?)", (file, digest))
        connection.executemany("INSERT INTO written_speakers VALUES (?, ?, ?, ?)", map(_row_of, speakers))


def merged_ids(speaker_id: str, edits: EventEdits) -> list[str]:
    """The ids of all speakers that people made one with this one, its own first."""
    return [speaker_id, *(other for other, into in edits.claims.items() if into == speaker_id != other)]


def import_speaker_table(
    connection: Connection, file: str, sheet: Sheet, written_speakers: Mapping[str, WrittenSpeaker]
) -> int:
    """Import the edits of the table; how many changed something.

    ``written_speakers`` has by their ids the speakers as the last run wrote them.
    """
    changes = 0
    editor = EventEditor(connection, "", file, "speaker")
    for row in sheet.rows:
        written = written_speakers.get(row.get("speaker_id", ""))
        if written is None:
            continue
        read = written
        name, into = (_edited(sheet, row, column, getattr(written, column)) for column in SPEAKER_EDIT_COLUMNS)
        if name is not None:
            changes += editor.rename(written.speaker_id, name)
            read = replace(read, name=name)
        if into is not None:
            is_understood = not into or _merge(connection, editor, written.speaker_id, into, written_speakers)
            changes += bool(into) and is_understood
            read = replace(read, merge_into=into, is_unclear=not is_understood)
        if read != written:  # so that it isn't an edit when the table is read again
            connection.execute("INSERT OR REPLACE INTO written_speakers VALUES (?, ?, ?, ?)", _row_of(read))
    return changes


def _edited(sheet: Sheet, row: Mapping[str, str], column: str, written: str) -> str | None:
    """The cell where it was edited, else None."""
    cell = row.get(column)
    if cell is None or sheet.is_unchanged(cell, remove_guard(format_cell(written).strip())):
        return None
    return cell


def _merge(
    connection: Connection, editor: EventEditor, speaker_id: str, into: str, speakers: Mapping[str, WrittenSpeaker]
) -> bool:
    """Make the speaker one with the one that the cell names; whether it names one."""
    if into not in speakers:
        return False
    edits = apply_edits(load_event_edits(connection))
    first, second = (edits.claims.get(known, known) for known in (speaker_id, into))
    if first == second:
        return False
    editor.merge(first, merged_ids(first, edits), second, merged_ids(second, edits))
    return True


def _row_of(speaker: WrittenSpeaker) -> tuple[str, str, str, bool]:
    return speaker.speaker_id, speaker.name, speaker.merge_into, speaker.is_unclear
