"""Decisions in the tables: whatever program saved claims.csv, the next run finds every decision again."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import ExtractError
from pipeline.store import Decision, open_outputs, open_store
from pipeline.store.spreadsheet import possible_days, read_sheet
from pipeline.store.words import find_words
from tests.helpers.store import Row, decide, decision, read_once, rows, run, save_rows

TEXT = (
    "The mine will close, Ada Brandt said. It rained.\n\n"
    "The ferry is late, Oren Blake said. “We wait – for it”, he said again.\n\n"
    "Łódź is far away; nobody goes there any more.\n"
)
KNOWN = ("decision", "note", "decided_at", "claim_id", "claim_text")


@pytest.fixture
def article(corpus: Path) -> Path:
    """A corpus of one article with three claims, read once."""
    return read_once(corpus, TEXT)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "mac_roman"])
def test_separators_and_encodings_of_any_spreadsheet(article: Path, delimiter: str, encoding: str) -> None:
    table = rows()
    table[1] |= {"decision": "accept", "corrected_text": "a, b; c", "note": "née “Müller” – sûre"}
    save_rows(table, encoding=encoding, delimiter=delimiter)
    run()
    again = rows()
    assert [(row["decision"], row["note"]) for row in again] == [("", ""), ("accept", "née “Müller” – sûre"), ("", "")]
    assert again[1]["corrected_text"] == "a, b; c"


def test_letters_that_an_encoding_lacks_are_not_lost(article: Path) -> None:
    """Excel's plain CSV makes "?" of them: that is no edit."""
    claim_id = decide(decision="accept", note="Łódź, 東京, 🐧")
    run()
    table = rows()
    table[1]["decision"] = "reject"
    save_rows(table, encoding="cp1252", delimiter=";")
    run()
    assert decision(claim_id) == ("accept", "Łódź, 東京, 🐧")
    assert decision(table[1]["claim_id"]) == ("reject", "")


def shuffled(table: list[Row]) -> list[Row]:
    return [dict(reversed(row.items())) for row in reversed(table)]


def only_ids_and_decisions(table: list[Row]) -> list[Row]:
    return [{name: row[name] for name in ("claim_id", "decision", "note")} for row in table]


def without_ids(table: list[Row]) -> list[Row]:
    return [{name: value for name, value in row.items() if name != "claim_id"} for row in table]


def empty_columns(table: list[Row]) -> list[Row]:
    return [{**row, "": "", " ": ""} for row in table]


def blank_rows(table: list[Row]) -> list[Row]:
    blank = dict.fromkeys(table[0], "")
    return [blank, table[0], blank, *table[1:], blank, blank]


def other_headers(table: list[Row]) -> list[Row]:
    return [{f" {name.upper()} ": value for name, value in row.items()} for row in table]


def fewer_rows(table: list[Row]) -> list[Row]:
    return table[:1]


@pytest.mark.parametrize(
    "change",
    [shuffled, only_ids_and_decisions, without_ids, empty_columns, blank_rows, other_headers, fewer_rows],
)
def test_rows_and_columns_in_any_order_and_number(article: Path, change: Callable[[list[Row]], list[Row]]) -> None:
    table = rows()
    table[0] |= {"decision": "accept", "note": "=yes"}
    save_rows(change(table))
    run()
    assert decision(table[0]["claim_id"]) == ("accept", "'=yes")
    assert len(rows()) == 3


def test_a_sep_line_blank_lines_and_bare_carriage_returns(article: Path) -> None:
    table = rows()
    lines = ["sep=;", *(f"{row['claim_id']};accept;" for row in table)]
    lines.insert(1, "claim_id;decision;note")
    Path("outputs/claims.csv").write_bytes("\r".join(lines).encode())
    run()
    assert [row["decision"] for row in rows()] == ["accept"] * 3


def test_lost_columns_and_rows_lose_no_decision(article: Path) -> None:
    first, second = decide(0, decision="accept", note="one"), decide(1, decision="reject", note="two")
    run()
    save_rows([{"claim_id": first, "note": "changed"}])
    run()
    assert decision(first) == ("accept", "changed")
    assert decision(second) == ("reject", "two")


