"""How many workers a run deserves: by articles, processors and memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import run_job
from pipeline.engines.capacity import (
    ENOUGH_ARTICLES,
    can_fork,
    count_articles,
    count_cores,
    deserved_workers,
    free_memory,
)
from pipeline.selection import Selection
from pipeline.settings import Settings


@pytest.mark.parametrize(
    ("articles", "cores", "free_mb", "shared", "workers"),
    [
        (-3, 8, 16_000, True, 1),  # more results in the store than articles
        (5, 8, 16_000, True, 1),
        (31, 8, 16_000, True, 1),
        (32, 8, 16_000, True, 2),
        (10_000, 2, 16_000, True, 2),
        (10_000, 1, 16_000, True, 1),
        (10_000, 64, 64_000, True, 8),
        (10_000, 8, 500, True, 1),
        (10_000, 8, 1_500, True, 3),
        (10_000, 8, 1_500, False, 2),
        (10_000, 8, None, True, 4),
    ],
)
def test_workers(articles: int, cores: int, free_mb: float | None, shared: bool, workers: int) -> None:
    assert deserved_workers(articles, cores, free_mb, shared=shared) == workers


def test_a_large_file_counts_as_many_articles(tmp_path: Path) -> None:
    sizes = {"a.txt": 3_000, "b.html": 200_000, "c.jsonl": 2_000_000}
    files = [tmp_path / name for name in sizes]
    for file, size in zip(files, sizes.values(), strict=True):
        file.write_bytes(b"x" * size)
    assert count_articles([*files, tmp_path / "missing.txt", Path("a\0b")]) == 102


@pytest.mark.parametrize(("share", "cores"), [("150000 100000", 1), ("max 100000", None), ("50000 100000", 1)])
def test_a_containers_share_of_processors_counts(tmp_path: Path, share: str, cores: int | None) -> None:
    (tmp_path / "cpu.max").write_text(share + "\n")
    assert count_cores(tmp_path) == (cores or count_cores(tmp_path / "nothing"))


def test_the_least_memory_counts(tmp_path: Path) -> None:
    machine = tmp_path / "meminfo"
    machine.write_text("MemTotal: 9000000 kB\nMemAvailable: 2048000 kB\n")
    assert free_memory(machine, tmp_path, -1) == 2000
    assert free_memory(machine, tmp_path, 1_000 * 2**20) == 1000
    (tmp_path / "memory.max").write_text("max\n")
    (tmp_path / "memory.current").write_text(f"{100 * 2**20}\n")
    assert free_memory(machine, tmp_path, -1) == 2000
    (tmp_path / "memory.max").write_text(f"{600 * 2**20}\n")
    assert free_memory(machine, tmp_path, -1) == 500
    assert free_memory(tmp_path / "nothing", tmp_path / "nothing", -1) is None


@pytest.mark.parametrize(
    ("settings", "planned"),
    [
        (Settings(), can_fork()),
        (Settings(engine="dask"), False),  # its workers share no memory
        (Settings(engine="dask", scheduler="tls://host:8786"), None),
        (Settings(engine="dask", workers=3), None),
        (Settings(engine="local"), None),
    ],
)
def test_workers_are_planned_where_a_run_starts_its_own(
    settings: Settings, *, planned: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    def plan(_: int, *, shared: bool) -> tuple[int, str]:
        asked.append(shared)
        return 5, "5 workers"

    monkeypatch.setattr(run_job, "plan_workers", plan)
    lines: list[str] = []
    workers = run_job._with_workers(settings, Selection([], [], ENOUGH_ARTICLES), 0, lines.append).workers
    assert (asked, lines) == (([], []) if planned is None else ([planned], ["5 workers"]))
    assert workers == (settings.workers if planned is None else 5)
