"""extract_texts(), read_articles() and events_frame() from Python, and what a notebook shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from thinc.api import NumpyOps, get_current_ops, use_ops

import pipeline
from pipeline import Settings, doctor, events_frame, extract_text, extract_texts, read_articles
from pipeline import run as run_from_python
from pipeline import run_job as run_module
from pipeline.errors import ExtractError
from pipeline.nlp import load_nlp
from pipeline.python_api import RunSettings
from pipeline.records import Article, Rejected
from tests.helpers.events import closings
from tests.helpers.store import EXTRACTED, rows, run

MILL = "The Larn mill will close next month, Ada Brandt said."
PIER = "The pier has closed, Bo Eik said."


@pytest.mark.model
def test_rows_of_every_kind_give_results_in_order() -> None:
    (article,) = read_articles("corpus/examples/embassies-radio.txt")
    assert isinstance(article, Article)
    rows = [MILL, {"text": PIER, "published": "2025-03-04", "title": "Pier", "url": None}, article]
    results = list(extract_texts(rows))
    assert [result.article.title for result in results if not isinstance(result, Rejected)][1:] == [
        "Pier",
        article.title,
    ]
    assert results[0] == extract_text(MILL)
    assert results[1] == extract_text(PIER, published=date(2025, 3, 4), title="Pier")


@pytest.mark.model
def test_a_table_with_other_names_and_empty_cells() -> None:
    import pandas as pd

    table = pd.DataFrame(
        {"body": [MILL, PIER], "day": [pd.Timestamp("2025-03-04"), pd.NaT], "title": [None, float("nan")]}
    )
    first, second = extract_texts(table, columns={"text": "body", "published": "day"})
    assert first == extract_text(MILL, published=date(2025, 3, 4))
    assert second == extract_text(PIER)


@pytest.mark.model
def test_results_come_one_by_one() -> None:
    drawn = []

    def texts() -> Iterator[str]:
        for number in range(100):
            drawn.append(number)
            yield f"It is late for number {number}, Ada Brandt said."

    results = extract_texts(texts())
    assert drawn == []
    next(results)
    assert len(drawn) < 100


@pytest.mark.model
@pytest.mark.parametrize(
    ("row", "error", "words"),
    [
        (7, TypeError, "row 2 must be a str, a mapping or an Article, not int"),
        ({"body": MILL}, KeyError, "row 2 has no 'text'"),
        ({"text": 7}, TypeError, "row 2: text must be a str, not int"),
        ({"text": MILL, "published": "4 March"}, ValueError, "row 2: published must be a day such as 2025-03-04"),
        ({"text": MILL, "title": b"x"}, TypeError, "row 2: title must be a str, not bytes"),
    ],
)
def test_what_is_no_article_is_named_by_its_row(row: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        list(extract_texts([PIER, row]))


@pytest.mark.model
@pytest.mark.parametrize("row", ["", {"text": None}, {"text": float("nan")}, {"text": ""}])
def test_a_row_without_text_is_rejected_and_the_others_go_on(row: Any) -> None:
    rejected, result = extract_texts([row, PIER])
    assert rejected == Rejected("row 1", "there is no text")
    assert result == extract_text(PIER)


def test_files_that_are_no_article_are_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Published 03/04/2025\n\nThe pier has closed, Bo Eik said.\n")
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "c.txt").write_text("The mill has closed, Bo Eik said.\n")
    first, second, third = read_articles(tmp_path, published="2025-03-04", day_first=True)
    assert isinstance(first, Article)
    assert isinstance(second, Rejected)
    assert isinstance(third, Article)
    assert third.published == date(2025, 3, 4)


@pytest.mark.model
def test_a_notebook_shows_the_article_with_its_claims_marked_and_nothing_else() -> None:
    html = extract_text("The <b>mill</b> will close, Ada Brandt said.")._repr_html_()
    assert '<mark class="cue" title="cue">said</mark>' in html
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


@pytest.mark.model
def test_loading_the_model_leaves_the_ops_of_the_caller() -> None:
    with use_ops("numpy"):
        before = get_current_ops()
        nlp = load_nlp()
        assert get_current_ops() is before
    ops = nlp.get_pipe("parser").model.ops  # type: ignore[attr-defined]
    assert isinstance(ops, NumpyOps)
    assert not ops.use_blis


def test_events_of_a_run_as_a_table(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_module, "extracted", closings)
    with pytest.raises(ExtractError):
        events_frame("outputs")
    (corpus / "a.txt").write_text("---\npublished: 2025-03-01\n---\nThe Alder mine will close.\n")
    run()
    (corpus / "b.txt").write_text("The Birk mine will close.\n")  # undated: a table has both, days and None
    run()
    row, undated = events_frame("outputs").to_dict("records")
    assert (undated["what"], undated["first_told"]) == ("The Birk mine", None)
    assert (row["what"], row["first_told"], row["date_start"]) == ("The Alder mine", date(2025, 3, 1), None)
    assert row["affirmed_by"] == ["corpus/a.txt"]


def test_run_does_what_the_command_does_and_says_what_it_did(corpus: Path) -> None:
    (corpus / "a.txt").write_text("The ferry is late, she said.\n")
    (corpus / "empty.txt").write_text("")
    reported: list[tuple[int, int]] = []
    summary = run_from_python(report=lambda _, done, total: reported.append((done, total)))
    assert (summary.read, len(summary.rejected), summary.claims, summary.outputs) == (
        1,
        1,
        {"quote": 1},
        Path("outputs"),
    )
    assert reported == [(1, 2), (2, 2)]
    assert str(summary).startswith("Articles: 1 read, 1 rejected.")
    assert run_from_python().kept == 1


def test_run_takes_settings_as_words_and_as_a_record(corpus: Path) -> None:
    Path("extract.toml").write_text('outputs = "of_the_file"\npublished = 2025-03-04\n')
    for name in "ab":
        (corpus / f"{name}.txt").write_text(f"The {name} ferry is late, she said.\n")
    assert run_from_python("corpus/a.txt", workers=None).outputs == Path("of_the_file")
    assert EXTRACTED == ["corpus/a.txt"]
    assert rows("claims.csv", Path("of_the_file"))[0]["published"] == "2025-03-04"
    run_from_python(corpus / "b.txt", outputs="of_the_call", published=date(2025, 3, 5), text_field="body", events=[])
    assert rows("claims.csv", Path("of_the_call"))[0]["published"] == "2025-03-05"
    record = Settings(outputs=Path("of_the_record"))
    assert run_from_python(settings=record).read == 2
    assert rows("claims.csv", Path("of_the_record"))[0]["published"] == ""


@pytest.mark.parametrize(
    ("values", "error", "words"),
    [
        ({"output": "out"}, TypeError, "run has no setting 'output'; it has .*outputs"),
        ({"quiet": True}, TypeError, "run has no setting 'quiet'"),
        ({"outputs": 7}, TypeError, "outputs must be a str or a Path, not int"),
        ({"outputs": ""}, ValueError, "outputs must name a file or a folder; it is empty"),
        ({"events": [b"x"]}, TypeError, "events must be a str or a Path, not bytes"),
        ({"workers": "two"}, TypeError, "workers must be a number from 1 to 64, not str"),
        ({"workers": True}, TypeError, "workers must be a number from 1 to 64, not bool"),
        ({"workers": 0}, ValueError, "workers must be a number from 1 to 64; it is 0"),
        ({"min_confidence": 2}, ValueError, "min_confidence must be a number from 0 to 1; it is 2"),
        ({"xlsx": "yes"}, TypeError, "xlsx must be true or false, not str"),
        ({"published": "4 March"}, ValueError, "published must be a day such as 2025-03-04"),
        ({"since": 2025}, TypeError, "since must be a date or text"),
        ({"settings": Settings(), "model": "x"}, TypeError, "either settings or articles and single settings"),
        ({"model": "no_such_model"}, ExtractError, "no_such_model"),
        ({"engine": "steam"}, ExtractError, "steam"),
    ],
)
def test_run_refuses_what_it_cannot_use_and_writes_nothing(
    values: dict[str, Any], error: type[Exception], words: str, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.chdir(corpus.parent)
    (corpus / "a.txt").write_text("The ferry is late, she said.\n")
    with pytest.raises(error, match=words):
        run_from_python(**values)
    assert not list(Path().glob("outputs/*.csv"))


def test_run_has_every_setting_of_the_command_but_those_of_its_own_output() -> None:
    from typer.main import get_command

    from pipeline.cli import app

    flags = get_command(app).commands["run"].params  # type: ignore[attr-defined]
    names = {flag.name for flag in flags if flag.envvar} | {"corpus", "article_seconds"}
    assert set(RunSettings.__annotations__) == names - {"quiet", "log_file", "allow_rejected"}


def test_run_of_nothing_is_an_error_that_says_so(corpus: Path) -> None:
    with pytest.raises(ExtractError, match="mistyped"):
        run_from_python("mistyped.txt")


def test_every_public_name_is_there_and_offered() -> None:
    assert dir(pipeline) == sorted(pipeline.__all__)
    assert {"Claim", "Result", "Rejected", "run", "extract_texts"} <= set(pipeline.__all__)
    assert [name for name in pipeline.__all__ if getattr(pipeline, name) is None] == []
    assert callable(pipeline.run)
    with pytest.raises(AttributeError, match="has no attribute 'runn'"):
        pipeline.runn  # noqa: B018


def test_doctor_tells_of_a_file_that_hides_the_package(tmp_path: Path) -> None:
    assert list(doctor._check_namesakes(tmp_path)) == []
    assert list(doctor._check_namesakes(Path(doctor.__file__).resolve().parents[1])) == []
    (tmp_path / "pipeline.py").write_text("")
    (check,) = doctor._check_namesakes(tmp_path)
    assert not check.ok
    assert "pipeline.py is imported in place of newsclaims" in check.seen
    assert check.advice == "Give it another name."
