"""One run over the corpus of the working folder, measured: ``python -m tests.bench.scale_run [replayed]``.

Prints one line of JSON. "replayed" makes the results without a parse, and so without a model.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline import run_job as run_module
from pipeline.engines import Item
from pipeline.records import Article, Rejected, Result
from pipeline.settings import Settings
from tests.bench.scale_corpus import replay


def main() -> None:
    """Run, and tell what it took."""
    if sys.argv[1:] == ["replayed"]:
        run_module.extracted = _replayed
    started = last = time.perf_counter()
    last_cpu = 0.0

    def note(*_: object) -> None:
        nonlocal last, last_cpu
        last, last_cpu = time.perf_counter(), time.process_time()

    summary = run_module.run(Settings(workers=1), note)
    ended = time.perf_counter()
    usage = resource.getrusage(resource.RUSAGE_SELF)
    measured = {
        "read": summary.read,
        "kept": summary.kept,
        "claims": sum(summary.claims.values()),
        "wall": ended - started,
        "after": ended - last,
        "cpu_after": time.process_time() - last_cpu,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak": _peak(usage.ru_maxrss),
    }
    print(json.dumps(measured))


def _peak(most: int) -> float:
    """The most memory that this process had, in MB; on Linux ``most`` counts that of the process which started it."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s*(\d+)", status.read_text())[1]) / 1024  # type: ignore[index]
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _replayed(items: Iterator[Item], settings: Settings) -> Iterator[Result | Rejected]:
    for item in items:
        yield replay(item) if isinstance(item, Article) else item


if __name__ == "__main__":
    main()
