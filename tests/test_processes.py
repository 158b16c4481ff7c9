"""Several workers: the order of one, and what dies is told and costs nothing else."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.engines import processes
from pipeline.engines.processes import Item, run_processes
from pipeline.records import Article, Block, Rejected, Result

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals")


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[str]]:
    """Fake workers; every one that was started."""
    started: list[subprocess.Popen[str]] = []

    def start(_: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.fake_worker"]
        pipe = subprocess.PIPE
        home = Path(__file__).parent.parent
        started.append(subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, encoding="ascii", cwd=home))
        return started[-1]

    monkeypatch.setattr(processes, "_start", start)
    return started


def article(text: str, number: int = 0) -> Article:
    return Article(f"d{number}", f"key {number}", f"{number}.txt", text, (Block(0, len(text), "body"),))


def names(items: list[Result | Rejected]) -> list[str]:
    return [item.article.file if isinstance(item, Result) else item.file for item in items]


def test_results_come_in_order_and_all_else_passes_through(workers: list[subprocess.Popen[str]]) -> None:
    items: list[Item] = [article("SLOW" if number % 7 == 0 else "text", number) for number in range(60)]
    items[5] = Rejected("5.txt", "unreadable")
    known = items[9]
    assert isinstance(known, Article)
    items[9] = Result(known, (), (), (), 0)
    done = list(run_processes(items, "", 3))
    assert names(done) == [f"{number}.txt" for number in range(60)]
    assert isinstance(done[5], Rejected)
    pids = {item.words for item in done if isinstance(item, Result)} - {0}
    assert len(pids) == len(workers) == 3
    assert all(worker.poll() is not None for worker in workers)


@posix
def test_an_article_that_ends_its_worker_is_rejected_and_the_rest_goes_on(workers: list[subprocess.Popen[str]]) -> None:
    texts = ["one", "KILL", "three", "END", "five", "BREAK", *["more"] * 40, "KILL"]
    done = list(run_processes([article(text, number) for number, text in enumerate(texts)], "", 2))
    assert names(done) == [f"{number}.txt" for number in range(len(texts))]
    rejected = {item.file: item.reason for item in done if isinstance(item, Rejected)}
    assert rejected == {
        "1.txt": "processing failed: its worker ended (signal SIGKILL: maybe the memory ran out)",
        "3.txt": "processing failed: its worker ended (exit code 3)",
        "5.txt": "broke",
        "46.txt": rejected["1.txt"],
    }


def test_an_error_before_the_end_ends_all_workers(workers: list[subprocess.Popen[str]]) -> None:
    def items() -> Iterator[Item]:
        yield from (article("SLOW", number) for number in range(200))

    results = run_processes(items(), "", 2)
    next(results)
    started = time.monotonic()
    results.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 2
    assert all(worker.poll() is not None for worker in workers)
