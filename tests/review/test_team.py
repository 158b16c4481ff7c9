"""A review for several: at an address that other machines reach, and with an address for each reviewer."""

from __future__ import annotations

import http.client
import json
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pipeline.errors import ExtractError
from pipeline.review.address import ServedAddress, check_address
from pipeline.review.agreement import krippendorff_alpha
from pipeline.review.reviewer import name_team
from pipeline.review.server import Server, make_server
from pipeline.review.terminal import accompany
from tests.helpers.browser import visiting
from tests.helpers.review import expect_status, ready
from tests.helpers.review_client import Client, opened
from tests.helpers.store import rows, run

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TEXT = "The mine in Oru closes on Friday, she said."


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The PEM files of a certificate of localhost, which these tests trust and nobody else, and of its key."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    built = x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1))
    signed = built.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False).sign(
        key, hashes.SHA256()
    )
    (folder / "desk.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    write_key(folder / "desk.key", key, serialization.NoEncryption())
    write_key(folder / "locked.key", key, serialization.BestAvailableEncryption(b"secret"))
    return folder / "desk.pem", folder / "desk.key"


def write_key(
    path: Path, key: ec.EllipticCurvePrivateKey, encryption: serialization.KeySerializationEncryption
) -> None:
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    path.write_bytes(key.private_bytes(*form, encryption))


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
        ("203.0.113.7", "can be reached by other machines", "ssh -L"),
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
    with pytest.raises(ExtractError, match=r"Port 0 of 203\.0\.113\.7 can't be used") as caught:
        ServedAddress("203.0.113.7").bind(0)
    assert "must be an address of this machine" in caught.value.hint


def test_files_that_are_no_certificate_and_key_are_said_so(certificate: tuple[Path, Path], tmp_path: Path) -> None:
    good, key = certificate
    with pytest.raises(ExtractError, match="two files"):
        check_address("", good, None)
    (tmp_path / "text").write_text("no certificate")
    for pair in ((tmp_path / "text", key), (good, good), (good, key.with_name("locked.key")), (good, tmp_path / "no")):
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
    received = b""
    # Whether the server's last words arrive before its end of the connection is chance.
    with closing(socket.create_connection(by_tls.address, timeout=20)) as link, suppress(ConnectionError):
        link.sendall(f"GET / HTTP/1.1\r\nHost: localhost:{by_tls.port}\r\n\r\n".encode())
        while more := link.recv(1000):
            received += more
    assert b"HTTP" not in received


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


def test_articles_are_given_and_shared_out_and_claims_are_found_by_it(corpus: Path) -> None:
    for number in range(5):
        (corpus / f"{number}.txt").write_text(
            "".join(f"It is {hour} o'clock, she said.\n" for hour in range(number + 1))
        )
    run()
    with make_server(Path("outputs"), "Ana", team=("Ana", "Ben")) as server:
        client = opened(server)
        articles = {line["file"][-5]: line["doc_id"] for line in client.get("/api/articles")["articles"]}
        assert client.post("/api/assignments", {"articles": [articles["0"]], "reviewer": "Ben"}) == {"given": 1}
        assert client.post("/api/assignments/share", {}) == {"given": 4}
        lines = {line["file"][-5]: line["assigned"] for line in client.get("/api/articles")["articles"]}
        assert lines == {"0": "Ben", "1": "Ben", "2": "Ana", "3": "Ben", "4": "Ana"}
        assert client.post("/api/assignments/share", {}) == {"given": 0}
        options = client.get("/api/filters")["assigned"]
        assert options == [["Ana", "Ana", 8], ["Ben", "Ben", 7]]
        assert client.get("/api/claims?assigned=Ben")["total"] == 7
        body = {"filters": {"assigned": "Ben"}, "decision": "accept", "expected": 7}
        assert client.post("/api/decisions", body)["decided_now"] == 7
        client.post("/api/assignments", {"articles": [articles["0"]], "reviewer": ""})
        assert client.get("/api/claims?assigned=Ben")["total"] == 6


@pytest.mark.parametrize(
    "body",
    [{}, {"articles": []}, {"articles": "all"}, {"articles": ["none"], "reviewer": "Ana"}, {"articles": [{}]}],
)
def test_articles_that_are_not_there_are_given_to_nobody(client: Client, body: dict[str, object]) -> None:
    status, answer, _ = client.ask("/api/assignments", body)
    assert (status, "names no articles" in answer["error"]) == (422, True)
    status, answer, _ = client.ask("/api/assignments/share", {})
    assert (status, "--team" in answer["hint"]) == (422, True)
    assert not Path("outputs/review_assignments.json").exists()


def test_a_name_that_no_field_holds_is_refused(client: Client) -> None:
    (article,) = client.get("/api/articles")["articles"]
    body = {"articles": [article["doc_id"]], "reviewer": "A" * 81}
    status, answer, _ = client.ask("/api/assignments", body)
    assert (status, answer["field"]) == (422, "reviewer")
    assert client.ask("/api/assignments", {**body, "reviewer": "A" * 80})[0] == 200


@pytest.mark.parametrize("content", ["{", "[]", '{"a": 1}', "[" * 100_000])
def test_assignments_that_are_none_are_said_so(client: Client, content: str) -> None:
    Path("outputs/review_assignments.json").write_text(content)
    status, answer, _ = client.ask("/api/articles")
    assert (status, "review_assignments.json" in answer["error"]) == (400, True)
    Path("outputs/review_assignments.json").unlink()
    assert client.ask("/api/articles")[0] == 200


@pytest.mark.slow
def test_the_page_of_agreement_says_how_far_and_where_not(corpus: Path) -> None:
    (corpus / "a.txt").write_text("".join(f"It is {hour} o'clock, she said.\n" for hour in range(8)))
    run()
    with make_server(Path("outputs"), "Ana") as server:
        ana, ben = opened_by(server, "Ana"), opened_by(server, "Ben")
        assert "No claim was decided by two" in ana.get("/agreement")
        claims = [claim["id"] for claim in ana.get("/api/claims")["claims"]]
        for reviewer, words in ((ana, "aaaaarrr"), (ben, "aaaarrr ")):
            for claim, word in zip(claims, words, strict=True):
                if word != " ":
                    seen = reviewer.get(f"/api/claims/{claim}")["version"]
                    body = {"decision": {"a": "accept", "r": "reject"}[word], "note": "as I see it", "seen": seen}
                    reviewer.post(f"/api/claims/{claim}/decision", body)
        page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", ben.get("/agreement")))
    assert "Ana, Ben 7 6 86 % 0.71" in page
    assert page.count("Ana: accept, Ben: reject") == 1


def test_alpha_is_that_of_the_books_and_of_nothing_without_a_difference() -> None:
    """Krippendorff's own example of two observers and nominal data (Computing Krippendorff's Alpha-Reliability, B)."""
    verdicts = [{"Ben": ben, "Gerry": gerry} for ben, gerry in zip("aabbdcccedda", "babbbccceddd", strict=True)]
    assert krippendorff_alpha(verdicts) == pytest.approx(0.692, abs=0.001)
    assert krippendorff_alpha([{"Ben": "a", "Gerry": "a"}] * 3) is None
    assert krippendorff_alpha([{"Ben": "a", "Gerry": "b"}]) == 0


def test_in_the_list_of_articles_each_is_given_to_somebody(corpus: Path, browser: Browser) -> None:
    for number in range(4):
        (corpus / f"{number}.txt").write_text(f"It is {number} o'clock, she said.\n")
    run()
    with (
        make_server(Path("outputs"), "Ana", team=("Ana", "Ben")) as server,
        visiting(browser, server.new_url("Ben")) as visit,
    ):
        page = visit.page
        ready(page)
        assert page.get_attribute("#reviewer", "readonly") is not None
        page.click("[data-list=articles]")
        page.fill("#article-words", "0.txt")
        page.select_option("#give-to", "Ben")
        page.click("#give")
        expect_status(page, "1 article given to Ben.")
        page.fill("#article-words", "")
        page.click("#share-out")
        expect_status(page, "3 articles given to the team.")
        page.select_option("#article-reviewer", "Ben")
        page.wait_for_selector("#article-count:has-text('2 of 4 articles')")
        assert page.locator("#article-list .line", has_text="for Ben").count() == 2
        page.click("a[href='/agreement']")
        assert page.text_content("main p") == "No claim was decided by two reviewers yet."
        assert not visit.trouble
