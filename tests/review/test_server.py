"""The review page's server: who may ask, what is answered, and that nothing is lost."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import ExtractError
from pipeline.records import Article, Claim
from pipeline.review.entries import ArticleEntry, Entry
from pipeline.review.filters import CHOICE_FILTERS, ClaimFilter, FilterCounts
from pipeline.review.server import Server, make_server
from pipeline.store import Decision, StoredDecision, open_store
from pipeline.store.decision import ClaimSnapshot
from tests.helpers.faults import interruptible
from tests.helpers.review_client import Client, opened
from tests.helpers.store import decide, rows, run

pytestmark = pytest.mark.filterwarnings("error")
TEXT = "The mine in Oru closes on Friday, she said.\r\n\r\n😀 Nobody goes there, he said. The road is long, they said."
OTHER = """---
title: <script>alert(1)</script>
publisher: Larn Post
published: 2025-06-01
---
The pier is shut, she said."""


@pytest.fixture
def server(corpus: Path) -> Iterator[Server]:
    (corpus / "a.txt").write_bytes(TEXT.encode())
    (corpus / "b.txt").write_text(OTHER)
    run()
    with make_server(Path("outputs"), "Ana") as running:
        yield running


def test_there_must_be_a_run(tmp_path: Path, corpus: Path) -> None:
    with pytest.raises(ExtractError, match="no claims") as caught:
        make_server(tmp_path / "outputs", "Ana")
    assert "extract run" in caught.value.hint


def test_a_port_that_is_taken_is_said_so(server: Server) -> None:
    with pytest.raises(ExtractError, match=f"Port {server.port} can't be used"):
        make_server(Path("outputs"), "Ana", server.port)


def test_only_this_machine_is_served(server: Server) -> None:
    assert server.new_url().startswith(f"http://127.0.0.1:{server.port}/?token=")
    assert server.address == ("127.0.0.1", server.port)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example", None])
def test_other_hosts_are_refused(client: Client, host: str | None) -> None:
    for path in ("/", "/api/claims", "/static/review.js"):
        assert client.ask(path, headers={"Host": host})[0] in (400, 421)


def test_localhost_is_this_host(client: Client) -> None:
    assert client.ask("/", headers={"Host": f"localhost:{client.server.port}"})[0] == 200


@pytest.mark.parametrize("cookie", ["", "newsclaims=x", 'newsclaims-1="', "\xff"])
def test_nothing_is_served_without_the_token(server: Server, cookie: str) -> None:
    for path in ("/", "/api/claims", "/static/review.js", "/?token=", "/?token=x", "/nothing"):
        status, body, _ = Client(server, cookie).ask(path)
        assert status == 403
        assert "extract review" in str(body)


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Newsclaims": None}, {"X-Newsclaims": "x"}, {"Content-Type": "text/plain"}, {"Content-Type": None},
        {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"}, {"Content-Length": "2000000"}, {"Content-Length": None}, {"Cookie": None},
    ],
)  # fmt: skip
def test_posts_of_other_pages_change_nothing(client: Client, headers: Mapping[str, str | None]) -> None:
    claim = client.get("/api/claims")["claims"][0]
    path = f"/api/claims/{claim['id']}/decision"
    body = b"" if "Content-Length" in headers else {"decision": "accept", "seen": 0}
    assert client.ask(path, body, "POST", headers)[0] in (400, 403, 411, 413, 415)
    assert client.get("/api/claims")["decided"] == 0


def test_every_answer_keeps_the_browser_strict(client: Client) -> None:
    for path in ("/", "/api/claims", "/static/review.css", "/nothing", "/api/claims/none"):
        headers = client.ask(path)[2]
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in headers
        assert "server" not in headers


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/app.py", "/static//etc/passwd"]
)
def test_only_the_pages_own_files_are_served(client: Client, path: str) -> None:
    assert client.ask(path)[0] == 404


def test_the_queue_tells_what_there_is(client: Client) -> None:
    queue = client.get("/api/claims")
    assert (queue["total"], queue["all"], queue["decided"]) == (4, 4, 0)
    assert [claim["words"] for claim in queue["claims"]] == [
        "The mine in Oru closes on Friday, she", "😀 Nobody goes there, he", "The road is long, they",
        "--- title: <script>alert(1)</script> publisher: Larn Post published: 2025-06-01 --- The pier is shut, she",
    ]  # fmt: skip
    doc_id = client.get(f"/api/claims/{queue['claims'][3]['id']}")["doc_id"]
    assert client.get(f"/api/articles/{doc_id}")["title"] == "<script>alert(1)</script>"
    queue = client.get("/api/claims?offset=1&limit=2")
    assert ([claim["words"][0] for claim in queue["claims"]], queue["total"]) == (["😀", "T"], 4)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("kind=quote", 4), ("kind=closure", 0), ("text=MINE", 1), ("text=the+is", 2), ("text=%F0%9F%98%80", 1),
        ("decision=accept", 1), ("decision=open", 3), ("article=corpus%2Fb.txt", 1), ("low=0.6", 0), ("high=0.5", 0),
        ("low=0.5&high=0.51", 4), ("speaker=Ada+Brandt", 1), ("country=LVA", 1), ("status=planned", 0), ("sort=odd", 4),
        ("stance=denies", 1), ("stance=warns", 0), ("noise=no", 4), ("noise=unsure", 0), ("noise=weak", 0),
        ("trust=likely", 4), ("trust=sure", 0), ("quote_type=direct", 1), ("quote_type=mixed", 0),
        ("speaker_type=person", 1), ("speaker_type=group", 0), ("publisher=Larn+Post", 1), ("publisher=Oru+Post", 0),
        ("event=e1", 0), ("from=2025-06-01", 1), ("to=2025-06-01", 1), ("from=2025-06-02", 0), ("to=2025-05-31", 0),
    ],
)  # fmt: skip
def test_filters(client: Client, query: str, count: int) -> None:
    claim = client.get("/api/claims")["claims"][0]
    fix = {"speaker": "Ada Brandt", "countries": ["LVA"], "stance": "denies", "quote_type": "direct",
           "speaker_type": "person"}  # fmt: skip
    client.post(f"/api/claims/{claim['id']}/decision", {"decision": "accept", "corrections": fix, "seen": 0})
    assert client.get(f"/api/claims?{query}")["total"] == count


def test_who_only_counts_puts_nothing_in_order(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many thousands take longer to sort than a decision to save, and are counted after each."""
    listed = client.get("/api/claims?sort=-confidence")

    def refuse(*_: object) -> list[Entry]:
        raise AssertionError("nothing is to be sorted")

    monkeypatch.setattr(ClaimFilter, "sorted", refuse)
    counted = client.get("/api/claims?sort=confidence&limit=0")
    assert (counted["total"], counted["claims"]) == (listed["total"], [])


