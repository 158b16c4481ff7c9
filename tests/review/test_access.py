"""The review page by keyboard, for a screen reader, on a phone, in light and dark; the screenshots of the README."""

from __future__ import annotations

import csv
import io
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from xml.etree import ElementTree

import pytest
from PIL import Image

from tests.helpers.browser import select, visiting
from tests.helpers.review import CorpusRun, expect_status, get, press, ready, settle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.model

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


def list_tab_stops(page: Page) -> dict[str, dict[str, Any]]:
    """Where Tab leads from the top of the page, once around."""
    page.evaluate("document.activeElement.blur()")
    reached: dict[str, dict[str, Any]] = {}
    for _ in range(90):
        page.keyboard.press("Tab")
        stop = page.evaluate(_FOCUS)
        if stop["name"] == "BODY" or (stop["name"] in reached and stop["name"] == "skip"):
            break
        reached[stop["name"]] = stop
    return reached


def test_all_is_reached_by_tab_and_the_focus_is_seen(page: Page) -> None:
    reached = list_tab_stops(page)
    actions = {"accept", "reject", "edit", "unsure", "undo", "note", "add", "previous", "next"}
    assert actions | {"skip", "reviewer", "stay", "keys", "text", "decision", "sort", "article-text"} <= set(reached)
    assert any(name.startswith("line") for name in reached)
    assert [stop for stop in reached.values() if not (stop["seen"] and stop["inside"])] == []
    press(page, "e", "Editing")
    reached = list_tab_stops(page)
    assert {"words", "field-target", "field-reporter", "form-note", "save", "close"} <= set(reached)
    assert [stop for stop in reached.values() if not (stop["seen"] and stop["inside"])] == []


def test_the_keys_are_explained_in_a_dialog_that_escape_closes(page: Page) -> None:
    page.keyboard.press("?")
    help_text = page.text_content("#help") or ""
    for key in ("accept", "reject", "unsure", "undo", "search", "Ctrl+Enter"):
        assert key in help_text
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


