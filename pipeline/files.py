"""Make files in folders that others can write to, too: no link is followed, nothing reaches the disk only half."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from typing import IO, BinaryIO

from pipeline.errors import ExtractError

#: Flags for opening a file that must not be a link. Windows has no such flag; there the path is looked at before.
#: O_BINARY is Windows' own: without it line breaks would change.
_SAFE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
#: Permissions of a new file, before the umask takes some away.
_MODE = 0o666


def create_file(path: Path) -> BinaryIO:
    """A new file to write to; a file or link that stood there before is removed, and what it led to is left alone.

    Raises OSError where that can't be.
    """
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFE, _MODE), "wb")


def create_beside(path: Path, suffix: str) -> tuple[BinaryIO, Path]:
    """A new file with a name of its own beside ``path`` ("x.csv.part", else "x.csv.2.part"), and its path."""
    number = 1
    while True:
        candidate = path.with_name(f"{path.name}{f'.{number}' if number > 1 else ''}{suffix}")
        try:
            return os.fdopen(os.open(candidate, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFE, _MODE), "wb"), candidate
        except FileExistsError:
            number += 1


def open_kept_file(path: Path) -> BinaryIO:
    """A file that is kept from run to run, opened to read and write, created when missing.

    Raises ExtractError when the path is a link or anything else that is no ordinary file, OSError when it can't be
    opened.
    """
    require_ordinary(path)
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _SAFE, _MODE)
    except OSError as error:
        if error.errno == errno.ELOOP:  # a link that was put there just now
            require_ordinary(path)
        raise
    file = os.fdopen(descriptor, "r+b")
    if not os.path.samestat(os.fstat(descriptor), path.lstat()):
        file.close()
        raise _trap(path, "a link")
    return file


def require_ordinary(path: Path) -> None:
    """Raise ExtractError when something stands at the path that is no ordinary file, as a link, folder or pipe."""
    with suppress(FileNotFoundError):
        mode = path.lstat().st_mode
        if not stat.S_ISREG(mode):
            raise _trap(path, "a link" if stat.S_ISLNK(mode) else "no ordinary file")


def _trap(path: Path, what: str) -> ExtractError:
    return ExtractError(
        f"{path} is {what}; extract keeps a file of its own there.",
        "Delete or rename it, or name another folder with --outputs; then run again.",
    )


def copy_file(source: Path, part: Path, path: Path) -> None:
    """Copy a file to ``path``, by way of ``part`` beside it, so that the copy is there whole or not at all."""
    with source.open("rb") as old, create_file(part) as new:
        shutil.copyfileobj(old, new)
        sync(new)
    replace_file(part, path)


def sync(file: IO[str] | IO[bytes]) -> None:
    """Have on the disk what was written to an ordinary file, so that a power cut can't leave it empty once renamed."""
    file.flush()
    os.fsync(file.fileno())


def replace_file(part: Path, path: Path) -> None:
    """Rename ``part`` to ``path``, have that on the disk, too, and keep the permissions of what stood there."""
    with suppress(FileNotFoundError):
        before = path.lstat().st_mode
        if stat.S_ISREG(before):
            part.chmod(stat.S_IMODE(before))
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system can (Windows can't, and does it by itself)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):  # file systems without it
            raise
    finally:
        os.close(descriptor)
