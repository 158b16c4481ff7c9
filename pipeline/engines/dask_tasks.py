"""Whole tasks for the workers of a Dask cluster: each reads its articles and writes what they give by itself.

The machine that runs them sends no article and gets no result, so that it doesn't bound how many workers there can be.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from pipeline.engines import Engine
from pipeline.engines.dask_cluster import Batches, ClusterRun, connect, end_extractor, extractor_of, unreachable

T = TypeVar("T")
#: Does a task, by an engine that extracts; it and the tasks are pickled by Dask.
Work = Callable[[T, Engine], None]


def run_tasks(tasks: Sequence[T], work: Work[T], run: ClusterRun, workers: int, scheduler: str = "") -> Iterator[None]:
    """Have workers do all tasks, and yield once for each, in order, when it is done; they go on meanwhile.

    A task with which its worker was lost is done here, its articles sent to the workers one by one. ``workers`` and
    ``scheduler`` are as for ``run_dask``, which says what is raised; what ``work`` raises is raised here, too.
    """
    with connect(scheduler, workers) as client:
        from concurrent.futures import CancelledError

        from distributed import KilledWorker

        pending = deque((task, client.submit(do_task, run, work, task, pure=False)) for task in tasks)
        try:
            while pending:
                task, future = pending[0]
                try:
                    future.result()
                except KilledWorker:
                    work(task, _sending(client, run))
                except (CancelledError, OSError, TimeoutError) as error:
                    raise unreachable(str(client.scheduler.address), error) from error
                pending.popleft()
                yield
        finally:
            with suppress(OSError, RuntimeError, TimeoutError):  # a cluster that has ended has nothing left to end
                client.cancel([future for _, future in pending], force=True)
                client.run(end_extractor, run.run_id, on_error="ignore")


def _sending(client: Any, run: ClusterRun) -> Engine:
    """The engine that sends articles to the workers."""
    return lambda items: Batches(client, run).in_order(iter(items))


def do_task(run: ClusterRun, work: Work[T], task: T) -> None:
    """On a worker: do a task. Raises ExtractError where it has other versions than the run."""
    work(task, extractor_of(run).extract_all)
