"""How many workers a run deserves: as many as the machine's processors, its memory and the corpus have use for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

#: Articles that make a further worker worth its start: they take as long as starting it does, some two seconds.
ARTICLES_PER_WORKER = 16
#: The most that are started unasked: the process that hands out articles and saves results is busy with eight.
MOST_WORKERS = 8
#: Articles for which as many workers are started as the machine has room for.
ENOUGH_ARTICLES = ARTICLES_PER_WORKER * MOST_WORKERS
#: MB that the first worker takes with the model and a large batch, with the process that hands out; each further
#: worker, where they share the model, and where each has its own.
_FIRST_MB = 900
_FURTHER_MB = 250
_UNSHARED_MB = 550
#: Bytes of a file above which it is taken for one that holds several articles (as an archive or a table does), and
#: bytes of such a file to each of them: a plain text of 500 words has 3,000, a web page is some 100,000.
_LARGE_FILE = 1_000_000
_BYTES_PER_ARTICLE = 20_000


def plan_workers(articles: int, *, shared: bool) -> tuple[int, str]:
    """The number of workers for so many articles on this machine, and the line that tells of them, if any.

    ``shared``: whether workers share the memory of the model.
    """
    cores, free_mb = count_cores(), free_memory()
    workers = deserved_workers(articles, cores, free_mb, shared=shared)
    memory = "" if free_mb is None else f", {free_mb / 1024:.1f} GB of memory free"
    line = f"{workers} workers extract ({cores} processors{memory}); --workers 1 would take one."
    return workers, line if workers > 1 else ""


def can_fork() -> bool:
    """Whether this system forks processes safely, and tells how many threads one has: Linux does.

    On macOS the system's own libraries don't survive a fork, Windows knows none.
    """
    return sys.platform == "linux"


def deserved_workers(articles: int, cores: int, free_mb: float | None, *, shared: bool) -> int:
    """The number of workers for so many articles, at least 1.

    ``free_mb``: MB of memory that are free, None where the system doesn't tell; then half of the cores are used.
    ``shared``: whether workers share the memory of the model.
    """
    further_mb = _FURTHER_MB if shared else _UNSHARED_MB
    by_memory = cores // 2 if free_mb is None else 1 + int((free_mb - _FIRST_MB) // further_mb)
    return max(1, min(articles // ARTICLES_PER_WORKER, cores, by_memory, MOST_WORKERS))


def count_articles(files: Iterable[Path]) -> int:
    """About how many articles the files hold: one each, or more in a large one. Files that can't be seen hold none."""
    count = 0
    for file in files:
        with suppress(OSError, ValueError):
            size = file.stat().st_size
            count += size // _BYTES_PER_ARTICLE if size > _LARGE_FILE else 1
    return count


def count_cores(system: Path = Path("/sys/fs/cgroup")) -> int:
    """Processors that this process may use; a container's share of them counts, rounded down, at least 1.

    ``system``: the folder in which Linux tells of the container's bounds.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with suppress(OSError, ValueError):
        quota, period = (system / "cpu.max").read_text(encoding="ascii").split()
        if quota != "max":
            cores = min(cores, int(quota) // int(period))
    return max(1, cores)


def free_memory(
    machine: Path = Path("/proc/meminfo"), system: Path = Path("/sys/fs/cgroup"), limit: int | None = None
) -> float | None:
    """MB of memory that this process and its children may still take; None where the system doesn't tell.

    The least of what the machine has, what the container may have, and ``limit``, in bytes, which each process has
    (None: as ``ulimit -v`` says); a limit counts once, as if all workers had to share it.
    """
    amounts: list[float] = []
    with suppress(OSError, ValueError, StopIteration):
        lines = machine.read_text(encoding="ascii").splitlines()
        amounts.append(int(next(line for line in lines if line.startswith("MemAvailable:")).split()[1]) / 1024)
    with suppress(OSError, ValueError):
        most, taken = ((system / f"memory.{name}").read_text(encoding="ascii") for name in ("max", "current"))
        amounts.append((int(most) - int(taken)) / 2**20)
    if not amounts:
        return None
    limit = _address_space() if limit is None else limit
    return min([*amounts, *([limit / 2**20] if limit >= 0 else [])])


def _address_space() -> int:
    """Bytes that this process may take; negative where nothing limits them."""
    if sys.platform == "win32":
        return -1
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return -1 if limit == resource.RLIM_INFINITY else limit
