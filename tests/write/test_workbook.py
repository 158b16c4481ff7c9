"""claims.xlsx as it is written: what stands in front, what is folded, within Excel's limits, and never a formula."""

from __future__ import annotations

import io
import re
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline import run_job as run_module
from pipeline.errors import ExtractError
from pipeline.run_job import wants_workbook
from pipeline.settings import WORKBOOK_CLAIMS, Settings
from pipeline.store import open_store
from pipeline.summary import Summary, summary_lines
from pipeline.text import workbook_cells
from pipeline.text.cells import CUT
from pipeline.text.workbook_cells import cell_day, cell_text
from pipeline.write import workbook
from pipeline.write.columns import ARTICLE_COLUMNS, CLAIM_COLUMNS, CLAIM_FIELDS, EVENT_COLUMNS
from pipeline.write.export import export_claims, export_events
from pipeline.write.speaker_rows import SpeakerTally
from pipeline.write.workbook import CLAIMS_LAYOUT, EVENTS_LAYOUT, open_claims_workbook
from tests.helpers.events import closings
from tests.helpers.store import decide, rows, run, save_rows
from tests.helpers.workbooks import WORKBOOK, member, sheet_lines, sheet_names, sheet_rows, type_into

pytestmark = pytest.mark.usefixtures("workbook")

EMPTY = {
    **dict.fromkeys(CLAIM_FIELDS, ""), "confidence": 0.5, "start": 0, "end": 1, "copies": 0, "independent_sources": 1,
    "negated": False,
}  # fmt: skip


