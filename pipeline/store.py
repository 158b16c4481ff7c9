"""The reviewer's word: read back from claims.csv before it is written again, so that a run never loses it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from pipeline.cells import row, unguard
from pipeline.errors import ExtractError


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer wrote into the first five columns of a row."""

    decision: str = ""
    corrected_text: str = ""
    note: str = ""
    reviewer: str = ""
    decided_at: str = ""


DECISION_FIELDS = tuple(field.name for field in fields(Decision))
ORPHANS = "orphaned_decisions.csv"


def read_decisions(outputs: Path) -> dict[str, Decision]:
    """Decisions by claim id from claims.csv and from the orphans of earlier runs; empty when there are none yet.

    Raises ExtractError when a claims.csv is there that can't be read: writing over it could lose a decision.
    """
    decisions = _read(outputs / ORPHANS)
    decisions.update(_read(outputs / "claims.csv"))
    return decisions


def _read(path: Path) -> dict[str, Decision]:
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            start = file.readline()
            file.seek(0)
            rows = list(csv.DictReader(file, delimiter=";" if start.count(";") > start.count(",") else ","))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ExtractError(
            f"{path} can't be read back: {error}.",
            "Save it as CSV in UTF-8, or move it away; then run again.",
        ) from error
    decided = {cells["claim_id"]: _decision(cells) for cells in rows if cells.get("claim_id")}
    return {claim_id: decision for claim_id, decision in decided.items() if any(astuple(decision))}


def _decision(cells: Mapping[str, str | None]) -> Decision:
    return Decision(**{name: unguard((cells.get(name) or "").strip()) for name in DECISION_FIELDS})


def keep_orphans(outputs: Path, orphans: Mapping[str, Decision]) -> None:
    """Keep decisions whose claim isn't found any more in orphaned_decisions.csv; the file goes when none is left."""
    path = outputs / ORPHANS
    if not orphans:
        path.unlink(missing_ok=True)
        return
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("claim_id", *DECISION_FIELDS))
        for claim_id in sorted(orphans):
            writer.writerow(row((claim_id, *astuple(orphans[claim_id]))))
    part.replace(path)
