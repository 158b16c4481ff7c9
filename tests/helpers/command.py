"""The command ``extract`` as a test calls it: in this process, with its output and exit code caught."""

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

    It goes through ``cli.main``, as the installed command does, but in this process, so that a model once loaded serves
    every call. ``extract_in_process_of_its_own`` is for what only a new process can show.
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