def test_a_decision_that_is_cleared_is_cleared_and_stays_in_the_history(article: Path) -> None:
    claim_id = decide(decision="accept")
    run()
    decide(decision="")
    run()
    assert decision(claim_id) == ("", "")
    with open_store(Path("outputs")) as store:
        history = store.history(claim_id)
    assert [(change.decision.decision, change.origin) for change in history] == [
        ("accept", "claims.csv"),
        ("", "claims.csv"),
    ]


@pytest.mark.parametrize(
    ("typed", "others", "kept"),
    [
        ("24/03/2025", [], "2025-03-24"),
        ("3/24/25", [], "2025-03-24"),
        ("24.3.2025", [], "2025-03-24"),
        ("2025-03-24 10:15:00", [], "2025-03-24"),
        ("2025/3/24", [], "2025-03-24"),
        ("24 March 2025", [], "2025-03-24"),
        ("24-Mar-25", [], "2025-03-24"),
        ("Mar 24, 2025", [], "2025-03-24"),
        ("45740", [], "2025-03-24"),
        ("04/03/2025", [], "04/03/2025"),
        ("04/03/2025", ["25/03/2025"], "2025-03-04"),
        ("04/03/2025", ["03/25/2025"], "2025-04-03"),
        ("04/04/2025", [], "2025-04-04"),
        ("31/02/2025", [], "31/02/2025"),
        ("last Monday", [], "last Monday"),
    ],
)
def test_days_in_the_local_style(article: Path, typed: str, others: list[str], kept: str) -> None:
    table = rows()
    for row, day in zip(table, [typed, *others], strict=False):
        row |= {"decision": "accept", "decided_at": day}
    save_rows(table)
    run()
    assert rows()[0]["decided_at"] == kept


def test_a_day_that_a_spreadsheet_shows_otherwise_is_no_edit(article: Path) -> None:
    decide(decision="accept", decided_at="2025-03-04")
    run()
    with open_store(Path("outputs")) as store:
        before = store.decisions()
    decide(decided_at="3/4/2025")
    run()
    assert rows()[0]["decided_at"] == "2025-03-04"
    with open_store(Path("outputs")) as store:
        assert store.decisions() == before


def test_days_that_do_not_exist_are_none() -> None:
    assert possible_days("30/30/2025") == []
    assert possible_days("1/2/2025") == [date(2025, 2, 1), date(2025, 1, 2)]


def test_two_rows_of_one_claim_decided_differently_keep_both(article: Path) -> None:
    table = rows()
    save_rows([*table, {**table[0], "decision": "reject", "reviewer": "Ben"}, {**table[0], "decision": "accept"}])
    assert run().conflicts == 1
    assert decision(table[0]["claim_id"])[0] == "accept"
    (conflict,) = rows("conflicting_decisions.csv")
    assert (conflict["other_decision"], conflict["other_reviewer"]) == ("reject", "Ben")


def test_conflicts_are_kept_once_however_often_the_table_is_read(article: Path) -> None:
    """As after a run that was killed before it wrote the table anew."""
    table = rows()
    save_rows([{**table[0], "decision": "accept"}, {**table[0], "decision": "reject"}])
    with open_outputs(Path("outputs")) as store:
        for _ in range(3):
            store.import_edits()
            (conflict,) = store.conflicts()
            assert conflict.decision.decision == "accept"
    assert run().conflicts == 1


def test_two_rows_of_one_claim_that_say_different_things_are_one(article: Path) -> None:
    table = rows()
    save_rows([{**table[0], "decision": "accept"}, {**table[0], "note": "and this"}])
    assert run().conflicts == 0
    assert decision(table[0]["claim_id"]) == ("accept", "and this")


