"""A review for several: at an address that other machines reach, and with an address for each reviewer."""

from __future__ import annotations

import http.client
import json
import re
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.errors import ExtractError
from pipeline.review.address import ServedAddress, check_address
from pipeline.review.reviewer import name_team
from pipeline.review.server import Server, make_server
from pipeline.review.terminal import accompany
from tests.helpers.review_client import Client, opened
from tests.helpers.store import rows, run

TEXT = "The mine in Oru closes on Friday, she said."
#: A certificate that the tests trust, and nobody else: of localhost, made with openssl for each run of the tests.
SUBJECT = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The PEM files of a certificate and its key."""
    folder = tmp_path_factory.mktemp("tls")
    files = folder / "desk.pem", folder / "desk.key"
    command = ["openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    where = ["-out", str(files[0]), "-keyout", str(files[1]), "-days", "2"]
    subprocess.run([*command, *where, *SUBJECT], check=True, capture_output=True)
    return files


@pytest.fixture
def by_tls(corpus: Path, certificate: tuple[Path, Path]) -> Iterator[Server]:
    (corpus / "a.txt").write_text(TEXT)
    run()
    with make_server(Path("outputs"), "Ana", 0, check_address("localhost", *certificate)) as server:
        yield server


def ask_by_tls(
    server: Server, path: str, certificate: Path, headers: dict[str, str] | None = None
) -> tuple[int, str, dict[str, str]]:
    """Status, body and headers of the answer to a browser that trusts the certificate."""
    context = ssl.create_default_context(cafile=str(certificate))
    with closing(http.client.HTTPSConnection("localhost", server.port, context=context, timeout=20)) as link:
        link.request("GET", path, headers=headers or {})
        answer = link.getresponse()
        return answer.status, answer.read().decode(), dict(answer.getheaders())


@pytest.mark.parametrize(
    ("host", "url", "authorities"),
    [
        ("127.0.0.1", "http://127.0.0.1:80/?token=t", {"127.0.0.1:80", "localhost:80"}),
        ("", "http://127.0.0.1:80/?token=t", {"127.0.0.1:80", "localhost:80"}),
        ("Localhost", "http://localhost:80/?token=t", {"127.0.0.1:80", "localhost:80"}),
        ("127.0.0.2", "http://127.0.0.2:80/?token=t", {"127.0.0.2:80"}),
        ("[::1]", "http://[::1]:80/?token=t", {"[::1]:80"}),
    ],
)
def test_this_machines_own_addresses_need_no_certificate(host: str, url: str, authorities: set[str]) -> None:
    address = check_address(host, None, None)
    assert address.url(80, "t") == url
    assert address.authorities(80) == authorities


def test_browsers_leave_the_port_of_tls_out() -> None:
    address = ServedAddress("desk.example", Path("c"), Path("k"))
    assert address.authorities(443) == {"desk.example:443", "desk.example"}
    assert address.authorities(8443) == {"desk.example:8443"}


@pytest.mark.parametrize(
    ("host", "said", "hint"),
    [
        ("192.0.2.7", "can be reached by other machines", "ssh -L"),
        ("0.0.0.0", "every address of this machine", "192.168"),  # noqa: S104
        ("::", "every address of this machine", "192.168"),
        ("no such host", "There is no host", "of this machine"),
        ("x" * 80, "There is no host", "of this machine"),
    ],
)
def test_nothing_is_served_to_others_without_tls_or_at_an_address_that_nobody_asks_for(
    host: str, said: str, hint: str
) -> None:
    with pytest.raises(ExtractError, match=said) as caught:
        check_address(host, None, None)
    assert hint in caught.value.hint


def test_an_address_of_another_machine_is_said_so() -> None:
    with pytest.raises(ExtractError, match=r"Port 0 of 192\.0\.2\.7 can't be used") as caught:
        ServedAddress("192.0.2.7").bind(0)
    assert "must be an address of this machine" in caught.value.hint


def test_files_that_are_no_certificate_and_key_are_said_so(certificate: tuple[Path, Path], tmp_path: Path) -> None:
    good, key = certificate
    with pytest.raises(ExtractError, match="two files"):
        check_address("", good, None)
    (tmp_path / "text").write_text("no certificate")
    encrypted = tmp_path / "locked.key"
    command = ["openssl", "ec", "-in", str(key), "-aes256", "-passout", "pass:secret", "-out", str(encrypted)]
    subprocess.run(command, check=True, capture_output=True)
    for pair in ((tmp_path / "text", key), (good, good), (good, encrypted), (good, tmp_path / "missing")):
        with pytest.raises(ExtractError, match="can't be used") as caught:
            check_address("", *pair)
        assert "without a password" in caught.value.hint


def test_by_tls_the_guard_is_as_strict_and_the_cookie_is_never_sent_without(
    by_tls: Server, certificate: tuple[Path, Path]
) -> None:
    url = by_tls.new_url()
    assert url.startswith(f"https://localhost:{by_tls.port}/?token=")
    assert ask_by_tls(by_tls, "/", certificate[0])[0] == 403
    status, _, headers = ask_by_tls(by_tls, "/" + url.rpartition("/")[2], certificate[0])
    assert status == 200
    assert {"secure", "httponly", "samesite=strict"} <= {
        part.strip().lower() for part in headers["set-cookie"].split(";")
    }
    cookie = headers["set-cookie"].partition(";")[0]
    status, body, _ = ask_by_tls(by_tls, "/api/claims", certificate[0], {"Cookie": cookie})
    assert (status, json.loads(body)["total"]) == (200, 1)
    assert ask_by_tls(by_tls, "/", certificate[0], {"Cookie": cookie, "Host": "desk.example"})[0] == 421


def test_by_tls_nothing_is_answered_without(by_tls: Server) -> None:
    with closing(socket.create_connection(("127.0.0.1", by_tls.port), timeout=20)) as link:
        link.sendall(f"GET / HTTP/1.1\r\nHost: localhost:{by_tls.port}\r\n\r\n".encode())
        assert b"HTTP" not in link.recv(1000)


def opened_by(server: Server, reviewer: str) -> Client:
    """A browser that has opened an address of that reviewer."""
    client = Client(server)
    _, _, headers = client.ask("/" + server.new_url(reviewer).rpartition("/")[2])
    client.cookie = headers["set-cookie"].partition(";")[0]
    page = client.get("/")
    token = re.search(r'name="csrf" content="([^"]+)"', page)
    assert token
    assert re.search(rf'<input id="reviewer" value="{reviewer}"[^>]* readonly', page)
    client.csrf = token[1]
    return client


def test_whoever_has_an_address_of_their_own_signs_with_their_name(server: Server) -> None:
    ben = opened_by(server, "Ben")
    (claim,) = ben.get("/api/claims")["claims"]
    path = f"/api/claims/{claim['id']}/decision"
    saved = ben.post(path, {"decision": "accept", "reviewer": "Ana", "seen": 0})
    assert saved["reviewer"] == "Ben"
    anybody = opened(server)
    assert "readonly" not in anybody.get("/").partition('id="reviewer"')[2].partition(">")[0]
    undone = anybody.post(f"/api/claims/{claim['id']}/undo", {"seen": saved["version"]})
    ben.post("/api/decisions", {"claims": [claim["id"]], "decision": "reject", "expected": 1, "reviewer": "Ana"})
    run()
    assert (undone["decision"], [row["reviewer"] for row in rows()]) == ("", ["Ben"])


def test_each_of_a_team_gets_an_address_at_the_start_and_at_enter(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    running = iter((True, True, False))
    monkeypatch.setattr(Server, "is_running", lambda _: next(running))
    enter = iter((True, False))
    monkeypatch.setattr("pipeline.review.terminal.wait_for_enter", lambda _: next(enter))
    accompany(server, said.append, open_browser=False, team=("Ana", "Ben"))
    addresses = [re.search(r"(http://127\.0\.0\.1:\d+/\?token=\S{43})  for (\w+)$", line) for line in said]
    assert [address[2] for address in addresses if address] == ["Ana", "Ben", "Ana", "Ben"]
    assert len({address[1] for address in addresses if address}) == 4
    assert "signs with that name" in "\n".join(said)


def test_names_of_a_team_are_readable_and_each_is_there_once() -> None:
    assert name_team([" Ana", "Ben", "Ana ", "", "Zo\udcebe"]) == ("Ana", "Ben", "Zo�e")
    assert name_team([]) is None
