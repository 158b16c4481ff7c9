"""The web server of the review page: on the loopback address only, in a thread beside the one that waits for Ctrl-C."""

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
from pipeline.review.connections import BACKLOG, Connection
from pipeline.review.guard import LOOPBACK, Secrets
from pipeline.store import open_store


class Server:
    """A review that runs while its context is open: ``with make_server(outputs, "Ana") as server``.

    ``url`` opens the page in a browser, its token included; ``address`` is host and port of the socket.
    """

    def __init__(self, outputs: Path, reviewer: str, port: int) -> None:
        secrets = Secrets()
        self._socket = _bind(port)
        self.address: tuple[str, int] = self._socket.getsockname()
        self.port = self.address[1]
        self.url = f"http://{LOOPBACK}:{self.port}/?token={secrets.token}"
        app = make_app(outputs, reviewer, self.port, secrets)
        config = uvicorn.Config(
            app,
            http=Connection,
            ws="none",
            backlog=BACKLOG,
            log_level="critical",
            access_log=False,
            lifespan="on",
            server_header=False,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, name="review", daemon=True)

    def __enter__(self) -> Server:
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.01)
        if not self._server.started:
            raise ExtractError("The review page could not be started.", "Check the installation: extract doctor")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)
        self._socket.close()

    def open_browser(self) -> bool:
        """Open the page in the user's browser and return whether that worked; no browser of a text terminal is used."""
        has_windows = sys.platform in ("win32", "darwin") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
        return has_windows and webbrowser.open(self.url)

    def wait(self) -> None:
        """Wait until the server has ended. It never ends by itself, so in practice KeyboardInterrupt ends the wait."""
        while self._thread.is_alive():
            self._thread.join(timeout=0.5)

    def _serve(self) -> None:
        self._server.run(sockets=[self._socket])


def make_server(outputs: Path, reviewer: str, port: int = 0) -> Server:
    """Make a server for the last run in the folder ``outputs``; it serves once its context is entered.

    ``reviewer`` signs decisions unless the page names another. With ``port`` 0 any free port is taken. Raises
    ExtractError when there was no run, the store is of another version of newsclaims, or the port is taken.
    """
    if not (outputs / DATABASE).is_file():
        raise no_claims_yet(outputs)
    with open_store(outputs) as store:
        try:
            first_result = next(store.last_results(), None)
        except ValueError as error:
            raise ExtractError(
                f"The results in {outputs} were made by another version of newsclaims.", "Run again: extract run"
            ) from error
    if first_result is None:
        raise ExtractError(f"There are no articles in {outputs} yet.", "Run first: extract run")
    return Server(outputs, reviewer, port)


def _bind(port: int) -> socket.socket:
    # Only with the protocol named does asyncio turn off Nagle's algorithm, which holds small answers back for 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
    except OSError as error:
        listener.close()
        raise ExtractError(f"Port {port} can't be used: {error.strerror}.", "Give another one with --port.") from error
    return listener
