"""Connect to the store of a folder; a damaged one is moved aside and replaced, so that no damage fails for ever."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from pipeline.errors import ExtractError
from pipeline.files import create_file
from pipeline.outputs import CLAIMS, DATABASE, partial_path
from pipeline.store.damage import (
    DamagedStore,
    error_code,
    is_certain_damage,
    is_damage,
    require_header,
    require_rows,
    require_whole,
)
from pipeline.store.database import open_database, prepare, upgrade
from pipeline.store.lock import lock_outputs
from pipeline.store.salvage import move_aside, salvage

_PERMISSIONS = "Change the permissions, so that folder and file can be written to"
_FULL = "Make room on that disk"
_SAFE = "Nothing that was saved before is lost."
#: What to do about an error of SQLite whose cause lies outside the file, by its code.
_REMEDIES = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: "Make sure that the disk isn't full and works",
    sqlite3.SQLITE_BUSY: "Close other programs that use it",
    sqlite3.SQLITE_LOCKED: "Close other programs that use it",
    sqlite3.SQLITE_PROTOCOL: "Close other programs that use it",
    sqlite3.SQLITE_CANTOPEN: _PERMISSIONS,
    sqlite3.SQLITE_READONLY: _PERMISSIONS,
    sqlite3.SQLITE_PERM: _PERMISSIONS,
    sqlite3.SQLITE_NOMEM: "Close other programs, so that there is more memory",
}


def connect(outputs: Path, *, is_locked: bool) -> tuple[sqlite3.Connection, str]:
    """A connection to a whole store of the current version in the folder, and a notice for the user.

    The notice says in a sentence what happened when the store had to be upgraded or replaced, and is empty otherwise.
    The connection is in autocommit mode. ``is_locked``: whether the caller holds the folder's lock, without which no
    store is replaced. Raises ExtractError when the store can't be opened or was made by a newer version.
    """
    try:
        try:
            return _connect_to_whole(outputs / DATABASE)
        except DamagedStore:
            if is_locked:
                return _connect_or_replace(outputs)
            with lock_outputs(outputs):
                return _connect_or_replace(outputs)
    except sqlite3.Error as error:
        raise unusable(outputs, error) from error


def explain_failure(outputs: Path, error: sqlite3.Error, *, is_locked: bool) -> ExtractError:
    """The error for the user when the store, whole when it was opened, fails later; all connections to it are closed.

    Where damage is the reason, the store has been replaced when this returns.
    """
    if not is_damage(error):
        return unusable(outputs, error)
    if not is_locked:
        return ExtractError(
            f"The store {outputs / DATABASE} is damaged: {error}.",
            f"Run the same command again: it moves the damaged store aside. {_SAFE}",
        )
    try:
        connection, notice = (
            _replace(outputs, str(error)) if is_certain_damage(error) else connect(outputs, is_locked=True)
        )
    except sqlite3.Error as another:
        return unusable(outputs, another)
    connection.close()
    return ExtractError(notice, "Run the same command again.") if notice else unusable(outputs, error)


def unusable(outputs: Path, error: sqlite3.Error) -> ExtractError:
    """The error for a database that SQLite can't read or write, with what to do about the reason."""
    code = error_code(error)
    remedy = _REMEDIES.get(code or 0, "Look at it with extract doctor")
    if code == sqlite3.SQLITE_CANTOPEN and _has_no_room(outputs):
        remedy = _FULL
    return ExtractError(
        f"The store {outputs / DATABASE} can't be used: {error}.",
        f"{remedy}, or name another folder with --outputs; then run again. {_SAFE}",
    )


def _has_no_room(folder: Path) -> bool:
    """Whether the folder's disk has no room for a file more; False where the system can't tell."""
    if not hasattr(os, "statvfs") or not folder.is_dir():
        return False
    state = os.statvfs(folder)
    return state.f_bavail == 0 or (state.f_files > 0 and state.f_favail == 0)


def _connect_or_replace(outputs: Path) -> tuple[sqlite3.Connection, str]:
    """With the lock: connect, and replace the store where it is still damaged; another process may have done so."""
    try:
        return _connect_to_whole(outputs / DATABASE)
    except DamagedStore as damage:
        return _replace(outputs, str(damage))


def _connect_to_whole(path: Path) -> tuple[sqlite3.Connection, str]:
    """A connection to the store, upgraded. Raises DamagedStore."""
    connection = open_database(path)
    try:
        if path.exists():
            require_header(path)
        version = require_whole(connection)
        prepare(connection)
        notice = upgrade(connection, path, version)
        if notice:
            require_rows(connection)
    except BaseException:
        connection.close()
        raise
    return connection, notice


def _replace(outputs: Path, how: str) -> tuple[sqlite3.Connection, str]:
    """Make a new store with what can be read of the old one, which is moved aside."""
    path = outputs / DATABASE
    part = partial_path(path)
    create_file(part).close()
    try:
        with closing(open_database(part)) as new:
            upgrade(new, part, 0)
            saved = salvage(new, path)
        moved = move_aside(path, part)
    finally:
        part.unlink(missing_ok=True)
    connection, _ = _connect_to_whole(path)
    return connection, (
        f"{path} was damaged ({how}), so it was moved to {moved.name} and a new store was created. {saved} of its "
        f"decisions could be read; those in {CLAIMS} are kept, too, and all articles are read again."
    )
