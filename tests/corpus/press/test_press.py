"""Exports of press databases: each article with its own title, day, publisher, authors and section, and no field of
the export in its text."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest

from pipeline.corpus.detect.sniff import detect_kind
from pipeline.corpus.document import Document, UnreadablePart
from pipeline.corpus.press import clean_lines, find_entries
from pipeline.corpus.process.worker import read_task
from pipeline.corpus.readers.source import Budget, Source
from pipeline.corpus.readers.walk import iter_tasks
from pipeline.settings import Fields
from tests.helpers import press
from tests.helpers.formats import FIRST, HEADLINE, PARAGRAPHS, PLAIN, mail
from tests.helpers.press import SECOND_HEADLINE, SECOND_TEXT

EXPORTS = {
    "lexisnexis 2010": lambda: press.lexisnexis_2010().encode(),
    "lexisnexis 1998": lambda: press.lexisnexis_1998().encode(),
    "nexis uni as docx": lambda: press.as_docx(press.nexis_uni_lines()),
    "nexis uni as rtf": lambda: press.as_rtf(press.nexis_uni_lines()),
    "nexis uni as pdf": lambda: press.as_pdf(press.nexis_uni_lines()),
    "nexis uni as text": lambda: "\n".join(press.nexis_uni_lines()).encode(),
    "lexisnexis 2010 as docx": lambda: press.as_docx(press.lexisnexis_2010().splitlines()),
    "factiva, codes above": lambda: press.factiva_coded().encode(),
    "factiva, codes and tabs": lambda: press.factiva_coded("\t").encode(),
    "factiva, codes and blanks": lambda: press.factiva_coded("   ").encode(),
    "factiva, codes and one blank": lambda: press.factiva_coded(" ").encode(),
    "factiva, codes in cells": lambda: press.factiva_coded("|").encode(),
    "factiva, codes as rtf": lambda: press.as_rtf(press.factiva_coded().splitlines()),
    "factiva as shown": lambda: press.factiva_shown().encode(),
    "factiva as shown as rtf": lambda: press.as_rtf(press.factiva_shown().splitlines()),
    "factiva as shown as docx": lambda: press.as_docx(press.factiva_shown().splitlines()),
    "factiva page": lambda: press.factiva_html().encode(),
    "factiva page with codes": lambda: press.factiva_html_coded().encode(),
    "proquest": lambda: press.proquest().encode(),
    "proquest, numbered": lambda: press.proquest(numbered=True).encode(),
    "proquest as docx": lambda: press.as_docx(press.proquest().splitlines()),
    "newsbank": lambda: press.newsbank().encode(),
    "newsbank today": lambda: press.newsbank_today().encode(),
    "newsbank as rtf": lambda: press.as_rtf(press.newsbank().splitlines()),
    "europresse": lambda: press.europresse().encode(),
    "europresse page by classes": lambda: press.europresse_page().encode(),
    "europresse page without numbers": lambda: press.europresse_page(numbered=False).encode(),
    "proquest as mail": lambda: mail(text=press.proquest()),
    "proquest, numbered, as mail": lambda: mail(text=press.proquest(numbered=True)),
    "lexisnexis as mail": lambda: mail(text=press.lexisnexis_2010()),
    "europresse as a page in a mail": lambda: mail(html=press.europresse_page(), text="See the web version."),
    "europresse page": lambda: press.europresse_html().encode(),
}
#: What stands in the fields of all these exports and in none of their texts.
NOT_TEXT = (
    "BYLINE", "Byline", "LENGTH", "Ida Berg", "Copyright", "(c)", "LOAD-DATE", "Load-Date", "ENGLISH", "English",
    "DOCUMENTS", "355 words", "Document ", "gcat", "Example Bank", "Newspapers Limited", "Factiva", "Search Summary",
    "docview", "Publication", "Record", "Certificat", "End of", "Subject", "Edition", "SECTION",
)  # fmt: skip


def read_items(data: bytes, name: str = "x") -> list[tuple[str, Document | UnreadablePart]]:
    source = Source(name, BytesIO(data), Fields(), Budget())
    return [(task.part + item.part, item) for task in iter_tasks(source) for item in read_task(task)]


def plain(text: str) -> str:
    return " ".join(text.replace("“", '"').replace("”", '"').split())


@pytest.mark.parametrize("name", EXPORTS)
def test_each_article_of_an_export_is_one_article(name: str) -> None:
    (place, first), (second_place, second) = read_items(EXPORTS[name]())
    assert (place, second_place) == ("#1", "#2")
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    year = 1998 if "1998" in name else 2025
    assert first.metadata.title == HEADLINE
    assert second.metadata.title.partition(";")[0] == SECOND_HEADLINE
    assert [item.metadata.published for item in (first, second)] == [date(year, 3, 4), date(year, 3, 5)]
    assert {item.metadata.published_source for item in (first, second)} == {"metadata"}
    assert plain(first.text) == plain(" ".join((HEADLINE, *PARAGRAPHS)))
    assert plain(second.text.split("\n\n", 1)[1]) == plain(" ".join(SECOND_TEXT))
    assert not [word for word in NOT_TEXT if word in first.text + second.text]


@pytest.mark.parametrize("name", EXPORTS)
def test_publisher_authors_and_section_are_those_of_the_article(name: str) -> None:
    documents = [item for _, item in read_items(EXPORTS[name]()) if isinstance(item, Document)]
    first, second = (document.metadata for document in documents)
    if "1998" in name:
        assert first.publisher == second.publisher == "The Daily Example"
        assert first.authors == second.authors == ("ADA BRANDT",)
        assert first.section == "Section A; Page 1; Column 3; National Desk"
        return
    assert first.publisher in ("Daily Example (Larnhaven)", "The Daily Example")
    assert second.publisher in ("The Sund Courier", "Sund Courier")
    assert first.authors[0] == "Ada Brandt"
    assert second.authors == ("Nora Wick",)
    assert first.section in ("NEWS; Pg. 4", "News")


def test_an_export_of_one_article_has_no_number() -> None:
    ((place, document),) = read_items(press.factiva_coded().partition("\n\nSE\nLocal")[0].encode())
    assert isinstance(document, Document)
    assert (place, document.metadata.title) == ("", HEADLINE)


def test_a_lexisnexis_article_saved_by_itself_is_known_by_its_fields() -> None:
    chunk = press.lexisnexis_1998().partition("STORIES\n")[2].partition("LEVEL 1")[0]
    ((place, document),) = read_items(chunk.encode())
    assert isinstance(document, Document)
    assert (place, document.metadata.title, document.metadata.published) == ("", HEADLINE, date(1998, 3, 4))


def test_an_entry_without_full_text_says_so() -> None:
    data = press.proquest().replace(f"Full text: {SECOND_TEXT[0]}\n\n{SECOND_TEXT[1]}\n\n", "").encode()
    (_, first), (place, second) = read_items(data)
    assert isinstance(first, Document)
    assert place == "#2"
    assert second == UnreadablePart("the export has no text of it", "Export it again with its full text.")


def test_days_of_other_languages_of_the_database_are_read() -> None:
    data = press.factiva_shown().replace("4 March 2025", "4 März 2025").replace("355 words", "355 Wörter")
    documents = [item for _, item in read_items(data.encode()) if isinstance(item, Document)]
    assert [document.metadata.published for document in documents] == [date(2025, 3, 4), date(2025, 3, 5)]


def test_an_issue_without_a_day_stays_undated_and_its_load_date_is_not_taken() -> None:
    data = press.lexisnexis_2010().replace("March 4, 2025 Tuesday", "March 2025").encode()
    (_, first), _ = read_items(data)
    assert isinstance(first, Document)
    assert (first.metadata.title, first.metadata.published) == (HEADLINE, None)


def test_words_in_capitals_in_a_text_begin_no_field() -> None:
    text = "IN BERLIN they said no.\n\nRE the ferry, nobody said a word."
    data = press.factiva_coded(" ").replace(press.SECOND_TEXT[1], text).encode()
    _, (_, second) = read_items(data)
    assert isinstance(second, Document)
    assert "IN BERLIN they said no." in second.text
    assert "RE the ferry" in second.text


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        f"{HEADLINE}\n\nBYLINE: Ada Brandt\n\n{FIRST}\n",
        f"{HEADLINE}\n\n2 of 3 documents\n\n{FIRST}\n",
        f"{HEADLINE}\nDaily Example, The (Larnhaven, ST) - March 4, 2025\n\n{FIRST}\n",
        f"{FIRST}\n\nDocument ABC\n\nEnd of Document\n",
        f"Title: {HEADLINE}\nAuthor: Ada Brandt\nFull text: {FIRST}\n",
        f"HD\n{HEADLINE}\nLP\n{FIRST}\n",
    ],
)
def test_other_texts_are_no_exports(text: str) -> None:
    assert detect_kind(text.encode()) == "text"


@pytest.mark.parametrize(
    "text",
    [
        "Document A" + "1" * 100_000,
        "\n".join(["1 of 2 DOCUMENTS"] * 20_000),
        "\n".join(["LENGTH: 5 words"] * 20_000),
        "HD\nLP\nWC\nPD\n" * 20_000,
        "_" * 50_000 + "\n" + "Title: " * 20_000,
        "(a) - " * 30_000,
        "news·20250304·" + "A·" * 40_000,
        "Length: 5 words\nBody\nEnd of Document\n" * 5_000,
    ],
)
def test_no_text_makes_a_parser_take_long(text: str) -> None:
    import time

    started = time.process_time()
    find_entries(clean_lines(text))
    assert time.process_time() - started < 5
