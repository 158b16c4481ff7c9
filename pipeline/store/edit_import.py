"""Import the reviewer's edits from the tables of the outputs, before a run writes the tables anew.

Every cell is compared three ways: what was last written into it, what the store holds now, and what the table says.
An edit made only in the table is imported; one made only elsewhere (on the review page, in another table) stays; where
both were edited differently, the table's version becomes current and the other is kept as a conflict. Tables are
imported in the order in which they were saved, claims.xlsx among them.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field, fields
from itertools import count
from pathlib import Path
from sqlite3 import Connection

from pipeline.files import copy_file
from pipeline.knowledge.models import file_digest
from pipeline.outputs import CLAIMS, EDITABLE_TABLES, EVENT_TABLES, SPEAKER_TABLES, WORKBOOKS, partial_path
from pipeline.records import Claim
from pipeline.store import event_table, speaker_table
from pipeline.store.database import transaction
from pipeline.store.decision import DECISION_FIELDS, Decision, StoredDecision
from pipeline.store.decisions import (
    load_decisions,
    load_written,
    load_written_digest,
    overrule_decision,
    save_decision,
)
from pipeline.store.manual_claims import (
    MANUAL_RULE,
    ManualClaim,
    columns_to_keep,
    make_manual_id,
    manual_claim_from_row,
    save_manual_claim,
    snapshot_from_row,
)
from pipeline.store.spreadsheet import CutRow, Sheet, read_sheet
from pipeline.store.workbook import CLAIMS_SHEET, EVENTS_SHEET, read_workbook
from pipeline.text.cells import format_cell, remove_guard

_KNOWN_COLUMNS = frozenset(field.name for field in fields(Claim))


#: The tables whose edits are imported.
_CSV_TABLES = (*EDITABLE_TABLES, *EVENT_TABLES, *SPEAKER_TABLES)
#: Endings of spreadsheets that aren't read, in lower case.
_SPREADSHEETS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".numbers"})


#: Names of the copies that are kept of workbooks: "claims.kept.xlsx", "claims.kept2.xlsx".
_KEPT = re.compile(r"claims(?:\.new)?\.kept\d*\.xlsx")


@dataclass(frozen=True, slots=True)
class CutTable:
    """A table whose file ends in the middle of a row, as after a full disk. The row was not read."""

    name: str  #: of the file: "claims.csv"
    row: CutRow
    copy: str  #: name of the copy that is kept beside it, as the next run writes the table anew: "claims.cut.csv"


@dataclass(slots=True)
class EditSummary:
    """What was imported from the tables."""

    store_notice: str = ""  #: a sentence when the store had to be upgraded or replaced before
    decisions: int = 0  #: number of decisions that are new or changed, without those whose word isn't understood
    conflicts: int = 0  #: number of those that were decided otherwise elsewhere
    manual_claims: int = 0  #: number of claims added by hand that are new
    events: int = 0  #: number of events that were named, merged or split
    speakers: int = 0  #: number of speakers that were named or merged
    cut_tables: list[CutTable] = field(default_factory=list)  #: tables that end in the middle of a row
    #: Workbooks that no run wrote though the store knows of runs, each with the name of the copy that is kept of it:
    #: ("claims.xlsx", "claims.kept.xlsx").
    kept_workbooks: list[tuple[str, str]] = field(default_factory=list)
    #: Spreadsheets beside the tables that aren't read though they may hold decisions, each with the table that it is
    #: named as: ("claims reviewed.xlsx", "claims.csv").
    unread: list[tuple[str, str]] = field(default_factory=list)
    #: SHA-256 of each table as it was read, by file name; empty where there was none. A table that differs from it when
    #: the run wants to write was edited in between, and isn't written over.
    digests: dict[str, str] = field(default_factory=dict)


def import_edits(connection: Connection, outputs: Path) -> EditSummary:
    """Import the edits of every table in the folder that changed since it was written: all of them or, after an error,
    none. A table that is cut off in the middle of a row is copied first.

    Raises ExtractError when a table can't be read, for then writing over it could lose decisions.
    """
    summary = EditSummary(unread=_find_spreadsheets(connection, outputs))
    tables: list[_EditedTable] = []
    for name in (*_CSV_TABLES, *WORKBOOKS):
        digest, written_digest = file_digest(outputs / name), load_written_digest(connection, name)
        if digest not in ("", written_digest):
            table = _read_table(outputs / name)
            digest = table.digest
            tables.append(table)
            if table.claims is not None and table.claims.cut_row is not None:
                summary.cut_tables.append(CutTable(name, table.claims.cut_row, _keep_copy(outputs / name, digest)))
            if name in WORKBOOKS and not written_digest and load_written_digest(connection, CLAIMS):
                summary.kept_workbooks.append((name, _keep_copy(outputs / name, digest, "kept")))
        summary.digests[name] = digest
    tables.sort(key=lambda table: table.saved_at)  # of two words on one claim the later stands
    with transaction(connection, durable=True):
        current = load_decisions(connection)
        written_events = event_table.load_written_events(connection)
        written_speakers = speaker_table.load_written_speakers(connection)
        for table in tables:
            if table.claims is not None:
                _TableImport(connection, table.name, table.claims, current, summary).import_rows()
            if table.events is not None and not event_table.is_sheet_unedited(connection, table.name, table.events):
                summary.events += event_table.import_event_table(connection, table.name, table.events, written_events)
            if table.speakers is not None:
                summary.speakers += speaker_table.import_speaker_table(
                    connection, table.name, table.speakers, written_speakers
                )
    return summary


@dataclass(frozen=True, slots=True)
class _EditedTable:
    """A file of the outputs that somebody may have edited, as read."""

    name: str  #: of the file
    digest: str  #: SHA-256 of the file
    saved_at: int  #: when it was last changed, in nanoseconds
    claims: Sheet | None = None
    events: Sheet | None = None
    speakers: Sheet | None = None


def _read_table(path: Path) -> _EditedTable:
    """Read a table or workbook. Raises ExtractError where it can't be read."""
    saved_at = path.stat().st_mtime_ns
    if path.name in WORKBOOKS:
        sheets = read_workbook(path, {CLAIMS_SHEET: _KNOWN_COLUMNS, EVENTS_SHEET: event_table.KNOWN_COLUMNS})
        claims = sheets[CLAIMS_SHEET]
        return _EditedTable(path.name, claims.digest, saved_at, claims, sheets.get(EVENTS_SHEET))
    if path.name in EVENT_TABLES:
        events = read_sheet(path, event_table.KNOWN_COLUMNS)
        return _EditedTable(path.name, events.digest, saved_at, events=events)
    if path.name in SPEAKER_TABLES:
        speakers = read_sheet(path, speaker_table.KNOWN_COLUMNS)
        return _EditedTable(path.name, speakers.digest, saved_at, speakers=speakers)
    claims = read_sheet(path, _KNOWN_COLUMNS)
    return _EditedTable(path.name, claims.digest, saved_at, claims)


