"""The page of `extract review` in a real browser, on the real pipeline's claims: decided, edited, added, never lost."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.review.server import make_server
from pipeline.run import run
from pipeline.settings import Settings
from tests.browser import select, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "pipeline" / "review" / "page"
WORDS = {"a": "accept", "r": "reject", "s": "unsure"}
SAID = {"a": "Accepted", "r": "Rejected", "s": "Unsure"}

pytestmark = pytest.mark.model


@dataclass(frozen=True, slots=True)
class Made:
    """A corpus and what a run made of it."""

    settings: Settings

    @property
    def outputs(self) -> Path:
        return self.settings.outputs

    def again(self) -> dict[str, dict[str, str]]:
        """Run once more; the rows of claims.csv by their id."""
        run(self.settings)
        with (self.outputs / "claims.csv").open(encoding="utf-8-sig", newline="") as lines:
            return {row["claim_id"]: row for row in csv.DictReader(lines)}


def make(folder: Path) -> Made:
    made = Made(Settings(corpus=folder / "corpus", outputs=folder / "outputs"))
    run(made.settings)
    return made


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run made of the shipped corpus; tests take copies."""
    folder = tmp_path_factory.mktemp("examples")
    shutil.copytree(ROOT / "corpus" / "examples", folder / "corpus")
    make(folder)
    return folder


@pytest.fixture
def made(browser: Browser, examples: Path, tmp_path: Path) -> Made:
    folder = tmp_path / "desk"
    shutil.copytree(examples, folder)
    return Made(Settings(corpus=folder / "corpus", outputs=folder / "outputs"))


@pytest.fixture
def url(made: Made) -> Iterator[str]:
    """The address of a review of the shipped corpus."""
    with make_server(made.outputs, "Ana Prado") as server:
        yield server.url


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    """The page, opened and with a claim shown; nothing may go wrong in it that a test doesn't provoke."""
    with visiting(browser, url) as visit:
        ready(visit.page)
        yield visit.page
        assert not visit.trouble


def ready(page: Page) -> None:
    page.wait_for_selector("#claim-name")
    page.wait_for_selector(".line[aria-current]", state="attached")


def said(page: Page, words: str) -> None:
    """Wait until the status line says it."""
    from playwright.sync_api import expect

    expect(page.locator("#status")).to_contain_text(words)


def shown(page: Page) -> str:
    """The id of the claim that is shown."""
    found = re.search(r"claim=(\w+)", page.url)
    assert found
    return found[1]


def get(page: Page, path: str) -> Any:
    """What the server answers the page."""
    return page.evaluate("path => fetch(path).then((answer) => answer.json())", path)


def press(page: Page, key: str, words: str) -> str:
    """Press a key and wait for what the status line says; the id of the claim that was shown before."""
    before = shown(page)
    page.evaluate("document.getElementById('status').textContent = ''")
    page.keyboard.press(key)
    said(page, words)
    return before


def test_decided_edited_and_added_stay_through_a_reload_and_another_run(page: Page, made: Made) -> None:
    keys = "arsaaarasa"
    decided = {press(page, key, f"{SAID[key]}, saved. Next: "): WORDS[key] for key in keys}
    assert len(decided) == 10
    assert page.text_content("#count") == "10 of 70 decided"

    page.click(".line:has-text('that the site could be closed in 2026')")
    said(page, "")
    edited = page.get_attribute(".line[aria-current]", "data-id") or ""
    press(page, "e", "Editing")
    longer = "on Monday that the site could be closed in 2026"
    select(page, longer)
    said(page, f"Words: {longer}")
    page.fill("#field-speaker", "Somebody Else")
    page.keyboard.press("Control+Enter")
    said(page, "Edited, saved.")

    press(page, "m", "Adding a claim")
    select(page, "Kirkmorrow, a town of 9,000 people")
    said(page, "Words: Kirkmorrow, a town of 9,000 people")
    page.fill("#field-speaker", "The article")
    page.fill("#form-note", "background")
    page.keyboard.press("Control+Enter")
    said(page, "Added and saved")
    added = shown(page)
    assert page.text_content("#count") == "12 of 71 decided"

    page.reload()
    ready(page)
    assert shown(page) == added
    assert page.text_content("#count") == "12 of 71 decided"
    for claim_id, word in decided.items():
        assert word in (page.get_attribute(f'[data-id="{claim_id}"]', "class") or "")
    page.click(f'[data-id="{edited}"]')
    page.wait_for_selector(f'[data-id="{edited}"][aria-current]')
    assert page.text_content(".changed ins") == longer
    assert page.text_content("#claim-name") == "Somebody Else"

    rows = made.again()
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
    said(page, "Edited, saved.")
    press(page, "m", "Adding a claim")
    page.keyboard.press("6")
    page.keyboard.press("Control+Enter")
    said(page, "Added and saved")
    assert get(page, f"/api/claims/{shown(page)}")["added"]


