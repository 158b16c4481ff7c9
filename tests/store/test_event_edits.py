"""What people say of events: names, merges and splits hold for all later runs, from the page or from events.csv."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import run_job as run_module
from pipeline.errors import ExtractError
from pipeline.outputs import DATABASE
from pipeline.store import EventEditor, Store, WrittenEvent, open_store
from pipeline.summary import summary_lines
from tests.helpers.events import closings
from tests.helpers.store import Row, rows, run, save_rows
from tests.store.test_store import damage_results

OUTPUTS = Path("outputs")


@pytest.fixture
def told(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three articles: two on the Alder mine, of which one tells of the Birk mine too, and one on the Cedar mine."""
    monkeypatch.setattr(run_module, "extracted", closings)
    write(corpus, "a", "The Alder mine will close. The Birk mine will close.")
    write(corpus, "b", "The Alder mine has closed.")
    write(corpus, "c", "The Cedar mine has closed.")
    run()
    return corpus


def write(corpus: Path, name: str, text: str) -> None:
    (corpus / f"{name}.txt").write_text(
        f"---\npublished: 2025-03-0{ord(name) - ord('a') + 1}\n---\n{text} Told by {name}.\n"
    )


def events() -> dict[str, Row]:
    """The rows of events.csv by what they are called."""
    return {row["what"]: row for row in rows("events.csv")}


def files_of(row: Row) -> set[str]:
    """In which articles the claims of an event stand, as claims.csv has it."""
    return {
        claim["file"].removeprefix("corpus/").removesuffix(".txt")
        for claim in rows()
        if claim["event_id"] == row["event_id"]
    }


@pytest.fixture
def store(told: Path) -> Iterator[Store]:
    with open_store(OUTPUTS) as store:
        yield store


@pytest.fixture
def editor(store: Store) -> EventEditor:
    return store.edit_events("Ana Prado", "review")


def claims_of(row: Row) -> list[str]:
    return row["claim_ids"].split(" | ")


def merge(editor: EventEditor, first: Row, into: Row) -> None:
    assert editor.merge(first["event_id"], claims_of(first), into["event_id"], claims_of(into))


def edit_table(what: str, **cells: str) -> None:
    """Write into a row of events.csv, as in a spreadsheet."""
    table = rows("events.csv")
    (row,) = (row for row in table if row["what"] == what)
    row.update(cells)
    save_rows(table, "events.csv")


ALDER, BIRK, CEDAR = "The Alder mine", "The Birk mine", "The Cedar mine"


def test_rules_alone(told: Path) -> None:
    assert {what: files_of(row) for what, row in events().items()} == {ALDER: {"a", "b"}, BIRK: {"a"}, CEDAR: {"c"}}


def test_a_name_stays_also_when_the_event_grows(told: Path, editor: EventEditor) -> None:
    event_id = events()[ALDER]["event_id"]
    assert editor.rename(event_id, " The end\nof Alder ")
    assert not editor.rename(event_id, "The end of Alder")
    write(told, "d", "The Alder mine has closed.")
    for _ in range(2):
        run()
        row = events()["The end of Alder"]
        assert (row["event_id"], row["name"], files_of(row)) == (event_id, "The end of Alder", {"a", "b", "d"})
    editor.rename(event_id, "")
    run()
    assert events()[ALDER]["name"] == ""


def test_the_name_of_an_event_that_rules_joined_to_another_stays(store: Store) -> None:
    joined = WrittenEvent("e1", ("c1",), "The end of Alder")  # the name was that of another event, which is gone
    store.record_written_events("events.csv", [joined, WrittenEvent("e2", ("c2",))])
    assert store.event_edits().names == {"e1": "The end of Alder"}