def _find_spreadsheets(connection: Connection, outputs: Path) -> list[tuple[str, str]]:
    """The spreadsheets in the folder that are named as a table is, as "Claims reviewed.xlsx", each with that table.

    What is as an export wrote it, "claims_export.xlsx", holds nothing that the store hasn't.
    """
    stems = {name.removesuffix(".csv").casefold(): name for name in sorted(_CSV_TABLES, key=len)}
    found = []
    for path in sorted(outputs.iterdir()):
        tables = [table for stem, table in stems.items() if path.stem.casefold().startswith(stem)]
        is_ours = path.name in WORKBOOKS or _KEPT.fullmatch(path.name)
        if not tables or path.suffix.lower() not in _SPREADSHEETS or is_ours:
            continue
        written_digest = load_written_digest(connection, path.name)
        if not written_digest or file_digest(path) != written_digest:
            found.append((path.name, tables[-1]))
    return found


def _keep_copy(path: Path, digest: str, word: str = "cut") -> str:
    """Copy the file to NAME.cut.ENDING, NAME.cut2.ENDING... beside it, unless it is there already; the copy's name.

    ``word`` is what the copy's name says of it.
    """
    for number in count(1):
        copy = path.with_name(f"{path.stem}.{word}{number if number > 1 else ''}{path.suffix}")
        if not os.path.lexists(copy):
            copy_file(path, partial_path(copy), copy)
            break
        if file_digest(copy) == digest:
            break
    return copy.name


