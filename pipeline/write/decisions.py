"""Two tables of decisions that no row of claims.csv can show: those whose claim is gone, and those in conflict."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields
from pathlib import Path

from pipeline.store import DECISION_FIELDS, ClaimSnapshot, Conflict, Orphan, StoredDecision
from pipeline.text.cells import format_row
from pipeline.write.atomic import OutputFiles, write_atomically

_CLAIM_COLUMNS = tuple(field.name for field in fields(ClaimSnapshot))
ORPHAN_COLUMNS = ("claim_id", *DECISION_FIELDS, "why", "rule", *_CLAIM_COLUMNS)
CONFLICT_COLUMNS = (
    "claim_id", *DECISION_FIELDS, *(f"other_{name}" for name in DECISION_FIELDS), "other_from", *_CLAIM_COLUMNS,
)  # fmt: skip


def write_orphans(path: Path, orphans: Iterable[Orphan], output_files: OutputFiles) -> None:
    """Write orphaned_decisions.csv: a row for every decision whose claim is in no table, with the words it was about.

    Without such decisions the file is removed, unless somebody edited it since its edits were read.
    """
    rows = [
        (orphan.claim_id, *astuple(orphan.decision), orphan.why, orphan.rule, *astuple(orphan.snapshot))
        for orphan in orphans
    ]
    _write_or_remove(path, ORPHAN_COLUMNS, rows, output_files)


def write_conflicts(
    path: Path, conflicts: Iterable[Conflict], decisions: Mapping[str, StoredDecision], output_files: OutputFiles
) -> None:
    """Write conflicting_decisions.csv: a row for every overruled version of a decision beside the one that stands.

    ``decisions`` gives by claim id the decisions that stand. Without conflicts the file is removed, unless somebody
    edited it.
    """
    rows = []
    for conflict in conflicts:
        standing = decisions[conflict.claim_id]
        both_versions = (*astuple(standing.decision), *astuple(conflict.decision))
        rows.append((conflict.claim_id, *both_versions, conflict.origin, *astuple(standing.snapshot)))
    _write_or_remove(path, CONFLICT_COLUMNS, rows, output_files)


def _write_or_remove(
    path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]], output_files: OutputFiles
) -> None:
    if not rows and not output_files.is_edited(path):
        path.unlink(missing_ok=True)
        return
    with write_atomically(path, output_files) as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(map(format_row, rows))
