"""The engine for several processes; results come in the order of the articles.

Where the system can fork, all workers are forks of a process that has loaded the model (``fork_server``); elsewhere
each loads its own.

A worker that dies costs nothing but time: its articles are given to a new one, each alone, and one that ends that too
is rejected with the reason.
"""

from __future__ import annotations

import json
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from pipeline.child_process import Child, send_line, start_child
from pipeline.engines import END_OF_RESULT, PROCESSING_FAILED, Item
from pipeline.engines.capacity import can_fork
from pipeline.engines.fork_server import ForkServer
from pipeline.engines.time_limit import out_of_time, seconds_for
from pipeline.errors import ExtractError, no_temporary_folder
from pipeline.nlp import BATCH_SIZE
from pipeline.records import Article, Rejected, Result
from pipeline.serial import dumps, load_fields, loads
from pipeline.settings import ARTICLE_SECONDS

#: Batches handed out for each worker: one that it works on and one that waits, so that no worker idles.
BATCHES_PER_WORKER = 2
#: A worker that is silent for so many times as long as an article may compute hangs where no alarm of its own reaches,
#: and is killed: it may have tried a batch before the article, and other programs need their share of the machine.
PATIENCE = 4
#: Characters of a dead worker's last line that the reason shows.
MAX_LAST_LINE_CHARS = 200
#: Bytes at the end of its standard error in which that line is looked for. When memory has run out there may be none
#: for all of it.
STDERR_TAIL_BYTES = 4_000


def run_processes(
    items: Iterable[Item],
    model: str,
    events: Sequence[Path],
    workers: int,
    article_seconds: float = ARTICLE_SECONDS,
) -> Iterator[Result | Rejected]:
    """A Result for every Article, in order; all else passes through in its place.

    ``workers`` processes load ``model`` and the event types in ``events``. An article that ends its worker is Rejected,
    and so is one that takes more than ``article_seconds`` of CPU time for each part in which it is read. Raises
    ExtractError when a worker can't start. Closing the iterator early ends all workers.
    """
    with ExitStack() as files:
        pool = WorkerPool(model, events, files, article_seconds)
        threads = ThreadPoolExecutor(workers)
        try:
            yield from _in_order(iter(items), pool, threads, workers)
        finally:
            pool.end()
            threads.shutdown(cancel_futures=True)
            pool.close_pipes()


def _in_order(
    stream: Iterator[Item], pool: WorkerPool, threads: ThreadPoolExecutor, workers: int
) -> Iterator[Result | Rejected]:
    """Hand out batches and yield what they give, the oldest first; no more are read than the workers need."""
    pending: deque[Future[list[Result | Rejected]]] = deque()
    for batch in _batches(stream, workers):
        pending.append(threads.submit(pool.process_batch, batch))
        if len(pending) > BATCHES_PER_WORKER * workers:
            yield from pending.popleft().result()
    while pending:
        yield from pending.popleft().result()


