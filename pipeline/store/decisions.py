"""Decisions in the store: the current one of each claim, all that came before it, and what lost in a conflict."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple
from datetime import datetime
from sqlite3 import Connection

from pipeline.errors import ExtractError
from pipeline.store.database import transaction
from pipeline.store.decision import DECISION_FIELDS, Change, ClaimSnapshot, Conflict, Decision, StoredDecision

#: The ``origin`` of a change that undoes another.
UNDO = "undo"
#: The ``origin`` of the change with which a claim was added on the review page: undoing it takes the claim away, too.
ADDITION = "added in the review"
#: SQL for the columns of a Decision and for their values.
_COLUMNS = ", ".join(DECISION_FIELDS)
_PLACEHOLDERS = ", ".join("?" * len(DECISION_FIELDS))
_COLUMN_COUNT = len(DECISION_FIELDS)


class ChangedMeanwhile(ExtractError):
    """Somebody else saved another decision on the claim after the caller had read it; ``current`` is that decision."""

    def __init__(self, current: StoredDecision) -> None:
        who = current.decision.reviewer or "Somebody else"
        super().__init__(
            f"{who} has decided this claim in the meantime.", "Look at that decision, then save yours again."
        )
        self.current = current


def load_decisions(connection: Connection) -> dict[str, StoredDecision]:
    """Every current decision by claim id, in the order of the ids; those undone altogether are empty."""
    rows = connection.execute(f"SELECT claim_id, {_COLUMNS}, version, about FROM decisions ORDER BY claim_id")  # noqa: S608
    return {row[0]: _stored_decision(row[1:]) for row in rows}


def load_decision(connection: Connection, claim_id: str) -> StoredDecision | None:
    """The current decision on a claim; None when it never had one."""
    row = connection.execute(
        f"SELECT {_COLUMNS}, version, about FROM decisions WHERE claim_id = ?",  # noqa: S608
        (claim_id,),
    ).fetchone()
    return _stored_decision(row) if row else None


def save_decision(
    connection: Connection,
    claim_id: str,
    decision: Decision,
    origin: str,
    snapshot: ClaimSnapshot,
    *,
    seen: int | None = None,
    settles_conflicts: bool = True,
) -> StoredDecision:
    """Make ``decision`` the current one and append it to the history; it is on the disk when this returns.

    ``origin`` is where it comes from (``Change.origin``), ``seen`` the version that the reviewer looked at (0: there
    was none; None: don't check). With ``settles_conflicts`` the claim's conflicts end, otherwise only the one whose
    losing version is this very decision. Raises ChangedMeanwhile when there is a version after ``seen``.
    """
    with transaction(connection, durable=True):
        before = load_decision(connection, claim_id)
        if before is not None and seen is not None and before.version != seen:
            raise ChangedMeanwhile(before)
        version = before.version + 1 if before else 1
        connection.execute(
            f"INSERT OR REPLACE INTO decisions (claim_id, {_COLUMNS}, version, about) "  # noqa: S608
            f"VALUES (?, {_PLACEHOLDERS}, ?, ?)",
            (claim_id, *astuple(decision), version, json.dumps(asdict(snapshot))),
        )
        _append_to_history(connection, claim_id, decision, origin)
        only_this = "" if settles_conflicts else f" AND ({_COLUMNS}) = ({_PLACEHOLDERS})"
        values = (claim_id,) if settles_conflicts else (claim_id, *astuple(decision))
        connection.execute(f"DELETE FROM conflicts WHERE claim_id = ?{only_this}", values)  # noqa: S608
    return StoredDecision(decision, version, snapshot)


def move_decision(
    connection: Connection, old_id: str, new_id: str, stored: StoredDecision, snapshot: ClaimSnapshot
) -> StoredDecision:
    """Give a claim that was found again under ``new_id`` the decision, history and conflicts that it had before."""
    with transaction(connection, durable=True):
        connection.execute("DELETE FROM decisions WHERE claim_id = ?", (old_id,))
        for table in ("history", "conflicts"):
            connection.execute(f"UPDATE {table} SET claim_id = ? WHERE claim_id = ?", (new_id, old_id))  # noqa: S608
        origin = f"found again, was {old_id}"
        return save_decision(connection, new_id, stored.decision, origin, snapshot, settles_conflicts=False)


def load_history(connection: Connection, claim_id: str) -> list[Change]:
    """Every version of a claim's decision, the oldest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS}, origin, saved_at FROM history WHERE claim_id = ? ORDER BY id",  # noqa: S608
        (claim_id,),
    )
    return [Change(Decision(*row[:_COLUMN_COUNT]), *row[_COLUMN_COUNT:]) for row in rows]


def last_change_number(connection: Connection) -> int:
    """The number of the last change of any decision, counted from 1; 0 while there is none."""
    return int(connection.execute("SELECT max(id) FROM history").fetchone()[0] or 0)


def claims_changed_since(connection: Connection, change: int) -> list[str]:
    """The ids of the claims whose decisions changed after the change of that number, in order of the ids."""
    rows = connection.execute("SELECT DISTINCT claim_id FROM history WHERE id > ? ORDER BY claim_id", (change,))
    return [row[0] for row in rows]


