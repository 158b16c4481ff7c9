"""Slow, idle and odd clients of the review page's server: none of them stops it, none of them is answered with 500."""

from __future__ import annotations

import getpass
import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from pipeline.review import connections
from pipeline.review.reviewer import name_reviewer
from pipeline.review.server import Server, make_server
from pipeline.store import open_store
from tests.helpers.review_client import Client, opened
from tests.helpers.store import run

pytestmark = pytest.mark.filterwarnings("error")
TEXT = "The mine in Oru closes on Friday, she said."
PATIENCE = int(os.environ.get("PATIENCE", "1"))


@contextmanager
def connected(server: Server, count: int, sent: bytes) -> Iterator[list[socket.socket]]:
    """Connections that send this and then nothing more."""
    with ExitStack() as stack:
        links = [stack.enter_context(socket.create_connection(server.address, 10 * PATIENCE)) for _ in range(count)]
        for link in links:
            link.settimeout(10 * PATIENCE)
            link.sendall(sent)
        yield links


def is_closed(link: socket.socket) -> bool:
    """Whether the server has closed the connection; waits for it."""
    try:
        while link.recv(4096):
            pass
    except ConnectionError:
        return True
    except TimeoutError:
        return False
    return True


def is_cut_off(link: socket.socket) -> bool:
    """Whether the server ends a connection on which a byte comes every 20 milliseconds."""
    until = time.monotonic() + 10 * PATIENCE
    try:
        while time.monotonic() < until:
            link.sendall(b"x")
            time.sleep(0.02)
    except ConnectionError:
        return True
    return False


@pytest.mark.slow
@pytest.mark.parametrize(
    "sent",
    [b"", b"G", b"GET / HTTP/1.1\r\nHost: x\r\nX-", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{"],
)
def test_many_idle_connections_stop_nothing(client: Client, sent: bytes) -> None:
    count = 3 * connections.MAX_CONNECTIONS
    with connected(client.server, count, sent) as links:
        began = time.monotonic()
        assert client.get("/api/claims")["total"] == 1
        assert time.monotonic() - began < 5 * PATIENCE
        assert all(map(is_closed, links[: connections.MAX_CONNECTIONS]))


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n", b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /"])
def test_a_request_that_does_not_arrive_in_time_is_dropped(
    client: Client, sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 0.3)
    with connected(client.server, 1, sent) as (link,):
        assert is_closed(link)


def test_a_request_that_comes_byte_by_byte_is_dropped(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 0.3)
    with connected(client.server, 1, b"GET / HTTP/1.1\r\nX: ") as (link,):
        assert is_cut_off(link)


@pytest.mark.parametrize("text", ['"\\ud800"', '"a\\udfff b"', b'"\xed\xa0\x80"'.decode("utf-8", "surrogatepass")])
@pytest.mark.parametrize("field", ["note", "reviewer", "corrected_text", "decision"])
def test_half_a_character_is_refused_and_nothing_saved(client: Client, field: str, text: str) -> None:
    claim_id = client.get("/api/claims")["claims"][0]["id"]
    start = "" if field == "decision" else '"decision": "accept", '
    body = f'{{{start}"seen": 0, "{field}": {text}}}'.encode("utf-8", "surrogatepass")
    status, answer, _ = client.ask(f"/api/claims/{claim_id}/decision", body)
    assert (status, answer["error"]) == (400, "The text has half a character in it, which can't be saved.")
    assert answer["hint"]
    with open_store(Path("outputs")) as store:
        assert store.decisions() == {}
        assert store.history(claim_id) == []


def test_half_a_character_in_what_is_corrected_or_added_is_refused(client: Client) -> None:
    claim = client.get("/api/claims/" + client.get("/api/claims")["claims"][0]["id"])
    body = {"decision": "edit", "seen": 0, "corrections": {"place": ["Oru", "\ud83d"]}}
    assert client.ask(f"/api/claims/{claim['id']}/decision", body)[0] == 400
    body = {"decision": "edit", "seen": 0, "corrections": {"\ud83d": "x"}}
    assert client.ask(f"/api/claims/{claim['id']}/decision", body)[0] == 400
    new = {"doc_id": claim["doc_id"], "claim_type": "quote", "start": 0, "end": 8, "fields": {"speaker": "\udead"}}
    assert client.ask("/api/claims", new)[0] == 400
    assert client.ask("/api/claims", {**new, "doc_id": "\udead"})[0] == 400
    assert (client.get("/api/claims")["all"], client.get("/api/claims")["decided"]) == (1, 0)


@pytest.mark.parametrize("text", ["😀", "nul \0 in it", "\u202e\ufeff\x07", "e\u0301\r\n\tend"])
def test_whole_characters_of_any_kind_are_saved(client: Client, text: str) -> None:
    claim_id = client.get("/api/claims")["claims"][0]["id"]
    after = client.post(f"/api/claims/{claim_id}/decision", {"decision": "accept", "seen": 0, "note": text})
    assert after["note"] == text.strip()
    run()
    assert run().edits.decisions == 0
    assert client.get(f"/api/claims/{claim_id}")["note"] == text.strip()


@pytest.mark.parametrize(
    "error", [KeyError("getpwuid(): uid not found: 4242"), OSError("no username"), ImportError("pwd")]
)
def test_without_a_login_name_the_reviewer_has_a_plain_one(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail() -> str:
        raise error

    monkeypatch.setattr(getpass, "getuser", fail)
    assert name_reviewer(" Zoe ") == ("Zoe", "")
    name, advice = name_reviewer(None)
    assert name == "reviewer"
    assert "--reviewer NAME" in advice


def test_a_name_in_bytes_that_are_no_text_breaks_nothing(corpus: Path) -> None:
    (corpus / "a.txt").write_text(TEXT)
    run()
    name, _ = name_reviewer("J\udcf6rg")
    assert name == "J�rg"
    with make_server(Path("outputs"), name) as server:
        assert "J�rg" in opened(server).get("/")


def test_a_folder_in_bytes_that_are_no_text_breaks_nothing(corpus: Path) -> None:
    (corpus / "a.txt").write_text(TEXT)
    run()
    folder = Path("out\udcff")
    Path("outputs").rename(folder)
    with make_server(folder, "Ana") as server:
        assert "out�" in opened(server).get("/")