def test_an_orphan_is_listed_and_returns_with_its_article(article: Path) -> None:
    claim_id = decide(decision="accept", note="-- no")
    article.unlink()
    (article.parent / "b.txt").write_text("Nothing happened.\n")
    assert run().orphans == 1
    (orphan,) = rows("orphaned_decisions.csv")
    assert (orphan["claim_id"], orphan["note"], orphan["why"]) == (claim_id, "'-- no", "its article is not in this run")
    assert orphan["claim_text"] == "The mine will close, Ada Brandt"
    article.write_text(TEXT)
    assert run().orphans == 0
    assert decision(claim_id) == ("accept", "'-- no")
    assert not Path("outputs/orphaned_decisions.csv").exists()


def test_an_orphan_edited_in_its_own_table_is_imported(article: Path) -> None:
    claim_id = decide(decision="accept")
    article.unlink()
    (article.parent / "b.txt").write_text("Nothing happened.\n")
    run()
    (orphan,) = rows("orphaned_decisions.csv")
    save_rows([{**orphan, "decision": "reject"}], "orphaned_decisions.csv")
    run()
    article.write_text(TEXT)
    run()
    assert decision(claim_id) == ("reject", "")


def test_a_decision_finds_the_same_words_again_under_another_id(article: Path) -> None:
    """A new headline gives the article another key, so all its claims have other ids."""
    claim_id = decide(1, decision="accept", note="mine")
    article.write_text("---\ntitle: A new headline\n---\n" + TEXT)
    assert run().orphans == 0
    row = rows()[1]
    assert row["claim_id"] != claim_id
    assert (row["decision"], row["note"]) == ("accept", "mine")
    with open_store(Path("outputs")) as store:
        origins = [change.origin for change in store.history(row["claim_id"])]
        assert origins == ["claims.csv", f"found again, was {claim_id}"]
        assert store.undo(row["claim_id"]).decision == Decision()


def test_a_decision_does_not_move_to_other_words(article: Path) -> None:
    claim_id = decide(decision="accept")
    article.write_text(TEXT.replace("The mine will close", "The mine will open"))
    assert run().orphans == 1
    assert all(row["decision"] == "" for row in rows())
    assert rows("orphaned_decisions.csv")[0]["claim_id"] == claim_id


def added(**cells: str) -> None:
    table = rows()
    save_rows([*table, {**dict.fromkeys(table[0], ""), **cells}])


@pytest.mark.parametrize("file", ["corpus/a.txt", "a.txt", ""])
def test_a_row_added_by_hand_becomes_a_claim_of_its_own(article: Path, file: str) -> None:
    added(claim_text='"Łódź is  far away', file=file, speaker="Ada Brandt", decision="accept", date_start="24/3/2025")
    summary = run()
    assert (summary.edits.manual_claims, summary.orphans) == (1, 0)
    (row,) = [row for row in rows() if row["rule"] == "reviewer"]
    assert (row["claim_text"], row["speaker"], row["decision"]) == ("Łódź is far away", "Ada Brandt", "accept")
    assert TEXT[int(row["start"]) : int(row["end"])] == row["claim_text"]
    assert row["sentence"].startswith("Łódź is far away; nobody")
    assert (row["file"], row["date_start"], row["claim_type"]) == ("corpus/a.txt", "2025-03-24", "quote")
    before = Path("outputs/claims.csv").read_bytes()
    run()
    assert Path("outputs/claims.csv").read_bytes() == before


def test_the_words_of_an_added_row_are_found_whatever_their_quotation_marks(article: Path) -> None:
    added(claim_text='"we wait - for it"')
    run()
    (row,) = [row for row in rows() if row["rule"] == "reviewer"]
    assert TEXT[int(row["start"]) : int(row["end"])] == "“We wait – for it”"


def test_an_added_row_with_words_of_no_article_is_reported(article: Path) -> None:
    added(claim_text="The quarry is flooded", decision="accept")
    assert run().orphans == 1
    (orphan,) = rows("orphaned_decisions.csv")
    assert (orphan["claim_text"], orphan["decision"]) == ("The quarry is flooded", "accept")
    assert run().orphans == 1
    article.write_text(TEXT + "\nThe quarry is flooded.\n")
    assert run().orphans == 0
    assert [row["decision"] for row in rows() if row["rule"] == "reviewer"] == ["accept"]


