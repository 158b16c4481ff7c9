"""Decisions in the store: the current one of each claim, all that were before it, and what lost in a conflict."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple
from datetime import datetime

from pipeline.errors import ExtractError
from pipeline.store.database import transaction
from pipeline.store.decision import DECISION_FIELDS, Change, ClaimSnapshot, Conflict, Decision, StoredDecision

UNDO = "undo"
_WORD = ", ".join(DECISION_FIELDS)
_MARKS = ", ".join("?" * len(DECISION_FIELDS))
_WIDTH = len(DECISION_FIELDS)
Base = sqlite3.Connection


class ChangedMeanwhile(ExtractError):
    """Somebody else saved another decision on the claim since it was read; ``current`` is theirs."""

    def __init__(self, current: StoredDecision) -> None:
        who = current.decision.reviewer or "somebody else"
        super().__init__(f"{who} has decided this claim meanwhile.", "Look at their decision, then save yours again.")
        self.current = current


def load_decisions(base: Base) -> dict[str, StoredDecision]:
    """Every current decision by claim id, in the order of the ids; those taken back again are empty."""
    rows = base.execute(f"SELECT claim_id, {_WORD}, version, about FROM decisions ORDER BY claim_id")  # noqa: S608
    return {row[0]: _decided(row[1:]) for row in rows}


def load_decision(base: Base, claim_id: str) -> StoredDecision | None:
    """The current decision on a claim; None when it never had one."""
    found = base.execute(f"SELECT {_WORD}, version, about FROM decisions WHERE claim_id = ?", (claim_id,))  # noqa: S608
    row = found.fetchone()
    return _decided(row) if row else None


def save(
    base: Base,
    claim_id: str,
    decision: Decision,
    origin: str,
    about: ClaimSnapshot,
    *,
    seen: int | None = None,
    settles: bool = True,
) -> StoredDecision:
    """Make ``decision`` the current one and keep it in the history; on the disk when it returns.

    It ends the claim's conflicts where it ``settles`` them, else the one that it now is itself. ``seen`` is the
    version it is meant to follow (0: none). Raises ChangedMeanwhile when there is a later one.
    """
    with transaction(base, durable=True):
        before = load_decision(base, claim_id)
        if before is not None and seen is not None and before.version != seen:
            raise ChangedMeanwhile(before)
        version = before.version + 1 if before else 1
        base.execute(
            f"INSERT OR REPLACE INTO decisions (claim_id, {_WORD}, version, about) VALUES (?, {_MARKS}, ?, ?)",  # noqa: S608
            (claim_id, *astuple(decision), version, json.dumps(asdict(about))),
        )
        _remember(base, claim_id, decision, origin)
        lost = "" if settles else f" AND ({_WORD}) = ({_MARKS})"
        values = (claim_id,) if settles else (claim_id, *astuple(decision))
        base.execute(f"DELETE FROM conflicts WHERE claim_id = ?{lost}", values)  # noqa: S608
    return StoredDecision(decision, version, about)


def move(base: Base, old: str, new: str, decided: StoredDecision, about: ClaimSnapshot) -> StoredDecision:
    """Give a claim found again under another id the decision it had."""
    with transaction(base, durable=True):
        base.execute("DELETE FROM decisions WHERE claim_id = ?", (old,))
        for table in ("history", "conflicts"):
            base.execute(f"UPDATE {table} SET claim_id = ? WHERE claim_id = ?", (new, old))  # noqa: S608
        return save(base, new, decided.decision, f"found again, was {old}", about, settles=False)


def history(base: Base, claim_id: str) -> list[Change]:
    """Every version of a claim's decision, the first first."""
    rows = base.execute(
        f"SELECT {_WORD}, origin, saved_at FROM history WHERE claim_id = ? ORDER BY id",  # noqa: S608
        (claim_id,),
    )
    return [Change(Decision(*row[:_WIDTH]), *row[_WIDTH:]) for row in rows]


def latest_change(base: Base) -> int:
    """The number of the last change of any decision; 0 while there is none."""
    return int(base.execute("SELECT max(id) FROM history").fetchone()[0] or 0)


