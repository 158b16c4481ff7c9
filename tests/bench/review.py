"""How fast the review page answers with many claims: opening it, deciding, filtering, adding, over real HTTP."""

from __future__ import annotations

import http.client
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.records import Article, Block, Claim, Result
from pipeline.review.server import Server, make_server
from pipeline.store import open_outputs
from tests.bench.results import describe_conditions, markdown_table
from tests.helpers.browser import launched
from tests.test_properties import SENTENCES

#: Claims in the store, and how many of them each article has.
CLAIMS = 20_000
CLAIMS_PER_ARTICLE = 20
#: How many times a decision is saved, and everything else is done.
DECISIONS = 200
OPENINGS = 10


def review_table() -> str:
    """A Markdown table of milliseconds, median and worst, of requests and of what a reviewer sees in Chromium.

    The store is a temporary folder with CLAIMS claims, the server a real one.
    """
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), CLAIMS)
        began = time.perf_counter()
        with make_server(Path(folder), "bench") as server:
            started = time.perf_counter() - began
            times = {**_time_requests(Client(server)), **_time_browser(server)}
            rows = [[name, *_summarize(milliseconds)] for name, milliseconds in times.items()]
    table = markdown_table(("milliseconds", "times", "median", "worst"), rows)
    return f"{table}\n\n{CLAIMS:,} claims, the server starts in {started:.1f} s. {describe_conditions()}"


def fill(outputs: Path, claims: int) -> None:
    """Keep a run with ``claims`` claims of our own sentences in the store of the folder ``outputs``."""
    with open_outputs(outputs) as store:
        results = store.open_results("bench")
        for number in range(claims // CLAIMS_PER_ARTICLE):
            results.keep(_make_result(number))
        results.finish()


def _make_result(number: int) -> Result:
    rng = random.Random(number)  # noqa: S311
    sentences = [rng.choice(SENTENCES) for _ in range(CLAIMS_PER_ARTICLE)]
    text = "\n\n".join((f"Article {number}", *sentences))
    doc_id, claims, offset = f"d{number}", [], text.index("\n") + 2
    for position, sentence in enumerate(sentences):
        span = (offset, offset + len(sentence))
        claims.append(
            Claim(
                claim_type="quote", speaker=f"Speaker {rng.randrange(300)}", claim_text=sentence, sentence=sentence,
                confidence=rng.random(), reason="of the benchmark", rule="bench", claim_id=f"c{number}x{position}",
                doc_id=doc_id, file=f"corpus/{number}.txt", start=span[0], end=span[1], spans={"content": (span,)},
                countries=(rng.choice(("LVA", "UGA", "AGO")),),
            )
        )  # fmt: skip
        offset = span[1] + 2
    article = Article(doc_id, f"article {number}", f"corpus/{number}.txt", text, (Block(0, len(text), "body"),))
    return Result(article, tuple(claims), (), (), len(text.split()))


class Client:
    """Sends what the page sends, over one connection, signed in as the page is."""

    def __init__(self, server: Server) -> None:
        self._connection = http.client.HTTPConnection(*server.address)
        self._headers = {"Content-Type": "application/json"}
        answer = self._send("GET", "/" + server.new_url().rpartition("/")[2])
        self._headers["Cookie"] = answer.getheader("set-cookie", "").partition(";")[0]
        answer.read()
        page = self._send("GET", "/").read().decode()
        self._headers["X-Newsclaims"] = page.partition('name="csrf" content="')[2].partition('"')[0]

    def _send(self, method: str, path: str, body: Any = None) -> http.client.HTTPResponse:
        self._connection.request(method, path, body and json.dumps(body), self._headers)
        return self._connection.getresponse()

    def get(self, path: str) -> Any:
        """The answer, parsed when it is JSON. Raises RuntimeError for a status of 400 and more."""
        return self._read(self._send("GET", path))

    def post(self, path: str, body: Any) -> Any:
        """The answer, parsed when it is JSON. Raises RuntimeError for a status of 400 and more."""
        return self._read(self._send("POST", path, body))

    def _read(self, answer: http.client.HTTPResponse) -> Any:
        body = answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{answer.status}: {body.decode()}")
        return json.loads(body) if answer.getheader("content-type") == "application/json" else body


def _time_requests(client: Client) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {}

    def time_work(name: str, work: Callable[[], Any]) -> None:
        began = time.perf_counter()
        work()
        times.setdefault(name, []).append(1000 * (time.perf_counter() - began))

    def open_page() -> None:
        client.get("/")
        client.get("/api/choices")
        client.get("/api/filters")
        first = client.get("/api/claims?limit=100")["claims"][0]["id"]
        client.get("/api/articles/" + client.get(f"/api/claims/{first}")["doc_id"])

    for _ in range(OPENINGS):
        time_work("the page opens (six requests)", open_page)
        time_work("a filtered, sorted list", lambda: client.get("/api/claims?text=mine&country=LVA&sort=-confidence"))
    for number in range(DECISIONS):
        path = f"/api/claims/c{number}x{number % CLAIMS_PER_ARTICLE}"
        body = {"decision": "accept", "note": "seen", "seen": 0}
        time_work("a decision is saved", lambda path=path, body=body: client.post(f"{path}/decision", body))  # type: ignore[misc]
    for number in range(OPENINGS):
        body = {"doc_id": f"d{number}", "claim_type": "quote", "start": 0, "end": 7}
        time_work("a claim is added", lambda body=body: client.post("/api/claims", body))  # type: ignore[misc]
        time_work("what others changed", lambda: client.get("/api/changes?since=0"))
    return times


def _time_browser(server: Server) -> dict[str, list[float]]:
    """Until the first claim can be read, in sessions of one browser; until the next claim stands there."""
    current_line = ".line[aria-current]"
    opening, deciding = [], []
    with launched() as browser:
        for _ in range(OPENINGS):
            with browser.new_context(reduced_motion="reduce") as context:
                page = context.new_page()
                began = time.perf_counter()
                page.goto(server.new_url())
                page.wait_for_selector(current_line)
                opening.append(1000 * (time.perf_counter() - began))
                before = page.get_attribute(current_line, "data-id")
                began = time.perf_counter()
                page.keyboard.press("a")
                page.wait_for_selector(f"{current_line}:not([data-id='{before}'])")
                deciding.append(1000 * (time.perf_counter() - began))
    return {"in Chromium: the page opens": opening, "in Chromium: decided, the next claim shown": deciding}


def _summarize(times: list[float]) -> list[str]:
    return [str(len(times)), f"{statistics.median(times):,.0f}", f"{max(times):,.0f}"]
