"""The reading process itself: ``python -m pipeline.corpus.process.worker``. Requests in, articles out, one a line.

It is a process of its own because parsers of such formats are made of C and of other people's files: what hangs or
crashes here is stopped, and the run goes on.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import TextIO

from pipeline.child_process import open_replies
from pipeline.corpus.document import Document, UnreadablePart
from pipeline.corpus.limits import READ_SECONDS, READER_MEMORY
from pipeline.corpus.process.messages import FileEnds, PartBegins, PartEnds, ReadRequest, Reply
from pipeline.corpus.readers.source import Budget, LimitExceeded, ReadTask, Source, failed_task
from pipeline.corpus.readers.user_errors import to_user_error
from pipeline.corpus.readers.walk import iter_tasks
from pipeline.serial import dumps_tagged, loads


def main() -> None:
    """Answer the requests on standard input, a line each, until there are no more; in bounds of time and memory."""
    replies = open_replies()
    _limit_memory()
    with suppress(BrokenPipeError, KeyboardInterrupt):  # whoever asked has gone
        for line in sys.stdin:
            _answer(loads(ReadRequest, line), replies)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (READER_MEMORY, READER_MEMORY))


def _set_alarm(seconds: int) -> None:
    """End this process after that many seconds, for when whoever would stop it is dead; 0 takes it back."""
    if hasattr(signal, "alarm"):  # not on Windows
        signal.alarm(seconds)


def _answer(request: ReadRequest, replies: TextIO) -> None:
    """Write the replies to one request; messages.py tells their order."""

    def send(reply: Reply) -> None:
        _set_alarm(0)  # it may take long until somebody fetches the reply
        replies.write(dumps_tagged(reply) + "\n")
        replies.flush()
        _set_alarm(2 * int(READ_SECONDS))

    _set_alarm(2 * int(READ_SECONDS))
    for number, task in enumerate(_find_tasks(request)):
        if number < request.skip:
            continue
        send(PartBegins(number, task.part))
        for outcome in read_task(task):
            send(outcome)
        send(PartEnds(number))
    send(FileEnds())
    _set_alarm(0)


def _find_tasks(request: ReadRequest) -> Iterator[ReadTask]:
    """The parts of the file in their order, archives opened; a last one that fails where the file can't be read."""
    path = request.path
    try:
        with path.open("rb") as stream:
            yield from iter_tasks(Source(path.name, stream, request.fields, Budget()))
    except (OSError, LimitExceeded) as error:
        yield failed_task("", to_user_error(error))


def read_task(task: ReadTask) -> tuple[Document | UnreadablePart, ...]:
    """The article of a part (of an export all of its articles), or why there is none.

    Nothing is raised, whatever its reader raises. ``part`` of what comes is relative to the task's own.
    """
    try:
        reading = task.read()
    except Exception as error:  # whatever a library finds no words for
        user_error = to_user_error(error, task.form)
        return (UnreadablePart(user_error.message, user_error.hint),)
    return (reading,) if isinstance(reading, Document) else reading


if __name__ == "__main__":
    main()
