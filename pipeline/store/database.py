"""Open outputs/claims.db: created when missing, upgraded when older, refused when damaged (see ``opening``)."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from pipeline.errors import ExtractError
from pipeline.files import require_ordinary
from pipeline.store import schema

#: Seconds to wait while another connection (a run, a review page) holds the database in a transaction.
BUSY_SECONDS = 10.0
#: SQLite's "synchronous" setting in a transaction that must be on the disk when it ends, and at all other times.
DURABLE, USUAL = "FULL", "NORMAL"


@contextmanager
def transaction(connection: sqlite3.Connection, *, durable: bool = False) -> Iterator[None]:
    """Do all that happens inside the ``with`` block, or nothing of it; inside another transaction, join that one.

    ``durable``: have it on the disk when the block ends. Decisions need that; results, which can be computed again,
    don't.
    """
    if connection.in_transaction:
        yield
        return
    if durable:
        connection.execute(f"PRAGMA synchronous = {DURABLE}")
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # after "disk full" SQLite has rolled back by itself
            connection.execute("ROLLBACK")
        raise
    finally:
        if durable:
            connection.execute(f"PRAGMA synchronous = {USUAL}")


def open_database(path: Path) -> sqlite3.Connection:
    """A connection in autocommit mode; use ``transaction``. Raises ExtractError for a link, sqlite3.Error."""
    for ending in ("", "-wal", "-shm", "-journal"):
        require_ordinary(path.with_name(path.name + ending))
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)


def prepare(connection: sqlite3.Connection) -> None:
    """Apply the settings that every connection has."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {USUAL}")
    # Deleted rows are overwritten with zeros, so that nothing forgotten stays readable in free pages.
    connection.execute("PRAGMA secure_delete = ON")


def upgrade(connection: sqlite3.Connection, path: Path, version: int) -> str:
    """Bring the tables to the current version, with a copy of an older store beside it; the notice about that.

    Raises ExtractError when a newer program made them.
    """
    if version > len(schema.UPGRADES):
        raise ExtractError(
            f"{path} was made by a newer version of newsclaims.",
            "Install that version, or name another folder with --outputs.",
        )
    if version == len(schema.UPGRADES):
        return ""
    notice = ""
    if version:
        backup = unused_path(path.with_name(f"{path.stem}.version{version}{path.suffix}"))
        with closing(sqlite3.connect(backup)) as copy:
            connection.backup(copy)
        notice = f"{path} was upgraded to this version of newsclaims; the older store is kept as {backup.name}."
    for number in range(version, len(schema.UPGRADES)):
        connection.executescript(
            f"BEGIN IMMEDIATE; {schema.UPGRADES[number]} PRAGMA user_version = {number + 1}; COMMIT;"
        )
    return notice


def unused_path(path: Path) -> Path:
    """The path itself, or the first that doesn't exist yet: "a.db", "a2.db"... or "a-1.db", "a-2.db"..."""
    stem = path.stem.removesuffix("-1")
    is_numbered, number, candidate = stem != path.stem, 1, path
    while os.path.lexists(candidate):
        number += 1
        candidate = path.with_name(f"{stem}{'-' * is_numbered}{number}{path.suffix}")
    return candidate