def test_an_added_row_outlives_the_store(article: Path) -> None:
    added(claim_text="nobody goes there", decision="accept", speaker="Ada Brandt")
    run()
    before = Path("outputs/claims.csv").read_bytes()
    Path("outputs/claims.db").unlink()
    run()
    assert Path("outputs/claims.csv").read_bytes() == before


def test_a_row_whose_id_was_deleted_is_still_the_machines(article: Path) -> None:
    table = rows()
    table[0] |= {"decision": "accept"}
    claim_id, table[0]["claim_id"] = table[0]["claim_id"], ""
    save_rows(table)
    run()
    assert decision(claim_id) == ("accept", "")
    assert len(rows()) == 3


def test_a_decision_on_nothing_is_kept(article: Path) -> None:
    added(decision="accept", note="which?")
    assert run().orphans == 1
    assert run().orphans == 1
    (orphan,) = rows("orphaned_decisions.csv")
    assert (orphan["note"], orphan["why"]) == ("which?", "its row has no claim_id and no claim_text")


def test_a_table_that_cant_be_read_stops_the_run_before_anything_is_lost(article: Path) -> None:
    path = Path("outputs/claims.csv")
    path.write_text("a picture of a table\n" * 9)
    with pytest.raises(ExtractError, match=r"claims\.csv can't be imported"):
        run()
    assert path.read_text() == "a picture of a table\n" * 9


@pytest.mark.parametrize("lock", ["mode", "libreoffice", "changed"])
def test_a_table_that_is_taken_is_not_written_over(article: Path, lock: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path, new = Path("outputs/claims.csv"), Path("outputs/claims.new.csv")
    claim_id = decide(decision="accept")
    before = path.read_bytes()
    if lock == "mode":
        path.chmod(0o444)
    elif lock == "libreoffice":
        Path("outputs/.~lock.claims.csv#").write_text("")
    else:
        with monkeypatch.context() as patch:
            from pipeline.write import tables

            add = tables.OutputTables.add

            def meanwhile(self: tables.OutputTables, item: object) -> None:
                add(self, item)  # type: ignore[arg-type]
                path.write_bytes(before + b"\r\n")

            patch.setattr(tables.OutputTables, "add", meanwhile)
            summary = run()
        before += b"\r\n"
    if lock != "changed":
        summary = run()
    assert path.read_bytes() == before
    assert re.search("write-protected|LibreOffice|changed", summary.blocked["claims.csv"])
    assert decision(claim_id) == ("accept", "")
    table = rows("claims.new.csv")
    save_rows([*table[:1], {**table[1], "decision": "reject"}, *table[2:]], "claims.new.csv")
    path.chmod(0o644)
    Path("outputs/.~lock.claims.csv#").unlink(missing_ok=True)
    assert not run().blocked
    assert not new.exists()
    assert [row["decision"] for row in rows()] == ["accept", "reject", ""]


def test_read_back_sheet_says_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("claim_id,decision\n")
    sheet = read_sheet(path, KNOWN)
    assert sheet.columns == {"claim_id", "decision"}
    assert not sheet.rows
    path.write_text("  \n")
    assert read_sheet(path, KNOWN).rows == ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the mine", "The mine"),
        ("“We  wait - for it”", "“We wait – for it”"),
        ("ferry [...] again", "ferry [...] again"),
        ("again [...] ferry", ""),
        ("quarry", ""),
        ('" "', ""),
    ],
)
def test_words_are_found_in_the_text(words: str, expected: str) -> None:
    assert " [...] ".join(TEXT[a:b] for a, b in next(find_words(TEXT, words), ())) == expected


def test_of_what_was_seen_before_only_what_was_decided_is_remembered(corpus: Path) -> None:
    """Else the memory grows with the claims of a run."""
    for number in range(3):
        (corpus / f"{number}.txt").write_text(f"It is {number}, she said.\n")
    run()
    decided = decide(1, decision="accept")
    run()
    with open_store(Path("outputs")) as store:
        attachment = store.open_attachment()
        results = [attachment.attach(result) for result in store.last_results()]
    assert attachment._seen_ids == {decided}
    assert attachment._seen_articles == {results[1].article.file, results[1].article.doc_id}
