"""A key on the review page acts on the claim that is shown, or on nothing; words that are no decision break nothing."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.review.server import Server
from tests.helpers.browser import Visit, visiting
from tests.helpers.review import CorpusRun, click_line, expect_status, get, press, ready, reload, settle, shown_claim_id

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.model
_DECIDED_BY_BEN = """async (id) => {
  const csrf = document.querySelector('meta[name="csrf"]').content;
  const headers = { "Content-Type": "application/json", "X-Newsclaims": csrf };
  const body = JSON.stringify({ decision: "unsure", reviewer: "Ben", seen: 0 });
  await fetch(`/api/claims/${id}/decision`, { method: "POST", headers, body });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
_BREAK = """([path, broken]) => {
  const { fetch } = window;
  window.mend = () => { window.fetch = fetch; };
  window.fetch = async (asked, ...options) => {
    const answer = await fetch(asked, ...options);
    return asked === path ? new Response(JSON.stringify({ ...(await answer.json()), ...broken })) : answer;
  };
}"""
_LINES = "[...document.querySelectorAll('.line')].map((line) => line.dataset.id)"


def break_claim(page: Page, claim_id: str, **broken: Any) -> None:
    """From now on the page gets an answer for a claim that has these values, which can't be drawn.

    The page's own ``fetch`` is put in between: a request made while a route of the browser is held can time out.
    """
    page.evaluate(_BREAK, [f"/api/claims/{claim_id}", broken])


def decided(page: Page) -> dict[str, str]:
    """The decisions that the server has, by claim id."""
    claims = get(page, "/api/claims?limit=1000")["claims"]
    return {claim["id"]: claim["decision"] for claim in claims if claim["decision"]}


@pytest.mark.parametrize("broken", [{"fields": None}, {"history": [None]}, {"spans": {"cue": 7}}])
def test_after_an_error_in_drawing_no_key_decides_any_claim(page: Page, broken: dict[str, Any]) -> None:
    first, second, third = page.evaluate(_LINES)[:3]
    assert shown_claim_id(page) == first
    break_claim(page, second, **broken)
    page.keyboard.press("j")
    page.wait_for_selector('[data-alert=failed]:has-text("can\'t be shown")')
    assert page.text_content("#claim-name") == "This claim can't be shown"
    assert page.locator("#article-text").inner_text() == ""
    for key in "arsenm":
        page.keyboard.press(key)
    page.click('[data-act="reject"]', force=True)
    settle(page)
    page.keyboard.press("j")
    page.wait_for_selector(f'[data-id="{third}"][aria-current]')
    assert decided(page) == {}
    press(page, "r", "Rejected")
    assert decided(page) == {third: "reject"}


def test_a_decision_is_said_to_be_saved_though_the_next_claim_fails(page: Page) -> None:
    first, second, *_ = page.evaluate(_LINES)
    break_claim(page, second, fields=None)
    page.keyboard.press("a")
    expect_status(page, "Accepted, saved.")
    page.wait_for_selector("[data-alert=failed]")
    page.keyboard.press("r")
    assert decided(page) == {first: "accept"}
    page.evaluate("window.mend()")
    click_line(page, f'[data-id="{second}"]')
    press(page, "r", "Rejected")
    assert decided(page) == {first: "accept", second: "reject"}


def test_another_version_that_can_not_be_drawn_is_not_decided_on(page: Page) -> None:
    first = shown_claim_id(page)
    break_claim(page, first, history=[None])
    page.evaluate(_DECIDED_BY_BEN, first)
    page.wait_for_selector("[data-alert=failed]")
    page.keyboard.press("a")
    page.keyboard.press("e")
    assert decided(page) == {first: "unsure"}


def test_a_form_that_can_not_be_drawn_leaves_the_claim(page: Page) -> None:
    first, second, *_ = page.evaluate(_LINES)
    page.route("**/api/choices", lambda route: route.fulfill(json={"country": []}))
    reload(page)
    ready(page)
    page.keyboard.press("e")
    page.wait_for_selector("[data-alert=failed]")
    assert page.is_visible("#claim-name")
    press(page, "a", "Accepted, saved. Next")
    assert shown_claim_id(page) == second
    assert decided(page) == {first: "accept"}


def test_a_key_pressed_before_the_next_claim_is_shown_does_not_decide_it(page: Page) -> None:
    first, second, *_ = page.evaluate(_LINES)
    held: list[Route] = []
    page.route("**/decision", lambda route: held.append(route))
    page.keyboard.press("a")
    page.keyboard.press("r")
    page.keyboard.press("e")
    while not held:  # until the page's request has come here
        page.wait_for_timeout(10)
    held[0].continue_()
    expect_status(page, "before this claim was shown")
    page.unroute("**/decision")
    assert len(held) == 1
    assert shown_claim_id(page) == second
    assert decided(page) == {first: "accept"}
    press(page, "r", "Rejected")
    assert decided(page) == {first: "accept", second: "reject"}


@pytest.fixture
def words_in_table(corpus_run: CorpusRun) -> list[str]:
    """The first claims of the table decided with these words and read by a run; the ids of the claims."""
    path = corpus_run.outputs / "claims.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, word in zip(rows, ("rejct", "Accept", "<b>x</b>" * 30, "YES"), strict=False):
        row |= {"decision": word, "reviewer": "Kim"}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    corpus_run.rerun()
    return [row["claim_id"] for row in rows[:4]]


def test_words_that_are_no_decision_are_shown_and_undecided(words_in_table: list[str], page: Page) -> None:
    unknown, accepted, odd, yes = words_in_table
    assert page.text_content("#count") == "2 of 76 decided"
    assert decided(page) == {accepted: "accept", yes: "accept"}
    assert page.text_content(".tags .tag.unknown") == "not decided: “rejct”"
    assert "“rejct”" in (page.text_content(f'[data-id="{unknown}"]') or "")
    page.click("details summary:has-text('History')")
    assert "Kim wrote “rejct” for it, which is no decision" in (page.text_content(".past") or "")
    page.keyboard.press("n")
    page.keyboard.type("what was meant?")
    page.keyboard.press("Enter")
    expect_status(page, "Note saved.")
    claim = get(page, f"/api/claims/{unknown}")
    assert (claim["decision"], claim["unknown_word"], claim["note"]) == ("", "rejct", "what was meant?")
    press(page, "r", "Rejected, saved. Next: ")
    assert shown_claim_id(page) == odd
    assert re.match("not decided: “<b>x</b>.*…”", page.text_content(".tags .tag.unknown") or "")
    press(page, "u", "Undone. The claim is undecided again.")
    assert shown_claim_id(page) == unknown
    assert get(page, f"/api/claims/{unknown}")["unknown_word"] == "rejct"
    page.select_option("[name=decision]", "open")
    expect_status(page, "74 claims in this list")


def test_a_note_beside_a_word_that_was_decided_meanwhile(
    browser: Browser, words_in_table: list[str], review: Server
) -> None:
    def opened(visit: Visit) -> Page:
        ready(visit.page)
        return visit.page

    with visiting(browser, review.new_url()) as one, visiting(browser, review.new_url()) as two:
        ana, ben = opened(one), opened(two)
        press(ana, "a", "Accepted")
        ben.keyboard.press("n")
        ben.keyboard.type("which?")
        ben.keyboard.press("Enter")
        ben.wait_for_selector(".conflict:has-text('which?')")
        ben.click("text=Save mine on top")
        expect_status(ben, "Note saved.")
        assert get(ben, f"/api/claims/{words_in_table[0]}")["note"] == "which?"
