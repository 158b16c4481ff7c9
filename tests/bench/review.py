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
from tests.bench.results import conditions, markdown_table
from tests.helpers.browser import launched, visiting
from tests.test_properties import SENTENCES

CLAIMS, PER_ARTICLE = 20_000, 20
DECISIONS, OPENINGS = 200, 10


def review_table() -> str:
    """Milliseconds of each request, median and worst, with CLAIMS claims in the store of a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), CLAIMS)
        began = time.perf_counter()
        with make_server(Path(folder), "bench") as server:
            started = time.perf_counter() - began
            times = {**_requests(_Page(server)), **_in_browser(server)}
            rows = [[name, *_figures(each)] for name, each in times.items()]
    table = markdown_table(("milliseconds", "times", "median", "worst"), rows)
    return f"{table}\n\n{CLAIMS:,} claims, the server starts in {started:.1f} s. {conditions()}"


def fill(outputs: Path, claims: int) -> None:
    """Put a run with so many claims of our own sentences into a folder's store."""
    with open_outputs(outputs) as store:
        results = store.open_results("bench")
        for number in range(claims // PER_ARTICLE):
            results.keep(_result(number))
        results.finish()


def _result(number: int) -> Result:
    dice = random.Random(number)  # noqa: S311
    sentences = [dice.choice(SENTENCES) for _ in range(PER_ARTICLE)]
    text = "\n\n".join((f"Article {number}", *sentences))
    doc_id, claims, at = f"d{number}", [], text.index("\n") + 2
    for position, sentence in enumerate(sentences):
        span = (at, at + len(sentence))
        claims.append(
            Claim(
                claim_type="quote", speaker=f"Speaker {dice.randrange(300)}", claim_text=sentence, sentence=sentence,
                confidence=dice.random(), reason="of the benchmark", rule="bench", claim_id=f"c{number}x{position}",
                doc_id=doc_id, file=f"corpus/{number}.txt", start=span[0], end=span[1], spans={"content": (span,)},
                countries=(dice.choice(("LVA", "UGA", "AGO")),),
            )
        )  # fmt: skip
        at = span[1] + 2
    article = Article(doc_id, f"article {number}", f"corpus/{number}.txt", text, (Block(0, len(text), "body"),))
    return Result(article, tuple(claims), (), (), len(text.split()))


class _Page:
    """The requests of the page, one connection, each timed."""

    def __init__(self, server: Server) -> None:
        self._link = http.client.HTTPConnection(*server.address)
        self._headers = {"Content-Type": "application/json"}
        answer = self._send("GET", "/" + server.url.rpartition("/")[2])
        self._headers["Cookie"] = answer.getheader("set-cookie", "").partition(";")[0]
        answer.read()
        page = self._send("GET", "/").read().decode()
        self._headers["X-Newsclaims"] = page.partition('name="csrf" content="')[2].partition('"')[0]

    def _send(self, method: str, path: str, body: Any = None) -> http.client.HTTPResponse:
        self._link.request(method, path, body and json.dumps(body), self._headers)
        return self._link.getresponse()

    def get(self, path: str) -> Any:
        """What is answered; raises when it isn't well."""
        return self._read(self._send("GET", path))

    def post(self, path: str, body: Any) -> Any:
        """What is answered; raises when it isn't well."""
        return self._read(self._send("POST", path, body))

    def _read(self, answer: http.client.HTTPResponse) -> Any:
        body = answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{answer.status}: {body.decode()}")
        return json.loads(body) if answer.getheader("content-type") == "application/json" else body


def _requests(page: _Page) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {}

    def timed(name: str, work: Callable[[], Any]) -> None:
        began = time.perf_counter()
        work()
        times.setdefault(name, []).append(1000 * (time.perf_counter() - began))

    def opened() -> None:
        page.get("/")
        page.get("/api/choices")
        page.get("/api/filters")
        first = page.get("/api/claims?limit=100")["claims"][0]["id"]
        page.get("/api/articles/" + page.get(f"/api/claims/{first}")["doc_id"])

    for _ in range(OPENINGS):
        timed("the page opens (six requests)", opened)
        timed("a filtered, sorted list", lambda: page.get("/api/claims?text=mine&country=LVA&sort=-confidence"))
    for number in range(DECISIONS):
        path = f"/api/claims/c{number}x{number % PER_ARTICLE}"
        body = {"decision": "accept", "note": "seen", "seen": 0}
        timed("a decision is saved", lambda path=path, body=body: page.post(f"{path}/decision", body))  # type: ignore[misc]
    for number in range(OPENINGS):
        body = {"doc_id": f"d{number}", "claim_type": "quote", "start": 0, "end": 7}
        timed("a claim is added", lambda body=body: page.post("/api/claims", body))  # type: ignore[misc]
        timed("what others changed", lambda: page.get("/api/changes?since=0"))
    return times


def _in_browser(server: Server) -> dict[str, list[float]]:
    """Until the first claim can be read, in sessions of one browser; until the next claim stands there."""
    shown = ".line[aria-current]"
    opening, deciding = [], []
    with launched() as browser:
        for _ in range(OPENINGS):
            with visiting(browser, "about:blank") as visit:
                began = time.perf_counter()
                visit.page.goto(server.url)
                visit.page.wait_for_selector(shown)
                opening.append(1000 * (time.perf_counter() - began))
                before = visit.page.get_attribute(shown, "data-id")
                began = time.perf_counter()
                visit.page.keyboard.press("a")
                visit.page.wait_for_selector(f"{shown}:not([data-id='{before}'])")
                deciding.append(1000 * (time.perf_counter() - began))
    return {"in Chromium: the page opens": opening, "in Chromium: decided, the next claim shown": deciding}


def _figures(times: list[float]) -> list[str]:
    return [str(len(times)), f"{statistics.median(times):,.0f}", f"{max(times):,.0f}"]
