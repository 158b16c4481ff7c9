"""A real browser for the tests of pages: an installed Chromium, driven by Playwright's Python package.

Without a browser these tests are skipped; with BROWSER=required in the environment they fail instead.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

NAMES = ("chromium", "chromium-browser", "google-chrome")


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
    """A page and everything that went wrong in it: script and console errors, dialogs, requests to other hosts."""

    page: Page
    trouble: list[str] = field(default_factory=list)

    def watch(self, host: str) -> None:
        """Record what goes wrong from now on; only requests to ``host`` are allowed."""
        self.page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        self.page.on("console", self._note_console_error)
        self.page.on("dialog", lambda dialog: self.trouble.append(f"dialog: {dialog.message}"))
        self.page.on("request", lambda sent: self._note_foreign_request(sent.url, host))

    def _note_console_error(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.trouble.append(message.text)

    def _note_foreign_request(self, url: str, host: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != host:
            self.trouble.append(f"request: {url}")


@contextmanager
def visiting(browser: Browser, url: str, **context: Any) -> Iterator[Visit]:
    """Open ``url`` in a new session, with cookies and storage of its own."""
    usual: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
    with browser.new_context(**{**usual, **context}) as opened:
        opened.set_default_timeout(10_000 * int(os.environ.get("PATIENCE", "1")))
        visit = Visit(opened.new_page())
        visit.watch(urlsplit(url).netloc)
        visit.page.goto(url)
        yield visit


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
