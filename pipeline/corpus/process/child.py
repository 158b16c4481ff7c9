"""The reading process: ``python -m pipeline.corpus.process.child``. Requests in, articles out, as JSON, one a line.

It is a process of its own because parsers of such formats are made of C and of other people's files: what hangs or
crashes here is stopped, and the run goes on. JSON, not pickle: nothing that a file says is ever executed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from pipeline.corpus.document import Document, Refused
from pipeline.corpus.limits import READ_SECONDS, READER_MEMORY
from pipeline.corpus.process.messages import dump
from pipeline.corpus.readers.source import Budget, LimitExceeded, ReadTask, Source, failed_task
from pipeline.corpus.readers.user_errors import to_user_error
from pipeline.corpus.readers.walk import iter_tasks
from pipeline.settings import Fields


def main() -> None:
    """Answer requests until there are no more."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii", newline="\n")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # a library that prints must not disturb the replies
    _bound_memory()
    with suppress(BrokenPipeError, KeyboardInterrupt):  # whoever asked has gone
        for line in sys.stdin:
            _answer(json.loads(line), replies)


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (READER_MEMORY, READER_MEMORY))


def _watch(seconds: int) -> None:
    """End this process after so long, for when whoever would stop it is dead; 0 takes it back."""
    if hasattr(signal, "alarm"):  # not on Windows
        signal.alarm(seconds)


def _answer(request: dict[str, Any], replies: TextIO) -> None:
    """The replies to one request: "begin" and "end" of each part, between them what it gives; "done" last."""

    def send(reply: dict[str, Any]) -> None:
        _watch(0)  # it may take long until somebody fetches the reply
        replies.write(json.dumps(reply) + "\n")
        replies.flush()
        _watch(2 * int(READ_SECONDS))

    _watch(2 * int(READ_SECONDS))
    for number, task in enumerate(_find_tasks(request)):
        if number < request["skip"]:
            continue
        send({"begin": number, "part": task.part})
        send(dump(read_task(task)))
        send({"end": number})
    send({"done": True})
    _watch(0)


def _find_tasks(request: dict[str, Any]) -> Iterator[ReadTask]:
    path = Path(os.fsdecode(bytes.fromhex(request["path"])))
    try:
        with path.open("rb") as stream:
            yield from iter_tasks(Source(path.name, stream, Fields(**request["fields"]), Budget()))
    except (OSError, LimitExceeded) as error:
        yield failed_task("", to_user_error(error))


def read_task(task: ReadTask) -> Document | Refused:
    """Read the article of a task; Refused, with what is wrong and what to do, when that fails in whatever way."""
    try:
        return task.read()
    except Exception as error:  # whatever a library finds no words for
        user_error = to_user_error(error, task.form)
        return Refused(user_error.message, user_error.hint)


if __name__ == "__main__":
    main()