def test_a_selection_fills_a_field_in_either_order(page: Page) -> None:
    press(page, "j", "")
    press(page, "e", "Editing")
    words = page.input_value("#words")
    page.click('[data-field="reporter"] .take')
    said(page, "Now select in the article: Reported by.")
    select(page, "United Glassworkers")
    said(page, "Reported by: United Glassworkers")
    select(page, "the price of gas")
    page.click('[data-field="cause"] .take')
    said(page, "Cause: the price of gas")
    assert page.input_value("#words") == words
    assert page.text_content("#article-text mark.cause") == "the price of gas"
    page.click('[data-field="place"] .take')
    select(page, "Scottish")
    assert page.locator('[data-field="place"] input').nth(1).input_value() == "Scottish"
    page.fill("#field-actor_country", "Norwegia")
    page.click('[data-act="save"]')
    page.wait_for_selector("#problem-actor_country:has-text('No country is called')")
    page.fill("#field-actor_country", "norway")
    claim_id = shown(page)
    page.click('[data-act="save"]')
    said(page, "Edited, saved.")
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
    press(page, "j", "")
    page.wait_for_selector(f'.line[aria-current]:not([data-id="{first}"])')
    press(page, "n", "")
    page.keyboard.type("a note on the second")
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    page.wait_for_selector(f'[data-id="{first}"][aria-current]')
    press(page, "e", "What you had typed here is back.")
    assert page.input_value("#field-reporter") == "A typed reporter"
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.wait_for_selector(f'.line[aria-current]:not([data-id="{first}"])')
    assert page.input_value("#note") == "a note on the second"
    second = press(page, "a", "Accepted")
    assert get(page, f"/api/claims/{second}")["note"] == "a note on the second"


def test_undo_takes_back_the_last_decisions_one_after_the_other(page: Page) -> None:
    first, second = press(page, "a", "Accepted"), press(page, "r", "Rejected")
    press(page, "u", "Undone. It is not decided.")
    assert shown(page) == second
    press(page, "u", "Undone. It is not decided.")
    assert shown(page) == first
    assert page.text_content("#count") == "0 of 70 decided"
    assert not get(page, f"/api/claims/{first}")["decision"]


def test_keys_do_nothing_in_fields_nor_with_control(page: Page) -> None:
    before = shown(page)
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
    assert shown(page) == before


def test_stay_keeps_the_page_at_the_claim(page: Page) -> None:
    page.check("#stay")
    before = press(page, "a", "Accepted: saved.")
    assert shown(page) == before
    page.reload()
    ready(page)
    assert page.is_checked("#stay")


def test_filters_and_claim_stand_in_the_address_and_no_secret_does(page: Page, url: str) -> None:
    page.select_option('[name="sort"]', "-confidence")
    page.click("#more summary")
    page.select_option('[name="kind"]', "quote")
    said(page, "46 claims in this list")
    press(page, "j", "")
    page.wait_for_selector("li:nth-child(2) .line[aria-current]")
    before, address = shown(page), page.url
    assert "token" not in address
    assert url.partition("token=")[2] not in page.content()
    page.reload()
    ready(page)
    assert (shown(page), page.url) == (before, address)
    assert page.input_value('[name="kind"]') == "quote"
    confidences = [line["confidence"] for line in get(page, "/api/claims?kind=quote&sort=-confidence")["claims"]]
    listed = [float(re.findall(r"\d\.\d\d", each)[-1]) for each in page.locator(".line .quiet").all_text_contents()]
    assert listed == confidences
    page.fill("#text", "no such words anywhere")
    page.wait_for_selector("#none:not([hidden])")
    assert page.text_content("#claim-name") == "Nothing to review here"
    page.click("#clear")
    said(page, "70 claims")
    page.wait_for_selector("#article-text .block")


