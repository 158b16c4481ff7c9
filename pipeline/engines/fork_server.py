"""Workers that are forked from a process with the model: they start at once and share its memory."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from tempfile import TemporaryFile
from typing import IO

from pipeline.child_process import start_child
from pipeline.engines.template import MESSAGE_BYTES, NO_FORK


class ForkedWorker:
    """A worker that the template was asked for; as much of ``subprocess.Popen`` as the engine uses."""

    def __init__(self, pid: int, stdin: IO[str], stdout: IO[str], server: ForkServer) -> None:
        self.pid = pid
        self.stdin: IO[str] | None = stdin
        self.stdout: IO[str] | None = stdout
        self._server = server
        self._code: int | None = None

    def kill(self) -> None:
        """End it, whatever it is doing; nothing happens when it has ended already."""
        if self._code is None:  # so its number is still its own: nobody has waited for it
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Wait for its end: the exit code, negative for a signal."""
        if self._code is None:
            self._code = self._server.wait_for(self.pid)
        return self._code


class ForkServer:
    """The template process, and workers forked from it on request; close it at the end."""

    def __init__(self, arguments: Sequence[str]) -> None:
        """Start the template; ``arguments``: seconds, model and files of event types, as ``template`` takes them."""
        self._lock = threading.Lock()
        self._files = ExitStack()
        self.stderr = self._files.enter_context(TemporaryFile())  # noqa: SIM115 -- what the template says before it ends
        self._requests, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process: subprocess.Popen[str] = start_child(
                "pipeline.engines.template",
                [str(theirs.fileno()), *arguments],
                stderr=self.stderr,
                files=(theirs.fileno(),),
            )

    def start(self, stderr: IO[bytes]) -> ForkedWorker | None:
        """A further worker, which writes its errors to the file ``stderr``; None where forking is not safe.

        Waits for the model. Raises ChildProcessError when the template has ended.
        """
        to_worker, stdin = os.pipe()
        stdout, from_worker = os.pipe()
        pipes = [to_worker, from_worker]
        try:
            answer = self._ask(b"start", [to_worker, from_worker, stderr.fileno()])
            if answer in (b"", NO_FORK):
                pipes += [stdin, stdout]
        finally:
            for pipe in pipes:
                os.close(pipe)
        if not answer:
            raise ChildProcessError("the template has ended")
        if answer == NO_FORK:
            return None
        lines = os.fdopen(stdout, encoding="ascii", errors="replace")
        return ForkedWorker(int(answer), os.fdopen(stdin, "w", encoding="ascii"), lines, self)

    def wait_for(self, pid: int) -> int:
        """The exit code of a worker once it has ended; as of one that was killed where the template has ended."""
        return int(self._ask(b"wait %d" % pid) or -signal.SIGKILL)

    def _ask(self, request: bytes, files: Sequence[int] = ()) -> bytes:
        """The template's answer; nothing when it has ended."""
        with self._lock, suppress(OSError):
            socket.send_fds(self._requests, [request], files)
            return self._requests.recv(MESSAGE_BYTES)
        return b""

    def stop(self) -> None:
        """End the template; its workers are to be killed before."""
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        """End the template and close the ways to it."""
        self.stop()
        self._requests.close()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._files.close()
