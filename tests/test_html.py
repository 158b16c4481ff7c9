"""Pages: what reading gives for the layouts of tests/pages.py, and for what is no article at all."""

from __future__ import annotations

import pytest

from pipeline.corpus.document import Document
from pipeline.corpus.html import read_html
from tests.pages import PAGES, Page


def blocks(document: Document, *roles: str) -> list[str]:
    assert document.blocks is not None
    return [document.text[block.start : block.end] for block in document.blocks if block.role in roles]


@pytest.fixture(params=PAGES, ids=lambda page: page.name)
def page(request: pytest.FixtureRequest) -> Page:
    found: Page = request.param
    return found


def test_the_body_is_all_of_the_article_and_nothing_else(page: Page) -> None:
    document = read_html(page.html.encode())
    assert blocks(document, "body", "dateline") == list(page.body)
    assert [words for words in page.absent if words in document.text] == []
    found = {(block.role, document.text[block.start : block.end]) for block in document.blocks or ()}
    assert set(page.roles) <= found


def test_title_day_and_the_rest_are_known(page: Page) -> None:
    known = read_html(page.html.encode()).known
    assert known.title == page.title
    assert (known.published.isoformat() if known.published else None) == page.published
    assert {key: getattr(known, key) for key in page.known} == page.known


def test_blocks_cover_the_text(page: Page) -> None:
    document = read_html(page.html.encode())
    at = 0
    for block in document.blocks or ():
        assert not document.text[at : block.start].strip()
        assert document.text[block.start : block.end] == document.text[block.start : block.end].strip() != ""
        at = block.end
    assert at == len(document.text)
