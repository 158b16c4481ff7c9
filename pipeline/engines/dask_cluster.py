"""The engine for a cluster: Dask hands batches of articles to its workers, on this machine or on many.

Each Dask worker keeps a worker process of this package (``pipeline.engines.processes``), so that time limits, articles
that end whoever takes them and what is said of them are those of several processes on one machine. What Dask adds is
the way there and a new try when a machine is lost. Articles and results travel as JSON; the calls themselves as Dask's
own pickles, so scheduler and workers must be trusted, and reached by TLS unless they are on this machine.
"""

from __future__ import annotations

import logging
import platform
import threading
import uuid
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, islice, repeat
from pathlib import Path
from typing import Any

from pipeline.engines import PROCESSING_FAILED, Item, Versions
from pipeline.engines.processes import WorkerPool
from pipeline.errors import ExtractError
from pipeline.nlp import BATCH_SIZE
from pipeline.records import Article, Rejected, Result
from pipeline.serial import dump_fields, dumps, load_fields, loads
from pipeline.settings import ARTICLE_SECONDS

#: Batches handed out for each thread of the cluster: one that it works on, one that waits there, one on its way.
BATCHES_PER_THREAD = 3
#: Batches after which the client looks again how many threads the cluster has, since it may grow and shrink.
_LOOK_EVERY = 20
#: Seconds to wait for the scheduler that was named, and then for its first worker.
_CONNECT_SECONDS = 20
_FIRST_WORKER_SECONDS = 120
#: How often a worker may be lost under a batch before its articles are tried one by one, and under an article before it
#: is rejected. Dask's own default is 3; each costs a worker.
_ALLOWED_FAILURES = 1
#: Loggers of Dask that say on standard error what the run says in its own words.
_LOGGERS = ("distributed", "distributed.nanny", "distributed.scheduler", "distributed.worker", "tornado.application")


@dataclass(frozen=True)
class ClusterRun:
    """What every worker of a cluster must know of a run; sent with each batch, since workers come and go."""

    run_id: str  #: another one for each run, so that no run ends what another one uses
    model: str  #: name or folder of a spaCy pipeline, the same on all machines
    events: tuple[Path, ...]  #: files of further event types, the same on all machines
    article_seconds: float  #: CPU seconds for each part of an article
    versions: tuple[tuple[str, str], ...]  #: what (name, digest or version) a worker must have for the same results
    find_versions: Versions  #: finds these on the worker

    @classmethod
    def of(cls, model: str, events: Sequence[Path], article_seconds: float, find_versions: Versions) -> ClusterRun:
        """A new run with the versions that there are here."""
        versions = tuple(sorted(find_versions().items()))
        return cls(uuid.uuid4().hex, model, tuple(events), article_seconds, versions, find_versions)


def run_dask(
    items: Iterable[Item],
    model: str,
    events: Sequence[Path],
    workers: int,
    article_seconds: float = ARTICLE_SECONDS,
    *,
    scheduler: str = "",
    find_versions: Versions = dict,
) -> Iterator[Result | Rejected]:
    """A Result for every Article, in order; all else passes through in its place.

    ``scheduler`` is the address of a running one ("tls://host:8786"), whose certificates Dask's own configuration
    names; without it ``workers`` workers are started on this machine. ``find_versions`` is called here and on every
    worker, which is refused where it gives something else. Raises ExtractError when Dask isn't installed, when the
    scheduler can't be reached or is lost, and when a worker can't start or has other versions.
    """
    run = ClusterRun.of(model, events, article_seconds, find_versions)
    with connect(scheduler, workers) as client:
        batches = Batches(client, run)
        try:
            yield from batches.in_order(iter(items))
        finally:
            batches.end()


@contextmanager
def connect(scheduler: str, workers: int) -> Iterator[Any]:
    """A client of the scheduler, or of a cluster of its own that ends with it."""
    try:
        import dask
        from distributed import Client, LocalCluster
        from distributed.security import Security
    except ImportError as error:
        raise ExtractError(
            f"The engine dask needs a library that isn't installed ({error.name}).",
            'Install it: pip install "newsclaims[dask]"',
        ) from error
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with ExitStack() as stack:
        stack.enter_context(dask.config.set({"distributed.scheduler.allowed-failures": _ALLOWED_FAILURES}))
        if scheduler:
            try:
                client = stack.enter_context(Client(scheduler, timeout=_CONNECT_SECONDS, set_as_default=False))
                client.wait_for_workers(1, timeout=_FIRST_WORKER_SECONDS)
            except (OSError, TimeoutError, ValueError, RuntimeError) as error:
                raise unreachable(scheduler, error) from error
        else:
            # With certificates of its own, made for this run: without them whoever is logged in on this machine could
            # have the workers run any code.
            security = Security.temporary()
            cluster = stack.enter_context(
                LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    host="127.0.0.1",
                    dashboard_address=None,
                    security=security,
                    silence_logs=logging.CRITICAL,
                )
            )
            client = stack.enter_context(Client(cluster, security=security, set_as_default=False))
        yield client


def unreachable(scheduler: str, error: Exception) -> ExtractError:
    """What is said where the cluster at that address can't be reached, or is lost."""
    reason = " ".join(str(error).split()) or type(error).__name__
    return ExtractError(
        f"The cluster at {scheduler} can't be used: {reason}",
        "Look whether its scheduler and at least one worker run, and whether the certificates are those of Dask's "
        "configuration; then run again. Nothing that was saved before is lost.",
    )


