"""Remove articles from the store for good: their texts, what was found in them and, if asked, decisions on them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection

from pipeline.outputs import DATABASE, DATAPACKAGE, REWRITTEN, SCHEMA, STORE_FILES
from pipeline.store.database import transaction
from pipeline.store.decisions import load_decisions
from pipeline.store.event_edits import forget_claims
from pipeline.store.grouping import forget_groups
from pipeline.store.manual_claims import load_manual_claims
from pipeline.store.results import claim_ids_of_files

#: All tables with a claim's decision or, for claims that the reviewer added, the claim. Not ``written``: so tables that
#: still show a forgotten decision don't bring it back.
_TABLES_OF_CLAIMS = ("decisions", "history", "conflicts", "added")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was removed from the store, and where in the outputs folder it still stands."""

    articles: int  #: number of articles removed
    decisions: int  #: number of decisions removed
    unknown: tuple[str, ...] = ()  #: files that were named but of which the store had nothing
    rewritten_files: tuple[str, ...] = ()  #: files of the outputs that may hold them until the next run rewrites them
    other_files: tuple[str, ...] = ()  #: files there that no run writes: exports, gold, damaged or older stores


def forget_articles(
    connection: Connection, files: Sequence[str] | None, *, missing: bool, decisions: bool
) -> Forgotten:
    """Remove articles and shrink the database file, so that nothing of them stays readable in it.

    ``files`` are names as in articles.csv, each with all its parts ("wire.jsonl" has "wire.jsonl#3"); None means all
    articles. With ``missing`` they are ignored, and the articles that the last run's tables don't show are removed.
    """
    stored = {row[0] for row in connection.execute("SELECT file FROM results UNION SELECT file FROM readings")}
    shown = {row[0] for row in connection.execute("SELECT file FROM shown")}
    file_of_claim = _files_of_claims(connection)
    all_files = stored | set(file_of_claim.values())
    selected = stored - shown if missing else _select(all_files, files)
    unknown = tuple(name for name in files or () if not _select(selected, (name,)))
    claim_ids = [claim_id for claim_id, file in file_of_claim.items() if file in selected] if decisions else []
    claims_found = claim_ids_of_files(connection, selected) if decisions else set()
    with transaction(connection, durable=True):
        articles = sum(_delete(connection, "results", "file", file) for file in selected)
        for file in selected:
            _delete(connection, "readings", "file", file)
        connection.execute("DELETE FROM shown WHERE result NOT IN (SELECT id FROM results)")
        for claim_id in claim_ids:
            for table in _TABLES_OF_CLAIMS:
                _delete(connection, table, "claim_id", claim_id)
        forget_claims(connection, claims_found.union(claim_ids))
        forget_groups(connection)  # names of the articles stand in it
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Forgotten(articles, len(claim_ids), unknown)


def find_remaining_files(outputs: Path, *, decisions: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the files in the folder that may still hold what was forgotten: those a run rewrites, then the others.

    With ``decisions`` the database is among the first: it still has a note of what stands in the tables.
    """
    names = sorted({path.name for path in outputs.iterdir()} - STORE_FILES - {DATAPACKAGE, SCHEMA})
    rewritten = [name for name in names if name in REWRITTEN]
    if decisions:
        rewritten.append(DATABASE)
    return tuple(rewritten), tuple(name for name in names if name not in REWRITTEN)


def _files_of_claims(connection: Connection) -> dict[str, str]:
    """By claim id the file of every claim that was decided or added by hand."""
    files = {claim_id: manual.snapshot.file for claim_id, manual in load_manual_claims(connection).items()}
    files |= {claim_id: stored.snapshot.file for claim_id, stored in load_decisions(connection).items()}
    return files


def _select(files: Collection[str], names: Sequence[str] | None) -> set[str]:
    """Those of the files that are named, or are parts of one that is; all of them for None."""
    if names is None:
        return set(files)
    return {file for file in files if any(_is_part(file, name) for name in names)}


def _is_part(file: str, name: str) -> bool:
    """Whether ``file`` is the file of that name or lies in it: "wire.jsonl#3", "box.zip/inside/page.html"."""
    return file == name or file.startswith((f"{name}#", f"{name}/"))


def _delete(connection: Connection, table: str, column: str, value: str) -> int:
    """Delete the rows with that value; their number."""
    return connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (value,)).rowcount  # noqa: S608
