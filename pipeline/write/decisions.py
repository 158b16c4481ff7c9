"""The reviewer's word where no row of claims.csv shows it: decisions without their claim, and versions in conflict."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields
from pathlib import Path

from pipeline.store import DECISION_FIELDS, ClaimSnapshot, Conflict, Orphan, StoredDecision
from pipeline.text.cells import format_row
from pipeline.write.atomic import OutputFiles, beside

_ABOUT = tuple(field.name for field in fields(ClaimSnapshot))
ORPHAN_COLUMNS = ("claim_id", *DECISION_FIELDS, "why", "rule", *_ABOUT)
CONFLICT_COLUMNS = ("claim_id", *DECISION_FIELDS, *(f"other_{name}" for name in DECISION_FIELDS), "other_from", *_ABOUT)


def write_orphans(path: Path, orphans: Iterable[Orphan], places: OutputFiles) -> None:
    """A row for every decision whose claim is in no table, with what it was about; no file when there is none."""
    rows = [(one.claim_id, *astuple(one.decision), one.why, one.rule, *astuple(one.snapshot)) for one in orphans]
    _write(path, ORPHAN_COLUMNS, rows, places)


def write_conflicts(
    path: Path, conflicts: Iterable[Conflict], decided: Mapping[str, StoredDecision], places: OutputFiles
) -> None:
    """A row for every version that lost, beside the one that stands; no file when there is none."""
    rows = []
    for one in conflicts:
        stands = decided[one.claim_id]
        both = (*astuple(stands.decision), *astuple(one.decision))
        rows.append((one.claim_id, *both, one.origin, *astuple(stands.snapshot)))
    _write(path, CONFLICT_COLUMNS, rows, places)


def _write(path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]], places: OutputFiles) -> None:
    if not rows and not places.changed(path):
        path.unlink(missing_ok=True)
        return
    with beside(path, places) as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(map(format_row, rows))