def changed_since(base: Base, change: int) -> list[str]:
    """The claims whose decisions changed after the change of that number."""
    rows = base.execute("SELECT DISTINCT claim_id FROM history WHERE id > ? ORDER BY claim_id", (change,))
    return [row[0] for row in rows]


def undo(base: Base, claim_id: str, *, seen: int | None = None) -> StoredDecision:
    """Go back to the decision before the last one that wasn't undone; to none when there was none.

    Raises ExtractError when there is nothing to undo, ChangedMeanwhile as ``save`` does.
    """
    with transaction(base, durable=True):
        standing: list[Decision] = []
        for change in history(base, claim_id):
            if change.origin == UNDO:
                standing.pop()
            elif standing[-1:] != [change.decision]:  # the same again, as under a new id, is nothing to undo
                standing.append(change.decision)
        current = load_decision(base, claim_id)
        if not standing or current is None:
            raise ExtractError("There is nothing to undo.")
        before = standing[-2] if len(standing) > 1 else Decision()
        return save(base, claim_id, before, UNDO, current.about, seen=seen)


def overrule(base: Base, claim_id: str, decision: Decision, origin: str, about: ClaimSnapshot) -> StoredDecision:
    """Make ``decision`` the current one and keep the one that was as a conflict, until the claim is decided anew."""
    with transaction(base, durable=True):
        before, changes = load_decision(base, claim_id), history(base, claim_id)
        now = save(base, claim_id, decision, origin, about, settles=False)
        if before is not None:
            _add_conflict(
                base, Conflict(claim_id, before.decision, changes[-1].origin if changes else "an older store")
            )
    return now


def _add_conflict(base: Base, conflict: Conflict) -> None:
    if conflict not in load_conflicts(base):
        base.execute(
            f"INSERT INTO conflicts (claim_id, {_WORD}, origin) VALUES (?, {_MARKS}, ?)",  # noqa: S608
            (conflict.claim_id, *astuple(conflict.decision), conflict.origin),
        )


def load_conflicts(base: Base) -> list[Conflict]:
    """What lost against another version, in the order of claim ids."""
    rows = base.execute(f"SELECT claim_id, {_WORD}, origin FROM conflicts ORDER BY claim_id, id")  # noqa: S608
    return [Conflict(row[0], Decision(*row[1:-1]), row[-1]) for row in rows]


def load_written(base: Base, file: str) -> dict[str, Decision]:
    """The decisions that were last written into a file of the outputs."""
    rows = base.execute(f"SELECT claim_id, {_WORD} FROM written WHERE file = ?", (file,))  # noqa: S608
    return {row[0]: Decision(*row[1:]) for row in rows}


def load_digest(base: Base, file: str) -> str:
    """The digest of a file of the outputs as it was last written; empty when it never was."""
    row = base.execute("SELECT digest FROM tables WHERE file = ?", (file,)).fetchone()
    return str(row[0]) if row else ""


def save_written(base: Base, file: str, decisions: Mapping[str, Decision], digest: str) -> None:
    """Note what now stands in a file, so that the next run can tell what was changed there."""
    rows: Iterable[tuple[str, ...]] = ((file, key, *astuple(each)) for key, each in decisions.items())
    with transaction(base, durable=True):
        base.execute("DELETE FROM written WHERE file = ?", (file,))
        base.execute("INSERT OR REPLACE INTO tables VALUES (?, ?)", (file, digest))
        base.executemany(
            f"INSERT INTO written (file, claim_id, {_WORD}) VALUES (?, ?, {_MARKS})",  # noqa: S608
            rows,
        )


def _remember(base: Base, claim_id: str, decision: Decision, origin: str) -> None:
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    base.execute(
        f"INSERT INTO history (claim_id, {_WORD}, origin, saved_at) VALUES (?, {_MARKS}, ?, ?)",  # noqa: S608
        (claim_id, *astuple(decision), origin, now),
    )


def _decided(row: tuple[str, ...]) -> StoredDecision:
    return StoredDecision(Decision(*row[:_WIDTH]), int(row[_WIDTH]), ClaimSnapshot(**json.loads(row[_WIDTH + 1])))
