"""One reading process for the runs of many tests: a start costs 0.3 CPU seconds, and it keeps nothing of a file."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from pipeline.corpus.document import Document, UnreadablePart
from pipeline.corpus.process.reading_process import ReadingProcess, _Replies


class KeptReadingProcess(ReadingProcess):
    """A reading process that isn't ended at the end of its block, but left to the next one that is entered.

    Only one that has answered all that it was asked is left: whatever else happens, it is ended as ever.
    """

    #: The process that is left with its replies, and the process that started it: a forked one may not take it.
    _left: tuple[subprocess.Popen[str], _Replies, int] | None = None
    _is_asked = False

    def __enter__(self) -> KeptReadingProcess:
        kept = KeptReadingProcess
        if kept._left and kept._left[2] == os.getpid():
            self._process, self._replies, _ = kept._left
            kept._left = None
            if self._process.poll() is not None:
                self.close()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is None or self._is_asked or KeptReadingProcess._left:
            self.close()
        else:
            KeptReadingProcess._left = (self._process, self._replies, os.getpid())
            self._process = None

    def read(self, path: Path) -> Iterator[Document | UnreadablePart]:
        self._is_asked = True
        yield from super().read(path.absolute())  # the working folder may be another than that of its start
        self._is_asked = False
