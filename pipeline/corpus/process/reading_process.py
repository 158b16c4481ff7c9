"""Ask the reading process for a file's articles; stop it when it takes too long, and go on behind what stopped it.

It starts when the first file needs it: a corpus of plain text never does.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from collections.abc import Generator, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.corpus.document import Document, Refused
from pipeline.corpus.limits import READ_SECONDS
from pipeline.corpus.process.messages import load
from pipeline.settings import Fields

if TYPE_CHECKING:
    import subprocess

#: Replies that wait to be fetched; beyond them the reading process pauses.
WAITING = 16
#: A file that stopped the process so often is given up.
MAX_STOPS = 3


class Reader:
    """The reading process, started when first needed and again after it was stopped."""

    def __init__(self, fields: Fields | None = None, seconds: float = READ_SECONDS) -> None:
        self.fields = fields or Fields()
        self._seconds = seconds
        self._process: subprocess.Popen[str] | None = None
        self._replies: queue.Queue[dict[str, Any] | None] = queue.Queue(WAITING)

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, whatever it does."""
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
                try:
                    pipe.close()
                except OSError:  # what was still to be written has nowhere to go
                    continue

    def read(self, path: Path) -> Iterator[Document | Refused]:
        """The articles of the file, each as soon as it is read. A part that stops the process is Refused."""
        skip: int | None = 0
        for _ in range(MAX_STOPS):
            skip = yield from self._read_from(path, skip or 0)
            if skip is None:
                return
        yield Refused("its reader was stopped too often: the rest is not read", "Split the file.", gave_up=True)

    def _read_from(self, path: Path, skip: int) -> Generator[Document | Refused, None, int | None]:
        """The articles from part number ``skip`` on; returns where to go on when the process was stopped in one."""
        self._ask({"path": os.fsencode(path).hex(), "skip": skip, "fields": asdict(self.fields)})
        part, after, whole = "", None, False
        try:
            while True:
                reply = self._reply()
                if isinstance(reply, Refused):
                    yield replace(reply, part=part)
                    return after
                if "done" in reply:
                    whole = True
                    return None
                if "begin" in reply:
                    part, after = reply["part"], reply["begin"] + 1
                elif "end" in reply:
                    part, after = "", None  # what hangs between parts would hang there again
                else:
                    yield load(reply, part)
        finally:
            if not whole:  # stopped, or nobody wants the rest: what it would still say answers no later question
                self.close()

    def _reply(self) -> dict[str, Any] | Refused:
        """The next reply, or why there is none."""
        try:
            reply = self._replies.get(timeout=self._seconds)
        except queue.Empty:
            return Refused(f"reading it took over {self._seconds:g} seconds", "Save the article as text.", gave_up=True)
        if reply is not None:
            return reply
        self._replies.put(None)  # close() waits for it
        code = self._process.wait() if self._process else 0
        return Refused(f"its reader broke down (exit code {code})", "Save the article as text.", gave_up=True)

    def _ask(self, request: dict[str, Any]) -> None:
        if self._process is None:
            self._start()
        assert self._process is not None and self._process.stdin is not None  # noqa: S101, PT018
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return  # it has ended: the replies say so

    def _start(self) -> None:
        import subprocess  # slow to load, and a corpus of plain text needs none

        # -P: a file of the working folder must not stand in for a module. -X utf8: whatever the locale.
        command = [sys.executable, "-P", "-X", "utf8", "-m", "pipeline.corpus.process.child"]
        self._process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="ascii",
            errors="replace",
            env=_environment(),
        )
        self._replies = queue.Queue(WAITING)
        threading.Thread(target=_fetch, args=(self._process.stdout, self._replies), daemon=True).start()


def _environment() -> dict[str, str]:
    """This process's, with the package it is of findable in a checkout that isn't installed."""
    home = str(Path(__file__).resolve().parents[3])
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def _fetch(stream: Any, replies: queue.Queue[dict[str, Any] | None]) -> None:
    """Every reply of the process into the queue, None at its end."""
    for line in stream:
        try:
            replies.put(json.loads(line))
        except ValueError:  # half a line: the process was stopped while it wrote
            break
    replies.put(None)
