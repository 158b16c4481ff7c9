"""The whole article marked at once: all its claims by decision, overlapping ones, and sentences that were missed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.review.server import make_server
from tests.helpers.browser import visiting
from tests.helpers.review import click_line, expect_status, press, ready, settle, shown_claim_id
from tests.helpers.store import read_once

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TEXT = (
    "The mine in Oru closes on Friday, she said.\n\nNobody goes there, he said. Ada Brandt warns of floods. "
    "Boats lie in the harbour.\n\nAccording to the mayor, rents rise.\n"
)
#: How a mark's ground and line look.
_LOOK = "(node) => ((style) => style.backgroundColor + style.textDecoration + style.boxShadow)(getComputedStyle(node))"


def marked(page: Page, classes: str) -> list[str]:
    """The words in the article's marks that have all these classes."""
    return page.locator(f"#article-text mark.{classes}").all_text_contents()


def test_all_claims_are_marked_and_lead_to_themselves(browser: Browser, corpus: Path) -> None:
    (corpus / "b.txt").write_text("No boats leave. Snow falls.\n")
    (corpus / "c.txt").write_text("The lock is open, he said. The keeper warns of ice.\n")
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
        looks = {node.evaluate(_LOOK) for node in page.locator("#article-text mark.content").all()}
        assert len(looks) == 1  # the shown claim stands out alike, whatever lies in it
        inner.last.click()
        settle(page)
        assert shown_claim_id(page) != wide
        assert marked(page, "content") == ["Brandt warns of"]
        page.click("#article-text mark.content.claimed")
        settle(page)
        assert shown_claim_id(page) == wide
        press(page, "x", "Sentence 1 of 1")
        assert [words.strip() for words in marked(page, "missed.chosen")] == ["The keeper warns of ice."]
        assert page.text_content("#claim-name") == "No claim is shown"
        page.keyboard.press("x")
        expect_status(page, "No further sentence with a reporting verb is without a claim.")
        page.keyboard.press("x")
        expect_status(page, "Sentence 1 of 1")
        click_line(page, f'[data-id="{wide}"]')
        page.uncheck("#all-claims")
        assert marked(page, "claimed") == []
        page.reload()
        ready(page)
        settle(page)
        assert not page.is_checked("#all-claims")
        assert page.is_checked("#missed")
        assert marked(page, "claimed") == []
        assert not visit.trouble


#: JavaScript: words searched for, marked in a text, and where they stand in code points from offset 10 on.
_SEARCH = """([text, search]) => import("/static/text.js").then(({ splitByFound, foundSpans }) => [
  splitByFound(text, search).map(([part, isFound]) => (isFound ? `[${part}]` : part)).join(""),
  foundSpans(text, 10, search),
])"""


def test_searched_words_and_unclaimed_sentences_are_found_by_their_text(browser: Browser, corpus: Path) -> None:
    read_once(corpus, TEXT)
    with make_server(Path("outputs"), "Ana") as server, visiting(browser, server.new_url()) as visit:
        page = visit.page
        ready(page)
        for text, search, shown, spans in (
            ("The mine", "MINE", "The [mine]", [[14, 18]]),
            ("mine and mines", "mine in", "[mine] and [mine]s", [[10, 14], [19, 23]]),
            ("😀 a\u00a0mine", "mine 😀", "[😀] a\u00a0[mine]", [[10, 11], [14, 18]]),
            ("aaaab", "aa a", "[aaaa]b", [[10, 14]]),
            ("<b>x</b> .*", ".* <b>", "[<b>]x</b> [.*]", [[10, 13], [19, 21]]),
            ("nothing", "", "nothing", []),
        ):
            assert page.evaluate(_SEARCH, [text, search]) == [shown, spans]
        sentences = """([blocks, claimed]) => import("/static/text.js").then(({ unclaimedSentences }) =>
          unclaimedSentences({ blocks }, claimed, new Set(["said", "according"])))"""
        body = "Rain fell. Ada SAID so! Nobody came.\nThe rest was unsaid."
        blocks = [
            {"role": "caption", "start": 5, "end": 5 + len(body), "text": body},
            {"role": "footer", "start": 100, "end": 113, "text": "Ada said more"},
            {"role": "body", "start": 200, "end": 230, "text": "😀 According to him. He said so"},
        ]
        assert page.evaluate(sentences, [blocks, []]) == [[16, 29], [200, 220], [220, 230]]
        assert page.evaluate(sentences, [blocks, [[20, 21], [228, 240]]]) == [[200, 220]]
        assert not visit.trouble
