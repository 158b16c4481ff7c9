"""Many claims at once, views, linked claims and citations in a real browser, by keyboard where there is a key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.review.server import Server, make_server
from tests.bench.review import fill
from tests.helpers.browser import visiting
from tests.helpers.review import click_line, expect_status, get, press, ready, reload, settle, shown_claim_id

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_five_hundred_are_decided_and_undone_as_one_step(browser: Browser, tmp_path: Path) -> None:
    fill(tmp_path, 700)
    with make_server(tmp_path, "Ana") as server, visiting(browser, server.new_url()) as visit:
        page = visit.page
        ready(page)
        press(page, "r", "Rejected")
        press(page, "t", "Ticked: 1 in all.")
        page.locator("#list .tick").nth(5).check()
        page.keyboard.press("b")
        page.wait_for_selector("#bulk-step:has-text('2 claims are not decided yet.')")
        page.check("#bulk [value=all]")
        page.wait_for_selector("#bulk-step:has-text('699 claims are not decided yet. 1 claim of them is decided')")
        page.keyboard.press("a")  # no key decides anything behind a dialog
        page.click("[data-bulk=accept]")
        page.wait_for_selector("#bulk-yes:has-text('Accept 699 claims')")
        page.keyboard.press("Enter")
        expect_status(page, "699 claims accepted, saved as one step. u undoes them.")
        assert page.text_content("#count") == "700 of 700 decided"
        assert page.locator("#list .line.accept").count() > 50
        assert page.locator("#list .tick:checked").count() == 0
        press(page, "u", "Undone: 699 claims are as before.")
        assert page.text_content("#count") == "1 of 700 decided"
        press(page, "u", "Undone. The claim is undecided again.")
        page.keyboard.press("b")
        page.click("[data-bulk=unsure]")
        page.click("#bulk-yes")
        expect_status(page, "700 claims unsure, saved as one step.")
        reload(page)
        ready(page)
        press(page, "j")
        page.click("text=Undo all 700 of this step")
        expect_status(page, "Undone: 700 claims are as before.")

        page.fill("#text", "mine")
        page.keyboard.press("Escape")
        expect_status(page, "claims in this list")
        page.click("#save-view")
        page.fill("#view-name", "about mines")
        page.keyboard.press("Enter")
        expect_status(page, "Saved as the view")
        page.select_option("#views", "not decided, least sure first")
        settle(page)
        assert "decision=open&sort=confidence" in page.url
        assert page.input_value("#text") == ""
        page.select_option("#views", "about mines")
        settle(page)
        assert page.input_value("#text") == "mine"
        reload(page)
        ready(page)
        settle(page)
        assert page.input_value("#views") == "about mines"
        page.click("#delete-view")
        expect_status(page, "is deleted")
        assert page.input_value("#views") == ""
        assert not visit.trouble


@pytest.mark.model
def test_a_quote_and_the_closing_in_it_are_decided_together_and_cited(browser: Browser, review: Server) -> None:
    with visiting(browser, review.new_url()) as visit:
        page = visit.page
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        ready(page)
        click_line(page, ".line:has-text('that the site could be closed in 2026')")
        quote = shown_claim_id(page)
        (closing,) = get(page, f"/api/claims/{quote}")["linked"]
        assert closing["kind"] == "closure"
        assert "not decided" in (page.text_content(".together") or "")
        assert page.get_attribute(".trust details", "open") is None
        press(page, "c", "Copied: ")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("“that the site could be closed in 2026” (")
        assert "13 November 2024" in copied
        press(page, "a", "Accepted")
        page.wait_for_selector("#offer:has-text('The closure in that quote is still open')")
        page.keyboard.press("w")
        expect_status(page, "Accepted, too, saved.")
        assert get(page, f"/api/claims/{closing['id']}")["decision"] == "accept"
        press(page, "u", "Undone: 1 claim is as before.")
        click_line(page, f'[data-id="{quote}"]')
        page.click(".linked")
        settle(page)
        assert shown_claim_id(page) == closing["id"]
        assert page.text_content("#linked-name") == "Said in"
        page.context.clear_permissions()
        assert not visit.trouble
