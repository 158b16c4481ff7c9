"""One writer at a time: a lock on outputs/claims.lock that the system drops when its process ends, however it ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import ExtractError

LOCK = "claims.lock"
#: Seconds that a second writer waits before it gives up.
WAIT = 2.0
#: The byte that is locked; it lies behind the words in the file, which others may read.
_BYTE = 4096


@contextmanager
def only_writer(outputs: Path, wait: float = WAIT) -> Iterator[None]:
    """Be the only one who writes into ``outputs``, which must be there.

    Raises ExtractError, saying who does, when another process still writes after ``wait`` seconds; OSError when the
    folder can't be written to.
    """
    with (outputs / LOCK).open("a+b") as file:
        until = time.monotonic() + wait
        while not _take(file):
            if time.monotonic() >= until:
                raise ExtractError(
                    f"Another extract ({_holder(file)}) is writing to {outputs}.",
                    "Wait until it has ended, or name another folder with --outputs.",
                )
            time.sleep(0.1)
        file.truncate(0)
        file.write(f"process {os.getpid()}, since {datetime.now():%Y-%m-%d %H:%M:%S}".encode())
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)
            _drop(file)


def _holder(file: BinaryIO) -> str:
    file.seek(0)
    return file.read(200).decode("ascii", "replace") or "unknown process"


if sys.platform == "win32":
    import msvcrt

    def _take(file: BinaryIO) -> bool:
        file.seek(_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _drop(file: BinaryIO) -> None:
        file.seek(_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _drop(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
