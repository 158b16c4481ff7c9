"""A database of one run's own: what waits on the disk, not in memory, until all articles are there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from pipeline.files import create_file
from pipeline.outputs import SCRATCH

#: Kilobytes of the database that are kept in memory; the rest is read again where it is needed.
_CACHE_KB = 4_000
_SETTINGS = ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "temp_store = FILE")


@contextmanager
def open_scratch(folder: Path) -> Iterator[sqlite3.Connection]:
    """An empty database in the folder, without a name where the system allows that, gone when the block ends.

    A killed run leaves nothing behind but on Windows, where the next run removes it. Raises OSError, sqlite3.Error.
    """
    path = folder / SCRATCH
    create_file(path).close()  # never a link that was put there
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            prepare_scratch(connection)
            with suppress(PermissionError):  # Windows removes no file that is open
                path.unlink()
            yield connection
    finally:
        path.unlink(missing_ok=True)


def memory_scratch() -> sqlite3.Connection:
    """Such a database in memory, for a few articles."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    prepare_scratch(connection)
    return connection


def prepare_scratch(connection: sqlite3.Connection) -> None:
    """Have it write as seldom as it can: nothing in it has to outlive the run."""
    for setting in (*_SETTINGS, f"cache_size = -{_CACHE_KB}"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute("CREATE TABLE opened (run INTEGER)")  # takes the lock, and the file's name isn't needed any more
    connection.execute("BEGIN")
