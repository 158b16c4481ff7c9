"""A real browser for the tests of pages: an installed Chromium, driven by Playwright's Python package.

Without a browser these tests are skipped; with BROWSER=required in the environment they fail instead.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page

#: Debian's browser without windows comes first: the same pages cost two thirds of the CPU time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def find_browser() -> str:
    """The path of the browser: $CHROMIUM, else the first of NAMES that is installed. Without one, skips or fails."""
    for name in (os.environ.get("CHROMIUM", ""), *NAMES):
        if name and (path := shutil.which(name)):
            return path
    return _without("no browser: install chromium, or give the path of one in CHROMIUM")


def _without(reason: str) -> str:
    if os.environ.get("BROWSER") == "required":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@contextmanager
def launched() -> Iterator[Browser]:
    """A headless browser, closed at the end of the block."""
    path = find_browser()
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _without('no Playwright: pip install -e ".[browser]"')
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        # What is tested is text and layout: a process that stands in for a graphics card takes a tenth of the time.
        args = ["--disable-gpu", *(["--no-sandbox"] if root else [])]
        browser = playwright.chromium.launch(executable_path=path, args=args)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page and everything that went wrong in it: script and console errors, dialogs, requests to other hosts.

    Only requests to ``host`` are allowed.
    """

    page: Page
    host: str = ""
    trouble: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Record what goes wrong from now on."""
        self.page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        self.page.on("console", self._note_console_error)
        self.page.on("dialog", self._note_dialog)
        self.page.on("request", lambda sent: self._note_foreign_request(sent.url))

    def _note_console_error(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.trouble.append(message.text)

    def _note_dialog(self, dialog: Dialog) -> None:
        self.trouble.append(f"dialog: {dialog.message}")
        dialog.accept()  # a page with something unsaved is left all the same

    def _note_foreign_request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != self.host:
            self.trouble.append(f"request: {url}")

    def open(self, url: str) -> None:
        """Open ``url`` as the first page of a session."""
        self.host, self.trouble = urlsplit(url).netloc, []
        self.page.goto(url)

    def leave(self) -> None:
        """End the session: no cookie, nothing stored, no route and no running script is left of it."""
        self.page.unroute_all()
        self.page.goto("about:blank")
        self.page.context.clear_cookies()
        if self.host:
            devtools = self.page.context.new_cdp_session(self.page)
            devtools.send("Storage.clearDataForOrigin", {"origin": f"http://{self.host}", "storageTypes": "all"})
            devtools.detach()


#: Pages that have been left, by browser: a new page takes four times as long to load, as its process is new, too.
_LEFT: WeakKeyDictionary[Browser, list[Visit]] = WeakKeyDictionary()


@contextmanager
def visiting(
    browser: Browser,
    url: str,
    *,
    viewport: dict[str, int] | None = None,
    color_scheme: Literal["light", "dark"] = "light",
    has_touch: bool = False,
) -> Iterator[Visit]:
    """Open ``url`` in a session of its own, without cookies and storage of others, in a page without motion.

    ``viewport`` is 1280 by 800 pixels unless given.
    """
    left = _LEFT.setdefault(browser, [])
    visit = left.pop() if left and not has_touch else _new_visit(browser, has_touch)
    try:
        width, height = (viewport or {"width": 1280, "height": 800}).values()
        visit.page.set_viewport_size({"width": width, "height": height})
        visit.page.emulate_media(color_scheme=color_scheme)
        visit.open(url)
        yield visit
    except BaseException:
        visit.page.context.close()
        raise
    if has_touch:
        visit.page.context.close()
    else:
        visit.leave()
        left.append(visit)


def _new_visit(browser: Browser, has_touch: bool) -> Visit:
    context = browser.new_context(reduced_motion="reduce", has_touch=has_touch)
    context.set_default_timeout(10_000 * int(os.environ.get("PATIENCE", "1")))
    visit = Visit(context.new_page())
    visit.watch()
    return visit


#: JavaScript that returns where words appear on the screen: the left edge of their first character and the
#: right edge of their last one, both at mid-height. It searches the text nodes of an element.
_PLACE = """([selector, words]) => {
  const root = document.querySelector(selector);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const places = [];
  let text = "";
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (let offset = 0; offset < node.data.length; offset += 1) places.push([node, offset]);
    text += node.data.replace(/\\s/g, " ");
  }
  const start = text.indexOf(words);
  if (start < 0) throw new Error(`not there: ${words}`);
  places[start][0].parentElement.scrollIntoView({ block: "center" });
  const rectangle = ([node, offset]) => {
    const range = document.createRange();
    range.setStart(node, offset);
    range.setEnd(node, offset + 1);
    return range.getBoundingClientRect();
  };
  const [first, last] = [rectangle(places[start]), rectangle(places[start + words.length - 1])];
  return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
}"""


def select(page: Page, words: str, selector: str = "#article-text") -> None:
    """Select words in an element by dragging the mouse over them."""
    left, top, right, bottom = page.evaluate(_PLACE, [selector, words])
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move((left + right) / 2, (top + bottom) / 2)
    page.mouse.move(right, bottom)
    page.mouse.up()
