"""The web server of the review page: on the loopback address only, in a thread beside the one that waits for Ctrl-C."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
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

#: The file that the user's browser opens, with an address of the page that works once.
_OPENING_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url={url}"><title>newsclaims</title></head>
<body><p><a href="{url}">Open the review</a></p></body></html>
"""


class Server:
    """A review that runs while its context is open: ``with make_server(outputs, "Ana") as server``.

    ``address`` is host and port of the socket.
    """

    def __init__(self, outputs: Path, reviewer: str, port: int) -> None:
        self._secrets = Secrets()
        self._outputs = outputs
        self._opening_file: Path | None = None
        self._opening_token = self._secrets.new_token()
        self._socket = _bind(port)
        self.address: tuple[str, int] = self._socket.getsockname()
        self.port = self.address[1]
        app = make_app(outputs, reviewer, self.port, self._secrets)
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
        self._remove_opening_file()

    def new_url(self) -> str:
        """An address that opens the page once, in one browser; other browsers need addresses of their own."""
        return self._url(self._secrets.new_token())

    def _url(self, token: str) -> str:
        return f"http://{LOOPBACK}:{self.port}/?token={token}"

    def open_browser(self) -> bool:
        """Open the page in the user's browser and return whether that worked; no browser of a text terminal is used.

        The browser gets the name of a file that leads on to the page: a command line with a token in it could be read
        by every user of the machine (ps). Only this user may read the file. It lies in the outputs because browsers in
        a sandbox (snap, flatpak) don't see the folder for temporary files, and is removed once it was used.
        """
        has_windows = sys.platform in ("win32", "darwin") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
        if not has_windows:
            return False
        try:
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", prefix="open-review-", suffix=".html", dir=self._outputs, delete=False
            ) as file:
                self._opening_file = Path(file.name).resolve()
                file.write(_OPENING_PAGE.format(url=self._url(self._opening_token)))
        except OSError:
            return False
        return webbrowser.open(self._opening_file.as_uri())

    def is_running(self) -> bool:
        """Whether the page is still served; also tidies up after a browser that has opened it."""
        if self._secrets.was_used(self._opening_token):
            self._remove_opening_file()
        return self._thread.is_alive()

    def _remove_opening_file(self) -> None:
        if self._opening_file is not None:
            self._opening_file.unlink(missing_ok=True)
            self._opening_file = None

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
        first_result = next(store.last_results(), None)
        if first_result is None and store.notice:
            raise ExtractError(store.notice, "Run again: extract run")
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