def test_a_merge_holds_for_later_runs(told: Path, editor: EventEditor) -> None:
    before = events()
    merge(editor, before[CEDAR], before[ALDER])
    write(told, "d", "The Cedar mine will close.")
    for _ in range(2):
        run()
        after = events()
        assert set(after) == {ALDER, BIRK}
        assert (after[ALDER]["event_id"], files_of(after[ALDER])) == (before[ALDER]["event_id"], {"a", "b", "c", "d"})
    assert after[ALDER]["formerly"] == ""  # the second run has forgotten nothing


def test_a_merge_is_seen_before_the_next_run(store: Store, editor: EventEditor) -> None:
    merge(editor, events()[CEDAR], events()[ALDER])
    claims = [claim for result in store.last_results() for claim in result.claims]
    assert {claim.event_id for claim in claims if claim.target != BIRK} == {events()[ALDER]["event_id"]}


def test_a_split_between_articles_holds(told: Path, editor: EventEditor) -> None:
    alder = events()[ALDER]
    in_b = [claim["claim_id"] for claim in rows() if claim["file"] == "corpus/b.txt"]
    new_id = editor.split(alder["event_id"], claims_of(alder), in_b)
    for _ in range(2):
        run()
        by_id = {row["event_id"]: files_of(row) for row in rows("events.csv") if row["what"] == ALDER}
        assert by_id == {alder["event_id"]: {"a"}, new_id: {"b"}}


def test_a_split_within_an_article_holds(told: Path, editor: EventEditor) -> None:
    write(told, "a", "The Alder mine will close. The Alder mine has closed.")
    run()
    alder = events()[ALDER]
    moved = [claim["claim_id"] for claim in rows() if claim["claim_text"] == "The Alder mine has closed"][:1]
    new_id = editor.split(alder["event_id"], claims_of(alder), moved)
    for _ in range(2):
        run()
        assert [claim["event_id"] for claim in rows() if claim["claim_id"] in moved] == [new_id]
        assert {row["event_id"] for row in rows("events.csv") if row["what"] == ALDER} == {alder["event_id"], new_id}


def test_each_edit_can_be_undone(told: Path, editor: EventEditor, store: Store) -> None:
    before = events()
    alder, cedar = before[ALDER], before[CEDAR]
    editor.rename(alder["event_id"], "The end")
    merge(editor, cedar, alder)
    run()
    assert set(events()) == {"The end", BIRK}
    assert editor.undo(alder["event_id"]).kind == "merge"
    run()
    assert {what: row["event_id"] for what, row in events().items()} == {
        "The end": alder["event_id"], BIRK: before[BIRK]["event_id"], CEDAR: cedar["event_id"],
    }  # fmt: skip
    assert editor.undo(alder["event_id"]).kind == "rename"
    run()
    assert set(events()) == {ALDER, BIRK, CEDAR}
    with pytest.raises(ExtractError, match="nothing to undo"):
        editor.undo(alder["event_id"])
    assert [edit.kind for edit in store.event_history()] == ["rename", "merge", "undo", "undo"]
    assert {(edit.reviewer, edit.origin) for edit in store.event_history()} == {("Ana Prado", "review")}


def test_who_looked_at_an_older_state_is_refused(editor: EventEditor) -> None:
    event_id = events()[ALDER]["event_id"]
    editor.rename(event_id, "The end", seen=0)
    with pytest.raises(ExtractError, match="in the meantime"):
        editor.rename(event_id, "The last day", seen=0)
    with pytest.raises(ExtractError, match="in the meantime"):
        editor.undo(event_id, seen=0)
    editor.rename(event_id, "The last day", seen=1)


def test_what_is_no_merge_or_split(editor: EventEditor) -> None:
    alder = events()[ALDER]
    with pytest.raises(ExtractError, match="with itself"):
        editor.merge(alder["event_id"], claims_of(alder), alder["event_id"], claims_of(alder))
    for moved in ([], claims_of(alder), ["c404"]):
        with pytest.raises(ExtractError, match="Nothing to split"):
            editor.split(alder["event_id"], claims_of(alder), moved)


# ---- events.csv in a spreadsheet ----


