"""Text in the review page and in report.html: marked where it stands, by code points, and never run."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.review.server import make_server
from tests.helpers.browser import select, visiting
from tests.helpers.review import ROOT, click_line, expect_status, get, press, ready, run_corpus, settle, shown_claim_id

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.model
PAGE = ROOT / "pipeline" / "review" / "page"


#: JavaScript that returns every claim of the list with all its details, and the articles by their id.
_ALL = """async () => {
  const get = async (path) => (await fetch(path)).json();
  const { claims } = await get("/api/claims");
  const details = await Promise.all(claims.map(({ id }) => get(`/api/claims/${id}`)));
  const ids = [...new Set(details.map(({ doc_id }) => doc_id))];
  const articles = await Promise.all(ids.map(async (id) => [id, await get(`/api/articles/${id}`)]));
  return [details, Object.fromEntries(articles)];
}"""
#: JavaScript that returns what the article's pane shows: the text of each block, the words that each role's marks hold,
#: how many marks lie in others, and whether the claim's words are in view.
_SHOWN = """roles => {
  const pane = document.getElementById("article-text");
  const { top, bottom } = pane.getBoundingClientRect();
  const words = role => [...pane.querySelectorAll(`mark.${role}`)].map(mark => mark.textContent).join("");
  const first = pane.querySelector("mark.content").getBoundingClientRect();
  return {
    blocks: [...pane.querySelectorAll(".block")].map(block => block.textContent),
    marks: Object.fromEntries(roles.map(role => [role, words(role)])),
    nested: document.querySelectorAll("mark mark").length,
    inView: top <= first.top && first.top < bottom,
  };
}"""


def test_every_claim_is_marked_where_it_stands(page: Page) -> None:
    claims, articles = page.evaluate(_ALL)
    assert len(claims) > 50
    for claim in claims:
        assert shown_claim_id(page) == claim["id"]
        assert check_marks(page, claim, articles[claim["doc_id"]])["inView"]
        page.keyboard.press("j")
        settle(page)
    assert page.evaluate("[scrollX, scrollY]") == [0, 0]


def check_marks(page: Page, claim: dict[str, Any], article: dict[str, Any]) -> dict[str, Any]:
    """Every role's marks hold exactly its words, and every block's text is the article's; what is shown."""
    spans = {"content": [[claim["start"], claim["end"]]], **claim["spans"]}
    shown: dict[str, Any] = page.evaluate(_SHOWN, list(spans))
    assert shown["blocks"] == [block["text"] for block in article["blocks"]]
    for role, places in spans.items():
        inside = {offset for start, end in places for offset in range(start, end)}
        words = "".join(
            char
            for block in article["blocks"]
            for offset, char in enumerate(block["text"], block["start"])
            if offset in inside
        )
        assert shown["marks"][role] == words, role
    assert not shown["nested"]
    return shown


ODD = (
    "👩🏽‍🚒 Zażółć e\u0301te\u0301 in Larnhaven 🛳\r\n\r\n"
    "The Harrow company will close its ferry terminal in Larnhaven 🛳, Norway, in June, mayor Ada Brandt said\r\n"
    "on Tuesday. 👩🏽‍🚒 “We have no choice,” Brandt said. “The bank de\u0301cided 😀 it.”\r\n\r\n"
    "👩🏽‍🚒 Brandt warned that the school in Larnhaven could also close, and that 😀 nobody had been told.\r\n"
)


def test_marks_and_selections_count_code_points(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "odd.txt").write_bytes(ODD.encode())
    corpus_run = run_corpus()
    with make_server(corpus_run.outputs, "Ana") as server, visiting(browser, server.new_url()) as visit:
        page = visit.page
        ready(page)
        claims, articles = page.evaluate(_ALL)
        assert {claim["kind"] for claim in claims} == {"quote", "closure"}
        for claim in claims:
            click_line(page, f'[data-id="{claim["id"]}"]')
            check_marks(page, claim, articles[claim["doc_id"]])
        press(page, "m", "Adding")
        select(page, "😀 nobody had been told")
        expect_status(page, "Words: 😀 nobody had been told")
        page.keyboard.press("Control+Enter")
        expect_status(page, "Added and saved")
        claim = get(page, f"/api/claims/{shown_claim_id(page)}")
        assert ODD[claim["start"] : claim["end"]] == "😀 nobody had been told"
        assert not visit.trouble


PAYLOADS = (
    "<script>window.ran = 1</script>",
    "</script><script>window.ran = 1</script>",
    "<img src=//evil.example/x onerror=window.ran=1>",
    '" autofocus onfocus=window.ran=1 x="',
    "javascript:window.ran=1",
)


def test_no_article_runs_in_the_pages(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, payload in enumerate(PAYLOADS):
        name = f"{number} {payload}.txt".replace("/", "\u2215")
        text = (
            f"---\ntitle: {json.dumps(payload)}\npublisher: {json.dumps(payload)}\nurl: {json.dumps(payload)}\n---\n"
            "The Harrow company of Larnhaven has many workers and a long history in the town.\n\n"
            f"The company will close its plant in Larnhaven, mayor Ada {payload} Brandt said on Tuesday.\n\n"
            f'"We have no choice {payload} and no money," Brandt said. {payload}\n'
        )
        (corpus / name).write_text(text, encoding="utf-8")
    corpus_run = run_corpus()
    with make_server(corpus_run.outputs, f"Ana {PAYLOADS[2]}") as server, visiting(browser, server.new_url()) as visit:
        page = visit.page
        ready(page)
        claims = get(page, "/api/claims")["claims"]
        assert len({claim["file"] for claim in claims}) == len(PAYLOADS)
        assert any("<script>" in claim["words"] for claim in claims)
        for claim in claims:
            click_line(page, f'[data-id="{claim["id"]}"]')
            assert page.locator("#article-head a").count() == 0
            page.keyboard.press("n")
            page.keyboard.insert_text(PAYLOADS[2])
            page.keyboard.press("Enter")
            expect_status(page, "Note saved.")
            press(page, "e", "Editing")
            page.keyboard.press("Escape")
            expect_status(page, "Form closed.")
        assert page.locator("#article-text script, #article-text img, #claim img, #list img").count() == 0
        assert page.evaluate("window.ran") is None
        assert not visit.trouble
    corpus_run.rerun()
    report = (corpus_run.outputs / "report.html").resolve().as_uri()
    with visiting(browser, report) as visit:
        visit.page.wait_for_selector("h1")
        for summary in visit.page.locator("details.article > summary").all():
            summary.click()
        assert "<script>window.ran" in (visit.page.text_content("body") or "")
        assert visit.page.evaluate("window.ran") is None
        assert not [line for line in visit.trouble if not line.startswith("request: file:")]


def test_no_script_makes_markup_of_text() -> None:
    scripts = sorted(PAGE.glob("*.js"))
    assert scripts
    for file in scripts:
        source = file.read_text(encoding="utf-8")
        assert not re.search(r"(inner|outer|Adjacent)HTML|document\.write|\beval\b|new Function|\.style\b", source)
        assert len(source.splitlines()) <= 400
        assert not re.search(r"(?:from|import\()\s*[\"'](?!\./)", source)
    html = (PAGE / "review.html").read_text(encoding="utf-8")
    assert not re.search(r"\son\w+=|\sstyle=|javascript:|https?://", html)
    assert "@import" not in (PAGE / "review.css").read_text(encoding="utf-8")
