"""What runs and the review cost as the corpus grows: made-up short articles, first and unchanged, each in a process.

With ``replayed`` the results are made without a parse, so that only what grows with the corpus is measured.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.review.server import make_server
from tests.bench.gold import BenchError
from tests.bench.results import describe_conditions, markdown_table
from tests.bench.review import Client
from tests.bench.scale_corpus import write_corpus

#: Articles of each corpus.
SIZES = (1_000, 4_000, 16_000)
#: What a reviewer asks for: the list, filters, a search, orders, counts of filters.
_REQUESTS = (
    "/api/claims?limit=100", "/api/claims?kind=closure", "/api/claims?text=harbour+ferry", "/api/claims?sort=speaker",
    "/api/claims?country=NOR&sort=-confidence", "/api/claims?low=0.6&high=0.8", "/api/filters",
)  # fmt: skip


def scale_table(sizes: Sequence[int], *, replayed: bool) -> str:
    """Two Markdown tables: of a first run over each corpus and one that finds nothing changed, and of the review.

    Raises BenchError when a run fails.
    """
    runs, reviews = [], []
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            write_corpus(folder / "corpus", size)
            for name in ("first", "unchanged"):
                measured = _run(folder, replayed=replayed)
                runs.append([f"{size:,}", name, f"{measured['claims']:,}", *_figures(measured)])
            reviews.append([f"{size:,}", *_review(folder / "outputs")])
    header = ("articles", "run", "claims", "peak, MB", "CPU s", "wall s", "CPU s after the last article", "wall s")
    note = "Results made without a parse." if replayed else "Real runs, one worker."
    columns = ("articles", "starts in, CPU s", "wall s", "slowest request again, CPU ms", "wall ms")
    review = markdown_table(columns, reviews)
    return f"{markdown_table(header, runs, left=2)}\n\n{review}\n\n{note} {describe_conditions()}"


def _figures(measured: dict[str, Any]) -> list[str]:
    times = (measured[name] for name in ("cpu", "wall", "cpu_after", "after"))
    return [f"{measured['peak']:.0f}", *(f"{seconds:.1f}" for seconds in times)]


def _run(folder: Path, *, replayed: bool) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.scale_run", *(["replayed"] if replayed else [])]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchError(f"A run failed: {done.stderr.strip()[-500:]}")
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def _review(outputs: Path) -> list[str]:
    """What a review takes until it has started, in seconds, and its slowest request asked a second time, in
    milliseconds; each on the CPU and on the clock, the CPU's with what the asking takes.
    """
    began = _now()
    with make_server(outputs, "bench") as server:
        started = _since(began)
        client = Client(server)
        slowest = (0.0, 0.0)
        for request in _REQUESTS:
            client.get(request)
            began = _now()
            client.get(request)
            slowest = max(slowest, _since(began))
    return [*(f"{seconds:.1f}" for seconds in started), *(f"{1_000 * seconds:.0f}" for seconds in slowest)]


def _now() -> tuple[float, float]:
    return time.process_time(), time.perf_counter()


def _since(began: tuple[float, float]) -> tuple[float, float]:
    """Seconds since then, of the CPU and of the clock."""
    cpu, wall = _now()
    return cpu - began[0], wall - began[1]
