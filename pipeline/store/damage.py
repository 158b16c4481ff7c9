"""Whether a store is whole: as a database, in its tables, and in the rows that only reviewers could restore.

SQLite has no checksums, so its own check misses most of what happens to a cell on a failing disk. But a decision is
stored twice, as the current one and as the last of its history: where these differ, one of them is damaged.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from pipeline.store import schema
from pipeline.store.decision import DECISION_FIELDS
from pipeline.store.decisions import load_conflicts, load_decisions
from pipeline.store.manual_claims import load_manual_claims
from pipeline.store.schema import find_version_fault

#: Errors of SQLite with causes outside the file: another program, the disk, permissions, memory, or a mistake of ours.
#: An error for any other reason is damage.
_OUTSIDE = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_NOLFS,
    sqlite3.SQLITE_AUTH, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_MISUSE, sqlite3.SQLITE_RANGE,
})  # fmt: skip
#: Errors that are damage whenever they come; after the others the store is checked.
_CERTAIN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT)
#: Runs, changes and versions are counted from 1; a number above this comes from damage.
MAX_COUNT = 2**40
#: Bytes of the file that say which SQLite may write and read it: 1, or 2 with a write-ahead log.
_FORMAT = slice(18, 20)
#: Bytes before the tables.
_HEADER_BYTES = 100
_COUNTS = ("SELECT max(run) FROM runs", "SELECT max(id) FROM history", "SELECT max(version) FROM decisions")
#: Claims whose decision isn't the last of their history. Those without one are of an older store.
_CONTRADICTIONS = f"""
    SELECT decisions.claim_id FROM decisions
    JOIN (SELECT claim_id, max(id) AS id FROM history GROUP BY claim_id) AS last USING (claim_id)
    JOIN history ON history.id = last.id
    WHERE ({", ".join(f"decisions.{name}" for name in DECISION_FIELDS)})
       != ({", ".join(f"history.{name}" for name in DECISION_FIELDS)})
"""  # noqa: S608


class DamagedStore(sqlite3.DatabaseError):
    """The file of the store is damaged, or no store at all; the message says how, as a clause."""


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error of SQLite comes of the file itself, and not of what is around it."""
    if isinstance(error, DamagedStore):
        return True
    code = error_code(error)
    if code is None:  # the module's own: a text that isn't UTF-8; all others are mistakes of ours
        return "decode" in str(error)
    return code not in _OUTSIDE


def is_certain_damage(error: sqlite3.Error) -> bool:
    """Whether the error alone shows damage; one as "no such table" needs a look at the store."""
    return isinstance(error, DamagedStore) or error_code(error) in _CERTAIN or "decode" in str(error)


def error_code(error: sqlite3.Error) -> int | None:
    """SQLite's primary code of the error, as SQLITE_FULL; None for what Python's module raises by itself."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def require_whole(connection: sqlite3.Connection) -> int:
    """The version of the store, 0 for an empty one. Raises DamagedStore, or sqlite3.Error when it can't be looked at.

    The rows of reviewers are looked at only when the version is the current one: see ``require_rows``.
    """
    try:
        connection.execute("BEGIN")  # what other processes write meanwhile isn't seen
        # Not quick_check: that one misses entries of an index that lead to other rows.
        (fault,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if fault != "ok":
            raise DamagedStore(str(fault).splitlines()[-1])
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version_fault := find_version_fault(connection, version):
            raise DamagedStore(version_fault)
        if version == len(schema.UPGRADES):
            require_rows(connection)
        connection.execute("COMMIT")
    except (ValueError, TypeError) as error:  # as names that aren't UTF-8
        raise DamagedStore(f"a row can't be read: {error}") from error
    except sqlite3.Error as error:
        if isinstance(error, DamagedStore) or not is_damage(error):
            raise
        raise DamagedStore(str(error)) from error
    return version


def require_header(path: Path) -> None:
    """Raise DamagedStore when SQLite would take a store for one that nobody may write to, as from a later SQLite."""
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if header and (len(header) < _HEADER_BYTES or set(header[_FORMAT]) - {1, 2}):
        raise DamagedStore("its header is cut off" if len(header) < _HEADER_BYTES else "its header is no store's")


def require_rows(connection: sqlite3.Connection) -> None:
    """Raise DamagedStore when what reviewers did can't be read, or contradicts its history."""
    try:
        load_decisions(connection)
        load_manual_claims(connection)
        load_conflicts(connection)
        counts = [connection.execute(query).fetchone()[0] or 0 for query in _COUNTS]
    except (ValueError, TypeError) as error:
        raise DamagedStore(f"a row can't be read: {error}") from error
    if not all(isinstance(count, int) and 0 <= count < MAX_COUNT for count in counts):
        raise DamagedStore("a number in it is out of range")
    contradiction = connection.execute(_CONTRADICTIONS).fetchone()
    if contradiction is not None:
        raise DamagedStore(f"the decision on {contradiction[0]} isn't the last of its history")


def describe_store(path: Path) -> str:
    """What is in the store, for a user: "12 articles, 5 decisions". Changes nothing.

    Raises DamagedStore, or sqlite3.Error when it can't be looked at.
    """
    require_header(path)
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)) as connection:
        version = require_whole(connection)
        if version != len(schema.UPGRADES):
            return f"version {version}, the next run makes {len(schema.UPGRADES)} of it" if version else "empty"
        numbers = [
            connection.execute(query).fetchone()[0]
            for query in ("SELECT count(*) FROM results", "SELECT count(*) FROM decisions WHERE decision != ''",
                          "SELECT count(*) FROM added", "SELECT count(*) FROM history")
        ]  # fmt: skip
        return "{} articles, {} decisions, {} claims added by hand, {} changes; nothing is damaged".format(*numbers)
