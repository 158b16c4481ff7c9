"""HTML pages: the article in them and what they say of it."""

from __future__ import annotations

from typing import Any

from pipeline.corpus.days import day_of
from pipeline.corpus.document import Document
from pipeline.corpus.metadata import Metadata
from pipeline.errors import UnreadableArticle


def read_html(data: bytes, *, url: str = "", charset: str = "") -> Document:
    """The article of a page. Raises UnreadableArticle when there is none."""
    import trafilatura

    page = data.decode(charset or "utf-8", "replace")
    found: Any = trafilatura.bare_extraction(page, url=url or None, with_metadata=True)
    if found is None or not found.text:
        raise UnreadableArticle("no article in this page", "Save the article as text.")
    day = day_of(found.date)
    known = Metadata(found.title or "", day, "metadata" if day else "", found.sitename or "", url or found.url or "")
    return Document(found.text.replace("\n", "\n\n") + "\n", known)
