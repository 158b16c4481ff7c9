"""Several workers: the order of one, and what dies is told and costs nothing else."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.engines import processes
from pipeline.engines.processes import Item, run_processes
from pipeline.errors import ExtractError
from pipeline.records import Article, Block, Rejected, Result
from pipeline.run import run
from pipeline.settings import Settings
from tests.faults import write_corpus
from tests.store_helpers import outputs_of

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals")


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[str]]:
    """Fake workers; every one that was started."""
    started: list[subprocess.Popen[str]] = []

    def start(_: list[str]) -> subprocess.Popen[str]:
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
    done = list(run_processes(items, "", (), 3))
    assert names(done) == [f"{number}.txt" for number in range(60)]
    assert isinstance(done[5], Rejected)
    pids = {item.words for item in done if isinstance(item, Result)} - {0}
    assert len(pids) == len(workers) == 3
    assert all(worker.poll() is not None for worker in workers)


@posix
def test_an_article_that_ends_its_worker_is_rejected_and_the_rest_goes_on(workers: list[subprocess.Popen[str]]) -> None:
    texts = ["one", "KILL", "three", "END", "five", "BREAK", *["more"] * 40, "KILL"]
    done = list(run_processes([article(text, number) for number, text in enumerate(texts)], "", (), 2))
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

    results = run_processes(items(), "", (), 2)
    next(results)
    started = time.monotonic()
    results.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 2 * float(os.environ.get("PATIENCE", "1"))
    assert all(worker.poll() is not None for worker in workers)


@pytest.mark.parametrize(
    ("first", "said"),
    [('unable ["No such model.", "Name another."]', r"No such model\."), ("end", "before it had loaded the model")],
)
def test_a_worker_that_cant_begin_ends_the_run(
    workers: list[subprocess.Popen[str]], monkeypatch: pytest.MonkeyPatch, first: str, said: str
) -> None:
    monkeypatch.setenv("FAKE_FIRST", first)
    with pytest.raises(ExtractError, match=said):
        list(run_processes([article("one", number) for number in range(20)], "", (), 2))


@pytest.mark.model
def test_one_worker_or_two_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_corpus(tmp_path / "corpus", 9)
    run(Settings(outputs=Path("one")))
    run(Settings(outputs=Path("two"), workers=2))
    assert outputs_of(Path("one")) == outputs_of(Path("two"))


@pytest.mark.model
def test_a_model_of_the_wrong_kind_is_said_by_its_worker(tmp_path: Path) -> None:
    import spacy

    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ExtractError, match="has no tagger"):
        list(run_processes([article("one")], str(tmp_path / "blank"), (), 1))


@posix
@pytest.mark.model
def test_workers_without_memory_are_said_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mine will close, Ada Brandt said.\n")
    command = "ulimit -v 400000; exec " + " ".join([sys.executable, "-m", "pipeline", "run", "a.txt", "--workers", "2"])
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "A worker ended before it had loaded the model" in done.stderr
