"""The whole article marked at once: all its claims by decision, overlapping ones, and sentences that were missed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.review.server import make_server
from tests.helpers.browser import visiting
from tests.helpers.review import expect_status, press, ready, settle, shown_claim_id
from tests.helpers.store import read_once

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TEXT = (
    "The mine in Oru closes on Friday, she said.\n\nNobody goes there, he said. Ada Brandt warns of floods. "
    "Boats lie in the harbour.\n\nAccording to the mayor, rents rise.\n"
)


def marked(page: Page, classes: str) -> list[str]:
    """The words in the article's marks that have all these classes."""
    return page.locator(f"#article-text mark.{classes}").all_text_contents()


def test_all_claims_are_marked_and_lead_to_themselves(browser: Browser, corpus: Path) -> None:
    read_once(corpus, TEXT)
    with make_server(Path("outputs"), "Ana") as server, visiting(browser, server.new_url()) as visit:
        page = visit.page
        ready(page)
        first = shown_claim_id(page)
        assert marked(page, "content") == ["The mine in Oru closes on Friday, she"]
        assert marked(page, "claimed.open") == ["Nobody goes there, he"]
        press(page, "r", "Rejected")
        assert marked(page, "claimed.reject") == ["The mine in Oru closes on Friday, she"]
        assert marked(page, "content") == ["Nobody goes there, he"]
        legend = page.locator("#legend").inner_text()
        assert "rejected" in legend
        page.click("#article-text mark.claimed.reject")
        settle(page)
        assert shown_claim_id(page) == first
        assert marked(page, "content") == ["The mine in Oru closes on Friday, she"]

        page.evaluate("document.getElementById('status').textContent = ''")
        page.check("#missed")
        assert page.text_content("#missed-count") == " (2)"
        assert "missed=yes" in page.url
        press(page, "x", "Sentence 1 of 2 with a reporting verb and no claim.")
        assert [words.strip() for words in marked(page, "missed.chosen")] == ["Ada Brandt warns of floods."]
        press(page, "m", "Adding a claim")
        assert page.input_value("#words") == "Ada Brandt warns of floods."
        page.fill("#words", "Brandt warns of")
        page.keyboard.press("Control+Enter")
        expect_status(page, "Added and saved")
        settle(page)
        assert page.text_content("#missed-count") == " (1)"
        press(page, "m", "Adding a claim")
        page.fill("#words", "Nobody goes there, he said. Ada Brandt warns of floods.")
        page.keyboard.press("Control+Enter")
        expect_status(page, "Added and saved")
        settle(page)
        press(page, "x", "Sentence 1 of 1")
        assert [words.strip() for words in marked(page, "missed")] == ["According to the mayor, rents rise."]
        wide = shown_claim_id(page)
        inner = page.locator("#article-text mark.content.claimed")
        assert inner.all_text_contents() == ["Nobody goes there, he", "Brandt warns of"]
        inner.last.click()
        settle(page)
        assert shown_claim_id(page) != wide
        assert marked(page, "content") == ["Brandt warns of"]
        page.click("#article-text mark.content.claimed")
        settle(page)
        assert shown_claim_id(page) == wide
        page.uncheck("#all-claims")
        assert marked(page, "claimed") == []
        page.reload()
        ready(page)
        settle(page)
        assert not page.is_checked("#all-claims")
        assert page.is_checked("#missed")
        assert marked(page, "claimed") == []
        assert not visit.trouble
