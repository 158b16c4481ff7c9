"""Python processes that this one starts and talks with: a line of JSON out, lines of JSON back.

The reading process (``pipeline.corpus.process``) and the workers of a run (``pipeline.engines``) are both started
here, and both answer through ``open_replies``. JSON, not pickle: nothing that an article says is ever executed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol, TextIO

if TYPE_CHECKING:
    import subprocess

#: The folder that holds the package, so that a child finds it in a checkout that isn't installed.
_HOME = Path(__file__).resolve().parent.parent


def start_child(
    module: str, arguments: Sequence[str] = (), *, stderr: IO[bytes] | None = None, files: Sequence[int] = ()
) -> subprocess.Popen[str]:
    """Start ``python -m module arguments`` with pipes to its standard input and from its standard output.

    Both pipes carry ASCII text, as ``serial`` writes it; bytes that are none, from a child that died while it wrote,
    come as U+FFFD and not as an exception. What the child says on standard error goes to ``stderr``, or nowhere.
    Open files with the numbers in ``files`` are the child's, too (not on Windows).
    """
    import subprocess  # slow to load, and a corpus of plain text read in one process needs none

    # -P: a file of the working folder must not stand in for a module. -X utf8: whatever the locale.
    command = [sys.executable, "-P", "-X", "utf8", "-m", module, *arguments]
    return subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if stderr is None else stderr,
        text=True,
        encoding="ascii",
        errors="replace",
        env=_environment(),
        pass_fds=files,
    )


def _environment() -> dict[str, str]:
    """This process's environment, with the package it is of first on the path."""
    paths = [str(_HOME), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


class Child(Protocol):
    """A process that was started and is talked with, as ``subprocess.Popen`` is one."""

    pid: int  #: its number
    stdin: IO[str] | None  #: what is written here it reads
    stdout: IO[str] | None  #: what it writes comes out here

    def kill(self) -> None:
        """End it, whatever it is doing."""

    def wait(self) -> int:
        """Wait for its end: the exit code, negative for a signal."""


def send_line(process: Child, line: str) -> bool:
    """Write a line to the child's standard input; False when the child has ended and nobody will read it."""
    assert process.stdin is not None  # noqa: S101
    try:
        process.stdin.write(line + "\n")
        process.stdin.flush()
    except BrokenPipeError:
        return False
    return True


def open_replies() -> TextIO:
    """In a child: the stream for its replies, which is its standard output no longer open to anybody else.

    What a library prints, in Python or in C, goes nowhere instead of between the replies.
    """
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii", newline="\n")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return replies
