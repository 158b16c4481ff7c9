"""The pages of events and of speakers: the lists, a dossier, and what people say of events and speakers there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline import run_job as run_module
from pipeline.review.server import Server, make_server
from tests.helpers.browser import Visit, visiting
from tests.helpers.events import closings
from tests.helpers.review import expect_status, poll, ready, settle
from tests.helpers.review_client import Client, opened
from tests.helpers.store import decide, rows, run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ALDER, BIRK, CEDAR = "The Alder mine", "The Birk mine", "The Cedar mine"
TEXTS = {
    "a": "The Alder mine will close. The Birk mine will close.",
    "b": "The Alder mine will not close.",
    "c": "The Alder mine has closed. The Cedar mine has closed.",
}


@pytest.fixture
def server(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(run_module, "extracted", closings)
    for day, (name, text) in enumerate(TEXTS.items(), 1):
        path = corpus / f"{name}.txt"
        path.write_text(f"---\npublished: 2025-03-0{day}\ntitle: <i>On {name}\n---\n{text} Told by {name}.\n")
    run()
    with make_server(Path("outputs"), "Ana Prado") as running:
        yield running


# ---- what the server answers ----


def listed(client: Client) -> dict[str, dict[str, Any]]:
    return {event["title"]: event for event in client.get("/api/events")["events"]}


def test_the_list_has_every_event(client: Client) -> None:
    events = listed(client)
    assert list(events) == [ALDER, BIRK, CEDAR]
    alder = events[ALDER]
    assert (alder["articles"], alder["claims"], alder["status"], alder["contradicted"]) == (3, 3, "occurred", True)
    assert (alder["first_told"], alder["last_told"]) == ("2025-03-01", "2025-03-03")


def test_a_dossier_tells_who_affirms_and_who_denies(client: Client) -> None:
    dossier = client.get(f"/api/events/{listed(client)[ALDER]['id']}")
    assert (dossier["affirmed_by"], dossier["denied_by"]) == (["corpus/a.txt", "corpus/c.txt"], ["corpus/b.txt"])
    lines = dossier["timeline"]
    assert [(line["day"][-1], line["side"], line["status"]) for line in lines] == [
        ("1", "affirmed", "planned"), ("2", "denied", "denied"), ("3", "affirmed", "occurred"),
    ]  # fmt: skip
    first, denial, last = (line["id"] for line in lines)
    assert [line["contradicts"] for line in lines] == [[denial], [first, last], [denial]]


def test_the_filter_by_event_follows_merges_and_their_undoing(client: Client) -> None:
    alder, cedar = (listed(client)[name]["id"] for name in (ALDER, CEDAR))
    decided = client.get(f"/api/claims?event={cedar}")["claims"][0]["id"]
    client.post(f"/api/claims/{decided}/decision", {"decision": "accept", "seen": 0})

    def found(event: str) -> tuple[int, dict[str, int]]:
        """How many claims the filter leaves, and what its options say."""
        options = {value: count for value, _, count in client.get("/api/filters")["event"]}
        return client.get(f"/api/claims?event={event}")["total"], options

    before = found(alder)
    assert before[0] == before[1][alder] == 3
    client.post(f"/api/events/{cedar}/merge", {"into": alder, "seen": 0})
    total, options = found(alder)
    assert (total, options[alder], cedar in options) == (4, 4, False)
    assert client.get(f"/api/claims/{decided}")["fields"]["event_id"] == alder
    client.post(f"/api/events/{alder}/undo", {"seen": client.get(f"/api/events/{alder}")["version"]})
    assert found(alder) == before
    assert found(cedar)[0] == 1


def test_a_statement_that_several_articles_quote_stands_once(corpus: Path, client: Client) -> None:
    said = {"d": "Dahl said that the Dell mine will close.", "f": "Ek said that the Dell mine has closed."}
    for name, words in {**said, "e": said["d"]}.items():
        (corpus / f"{name}.txt").write_text(f"{words} Told by {name}.\n")
    run()
    dossier = client.get(f"/api/events/{listed(client)['The Dell mine']['id']}")
    assert [
        (of["speaker"], [(said["words"], said["articles"]) for said in of["statements"]])
        for of in dossier["statements"]
    ] == [("Dahl", [("the Dell mine will close", 2)]), ("Ek", [("the Dell mine has closed", 1)])]


def test_a_rejected_claim_contradicts_nothing(client: Client) -> None:
    alder = listed(client)[ALDER]["id"]
    denial = client.get(f"/api/events/{alder}")["timeline"][1]["id"]
    client.post(f"/api/claims/{denial}/decision", {"decision": "reject", "seen": 0})
    assert not listed(client)[ALDER]["contradicted"]
    assert client.get(f"/api/events/{alder}")["denied_by"] == []


def test_edits_are_answered_with_the_event_that_they_leave(client: Client) -> None:
    alder, cedar = listed(client)[ALDER]["id"], listed(client)[CEDAR]["id"]
    named = client.post(f"/api/events/{alder}/rename", {"name": "The end", "seen": 0})
    assert (named["id"], named["title"], named["target"], named["undoable"]) == (alder, "The end", ALDER, True)
    merged = client.post(f"/api/events/{cedar}/merge", {"into": alder, "seen": 0})
    assert (merged["id"], merged["claims"]) == (alder, 4)
    assert set(listed(client)) == {"The end", BIRK}
    claims = [line["id"] for line in merged["timeline"] if "Cedar" in line["sentence"]]
    split = client.post(f"/api/events/{alder}/split", {"claims": claims, "seen": merged["version"]})
    assert (split["title"], split["claims"]) == (CEDAR, 1)
    version = client.get(f"/api/events/{alder}")["version"]
    assert client.post(f"/api/events/{alder}/undo", {"seen": version, "reviewer": "Ben"})["claims"] == 4
    history = client.get(f"/api/events/{alder}")["history"]
    assert [(edit["kind"], edit["reviewer"]) for edit in history] == [
        ("rename", "Ana Prado"), ("merge", "Ana Prado"), ("split", "Ana Prado"), ("undo", "Ben"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("action", "body", "status", "words"),
    [
        ("rename", {"name": "The end"}, 422, "which edit was seen"),
        ("rename", {"name": None, "seen": 0}, 422, "no name"),
        ("merge", {"into": "e404", "seen": 0}, 422, "no such event"),
        ("split", {"claims": "c1", "seen": 0}, 422, "no claims"),
        ("split", {"claims": [], "seen": 0}, 400, "Nothing to split"),
        ("undo", {"seen": 0}, 400, "nothing to undo"),
    ],
)
def test_what_is_no_edit_is_refused(client: Client, action: str, body: dict[str, Any], status: int, words: str) -> None:
    answer = client.ask(f"/api/events/{listed(client)[ALDER]['id']}/{action}", body)
    assert (answer[0], words in answer[1]["error"]) == (status, True)
    assert client.ask(f"/api/events/e404/{action}", body)[0] == 404
    assert set(listed(client)) == {ALDER, BIRK, CEDAR}


def test_only_the_page_itself_may_edit(client: Client) -> None:
    path = f"/api/events/{listed(client)[ALDER]['id']}/rename"
    assert client.ask(path, {"name": "x", "seen": 0}, headers={"X-Newsclaims": None})[0] == 403
    assert client.ask("/events", headers={"Cookie": None})[0] == 403


# ---- what it answers about speakers ----


@pytest.fixture
def quoted(corpus: Path, server: Server) -> None:
    """Two articles more: Dahl is quoted twice, Ek once."""
    for name, speaker in {"d": "Dahl", "e": "Dahl", "f": "Ek"}.items():
        (corpus / f"{name}.txt").write_text(f"{speaker} said that the Birk mine will close. Told by {name}.\n")
    run()


def speakers(client: Client) -> dict[str, dict[str, Any]]:
    return {speaker["title"]: speaker for speaker in client.get("/api/speakers")["speakers"]}


@pytest.mark.usefixtures("quoted")
def test_speakers_are_listed_named_merged_and_parted_again(client: Client) -> None:
    listed = speakers(client)
    assert {name: (of["claims"], of["articles"], of["undecided"]) for name, of in listed.items()} == {
        "Dahl": (2, 2, 2), "Ek": (1, 1, 1),
    }  # fmt: skip
    dahl, ek = (listed[name]["id"] for name in ("Dahl", "Ek"))
    dossier = client.get(f"/api/speakers/{ek}")
    assert (dossier["spellings"], dossier["version"], dossier["undoable"]) == ([["Ek", 1]], 0, False)
    client.post(f"/api/claims/{dossier['lines'][0]['id']}/decision", {"decision": "accept", "seen": 0})
    assert (speakers(client)["Ek"]["accepted"], speakers(client)["Ek"]["undecided"]) == (1, 0)
    merged = client.post(f"/api/speakers/{ek}/merge", {"into": dahl, "seen": 0, "reviewer": "Ben"})
    assert (merged["id"], merged["claims"], merged["merged"]) == (dahl, 3, ["Ek"])
    assert client.get("/api/filters")["speaker"] == [["Dahl", "Dahl", 3]]
    assert [client.get(f"/api/claims?speaker={name}")["total"] for name in ("Dahl", "Ek")] == [3, 1]
    named = client.post(f"/api/speakers/{dahl}/rename", {"name": "Ada Dahl", "seen": merged["version"]})
    assert [(edit["kind"], edit["reviewer"], edit["other"]) for edit in named["history"]] == [
        ("merge", "Ben", "Ek"), ("rename", "Ana Prado", ""),
    ]  # fmt: skip
    assert client.get("/api/filters")["speaker"] == [["Ada Dahl", "Ada Dahl", 3]]
    run()
    (row,) = rows("speakers.csv")
    assert (row["speaker"], row["name"], row["claims"], row["spellings"]) == ("Ada Dahl", "Ada Dahl", "3", "Dahl | Ek")
    for _ in range(2):
        version = client.get(f"/api/speakers/{dahl}")["version"]
        client.post(f"/api/speakers/{dahl}/undo", {"seen": version})
    assert list(speakers(client)) == ["Dahl", "Ek"]
    assert client.get("/api/filters")["speaker"] == [["Dahl", "Dahl", 2], ["Ek", "Ek", 1]]


@pytest.mark.usefixtures("quoted")
def test_several_speakers_are_merged_in_one_step_and_parted_in_one(corpus: Path, client: Client) -> None:
    (corpus / "g.txt").write_text("Lind said that the Birk mine will close. Told by g.\n")
    run()
    before = {name: speaker["claims"] for name, speaker in speakers(client).items()}
    assert before == {"Dahl": 2, "Ek": 1, "Lind": 1}
    dahl, *others = (speaker["id"] for speaker in speakers(client).values())
    gathered = client.post(f"/api/speakers/{dahl}/gather", {"others": others, "seen": 0})
    assert (gathered["claims"], sorted(gathered["merged"])) == (4, ["Ek", "Lind"])
    assert (gathered["history"][0]["kind"], gathered["history"][0]["others"]) == ("merge", 2)
    client.post(f"/api/speakers/{dahl}/undo", {"seen": gathered["version"]})
    assert {name: speaker["claims"] for name, speaker in speakers(client).items()} == before


@pytest.mark.usefixtures("quoted")
def test_a_list_that_the_page_has_is_not_sent_again(client: Client) -> None:
    for name in ("events", "speakers"):
        answer = client.get(f"/api/{name}")
        numbers = {word: answer[word] for word in ("run", "change", "edit")}
        known = "+".join(map(str, numbers.values()))
        assert client.get(f"/api/{name}?known={known}") == numbers
        assert client.get(f"/api/{name}?known=0+0+99")[name] == answer[name]


@pytest.mark.usefixtures("quoted")
def test_what_is_no_edit_of_a_speaker_is_refused(client: Client) -> None:
    dahl = speakers(client)["Dahl"]["id"]
    for action, body, status, words in (
        ("rename", {"name": "Ada"}, 422, "which edit was seen"),
        ("rename", {"name": 3, "seen": 0}, 422, "no name"),
        ("merge", {"into": "snone", "seen": 0}, 422, "no such speaker"),
        ("merge", {"into": dahl, "seen": 0}, 400, "The speaker can't be merged with itself."),
        ("gather", {"others": [], "seen": 0}, 422, "no speakers to merge"),
        ("gather", {"others": [dahl], "seen": 0}, 422, "in the list any more"),
        ("gather", {"others": ["snone"], "seen": 0}, 422, "in the list any more"),
        ("undo", {"seen": 0}, 400, "nothing to undo"),
    ):
        answer = client.ask(f"/api/speakers/{dahl}/{action}", body)
        assert (answer[0], words in answer[1]["error"]) == (status, True), action
        assert client.ask(f"/api/speakers/snone/{action}", body)[0] == 404
    assert client.ask(f"/api/speakers/{dahl}/undo", {"seen": 0}, headers={"X-Newsclaims": None})[0] == 403
    assert client.ask("/speakers", headers={"Cookie": None})[0] == 403


# ---- the pages in a browser ----


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Visit]:
    name, _, value = opened(server).cookie.partition("=")
    address = f"http://127.0.0.1:{server.port}"
    with visiting(browser, "about:blank") as visit:
        visit.page.context.add_cookies([{"name": name, "value": value, "url": address}])
        visit.open(f"{address}/events")
        at_rest(visit.page)
        yield visit
        assert not visit.trouble


@pytest.fixture
def page(visit: Visit) -> Page:
    return visit.page


def at_rest(page: Page) -> None:
    page.wait_for_selector(".line[aria-current]", state="attached")
    settle(page, "events.js")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
        settle(page, "events.js")


def titles(page: Page) -> list[str]:
    return page.locator("#list .what").all_text_contents()


def test_the_dossier_shows_both_sides_and_marks_contradictions(page: Page) -> None:
    assert titles(page) == [ALDER, BIRK, CEDAR]
    assert page.inner_text("#dossier-name") == ALDER
    assert page.locator(".affirming .card").count() == 2
    assert page.locator(".denying .card .words").all_inner_texts() == ["The Alder mine will not close."]
    assert page.locator(".contradicts").count() == 3
    left, right = (page.locator(f"{side} .card").first.bounding_box() for side in (".affirming", ".denying"))
    assert left
    assert right
    assert left["x"] + left["width"] <= right["x"]
    assert page.locator(".day h4").all_inner_texts() == ["2025-03-01", "2025-03-02", "2025-03-03"]
    assert "<i>On b" in page.inner_text(".denying .card .file")  # text, never markup


def test_statements_are_shown_by_speaker(page: Page, corpus: Path) -> None:
    for name in "de":
        (corpus / f"{name}.txt").write_text(f"Dahl said that the Birk mine will close. Told by {name}.\n")
    run()
    page.reload()
    at_rest(page)
    page.click(f".line:has-text('{BIRK}')")
    settle(page, "events.js")
    assert page.locator(".statements dt").all_inner_texts() == ["Dahl"]
    assert page.inner_text(".statements dd") == "the Birk mine will close in 2 articles"


def test_a_claim_of_the_timeline_leads_to_the_page_of_claims(page: Page) -> None:
    page.click(".denying .card a")
    page.wait_for_selector("#claim-name")
    assert "will not close" in page.inner_text("blockquote")
    page.go_back()
    page.wait_for_selector(".card")


def test_the_list_can_be_searched_and_walked_by_keys(page: Page) -> None:
    press(page, "j")
    assert page.inner_text("#dossier-name") == BIRK
    press(page, "ArrowDown", "j")
    assert page.inner_text("#dossier-name") == CEDAR
    expect_status(page, "last event")
    press(page, "k", "k", "k")
    expect_status(page, "first event")
    press(page, "/")
    page.keyboard.type("cedar")
    assert titles(page) == [CEDAR]
    press(page, "Escape", "j")
    assert page.inner_text("#dossier-name") == CEDAR
    page.fill("#text", "")
    page.check("#contradicted")
    assert titles(page) == [ALDER]
    assert page.inner_text("#matching") == "1 event"


def test_an_event_is_named_merged_and_parted_again(page: Page) -> None:
    press(page, "n")
    page.keyboard.type("The end of Alder")
    press(page, "Enter")
    expect_status(page, "Named “The end of Alder”")
    assert titles(page)[0] == "The end of Alder"
    assert page.inner_text("#dossier-name") == "The end of Alder"
    page.click(f".line:has-text('{CEDAR}')")
    settle(page, "events.js")
    press(page, "m")
    page.select_option("#into", label="The end of Alder (3 articles, 2025-03-01 to 2025-03-03)")
    page.click("#merge button")
    expect_status(page, "Merged into “The end of Alder”")
    assert titles(page) == ["The end of Alder", BIRK]
    assert page.locator(".card").count() == 4
    page.check(".card:has-text('Cedar') input")
    press(page, "s")
    expect_status(page, "Split off")
    assert titles(page) == ["The end of Alder", BIRK, CEDAR]
    run()
    assert {row["what"]: row["name"] for row in rows("events.csv")} == {
        "The end of Alder": "The end of Alder", BIRK: "", CEDAR: "",
    }  # fmt: skip


def test_undo_takes_the_last_edit_of_the_event_back(page: Page) -> None:
    assert page.is_disabled("#undo")
    press(page, "n")
    page.keyboard.type("The end")
    press(page, "Enter")
    press(page, "u")
    expect_status(page, "Undid")
    assert titles(page) == [ALDER, BIRK, CEDAR]
    assert page.is_disabled("#undo")
    page.click("#dossier summary")
    assert "Ana Prado named it “The end”" in page.inner_text("#dossier details")


def test_nothing_marked_or_chosen_changes_nothing(page: Page) -> None:
    press(page, "s")
    expect_status(page, "Mark in the timeline")
    page.click("#merge button")
    expect_status(page, "Choose the event")
    assert titles(page) == [ALDER, BIRK, CEDAR]


def test_a_refused_edit_is_shown_and_keeps_what_was_typed(visit: Visit, client: Client) -> None:
    page = visit.page
    alder = listed(client)[ALDER]["id"]
    client.post(f"/api/events/{alder}/rename", {"name": "Another name", "seen": 0})
    page.fill("#name", "The end")
    page.click("#rename button")
    page.wait_for_selector("[data-alert=failed]:has-text('in the meantime')")
    assert page.input_value("#name") == "The end"
    assert len(visit.trouble) == 1
    assert "400" in visit.trouble.pop()


def test_what_others_do_is_told(page: Page) -> None:
    decide(0, decision="reject")
    run()
    poll(page)
    settle(page, "events.js")
    page.click("[data-alert=changed] button:has-text('Reload')")
    settle(page, "events.js")
    assert page.locator("[data-alert]").count() == 0
    assert page.locator(".card.reject").count() == 1


def test_the_help_lists_the_keys(page: Page) -> None:
    press(page, "?")
    assert page.locator("#help tr").count() == 9
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()


def test_nothing_is_cut_off_at_any_width(page: Page) -> None:
    for width in (1600, 1000, 700, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for selector in ("#dossier-name", ".card .words >> nth=0", "#name", "#into", "#split"):
            box = page.locator(selector).bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width


def test_the_page_of_claims_leads_there_and_a_phone_shows_list_or_dossier(browser: Browser, server: Server) -> None:
    with visiting(browser, server.new_url(), viewport={"width": 390, "height": 800}, color_scheme="dark") as visit:
        page = visit.page
        page.wait_for_selector("#claim-name")
        page.click("a[href='/events']")
        at_rest(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert not page.is_visible("#list")
        page.click("[data-show=events]")
        page.click(f".line:has-text('{BIRK}')")
        settle(page, "events.js")
        assert page.inner_text("#dossier-name") == BIRK
        background = page.evaluate("getComputedStyle(document.querySelector('.card')).backgroundColor")
        assert sum(map(int, background[4:-1].split(","))) < 3 * 80  # in the dark the page is dark
        assert not visit.trouble


@pytest.mark.usefixtures("quoted")
def test_the_page_of_speakers_names_and_merges_by_keys(page: Page) -> None:
    page.click(".pages a:has-text('Speakers')")
    page.wait_for_selector("#speakers .line[aria-current]", state="attached")
    settle(page, "speakers.js")
    assert titles(page) == ["Dahl", "Ek"]
    assert page.locator(".card").count() == 2
    for key in ("j", "n"):
        page.keyboard.press(key)
        settle(page, "speakers.js")
    assert page.inner_text("#dossier-name") == "Ek"
    page.keyboard.type("<b>Mara</b> Ek")
    page.keyboard.press("Enter")
    expect_status(page, "Named “<b>Mara</b> Ek”")
    page.keyboard.press("m")
    page.select_option("#into", label="Dahl (2 claims in 2 articles)")
    page.click("#merge button")
    expect_status(page, "Merged into “Dahl”")
    assert titles(page) == ["Dahl"]
    assert page.locator(".facts dd").first.inner_text().splitlines() == ["Dahl 2 claims", "Ek 1 claim"]
    page.keyboard.press("u")
    expect_status(page, "Undid the last edit of this speaker.")
    assert titles(page) == ["Dahl", "<b>Mara</b> Ek"]
    page.keyboard.press("g")
    expect_status(page, "Search for the spellings of one speaker first.")
    page.fill("#text", "a")
    page.keyboard.press("Escape")
    for words in ("Press g again to merge 1 other speaker of the list into “Dahl”.", "Merged 1 speaker into “Dahl”."):
        page.keyboard.press("g")
        expect_status(page, words)
    assert titles(page) == ["Dahl"]
    page.click(".facts a:has-text('Dahl')")
    ready(page)
    assert page.inner_text("#matching") == "3 claims in this list, 0 decided"
