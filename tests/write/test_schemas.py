"""schema.json and datapackage.json: made of the records, true of the outputs, accepted by the real validators."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline import run_job as run_module
from pipeline.records import Article, Claim, Mention, Result
from pipeline.settings import Settings
from pipeline.write.columns import CLAIM_COLUMNS, CLAIM_FIELDS
from pipeline.write.dictionary import SCHEMA_VERSION, Column, field_notes, tables
from pipeline.write.schemas import json_schema
from tests import columns_page
from tests.helpers.events import closings
from tests.helpers.store import decide, outputs_of, run

OUTPUTS = Path("outputs")


@pytest.fixture
def told(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Outputs with claims in which every column is filled, mentions, a rejected file, an orphan and a conflict."""

    def filled(items: Any, settings: Settings) -> Any:
        for item in closings(items, settings):
            yield _filled(item) if isinstance(item, Result) else item

    monkeypatch.setattr(run_module, "extracted", filled)
    (corpus / "a.txt").write_text("---\npublished: 2025-03-04\n---\nAda said that the Alder mine will close.\n")
    (corpus / "b.txt").write_text("Ada said that the Alder mine will not close. The Birk mine has closed.\n")
    (corpus / "c.txt").write_text("Ada said that the Cedar mine will close.\n")
    (corpus / "empty.txt").write_text("")
    run()
    decide(0, decision="accept", note="=1+1\n2")
    run()
    decide(0, decision="accept", note="=1+1\n2")
    decide(-1, decision="reject")
    (corpus / "c.txt").unlink()
    run()
    return corpus


def _filled(result: Result) -> Result:
    values: dict[str, Any] = {
        "place": ("Oslo", "Bergen | Nord"), "countries": ("NOR",), "date_start": date(2025, 6, 1), "negated": True,
        "date_end": date(2025, 6, 30), "speaker_mention": (0, 3), "confidence": 0.456, "cue": '"said", he; said',
    }  # fmt: skip
    claims = tuple(replace(claim, **values) for claim in result.claims)
    return replace(result, claims=claims, mentions=(Mention(0, 3, "PERSON", "Ada"),))


def lines_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (OUTPUTS / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.slow
def test_frictionless_finds_every_table_as_the_data_package_says(told: Path) -> None:
    from frictionless import Package, validate

    report = validate(str(OUTPUTS / "datapackage.json"))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])[:5]
    names = {resource.path for resource in Package(str(OUTPUTS / "datapackage.json")).resources}
    assert names >= {"claims.csv", "events.csv", "mentions.csv", "articles.csv", "claims.jsonl", "events.jsonl"}
    assert names >= {"report.html", "orphaned_decisions.csv"}
    assert names <= {path.name for path in OUTPUTS.iterdir()}


@pytest.mark.slow
def test_frictionless_reads_values_of_their_kinds_and_would_see_a_wrong_one(told: Path) -> None:
    from frictionless import Package, validate

    package = Package(str(OUTPUTS / "datapackage.json"))
    rows = package.get_table_resource("claims-csv").read_rows()
    assert (rows[0]["published"], rows[0]["negated"], str(rows[0]["confidence"])) == (date(2025, 3, 4), True, "0.46")
    assert package.get_table_resource("claims-jsonl").read_rows()[0]["place"] == ["Oslo", "Bergen | Nord"]
    text = (OUTPUTS / "claims.csv").read_text(encoding="utf-8")
    (OUTPUTS / "claims.csv").write_text(text.replace("2025-03-04", "some day", 1), encoding="utf-8")
    assert not validate(str(OUTPUTS / "datapackage.json")).valid


def test_jsonschema_accepts_every_line_and_refuses_others(told: Path) -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads((OUTPUTS / "schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    whole = Draft202012Validator(schema)
    for name, kind in (("claims.jsonl", "claim"), ("events.jsonl", "event")):
        validator = Draft202012Validator(schema["$defs"][kind])
        lines = lines_of(name)
        assert lines
        for line in lines:
            validator.validate(line)
            whole.validate(line)
            for key in line:
                assert not validator.is_valid({other: value for other, value in line.items() if other != key})
            assert not validator.is_valid(line | {"unheard_of": 1})
    (claim, *_) = lines_of("claims.jsonl")
    validator = Draft202012Validator(schema["$defs"]["claim"])
    for wrong in ({"published": 3}, {"place": "Oslo"}, {"spans": {"cue": [[1]]}}, {"claim_id": "x"}, {"start": "1"}):
        assert not validator.is_valid(claim | wrong)


def test_both_are_the_same_bytes_in_every_run_and_name_their_version(told: Path) -> None:
    before = [(OUTPUTS / name).read_bytes() for name in ("schema.json", "datapackage.json")]
    run()
    assert [(OUTPUTS / name).read_bytes() for name in ("schema.json", "datapackage.json")] == before
    assert all(json.loads(content)["schema_version"] == SCHEMA_VERSION for content in before)


def test_they_describe_the_records_as_they_are() -> None:
    assert list(json_schema()["$defs"]["claim"]["properties"]) == list(CLAIM_FIELDS)
    assert [column.name for column in tables()["claims.csv"]] == list(CLAIM_COLUMNS)
    kinds = {column.name: column.kind for column in tables()["claims.jsonl"]}
    expected = {
        "published": "day", "place": "list", "negated": "yes or no", "start": "whole number", "confidence": "number",
        "spans": "places", "links": "list", "note": "text",
    }  # fmt: skip
    assert {name: kinds[name] for name in expected} == expected


def test_every_column_says_what_it_holds_and_refers_to_nothing_else() -> None:
    columns: list[Column] = [column for table in tables().values() for column in table]
    assert [column.name for column in columns if not column.note.strip() or "``" in column.note] == []
    assert [column.name for column in columns if column.note.startswith("as `")] == []
    notes = {column.name: column.note for column in tables()["claims.csv"]}
    assert notes["title"] == field_notes(Article)["title"]
    assert "planned" in notes["event_status"]
    assert field_notes(Claim)["note"] == "free text"


def test_the_page_of_columns_is_true() -> None:
    assert columns_page.PAGE.read_text(encoding="utf-8") == columns_page.page(), "run python -m tests.columns_page"


def test_other_outputs_do_not_change_by_it(told: Path) -> None:
    before = outputs_of(OUTPUTS)
    run()
    assert outputs_of(OUTPUTS) == before