class Batches:
    """The batches of a run: handed out, gathered in order, tried anew one by one where a worker was lost."""

    def __init__(self, client: Any, run: ClusterRun) -> None:
        self._client = client
        self._run = run
        self._pending: deque[tuple[list[Item], Any]] = deque()

    def in_order(self, stream: Iterator[Item]) -> Iterator[Result | Rejected]:
        """Hand out batches and yield what they give, the oldest first; no more are read than the cluster needs."""
        threads = self._count_threads()
        sizes = chain(repeat(1, threads), repeat(BATCH_SIZE))  # one article each first, so that results come soon
        for number, size in enumerate(sizes, 1):
            batch = list(islice(stream, size))
            if not batch:
                break
            if number % _LOOK_EVERY == 0:
                threads = self._count_threads()
            self._pending.append((batch, self._submit([item for item in batch if isinstance(item, Article)])))
            if len(self._pending) > BATCHES_PER_THREAD * threads:
                yield from self._finish_first()
        while self._pending:
            yield from self._finish_first()

    def end(self) -> None:
        """Cancel what is still to be done and end the processes that the workers keep for this run."""
        with suppress(OSError, RuntimeError, TimeoutError):  # a cluster that has ended has nothing left to end
            self._client.cancel([future for _, future in self._pending if future is not None], force=True)
            self._client.run(end_extractor, self._run.run_id, on_error="ignore")

    def _count_threads(self) -> int:
        threads: dict[str, int] = self._client.nthreads()
        return max(sum(threads.values()), 1)

    def _submit(self, articles: Sequence[Article]) -> Any:
        if not articles:
            return None
        texts = [dumps(article) for article in articles]
        return self._client.submit(extract_batch, self._run, texts, pure=False)

    def _finish_first(self) -> Iterator[Result | Rejected]:
        batch, future = self._pending[0]
        articles = [item for item in batch if isinstance(item, Article)]
        answers = iter(self._answers(articles, future))
        self._pending.popleft()
        for item in batch:
            yield next(answers) if isinstance(item, Article) else item

    def _retry(self, article: Article) -> list[Result | Rejected]:
        return self._answers([article], self._submit([article]), may_retry=False)

    def _answers(self, articles: Sequence[Article], future: Any, *, may_retry: bool = True) -> list[Result | Rejected]:
        """What the articles gave; where workers were lost with them, of each what it gives alone."""
        from concurrent.futures import CancelledError

        from distributed import KilledWorker

        if future is None:
            return []
        try:
            replies = future.result()
        except KilledWorker:
            # One after the other: Dask blames all that a lost worker had been given, not only what it worked on.
            if len(articles) > 1:
                return [answer for article in articles for answer in self._retry(article)]
            return self._retry(articles[0]) if may_retry else [_lost(articles[0])]
        except (CancelledError, OSError, TimeoutError) as error:
            raise unreachable(str(self._client.scheduler.address), error) from error
        return [_load_reply(reply, article) for reply, article in zip(replies, articles, strict=True)]


def _lost(article: Article) -> Rejected:
    return Rejected(
        article.file,
        f"{PROCESSING_FAILED}: every worker of the cluster that took it was lost",
        "Run again; if that happens again, look for what the machines' memory is used by.",
    )


def _load_reply(reply: str, article: Article) -> Result | Rejected:
    kind, _, body = reply.partition("\n")
    if kind == "rejected":
        return loads(Rejected, body)
    return load_fields(Result, body.split("\n"), article=article)


def _dump_reply(item: Result | Rejected) -> str:
    if isinstance(item, Rejected):
        return f"rejected\n{dumps(item)}"
    return "\n".join(chain(("result",), dump_fields(item, without=("article",))))


# From here on: what runs on the workers of the cluster.


class _Extractor:
    """What a Dask worker keeps from batch to batch: processes with the model loaded, one for each of its threads."""

    def __init__(self, run: ClusterRun) -> None:
        _require_versions(run)
        self._files = ExitStack()
        self._pool = WorkerPool(run.model, run.events, self._files, run.article_seconds)

    def extract(self, articles: Sequence[Article]) -> list[Result | Rejected]:
        return self._pool.process_batch(articles)

    def extract_all(self, items: Iterable[Item]) -> Iterator[Result | Rejected]:
        """The engine of a worker that reads articles itself."""
        stream = iter(items)
        while batch := list(islice(stream, BATCH_SIZE)):
            yield from self._pool.process_batch(batch)

    def end(self) -> None:
        self._pool.end()
        self._pool.close_pipes()
        self._files.close()


_extractors: dict[str, _Extractor] = {}  #: by run id, in the process of a Dask worker
_lock = threading.Lock()


def extract_batch(run: ClusterRun, texts: Sequence[str]) -> list[str]:
    """On a worker: what each article, given as JSON, gives, as text that ``_load_reply`` reads.

    Raises ExtractError when this worker has other versions than the run, or can't load its model.
    """
    extractor = extractor_of(run)
    return [_dump_reply(item) for item in extractor.extract([loads(Article, text) for text in texts])]


def extractor_of(run: ClusterRun) -> _Extractor:
    """On a worker: what it keeps for the run, started where it is the first time. Raises as ``extract_batch``."""
    with _lock:
        extractor = _extractors.get(run.run_id)
        if extractor is None:
            extractor = _extractors[run.run_id] = _Extractor(run)
        return extractor


def end_extractor(run_id: str) -> None:
    """On a worker: end the processes that it keeps for that run, if it keeps any."""
    with _lock:
        extractor = _extractors.pop(run_id, None)
    if extractor is not None:
        extractor.end()


def _require_versions(run: ClusterRun) -> None:
    here = dict(run.find_versions())
    other = [name for name, version in run.versions if here.get(name) != version]
    if other:
        raise ExtractError(
            f"The worker on {platform.node()} has another version of: {', '.join(other)}.",
            "Install the same newsclaims, Python, libraries and model on all machines, then run again.",
        )
