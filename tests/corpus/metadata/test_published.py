"""When an article was published: what counts as a date, which source goes first, and what never counts."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.corpus import read
from pipeline.corpus.layout.blocks import find_blocks
from pipeline.corpus.metadata import Metadata, split_authors
from pipeline.corpus.metadata.days import parse_day
from pipeline.corpus.metadata.published import find_published
from pipeline.records import Article
from tests.helpers.formats import PLAIN, pdf, table, zipped

DAY = date(2025, 3, 4)


@pytest.mark.parametrize(
    "value",
    [
        "2025-03-04", "2025-03-04T23:30:00Z", "2025-03-04 10:00:00+01:00", "2025/03/04", "2025.3.4", "20250304",
        "20250304T093000Z", "20250304T093000+0100", "4 March 2025", "04 Mar 2025 09:30:00 +0100", "4th of March 2025",
        "March 4, 2025", "Tuesday, Mar. 4, 2025 at 9:30 a.m. EST", "4-Mar-2025", 1741080600, 1741080600000,
        "1741080600", "2025-3-4", "Tue, 4 Mar 25 09:30:00 GMT", "Tue Mar  4 09:30:00 2025", "Tue, 2025-03-04",
        "20250304093000", "2025-03-04T25:00", "March 4, 2025; updated 9 March 2025",
    ],
)  # fmt: skip
def test_ways_to_write_a_day(value: Any) -> None:
    assert parse_day(value) == DAY


@pytest.mark.parametrize(
    ("value", "day"),
    [("13/11/2024", date(2024, 11, 13)), ("11/13/2024", date(2024, 11, 13)), ("5/5/2024", date(2024, 5, 5))],
)
def test_slashes_that_can_be_read_in_one_way_only(value: str, day: date) -> None:
    assert parse_day(value) == day


@pytest.mark.parametrize(
    "value",
    [
        "03/04/2025", "last Tuesday", "March 4", "2025", "2025-13-04", "2025-02-30", "", None, True, [], 7, 20250304,
        float("nan"), "1970-01-01T00:00:00Z", 0, "9999-01-01", (date.today() + timedelta(days=3)).isoformat(),
        "2025-03-041", "Mayor 4, 2025",
    ],
)  # fmt: skip
def test_what_is_no_day(value: Any) -> None:
    assert parse_day(value) is None


def published(text: str = PLAIN, *, url: str = "", file: str = "a.txt", default: date | None = None) -> tuple[Any, str]:
    metadata = find_published(Metadata(url=url), text, find_blocks(text), file, default)
    return metadata.published, metadata.published_source


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/2025/03/04/ferry", "https://x.example/news/2025/mar/04/ferry", "https://x.example/2025-03-04/a",
        "https://x.example/a-20250304.html", "/2025/3/4/",
    ],
)  # fmt: skip
def test_url(url: str) -> None:
    assert published(url=url) == (DAY, "URL")


@pytest.mark.parametrize(
    "url",
    ["https://x.example/2025/03/ferry", "https://2025-03-04.example/a", "https://x.example/a?d=/2025/03/04/",
     "https://x.example/2999/03/04/a", "https://x.example/id/12025030417"],
)  # fmt: skip
def test_url_without_a_day(url: str) -> None:
    assert published(url=url) == (None, "")


STORY = "The port of Larnhaven will close its ferry terminal next month, mayor Ada Brandt said on Tuesday.\n"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"Larnhaven to lose its ferry\n\nLARNHAVEN, March 4, 2025 (EW) - {STORY}", DAY),
        (f"Larnhaven to lose its ferry\n\nPublished 4 March 2025 at 10:30\n\n{STORY}", DAY),
        (f"Larnhaven to lose its ferry\n\nBy Ada Brandt, Harbour Correspondent\n4 March 2025\n\n{STORY}", DAY),
        (f"Larnhaven to lose its ferry\n\nTuesday, March 4th, 2025\n\n{STORY}", DAY),
        (f"Larnhaven to lose its ferry\n\nPublished: March 4, 2025\nUpdated: March 9, 2025\n\n{STORY}", DAY),
        (f"Larnhaven to lose its ferry\n\nLARNHAVEN, March 4 (EW) - {STORY}", None),
        (f"Larnhaven to lose its ferry\n\nUpdated 9 March 2025\n\n{STORY}", None),
        (f"Larnhaven to lose its ferry\n\n{STORY}\nThe terminal opened on 9 May 1988, he said.\n", None),
        (f"Larnhaven to lose its ferry\n\n{STORY}\nLARNHAVEN, March 4, 2025 (EW) - {STORY}", None),
    ],
)
def test_dateline_and_published_line(text: str, day: date | None) -> None:
    assert published(text) == (day, "dateline" if day else "")


@pytest.mark.parametrize(
    ("file", "day"),
    [
        ("news/2025-03-04_ferry.txt", DAY), ("ferry 20250304.pdf", DAY), ("box.zip/in/2025_03_04.txt", DAY),
        ("2025-03-04/ferry.txt", None), ("2025-03-04.csv#3", None), ("ferry-2025-03.txt", None),
        ("120250304.txt", None), ("2999-03-04.txt", None), ("2025-03_04.txt", None),
    ],
)  # fmt: skip
def test_file_name(file: str, day: date | None) -> None:
    assert published(file=file) == (day, "file name" if day else "")


def test_the_surest_source_goes_first(tmp_path: Path) -> None:
    name = "2025-01-05_a.txt"
    dateline = f"Larnhaven to lose its ferry\n\nLARNHAVEN, January 4, 2025 (EW) - {STORY}"
    steps = [
        (STORY, {}, "--published"),
        (STORY, {"file": name}, "file name"),
        (dateline, {"file": name}, "dateline"),
        (dateline, {"file": name, "url": "https://x.example/2025/01/03/a"}, "URL"),
    ]
    for text, rest, source in steps:
        assert published(text, default=date(2020, 1, 1), **rest)[1] == source
    (tmp_path / name).write_text(f"---\npublished: 2025-01-01\nurl: https://x.example/2025/01/03/a\n---\n{dateline}")
    (article,) = read([tmp_path], root=tmp_path, published=date(2020, 1, 1))
    assert isinstance(article, Article)
    assert (article.published, article.published_source) == (date(2025, 1, 1), "front matter")


def test_creation_dates_and_time_stamps_never_count(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf())  # carries a creation date
    (tmp_path / "b.zip").write_bytes(zipped(("a.txt", STORY.encode())))  # carries the member's time
    (tmp_path / "c.txt").write_text(PLAIN.replace("Tuesday", "Monday"))
    for article in read([tmp_path], root=tmp_path):
        assert isinstance(article, Article)
        assert (article.published, article.published_source) == (None, "")


def test_sidecar_of_a_file_with_many_articles_speaks_of_all(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(table().replace(b"The Daily Example", b""))
    (tmp_path / "a.csv.meta.json").write_text(
        '{"publisher": "Hill Radio", "title": "All", "published": "2020-01-01", "url": "https://x.example"}'
    )
    first, second = read([tmp_path], root=tmp_path)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.publisher, second.publisher, second.title, second.url) == ("Hill Radio", "Hill Radio", "Ports", "")
    assert (first.published, first.published_source) == (DAY, "metadata")


def test_claim_keys_of_articles_in_a_file_survive_its_renaming(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(table())
    before = [item.key for item in read([tmp_path], root=tmp_path) if isinstance(item, Article)]
    (tmp_path / "a.csv").rename(tmp_path / "b.txt")
    after = [item.key for item in read([tmp_path], root=tmp_path) if isinstance(item, Article)]
    assert before == after == ["the daily example | larnhaven to lose its ferry", "the daily example | ports"]


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Tove Lund and Per Holm", ["Tove Lund", "Per Holm"]),
        ("BY: Tove Lund, Per Holm, and Ada Brandt", ["Tove Lund", "Per Holm", "Ada Brandt"]),
        ("Tove Lund in Larnhaven", ["Tove Lund"]),
        ("Tove Lund & Per Holm | Example Wire", ["Tove Lund", "Per Holm"]),
        ("", []),
    ],
)
def test_names_in_a_byline(byline: str, names: list[str]) -> None:
    assert split_authors(byline) == names