def _batches(stream: Iterator[Item], workers: int) -> Iterator[list[Item]]:
    """One article each first, so that results come soon; smaller ones at the end, so that all workers end together."""
    for item in islice(stream, workers):
        yield [item]
    waiting: deque[Item] = deque()
    for item in stream:
        waiting.append(item)
        if len(waiting) > BATCH_SIZE * workers:
            yield [waiting.popleft() for _ in range(BATCH_SIZE)]
    while waiting:
        size = min(BATCH_SIZE, -(-len(waiting) // (BATCHES_PER_WORKER * workers)))
        yield [waiting.popleft() for _ in range(size)]


class WorkerPool:
    """The worker processes: each thread that calls ``process_batch`` has one of its own."""

    def __init__(self, model: str, events: Sequence[Path], files: ExitStack, article_seconds: float) -> None:
        self._arguments = [str(article_seconds), model, *map(str, events)]
        self._article_seconds = article_seconds
        #: Of each thread its ``worker`` and the file ``stderr`` that the worker writes its standard error to.
        self._thread = threading.local()
        self._all: list[Child] = []
        self._files = files
        self._is_ended = False
        self._server = _start_server(self._arguments, files) if can_fork() else None

    def process_batch(self, batch: Sequence[Item]) -> list[Result | Rejected]:
        """What the articles of the batch give, all else in its place."""
        articles = [item for item in batch if isinstance(item, Article)]
        answers = iter(self._ask(articles) if articles else [])
        return [next(answers) if isinstance(item, Article) else item for item in batch]

    def end(self) -> None:
        """Kill all workers, whatever they are doing."""
        self._is_ended = True
        for worker in self._all:
            worker.kill()
            worker.wait()
        if self._server is not None:
            self._server.stop()  # so that no thread waits for it any longer

    def close_pipes(self) -> None:
        """Close the pipes to and from all workers, once they have ended and no thread talks to them."""
        for worker in self._all:
            for pipe in (worker.stdin, worker.stdout):
                if pipe is not None:
                    with suppress(OSError):  # what was still to be written has nowhere to go
                        pipe.close()

    def _ask(self, articles: Sequence[Article]) -> list[Result | Rejected]:
        """The answers of this thread's worker; if it dies, new ones get what is missing, an article each."""
        worker = self._worker()
        patience = _Patience(worker, self._patience_for(articles))
        answers = list(_read_answers(worker, articles, patience))
        if len(answers) == len(articles) or self._is_ended:
            return answers
        how = _describe_exit(worker.wait(), self._thread.stderr)
        self._thread.worker = None
        missing = articles[len(answers) :]
        if len(articles) == 1:
            is_late = patience.is_over
            return [out_of_time(missing[0], self._article_seconds) if is_late else _rejected(missing[0], how)]
        return [*answers, *chain.from_iterable(self._ask([article]) for article in missing)]

    def _patience_for(self, articles: Sequence[Article]) -> float:
        """How many seconds of wall time to wait for the next answer."""
        return PATIENCE * max(seconds_for(article, self._article_seconds) for article in articles)

    def _fork(self, stderr: IO[bytes]) -> Child | None:
        """A worker that shares the model of the template; None where there is none, or where it can't be forked."""
        if self._server is None:
            return None
        try:
            return self._server.start(stderr)
        except ChildProcessError as error:
            raise _not_loaded(self._server.process, self._server.stderr) from error

    def _worker(self) -> Child:
        """This thread's worker, started and with its model loaded. Raises ExtractError when it can't start."""
        worker: Child | None = getattr(self._thread, "worker", None)
        if worker is None:
            try:
                stderr = self._files.enter_context(TemporaryFile())  # noqa: SIM115
            except OSError as error:
                raise no_temporary_folder(error) from error
            worker = self._fork(stderr) or _start(self._arguments, stderr)
            self._all.append(worker)
            if self._is_ended:
                worker.kill()
                worker.wait()
            elif problem := _problem(worker, stderr):
                raise problem
            self._thread.stderr = stderr
            self._thread.worker = worker
        return worker


def _start_server(arguments: list[str], files: ExitStack) -> ForkServer:
    try:
        server = ForkServer(arguments)
    except OSError as error:
        raise no_temporary_folder(error) from error
    files.callback(server.close)
    return server


def _start(arguments: list[str], stderr: IO[bytes]) -> Child:
    """A worker; what it writes to standard error goes into the file ``stderr``."""
    return start_child("pipeline.engines.worker", arguments, stderr=stderr)


def _problem(worker: Child, stderr: IO[bytes]) -> ExtractError | None:
    """Wait until the worker is ready: None then, else the reason why it can't start."""
    assert worker.stdout is not None  # noqa: S101
    kind, _, body = worker.stdout.readline().strip().partition(" ")
    if kind == "ready":
        return None
    if kind == "unable":
        return ExtractError(*json.loads(body))
    return _not_loaded(worker, stderr)


def _not_loaded(process: Child, stderr: IO[bytes]) -> ExtractError:
    """The error for a process that has ended, with what it said at last."""
    return ExtractError(
        f"A worker ended before it had loaded the model ({_describe_exit(process.wait(), stderr)}).",
        "There may not be enough memory for that many workers: name fewer with --workers.",
    )


class _Patience:
    """Kills a worker that lets one wait for over ``seconds``; a context manager around each wait."""

    def __init__(self, worker: Child, seconds: float) -> None:
        self._worker = worker
        self._seconds = seconds
        self.is_over = False  #: whether it has killed the worker

    def __enter__(self) -> None:
        self._timer = threading.Timer(self._seconds, self._kill)
        self._timer.daemon = True
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _kill(self) -> None:
        self.is_over = True
        self._worker.kill()


def _read_answers(worker: Child, articles: Sequence[Article], patience: _Patience) -> Iterator[Result | Rejected]:
    """Send the articles and read the answers, of which there are fewer if the worker dies."""
    assert worker.stdout is not None  # noqa: S101
    if not send_line(worker, "\t".join(map(dumps, articles))):
        return
    for article in articles:
        with patience:
            answer = _read_answer(worker.stdout, article)
        if answer is None:
            return
        yield answer


def _read_answer(replies: IO[str], article: Article) -> Result | Rejected | None:
    """The next answer, which is on this article; None when the worker has died before or in the middle of it."""
    line = replies.readline()
    kind, _, body = line.rstrip("\n").partition(" ")
    if not line.endswith("\n"):
        return None
    if kind == "rejected":
        return loads(Rejected, body)
    try:
        return load_fields(Result, _lines_until_end(replies), article=article)
    except EOFError:
        return None


def _lines_until_end(replies: IO[str]) -> Iterator[str]:
    """The lines before END_OF_RESULT. Raises EOFError when they break off."""
    while (line := replies.readline()) != f"{END_OF_RESULT}\n":
        if not line.endswith("\n"):
            raise EOFError("the worker has died")
        yield line


def _rejected(article: Article, how: str) -> Rejected:
    return Rejected(
        article.file,
        f"{PROCESSING_FAILED}: its worker ended ({how})",
        "Run again; with fewer --workers there is more memory for each.",
    )


def _describe_exit(code: int, stderr: IO[bytes]) -> str:
    """How a process ended and the last line it wrote: "exit code 1: MemoryError", "signal SIGKILL".

    A negative ``code`` stands for a signal, as in ``subprocess``.
    """
    stderr.seek(max(stderr.seek(0, os.SEEK_END) - STDERR_TAIL_BYTES, 0))
    lines = stderr.read(STDERR_TAIL_BYTES).decode("utf-8", "replace").split("\n")
    last_line = next((line.strip()[:MAX_LAST_LINE_CHARS] for line in reversed(lines) if line.strip()), "")
    if code >= 0:
        how = f"exit code {code}"
    else:
        how = f"signal {signal.Signals(-code).name if -code in set(signal.Signals) else -code}"
        last_line = last_line or ("maybe the memory ran out" if code == -signal.SIGKILL else "")
    return f"{how}: {last_line}" if last_line else how