def test_every_filter_leaves_as_many_claims_as_its_option_says(client: Client) -> None:
    options = client.get("/api/filters")
    assert list(options) == [*(choice.name for choice in CHOICE_FILTERS), "assigned"]
    for name, values in options.items():
        for value, _, count in values:
            assert client.get(f"/api/claims?{urlencode({name: value})}")["total"] == count
    page = client.get("/")
    for choice in CHOICE_FILTERS:
        assert f'<select name="{choice.name}" data-any="{choice.any_label}">' in page


def test_events_have_no_stance_to_filter_by(client: Client) -> None:
    claim = client.get("/api/claims/" + client.get("/api/claims")["claims"][0]["id"])
    for claim_type in ("quote", "closure"):
        body = {"doc_id": claim["doc_id"], "claim_type": claim_type, "start": 0, "end": 8}
        added = client.post("/api/claims", {**body, "fields": {"stance": "denies"}})
        assert added["fields"]["stance"] == "denies"
    assert client.get("/api/filters")["stance"] == [["denies", "denies", 1]]
    assert [claim["kind"] for claim in client.get("/api/claims?stance=denies")["claims"]] == ["quote"]


@pytest.mark.parametrize("query", ["low=much", "offset=-1", "limit=x", "from=yesterday", "to=2025-02-30"])
def test_a_filter_that_is_no_number_or_day_is_said_so(client: Client, query: str) -> None:
    assert client.ask(f"/api/claims?{query}")[0] == 422


