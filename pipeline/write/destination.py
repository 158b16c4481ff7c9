"""A file that the user names to be written, as with ``extract export --to``.

An ordinary file is replaced once the new one is whole. A link stays, and the file behind it is replaced. Pipes,
terminals and streams of this process (/dev/stdout) are written to. Folders, disks, sockets and the program's own files
are refused, before anything is done.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import ExtractError
from pipeline.files import create_beside, replace_file, sync
from pipeline.outputs import PARTIAL_SUFFIX
from pipeline.write.obstacles import find_obstacle

#: Folders whose numbered entries are the open files of this process: /dev/stdout leads to one of them.
_DESCRIPTORS = ("/dev/fd", "/proc/self/fd", "/proc/thread-self/fd")
#: The number of the standard output among the open files of this process.
_STANDARD_OUTPUT = 1
#: Links that lead to links that are followed at most, as Linux does.
_MAX_LINKS = 40
_REFUSED = (
    (stat.S_ISBLK, "a disk"),
    (stat.S_ISSOCK, "a socket"),
)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where to write; made by ``find_destination``."""

    path: Path  #: as the user named it
    flag: str  #: the flag that names it: "--to"
    is_stream: bool  #: whether it is a pipe, a device or a stream of this process: nothing is replaced, no file is kept
    _real: Path  #: the path without links
    _descriptor: int | None = None  #: the number of the open file of this process that the path stands for

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The file to write to; it is in its place, whole, when the block ends, or after an error not at all.

        Missing folders are made. Raises ExtractError when it can't be written, BrokenPipeError when nobody reads it.
        """
        try:
            with self._open_stream() if self.is_stream else self._open_new() as file:
                yield file
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _refused(self.path, self.flag, f"can't be written: {error.strerror or error}") from error

    @contextmanager
    def _open_stream(self) -> Iterator[BinaryIO]:
        source = self._real if self._descriptor is None else os.dup(self._descriptor)
        with open(source, "wb") as file:  # noqa: PTH123
            yield file

    @contextmanager
    def _open_new(self) -> Iterator[BinaryIO]:
        self._real.parent.mkdir(parents=True, exist_ok=True)
        file, part = create_beside(self._real, PARTIAL_SUFFIX)
        try:
            with file:
                yield file
                sync(file)
            replace_file(part, self._real)
        finally:
            part.unlink(missing_ok=True)


def find_destination(path: Path, flag: str, example: str, own_files: Iterable[Path] = ()) -> Destination:
    """Where to write when the user names ``path`` with ``flag``; ``example`` is a fitting name for the file.

    "-" is the standard output.

    Raises ExtractError when it can't or must not be written to, as when it is one of ``own_files``.
    """
    descriptor = _own_descriptor(path)
    real = Path(os.path.realpath(path))
    try:
        if descriptor is not None:
            os.fstat(descriptor)
            return Destination(path, flag, True, path, descriptor)
        mode = _mode(real)
    except OSError as error:
        raise _refused(path, flag, f"can't be written: {error.strerror or error}") from error
    if real in {Path(os.path.realpath(own)) for own in own_files}:
        raise _refused(path, flag, "must not be written over: extract needs it")
    if mode is None or stat.S_ISREG(mode):
        if obstacle := find_obstacle(real):
            raise _refused(path, flag, f"can't be replaced: {obstacle}")
        return Destination(path, flag, False, real)
    if stat.S_ISDIR(mode):
        raise ExtractError(f"{path} is a folder.", f"Name a file in it: {flag} {path / example}")
    for is_kind, what in _REFUSED:
        if is_kind(mode):
            raise _refused(path, flag, f"is {what}")
    return Destination(path, flag, True, real)


def _refused(path: Path, flag: str, why: str) -> ExtractError:
    return ExtractError(f"{path} {why}.", f"Name another file with {flag}.")


def _mode(path: Path) -> int | None:
    """Type and permissions of what is there; None when nothing is."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _own_descriptor(path: Path) -> int | None:
    """The number of the open file of this process that a path such as /dev/stdout leads to; None for other paths.

    "-" is that of the standard output. Such a path isn't opened anew: that would cut off a file that a shell appends
    to (``>> log``).
    """
    if str(path) == "-":
        return _STANDARD_OUTPUT
    folders = {*_DESCRIPTORS, *map(os.path.realpath, _DESCRIPTORS)}
    for _ in range(_MAX_LINKS):
        folder = os.path.realpath(path.parent)
        if path.name.isdecimal() and folder in folders:
            return int(path.name)
        entry = Path(folder) / path.name
        if not entry.is_symlink():
            return None
        path = Path(folder) / entry.readlink()
    return None