def test_long_lists_come_in_parts_and_decided_ones_skip_none(browser: Browser, url: str) -> None:
    with visiting(browser, url) as visit:
        page = visit.page
        asked: list[str] = []

        def ten(route: Any) -> None:
            asked.append(route.request.url)
            route.continue_(url=route.request.url.replace("limit=100", "limit=10"))

        page.route("**/api/claims?*", ten)
        page.reload()
        ready(page)
        page.select_option('[name="decision"]', "open")
        said(page, "70 claims in this list")
        ids = [line["id"] for line in get(page, "/api/claims")["claims"]]
        seen = [press(page, "a", "Accepted") for _ in range(15)]
        assert seen == ids[:15]
        for _ in range(100):
            if page.locator(".line").count() == 70:
                break
            page.evaluate("document.getElementById('lines').scrollTo(0, 1e6)")
            page.wait_for_timeout(50)
        listed = page.evaluate("[...document.querySelectorAll('.line')].map((line) => line.dataset.id)")
        assert listed == ids
        assert len(asked) < 20


def test_every_claim_is_marked_where_it_stands(page: Page) -> None:
    for claim in get(page, "/api/claims")["claims"]:
        page.click(f'[data-id="{claim["id"]}"]')
        page.wait_for_selector(f'[data-id="{claim["id"]}"][aria-current]')
        check_marks(page, claim["id"])
        box = page.locator("#article-text mark.content").first.bounding_box()
        pane = page.locator("#article-text").bounding_box()
        assert box
        assert pane
        assert pane["y"] <= box["y"] < pane["y"] + pane["height"]
    assert page.evaluate("[scrollX, scrollY]") == [0, 0]


def check_marks(page: Page, claim_id: str) -> None:
    """Every role's marks hold exactly its words, and every block's text is the article's."""
    claim = get(page, f"/api/claims/{claim_id}")
    article = get(page, f"/api/articles/{claim['doc_id']}")
    assert page.locator("#article-text .block").all_text_contents() == [each["text"] for each in article["blocks"]]
    spans = {"content": [[claim["start"], claim["end"]]], **claim["spans"]}
    for role, places in spans.items():
        inside = {at for start, end in places for at in range(start, end)}
        words = "".join(
            char
            for block in article["blocks"]
            for at, char in enumerate(block["text"], block["start"])
            if at in inside
        )
        assert "".join(page.locator(f"#article-text mark.{role}").all_text_contents()) == words, role
    assert page.locator("mark mark").count() == 0


ODD = (
    "👩🏽‍🚒 Zażółć e\u0301te\u0301 in Larnhaven 🛳\r\n\r\n"
    "The Harrow company will close its ferry terminal in Larnhaven 🛳, Norway, in June, mayor Ada Brandt said\r\n"
    "on Tuesday. 👩🏽‍🚒 “We have no choice,” Brandt said. “The bank de\u0301cided 😀 it.”\r\n\r\n"
    "👩🏽‍🚒 Brandt warned that the school in Larnhaven could also close, and that 😀 nobody had been told.\r\n"
)


def test_marks_and_selections_count_code_points(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "odd.txt").write_bytes(ODD.encode())
    made = make(tmp_path)
    with make_server(made.outputs, "Ana") as server, visiting(browser, server.url) as visit:
        page = visit.page
        ready(page)
        claims = get(page, "/api/claims")["claims"]
        assert {claim["kind"] for claim in claims} == {"quote", "closure"}
        for claim in claims:
            page.click(f'[data-id="{claim["id"]}"]')
            page.wait_for_selector(f'[data-id="{claim["id"]}"][aria-current]')
            check_marks(page, claim["id"])
        press(page, "m", "Adding")
        select(page, "😀 nobody had been told")
        said(page, "Words: 😀 nobody had been told")
        page.keyboard.press("Control+Enter")
        said(page, "Added and saved")
        claim = get(page, f"/api/claims/{shown(page)}")
        assert ODD[claim["start"] : claim["end"]] == "😀 nobody had been told"
        assert not visit.trouble


PAYLOADS = (
    "<script>window.ran = 1</script>",
    "</script><script>window.ran = 1</script>",
    "<img src=//evil.example/x onerror=window.ran=1>",
    "\" autofocus onfocus=window.ran=1 x=\"",
    "javascript:window.ran=1",
)