def test_sorting(client: Client) -> None:
    claims = client.get("/api/claims")["claims"]
    for number, name in ((2, "Zoe"), (1, "ada")):
        path = f"/api/claims/{claims[number]['id']}/decision"
        client.post(path, {"decision": "edit", "corrections": {"speaker": name}, "seen": 0})
    ids = [claim["id"] for claim in claims]
    by = {sort: [ids.index(claim["id"]) for claim in client.get(f"/api/claims?sort={sort}")["claims"]]
          for sort in ("article", "speaker", "confidence", "-confidence")}  # fmt: skip
    assert by["article"] == by["confidence"] == by["-confidence"] == [0, 1, 2, 3]
    assert by["speaker"] == [1, 2, 0, 3]


def test_weak_rows_are_filtered_and_come_last_until_decided() -> None:
    article = Article("d", "d", "a.txt", "The pier is shut, she said.", ())

    def entry(number: int, noise: str, stored: StoredDecision | None = None) -> Entry:
        claim = Claim(
            claim_type="quote", claim_text="The pier", confidence=0.5, noise=noise, claim_id=f"c{number}", doc_id="d",
            file="a.txt", start=0, end=8,
        )  # fmt: skip
        place = ArticleEntry("d", 0, "a.txt", "", "", None)
        return Entry.of(claim, stored, article, place, (0, number))

    accepted = StoredDecision(Decision("accept"), 1, ClaimSnapshot())
    entries = [entry(1, "unsure"), entry(2, ""), entry(3, "thin content", accepted), entry(4, "thin content")]
    in_order = [found.claim_id for found in ClaimFilter(sort="noise").sorted(entries)]
    assert in_order == ["c2", "c3", "c1", "c4"]
    counts = FilterCounts(entries)
    assert counts.options({})["noise"] == [
        ["weak", "weak for any reason", 3], ["thin content", "thin content", 2], ["unsure", "unsure", 1],
        ["no", "not weak", 1],
    ]  # fmt: skip
    counts.replace(entries[1], entry(2, "thin content"))
    assert counts.options({})["noise"] == [
        ["weak", "weak for any reason", 4], ["thin content", "thin content", 3], ["unsure", "unsure", 1],
    ]  # fmt: skip
    chosen = ClaimFilter({"noise": "thin content"}).apply(entries)
    assert [found.claim.claim_id for found in chosen] == ["c3", "c4"]


def test_an_article_comes_whole_in_code_points(client: Client) -> None:
    claim = client.get("/api/claims")["claims"][1]
    details = client.get(f"/api/claims/{claim['id']}")
    article = client.get(f"/api/articles/{details['doc_id']}")
    assert all(TEXT[block["start"] : block["end"]] == block["text"] for block in article["blocks"])
    ((start, end),) = details["spans"]["content"]
    assert TEXT[start:end] == "😀 Nobody goes there, he"


