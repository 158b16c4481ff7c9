"""The process that workers are forked from: ``python -m pipeline.engines.template SOCKET SECONDS MODEL [EVENTS...]``.

It loads the model and the knowledge once; a worker is a fork of it, which starts at once and shares that memory. It has
a single thread and does nothing else, so that a fork copies nothing that is under way. SOCKET is the number of an open
Unix socket of whole messages, over which ``fork_server`` asks:

- "start", with three open files: the worker reads articles from the first, writes answers to the second (both as
  ``worker`` describes) and errors to the third. The answer is the worker's process number, or NO_FORK.
- "wait NUMBER": the answer is how that worker ended, once it has: its exit code, negative for a signal.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn, TextIO

#: The answer where a library has started threads, of which none but the one that forks would live on.
NO_FORK = b"threads"
#: Bytes of the longest message.
MESSAGE_BYTES = 100
#: Numbers of the open files that a request to start a worker carries.
FILES = 3
#: Libraries for matrices that might start threads, each by the variable that forbids it. On matrices as small as ours
#: a second thread costs more than it gives.
_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
#: Read by the template before the first worker is forked, so that what is loaded at first use is shared, too. Made up.
_FIRST_TEXT = "The mill will close in May 2024, mayor Ada Brandt said on Monday. “It is over,” she said."


def main() -> None:
    """Load, then answer every request until the socket is closed."""
    from pipeline.child_process import open_replies

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # as in ``worker``
    for variable in _ONE_THREAD:
        os.environ[variable] = "1"
    open_replies().close()  # what a library prints goes nowhere
    with socket.socket(fileno=int(sys.argv[1])) as requests:
        _answer_requests(requests, float(sys.argv[2]), sys.argv[3], sys.argv[4:])


def _answer_requests(requests: socket.socket, article_seconds: float, model: str, events: list[str]) -> None:
    from pipeline.engines.garbage import spare_what_is_loaded, without_searches
    from pipeline.nlp.spacy_import import import_spacy

    with without_searches():
        import_spacy()
        from pipeline.article import Resources, process_all
        from pipeline.corpus import make_article
        from pipeline.engines.worker import answer_all, load

        loaded = load(model, events)
        if isinstance(loaded, Resources):
            next(process_all([make_article(_FIRST_TEXT, file="")], loaded))
    spare_what_is_loaded()
    while True:
        message, files, _, _ = socket.recv_fds(requests, MESSAGE_BYTES, FILES)
        request, _, number = message.decode().partition(" ")
        if request == "wait":
            _, status = os.waitpid(int(number), 0)
            requests.send(str(os.waitstatus_to_exitcode(status)).encode())
        elif request == "start":
            worker = os.fork() if _count_threads() == 1 else -1
            if worker == 0:
                requests.close()
                _work(files, lambda lines, replies: answer_all(lines, replies, loaded, article_seconds))
            for file in files:
                os.close(file)
            requests.send(NO_FORK if worker < 0 else str(worker).encode())
        else:  # the socket is closed
            return


def _count_threads() -> int:
    """How many threads this process has, those of libraries included."""
    return len(list(Path("/proc/self/task").iterdir()))


def _work(files: Sequence[int], answer: Callable[[TextIO, TextIO], None]) -> NoReturn:
    """Be a worker, and end."""
    reading, writing, errors = files
    os.dup2(errors, sys.stderr.fileno())
    code = 1
    try:
        lines = os.fdopen(reading, encoding="ascii")
        with os.fdopen(writing, "w", encoding="ascii", newline="\n") as replies:
            answer(lines, replies)
        code = 0
    except BrokenPipeError:  # the process that asked is gone
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
