"""Tables of articles in every form: workbooks, columns, delimited text, lists of addresses; and how days are read."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date

import pytest
import zstandard

from pipeline.corpus.detect.sniff import detect_kind, detect_kind_by_head
from pipeline.corpus.document import Document, UnreadablePart
from pipeline.corpus.process.worker import read_task
from pipeline.corpus.readers.source import Budget, Source
from pipeline.corpus.readers.walk import iter_tasks
from pipeline.errors import UnreadableArticle
from pipeline.settings import Fields
from tests.helpers.formats import DAY, FIRST, HEADLINE, PLAIN, THIRD, URL, json_lines, zipped
from tests.helpers.spreadsheets import ROWS, arrow, ods, parquet, xls, xlsx

MARCH_4 = date.fromisoformat(DAY)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def read_items(
    data: bytes, name: str = "x", fields: Fields | None = None
) -> list[tuple[str, Document | UnreadablePart]]:
    source = Source(name, io.BytesIO(data), fields or Fields(), Budget())
    return [(task.part + item.part, item) for task in iter_tasks(source) for item in read_task(task)]


def days(data: bytes, name: str = "x.csv", fields: Fields | None = None) -> list[date | None]:
    items = [item for _, item in read_items(data, name, fields)]
    return [item.metadata.published for item in items if isinstance(item, Document)]


@pytest.mark.parametrize("make", [xlsx, ods, parquet, arrow])
def test_each_row_of_a_table_is_an_article(make: Callable[[], bytes]) -> None:
    items = read_items(make())
    assert [part for part, _ in items] == ["#1", "#2"]
    documents = [item for _, item in items if isinstance(item, Document)]
    assert [document.metadata.title for document in documents] == [HEADLINE, "Ports"]
    assert [document.metadata.published for document in documents] == [MARCH_4, MARCH_4]
    assert documents[0].text.split() == PLAIN.split()
    assert THIRD in documents[1].text


def test_a_workbook_of_excel_before_2007() -> None:
    ((part, document),) = read_items(xls())
    assert isinstance(document, Document)
    assert (part, document.metadata.title, document.metadata.published) == ("#1", HEADLINE, MARCH_4)
    assert document.text == f"{HEADLINE}\n\n{FIRST}\n"


def test_sheets_without_articles_are_passed_over_and_several_are_named() -> None:
    notes = ("Notes", (("What", "Who"), ("all", "Ada")))
    assert [part for part, _ in read_items(xlsx(notes, ("Articles", ROWS)))] == ["#1", "#2"]
    titled = (("Our articles",), ("",), *ROWS)
    parts = [part for part, _ in read_items(xlsx(notes, ("A", ROWS), ("B", titled)))]
    assert parts == ["/A#1", "/A#2", "/B#1", "/B#2"]


def test_a_workbook_without_a_column_for_the_text_names_its_columns() -> None:
    ((_, item),) = read_items(xlsx(("S", (("What", "Who"), ("all", "Ada")))))
    assert isinstance(item, UnreadablePart)
    assert item.reason == "no column with a usual name holds the text; there are: What, Who"


def test_a_damaged_workbook_is_a_row_with_its_reason() -> None:
    ((_, item),) = read_items(zipped(("xl/workbook.xml", b"<workbook")))
    assert isinstance(item, UnreadablePart)
    assert item.reason.startswith("the workbook is damaged")


@pytest.mark.parametrize(
    ("stream", "reason", "hint"),
    [
        ("__properties_version1.0", "an Outlook message (MSG)", "save it as EML"),
        ("WordDocument", "an old Word document (DOC)", "save it as DOCX"),
        ("PowerPoint Document", "an old PowerPoint file (PPT)", "text"),
    ],
)
def test_old_office_files_are_named_with_a_way_out(stream: str, reason: str, hint: str) -> None:
    with pytest.raises(UnreadableArticle) as caught:
        detect_kind_by_head(OLE + bytes(100_000) + stream.encode("utf-16-le"), "a")
    assert reason in caught.value.message
    assert hint in caught.value.hint


def test_json_lines_packed_with_zstandard() -> None:
    packed = zstandard.compress(json_lines())
    assert detect_kind(packed, "found.jsonl.zst") == "Zstandard"
    items = read_items(packed, "found.jsonl.zst")
    assert [part for part, _ in items] == ["#1", "#2"]
    assert all(isinstance(item, Document) for _, item in items)
    two_frames = zstandard.compress(json_lines()) + zstandard.compress(json_lines())
    assert len(read_items(two_frames, "found.jsonl.zst")) == 4


def test_a_cut_off_zstandard_file_is_told() -> None:
    packed = zstandard.compress(b"".join(json.dumps({"text": f"{n} {PLAIN}"}).encode() + b"\n" for n in range(9999)))
    *_, (_, last) = read_items(packed[:1000] + bytes(50), "found.jsonl.zst")
    assert isinstance(last, UnreadablePart)


def test_the_line_with_which_excel_is_told_the_delimiter() -> None:
    for line in ("sep=;\r\n", "\ufeffsep=;\n", '"sep=;"\n', "SEP=;\n"):
        ((part, document),) = read_items(f'{line}"title";"text"\n"A, B and C";"{FIRST}"\n'.encode(), "x")
        assert isinstance(document, Document)
        assert (part, document.metadata.title) == ("#1", "A, B and C")


def _table(*values: str) -> bytes:
    return "".join(["date;text\n", *(f"{value};{FIRST} {number}\n" for number, value in enumerate(values))]).encode()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("03/04/2025",), [None]),
        (("03/04/2025", "13/04/2025"), [date(2025, 4, 3), date(2025, 4, 13)]),
        (("03/04/2025", "03/14/2025"), [date(2025, 3, 4), date(2025, 3, 14)]),
        (("03/04/2025", "03/14/2025", "14/03/2025"), [None, date(2025, 3, 14), date(2025, 3, 14)]),
        (("04.03.2025",), [MARCH_4]),
        (("04.03.2025 17:30",), [MARCH_4]),
        (("04.03.2025", "03.14.2025"), [date(2025, 4, 3), date(2025, 3, 14)]),
        (("04-03-2025", "24-03-2025"), [MARCH_4, date(2025, 3, 24)]),
        (("2025-03-04", "3/4/2025"), [MARCH_4, None]),
    ],
)
def test_days_are_read_as_all_days_of_their_column_show(values: tuple[str, ...], expected: list[date | None]) -> None:
    assert days(_table(*values)) == expected


def test_days_are_read_as_the_user_says() -> None:
    assert days(_table("03/04/2025"), fields=Fields(day_first=True)) == [date(2025, 4, 3)]
    assert days(_table("03/04/2025"), fields=Fields(day_first=False)) == [MARCH_4]
    assert days(_table("03.04.2025"), fields=Fields(day_first=False)) == [MARCH_4]
    assert days(_table("13/04/2025"), fields=Fields(day_first=False)) == [date(2025, 4, 13)]


def test_days_of_json_are_read_as_the_others_show() -> None:
    records = [{"date": "03/04/2025", "text": FIRST}, {"date": "23/04/2025", "text": THIRD}]
    lines = b"".join(json.dumps(record).encode() + b"\n" for record in records)
    assert days(lines, "x") == days(json.dumps(records).encode(), "x") == [date(2025, 4, 3), date(2025, 4, 23)]


MEDIA_CLOUD = (
    "id,indexed_date,language,media_name,media_url,publish_date,title,url\n"
    f"1,2025-03-05,en,daily.example,daily.example,2025-03-04,{HEADLINE},{URL}\n"
    "2,2025-03-05,en,sund.example,sund.example,2025-03-04,Ports,https://sund.example/ports\n"
)
GDELT_LIST = f"URL,MobileURL,Date,Title\n{URL},,2025-03-04 09:00:00,{HEADLINE}\n"
GDELT_JSON = json.dumps({"articles": [{"url": URL, "title": HEADLINE, "seendate": "20250304T090000Z", "domain": "x"}]})
GDELT_EVENTS = "\t".join(["1190000000", "20250304", "202503", *["0"] * 54, "20250304091500", URL]) + "\n"


@pytest.mark.parametrize(
    ("data", "name", "parts"),
    [
        (MEDIA_CLOUD, "mc.csv", ["#1", "#2"]),
        (GDELT_LIST, "gdelt.csv", ["#1"]),
        (GDELT_JSON, "gdelt.json", ["#1"]),
        (GDELT_EVENTS * 2, "20250304091500.export.CSV", ["#1", "#2"]),
        (json.dumps({"url": URL, "title": HEADLINE}) + "\n" + json.dumps({"url": URL}) + "\n", "x.jsonl", ["#1", "#2"]),
    ],
)
def test_lists_of_addresses_without_texts_say_so_and_name_them(data: str, name: str, parts: list[str]) -> None:
    items = read_items(data.encode(), name)
    assert [part for part, _ in items] == parts
    first = items[0][1]
    assert isinstance(first, UnreadablePart)
    assert first.reason == f"it has no text, only the address {URL}"
    assert first.hint.startswith("Save the page at that address")


def test_a_row_without_text_among_others_names_its_address() -> None:
    _, (part, item) = read_items(f"text,url\n{FIRST!r},{URL}\n,{URL}2\n".replace("'", '"').encode(), "x.csv")
    assert isinstance(item, UnreadablePart)
    assert (part, item.reason) == ("#2", f"it has no text, only the address {URL}2")


def test_a_brotli_file_is_named() -> None:
    with pytest.raises(UnreadableArticle, match="compressed with Brotli"):
        detect_kind(b"\x1b\x9f\x01\x00\xe4\x91\xa1\xf3\xd0\x8a\xee\xb3" * 9, "page.html.br")
    assert detect_kind(PLAIN.encode(), "page.br") == "text"
