"""Read the reviewer's edits back from the tables of the outputs, before a run writes them anew.

Each cell is compared with what was last written into it and with what the store holds now: what was changed in the
table alone is taken, what was changed elsewhere alone is left, what was changed in both is a conflict and kept twice.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field, fields
from pathlib import Path

from pipeline.knowledge.models import file_digest
from pipeline.records import Claim
from pipeline.store.database import transaction
from pipeline.store.decision import DECISION_FIELDS, Decision, StoredDecision
from pipeline.store.decisions import load_decisions, load_digest, load_written, overrule, save
from pipeline.store.manual_claims import ADDED_RULE, ManualClaim, about_row, added_by, given, keep_added, new_id
from pipeline.store.spreadsheet import Sheet, read_sheet
from pipeline.text.cells import format_cell, remove_guard

ORPHANS = "orphaned_decisions.csv"
CLAIMS = "claims.csv"
#: Where claims.csv goes while it is open elsewhere or write-protected.
CLAIMS_BESIDE = "claims.new.csv"
#: In this order: of two changes to one claim the later file's stands.
FILES = (ORPHANS, CLAIMS, CLAIMS_BESIDE)
KNOWN = frozenset(field.name for field in fields(Claim))


@dataclass(slots=True)
class EditSummary:
    """What the tables brought: decisions new or changed, conflicts, rows added by hand.

    ``digests`` are those of the files as they were read, by name; empty where there was none.
    """

    decisions: int = 0
    conflicts: int = 0
    added: int = 0
    digests: dict[str, str] = field(default_factory=dict)


def import_edits(base: sqlite3.Connection, outputs: Path) -> EditSummary:
    """Read every table that may hold edits, all or nothing.

    Raises ExtractError when one is there that can't be read: writing over it could lose a decision.
    """
    taken = EditSummary()
    sheets: list[tuple[str, Sheet]] = []
    for name in FILES:
        taken.digests[name] = file_digest(outputs / name)
        # What nobody touched since it was written brings nothing.
        if taken.digests[name] not in ("", load_digest(base, name)):
            sheet = read_sheet(outputs / name, KNOWN)
            taken.digests[name] = sheet.digest
            sheets.append((name, sheet))
    with transaction(base, durable=True):
        current = load_decisions(base)
        for name, sheet in sheets:
            _Edits(base, name, sheet, current, taken).take()
    return taken


@dataclass(slots=True)
class _Edits:
    """The edits of one table: ``name``; ``current`` has the store's decisions and is kept up to date."""

    base: sqlite3.Connection
    name: str
    sheet: Sheet
    current: dict[str, StoredDecision]
    taken: EditSummary

    def take(self) -> None:
        written = load_written(self.base, self.name)
        times = Counter(row.get("claim_id", "") for row in self.sheet.rows)
        for row in self.sheet.rows:
            claim_id = row.get("claim_id", "")
            if not claim_id:
                self._take_added(row)
                continue
            if row.get("rule") == ADDED_RULE and claim_id not in written:
                keep_added(self.base, ManualClaim(claim_id, about_row(row), given(row, self.sheet.day)))
            was = written.get(claim_id, Decision())
            theirs = self._as_written(row, was, joined=times[claim_id] > 1)
            if theirs != was:
                self._merge(claim_id, was, theirs, row)

    def _held(self, claim_id: str) -> Decision:
        return self.current[claim_id].decision if claim_id in self.current else Decision()

    def _merge(self, claim_id: str, was: Decision, theirs: Decision, row: Mapping[str, str]) -> None:
        """Bring together what was written, what the store holds and what the table says now."""
        held = self._held(claim_id)
        versions = list(zip(astuple(was), astuple(held), astuple(theirs), strict=True))
        clash = any(a != c and b != a and _in_cell(b) != _in_cell(c) for a, b, c in versions)
        merged = theirs if clash else Decision(*(b if a == c else c for a, b, c in versions))
        if list(map(_in_cell, astuple(merged))) == list(map(_in_cell, astuple(held))):
            return
        # In a conflict the table's version stands, the other is kept beside it.
        keep = overrule if clash else save
        self.current[claim_id] = keep(self.base, claim_id, merged, self.name, about_row(row))
        self.taken.decisions += 1
        self.taken.conflicts += clash

    def _take_added(self, row: Mapping[str, str]) -> None:
        """A row without claim_id: a claim added by hand, or one of ours whose id went with its column."""
        decision = self._as_written(row, Decision())
        if "claim_id" not in self.sheet.columns and not decision:
            return
        added = added_by(row, self.sheet.day)
        if added is not None:
            self.taken.added += keep_added(self.base, added)
        # A decision on nothing that could be found is kept among the orphans.
        claim_id = added.claim_id if added else new_id(*astuple(decision))
        if decision and self._held(claim_id) != decision:
            about = added.about if added else about_row(row)
            self.current[claim_id] = save(self.base, claim_id, decision, self.name, about)

    def _as_written(self, row: Mapping[str, str], was: Decision, *, joined: bool = False) -> Decision:
        """The row's decision; a field that nobody changed is what was written, a lost column is no change.

        ``joined``: the claim has several rows, as when two copies were put together; there an empty cell may be of an
        older copy and takes nothing back.
        """
        values: dict[str, str] = {}
        for name in DECISION_FIELDS:
            before, now = getattr(was, name), row.get(name)
            day = name == "decided_at"
            if (
                now is None
                or (joined and not now)
                or (self.sheet.same_day if day else self.sheet.same)(now, _in_cell(before))
            ):
                values[name] = before
            else:
                values[name] = self.sheet.day(now) if day else now
        return Decision(**values)


def _in_cell(value: str) -> str:
    """A value as it comes back from a cell: on one line, cut where it is too long."""
    return remove_guard(format_cell(value).strip())
