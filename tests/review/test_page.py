"""The page of `extract review` in a real browser, on the real pipeline's claims: decided, edited, added, never lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.review.server import Server, make_server
from pipeline.write.wording import counted
from tests.bench.review import fill
from tests.helpers.browser import Visit, select, visiting
from tests.helpers.review import (
    CorpusRun,
    click_line,
    expect_status,
    get,
    poll,
    press,
    ready,
    reload,
    settle,
    shown_claim_id,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.model
WORDS = {"a": "accept", "r": "reject", "s": "unsure"}
CONFLICT = "Failed to load resource: the server responded with a status of 409 (Conflict)"
#: How far the list is scrolled, in pixels, and whether the whole line of the shown claim can be seen in it.
_PLACE_IN_LIST = """() => {
  const pane = document.getElementById("lines");
  const [around, line] = [pane, pane.querySelector(".line[aria-current]")].map((node) => node.getBoundingClientRect());
  return { scrolled: pane.scrollTop, seen: around.top <= line.top && line.bottom <= around.bottom };
}"""
SAID = {"a": "Accepted", "r": "Rejected", "s": "Unsure"}


def test_decided_edited_and_added_stay_through_a_reload_and_another_run(page: Page, corpus_run: CorpusRun) -> None:
    keys = "arsaaarasa"
    decided = {press(page, key, f"{SAID[key]}, saved. Next: "): WORDS[key] for key in keys}
    assert len(decided) == 10
    assert page.text_content("#count") == "10 of 76 decided"

    click_line(page, ".line:has-text('that the site could be closed in 2026')")
    edited = page.get_attribute(".line[aria-current]", "data-id") or ""
    press(page, "e", "Editing")
    longer = "on Monday that the site could be closed in 2026"
    select(page, longer)
    expect_status(page, f"Words: {longer}")
    page.fill("#field-speaker", "Somebody Else")
    page.keyboard.press("Control+Enter")
    expect_status(page, "Edited, saved.")

    press(page, "m", "Adding a claim")
    select(page, "Kirkmorrow, a town of 9,000 people")
    expect_status(page, "Words: Kirkmorrow, a town of 9,000 people")
    page.fill("#field-speaker", "The article")
    page.fill("#form-note", "background")
    page.keyboard.press("Control+Enter")
    expect_status(page, "Added and saved")
    added = shown_claim_id(page)
    assert page.text_content("#count") == "12 of 77 decided"

    reload(page)
    ready(page)
    assert shown_claim_id(page) == added
    assert page.text_content("#count") == "12 of 77 decided"
    for claim_id, word in decided.items():
        assert word in (page.get_attribute(f'[data-id="{claim_id}"]', "class") or "")
    click_line(page, f'[data-id="{edited}"]')
    assert page.text_content(".changed ins") == longer
    assert page.text_content("#claim-name") == "Somebody Else"

    rows = corpus_run.rerun()
    assert {claim_id: rows[claim_id]["decision"] for claim_id in decided} == decided
    assert {rows[claim_id]["reviewer"] for claim_id in decided} == {"Ana Prado"}
    assert all(rows[claim_id]["decided_at"] for claim_id in decided)
    assert rows[edited]["decision"] == "edit"
    assert " ".join(rows[edited]["corrected_text"].split()) == longer
    assert rows[edited]["speaker"] == "Somebody Else"
    assert (rows[added]["claim_text"], rows[added]["speaker"]) == ("Kirkmorrow, a town of 9,000 people", "The article")
    assert (rows[added]["decision"], rows[added]["note"]) == ("accept", "background")


def test_words_are_set_and_added_by_keys_alone(page: Page) -> None:
    press(page, "e", "Editing")
    assert page.input_value("#words") == "Halberg Glass to close Scottish bottle plant"
    for key, words in (
        ("4", "Halberg Glass to close Scottish bottle plant next"),
        ("2", "Glass to close Scottish bottle plant next"),
        ("1", "Halberg Glass to close Scottish bottle plant next"),
        ("3", "Halberg Glass to close Scottish bottle plant"),
        ("6", "By AILSA DRUMMOCK"),
        ("5", "Halberg Glass to close Scottish bottle plant next March"),
    ):
        page.keyboard.press(key)
        assert page.input_value("#words") == words
        assert "".join(page.locator("#article-text mark.edited").all_text_contents()) == words
    page.keyboard.press("Control+Enter")
    expect_status(page, "Edited, saved.")
    press(page, "m", "Adding a claim")
    page.keyboard.press("6")
    page.keyboard.press("Control+Enter")
    expect_status(page, "Added and saved")
    assert get(page, f"/api/claims/{shown_claim_id(page)}")["added"]


def test_the_words_that_are_edited_are_in_view_and_not_the_speakers_full_name_far_above(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 500})
    click_line(page, ".line:has-text('that it also planned to close its plant in Lipowiec')")
    for key, mark in (("", "content"), ("e", "edited")):
        if key:
            press(page, key, "Editing")
        inside = """mark => {
          const pane = document.getElementById("article-text").getBoundingClientRect();
          const { top, bottom } = document.querySelector(`#article-text mark.${mark}`).getBoundingClientRect();
          return pane.top <= top && bottom <= pane.bottom;
        }"""
        assert page.evaluate(inside, mark)
        assert page.locator("#article-text mark.speaker_mention").count()


def test_a_selection_fills_a_field_in_either_order(page: Page) -> None:
    press(page, "j")
    press(page, "e", "Editing")
    words = page.input_value("#words")
    page.click('[data-field="reporter"] .take')
    expect_status(page, "Now select the words in the article: Reported by.")
    select(page, "United Glassworkers")
    expect_status(page, "Reported by: United Glassworkers")
    select(page, "the price of gas")
    page.click('[data-field="cause"] .take')
    expect_status(page, "Cause: the price of gas")
    assert page.input_value("#words") == words
    assert page.text_content("#article-text mark.cause") == "the price of gas"
    page.click('[data-field="place"] .take')
    select(page, "Scottish")
    assert page.locator('[data-field="place"] input').nth(1).input_value() == "Scottish"
    page.fill("#field-actor_country", "Norwegia")
    page.click('[data-act="save"]')
    page.wait_for_selector("#problem-actor_country:has-text('There is no country called')")
    page.fill("#field-actor_country", "norway")
    claim_id = shown_claim_id(page)
    page.click('[data-act="save"]')
    expect_status(page, "Edited, saved.")
    corrections = get(page, f"/api/claims/{claim_id}")["corrections"]
    assert set(corrections) == {"reporter", "cause", "place", "actor_country", "spans"}
    assert (corrections["place"], corrections["actor_country"]) == (["Kirkmorrow", "Scottish"], "NOR")
    spans = corrections["spans"]["cause"]
    assert spans == get(page, f"/api/claims/{claim_id}")["spans"]["cause"]


def test_nothing_that_was_typed_is_lost_on_leaving(page: Page) -> None:
    first = press(page, "e", "Editing")
    page.fill("#field-reporter", "A typed reporter")
    page.keyboard.press("Escape")  # leaves the field
    press(page, "Escape", "kept until you come back")
    press(page, "j")
    page.wait_for_selector(f'.line[aria-current]:not([data-id="{first}"])')
    press(page, "n")
    page.keyboard.type("a note on the second")
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    page.wait_for_selector(f'[data-id="{first}"][aria-current]')
    press(page, "e", "What you typed here before is back.")
    assert page.input_value("#field-reporter") == "A typed reporter"
    page.click("text=Start over")
    assert page.input_value("#field-reporter") == "Northern Wire"
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.wait_for_selector(f'.line[aria-current]:not([data-id="{first}"])')
    assert page.input_value("#note") == "a note on the second"
    second = press(page, "a", "Accepted")
    assert get(page, f"/api/claims/{second}")["note"] == "a note on the second"


def test_the_last_decisions_are_undone_one_after_the_other(page: Page) -> None:
    first, second = press(page, "a", "Accepted"), press(page, "r", "Rejected")
    press(page, "u", "Undone. The claim is undecided again.")
    assert shown_claim_id(page) == second
    press(page, "u", "Undone. The claim is undecided again.")
    assert shown_claim_id(page) == first
    assert page.text_content("#count") == "0 of 76 decided"
    assert not get(page, f"/api/claims/{first}")["decision"]


def test_keys_do_nothing_in_fields_nor_with_control(page: Page) -> None:
    before = shown_claim_id(page)
    page.keyboard.press("/")
    page.keyboard.type("arsumk")
    assert page.input_value("#text") == "arsumk"
    page.keyboard.press("Escape")
    page.fill("#text", "")
    page.keyboard.press("Escape")
    for key in ("Control+a", "Alt+r", "Meta+s"):
        page.keyboard.press(key)
    page.wait_for_timeout(500)
    assert get(page, "/api/claims")["decided"] == 0
    assert shown_claim_id(page) == before


def test_stay_keeps_the_page_at_the_claim(page: Page) -> None:
    page.check("#stay")
    before = press(page, "a", "Accepted, saved.")
    assert shown_claim_id(page) == before
    reload(page)
    ready(page)
    assert page.is_checked("#stay")


def test_filters_and_claim_stand_in_the_address_and_no_secret_does(page: Page, url: str) -> None:
    page.select_option('[name="sort"]', "-confidence")
    page.click("#more summary")
    page.select_option('[name="kind"]', "quote")
    expect_status(page, "50 claims in this list")
    press(page, "j")
    page.wait_for_selector("li:nth-child(2) .line[aria-current]")
    before, address = shown_claim_id(page), page.url
    assert "token" not in address
    assert url.partition("token=")[2] not in page.content()
    reload(page)
    ready(page)
    assert (shown_claim_id(page), page.url) == (before, address)
    assert page.input_value('[name="kind"]') == "quote"
    trust = [line["trust"] for line in get(page, "/api/claims?kind=quote&sort=-confidence")["claims"]]
    assert trust == sorted(trust, key=("sure", "likely", "check").index)
    listed = page.locator(".line .trusted").all_text_contents()
    assert [re.sub(r"\W", "", words) for words in listed] == trust
    page.fill("#text", "no such words anywhere")
    page.wait_for_selector("#none:not([hidden])")
    assert page.text_content("#claim-name") == "Nothing to review here"
    page.click("#clear")
    expect_status(page, "76 claims")
    page.wait_for_selector("#article-text .block")


def test_weak_rows_come_last_and_alone_when_asked(page: Page) -> None:
    noise = [line["id"] for line in get(page, "/api/claims?noise=unsure")["claims"]]
    everything = [line["id"] for line in get(page, "/api/claims")["claims"]]
    assert noise
    assert everything[-len(noise) :] != noise
    page.select_option('[name="sort"]', "noise")
    settle(page)
    page.wait_for_selector(f'.line[data-id="{next(claim for claim in everything if claim not in noise)}"]')
    assert [line["id"] for line in get(page, "/api/claims?sort=noise")["claims"]][-len(noise) :] == noise
    page.click("#more summary")
    page.select_option('[name="noise"]', "unsure")
    expect_status(page, f"{counted(len(noise), 'claim')} in this list")
    assert [line.get_attribute("data-id") for line in page.locator(".line").all()] == noise
    click_line(page, f'.line[data-id="{noise[0]}"]')
    assert "weak: unsure" in (page.text_content(".trust") or "")
    press(page, "a", "Accepted")
    page.select_option('[name="noise"]', "")
    expect_status(page, f"{len(everything)} claims")
    last = [line["id"] for line in get(page, "/api/claims?sort=noise")["claims"]][-len(noise) :]
    assert noise[0] not in last


def test_long_lists_come_in_parts_and_decided_ones_skip_none(browser: Browser, url: str) -> None:
    with visiting(browser, url) as visit:
        page = visit.page
        asked: list[str] = []

        def ten(route: Any) -> None:
            asked.append(route.request.url)
            route.continue_(url=route.request.url.replace("limit=100", "limit=10"))

        page.route(re.compile(r"/api/claims\?"), ten)
        reload(page)
        ready(page)
        page.select_option('[name="decision"]', "open")
        expect_status(page, "76 claims in this list")
        ids = [line["id"] for line in get(page, "/api/claims")["claims"]]
        seen = [press(page, "a", "Accepted") for _ in range(15)]
        assert seen == ids[:15]
        for _ in range(100):
            if page.locator(".line").count() == 76:
                break
            page.evaluate("document.getElementById('lines').scrollTo(0, 1e6)")
            page.wait_for_timeout(50)
        listed = page.evaluate("[...document.querySelectorAll('.line')].map((line) => line.dataset.id)")
        assert listed == ids
        assert len(asked) < 20


@contextmanager
def two_sessions(browser: Browser, review: Server) -> Iterator[tuple[Visit, Visit]]:
    """Ana's and Ben's pages of one review."""
    with visiting(browser, review.new_url()) as ana, visiting(browser, review.new_url()) as ben:
        ready(ana.page)
        ready(ben.page)
        ben.page.fill("#reviewer", "Ben Ito")
        ben.page.keyboard.press("Escape")
        yield ana, ben


def test_a_second_reviewer_sees_what_changed_and_nothing_is_overwritten(browser: Browser, review: Server) -> None:
    with two_sessions(browser, review) as (first, second):
        ana, ben = first.page, second.page
        claim_id = press(ana, "r", "Rejected")
        ben.keyboard.press("n")
        ben.keyboard.type("looks right to me")
        ben.keyboard.press("Escape")
        ben.keyboard.press("a")
        ben.wait_for_selector(".conflict")
        conflict = ben.text_content(".conflict") or ""
        assert "Ana Prado" in conflict
        assert "rejected" in conflict
        assert "Note: looks right to me" in conflict
        assert get(ben, f"/api/claims/{claim_id}")["decision"] == "reject"
        ben.keyboard.press("j")
        expect_status(ben, "save yours on top, or take theirs")
        ben.click("text=Save mine on top")
        expect_status(ben, "Accepted, saved.")
        now = get(ben, f"/api/claims/{claim_id}")
        assert (now["decision"], now["reviewer"], now["note"]) == ("accept", "Ben Ito", "looks right to me")
        assert [entry["decision"] for entry in now["history"]] == ["reject", "accept"]
        expect_status(ana, "Ben Ito accepted")
        ana.wait_for_selector(f'[data-id="{claim_id}"].accept')

        press(ben, "a", "Accepted")
        ana.keyboard.press("r")
        ana.wait_for_selector(".conflict")
        ana.click("text=Take theirs")
        expect_status(ana, "Their decision stands: Ben Ito accepted it.")
        assert ana.locator("#claim-body .tag.accept").count() == 1
        assert first.trouble == second.trouble == [CONFLICT]


def test_who_edits_is_told_and_keeps_what_was_typed(browser: Browser, review: Server) -> None:
    with two_sessions(browser, review) as (first, second):
        ana, ben = first.page, second.page
        press(ana, "e", "Editing")
        ana.fill("#field-reporter", "Somebody")
        press(ben, "s", "Unsure")
        poll(ana)
        ana.wait_for_selector("[data-alert=meanwhile]:has-text('Meanwhile Ben Ito marked this claim as unsure.')")
        assert ana.input_value("#field-reporter") == "Somebody"
        ana.keyboard.press("Control+Enter")
        ana.wait_for_selector(".conflict")
        assert ana.input_value("#field-reporter") == "Somebody"
        ana.click("text=Save mine on top")
        expect_status(ana, "Edited, saved.")


def test_a_new_run_is_told_and_the_list_reloaded_when_asked(page: Page, corpus_run: CorpusRun) -> None:
    (corpus_run.settings.corpus / "new.txt").write_text(
        "The Harrow company will close its plant in Larnhaven, mayor Ada Brandt said on Tuesday.\n", encoding="utf-8"
    )
    before = shown_claim_id(page)
    corpus_run.rerun()
    poll(page)
    page.click("text=Reload the list")
    page.wait_for_selector(".line:has-text('Harrow')")
    assert shown_claim_id(page) == before


def test_a_server_that_ended_loses_nothing(browser: Browser, corpus_run: CorpusRun) -> None:
    with make_server(corpus_run.outputs, "Ana") as server:
        port = server.port
        with visiting(browser, server.new_url()) as visit:
            page = visit.page
            ready(page)
            page.keyboard.press("n")
            page.keyboard.type("typed before it ended")
            page.keyboard.press("Escape")
            server.__exit__(None, None, None)
            page.keyboard.press("a")
            page.wait_for_selector("[data-alert=failed]")
            alert = page.text_content("[data-alert=failed]") or ""
            assert "The review has ended or can't be reached. Start it again: extract review" in alert
            assert page.input_value("#note") == "typed before it ended"
            with make_server(corpus_run.outputs, "Ana", port):
                page.click("text=Try again")
                page.wait_for_selector("[data-alert=failed]:has-text('has not opened the review')")
                assert page.input_value("#note") == "typed before it ended"


def test_trying_again_saves_what_failed(browser: Browser, url: str) -> None:
    with visiting(browser, url) as visit:
        page = visit.page
        ready(page)
        first = shown_claim_id(page)
        busy = {"error": "The store is busy.", "hint": "Wait."}
        page.route("**/decision", lambda route: route.fulfill(status=503, json=busy))
        settle(page)
        page.keyboard.press("a")
        page.wait_for_selector("[data-alert=failed]:has-text('The store is busy. Wait.')")
        assert shown_claim_id(page) == first
        page.unroute("**/decision")
        page.click("text=Try again")
        expect_status(page, "Accepted, saved.")
        assert get(page, f"/api/claims/{first}")["decision"] == "accept"
        assert page.locator(".alert").count() == 0


def test_a_long_list_keeps_few_rows_in_the_page(browser: Browser, tmp_path: Path) -> None:
    fill(tmp_path, 1_500)
    with make_server(tmp_path, "Ana") as server, visiting(browser, server.new_url()) as visit:
        page = visit.page
        ready(page)
        ids = [line["id"] for line in get(page, "/api/claims?limit=1000")["claims"]]
        ids += [line["id"] for line in get(page, "/api/claims?limit=1000&offset=1000")["claims"]]
        rows = "[...document.querySelectorAll('.line')].map((line) => line.dataset.id)"
        for end, edge in ((1e6, ids[-1]), (0, ids[0])):
            for _ in range(200):
                listed = page.evaluate(rows)
                start = ids.index(listed[0])
                assert listed == ids[start : start + len(listed)]
                assert len(listed) <= 300
                if edge in (listed[0], listed[-1]):
                    break
                page.evaluate("end => document.getElementById('lines').scrollTo(0, end)", end)
                page.wait_for_timeout(30)
            else:
                pytest.fail(f"{edge} was never reached")
        page.evaluate("id => { location.hash = `claim=${id}` }", ids[1_234])
        page.wait_for_selector(f'[data-id="{ids[1_234]}"][aria-current]')
        press(page, "a", "Accepted")
        page.wait_for_selector(f'[data-id="{ids[1_235]}"][aria-current]')
        reload(page)
        page.wait_for_selector(f'[data-id="{ids[1_235]}"][aria-current]')
        press(page, "k")
        page.wait_for_selector(f'[data-id="{ids[1_234]}"].accept[aria-current]')
        for key in "jjaajrkk":
            place = page.evaluate(_PLACE_IN_LIST)
            press(page, key)
            now = page.evaluate(_PLACE_IN_LIST)
            assert place["scrolled"] > 1_000
            assert abs(now["scrolled"] - place["scrolled"]) < 400
            assert now["seen"]
        page.locator(".line[aria-current]").locator("xpath=../following-sibling::li[2]/button").click()
        settle(page)
        assert page.evaluate(_PLACE_IN_LIST) == {**now, "seen": True}
        press(page, "k")
        press(page, "k")
        assert page.locator("li:has([aria-current])").get_attribute("aria-posinset") == "1239"
        assert not visit.trouble


def test_what_is_clicked_while_the_page_loads_is_shown(browser: Browser, url: str) -> None:
    with visiting(browser, url) as visit:
        page = visit.page
        held: list[Any] = []
        ready(page)
        page.route("**/api/choices", lambda route: held.append(route))
        reload(page)
        page.wait_for_selector(".line >> nth=2")
        wanted = page.get_attribute(".line >> nth=2", "data-id") or ""
        page.click(f'[data-id="{wanted}"]')
        page.wait_for_timeout(300)
        for route in held:
            route.continue_()
        settle(page)
        page.wait_for_timeout(1000)  # what is not queued would be shown by then
        assert shown_claim_id(page) == wanted
        assert not visit.trouble
