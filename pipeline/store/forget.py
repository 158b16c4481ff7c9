"""Take articles out of the store for good: what they said, what was read of them and, if asked, what was decided."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.store.database import DATABASE, transaction
from pipeline.store.decisions import load_decisions
from pipeline.store.edit_import import FILES
from pipeline.store.lock import LOCK
from pipeline.store.manual_claims import load_added

#: What every run writes anew or takes away.
REWRITTEN = {
    *FILES,
    "conflicting_decisions.csv",
    "mentions.csv",
    "articles.csv",
    "claims.jsonl",
    "report.html",
    "texts",
}


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many articles and how many decisions were forgotten; ``unknown``: the named files that there were none of.

    ``left`` are files of the outputs that hold them until the next run writes them anew, ``others`` files there that no
    run writes: exports, and stores that were moved aside or kept when the tables changed.
    """

    articles: int
    decisions: int
    unknown: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def forget(base: sqlite3.Connection, files: Sequence[str] | None, *, missing: bool, decisions: bool) -> Forgotten:
    """Forget the named files with all their parts ("wire.jsonl#3"), those not shown, or all; then shrink the file."""
    kept = {row[0] for row in base.execute("SELECT file FROM results UNION SELECT file FROM readings")}
    about = {claim_id: added.about.file for claim_id, added in load_added(base).items()}
    about |= {claim_id: decided.about.file for claim_id, decided in load_decisions(base).items()}
    if missing:
        named = kept - {row[0] for row in base.execute("SELECT file FROM shown")}
    elif files is None:
        named = kept | set(about.values())
    else:
        named = {file for file in {*kept, *about.values()} if any(_is_part(file, name) for name in files)}
    unknown = tuple(name for name in files or () if not any(_is_part(file, name) for file in named))
    decided = [claim_id for claim_id, file in about.items() if file in named] if decisions else []
    with transaction(base, durable=True):
        count = sum(_delete(base, "results", "file", file) for file in named)
        for file in named:
            _delete(base, "readings", "file", file)
        base.execute("DELETE FROM shown WHERE result NOT IN (SELECT id FROM results)")
        # What was written stays noted: so the tables that still have it don't bring it back.
        for claim_id in decided:
            for table in ("decisions", "history", "conflicts", "added"):
                _delete(base, table, "claim_id", claim_id)
    base.execute("VACUUM")
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Forgotten(count, len(decided), unknown)


def remains(outputs: Path, *, decisions: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What of the outputs is written anew by the next run, and what by none; the store has notes of decisions alone."""
    names = sorted({path.name for path in outputs.iterdir()} - {LOCK, DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"})
    store = (DATABASE,) if decisions else ()
    return (*(each for each in names if each in REWRITTEN), *store), tuple(
        each for each in names if each not in REWRITTEN
    )


def _is_part(file: str, name: str) -> bool:
    return file == name or file.startswith((f"{name}#", f"{name}/"))


def _delete(base: sqlite3.Connection, table: str, column: str, value: str) -> int:
    return base.execute(f"DELETE FROM {table} WHERE {column} = ?", (value,)).rowcount  # noqa: S608
