"""Steps that the tests of the review page share; their fixtures are in tests/review/conftest.py."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.run_job import run
from pipeline.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class CorpusRun:
    """A corpus after a run: the settings of the run and the folder with its results."""

    settings: Settings

    @property
    def outputs(self) -> Path:
        return self.settings.outputs

    def rerun(self) -> dict[str, dict[str, str]]:
        """Run again and return the rows of claims.csv by claim id."""
        run(self.settings)
        with (self.outputs / "claims.csv").open(encoding="utf-8-sig", newline="") as lines:
            return {row["claim_id"]: row for row in csv.DictReader(lines)}


def run_corpus() -> CorpusRun:
    """Run on the corpus in the working folder."""
    corpus_run = CorpusRun(Settings())
    run(corpus_run.settings)
    return corpus_run


def ready(page: Page) -> None:
    page.wait_for_selector("#claim-name")
    page.wait_for_selector(".line[aria-current]", state="attached")


def settle(page: Page, script: str = "decide.js") -> None:
    """Wait until what keys and clicks have begun is ended: what is asked meanwhile may be called off, as it should.

    ``script`` is the one that has the page's queue: "events.js" on the page of events.
    """
    page.evaluate(f"import('/static/{script}').then(({{ enqueue }}) => enqueue(() => {{}}))")


def reload(page: Page) -> None:
    """Load the page again once it is at rest: a page that just then changes its own address calls off the reload."""
    ready(page)
    settle(page)
    page.reload()


def poll(page: Page) -> None:
    """Have the page ask at once what others changed, which it does every few seconds."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def expect_status(page: Page, words: str) -> None:
    """Wait until the status line has these words: some, as any line has none of them at once."""
    from playwright.sync_api import expect

    assert words
    expect(page.locator("#status")).to_contain_text(words)


def shown_claim_id(page: Page) -> str:
    """The id of the claim that is shown."""
    match = re.search(r"claim=(\w+)", page.url)
    assert match
    return match[1]


def get(page: Page, path: str) -> Any:
    """The JSON that the server sends to the page."""
    return page.evaluate("path => fetch(path).then((answer) => answer.json())", path)


def press(page: Page, key: str, words: str = "") -> str:
    """Press a key, wait for these words in the status line, and return the id of the claim that was shown before.

    Without words it waits until what the key began is ended.
    """
    settle(page)
    before = shown_claim_id(page)
    page.evaluate("document.getElementById('status').textContent = ''")
    page.keyboard.press(key)
    if words:
        expect_status(page, words)
    else:
        settle(page)
    return before


def click_line(page: Page, selector: str) -> None:
    """Click a line of the list, and wait until its claim is the one that is shown."""
    page.click(selector)
    settle(page)
