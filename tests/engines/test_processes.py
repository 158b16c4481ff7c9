"""Several workers: the order of one, and what dies costs nothing else. Same bytes: tests/test_same_bytes.py."""

import os
import subprocess
import sys
import time
import weakref
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import pytest

from pipeline import article as article_module
from pipeline.article import Resources
from pipeline.child_process import Child
from pipeline.corpus import make_article
from pipeline.engines import Item, local, processes
from pipeline.engines.processes import run_processes
from pipeline.errors import ExtractError
from pipeline.records import Article, Block, Rejected, Result
from pipeline.settings import DEFAULT_MODEL
from pipeline.text.reflow import Reflowed
from tests.test_properties import SENTENCES

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals")


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[str]]:
    """Fake workers; every one that was started."""
    started: list[subprocess.Popen[str]] = []

    def start(_: list[str], said: IO[bytes]) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.helpers.fake_worker"]
        pipe, home = subprocess.PIPE, Path(__file__).resolve().parents[2]
        started.append(
            subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=said, text=True, encoding="ascii", cwd=home)
        )
        return started[-1]

    monkeypatch.setattr(processes, "can_fork", lambda: False)
    monkeypatch.setattr(processes, "_start", start)
    return started


def article(text: str, number: int = 0) -> Article:
    return Article(f"d{number}", f"key {number}", f"{number}.txt", text, (Block(0, len(text), "body"),))


def names(items: list[Result | Rejected]) -> list[str]:
    return [item.article.file if isinstance(item, Result) else item.file for item in items]


def test_results_come_in_order_and_all_else_passes_through(workers: list[subprocess.Popen[str]]) -> None:
    items: list[Item] = [article("SLOW" if number % 7 == 0 else "text", number) for number in range(60)]
    items[5] = Rejected("5.txt", "unreadable")
    already_read = items[9]
    assert isinstance(already_read, Article)
    items[9] = Result(already_read, (), (), (), 0)
    done = list(run_processes(items, "", (), 3))
    assert names(done) == [f"{number}.txt" for number in range(60)]
    assert isinstance(done[5], Rejected)
    pids = {item.words for item in done if isinstance(item, Result)} - {0}
    assert len(pids) == len(workers) == 3
    assert all(worker.poll() is not None for worker in workers)
    assert all(pipe is not None and pipe.closed for worker in workers for pipe in (worker.stdin, worker.stdout))


@posix
def test_an_article_that_ends_its_worker_is_rejected_and_the_rest_goes_on(workers: list[subprocess.Popen[str]]) -> None:
    texts = ["one", "KILL", "three", "END", "five", "BREAK", *["more"] * 40, "KILL", "FULL", "HALF", "last"]
    done = list(run_processes([article(text, number) for number, text in enumerate(texts)], "", (), 2))
    assert names(done) == [f"{number}.txt" for number in range(len(texts))]
    rejected = {item.file: item.reason for item in done if isinstance(item, Rejected)}
    assert rejected == {
        "1.txt": "processing failed: its worker ended (signal SIGKILL: maybe the memory ran out)",
        "3.txt": "processing failed: its worker ended (exit code 3)",
        "5.txt": "broke",
        "46.txt": rejected["1.txt"],
        "47.txt": "processing failed: its worker ended (exit code 1: MemoryError)",
        "48.txt": "processing failed: its worker ended (exit code 4)",
    }


def test_batches_grow_after_the_first_and_shrink_at_the_end() -> None:
    def sizes(count: int, workers: int) -> list[int]:
        batches = list(processes._batches(iter([article("one", number) for number in range(count)]), workers))
        assert names([item for batch in batches for item in batch]) == [f"{number}.txt" for number in range(count)]  # type: ignore[misc]
        return [len(batch) for batch in batches]

    assert sizes(1, 2) == [1]
    assert sizes(34, 2) == [1, 1, 8, 6, 5, 4, 3, 2, 1, 1, 1, 1]
    assert sizes(70, 2)[:4] == [1, 1, 16, 16]
    assert max(sizes(300, 3)) == 16


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
def test_a_model_of_the_wrong_kind_is_said_by_its_worker(tmp_path: Path) -> None:
    import spacy

    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ExtractError, match="has no tagger"):
        list(run_processes([article("one")], str(tmp_path / "blank"), (), 1))


@posix
@pytest.mark.model
def test_workers_without_memory_are_said_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mine will close, Ada Brandt said.\n")
    # As where the limit suffices for this process, but not for its workers.
    code = "from pipeline import errors; errors.NEEDED_MEMORY = 0; from pipeline.__main__ import main; main()"
    command = f"ulimit -v 280000; exec {sys.executable} -c '{code}' run a.txt --workers 2"
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "A worker ended before it had loaded the model" in done.stderr


#: Bytes that a worker may take beside what it has once the model is loaded: enough for articles, not for books. With
#: 50 MB a short article was too much now and then.
ROOM = 70_000_000


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits another process's memory")
def test_an_article_too_large_for_its_workers_memory_is_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    plain = processes._problem

    def limited(worker: Child, said: IO[bytes]) -> ExtractError | None:
        problem = plain(worker, said)
        lines = Path(f"/proc/{worker.pid}/status").read_text().splitlines()
        (size,) = (int(line.split()[1]) * 1024 for line in lines if line.startswith("VmSize:"))
        resource.prlimit(worker.pid, resource.RLIMIT_AS, (size + ROOM, size + ROOM))
        return problem

    monkeypatch.setattr(processes, "_problem", limited)
    texts = [f"The mine {number} will close, Ada Brandt said." for number in range(8)]
    # So long that memory ends before the parse has begun: of one of 200,000 characters that takes 20 CPU seconds.
    book = "\n\n".join(f"In town {number} {SENTENCES[number % len(SENTENCES)]}" for number in range(50_000))
    texts[4] = book
    done = list(
        run_processes(
            [make_article(text, file=f"{number}.txt") for number, text in enumerate(texts)], DEFAULT_MODEL, (), 1
        )
    )
    assert names(done) == [f"{number}.txt" for number in range(8)]
    (rejected,) = (item for item in done if isinstance(item, Rejected))
    assert rejected.file == "4.txt"
    assert rejected.reason == f"the memory does not suffice for its {len(book):,} characters"
    assert all(item.claims for item in done if isinstance(item, Result))


class Held:
    """Stands in for a parse."""


def test_what_failed_together_is_not_kept_in_memory_while_each_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A traceback keeps all that its frames hold, so for want of memory all of the batch would fail."""
    alive: weakref.WeakSet[Held] = weakref.WeakSet()
    seen: list[int] = []

    def parse(_: object, articles: Iterator[Article]) -> Iterator[tuple[Article, Held]]:
        seen.append(len(alive))
        for unparsed in articles:
            held = Held()
            alive.add(held)
            yield unparsed, held

    def process(parts: Iterable[tuple[Reflowed, Held]], *_: object) -> Result:
        ((read, _held),) = parts
        if read.article.text == "bad":
            raise MemoryError
        return Result(read.original, (), (), (), 1)

    monkeypatch.setattr(article_module, "parse", parse)
    monkeypatch.setattr(article_module, "process", process)
    texts = ["first", "one", "bad", "three", "four"]
    done = list(local.run_local([article(text, number) for number, text in enumerate(texts)], Resources(None, None)))  # type: ignore[arg-type]
    assert [type(item) for item in done] == [Result, Result, Rejected, Result, Result]
    assert seen == [0] * 5