@dataclass(slots=True)
class _TableImport:
    """The import of one table: ``name``. ``current`` has the store's decisions by claim id and is kept up to date."""

    connection: Connection
    name: str
    sheet: Sheet
    current: dict[str, StoredDecision]
    summary: EditSummary

    def import_rows(self) -> None:
        written_decisions = self._written_decisions()
        row_counts = Counter(row.get("claim_id", "") for row in self.sheet.rows)
        for row in self.sheet.rows:
            claim_id = row.get("claim_id", "")
            if not claim_id:
                self._import_row_without_id(row)
                continue
            if row.get("rule") == MANUAL_RULE and claim_id not in written_decisions:
                self._save_manual_claim(claim_id, row)
            written = written_decisions.get(claim_id, Decision())
            edited = self._read_decision(row, written, has_copies=row_counts[claim_id] > 1)
            if edited != written:
                if row.get("rule") == MANUAL_RULE:  # its addition may be undone: who decides on it wants it
                    self._save_manual_claim(claim_id, row)
                self._merge(claim_id, written, edited, row)

    def _written_decisions(self) -> dict[str, Decision]:
        """By claim id the decisions that a run wrote into it; a workbook that none wrote was made of claims.csv."""
        was_written = self.name not in WORKBOOKS or load_written_digest(self.connection, self.name)
        return load_written(self.connection, self.name if was_written else CLAIMS)

    def _save_manual_claim(self, claim_id: str, row: Mapping[str, str]) -> None:
        """Save a claim that was added by hand in another store, as in a copy of its table."""
        columns = columns_to_keep(row, self.sheet.to_iso_day)
        save_manual_claim(self.connection, ManualClaim(claim_id, snapshot_from_row(row), columns))

    def _stored(self, claim_id: str) -> Decision:
        return self.current[claim_id].decision if claim_id in self.current else Decision()

    def _merge(self, claim_id: str, written: Decision, edited: Decision, row: Mapping[str, str]) -> None:
        """Save what results from the decision as it was written, as the store holds it now, and as it was edited."""
        stored = self._stored(claim_id)
        fields_in_three = list(zip(astuple(written), astuple(stored), astuple(edited), strict=True))
        is_conflict = any(_both_changed(*values) for values in fields_in_three)
        merged = edited if is_conflict else Decision(*(_changed_value(*values) for values in fields_in_three))
        if list(map(_as_cell, astuple(merged))) == list(map(_as_cell, astuple(stored))):
            return
        save = overrule_decision if is_conflict else save_decision
        self.current[claim_id] = save(self.connection, claim_id, merged, self.name, snapshot_from_row(row))
        self.summary.decisions += not merged.unknown_word
        self.summary.conflicts += is_conflict

    def _import_row_without_id(self, row: Mapping[str, str]) -> None:
        """A claim added by hand, or one of the program's whose id was lost with its column.

        Where that column is missing, rows without a decision are the program's, and nothing is to be imported.
        """
        decision = self._read_decision(row, Decision())
        if "claim_id" not in self.sheet.columns and not decision:
            return
        manual = manual_claim_from_row(row, self.sheet.to_iso_day)
        if manual is not None:
            self.summary.manual_claims += save_manual_claim(self.connection, manual)
        # A decision in a row without words to look for is kept, too: it will be among the orphans.
        claim_id = manual.claim_id if manual else make_manual_id(*astuple(decision))
        if decision and self._stored(claim_id) != decision:
            snapshot = manual.snapshot if manual else snapshot_from_row(row)
            self.current[claim_id] = save_decision(self.connection, claim_id, decision, self.name, snapshot)

    def _read_decision(self, row: Mapping[str, str], written: Decision, *, has_copies: bool = False) -> Decision:
        """The row's decision; a cell that nobody edited has the value as it was written, a missing column no edit.

        ``has_copies``: the claim has several rows, as when two reviewers' copies of a table were put together; there an
        empty cell may be the other reviewer's, so it deletes nothing.
        """
        values: dict[str, str] = {}
        for name in DECISION_FIELDS:
            before, now = getattr(written, name), row.get(name)
            if now is None or (has_copies and not now) or self._is_unedited(name, now, before):
                values[name] = before
            else:
                values[name] = self.sheet.to_iso_day(now) if name == "decided_at" else now
        return Decision(**values)

    def _is_unedited(self, name: str, now: str, before: str) -> bool:
        is_same = self.sheet.is_unchanged_day if name == "decided_at" else self.sheet.is_unchanged
        return is_same(now, _as_cell(before))


def _both_changed(written: str, stored: str, edited: str) -> bool:
    """Whether a value was changed both in the store and in the table, and not to the same."""
    return written not in (stored, edited) and _as_cell(stored) != _as_cell(edited)


def _changed_value(written: str, stored: str, edited: str) -> str:
    return stored if written == edited else edited


def _as_cell(value: str) -> str:
    """A value as it comes back from a cell: on one line, cut where it is too long."""
    return remove_guard(format_cell(value).strip())
