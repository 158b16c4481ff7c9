"""extract export and extract forget: from decisions to a file, and out of the store."""

import csv
import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import run_job as run_module
from pipeline.cli import app
from pipeline.errors import ExtractError
from pipeline.store import open_store
from pipeline.write.columns import CLAIM_COLUMNS, EVENT_FIELDS
from pipeline.write.export import export_claims, export_events
from pipeline.write.export_formats import FORMATS, write_tsv
from tests.helpers.events import closings
from tests.helpers.store import decide, run

OUT = Path("outputs")


@pytest.fixture
def reviewed(corpus: Path) -> str:
    """Three claims, of which one is accepted in claims.csv since the run; its id."""
    (corpus / "a.txt").write_text("=1 is less than 2, Ada said. It is late, she said. So be it, they said.\n")
    run()
    decide(1, decision="reject")
    return decide(0, decision="Accept", corrected_text="-1", note="two\nlines")


def test_accepted_claims_as_csv_are_guarded(reviewed: str) -> None:
    done = export_claims(OUT, "csv", accepted=True)
    assert (done.claims, done.edits.decisions, done.path) == (1, 2, OUT / "accepted.csv")
    with done.path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["claim_id"], row["claim_text"][:3], row["corrected_text"]) == (reviewed, "'=1", "'-1")


def test_accepted_claims_as_tsv_are_guarded_and_one_a_line(reviewed: str) -> None:
    text = export_claims(OUT, "tsv", accepted=True).path.read_bytes().decode("utf-8")
    header, line, end = text.split("\n")
    assert (header.split("\t"), end, "\r" in text) == (list(CLAIM_COLUMNS), "", False)  # no byte order mark either
    row = dict(zip(CLAIM_COLUMNS, line.split("\t"), strict=True))
    assert (row["claim_id"], row["claim_text"][:3], row["corrected_text"]) == (reviewed, "'=1", "'-1")
    assert row["note"] == "two lines"


def test_a_tab_or_a_quotation_mark_in_a_cell_shifts_no_column_of_a_tsv(tmp_path: Path) -> None:
    path = tmp_path / "claims.tsv"
    with path.open("wb") as stream:
        write_tsv([{**dict.fromkeys(CLAIM_COLUMNS, ""), "note": '"left"\tright'}], stream)
    _, line = path.read_text(encoding="utf-8").splitlines()
    assert line.count("\t") == len(CLAIM_COLUMNS) - 1
    with path.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file, delimiter="\t")
    assert row["note"] == '"left" right'


def test_accepted_claims_as_jsonl_are_raw(reviewed: str) -> None:
    done = export_claims(OUT, "jsonl", accepted=True, to=Path("new/file.jsonl"))
    (claim,) = map(json.loads, done.path.read_text(encoding="utf-8").splitlines())
    assert (claim["claim_id"], claim["claim_text"][:2], claim["note"]) == (reviewed, "=1", "two\nlines")


def test_all_claims_as_parquet_have_types(reviewed: str) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(export_claims(OUT, "parquet").path)
    assert table.num_rows == 3
    assert str(table.schema.field("published").type) == "date32[day]"
    assert table.column("decision").to_pylist() == ["accept", "reject", ""]
    assert table.column("start").to_pylist()[0] == 0


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_a_file_of_its_own_ending(reviewed: str, name: str) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow.parquet")
    done = export_claims(OUT, name)
    assert (done.path, done.claims) == (OUT / f"claims_export.{name}", 3)
    assert done.path.stat().st_size > 0


def test_a_workbook_is_told_of_as_unread_only_once_it_was_edited(reviewed: str) -> None:
    path = export_claims(OUT, "xlsx").path
    assert run().edits.unread == []
    path.write_bytes(path.read_bytes() + b" ")
    assert run().edits.unread == [("claims_export.xlsx", "claims.csv")]


def test_without_pyarrow_parquet_says_what_to_install(reviewed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExtractError, match="pyarrow") as caught:
        export_claims(OUT, "parquet")
    assert "pip install" in caught.value.hint


