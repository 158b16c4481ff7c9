"""Ask the reading process for a file's articles; stop it when it takes too long, and go on behind what stopped it.

It starts when the first file needs it: a corpus of plain text never does.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.child_process import send_line, start_child
from pipeline.corpus.document import Document, UnreadablePart
from pipeline.corpus.limits import READ_SECONDS
from pipeline.corpus.process.messages import REPLIES, FileEnds, PartBegins, PartEnds, ReadRequest, Reply
from pipeline.serial import dumps, loads_tagged
from pipeline.settings import Fields

if TYPE_CHECKING:
    import subprocess

#: Replies that wait to be fetched; beyond them the reading process pauses, so that a large archive fills no memory.
WAITING_REPLIES = 16
#: A file that has stopped the process this often is given up: each stop costs a start and up to READ_SECONDS.
MAX_STOPS = 3

_AS_TEXT = "Save the article as plain text and run again."
#: Replies of a process that has ended are followed by None.
_Replies = queue.Queue[Reply | None]


class ReadingProcess:
    """The reading process, started when first needed and again after it was stopped; a context manager that ends it.

    ``fields`` names columns and keys of tables and JSON; a part that takes more than ``seconds`` is given up.
    """

    def __init__(self, fields: Fields | None = None, seconds: float = READ_SECONDS) -> None:
        self.fields = fields or Fields()
        self._seconds = seconds
        self._process: subprocess.Popen[str] | None = None
        self._replies: _Replies = queue.Queue(WAITING_REPLIES)

    def __enter__(self) -> ReadingProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, whatever it is doing; the next ``read`` starts another."""
        if self._process is None:
            return
        process, self._process = self._process, None
        process.kill()
        # Its last replies are drained, so that the thread that fetches them ends too.
        while self._replies.get() is not None:
            pass
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was still to be written has nowhere to go
                    pipe.close()

    def read(self, path: Path) -> Iterator[Document | UnreadablePart]:
        """The articles of the file, each as soon as it is read. Nothing is raised.

        A part that hangs or crashes its reader is an UnreadablePart that ``gave_up``, and the parts behind it are read
        by a new process, up to ``MAX_STOPS`` times a file.
        """
        skip: int | None = 0
        for _ in range(MAX_STOPS):
            skip = yield from self._read_from(path, skip or 0)
            if skip is None:
                return
        yield UnreadablePart(
            "its reader was stopped too often: the rest is not read",
            "Split the file, or save its articles as plain text, and run again.",
            gave_up=True,
        )

    def _read_from(self, path: Path, skip: int) -> Generator[Document | UnreadablePart, None, int | None]:
        """The articles from part number ``skip`` on; returns the part to go on with when one stopped the process."""
        self._ask(ReadRequest.of(path, skip, self.fields))
        part, next_part, complete = "", None, False
        try:
            while True:
                match self._next_reply():
                    case FileEnds():
                        complete = True
                        return None
                    case PartBegins(number, place):
                        part, next_part = place, number + 1
                    case PartEnds():
                        part, next_part = "", None  # what hangs between parts would hang there again
                    case outcome:
                        yield replace(outcome, part=part + outcome.part)
                        if isinstance(outcome, UnreadablePart) and outcome.gave_up:
                            return next_part
        finally:
            if not complete:  # stopped, or nobody wants the rest: what it would still say answers no later question
                self.close()

    def _next_reply(self) -> Reply:
        """The next reply, or an UnreadablePart that says why there is none."""
        try:
            reply = self._replies.get(timeout=self._seconds)
        except queue.Empty:
            return UnreadablePart(f"reading it took over {self._seconds:g} seconds", _AS_TEXT, gave_up=True)
        if reply is not None:
            return reply
        self._replies.put(None)  # close() waits for it
        code = self._process.wait() if self._process else 0
        return UnreadablePart(f"its reader broke down (exit code {code})", _AS_TEXT, gave_up=True)

    def _ask(self, request: ReadRequest) -> None:
        if self._process is None:
            self._process = start_child("pipeline.corpus.process.worker")
            self._replies = queue.Queue(WAITING_REPLIES)
            arguments = (self._process.stdout, self._replies)
            threading.Thread(target=_fetch_replies, args=arguments, daemon=True).start()
        send_line(self._process, dumps(request))  # where it has ended, its replies say so


def _fetch_replies(lines: Iterable[str], replies: _Replies) -> None:
    """Every reply of the process into the queue, None at its end."""
    for line in lines:
        try:
            replies.put(loads_tagged(REPLIES, line))
        except ValueError:  # half a line: the process was stopped while it wrote
            break
    replies.put(None)
