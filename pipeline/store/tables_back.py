"""Read the reviewer's edits back from the tables of the outputs, before a run writes them anew.

Each cell is compared with what was last written into it and with what the store holds now: what was changed in the
table alone is taken, what was changed elsewhere alone is left, what was changed in both is a conflict and kept twice.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field, fields
from pathlib import Path

from pipeline.cells import cell, unguard
from pipeline.records import Claim
from pipeline.store.added import ADDED_RULE, Added, about_row, added_by, given, keep_added, new_id
from pipeline.store.database import transaction
from pipeline.store.decision import DECISION_FIELDS, About, Conflict, Decided, Decision
from pipeline.store.decisions import add_conflict, load_decisions, load_written, save
from pipeline.store.spreadsheet import Sheet, read_sheet

ORPHANS = "orphaned_decisions.csv"
CLAIMS = "claims.csv"
#: Where claims.csv goes while it is open elsewhere or write-protected.
CLAIMS_BESIDE = "claims.new.csv"
#: In this order: of two changes to one claim the later file's stands.
FILES = (ORPHANS, CLAIMS, CLAIMS_BESIDE)
KNOWN = frozenset(field.name for field in fields(Claim))


@dataclass(slots=True)
class TakenBack:
    """What the tables brought: decisions new or changed, conflicts, rows added by hand.

    ``digests`` are those of the files as they were read, by name; empty where there was none.
    """

    decisions: int = 0
    conflicts: int = 0
    added: int = 0
    digests: dict[str, str] = field(default_factory=dict)


def take_back(base: sqlite3.Connection, outputs: Path) -> TakenBack:
    """Read every table that may hold edits, all or nothing.

    Raises ExtractError when one is there that can't be read: writing over it could lose a decision.
    """
    taken = TakenBack()
    sheets = [(name, read_sheet(outputs / name, KNOWN)) for name in FILES if (outputs / name).is_file()]
    taken.digests = {**dict.fromkeys(FILES, ""), **{name: sheet.digest for name, sheet in sheets}}
    with transaction(base, durable=True):
        current = load_decisions(base)
        for name, sheet in sheets:
            _take(base, name, sheet, current, taken)
    return taken


def _take(base: sqlite3.Connection, name: str, sheet: Sheet, current: dict[str, Decided], taken: TakenBack) -> None:
    written = load_written(base, name)
    changed: dict[str, Decision] = {}
    for row in sheet.rows:
        claim_id = row.get("claim_id", "")
        if not claim_id:
            _take_added(base, name, sheet, row, current, taken)
            continue
        if row.get("rule") == ADDED_RULE:
            keep_added(base, Added(claim_id, about_row(row), given(row, sheet.day)))
        was = written.get(claim_id, Decision())
        theirs = _as_written(sheet, row, was)
        if theirs == was:
            continue
        # What the row said when this run of the tables began: two rows of one claim are compared with the same.
        before = current.get(claim_id)
        held = before.decision if before else Decision()
        if claim_id in changed:
            if theirs != held:
                _clash(base, name, claim_id, held, theirs, about_row(row), current, taken)
            continue
        changed[claim_id] = theirs
        _merge(base, name, claim_id, (was, held, theirs), about_row(row), current, taken)


def _merge(
    base: sqlite3.Connection,
    name: str,
    claim_id: str,
    versions: tuple[Decision, Decision, Decision],
    about: About,
    current: dict[str, Decided],
    taken: TakenBack,
) -> None:
    """Bring together what was written, what the store holds and what the table says now."""
    was, held, theirs = (astuple(each) for each in versions)
    both = [a for a, b, c in zip(was, held, theirs, strict=True) if a != c and b not in (a, c, _in_cell(c))]
    if both:
        _clash(base, name, claim_id, versions[1], versions[2], about, current, taken)
        return
    merged = Decision(*(b if a == c else c for a, b, c in zip(was, held, theirs, strict=True)))
    if tuple(map(_in_cell, astuple(merged))) != tuple(map(_in_cell, held)):
        current[claim_id] = save(base, claim_id, merged, name, about)
        taken.decisions += 1


def _clash(
    base: sqlite3.Connection,
    name: str,
    claim_id: str,
    held: Decision,
    theirs: Decision,
    about: About,
    current: dict[str, Decided],
    taken: TakenBack,
) -> None:
    """The table's version stands, the other is kept beside it."""
    current[claim_id] = save(base, claim_id, theirs, name, about, settles=False)
    add_conflict(base, Conflict(claim_id, held, "the store"))
    taken.conflicts += 1


def _take_added(
    base: sqlite3.Connection,
    name: str,
    sheet: Sheet,
    row: Mapping[str, str],
    current: dict[str, Decided],
    taken: TakenBack,
) -> None:
    decision = _as_written(sheet, row, Decision())
    ours = "claim_id" not in sheet.columns
    if ours and not decision:
        return  # a row of ours whose id went with its column
    added = added_by(row, sheet.day)
    if added is None:
        if decision:  # on nothing that could be found: kept among the orphans
            lone = new_id(*astuple(decision))
            current[lone] = save(base, lone, decision, name, about_row(row))
        return
    if keep_added(base, added):
        taken.added += 1
    if decision and (added.claim_id not in current or current[added.claim_id].decision != decision):
        current[added.claim_id] = save(base, added.claim_id, decision, name, added.about)


def _as_written(sheet: Sheet, row: Mapping[str, str], was: Decision) -> Decision:
    """The row's decision; a field that nobody changed is exactly what was written, a lost column is no change."""
    values: dict[str, str] = {}
    for name in DECISION_FIELDS:
        before = getattr(was, name)
        if name not in row:
            values[name] = before
        elif name == "decided_at":
            values[name] = before if sheet.same_day(row[name], _in_cell(before)) else sheet.day(row[name])
        else:
            values[name] = before if sheet.same(row[name], _in_cell(before)) else row[name]
    return Decision(**values)


def _in_cell(value: str) -> str:
    """A value as it comes back from a cell: on one line, cut where it is too long."""
    return unguard(cell(value).strip())
