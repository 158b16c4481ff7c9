"""The command ``extract`` as tests call it: in this process, its output and exit code captured."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def extract(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run ``extract ARGUMENTS`` in the folder and return its exit code, output and error output.

    It calls ``cli.main``, as the installed command does, but in this process, so that the model is loaded once for all
    calls. Use ``extract_in_process_of_its_own`` for what only a new process can show.
    """
    from pipeline.cli import main

    code: str | int | None = 0
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        patch.chdir(folder)
        patch.setattr(sys, "argv", ["extract", *arguments])
        try:
            main()
        except SystemExit as stop:
            code = stop.code
    return subprocess.CompletedProcess(["extract", *arguments], int(code or 0), out.getvalue(), err.getvalue())


def extract_in_process_of_its_own(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run ``python -m pipeline ARGUMENTS`` in the folder: imports, streams and exit code as in a shell."""
    command = [sys.executable, "-m", "pipeline", *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
