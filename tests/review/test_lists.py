"""The lists of claims and articles: what is added, undone, counted, searched for and opened stands as it should."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.review.server import make_server
from tests.helpers.browser import select, visiting
from tests.helpers.review import click_line, expect_status, get, press, ready, settle, shown_claim_id
from tests.helpers.store import decide, read_once, rows, run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LONG_NAME = "a" * 120 + ".txt"
FIRST = "The mine in Oru closes on Friday, she said.\n\nNobody goes there, he said. Trucks still use the road.\n"
SILENT = "The harbour of Larn is quiet in winter.\n\nIts mayor, Ada Brandt, keeps two boats.\n"
LAST = "The pier is shut, they said.\n"
_LINES = "[...document.querySelectorAll('#list .what')].map((words) => words.textContent)"


@pytest.fixture
def three(corpus: Path) -> None:
    """A run over an article with two claims, one without any, and one with one claim and a long name."""
    (corpus / "b.txt").write_text(SILENT)
    (corpus / LONG_NAME).write_text(LAST)
    read_once(corpus, FIRST)


def add(page: Page, words: str) -> None:
    """Add a claim of these words of the article that is shown."""
    press(page, "m", "Adding a claim")
    select(page, words)
    expect_status(page, f"Words: {words}")
    page.keyboard.press("Control+Enter")
    expect_status(page, "Added and saved")
    settle(page)


@pytest.mark.usefixtures("three")
def test_what_is_added_stands_in_its_place_and_undo_takes_it_away(browser: Browser) -> None:
    with make_server(Path("outputs"), "Ana") as server, visiting(browser, server.new_url()) as visit:
        page = visit.page
        ready(page)
        lines = page.evaluate(_LINES)
        assert len(lines) == 3
        click_line(page, ".line:has-text('The mine in Oru')")
        add(page, "Trucks still use the road")
        place = lines.index("Nobody goes there, he") + 1
        assert page.evaluate(_LINES) == [*lines[:place], "Trucks still use the road", *lines[place:]]
        assert page.text_content("#count") == "1 of 4 decided"
        added = shown_claim_id(page)
        run()
        assert added in {row["claim_id"] for row in rows()}
        press(page, "u", "Undone. The claim that was added is gone.")
        assert page.evaluate(_LINES) == lines
        assert page.text_content("#count") == "0 of 3 decided"
        page.wait_for_selector("#matching:text-is('3 claims')")
        run()
        assert added not in {row["claim_id"] for row in rows()}
        assert added not in Path("outputs/report.html").read_text(encoding="utf-8")

        page.click("[data-list=articles]")
        page.wait_for_selector("#article-count:has-text('3 of 3 articles, 0 wholly decided')")
        page.click("#article-list .line:has-text('no claims')")
        expect_status(page, "This article has no claims.")
        assert "two boats" in (page.text_content("#article-text") or "")
        assert "doc=" in page.url
        page.reload()
        page.wait_for_selector("#article-text:has-text('two boats')")
        settle(page)
        page.evaluate("document.getElementById('status').textContent = ''")
        page.keyboard.press("m")
        expect_status(page, "Adding a claim")
        select(page, "keeps two boats")
        page.keyboard.press("Control+Enter")
        expect_status(page, "Added and saved")
        page.wait_for_selector("#article-count:has-text('1 wholly decided')")
        page.keyboard.press("u")
        expect_status(page, "is gone")
        page.wait_for_selector("#article-list .line[aria-current]:has-text('no claims')")
        assert "two boats" in (page.text_content("#article-text") or "")
        assert not visit.trouble


@pytest.mark.usefixtures("three")
def test_counts_follow_decisions_and_searched_words_are_marked(browser: Browser) -> None:
    with make_server(Path("outputs"), "Ana") as server, visiting(browser, server.new_url()) as visit:
        page = visit.page
        ready(page)
        page.fill("#text", "ROAD oru nobody")
        page.wait_for_selector("#none:not([hidden])")
        page.fill("#text", "the MINE")
        expect_status(page, "1 claim in this list, 0 decided")
        settle(page)
        for place in ("#list .what", "#claim-body blockquote", "#article-text"):
            marked = [words.casefold() for words in page.locator(f"{place} mark.found").all_text_contents()]
            assert {"the", "mine"} <= set(marked), place
        page.fill("#text", "")
        expect_status(page, "3 claims")
        page.keyboard.press("Escape")
        settle(page)
        assert page.locator("mark.found").count() == 0
        page.select_option('[name="decision"]', "open")
        expect_status(page, "3 claims in this list, 0 decided")
        press(page, "a", "Accepted")
        page.wait_for_selector("#matching:has-text('2 claims in this list, 0 decided')")
        page.wait_for_selector('[name="decision"] option:has-text("accepted (1)")', state="attached")
        assert page.locator(".line").count() == 3
        assert not visit.trouble


@pytest.mark.usefixtures("three")
def test_what_is_typed_into_the_table_is_told_and_read_when_asked(browser: Browser) -> None:
    with make_server(Path("outputs"), "Ana") as server, visiting(browser, server.new_url()) as visit:
        page = visit.page
        ready(page)
        claim_id = decide(number=0, decision="reject", reviewer="Ben")
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.wait_for_selector("[data-alert=tables]:has-text('claims.csv was edited since the last run.')")
        page.click("text=Read it now")
        expect_status(page, "Read: 1 decision is new or changed.")
        page.wait_for_selector(f'[data-id="{claim_id}"].reject')
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        settle(page)
        assert page.locator("[data-alert=tables]").count() == 0
        run()
        assert rows()[0]["decision"] == "reject"
        assert get(page, "/api/changes?since=0")["edited_tables"] == []
        assert not visit.trouble


@pytest.mark.usefixtures("three")
def test_a_wrong_address_shows_a_page_and_the_report_fits_a_phone(browser: Browser) -> None:
    size = {"width": 390, "height": 800}
    with make_server(Path("outputs"), "Ana") as server, visiting(browser, server.new_url(), viewport=size) as visit:
        page = visit.page
        ready(page)
        for path in ("/nothing", "/api/claims/none", "/static/none.js"):
            answer = page.goto(f"http://127.0.0.1:{server.port}{path}")
            assert answer
            assert (answer.status, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
            assert page.locator("h1").count() == 1
        page.click("text=Open the review")
        ready(page)
        page.context.clear_cookies()
        for path in ("/", "/events", "/?token=used"):
            answer = page.goto(f"http://127.0.0.1:{server.port}{path}")
            assert answer
            assert answer.status == 403
            assert "press enter" in (page.text_content("main") or "").lower()
        page.goto(Path("outputs/report.html").resolve().as_uri())
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