def test_no_article_runs_in_the_pages(browser: Browser, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, each in enumerate(PAYLOADS):
        name = f"{number} {each}.txt".replace("/", "\u2215")
        text = (
            f"---\ntitle: {json.dumps(each)}\npublisher: {json.dumps(each)}\nurl: {json.dumps(each)}\n---\n"
            "The Harrow company of Larnhaven has many workers and a long history in the town.\n\n"
            f"The company will close its plant in Larnhaven, mayor Ada {each} Brandt said on Tuesday.\n\n"
            f'"We have no choice {each} and no money," Brandt said. {each}\n'
        )
        (corpus / name).write_text(text, encoding="utf-8")
    made = make(tmp_path)
    with make_server(made.outputs, f"Ana {PAYLOADS[2]}") as server, visiting(browser, server.url) as visit:
        page = visit.page
        ready(page)
        claims = get(page, "/api/claims")["claims"]
        assert len({claim["file"] for claim in claims}) == len(PAYLOADS)
        assert any("<script>" in claim["words"] for claim in claims)
        for claim in claims:
            page.click(f'[data-id="{claim["id"]}"]')
            page.wait_for_selector(f'[data-id="{claim["id"]}"][aria-current]')
            assert page.locator("#article-head a").count() == 0
            page.keyboard.press("n")
            page.keyboard.type(PAYLOADS[2])
            page.keyboard.press("Enter")
            said(page, "Note: saved.")
            press(page, "e", "Editing")
            page.keyboard.press("Escape")
            said(page, "Left.")
        assert page.locator("#article-text script, #article-text img, #claim img, #list img").count() == 0
        assert page.evaluate("window.ran") is None
        assert not visit.trouble
    made.again()
    report = (made.outputs / "report.html").as_uri()
    with visiting(browser, report) as visit:
        visit.page.wait_for_selector("h1")
        for summary in visit.page.locator("details.article > summary").all():
            summary.click()
        assert "<script>window.ran" in (visit.page.text_content("body") or "")
        assert visit.page.evaluate("window.ran") is None
        assert not [each for each in visit.trouble if not each.startswith("request: file:")]


def test_a_second_reviewer_sees_what_changed_and_nothing_is_overwritten(browser: Browser, url: str) -> None:
    with visiting(browser, url) as one, visiting(browser, url) as two:
        ana, ben = one.page, two.page
        ready(ana)
        ready(ben)
        ben.fill("#reviewer", "Ben Ito")
        ben.keyboard.press("Escape")
        claim_id = press(ana, "r", "Rejected")
        ben.keyboard.press("n")
        ben.keyboard.type("looks right to me")
        ben.keyboard.press("Escape")
        ben.keyboard.press("a")
        ben.wait_for_selector(".conflict")
        told = ben.text_content(".conflict") or ""
        assert "Ana Prado" in told
        assert "rejected" in told
        assert "Note: looks right to me" in told
        assert get(ben, f"/api/claims/{claim_id}")["decision"] == "reject"
        ben.keyboard.press("j")
        said(ben, "save yours on top, or take theirs")
        ben.click("text=Save mine on top")
        said(ben, "Accepted, saved.")
        now = get(ben, f"/api/claims/{claim_id}")
        assert (now["decision"], now["reviewer"], now["note"]) == ("accept", "Ben Ito", "looks right to me")
        assert [each["decision"] for each in now["history"]] == ["reject", "accept"]
        said(ana, "Ben Ito accepted")
        ana.wait_for_selector(f'[data-id="{claim_id}"].accept')

        press(ben, "a", "Accepted")
        ana.keyboard.press("r")
        ana.wait_for_selector(".conflict")
        ana.click("text=Take theirs")
        said(ana, "Theirs stands: Ben Ito accepted.")
        assert ana.locator("#claim-body .tag.accept").count() == 1
        assert one.trouble == two.trouble == ["Failed to load resource: the server responded with a status of 409 (Conflict)"]


def test_who_edits_is_told_and_keeps_what_was_typed(browser: Browser, url: str) -> None:
    with visiting(browser, url) as one, visiting(browser, url) as two:
        ana, ben = one.page, two.page
        ready(ana)
        ready(ben)
        ben.fill("#reviewer", "Ben Ito")
        ben.keyboard.press("Escape")
        press(ana, "e", "Editing")
        ana.fill("#field-reporter", "Somebody")
        press(ben, "s", "Unsure")
        ana.wait_for_selector("[data-alert=meanwhile]:has-text('Ben Ito is unsure about this claim meanwhile.')")
        assert ana.input_value("#field-reporter") == "Somebody"
        ana.keyboard.press("Control+Enter")
        ana.wait_for_selector(".conflict")
        assert ana.input_value("#field-reporter") == "Somebody"
        ana.click("text=Save mine on top")
        said(ana, "Edited, saved.")


def test_a_new_run_is_told_and_the_list_reloaded_when_asked(page: Page, made: Made) -> None:
    (made.settings.corpus / "new.txt").write_text(
        "The Harrow company will close its plant in Larnhaven, mayor Ada Brandt said on Tuesday.\n", encoding="utf-8"
    )
    before = shown(page)
    made.again()
    page.click("text=Reload the list")
    page.wait_for_selector(".line:has-text('Harrow')")
    assert shown(page) == before


def test_a_server_that_ended_loses_nothing(browser: Browser, made: Made) -> None:
    with make_server(made.outputs, "Ana") as server:
        port = server.port
        with visiting(browser, server.url) as visit:
            page = visit.page
            ready(page)
            page.keyboard.press("n")
            page.keyboard.type("typed before it ended")
            page.keyboard.press("Escape")
            server.__exit__(None, None, None)
            page.keyboard.press("a")
            page.wait_for_selector("[data-alert=failed]")
            told = page.text_content("[data-alert=failed]") or ""
            assert "The review has ended or can't be reached. Start it again: extract review" in told
            assert page.input_value("#note") == "typed before it ended"
            with make_server(made.outputs, "Ana", port):
                page.click("text=Try again")
                page.wait_for_selector("[data-alert=failed]:has-text('has not opened the review')")
                assert page.input_value("#note") == "typed before it ended"


def test_trying_again_saves_what_failed(page: Page) -> None:
    first = shown(page)
    page.route("**/decision", lambda route: route.fulfill(status=503, json={"error": "The store is busy.", "hint": "Wait."}))
    page.keyboard.press("a")
    page.wait_for_selector("[data-alert=failed]:has-text('The store is busy. Wait.')")
    assert shown(page) == first
    page.unroute("**/decision")
    page.evaluate("document.title = ''")
    page.click("text=Try again")
    said(page, "Accepted, saved.")
    assert get(page, f"/api/claims/{first}")["decision"] == "accept"
    assert page.locator(".alert").count() == 0


_FOCUS = """() => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  return {
    name: at.id || at.dataset.act || at.name || at.className || at.tagName,
    seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


def stops(page: Page) -> dict[str, dict[str, Any]]:
    """Where Tab leads from the top of the page, once around."""
    page.evaluate("document.activeElement.blur()")
    found: dict[str, dict[str, Any]] = {}
    for _ in range(90):
        page.keyboard.press("Tab")
        stop = page.evaluate(_FOCUS)
        if stop["name"] == "BODY" or (stop["name"] in found and stop["name"] == "skip"):
            break
        found[stop["name"]] = stop
    return found


def test_all_is_reached_by_tab_and_the_focus_is_seen(page: Page) -> None:
    found = stops(page)
    actions = {"accept", "reject", "edit", "unsure", "undo", "note", "add", "previous", "next"}
    assert actions | {"skip", "reviewer", "stay", "keys", "text", "decision", "sort", "article-text"} <= set(found)
    assert any(name.startswith("line") for name in found)
    assert [stop for stop in found.values() if not (stop["seen"] and stop["inside"])] == []
    press(page, "e", "Editing")
    found = stops(page)
    assert {"words", "field-target", "field-reporter", "form-note", "save", "leave"} <= set(found)
    assert [stop for stop in found.values() if not (stop["seen"] and stop["inside"])] == []


def test_the_keys_are_explained_in_a_dialog_that_escape_closes(page: Page) -> None:
    page.keyboard.press("?")
    told = page.text_content("#help") or ""
    for key in ("accept", "reject", "unsure", "undo", "search", "Ctrl+Enter"):
        assert key in told
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    assert not page.is_visible("#help")
    assert get(page, "/api/claims")["decided"] == 0
    for button in page.locator("#actions [data-act]").all():
        assert button.get_attribute("aria-keyshortcuts")


CONTROLS = {
    "button", "textbox", "searchbox", "combobox", "checkbox", "spinbutton", "link", "region", "navigation", "search",
    "progressbar", "dialog", "toolbar", "group", "form", "list", "Date", "DisclosureTriangle",
}  # fmt: skip
_MAY = {"group", "list"}  # without a name these are no more than a box


def nameless(page: Page) -> list[str]:
    """Controls and landmarks without an accessible name, as the browser computes it."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    bad = []
    for node in tree:
        role = node.get("role", {}).get("value", "")
        name = node.get("name", {}).get("value", "")
        if role in CONTROLS - _MAY and not node.get("ignored") and not name.strip():
            bad.append(role)
    assert len(tree) > 100
    return bad


def test_every_control_has_a_name(page: Page) -> None:
    page.click("#more summary")
    assert nameless(page) == []
    press(page, "e", "Editing")
    assert nameless(page) == []
    page.keyboard.press("Escape")
    press(page, "m", "Adding")
    assert nameless(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert nameless(page) == []
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((node) => node.id)")
    assert len(ids) == len(set(ids))


#: Each text's contrast with what lies behind it (WCAG 2.2, 1.4.3), where it is lower than it must be.
_PALE = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const color = rgba(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255, 255];
  };
  const pale = [];
  let texts = 0;
  for (const node of document.querySelectorAll("body, body *")) {
    const own = [...node.childNodes].some((each) => each.nodeType === 3 && each.data.trim()) || node.matches("input, textarea, select");
    if (!own || !node.checkVisibility({ visibilityProperty: true }) || node.matches(":disabled") || node.closest("option")) continue;
    texts += 1;
    for (const part of node.placeholder ? [null, "::placeholder"] : [null]) {
      const style = getComputedStyle(node, part);
      const [a, b] = [light(rgba(style.color)), light(behind(node))];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      const opacity = node.matches("kbd") ? 1 : parseFloat(style.opacity);
      if (ratio < 4.5 || opacity < 1) pale.push(`${node.tagName}.${node.className} ${part ?? ""} ${ratio.toFixed(2)} ${opacity}`);
    }
  }
  return [texts, [...new Set(pale)]];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(browser: Browser, url: str, scheme: str) -> None:
    with visiting(browser, url, color_scheme=scheme) as visit:
        page = visit.page
        ready(page)

        def check() -> None:
            texts, pale = page.evaluate(_PALE)
            assert texts > 50
            assert pale == []

        press(page, "a", "Accepted")
        press(page, "r", "Rejected")
        press(page, "s", "Unsure")
        check()
        press(page, "k", "")
        press(page, "e", "Editing")
        page.fill("#field-speaker_country, #field-actor_country", "Nowhere")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector(".problem:not([hidden])")
        check()
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        check()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_all_without_scrolling_sideways(browser: Browser, url: str, scheme: str) -> None:
    size = {"width": 360, "height": 740}
    with visiting(browser, url, viewport=size, color_scheme=scheme, has_touch=True) as visit:
        page = visit.page
        ready(page)
        wide = "[document.documentElement.scrollWidth, ...[...document.querySelectorAll('.scroll')].map((each) => each.scrollWidth)]"
        for pane in ("queue", "claim", "article"):
            page.click(f'[data-show="{pane}"]')
            assert page.is_visible(f"#{pane}")
            assert max(page.evaluate(wide)) <= 360
        page.click('[data-show="queue"]')
        page.locator(".line").nth(2).click()
        page.wait_for_selector("#claim", state="visible")
        page.click('[data-act="accept"]')
        said(page, "Accepted")
        page.click('[data-act="edit"]')
        said(page, "Editing")
        assert max(page.evaluate(wide)) <= 360
        page.click('[data-show="article"]')
        select(page, "United Glassworkers")
        page.click('[data-show="claim"]')
        assert page.input_value("#words") == "United Glassworkers"
        page.click('[data-act="save"]')
        said(page, "Edited, saved.")
        assert not visit.trouble


def test_no_script_makes_markup_of_text() -> None:
    scripts = sorted(PAGE.glob("*.js"))
    assert scripts
    for file in scripts:
        source = file.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|\.style\b", source)
        assert len(source.splitlines()) <= 400
        assert not re.search(r"(?:from|import\()\s*[\"'](?!\./)", source)
    html = (PAGE / "review.html").read_text(encoding="utf-8")
    assert not re.search(r"\son\w+=|\sstyle=|javascript:|https?://", html)
    assert "@import" not in (PAGE / "review.css").read_text(encoding="utf-8")
