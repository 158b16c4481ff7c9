"""Addresses that open the review once, and the sessions that browsers get for them."""

from __future__ import annotations

import http.client
import os
import pty
import re
import signal
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest

from pipeline.review.server import Server, make_server
from tests.helpers.browser import visiting
from tests.helpers.command import ROOT
from tests.helpers.review import reload
from tests.helpers.review_client import Client, opened
from tests.helpers.store import run

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium

TEXT = "The mine in Oru closes on Friday, she said."
_PATIENCE = int(os.environ.get("PATIENCE", "1"))


def path_of(url: str) -> str:
    return "/" + url.rpartition("/")[2]


def test_the_session_is_not_the_token_and_kept_strictly(server: Server) -> None:
    url = server.new_url()
    status, body, headers = Client(server).ask(path_of(url))
    token, cookie = url.partition("token=")[2], headers["set-cookie"]
    assert status == 200
    assert token not in cookie + body
    assert re.fullmatch(
        rf"newsclaims-{server.port}=[\w-]{{43}}; HttpOnly; Path=/; SameSite=strict", cookie, re.IGNORECASE
    )
    for stolen in (token, "", "x"):
        assert Client(server, f"newsclaims-{server.port}={stolen}").ask("/")[0] == 403


def test_an_address_opens_the_review_once_and_says_what_to_do_then(server: Server) -> None:
    path = path_of(server.new_url())
    with closing(http.client.HTTPConnection(*server.address)) as link:
        link.request("HEAD", path)
        assert link.getresponse().status == 403
    first = Client(server)
    first.cookie = first.ask(path)[2]["set-cookie"].partition(";")[0]
    status, body, headers = Client(server).ask(path)
    assert (status, "set-cookie" in headers) == (403, False)
    assert "has been used" in str(body)
    assert "press enter" in str(body).lower()
    status, _, headers = first.ask(path)
    assert (status, headers["location"]) == (303, "/")
    assert first.ask("/")[0] == 200
    second = opened(server)
    assert second.cookie != first.cookie
    assert first.get("/api/claims") == second.get("/api/claims")


@pytest.mark.parametrize(
    "others",
    [
        'prefs={"theme":"dark"}; {own}', '{own}; prefs={"a":"b;c"}', "a=b=c;;=;x; {own}", "{name}=old; {own}",
        "ключ=знач; {own}", 'q="never closed; {own}', "a b(c)=[1]; {own};",
    ],
)  # fmt: skip
def test_cookies_of_other_programs_are_no_obstacle(server: Server, others: str) -> None:
    client = opened(server)
    name = client.cookie.partition("=")[0]
    cookies = others.replace("{own}", client.cookie).replace("{name}", name).encode().decode("latin-1")
    assert client.ask("/api/claims", headers={"Cookie": cookies})[0] == 200
    alone = others.replace("{own}", "x=y").replace("{name}", name).encode().decode("latin-1")
    assert client.ask("/api/claims", headers={"Cookie": alone})[0] == 403
    assert Client(server, alone).ask(path_of(server.new_url()))[0] == 200


def test_a_session_of_another_review_is_none_of_this(server: Server) -> None:
    with make_server(Path("outputs"), "Ben") as other:
        cookie = opened(other).cookie
        value = cookie.partition("=")[2]
        assert Client(server, cookie).ask("/")[0] == 403
        assert Client(server, f"newsclaims-{server.port}={value}").ask("/")[0] == 403
        assert Client(server).ask(path_of(other.new_url()))[0] == 403


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What browsers are asked to open, on a system with windows."""
    addresses: list[str] = []

    def open_address(url: str) -> bool:
        addresses.append(url)
        return True

    monkeypatch.setattr("webbrowser.open", open_address)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", ":0")
    return addresses


def file_of(address: str) -> Path:
    return Path(url2pathname(urlsplit(address).path))


def test_no_browser_without_windows_is_opened(
    server: Server, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not server.open_browser()
    assert asked == []


def test_the_browsers_command_line_has_no_token(server: Server, asked: list[str]) -> None:
    before = set(Path("outputs").iterdir())
    assert server.open_browser()
    (address,) = asked
    file = file_of(address)
    assert "token" not in address
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert server.is_running()
    assert file.exists()
    (url,) = set(re.findall(r"http://[^\"]+", file.read_text(encoding="utf-8")))
    assert Client(server).ask(path_of(url))[0] == 200
    assert server.is_running()
    assert set(Path("outputs").iterdir()) == before


def test_an_unused_file_is_removed_when_the_review_ends(corpus: Path, asked: list[str]) -> None:
    (corpus / "a.txt").write_text(TEXT)
    run()
    with make_server(Path("outputs"), "Ana") as server:
        server.open_browser()
        assert file_of(asked[0]).exists()
    assert not file_of(asked[0]).exists()


def test_a_folder_that_takes_no_file_opens_no_browser(
    server: Server, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr("tempfile.NamedTemporaryFile", fail)
    assert not server.open_browser()
    assert asked == []


def test_a_real_browser_follows_the_file_and_keeps_its_session(
    server: Server, asked: list[str], browser: Chromium
) -> None:
    server.open_browser()
    with visiting(browser, asked[0]) as visit:
        page = visit.page
        page.wait_for_selector("#claim-name")
        page.wait_for_selector(".line[aria-current]")
        assert "token" not in page.url
        page.context.add_cookies([{"name": "prefs", "value": '{"theme":"dark"}', "url": page.url}])
        reload(page)
        page.wait_for_selector(".line[aria-current]")
        page.goto(server.new_url())
        page.wait_for_selector(".line[aria-current]")


@pytest.mark.slow
def test_enter_in_the_terminal_prints_another_address(corpus: Path) -> None:
    (corpus / "a.txt").write_text(TEXT)
    run()
    terminal, its_input = pty.openpty()
    command = [sys.executable, "-m", "pipeline", "review", "--no-browser"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command,
        env=env,
        stdin=its_input,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=_lead_terminal,
    ) as process:
        assert process.stdout is not None
        printed: list[str] = []
        for line in process.stdout:
            printed.append(line)
            if "Ctrl-C" in line:
                os.write(terminal, b"\n")
            if len([words for words in printed if words.startswith("Review:")]) == 2:
                break
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20 * _PATIENCE)
    first, second = (words.split()[1] for words in printed if words.startswith("Review:"))
    assert first != second
    assert first.partition("?")[0] == second.partition("?")[0]
    assert process.returncode == 0
    os.close(terminal)


def _lead_terminal() -> None:
    """Make the terminal that is the standard input the process's own, with it in the foreground."""
    import fcntl
    import termios

    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)
