"""Workers of a Dask cluster that start processes without a model: tests.helpers.fake_worker."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import IO, Any

from distributed import WorkerPlugin

from pipeline.engines import processes

HOME = Path(__file__).resolve().parents[2]


def start_fake_worker(_: list[str], stderr: IO[bytes]) -> subprocess.Popen[str]:
    command, pipe = [sys.executable, "-m", "tests.helpers.fake_worker"], subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=stderr, text=True, encoding="ascii", cwd=HOME)


class FakeWorkers(WorkerPlugin):
    """Has every worker of the cluster, also one that joins later, keep processes without a model."""

    def setup(self, worker: Any) -> None:
        setattr(processes, "can_fork", lambda: False)  # noqa: B010 -- a function that mypy lets nobody replace
        setattr(processes, "_start", start_fake_worker)  # noqa: B010 -- likewise
