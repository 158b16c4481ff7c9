"""What ends the command before or while its libraries are loaded: plain words, the right code, no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from pipeline.corpus import make_article
from pipeline.doctor import _try_reader
from pipeline.engines.processes import run_processes
from pipeline.errors import ExtractError, unwritable
from tests.helpers.command import ROOT
from tests.helpers.faults import interruptible

resource = pytest.importorskip("resource")
pytestmark = pytest.mark.slow


def run_code(code: str, *arguments: str, folder: Path, megabytes: int = 0) -> subprocess.CompletedProcess[str]:
    def prepare() -> None:
        interruptible()
        if megabytes:
            resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))

    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
        preexec_fn=prepare,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "module",
    ["pipeline.cli", "typer", "pipeline.run_job", "sqlite3", "numpy", "spacy", "thinc", "confection", "spacy.tokens"],
)
def test_an_interrupt_while_libraries_are_loaded(tmp_path: Path, module: str) -> None:
    (tmp_path / "a.txt").write_text("The ferry is late, Ada Brandt said on Monday. We all wait for it.\n")
    code = f"""
import os, signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
sys.argv = ["extract", "run", "a.txt"]
from pipeline.__main__ import main
main()
"""
    done = run_code(code, folder=tmp_path)
    assert (done.returncode, "Stopped" in done.stderr, "Traceback" in done.stderr) == (130, True, False), done.stderr


def test_an_interrupt_that_was_swallowed_ends_the_run_all_the_same(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"The {name} ferry is late, Ada Brandt said on Monday. We all wait.\n")
    code = """
import os, signal, sys
from pipeline import run_job as run_module
from tests.helpers.store import extracted
class Finalised:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)  # what is raised in here is printed and forgotten
finish_first = run_module._Underway.finish_first
def finish_and_interrupt(self):
    Finalised()
    finish_first(self)
run_module._Underway.finish_first = finish_and_interrupt
run_module.extracted = extracted
sys.argv = ["extract", "run", "a.txt", "b.txt", "c.txt"]
from pipeline.__main__ import main
main()
"""
    done = run_code(code, folder=tmp_path)
    assert "Exception ignored in" in done.stderr
    assert (done.returncode, "Stopped before the end" in done.stderr) == (130, True), done.stderr


@pytest.mark.parametrize("megabytes", [50, 100, 200, 400, 550])
@pytest.mark.parametrize("arguments", [("run", "a.txt"), ("explain", "a.txt"), ("doctor",)])
def test_a_limit_on_memory_is_said_so(tmp_path: Path, megabytes: int, arguments: tuple[str, ...]) -> None:
    (tmp_path / "a.txt").write_text("The ferry is late, Ada Brandt said on Monday. We all wait for it.\n")
    code = "import sys; sys.argv[0] = 'extract'; from pipeline.__main__ import main; main()"
    done = run_code(code, *arguments, folder=tmp_path, megabytes=megabytes)
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith(("extract: The memory is limited to ", "extract: The memory does not suffice."))
    assert "Traceback" not in done.stderr
    assert "disk" not in done.stderr
    assert not (tmp_path / "outputs").exists()


def test_memory_that_runs_out_later_is_no_fault_of_the_folder(tmp_path: Path) -> None:
    error = unwritable(tmp_path, OSError(12, "Cannot allocate memory"))
    assert "memory" in error.message
    assert "ulimit" in error.hint


def test_without_a_temporary_folder_workers_say_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    items = [make_article("The ferry is late, she said.", file="a.txt")]
    with pytest.raises(ExtractError, match="No temporary file can be made") as caught:
        list(run_processes(items, "en_core_web_md", (), 2))
    assert "TMPDIR" in caught.value.hint
    with pytest.raises(ExtractError, match="No temporary file can be made"):
        _try_reader()
