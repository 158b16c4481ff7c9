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
from pipeline.corpus.metadata.published import ASSUMED_ORDER, find_published
from pipeline.records import Article
from pipeline.settings import Fields
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
    "top",
    [
        "March 4, 2025 (OLD LARN) - ", "March 4, 2025 - LARNHAVEN - ", "LARNHAVEN | 4 March 2025 | ",
        "Larnhaven - March 4, 2025 - ", "(Larnhaven, 4 March 2025) - ", "Larnhaven (Example Wire), 4 March 2025 - ",
        "4 March 2025, Larnhaven: ", "LARNHAVEN (2025-03-04) - ", "LARNHAVEN, March 4, 2025 (EW) — ",
        "4 March 2025 | Larnhaven\n\n", "By Tove Lund | 4 March 2025\n\n", "2025-03-04T09:30:00Z\n\n",
        "2025-03-04 09:30\n\n", "Tue 4 Mar 2025 17.30 GMT\n\n", "04.03.2025, 17:30\n\n", "Date: 2025-03-04\n\n",
        "Last updated 9 March 2025 · First published 4 March 2025\n\n", "Dated: 4 March, 2025\n\n",
        "Originally published March 4, 2025, and updated March 9, 2025\n\n",
        "The Daily Example, March 4, 2025, page A4\n\n",
        "Tuesday, March 4, 2025 at 5:30 p.m. EST\n\n", "Posted on March 4, 2025 by Tove Lund\n\n",
        "Updated: March 9, 2025\nPublished: March 4, 2025\n\n", "Tuesday 4 March 2025 (updated 9 March)\n\n",
    ],
)  # fmt: skip
def test_layouts_of_the_day_above_a_story(top: str) -> None:
    assert published(f"Larnhaven to lose its ferry\n\n{top}{STORY}") == (DAY, "dateline")


@pytest.mark.parametrize(
    "top",
    [
        "On 4 March 2025 the council met.\n\n", "The council met on 4 March 2025\n\n",
        "Last updated 9 March 2025\n\n", "A storm that began on 4 March 2025 goes on\n\n", "4 March\n\n",
    ],
)  # fmt: skip
def test_what_tells_no_day_of_publication(top: str) -> None:
    assert published(f"Larnhaven to lose its ferry\n\n{top}{STORY}") == (None, "")


def test_the_order_of_day_and_month_that_the_user_gave_counts_in_datelines(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Larnhaven to lose its ferry\n\nLARNHAVEN (4/3/2025) - {STORY}")
    for day_first, day, source in (
        (None, DAY, ASSUMED_ORDER), (True, DAY, "dateline"), (False, date(2025, 4, 3), "dateline")
    ):  # fmt: skip
        (article,) = read([tmp_path], root=tmp_path, fields=Fields(day_first=day_first))
        assert isinstance(article, Article)
        assert (article.published, article.published_source) == (day, source)


def test_other_days_of_the_text_show_which_number_is_the_month() -> None:
    top = "LARNHAVEN (4/3/2025) - "
    assert published(f"Ferry\n\n{top}{STORY} It sailed on 3/28/2025.") == (date(2025, 4, 3), "dateline")
    assert published(f"Ferry\n\n{top}{STORY} It sailed on 28/2/2025.") == (DAY, "dateline")


def test_a_day_in_the_name_of_the_file_goes_before_an_assumed_one() -> None:
    text = f"Ferry\n\nLARNHAVEN (4/3/2025) - {STORY}"
    assert published(text, file="2025-04-03_ferry.txt") == (date(2025, 4, 3), "file name")


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
