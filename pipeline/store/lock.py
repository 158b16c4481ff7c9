"""One writer at a time: a lock on outputs/claims.lock that the system releases when its process ends, however it ends.

Why not the package filelock, which does the same and is well kept (MIT, no dependencies): a second writer is told who
holds the lock ("process 4711, since 2025-03-04 10:00:00"), and that stands in the locked file. On Windows a locked
byte can't be read by others, and filelock locks the first one, so the name would need a second file, which outlives
crashes. Here the locked byte lies after the text. And where a file system has no locks, filelock falls back to marker
files, which a killed run leaves there; here such a folder is refused. All that filelock would save us is a call of
flock and one of msvcrt.locking.
"""

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
from pipeline.files import open_kept_file
from pipeline.outputs import LOCK

#: Seconds that a second writer waits before it gives up: the end of a run writes its tables in less.
WAIT_SECONDS = 2.0
#: Seconds between two attempts.
_POLL_SECONDS = 0.1
#: Offset of the byte that is locked on Windows: after the text, which others may then read, and after the file's end.
_LOCKED_BYTE = 4096
#: How the text in the file begins.
_HOLDER = "process "
#: What stands for the process while the file is empty.
_NOBODY = "unknown process"
#: Bytes of the file to read: "process 4711, since 2025-03-04 10:00:00" and room.
_HOLDER_BYTES = 200


@contextmanager
def lock_outputs(outputs: Path, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Be the only process that writes into ``outputs``, an existing folder, for the length of the ``with`` block.

    Readers need no lock. Raises ExtractError, naming the process that writes, when that is so still after ``wait``
    seconds; OSError when the folder can't be written to.
    """
    with open_kept_file(outputs / LOCK) as file:
        deadline = time.monotonic() + wait
        while not _try_lock(file):
            if time.monotonic() >= deadline:
                raise ExtractError(
                    f"Another extract ({_read_holder(file)}) is writing to {outputs}.",
                    "Wait until it has ended, or name another folder with --outputs.",
                )
            time.sleep(_POLL_SECONDS)
        if not _is_holder(_read_holder(file)):
            raise ExtractError(
                f"{outputs / LOCK} is no lock of extract: something else is written in it.",
                "Delete or rename it, or name another folder with --outputs; then run again.",
            )
        file.seek(0)
        file.truncate(0)
        file.write(f"{_HOLDER}{os.getpid()}, since {datetime.now():%Y-%m-%d %H:%M:%S}".encode())
        file.flush()
        try:
            yield
        finally:
            file.seek(0)
            file.truncate(0)
            _unlock(file)


def _is_holder(text: str) -> bool:
    """Whether this is what a lock file holds: nothing, or the process of a run that was killed, or its beginning."""
    return text == _NOBODY or text.startswith(_HOLDER) or _HOLDER.startswith(text)


def _read_holder(file: BinaryIO) -> str:
    file.seek(0)
    return file.read(_HOLDER_BYTES).decode("ascii", "replace") or _NOBODY


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: BinaryIO) -> bool:
        file.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: BinaryIO) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