@pytest.fixture
def told(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two articles on the Alder mine, of which one has an address and one lies in no plain-text file."""
    monkeypatch.setattr(run_module, "extracted", closings)
    front = "---\ntitle: Mines\npublished: 2025-03-04\nurl: https://larner.example/mine\n---\n"
    (corpus / "a b.txt").write_text(f"{front}Ada said that the Alder mine will close. The Birk mine has closed.\n")
    (corpus / "b.jsonl").write_text('{"title": "More of it", "text": "Ada said that the Alder mine will not close."}\n')
    run()
    return corpus


def one_claim(**values: Any) -> dict[str, Any]:
    """What a workbook with one claim reads back as."""
    stream = io.BytesIO()
    with open_claims_workbook(stream, Path(), lambda doc_id, file: "") as book:
        book.add_claim(EMPTY | values)
    Path("one.xlsx").write_bytes(stream.getvalue())
    (row,) = sheet_rows(path=Path("one.xlsx"))
    return row


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_sheets_with_all_columns_and_what_is_read_first_in_front(told: Path) -> None:
    assert sheet_names() == ["Claims", "Events", "Speakers", "Articles"]
    header = sheet_lines("Claims")[0]
    assert header[:7] == ["decision", "speaker", "claim_text", "sentence", "title", "published", "event_status"]
    assert (sorted(header), sorted(sheet_lines("Events")[0])) == (sorted(CLAIM_COLUMNS), sorted(EVENT_COLUMNS))
    assert sorted(sheet_lines("Articles")[0]) == sorted(ARTICLE_COLUMNS)


def test_the_sheets_have_what_the_tables_have(told: Path) -> None:
    for name, table in (("Claims", "claims.csv"), ("Events", "events.csv"), ("Articles", "articles.csv")):
        sheet = [{column: in_csv(column, value) for column, value in row.items()} for row in sheet_rows(name)]
        assert sheet == [{column: row[column] for column in sheet[0]} for row in rows(table)]


def in_csv(column: str, value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.2f}" if column == "confidence" else str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def test_speakers_are_counted_with_their_days_and_decisions(told: Path) -> None:
    decide(next(number for number, row in enumerate(rows()) if row["speaker"]), decision="accept")
    run()
    (ada,) = sheet_rows("Speakers")
    assert (ada["speaker"], ada["claims"], ada["articles"]) == ("Ada", 2, 2)
    assert (ada["accepted"], ada["rejected"], ada["undecided"]) == (1, 0, 1)
    assert (ada["first_said"], ada["last_said"]) == (date(2025, 3, 4), date(2025, 3, 4))


def test_the_reviewer_finds_a_choice_a_filter_frozen_columns_and_the_machines_columns_folded(told: Path) -> None:
    sheet = member("xl/worksheets/sheet1.xml")
    assert '<pane xSplit="3" ySplit="1" topLeftCell="D2" activePane="bottomRight" state="frozen"/>' in sheet
    assert '"accept,reject,edit,unsure"' in sheet
    assert "<autoFilter ref=" in sheet
    shown = len(CLAIMS_LAYOUT.columns) - len(CLAIMS_LAYOUT.folded)
    hidden = [column for column in re.findall("<col [^>]*>", sheet) if 'hidden="1"' in column]
    (folded,) = hidden
    assert f'min="{shown + 1}" max="{len(CLAIMS_LAYOUT.columns)}"' in folded
    assert 'outlineLevel="1"' in folded
    assert 'wrapText="1"' in member("xl/styles.xml")
    assert {"claim_id", "start", "end", "rule", "corrections"} < set(CLAIMS_LAYOUT.folded)
    assert {"event_id", "claim_ids"} < set(EVENTS_LAYOUT.folded)


def test_printed_it_is_one_page_wide_with_the_header_on_each(told: Path) -> None:
    assert 'fitToHeight="0" orientation="landscape"' in member("xl/worksheets/sheet1.xml")
    names = member("xl/workbook.xml")
    assert re.search(r"<definedName name=\"_xlnm.Print_Area\" localSheetId=\"0\">Claims!\$A\$1:\$G\$\d+<", names)
    assert "Claims!$1:$1" in names


def test_titles_lead_to_the_text_and_addresses_to_the_page(told: Path) -> None:
    links = member("xl/worksheets/_rels/sheet4.xml.rels")
    assert 'Target="https://larner.example/mine"' in links
    assert r'Target="..\corpus\a%20b.txt"' in links
    (stored,) = Path("outputs/texts").iterdir()
    assert rf'Target="texts\{stored.name}"' in links
    assert r'Target="..\corpus\a%20b.txt"' in member("xl/worksheets/_rels/sheet1.xml.rels")


def test_the_same_claims_give_the_same_bytes(told: Path) -> None:
    first = WORKBOOK.read_bytes()
    WORKBOOK.unlink()
    run()
    assert WORKBOOK.read_bytes() == first


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://x.example\")", "{=1}", "\t=1", "<r><t>a</t></r>", "<r></r>",
     "_x0041_", "http://x.example/a", "internal:A1", "'=1", "'", "001", "TRUE", "1e5", "🐧" * 20, "a & <b>"],
)  # fmt: skip
def test_text_is_text_whatever_it_looks_like(folder: Path, text: str) -> None:
    row = one_claim(claim_text=text, note=text, context_before=text)
    for column in ("claim_text", "note", "context_before"):
        assert row[column].rstrip(" ") == text
    sheet = member("xl/worksheets/sheet1.xml", Path("one.xlsx"))
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet


def test_an_address_that_is_none_is_no_link(folder: Path) -> None:
    for address in (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://a.example/" + "a" * 2_100,
        "https://a b",
        "x",
    ):
        assert one_claim(url=address)["url"] == address
        assert "<hyperlink" not in member("xl/worksheets/sheet1.xml", Path("one.xlsx"))


def test_cells_are_cut_where_excel_would_call_the_file_damaged() -> None:
    long = cell_text("🐧" * 31_000)
    assert len(long.encode("utf-16-le")) // 2 <= workbook_cells.MAX_UNITS
    assert long.endswith(CUT)
    assert cell_text("a" * 31_000) == "a" * 31_000
    assert cell_text("a\ud800b\ufffe\x07c") == "a\ufffdb\ufffdc"


def test_days_before_excels_calendar_are_text(folder: Path) -> None:
    assert (cell_day("1900-02-28"), cell_day("1900-03-01"), cell_day("")) == (None, date(1900, 3, 1), None)
    row = one_claim(date_start="1848-05-18", date_end="2025-03-04", published=None)
    assert (row["date_start"], row["date_end"], row["published"]) == ("1848-05-18", date(2025, 3, 4), "")


def test_rows_are_as_high_as_their_longest_text(folder: Path) -> None:
    for words, height in (("x" * 20, None), ("x" * 100, "30"), ("word " * 1_000, "300")):
        one_claim(claim_text=words, reason=words)
        row = re.findall('<row r="2"[^>]*>', member("xl/worksheets/sheet1.xml", Path("one.xlsx")))[0]
        assert (f'ht="{height}"' in row) == (height is not None)
        assert (" ht=" in row) == (height is not None)


def test_no_more_rows_and_links_than_excel_reads(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 4)
    monkeypatch.setattr(workbook, "MAX_LINKS", 2)
    stream = io.BytesIO()
    with open_claims_workbook(stream, Path(), lambda doc_id, file: "") as book:
        for number in range(9):
            book.add_claim(EMPTY | {"claim_id": f"c{number}", "url": f"https://a.example/{number}"})
    Path("many.xlsx").write_bytes(stream.getvalue())
    assert [row["claim_id"] for row in sheet_rows(path=Path("many.xlsx"))] == ["c0", "c1", "c2"]
    assert member("xl/worksheets/sheet1.xml", Path("many.xlsx")).count("<hyperlink ") == 2


@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows(folder: Path) -> None:
    def peak(count: int) -> int:
        with Path("big.xlsx").open("wb") as stream, open_claims_workbook(stream, Path(), lambda *_: "") as book:
            tracemalloc.start()
            for number in range(count):
                book.add_claim(EMPTY | {"claim_id": f"c{number}", "claim_text": "x" * 500, "sentence": "y" * 500})
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(1)
    small, large = peak(100), peak(2_000)
    assert large < small + 500_000  # the rows alone are two million characters


def test_it_is_written_up_to_a_number_of_claims_and_whenever_it_is_asked_for() -> None:
    assert [wants_workbook(Settings(), count) for count in (0, WORKBOOK_CLAIMS, WORKBOOK_CLAIMS + 1)] == [
        True,
        True,
        False,
    ]
    assert wants_workbook(Settings(xlsx=True), 10**6)
    assert not wants_workbook(Settings(xlsx=False), 1)


def test_a_line_says_why_it_is_not_there_or_has_not_all() -> None:
    summary = Summary(Path("outputs"), claims={"quote": 1_100_000})
    (line,) = (line for line in summary_lines(summary) if line.startswith("Workbook"))
    assert "was not written for 1,100,000 claims" in line
    summary.workbook = "claims.xlsx"
    (line,) = (line for line in summary_lines(summary) if line.startswith("Workbook"))
    assert "the first 1,048,575 claims" in line


def test_nothing_is_left_of_a_workbook_that_could_not_be_written(told: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path.name: path.read_bytes() for path in Path("outputs").iterdir() if path.suffix in (".csv", ".xlsx")}
    decide(0, decision="accept")
    before["claims.csv"] = Path("outputs/claims.csv").read_bytes()
    leftover = Path("outputs/claims.xlsx.killed.part")
    leftover.mkdir()

    def full(*_: object) -> Iterator[dict[str, Any]]:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(SpeakerTally, "speakers", full)
        with pytest.raises(ExtractError, match="No space left"):
            run()
    assert {path.name: path.read_bytes() for path in Path("outputs").iterdir() if path.name in before} == before
    assert not [path.name for path in Path("outputs").iterdir() if path.name.endswith(".part")]
    run()
    assert sheet_rows()[0]["decision"] == "accept"


def test_export_writes_the_same_sheet(told: Path) -> None:
    decide(0, decision="accept")
    done = export_claims(Path("outputs"), "xlsx", accepted=True)
    (row,) = sheet_rows(path=done.path)
    assert (row["decision"], row["speaker"], row["published"]) == ("accept", "Ada", date(2025, 3, 4))
    events = sheet_rows("Events", export_events(Path("outputs"), "xlsx").path)
    assert {row["what"] for row in events} == {"The Alder mine", "The Birk mine"}
    assert "merge_into" not in events[0]


@pytest.mark.slow
def test_events_are_named_and_merged_in_their_sheet_and_in_the_csv_at_once(told: Path) -> None:
    first, second = sheet_rows("Events")
    table = rows("events.csv")
    table[1]["name"] = "The end of Birk"
    save_rows(table, "events.csv")
    type_into({("Events", 0, "name"): "The end of Alder"})
    assert run().edits.events == 2
    assert {row["name"] for row in sheet_rows("Events")} == {"The end of Alder", "The end of Birk"}
    table = rows("events.csv")
    table[0]["name"] = "Alder, at last"
    save_rows(table, "events.csv")
    export_events(Path("outputs"))  # reads that name and leaves the workbook as it is
    type_into({("Claims", 0, "note"): "seen"})
    assert run().edits.events == 0  # it is no word of the workbook's that its sheet lacks the name
    assert {row["name"] for row in sheet_rows("Events")} == {"Alder, at last", "The end of Birk"}
    type_into({("Events", 0, "merge_into"): second["event_id"]})
    run()
    assert len(sheet_rows("Events")) == 1
    with open_store(Path("outputs")) as store:
        assert {edit.origin for edit in store.event_history()} == {"events.csv", "claims.xlsx"}
    assert first["event_id"] not in {row["event_id"] for row in sheet_rows("Events")}
