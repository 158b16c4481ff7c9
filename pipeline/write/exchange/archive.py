"""Formats of several files, put into one ZIP archive whose bytes depend on the articles alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

#: The day that every file in an archive bears, the first that ZIP can tell: a day of today would change the bytes.
_DAY = (1980, 1, 1, 0, 0, 0)


class Archive:
    """A ZIP archive that is being written."""

    def __init__(self, zipped: ZipFile) -> None:
        self._zipped = zipped

    def add(self, name: str, content: bytes) -> None:
        """Add a file."""
        entry = ZipInfo(name, _DAY)
        entry.compress_type = ZIP_DEFLATED
        self._zipped.writestr(entry, content)


@contextmanager
def open_archive(stream: BinaryIO) -> Iterator[Archive]:
    """The archive that is written to the stream, whole at the end of the block."""
    with ZipFile(stream, "w") as zipped:
        yield Archive(zipped)