def undo_decision(connection: Connection, claim_id: str, *, seen: int | None = None) -> StoredDecision:
    """Go back to the decision before the last one that isn't undone yet, or to none when there was none.

    Undoing twice goes back two decisions. ``seen`` is as for ``save_decision``. Raises ExtractError when there is
    nothing to undo, ChangedMeanwhile as ``save_decision`` does.
    """
    with transaction(connection, durable=True):
        not_undone = changes_not_undone(load_history(connection, claim_id))
        current = load_decision(connection, claim_id)
        if not not_undone or current is None:
            raise ExtractError("There is nothing to undo.", "No decision was made on this claim, or all are undone.")
        before = not_undone[-2].decision if len(not_undone) > 1 else Decision()
        return save_decision(connection, claim_id, before, UNDO, current.snapshot, seen=seen)


def is_addition_undone(connection: Connection, claim_id: str) -> bool:
    """Whether the claim was added on the review page, and that very step is undone."""
    changes = load_history(connection, claim_id)
    additions = sum(change.origin == ADDITION for change in changes)
    return additions > 0 and not changes_not_undone(changes)


def changes_not_undone(changes: Iterable[Change]) -> list[Change]:
    """The versions of a decision that still count, the oldest first; ``changes`` is its whole history."""
    not_undone: list[Change] = []
    for change in changes:
        if change.origin == UNDO:
            not_undone.pop()
        elif [before.decision for before in not_undone[-1:]] != [change.decision]:
            not_undone.append(change)  # the same decision again, as under a new id, is no new step
    return not_undone


def overrule_decision(
    connection: Connection, claim_id: str, decision: Decision, origin: str, snapshot: ClaimSnapshot
) -> StoredDecision:
    """Make ``decision`` the current one and keep the one before as a conflict, until the claim is decided anew."""
    with transaction(connection, durable=True):
        before, changes = load_decision(connection, claim_id), load_history(connection, claim_id)
        current = save_decision(connection, claim_id, decision, origin, snapshot, settles_conflicts=False)
        if before is not None:
            before_origin = changes[-1].origin if changes else "an older store"
            _add_conflict(connection, Conflict(claim_id, before.decision, before_origin))
    return current


def _add_conflict(connection: Connection, conflict: Conflict) -> None:
    if conflict not in load_conflicts(connection):
        connection.execute(
            f"INSERT INTO conflicts (claim_id, {_COLUMNS}, origin) VALUES (?, {_PLACEHOLDERS}, ?)",  # noqa: S608
            (conflict.claim_id, *astuple(conflict.decision), conflict.origin),
        )


def load_conflicts(connection: Connection) -> list[Conflict]:
    """The versions that lost against others, in the order of claim ids, of one claim the oldest first."""
    rows = connection.execute(f"SELECT claim_id, {_COLUMNS}, origin FROM conflicts ORDER BY claim_id, id")  # noqa: S608
    return [Conflict(row[0], Decision(*row[1:-1]), row[-1]) for row in rows]


def load_written(connection: Connection, file: str) -> dict[str, Decision]:
    """By claim id the decisions that the last run wrote into a table of the outputs."""
    rows = connection.execute(f"SELECT claim_id, {_COLUMNS} FROM written WHERE file = ?", (file,))  # noqa: S608
    return {row[0]: Decision(*row[1:]) for row in rows}


def load_written_digest(connection: Connection, file: str) -> str:
    """The SHA-256 of a table of the outputs as it was last written; empty when it never was."""
    row = connection.execute("SELECT digest FROM tables WHERE file = ?", (file,)).fetchone()
    return str(row[0]) if row else ""


def save_written(connection: Connection, file: str, decisions: Mapping[str, Decision], digest: str) -> None:
    """Record the decisions that now stand in a table, so that the next run can tell what was edited there."""
    rows: Iterable[tuple[str, ...]] = ((file, key, *astuple(decision)) for key, decision in decisions.items())
    with transaction(connection, durable=True):
        connection.execute("DELETE FROM written WHERE file = ?", (file,))
        connection.execute("INSERT OR REPLACE INTO tables VALUES (?, ?)", (file, digest))
        connection.executemany(
            f"INSERT INTO written (file, claim_id, {_COLUMNS}) VALUES (?, ?, {_PLACEHOLDERS})",  # noqa: S608
            rows,
        )


def delete_written(connection: Connection, file: str) -> None:
    """Delete the record of what was written into a table: a file of its name that turns up later is none of a run's."""
    with transaction(connection):
        connection.execute("DELETE FROM written WHERE file = ?", (file,))
        connection.execute("DELETE FROM tables WHERE file = ?", (file,))


def _append_to_history(connection: Connection, claim_id: str, decision: Decision, origin: str) -> None:
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    connection.execute(
        f"INSERT INTO history (claim_id, {_COLUMNS}, origin, saved_at) VALUES (?, {_PLACEHOLDERS}, ?, ?)",  # noqa: S608
        (claim_id, *astuple(decision), origin, now),
    )


def _stored_decision(row: tuple[str, ...]) -> StoredDecision:
    """A row of _COLUMNS, version and about as a record."""
    decision, (version, about) = Decision(*row[:_COLUMN_COUNT]), row[_COLUMN_COUNT:]
    return StoredDecision(decision, int(version), ClaimSnapshot(**json.loads(about)))
