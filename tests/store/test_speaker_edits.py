"""What people say of speakers in speakers.csv: names and merges hold for all later runs, and can be undone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from pipeline import run_job as run_module
from pipeline.records import Article, Claim, Rejected, Result
from pipeline.settings import Settings
from pipeline.store import open_store
from pipeline.summary import summary_lines
from pipeline.text.identifiers import hash_id
from pipeline.write.columns import SPEAKER_COLUMNS
from tests.helpers.store import Row, rows, save_rows

OUTPUTS = Path("outputs")


def named(items: Iterable[Article | Rejected | Result], _: Settings) -> Iterator[Article | Rejected | Result]:
    """Stand-in for the engine: a line "Ada Brandt: We wait" is a quote of hers."""
    for item in items:
        yield Result(item, tuple(quotes_of(item)), (), (), 9) if isinstance(item, Article) else item


def quotes_of(article: Article) -> Iterator[Claim]:
    for match in re.finditer("^(.+): (.+)$", article.text, re.MULTILINE):
        start, end = match.span(2)
        yield Claim(
            claim_type="quote", claim_text=match[2], sentence=match[0], confidence=0.5, doc_id=article.doc_id,
            claim_id=hash_id("c", f"{article.key} {match[0]}"), file=article.file, start=start, end=end,
            speaker=match[1], speaker_type="person", speaker_role="captain", spans={"content": ((start, end),)},
        )  # fmt: skip


def run(**texts: str) -> list[str]:
    """Run once, over these articles and the earlier ones; what the run says."""
    for name, text in texts.items():
        (Path("corpus") / f"{name}.txt").write_text(text)
    return list(summary_lines(run_module.run(Settings())))


@pytest.fixture
def three_names(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_module, "extracted", named)
    run(
        a="Oren K. Blake: It is late.\nOren Blake: So be it.\nAda Brandt: We wait.\n",
        b="Capt. Oren Blake: No ferry leaves.\nBlake: We wait for the ferry.\n",
    )


def speakers() -> dict[str, Row]:
    """The rows of speakers.csv by the speaker's name."""
    return {row["speaker"]: row for row in rows("speakers.csv")}


def edit(speaker: str, **cells: str) -> None:
    """Type into the row of a speaker in speakers.csv."""
    table = rows("speakers.csv")
    next(row for row in table if row["speaker"] == speaker).update(cells)
    save_rows(table, "speakers.csv")


@pytest.mark.usefixtures("three_names")
def test_a_line_a_speaker_with_spellings_roles_articles_and_claims() -> None:
    assert tuple(rows("speakers.csv")[0]) == SPEAKER_COLUMNS
    assert list(speakers()) == ["Oren Blake", "Ada Brandt", "Blake"]
    oren = speakers()["Oren Blake"]
    assert set(oren["spellings"].split(" | ")) == {"Oren Blake", "Oren K. Blake", "Capt. Oren Blake"}
    assert (oren["speaker_role"], oren["speaker_type"], oren["claims"], oren["articles"]) == (
        "captain",
        "person",
        "3",
        "2",
    )
    report = (OUTPUTS / "report.html").read_text(encoding="utf-8")
    assert "Oren Blake: 3; Ada Brandt: 1; Blake: 1" in report


@pytest.mark.usefixtures("three_names")
def test_a_merge_and_a_name_in_the_table_hold_for_all_later_runs_and_are_undone() -> None:
    oren = speakers()["Oren Blake"]["speaker_id"]
    edit("Blake", merge_into=oren)
    edit("Oren Blake", name="Captain Blake")
    assert "Speakers: 2 edits imported from speakers.csv: names, merges." in run()
    for more in ("Oren Blake: The ferry is back.\n", ""):
        assert list(speakers())[:2] == ["Captain Blake", "Ada Brandt"]
        blake = speakers()["Captain Blake"]
        assert (blake["name"], blake["speaker_id"]) == ("Captain Blake", oren)
        assert "Blake" in blake["spellings"].split(" | ")
        assert blake["merged"].startswith("s")
        run(c=f"Mara Lind: It is cold.\n{more}")
    with open_store(OUTPUTS) as store:
        editor = store.edit_speakers("Ana", "review")
        assert {editor.undo(oren).kind, editor.undo(oren).kind} == {"rename", "merge"}
    run()
    assert list(speakers()) == ["Oren Blake", "Ada Brandt", "Blake", "Mara Lind"]


@pytest.mark.usefixtures("three_names")
def test_merges_that_are_not_understood_change_nothing_are_told_of_and_stay() -> None:
    before = speakers()
    typed = {"Oren Blake": before["Oren Blake"]["speaker_id"], "Ada Brandt": "snone", "Blake": "Oren Blake"}
    for speaker, words in typed.items():
        edit(speaker, merge_into=words)
    for _ in range(2):
        lines = run()
        assert (
            "Unclear:  3 cells of speakers.csv changed nothing. Write in merge_into the speaker_id of another speaker, "
            "instead of:" in lines
        )
        rows_shown = enumerate(typed.values(), 2)
        assert {f'          "{words}" (row {row})' for row, words in rows_shown} <= set(lines)
        assert {speaker: row["merge_into"] for speaker, row in speakers().items()} == typed
    for speaker in typed:
        edit(speaker, merge_into="")
    assert not [line for line in run() if line.startswith("Unclear")]
    assert speakers() == before


@pytest.mark.usefixtures("three_names")
def test_a_table_without_the_column_or_with_strange_rows_loses_nothing() -> None:
    edit("Ada Brandt", name="Ada")
    run()
    table = [{"speaker_id": row["speaker_id"], "spellings": row["spellings"]} for row in rows("speakers.csv")]
    save_rows([*table, {"speaker_id": "snone", "spellings": "x"}], "speakers.csv")
    run()
    assert speakers()["Ada"]["name"] == "Ada"


@pytest.mark.usefixtures("three_names")
def test_merges_in_a_chain_lead_to_the_last() -> None:
    names = speakers()
    edit("Blake", merge_into=names["Ada Brandt"]["speaker_id"])
    edit("Ada Brandt", merge_into=names["Oren Blake"]["speaker_id"])
    run()
    (only,) = speakers().values()
    assert (only["speaker_id"], only["claims"]) == (names["Oren Blake"]["speaker_id"], "5")
