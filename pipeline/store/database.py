"""Open outputs/claims.db: made when missing, brought to today's tables when older, moved aside when damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from pipeline.errors import ExtractError

DATABASE = "claims.db"
#: Seconds to wait for another connection's transaction.
BUSY = 10.0
#: What makes version n of the tables out of version n-1. Only ever added to; the last number is ``user_version``.
STEPS = (
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
#: What the reviewer's word lies in, salvaged from a damaged store row by row. Not what was written into the tables:
#: were a decision lost here that stands there, it would pass for unchanged.
SALVAGED = ("decisions", "history", "conflicts", "added")


def connect(outputs: Path) -> tuple[sqlite3.Connection, str]:
    """A connection to a sound store of today's version in the folder, and what the user should be told of it, if aught.

    Raises ExtractError when it can't be opened or was made by a newer version.
    """
    path = outputs / DATABASE
    told = ""
    try:
        base = _open(path)
        if not _sound(base):
            base.close()
            aside = _move_aside(path)
            base = _open(path)
            _upgrade(base, path)
            saved = _salvage(base, aside)
            told = (
                f"{path} was damaged. It was moved to {aside.name} and a new one begun; {saved} of its decisions and "
                "those in claims.csv are kept, the articles are read anew."
            )
        else:
            told = _upgrade(base, path)
    except sqlite3.Error as error:
        raise unusable(outputs, error) from error
    return base, told


def unusable(outputs: Path, error: sqlite3.Error) -> ExtractError:
    """What an error of the database means for the user."""
    return ExtractError(
        f"The store {outputs / DATABASE} can't be used: {error}.",
        "Make sure that the disk isn't full and the folder can be written to; then run again. Nothing kept is lost.",
    )


@contextmanager
def transaction(base: sqlite3.Connection, *, durable: bool = False) -> Iterator[None]:
    """All of what is done inside, or nothing. ``durable``: on the disk before it returns, for the reviewer's word."""
    if base.in_transaction:
        yield
        return
    if durable:
        base.execute("PRAGMA synchronous = FULL")
    base.execute("BEGIN IMMEDIATE")
    try:
        yield
        base.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # a full disk has rolled back by itself
            base.execute("ROLLBACK")
        raise
    finally:
        if durable:
            base.execute("PRAGMA synchronous = NORMAL")


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY, isolation_level=None)


def _sound(base: sqlite3.Connection) -> bool:
    """Whether the file is a database without damage; the settings of the connection are made on the way."""
    try:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")
        # What is forgotten leaves no trace in free pages.
        base.execute("PRAGMA secure_delete = ON")
        return bool(base.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return False
        raise
    except sqlite3.DatabaseError:
        return False


def _upgrade(base: sqlite3.Connection, path: Path) -> str:
    """Bring the tables to today's version, with a copy of the older store beside it."""
    version = base.execute("PRAGMA user_version").fetchone()[0]
    if version > len(STEPS):
        base.close()
        raise ExtractError(
            f"{path} was made by a newer version of newsclaims.", "Install that, or name another folder with --outputs."
        )
    if version == len(STEPS):
        return ""
    told = ""
    if version:
        backup = _free(path.with_name(f"{path.stem}.version{version}{path.suffix}"))
        with closing(sqlite3.connect(backup)) as copy:
            base.backup(copy)
        told = f"{path} was brought up to date; the older one is kept in {backup.name}."
    for number in range(version, len(STEPS)):
        base.executescript(f"BEGIN IMMEDIATE; {STEPS[number]} PRAGMA user_version = {number + 1}; COMMIT;")
    return told


def _move_aside(path: Path) -> Path:
    aside = _free(path.with_name(f"{path.stem}.damaged{path.suffix}"))
    for ending in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).replace(aside.with_name(aside.name + ending))
    path.replace(aside)
    return aside


def _free(path: Path) -> Path:
    """The path, or the first of its kind with a number that isn't taken."""
    taken, number = path, 1
    while taken.exists():
        number += 1
        taken = path.with_name(f"{path.stem}{number}{path.suffix}")
    return taken


def _salvage(base: sqlite3.Connection, aside: Path) -> int:
    """Copy what can still be read of the reviewer's word; how many decisions that were."""
    with closing(sqlite3.connect(aside)) as old, transaction(base, durable=True):
        for table in SALVAGED:
            here = _columns(old, table)
            columns = [name for name in _columns(base, table) if name in here]
            names, marks = ", ".join(columns), ", ".join("?" * len(columns))
            for row in _rows(old, table, names):
                base.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", row)  # noqa: S608
    return int(base.execute("SELECT count(*) FROM decisions").fetchone()[0])


def _columns(base: sqlite3.Connection, table: str) -> list[str]:
    """The columns of a table, none where it is missing or can't be read."""
    with suppress(sqlite3.Error):
        return [column[1] for column in base.execute(f"PRAGMA table_info({table})")]
    return []


def _rows(old: sqlite3.Connection, table: str, names: str) -> Iterator[tuple[object, ...]]:
    """The rows of a table of a damaged store, up to where it can't be read."""
    with suppress(sqlite3.Error):
        yield from old.execute(f"SELECT {names} FROM {table}")  # noqa: S608
