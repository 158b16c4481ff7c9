"""extract export --partition-by: claims as a folder of parquet files, read as other tools read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import ExtractError
from pipeline.write import partitions
from pipeline.write.export import export_partitions
from pipeline.write.export_formats import CLAIMS_TABLE, Row
from pipeline.write.partitions import write_partitions
from tests.helpers.store import decide, run


def claim(day: str | None, publisher: str = "", text: str = "x") -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(CLAIMS_TABLE.columns)
    lists: dict[str, list[str]] = {name: [] for name in CLAIMS_TABLE.lists}
    return {**row, **lists, "published": day, "publisher": publisher, "claim_type": "quote", "claim_text": text}


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


ROWS = [
    claim("2025-03-04", "The Daily / Example.", "first"),
    claim("2024-12-31", "Larner Bote", "second"),
    claim(None, "", "third"),
    claim("2025-03-05", "The Daily / Example.", "fourth"),
]


def test_duckdb_and_arrow_read_the_folders_as_columns(tmp_path: Path) -> None:
    write_partitions(ROWS, tmp_path / "claims", ["year", "publisher"])
    query = "select year, publisher, published, claim_text from read_parquet($1, hive_partitioning = true) order by 3"
    found = duckdb.execute(query, [f"{tmp_path}/claims/**/*.parquet"]).fetchall()
    assert [(year, publisher, str(day), text) for year, publisher, day, text in found] == [
        (2024, "Larner Bote", "2024-12-31", "second"),
        (2025, "The Daily / Example.", "2025-03-04", "first"),
        (2025, "The Daily / Example.", "2025-03-05", "fourth"),
        (None, None, "None", "third"),
    ]
    table = ds.dataset(tmp_path / "claims", partitioning="hive").to_table()
    assert {row["claim_text"]: row["publisher"] for row in table.to_pylist()} == {
        "first": "The Daily / Example.", "second": "Larner Bote", "third": None, "fourth": "The Daily / Example.",
    }  # fmt: skip
    assert str(table.schema.field("published").type) == "date32[day]"


def test_a_folder_for_each_day_read_in_small_portions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partitions, "_BATCH", 2)
    rows = [claim(f"2025-03-0{number % 2 + 1}", text=str(number)) for number in range(10)]
    write_partitions(iter(rows), tmp_path / "claims", ["published"])
    assert sorted(files(tmp_path / "claims")) == [
        "published=2025-03-01/claims-0.parquet",
        "published=2025-03-02/claims-0.parquet",
    ]
    table = ds.dataset(tmp_path / "claims", partitioning="hive").to_table(filter=ds.field("published") == "2025-03-02")
    assert table.column("claim_text").to_pylist() == ["1", "3", "5", "7", "9"]


def test_an_earlier_export_is_replaced_whole_or_stays(tmp_path: Path) -> None:
    folder = tmp_path / "claims"
    write_partitions(ROWS, folder, ["published"])
    before = files(folder)
    write_partitions(ROWS, folder, ["published"])
    assert files(folder) == before

    def broken() -> Iterator[Row]:
        yield ROWS[0]
        raise OSError(28, "No space left on device")

    with pytest.raises(ExtractError, match="claims can't be written: No space left on device"):
        write_partitions(broken(), folder, ["published"])
    assert files(folder) == before
    write_partitions(ROWS[:1], folder, ["month"])
    assert [path.name for path in tmp_path.iterdir()] == ["claims"]
    assert list(files(folder)) == ["month=2025-03/claims-0.parquet"]


@pytest.mark.parametrize("name", ["notes.txt", "published=2025/claims-0.csv", "photos/a.png"])
def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine")
    with pytest.raises(ExtractError, match="with other things in it"):
        write_partitions(ROWS, tmp_path, ["published"])
    assert files(tmp_path) == {name: b"mine"}


def test_a_file_and_a_link_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ExtractError, match="file is no folder"):
        write_partitions(ROWS, tmp_path / "file", ["published"])
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "published=2025").symlink_to(tmp_path)
    with pytest.raises(ExtractError, match="other things"):
        write_partitions(ROWS, tmp_path / "folder", ["published"])
    assert (tmp_path / "file").read_text() == "mine"


def test_names_that_a_file_system_takes_for_the_same_are_both_kept(tmp_path: Path) -> None:
    for text in ("first", "second"):
        partitions._write_part(pa, tmp_path, [claim("2025-03-04", text=text)], ["publisher"])
    assert sorted(ds.dataset(tmp_path).to_table().column("claim_text").to_pylist()) == ["first", "second"]


def test_the_command_parts_claims_with_their_decisions(corpus: Path) -> None:
    for day in ("04", "05"):
        (corpus / f"{day}.txt").write_text(f"---\npublished: 2025-03-{day}\n---\nIt is late on {day}, she said.\n")
    run()
    decide(1, decision="reject")
    assert export_partitions(Path("outputs"), ["published"], accepted=True).claims == 0
    done = CliRunner().invoke(app, ["export", "--partition-by", "month", "--partition-by", "claim_type"])
    assert (done.exit_code, done.stdout) == (0, "2 claims: outputs/claims_export\n")
    table = ds.dataset("outputs/claims_export/month=2025-03/claim_type=quote").to_table()
    assert table.column("decision").to_pylist() == ["", "reject"]


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--events"], "--partition-by can't be combined with --events"),
        (["--gold"], "--partition-by can't be combined with --gold"),
        (["--format", "csv"], "--partition-by can't be combined with --format csv"),
        (["--to", "-"], "--partition-by writes a folder"),
        ([], "There are no claims in outputs yet"),
    ],
)
def test_what_cannot_be_parted_says_so(flags: list[str], words: str, corpus: Path) -> None:
    done = CliRunner().invoke(app, ["export", "--partition-by", "published", *flags])
    assert isinstance(done.exception, ExtractError)
    assert words in done.exception.message


def test_a_column_that_claims_are_not_parted_by_is_named_with_those_that_there_are() -> None:
    done = CliRunner().invoke(app, ["export", "--partition-by", "colour"], env={"COLUMNS": "200"})
    assert done.exit_code == 2
    assert "published, year, month, publisher, claim_type" in done.output