def test_a_decision_is_saved_at_once_with_who_and_when(client: Client) -> None:
    claim_id = client.get("/api/claims")["claims"][1]["id"]
    body = {"decision": "edit", "corrected_text": "Nobody goes", "note": "short", "reviewer": "Ben", "seen": 0}
    after = client.post(f"/api/claims/{claim_id}/decision", body)
    assert (after["decision"], after["version"], after["reviewer"]) == ("edit", 1, "Ben")
    assert TEXT[slice(*after["spans"]["content"][0])] == "Nobody goes"
    with open_store(Path("outputs")) as store:
        saved = store.decisions()[claim_id].decision
    assert saved == Decision("edit", "Nobody goes", "short", "Ben", after["decided_at"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", after["decided_at"])
    run()
    row = rows()[1]
    assert (row["decision"], row["corrected_text"], row["note"], row["reviewer"]) == (
        "edit",
        "Nobody goes",
        "short",
        "Ben",
    )
    undone = client.post(f"/api/claims/{claim_id}/undo", {"seen": 1})
    assert (undone["decision"], undone["note"], len(undone["history"])) == ("", "", 2)
    assert client.ask(f"/api/claims/{claim_id}/undo", {"seen": undone["version"]})[0] == 400


def test_corrections_are_checked_and_only_what_differs_is_kept(client: Client) -> None:
    claim_id = client.get("/api/claims")["claims"][0]["id"]
    path = f"/api/claims/{claim_id}/decision"
    wrong: list[tuple[str, Any]] = [
        ("speaker_country", "Atlantis"), ("event_status", "closed"), ("date_start", "31/12/2025"), ("place", "Oru"),
        ("speaker", 3), ("speaker_text", "the pilot"), ("claim_id", "c1"), ("date_end", "2025-02-30"),
        ("countries", ["X"]),
        ("speaker", "x" * 30_000), ("spans", {"content": [[1, 10_000]]}), ("spans", "here"),
    ]  # fmt: skip
    for field, value in wrong:
        status, answer, _ = client.ask(path, {"decision": "edit", "corrections": {field: value}, "seen": 0})
        assert (status, answer["field"]) == (422, field), answer
    for body in ({"decision": "maybe", "seen": 0}, {"decision": "accept"}, {"decision": 1, "seen": 0}, [1], b"{"):
        assert client.ask(path, body)[0] == 422
    both = {"date_start": "2025-02-03", "date_end": "2025-02-01"}
    assert client.ask(path, {"decision": "edit", "corrections": both, "seen": 0})[1]["field"] == "date_end"
    fix = {"speaker": "Ada", "speaker_text": "she", "place": ["Oru"], "cue": "", "date_start": "2025-02-03"}
    after = client.post(path, {"decision": "edit", "corrections": fix, "seen": 0})
    assert after["corrections"] == {"speaker": "Ada", "place": ["Oru"], "date_start": "2025-02-03"}
    assert after["machine"] == {"speaker": "", "place": [], "date_start": ""}
    assert after["fields"]["date_start"] == "2025-02-03"
    assert TEXT[slice(*after["spans"]["place"][0])] == "Oru"


def test_a_claim_that_was_missed_is_added(client: Client) -> None:
    claim = client.get("/api/claims/" + client.get("/api/claims")["claims"][0]["id"])
    start = TEXT.index("Nobody")
    body = {"doc_id": claim["doc_id"], "claim_type": "quote", "start": start - 1, "end": start + 12, "note": "missed"}
    added = client.post("/api/claims", {**body, "fields": {"speaker_text": "he", "speaker": "Ben", "place": ["Oru"]}})
    assert (added["added"], added["decision"], added["reviewer"], added["note"]) == (True, "accept", "Ana", "missed")
    assert TEXT[slice(*added["spans"]["content"][0])] == "Nobody goes"
    assert TEXT[slice(*added["spans"]["source"][0])] == "he"
    assert client.ask("/api/claims", {**body, "fields": {"speaker_text": "he"}})[0] == 400
    assert client.get("/api/claims")["all"] == 5
    run()
    (row,) = (row for row in rows() if row["rule"] == "reviewer")
    assert (row["claim_text"], row["speaker"], row["claim_id"], row["place"]) == (
        "Nobody goes",
        "Ben",
        added["id"],
        "Oru",
    )
    seen = client.get(f"/api/claims/{added['id']}")["version"]
    body = {"decision": "reject", "corrections": {"speaker": "Zoe"}, "seen": seen}
    after = client.post(f"/api/claims/{added['id']}/decision", body)
    assert (after["fields"]["speaker"], after["machine"]) == ("Zoe", {"speaker": "Ben"})


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"start": 5, "end": 5}, "start"), ({"start": "5"}, "start"), ({"end": 10_000}, "start"),
     ({"start": 43, "end": 47}, "start"), ({"claim_type": "rumour"}, "claim_type"), ({"fields": {"nose": "x"}}, "nose"),
     ({"fields": []}, "")],
)  # fmt: skip
def test_what_can_not_be_added_is_said_so(client: Client, wrong: Mapping[str, Any], field: str) -> None:
    claim = client.get("/api/claims/" + client.get("/api/claims")["claims"][0]["id"])
    body = {"doc_id": claim["doc_id"], "claim_type": "quote", "start": 0, "end": 8, "fields": {"speaker": ""}, **wrong}
    status, answer, _ = client.ask("/api/claims", body)
    assert (status, answer.get("field")) == ((201, None) if wrong == {"fields": []} else (422, field))


