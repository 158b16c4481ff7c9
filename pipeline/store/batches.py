"""Decisions on many claims at once: saved as one step, which can be undone as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from pipeline.errors import ExtractError
from pipeline.records import Claim
from pipeline.store.database import transaction
from pipeline.store.decision import ClaimSnapshot, Decision
from pipeline.store.decisions import (
    changes_not_undone,
    last_change_number,
    load_decision,
    load_history,
    save_decision,
    undo_decision,
)


@dataclass(frozen=True, slots=True)
class BatchDecision:
    """A decision on one claim of a batch; ``seen`` is the version of the decision before it, 0 for none."""

    claim: Claim
    decision: Decision
    seen: int


@dataclass(frozen=True, slots=True)
class UndoneBatch:
    """What became of a batch that was undone: ids of claims that are as before, and of those decided anew since."""

    undone: tuple[str, ...]
    kept: tuple[str, ...]


def save_batch(connection: Connection, decisions: Sequence[BatchDecision], origin: str) -> str:
    """Save all decisions, or after an error none; the name of the batch, which is the origin of its changes.

    Raises ChangedMeanwhile when one of the claims has a version after the one that was seen.
    """
    with transaction(connection, durable=True):
        batch = f"{origin}, {len(decisions)} at once, step {last_change_number(connection) + 1}"
        for item in decisions:
            snapshot = ClaimSnapshot.of(item.claim)
            save_decision(connection, item.claim.claim_id, item.decision, batch, snapshot, seen=item.seen)
    return batch


def undo_batch(connection: Connection, batch: str) -> UndoneBatch:
    """Undo the decisions of a batch, all at once; those that were decided anew since stay.

    Raises ExtractError when nothing of the batch is left to undo.
    """
    undone, kept = [], []
    with transaction(connection, durable=True):
        query = "SELECT DISTINCT claim_id FROM history WHERE origin = ? ORDER BY claim_id"
        for (claim_id,) in connection.execute(query, (batch,)).fetchall():
            changes = changes_not_undone(load_history(connection, claim_id))
            if changes and changes[-1].origin == batch and load_decision(connection, claim_id) is not None:
                undo_decision(connection, claim_id)
                undone.append(claim_id)
            elif any(change.origin == batch for change in changes):
                kept.append(claim_id)
        if not undone:
            raise ExtractError("There is nothing to undo.", "These decisions are undone, or all were decided anew.")
    return UndoneBatch(tuple(undone), tuple(kept))
