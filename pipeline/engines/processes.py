"""Several processes, each with a model of its own; results in the order of the articles, as one process gives them.

A worker that dies costs nothing but time: its articles are given to a new one, each alone, and one that ends that too
is rejected with the reason.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from itertools import chain, islice, repeat
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from pipeline.errors import ExtractError
from pipeline.nlp import BATCH_SIZE
from pipeline.records import Article, Rejected, Result
from pipeline.serial import dumps, loads

Item = Article | Rejected | Result
#: Batches given out for each worker: one it works on, one that waits.
AHEAD = 2
#: Characters of a dead worker's last line that are told.
LAST_WORDS = 200
#: Bytes at the end of what it said in which that line is looked for: there may be no memory for all of it.
TAIL = 4_000


def run_processes(
    items: Iterable[Item], model: str, events: Sequence[Path], workers: int
) -> Iterator[Result | Rejected]:
    """A Result for every Article, in order; all else passes through. An article that ends its worker is rejected."""
    with ExitStack() as files:
        crew = _Crew([model, *map(str, events)], files)
        pool = ThreadPoolExecutor(workers)
        try:
            yield from _in_order(iter(items), crew, pool, workers)
        finally:
            crew.end()
            pool.shutdown(cancel_futures=True)


def _in_order(
    stream: Iterator[Item], crew: _Crew, pool: ThreadPoolExecutor, workers: int
) -> Iterator[Result | Rejected]:
    waiting: deque[Future[list[Result | Rejected]]] = deque()
    for size in chain(repeat(1, workers), repeat(BATCH_SIZE)):
        batch = list(islice(stream, size))
        if not batch:
            break
        waiting.append(pool.submit(crew.work, batch))
        if len(waiting) > AHEAD * workers:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


class _Crew:
    """The workers, one for each thread that asks for work to be done."""

    def __init__(self, arguments: list[str], files: ExitStack) -> None:
        self._arguments = arguments
        self._own = threading.local()
        self._all: list[subprocess.Popen[str]] = []
        self._files = files
        self._ended = False

    def work(self, batch: Sequence[Item]) -> list[Result | Rejected]:
        """What the articles of the batch give, all else in its place."""
        articles = [item for item in batch if isinstance(item, Article)]
        done = iter(self._ask(articles) if articles else [])
        return [next(done) if isinstance(item, Article) else item for item in batch]

    def end(self) -> None:
        """End all workers at once, whatever they do."""
        self._ended = True
        for worker in self._all:
            worker.kill()
            worker.wait()

    def _ask(self, articles: Sequence[Article]) -> list[Result | Rejected]:
        worker = self._worker()
        answers = list(_answers(worker, articles))
        if len(answers) == len(articles) or self._ended:
            return answers
        how = _how(worker.wait(), self._own.said)
        self._own.worker = None
        left = articles[len(answers) :]
        if len(articles) == 1:
            return [_ended(left[0], how)]
        return [*answers, *chain.from_iterable(self._ask([article]) for article in left)]

    def _worker(self) -> subprocess.Popen[str]:
        worker: subprocess.Popen[str] | None = getattr(self._own, "worker", None)
        if worker is None:
            said = self._files.enter_context(TemporaryFile())  # noqa: SIM115
            worker = _start(self._arguments, said)
            self._all.append(worker)
            if self._ended:
                worker.kill()
            elif problem := _problem(worker, said):
                raise problem
            self._own.said = said
            self._own.worker = worker
        return worker


def _start(arguments: list[str], said: IO[bytes]) -> subprocess.Popen[str]:
    """A worker; what it says on standard error goes into the file ``said``."""
    # -P: a file of the working folder must not stand in for a module. -X utf8: whatever the locale.
    command = [sys.executable, "-P", "-X", "utf8", "-m", "pipeline.engines.worker", *arguments]
    home = str(Path(__file__).resolve().parent.parent.parent)  # a checkout that isn't installed is found, too
    path = os.pathsep.join([home, *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=said,
        text=True,
        encoding="ascii",
        env={**os.environ, "PYTHONPATH": path},
    )


def _problem(worker: subprocess.Popen[str], said: IO[bytes]) -> ExtractError | None:
    """Why the worker can't begin; None when it is ready."""
    assert worker.stdout is not None  # noqa: S101
    kind, _, body = worker.stdout.readline().strip().partition(" ")
    if kind == "ready":
        return None
    if kind == "unable":
        return ExtractError(*json.loads(body))
    return ExtractError(
        f"A worker ended before it had loaded the model ({_how(worker.wait(), said)}).",
        "Maybe the memory doesn't suffice for so many: name fewer with --workers.",
    )


def _answers(worker: subprocess.Popen[str], articles: Sequence[Article]) -> Iterator[Result | Rejected]:
    """The answers to the articles, as many as come before the worker ends."""
    assert worker.stdin is not None and worker.stdout is not None  # noqa: S101, PT018
    try:
        worker.stdin.write("\t".join(map(dumps, articles)) + "\n")
        worker.stdin.flush()
    except BrokenPipeError:
        return
    for _ in articles:
        kind, _, body = worker.stdout.readline().partition(" ")
        if not body.endswith("\n"):
            return
        yield loads(Result, body) if kind == "result" else loads(Rejected, body)


def _ended(article: Article, how: str) -> Rejected:
    return Rejected(
        article.file,
        f"processing failed: its worker ended ({how})",
        "Run again; with fewer --workers there is more memory for each.",
    )


def _how(code: int, said: IO[bytes]) -> str:
    """How a process ended: its exit code, or the signal that a negative one stands for, and what it said last."""
    said.seek(max(said.seek(0, os.SEEK_END) - TAIL, 0))
    lines = said.read(TAIL).decode("utf-8", "replace").split("\n")
    last = next((line.strip()[:LAST_WORDS] for line in reversed(lines) if line.strip()), "")
    if code >= 0:
        how = f"exit code {code}"
    else:
        how = f"signal {signal.Signals(-code).name if -code in set(signal.Signals) else -code}"
        last = last or ("maybe the memory ran out" if code == -signal.SIGKILL else "")
    return f"{how}: {last}" if last else how
