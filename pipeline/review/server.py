"""The server of the review page on the loopback address, in a thread beside the one that waits for the user."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
import webbrowser
from pathlib import Path
from types import TracebackType

import uvicorn

from pipeline.errors import ExtractError, no_claims_yet
from pipeline.outputs import DATABASE
from pipeline.review.app import make_app
from pipeline.review.guard import LOOPBACK, Secrets
from pipeline.store import open_store


class Server:
    """A running review: in its context the page is served at ``url``, which opens it in a browser."""

    def __init__(self, outputs: Path, reviewer: str, port: int) -> None:
        secret = Secrets()
        self._socket = _bind(port)
        self.address: tuple[str, int] = self._socket.getsockname()
        self.port = self.address[1]
        self.url = f"http://{LOOPBACK}:{self.port}/?token={secret.token}"
        app = make_app(outputs, reviewer, self.port, secret)
        config = uvicorn.Config(app, log_level="critical", access_log=False, lifespan="on", server_header=False)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, name="review", daemon=True)

    def __enter__(self) -> Server:
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.01)
        if not self._server.started:
            raise ExtractError("The review page could not be started.", "Check the outputs with: extract doctor")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)
        self._socket.close()

    def open_browser(self) -> bool:
        """Open the page in the user's browser; whether there is one that has windows."""
        windows = sys.platform in ("win32", "darwin") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
        return windows and webbrowser.open(self.url)

    def wait(self) -> None:
        """Return when the server has ended, which of itself it does not: who waits is interrupted."""
        while self._thread.is_alive():
            self._thread.join(timeout=0.5)

    def _serve(self) -> None:
        self._server.run(sockets=[self._socket])


def make_server(outputs: Path, reviewer: str, port: int = 0) -> Server:
    """A server for the last run in a folder, on this port or, with 0, on any that is free.

    Raises ExtractError when there was no run, the store is of another version of newsclaims, or the port is taken.
    """
    if not (outputs / DATABASE).is_file():
        raise no_claims_yet(outputs)
    with open_store(outputs) as store:
        try:
            some = next(store.last_results(), None)
        except ValueError as error:
            raise ExtractError(f"{outputs} was made by another version.", "Run again: extract run") from error
    if some is None:
        raise ExtractError(f"There are no articles in {outputs} yet.", "Run first: extract run")
    return Server(outputs, reviewer, port)


def _bind(port: int) -> socket.socket:
    # With the protocol named, asyncio lets small answers go at once instead of after 40 ms.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((LOOPBACK, port))
    except OSError as error:
        listening.close()
        raise ExtractError(f"Port {port} can't be used: {error.strerror}.", "Give another one with --port.") from error
    return listening