def test_the_second_reviewer_sees_what_the_first_decided(server: Server) -> None:
    ana, ben = opened(server), opened(server)
    claim_id = ana.get("/api/claims")["claims"][0]["id"]
    since = ben.get("/api/claims")["change"]
    path = f"/api/claims/{claim_id}/decision"
    ana.post(path, {"decision": "accept", "reviewer": "Ana", "seen": 0})
    status, answer, _ = ben.ask(path, {"decision": "reject", "reviewer": "Ben", "seen": 0})
    assert status == 409
    assert (answer["current"]["decision"], answer["current"]["reviewer"]) == ("accept", "Ana")
    assert "Ana" in answer["error"]
    changes = ben.get(f"/api/changes?since={since}")
    assert [(claim["id"], claim["decision"]) for claim in changes["claims"]] == [(claim_id, "accept")]
    assert ben.get(f"/api/changes?since={changes['change']}")["claims"] == []
    ben.post(path, {"decision": "reject", "reviewer": "Ben", "seen": answer["current"]["version"]})
    assert ana.get(f"/api/claims/{claim_id}")["decision"] == "reject"


def test_what_another_session_adds_is_seen(client: Client) -> None:
    claim = client.get("/api/claims/" + client.get("/api/claims")["claims"][0]["id"])
    with make_server(Path("outputs"), "Ben") as second_server:
        body = {"doc_id": claim["doc_id"], "claim_type": "quote", "start": 0, "end": 8, "fields": {}}
        added = opened(second_server).post("/api/claims", body)
    assert client.get("/api/claims")["all"] == 5
    assert client.get(f"/api/claims/{added['id']}")["reviewer"] == "Ben"


def test_a_run_while_the_page_is_open_is_seen(client: Client, corpus: Path) -> None:
    before = client.get("/api/claims")
    decide(number=2, decision="unsure", note="in the table")
    (corpus / "c.txt").write_text("The school reopens, she said.")
    run()
    after = client.get("/api/claims")
    assert (after["run"], after["all"], after["decided"]) == (before["run"] + 1, 5, 1)
    assert client.get(f"/api/claims/{after['claims'][2]['id']}")["note"] == "in the table"


def test_what_is_not_there_is_said_so(client: Client) -> None:
    assert client.ask("/api/claims/none")[0] == 404
    assert client.ask("/api/articles/none")[0] == 404
    assert client.ask("/api/claims/none/decision", {"decision": "accept", "seen": 0})[0] == 404
    assert client.ask("/api/claims", {"doc_id": "none", "claim_type": "quote"})[0] == 404


def test_choices_and_filters(client: Client) -> None:
    choices = client.get("/api/choices")
    assert ["LVA", "Latvia"] in choices["country"]
    assert "planned" in choices["event_status"]
    assert choices["claim_type"] == ["quote", "closure"]
    filters = client.get("/api/filters")
    assert filters["kind"] == [["quote", "quote", 4]]
    assert filters["article"] == [["corpus/a.txt", "corpus/a.txt", 3], ["corpus/b.txt", "corpus/b.txt", 1]]
    assert filters["decision"] == [["open", "open", 4]]


def test_the_server_ends_at_once(corpus: Path) -> None:
    (corpus / "a.txt").write_text(TEXT)
    run()
    with make_server(Path("outputs"), "Ana") as server:
        opened(server).get("/api/claims")
        began = time.monotonic()
    assert time.monotonic() - began < 5
    with pytest.raises(ConnectionError):
        Client(server).ask("/")


@pytest.mark.slow
def test_the_command_serves_until_it_is_interrupted(corpus: Path) -> None:
    (corpus / "a.txt").write_text(TEXT)
    run()
    command = [sys.executable, "-m", "pipeline", "review", "--no-browser", "--reviewer", "Zoe"]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PYTHONUNBUFFERED": "1"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=env, preexec_fn=interruptible, **pipes) as process:  # type: ignore[call-overload]
        address = re.fullmatch(r"Review: +http://127\.0\.0\.1:(\d+)/(\?token=.+)\n", process.stdout.readline())
        assert address
        with closing(http.client.HTTPConnection("127.0.0.1", int(address[1]))) as link:
            link.request("GET", f"/{address[2]}")
            assert link.getresponse().status == 200
        process.send_signal(signal.SIGINT)
        output, wrong = process.communicate(timeout=20)
    assert (process.returncode, wrong) == (0, "")
    assert "All decisions are kept" in output


def test_the_command_says_when_there_is_nothing_to_review(corpus: Path) -> None:
    result = CliRunner().invoke(app, ["review", "--no-browser"])
    assert isinstance(result.exception, ExtractError)
    assert result.exception.hint == "Run first: extract run"
