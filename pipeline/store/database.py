"""Open outputs/claims.db: created when missing, upgraded when older, moved aside and replaced when damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from pipeline.errors import ExtractError
from pipeline.outputs import CLAIMS, DATABASE

#: Seconds to wait while another connection (a run, a review page) holds the database in a transaction.
BUSY_SECONDS = 10.0
#: The schema as upgrades: entry n makes version n + 1 of the tables out of version n; an empty database is version 0.
#: The version is SQLite's ``user_version``. Stores of users exist in every version, so entries are only ever added.
UPGRADES = (
    """
    CREATE TABLE runs (run INTEGER PRIMARY KEY);
    CREATE TABLE readings (
        key TEXT PRIMARY KEY, file TEXT NOT NULL, used INTEGER NOT NULL, body BLOB NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE results (
        id INTEGER PRIMARY KEY, content TEXT NOT NULL, fingerprint TEXT NOT NULL, doc_id TEXT NOT NULL,
        file TEXT NOT NULL, used INTEGER NOT NULL, article BLOB NOT NULL, body BLOB NOT NULL,
        UNIQUE (content, fingerprint)
    );
    CREATE INDEX readings_file ON readings (file);
    CREATE INDEX results_doc ON results (doc_id);
    CREATE TABLE shown (position INTEGER PRIMARY KEY, result INTEGER NOT NULL, file TEXT NOT NULL);
    CREATE TABLE decisions (
        claim_id TEXT PRIMARY KEY, decision TEXT NOT NULL, corrected_text TEXT NOT NULL, note TEXT NOT NULL,
        reviewer TEXT NOT NULL, decided_at TEXT NOT NULL, version INTEGER NOT NULL, about TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE history (
        id INTEGER PRIMARY KEY, claim_id TEXT NOT NULL, decision TEXT NOT NULL, corrected_text TEXT NOT NULL,
        note TEXT NOT NULL, reviewer TEXT NOT NULL, decided_at TEXT NOT NULL, origin TEXT NOT NULL,
        saved_at TEXT NOT NULL
    );
    CREATE INDEX history_claim ON history (claim_id);
    CREATE TABLE conflicts (
        id INTEGER PRIMARY KEY, claim_id TEXT NOT NULL, decision TEXT NOT NULL, corrected_text TEXT NOT NULL,
        note TEXT NOT NULL, reviewer TEXT NOT NULL, decided_at TEXT NOT NULL, origin TEXT NOT NULL
    );
    CREATE INDEX conflicts_claim ON conflicts (claim_id);
    CREATE TABLE written (
        file TEXT NOT NULL, claim_id TEXT NOT NULL, decision TEXT NOT NULL, corrected_text TEXT NOT NULL,
        note TEXT NOT NULL, reviewer TEXT NOT NULL, decided_at TEXT NOT NULL, PRIMARY KEY (file, claim_id)
    ) WITHOUT ROWID;
    CREATE TABLE tables (file TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE added (claim_id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
    """,
    """
    ALTER TABLE decisions ADD COLUMN corrections TEXT NOT NULL DEFAULT '';
    ALTER TABLE history ADD COLUMN corrections TEXT NOT NULL DEFAULT '';
    ALTER TABLE conflicts ADD COLUMN corrections TEXT NOT NULL DEFAULT '';
    ALTER TABLE written ADD COLUMN corrections TEXT NOT NULL DEFAULT '';
    """,
)
#: The tables that only reviewers could restore: of a damaged store their readable rows are copied. Not ``written``:
#: with it, a decision that is lost here but stands in claims.csv would pass for unchanged and not be imported.
SALVAGED_TABLES = ("decisions", "history", "conflicts", "added")


def connect(outputs: Path) -> tuple[sqlite3.Connection, str]:
    """A connection to an intact store of the current version in the folder, and a notice for the user.

    The notice says in a sentence what happened when the store had to be upgraded or replaced, and is empty otherwise.
    The connection is in autocommit mode; use ``transaction``. Raises ExtractError when the store can't be opened or
    was made by a newer version.
    """
    path = outputs / DATABASE
    connection: sqlite3.Connection | None = None
    try:
        connection = _open(path)
        if _is_intact(connection):
            return connection, _upgrade(connection, path)
        connection.close()
        moved = _move_aside(path)
        connection = _open(path)
        _upgrade(connection, path)
        saved = _salvage(connection, moved)
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        raise unusable(outputs, error) from error
    return connection, (
        f"{path} was damaged, so it was moved to {moved.name} and a new store was created. {saved} of its decisions "
        f"and those in {CLAIMS} are kept; all articles are read again."
    )


def unusable(outputs: Path, error: sqlite3.Error) -> ExtractError:
    """The error for a database that SQLite can't read or write."""
    return ExtractError(
        f"The store {outputs / DATABASE} can't be used: {error}.",
        "Make sure that the disk isn't full and the folder can be written to; then run again. Nothing that was saved "
        "before is lost.",
    )


@contextmanager
def transaction(connection: sqlite3.Connection, *, durable: bool = False) -> Iterator[None]:
    """Do all that happens inside the ``with`` block, or nothing of it; inside another transaction, join that one.

    ``durable``: have it on the disk when the block ends (PRAGMA synchronous = FULL). Decisions need that; results,
    which can be computed again, don't.
    """
    if connection.in_transaction:
        yield
        return
    if durable:
        connection.execute("PRAGMA synchronous = FULL")
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
            connection.execute("PRAGMA synchronous = NORMAL")


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)


def _is_intact(connection: sqlite3.Connection) -> bool:
    """Whether the file is a database without damage. Also applies the settings that every connection has."""
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        # Deleted rows are overwritten with zeros, so that nothing forgotten stays readable in free pages.
        connection.execute("PRAGMA secure_delete = ON")
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return False
        raise
    except sqlite3.DatabaseError:
        return False


def _upgrade(connection: sqlite3.Connection, path: Path) -> str:
    """Bring the tables to the current version, with a copy of an older store beside it; the notice about that."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(UPGRADES):
        connection.close()
        raise ExtractError(
            f"{path} was made by a newer version of newsclaims.",
            "Install that version, or name another folder with --outputs.",
        )
    if version == len(UPGRADES):
        return ""
    notice = ""
    if version:
        backup = _unused_path(path.with_name(f"{path.stem}.version{version}{path.suffix}"))
        with closing(sqlite3.connect(backup)) as copy:
            connection.backup(copy)
        notice = f"{path} was upgraded to this version of newsclaims; the older store is kept as {backup.name}."
    for number in range(version, len(UPGRADES)):
        connection.executescript(f"BEGIN IMMEDIATE; {UPGRADES[number]} PRAGMA user_version = {number + 1}; COMMIT;")
    return notice


def _move_aside(path: Path) -> Path:
    """Rename the database with its journal files to claims.damaged.db, claims.damaged2.db...; the new path."""
    target = _unused_path(path.with_name(f"{path.stem}.damaged{path.suffix}"))
    for ending in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).replace(target.with_name(target.name + ending))
    path.replace(target)
    return target


def _unused_path(path: Path) -> Path:
    """The path itself, or the first of NAME2, NAME3... that doesn't exist yet."""
    candidate, number = path, 1
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.stem}{number}{path.suffix}")
    return candidate


def _salvage(connection: sqlite3.Connection, damaged: Path) -> int:
    """Copy the reviewers' tables out of a damaged store as far as they can be read; the number of decisions saved."""
    with closing(sqlite3.connect(damaged)) as old, transaction(connection, durable=True):
        for table in SALVAGED_TABLES:
            readable = _columns(old, table)
            columns = [name for name in _columns(connection, table) if name in readable]
            names, placeholders = ", ".join(columns), ", ".join("?" * len(columns))
            for row in _readable_rows(old, table, names):
                connection.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({placeholders})", row)  # noqa: S608
    return int(connection.execute("SELECT count(*) FROM decisions").fetchone()[0])


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """The names of the columns of a table; none where the table is missing or can't be read."""
    with suppress(sqlite3.Error):
        return [column[1] for column in connection.execute(f"PRAGMA table_info({table})")]
    return []


def _readable_rows(connection: sqlite3.Connection, table: str, names: str) -> Iterator[tuple[object, ...]]:
    """The rows of a table up to the first that can't be read."""
    with suppress(sqlite3.Error):
        yield from connection.execute(f"SELECT {names} FROM {table}")  # noqa: S608