def find_nameless(page: Page) -> list[str]:
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
    assert find_nameless(page) == []
    press(page, "e", "Editing")
    assert find_nameless(page) == []
    page.keyboard.press("Escape")
    press(page, "m", "Adding")
    assert find_nameless(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert find_nameless(page) == []
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
    const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    const [x, y, z] = [r, g, b].map((v) => linear(v / 255));
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
    const written = [...node.childNodes].some((each) => each.nodeType === 3 && each.data.trim());
    if (!written && !node.matches("input, textarea, select")) continue;
    if (!node.checkVisibility({ visibilityProperty: true }) || node.matches(":disabled, option")) continue;
    texts += 1;
    for (const part of node.placeholder ? [null, "::placeholder"] : [null]) {
      const style = getComputedStyle(node, part);
      const [a, b] = [light(rgba(style.color)), light(behind(node))];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      const told = `${node.tagName}.${node.className} ${part ?? ""} ${ratio.toFixed(2)} ${style.opacity}`;
      if (ratio < 4.5 || style.opacity !== "1") pale.push(told);
    }
  }
  return [texts, [...new Set(pale)]];
}"""


SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def find_pale(page: Page) -> dict[str, list[str]]:
    """What is too pale on the page, by colour scheme."""
    pale: dict[str, list[str]] = {}
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        texts, pale[scheme] = page.evaluate(_PALE)
        assert texts > 50
    return pale


def test_every_text_stands_out_from_its_ground(page: Page) -> None:
    nothing: dict[str, list[str]] = {"light": [], "dark": []}
    press(page, "a", "Accepted")
    press(page, "r", "Rejected")
    press(page, "s", "Unsure")
    assert find_pale(page) == nothing
    press(page, "k")
    press(page, "e", "Editing")
    page.fill("#field-speaker_country, #field-actor_country", "Nowhere")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".problem:not([hidden])")
    assert find_pale(page) == nothing
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert find_pale(page) == nothing


def find_by_axe(page: Page) -> list[str]:
    """What axe-core finds in light, and of colours in dark: the rule, and the first element that breaks it."""
    from axe_playwright_python.base import AXE_SCRIPT

    page.evaluate(AXE_SCRIPT)
    found = []
    for scheme, rules in (("light", None), ("dark", ["color-contrast"])):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
        answer = page.evaluate("options => axe.run(options)", options)
        assert answer["passes"]
        found += [f"{scheme}: {rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in answer["violations"]]
    return found


def test_axe_finds_nothing_on_any_page(page: Page, browser: Browser, corpus_run: CorpusRun) -> None:
    address = page.url.partition("#")[0]
    found = {"claims": find_by_axe(page)}
    press(page, "e", "Editing")
    found["form"] = find_by_axe(page)
    page.keyboard.press("Escape")
    press(page, "g")
    found["articles"] = find_by_axe(page)
    for name in ("events", "speakers", "agreement"):
        page.goto(f"{address}{name}")
        if name != "agreement":
            page.wait_for_selector(".line[aria-current]", state="attached")
            settle(page, f"{name}.js")
        found[name] = find_by_axe(page)
    page.goto(f"{address}agreement")
    found["agreement"] = find_by_axe(page)
    with visiting(browser, (corpus_run.outputs / "report.html").resolve().as_uri()) as visit:
        more = "document.querySelectorAll(':is(.claim, tbody tr, path, .card, .list li):nth-of-type(n + 4)')"
        visit.page.evaluate(f"{more}.forEach((row) => row.remove())")
        found["report"] = find_by_axe(visit.page)
    assert not {name: problems for name, problems in found.items() if problems}


def test_a_phone_shows_all_without_scrolling_sideways(browser: Browser, url: str) -> None:
    with visiting(browser, url, viewport={"width": 360, "height": 740}, has_touch=True) as visit:
        page = visit.page
        ready(page)

        def widest() -> int:
            """The width of the widest pane in either colour scheme."""
            widths = []
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                widths += page.evaluate(wide)
            return int(max(widths))

        wide = "[...document.querySelectorAll('html, .scroll')].map((each) => each.scrollWidth)"
        for pane in ("queue", "claim", "article"):
            page.click(f'[data-show="{pane}"]')
            assert page.is_visible(f"#{pane}")
            assert widest() <= 360
        page.click('[data-show="queue"]')
        page.locator(".line").nth(2).click()
        page.wait_for_selector("#claim", state="visible")
        page.click('[data-act="accept"]')
        expect_status(page, "Accepted")
        page.click('[data-act="edit"]')
        expect_status(page, "Editing")
        assert widest() <= 360
        page.click('[data-show="article"]')
        select(page, "United Glassworkers")
        page.click('[data-show="claim"]')
        assert page.input_value("#words") == "United Glassworkers"
        page.click('[data-act="save"]')
        expect_status(page, "Edited, saved.")
        assert not visit.trouble


def test_the_list_keeps_rows_however_many_filters_are_open(page: Page) -> None:
    page.click("#more summary")
    for width, height in ((1366, 657), (1280, 600), (390, 800)):
        page.set_viewport_size({"width": width, "height": height})
        if width < 700:
            page.click("button[data-show=queue]")
        assert page.evaluate("document.querySelector('#lines').clientHeight") >= 150


SCREENSHOTS = Path(__file__).resolve().parents[1] / "screenshots"
SIZE = (1280, 800)
HEAVIEST = 250_000


def test_every_chart_of_the_report_can_be_saved(browser: Browser, examples: Path, tmp_path: Path) -> None:
    report = (examples / "outputs" / "report.html").resolve().as_uri()
    with visiting(browser, report, color_scheme="dark") as visit:
        page = visit.page
        figures = page.locator("figure")
        assert figures.count() == page.locator("svg[role=img]").count() == page.locator(".saving").count() > 4
        for chart in (".bars", ".columns", ".events", ".map"):
            figure = figures.filter(has=page.locator(f"svg{chart}")).first
            saved = {kind: save(page, figure, kind, tmp_path) for kind in ("SVG", "PNG", "CSV")}
            assert {path.stem for path in saved.values()} == {saved["SVG"].stem}
            drawing = ElementTree.parse(saved["SVG"]).getroot()  # noqa: S314
            colours = {element.get("fill") for element in drawing.iter()}
            assert "rgb(252, 251, 248)" in colours, "the paper of the light page"
            assert not [element for element in drawing.iter() if element.get("class")]
            with Image.open(saved["PNG"]) as image:
                assert image.size == tuple(int(4 * float(drawing.attrib[side])) for side in ("width", "height"))
                assert len(image.convert("RGB").getcolors(1 << 20) or ()) > 3
            rows = list(csv.reader(saved["CSV"].read_text(encoding="utf-8-sig").splitlines()))
            assert len({len(row) for row in rows}) == 1
            assert len(rows) > 2
        assert not [line for line in visit.trouble if not line.startswith("request: file:")]


def save(page: Page, figure: Locator, kind: str, folder: Path) -> Path:
    """The file that a button below a chart saves."""
    with page.expect_download() as download:
        figure.locator("button", has_text=kind).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def picture(page: Page, name: str) -> None:
    """A screenshot in few colours."""
    with Image.open(io.BytesIO(page.screenshot())) as image:
        image.convert("RGB").quantize(128).save(SCREENSHOTS / name, optimize=True)


def test_the_screenshots_of_the_readme(
    browser: Browser, corpus_run: CorpusRun, url: str, pytestconfig: pytest.Config
) -> None:
    """Made anew from the shipped corpus with --screenshots, else only looked at: size and weight."""
    if pytestconfig.getoption("--screenshots"):
        SCREENSHOTS.mkdir(exist_ok=True)
        with visiting(browser, url) as visit:
            ready(visit.page)
            for key in "aarars":
                press(visit.page, key, "saved. Next: ")
            visit.page.click(".line:has-text('Halberg Glass will close its bottle plant') >> nth=0")
            visit.page.wait_for_selector("#claim-name:has-text('its bottle plant')")
            picture(visit.page, "review.png")
        corpus_run.rerun()
        with visiting(browser, (corpus_run.outputs / "report.html").resolve().as_uri()) as visit:
            picture(visit.page, "report.png")
    for name in ("review.png", "report.png"):
        image = (SCREENSHOTS / name).read_bytes()
        assert image[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", image[16:24]) == SIZE
        assert len(image) < HEAVIEST