@pytest.fixture
def events(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Two events, of which one was named on the review page since the run; its id."""
    monkeypatch.setattr(run_module, "extracted", closings)
    (corpus / "a.txt").write_text(
        "---\npublished: 2025-03-01\n---\nThe Alder mine will close. The Birk mine will close.\n"
    )
    (corpus / "b.txt").write_text("---\npublished: 2025-03-02\n---\nThe Alder mine will not close.\n")
    run()
    with open_store(OUT) as store:
        event_id = next(iter(store.last_results())).claims[0].event_id
        store.edit_events("Ana", "review").rename(event_id, "The end")
    return event_id


@pytest.mark.parametrize("name", FORMATS)
def test_events_are_exported_in_every_format(events: str, name: str) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow.parquet")
    done = export_events(OUT, name)
    assert (done.path, done.claims) == (OUT / f"events_export.{name}", 2)
    assert done.path.stat().st_size > 0


def test_events_as_jsonl_are_raw_and_have_their_names(events: str) -> None:
    alder, birk = map(json.loads, export_events(OUT, "jsonl").path.read_text(encoding="utf-8").splitlines())
    assert (tuple(alder), alder["event_id"], alder["name"], alder["what"]) == (
        EVENT_FIELDS,
        events,
        "The end",
        "The end",
    )
    assert (alder["affirmed_by"], alder["denied_by"]) == (["corpus/a.txt"], ["corpus/b.txt"])
    assert (alder["first_told"], alder["last_told"], alder["contradicted"]) == ("2025-03-01", "2025-03-02", True)
    assert (birk["name"], birk["what"], len(birk["claim_ids"])) == ("", "The Birk mine", 1)


def test_events_as_parquet_have_types(events: str) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(export_events(OUT, "parquet").path)
    types = {name: str(table.schema.field(name).type) for name in ("first_told", "articles", "contradicted", "history")}
    assert types == {
        "first_told": "date32[day]", "articles": "int64", "contradicted": "bool", "history": "list<element: string>",
    }  # fmt: skip
    assert table.column("history").to_pylist()[1] == ["2025-03-01 planned (corpus/a.txt)"]


def test_the_command_exports_events(events: str) -> None:
    done = CliRunner().invoke(app, ["export", "--events", "--format", "tsv"])
    assert (done.exit_code, done.stdout) == (0, "2 events: outputs/events_export.tsv\n")
    for other in ("--accepted", "--gold"):
        done = CliRunner().invoke(app, ["export", "--events", other])
        assert isinstance(done.exception, ExtractError)


def test_before_the_first_run_there_is_nothing_to_export(tmp_path: Path) -> None:
    for export in (export_claims, export_events):
        with pytest.raises(ExtractError, match="no claims"):
            export(tmp_path)


@pytest.mark.usefixtures("workbook")
def test_commands(reviewed: str) -> None:
    command = CliRunner()
    done = command.invoke(app, ["export", "--accepted", "--format", "jsonl"])
    assert (done.exit_code, done.stdout) == (0, "1 accepted claim: outputs/accepted.jsonl\n")
    done = command.invoke(app, ["forget", "corpus/a.txt"])
    assert (done.exit_code, done.stdout.splitlines()) == (
        0,
        [
            "Forgotten: 1 article, 0 decisions.",
            "Still in these files until the next run rewrites them: articles.csv, claims.csv, claims.jsonl, "
            "claims.xlsx, events.csv, events.jsonl, mentions.csv, report.html, run.json, speakers.csv",
            "Maybe still in these files, which no run rewrites: accepted.jsonl",
        ],
    )
    assert command.invoke(app, ["forget", "corpus/a.txt", "--all"]).exit_code != 0
    done = command.invoke(app, ["forget", "corpus/b.txt"])
    assert done.exit_code == 1
    assert "Not in the store: corpus/b.txt" in done.output