@pytest.mark.usefixtures("told")
def test_the_table_names_merges_and_splits() -> None:
    before = events()
    in_b = next(claim["claim_id"] for claim in rows() if claim["file"] == "corpus/b.txt")
    edit_table(ALDER, name="The end", split_off=in_b)
    edit_table(CEDAR, merge_into=before[BIRK]["event_id"])
    summary = run()
    assert "Events:   3 edits imported from events.csv: names, merges, splits." in list(summary_lines(summary))
    after = events()
    assert {what: files_of(row) for what, row in after.items()} == {"The end": {"a"}, BIRK: {"a", "c"}, ALDER: {"b"}}
    assert not any(row["merge_into"] or row["split_off"] for row in after.values())
    assert run().edits.events == 0
    # Only the run that joins or parts events tells what they were before.
    assert events() == {what: row | {"formerly": ""} for what, row in after.items()}


@pytest.mark.usefixtures("told")
def test_a_name_that_is_deleted_in_the_table_is_gone() -> None:
    edit_table(ALDER, name="The end")
    run()
    edit_table("The end", name="")
    run()
    assert events()[ALDER]["name"] == ""


@pytest.mark.parametrize(
    ("column", "words"), [("merge_into", "Cedar"), ("merge_into", "itself"), ("split_off", "c1"), ("split_off", "all")]
)
def test_a_slip_changes_nothing_and_stays(told: Path, column: str, words: str) -> None:
    before = events()
    words = {"itself": before[ALDER]["event_id"], "all": before[ALDER]["claim_ids"]}.get(words, words)
    edit_table(ALDER, **{column: words})
    for _ in range(2):  # it is told of until it is put right
        summary = run()
        assert [(cell.words, cell.column) for cell in summary.unclear_events] == [(words, column)]
        assert any(line.startswith("Unclear:  1 cell of events.csv") for line in summary_lines(summary))
        after = events()
        assert after.pop(ALDER) == before[ALDER] | {column: words}
        assert after == {what: row for what, row in before.items() if what != ALDER}
    edit_table(ALDER, **{column: ""})
    assert not run().unclear_events
    assert events() == before


@pytest.mark.usefixtures("told")
def test_merges_of_one_table_follow_each_other() -> None:
    before = events()
    edit_table(ALDER, merge_into=before[BIRK]["event_id"])
    edit_table(BIRK, merge_into=before[CEDAR]["event_id"])
    edit_table(CEDAR, merge_into=before[ALDER]["event_id"])  # all are one by now: that is no edit any more
    run()
    (row,) = rows("events.csv")
    assert files_of(row) == {"a", "b", "c"}


def test_what_the_page_edited_meanwhile_stays(told: Path, editor: EventEditor) -> None:
    before = events()
    edit_table(CEDAR, merge_into=before[ALDER]["event_id"])
    merge(editor, before[BIRK], before[CEDAR])
    run()
    (row,) = rows("events.csv")
    assert files_of(row) == {"a", "b", "c"}


def test_what_is_forgotten_leaves_the_edits(told: Path, editor: EventEditor, store: Store) -> None:
    merge(editor, events()[CEDAR], events()[ALDER])
    store.forget(["corpus/c.txt"], decisions=True)
    (edit,) = store.event_history()
    assert not set(claims_of(events()[CEDAR])) & {*edit.claims, *edit.before}
    assert set(edit.claims) == set(claims_of(events()[ALDER]))
    store.forget(["corpus/a.txt", "corpus/b.txt"], decisions=True)
    assert store.event_history() == []


def test_edits_of_a_damaged_store_are_salvaged(told: Path) -> None:
    with open_store(OUTPUTS) as store:
        merge(store.edit_events("Ana Prado", "review"), events()[CEDAR], events()[ALDER])
    damage_results(OUTPUTS / DATABASE)
    assert "was damaged" in run().store_notice
    with open_store(OUTPUTS) as store:
        assert [edit.kind for edit in store.event_history()] == ["merge"]
    assert files_of(events()[ALDER]) == {"a", "b", "c"}
