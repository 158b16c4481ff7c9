"""The web server of the review page, in a thread beside the one that waits for Ctrl-C; of this machine, or by TLS."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import sys
import tempfile
import threading
import time
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import uvicorn

from pipeline.errors import ExtractError, no_claims_yet
from pipeline.outputs import DATABASE
from pipeline.review.address import ServedAddress
from pipeline.review.app import make_app
from pipeline.review.connections import BACKLOG, REQUEST_SECONDS, Connection
from pipeline.review.guard import Secrets
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

    def __init__(
        self, outputs: Path, reviewer: str, port: int, served_at: ServedAddress, team: Sequence[str] = ()
    ) -> None:
        self._served_at = served_at
        self._secrets = Secrets()
        self._outputs = outputs
        self._opening_file: Path | None = None
        self._opening_token = self._secrets.new_token()
        self._socket = served_at.bind(port)
        self.address: tuple[str, int] = self._socket.getsockname()[:2]
        self.port = self.address[1]
        app = make_app(outputs, reviewer, served_at, self.port, self._secrets, team)
        config = uvicorn.Config(
            app,
            http=Connection,
            ws="none",
            backlog=BACKLOG,
            log_level="critical",
            access_log=False,
            lifespan="on",
            server_header=False,
            ssl_certfile=served_at.certificate,
            ssl_keyfile=served_at.key,
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

    @property
    def is_local(self) -> bool:
        """Whether only this machine reaches the page."""
        return ipaddress.ip_address(self.address[0].partition("%")[0]).is_loopback

    def new_url(self, reviewer: str = "") -> str:
        """An address that opens the page once, in one browser; other browsers need addresses of their own.

        What is decided in that browser is signed by ``reviewer``, without one by whoever the page names.
        """
        return self._url(self._secrets.new_token(reviewer))

    def _url(self, token: str) -> str:
        return self._served_at.url(self.port, token)

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
        with asyncio.Runner(loop_factory=_TlsLoop if self._served_at.certificate else None) as runner:
            runner.run(self._server.serve(sockets=[self._socket]))


class _TlsLoop(asyncio.SelectorEventLoop):
    """An event loop that drops whoever begins no TLS in time: such connections aren't among those that are counted."""

    async def create_server(self, *arguments: Any, **settings: Any) -> asyncio.Server:
        return await super().create_server(*arguments, ssl_handshake_timeout=REQUEST_SECONDS, **settings)


def make_server(
    outputs: Path,
    reviewer: str,
    port: int = 0,
    served_at: ServedAddress | None = None,
    team: Sequence[str] = (),
) -> Server:
    """Make a server for the last run in the folder ``outputs``; it serves once its context is entered.

    ``reviewer`` signs decisions unless the page names another. With ``port`` 0 any free port is taken. The page is
    served to this machine alone unless ``served_at`` is another address; ``team`` are those who share the work. Raises
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
    return Server(outputs, reviewer, port, served_at or ServedAddress(), team)
