"""Workers forked from one process with the model: they share its memory, and what dies is said."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import pytest

from pipeline.child_process import Child
from pipeline.engines import processes, template
from pipeline.engines.fork_server import ForkedWorker, ForkServer
from pipeline.engines.processes import run_processes
from pipeline.errors import ExtractError
from pipeline.records import Rejected, Result
from pipeline.settings import DEFAULT_MODEL
from tests.engines.test_processes import article, names

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux alone")
TEXTS = [f"The mine {number} will close, Ada Brandt said on Monday." for number in range(12)]


def status_of(pid: int) -> dict[str, str]:
    """The lines of what Linux tells of a process, by name."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    """A template that has loaded the model, for all tests of what it forks."""
    started = ForkServer(["60", DEFAULT_MODEL])
    yield started
    started.close()


@pytest.fixture
def stderr() -> Iterator[IO[bytes]]:
    with TemporaryFile() as file:
        yield file


def first_line(worker: ForkedWorker | None) -> str:
    assert worker is not None
    assert worker.stdout is not None
    return worker.stdout.readline()


@pytest.mark.model
def test_forked_workers_share_the_model(server: ForkServer, stderr: IO[bytes]) -> None:
    workers = [server.start(stderr) for _ in range(2)]
    for worker in workers:
        assert worker is not None
        assert first_line(worker) == "ready\n"
        assert status_of(worker.pid)["PPid"] == str(server.process.pid)
        rollup = Path(f"/proc/{worker.pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
        kilobytes = {name.rstrip(":"): int(value) for name, value, _ in map(str.split, rollup)}
        assert kilobytes["Private_Dirty"] < kilobytes["Shared_Dirty"] / 3
        worker.kill()
        worker.kill()
        assert worker.wait() == worker.wait() == -signal.SIGKILL
        assert not Path(f"/proc/{worker.pid}").exists()


@pytest.mark.model
def test_a_worker_ends_when_nobody_asks_it_any_more(server: ForkServer, stderr: IO[bytes]) -> None:
    worker = server.start(stderr)
    assert first_line(worker) == "ready\n"
    assert worker is not None
    assert worker.stdin is not None
    worker.stdin.close()
    assert worker.wait() == 0


@pytest.mark.model
def test_what_a_worker_dies_of_is_in_its_own_file(server: ForkServer, stderr: IO[bytes]) -> None:
    worker = server.start(stderr)
    assert first_line(worker) == "ready\n"
    assert worker is not None
    assert worker.stdin is not None
    worker.stdin.write("no article\n")
    worker.stdin.flush()
    assert worker.wait() == 1
    stderr.seek(0)
    assert b"JSONDecodeError" in stderr.read()
    assert first_line(server.start(stderr)) == "ready\n"


def test_a_template_that_has_ended_starts_nothing(stderr: IO[bytes]) -> None:
    server = ForkServer(["60", "none"])
    server.process.kill()
    before = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(ChildProcessError):
        server.start(stderr)
    assert server.wait_for(1) == -signal.SIGKILL
    assert len(list(Path("/proc/self/fd").iterdir())) == before  # no pipe is left open
    server.close()


def test_a_template_that_cant_load_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(ForkServer):
        def __init__(self, arguments: list[str]) -> None:
            super().__init__(arguments)
            self.process.kill()

    monkeypatch.setattr(processes, "ForkServer", Broken)
    with pytest.raises(ExtractError, match="ended before it had loaded the model"):
        list(run_processes([article("one")], DEFAULT_MODEL, (), 1))


def test_where_threads_are_running_workers_are_started_each_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """As ``template`` answers when a library has started some."""
    started: list[Child] = []

    def start(_: list[str], stderr: IO[bytes]) -> Child:
        command = [sys.executable, "-m", "tests.helpers.fake_worker"]
        pipe, home = subprocess.PIPE, Path(__file__).resolve().parents[2]
        started.append(
            subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=stderr, text=True, encoding="ascii", cwd=home)
        )
        return started[-1]

    monkeypatch.setattr(processes, "_start", start)
    monkeypatch.setattr(ForkServer, "_ask", lambda *_: template.NO_FORK)
    done = list(run_processes([article("one", number) for number in range(5)], DEFAULT_MODEL, (), 2))
    assert names(done) == [f"{number}.txt" for number in range(5)]
    assert 1 <= len(started) <= 2


def test_the_threads_of_a_process_are_counted() -> None:
    code = (
        "import threading; from pipeline.engines.template import _count_threads as count; one = count(); "
        "stop = threading.Event(); threading.Thread(target=stop.wait).start(); print(one, count()); stop.set()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "1 2\n"


@pytest.mark.model
def test_a_worker_that_is_killed_is_forked_again_and_the_template_ends_with_the_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    servers: list[ForkServer] = []
    workers: list[Child] = []
    problem = processes._problem

    class Seen(ForkServer):
        def __init__(self, arguments: list[str]) -> None:
            super().__init__(arguments)
            servers.append(self)

    def ready(worker: Child, stderr: IO[bytes]) -> ExtractError | None:
        workers.append(worker)
        error = problem(worker, stderr)
        if len(workers) == 1:
            worker.kill()
        return error

    monkeypatch.setattr(processes, "ForkServer", Seen)
    monkeypatch.setattr(processes, "_problem", ready)
    articles = [article(text, number) for number, text in enumerate([*TEXTS, *["The rest is not wanted."] * 100])]
    results = run_processes(articles, DEFAULT_MODEL, (), 1)
    done = list(islice(results, len(TEXTS)))
    assert names(done) == [f"{number}.txt" for number in range(12)]
    assert all(isinstance(worker, ForkedWorker) for worker in workers)
    assert len(workers) == 2
    rejected = [item for item in done if isinstance(item, Rejected)]
    assert [item.reason for item in rejected] == [
        "processing failed: its worker ended (signal SIGKILL: maybe the memory ran out)"
    ]
    assert all(item.claims for item in done if isinstance(item, Result))
    results.close()  # type: ignore[attr-defined]
    [server] = servers
    assert server.process.poll() is not None
    with ExitStack() as files, pytest.raises(ChildProcessError):
        server.start(files.enter_context(TemporaryFile()))
