"""A damaged store: found where it is met, moved aside, and replaced with every decision that can be read."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.errors import ExtractError
from pipeline.outputs import DATABASE
from pipeline.store import Decision, check_store, open_store
from pipeline.store.schema import UPGRADES
from tests.helpers.command import extract
from tests.helpers.store import decide, rows, run

pytestmark = pytest.mark.slow

OUT = Path("outputs")
STORE = OUT / DATABASE
#: Stores with bytes changed at random that the suite tries; ``DAMAGED_STORES=500`` in the environment tries more.
DAMAGED_STORES = 12
LATER = "thought better of it"
Damage = Callable[[Path], object]


@pytest.fixture
def reviewed(corpus: Path) -> dict[str, str]:
    """By claim id the decisions that stand in claims.csv after a run; on the page one more has been made since."""
    for number in range(7):
        (corpus / f"{number}.txt").write_text(f"It is {number} o'clock, she said. We wait for {number}, she said.\n")
    run()
    for number in range(0, 12, 2):
        decide(number, decision="accept", note=f"note {number}")
    table = rows()
    run()
    with open_store(OUT) as store:
        claims = [claim for result in store.last_results() for claim in result.claims]
        store.decide(claims[13], Decision("reject", note="on the page"), "review")
        store.decide(claims[0], Decision("unsure", note=LATER), "review")
    return {row["claim_id"]: row["note"] for row in table if row["decision"]}


def standing() -> dict[str, str]:
    """By claim id the notes of all decisions that a user can see after a run."""
    seen = {row["claim_id"]: row["note"] for row in rows() if row["decision"]}
    for name in ("orphaned_decisions.csv", "conflicting_decisions.csv"):
        if (OUT / name).exists():
            for row in rows(name):
                seen[row["claim_id"]] = f"{seen.get(row['claim_id'], '')} {row['note']} {row.get('other_note', '')}"
    return seen


def sql(statement: str) -> Damage:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(statement)

    return change


def overwrite(offset: int, data: bytes) -> Damage:
    def change(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(offset)
            file.write(data)

    return change


def another_program(path: Path) -> None:
    path.unlink()
    sql("CREATE TABLE mail (id)")(path)


DAMAGES: dict[str, Damage] = {
    "about no JSON": sql("UPDATE decisions SET about = 'x' WHERE note = 'note 2'"),
    "about of another kind": sql("""UPDATE decisions SET about = '{"colour": 1}' WHERE note = 'note 2'"""),
    "added no JSON": sql("INSERT INTO added VALUES ('c1', '{')"),
    "a decision changed": sql("UPDATE decisions SET decision = 'acc%pt' WHERE note = 'note 2'"),
    "a history changed": sql("UPDATE history SET note = 'other' WHERE note = 'note 2'"),
    "text that is none": sql("UPDATE decisions SET note = CAST(x'ff' AS TEXT) WHERE note = 'note 2'"),
    "a version that is a word": sql("UPDATE decisions SET version = 'x'"),
    "a run beyond counting": sql("INSERT INTO runs VALUES (9223372036854775807)"),
    **{
        f"without {name}": sql(f"DROP TABLE {name}") for name in ("decisions", "history", "shown", "results", "written")
    },
    "without an index": sql("DROP INDEX history_claim"),
    "without a column": sql("ALTER TABLE conflicts DROP COLUMN corrections"),
    "version 0": sql("PRAGMA user_version = 0"),
    "version 1": sql("PRAGMA user_version = 1"),
    "a later version that isn't": sql(f"PRAGMA user_version = {len(UPGRADES) + 1}"),
    "a version beyond counting": sql("PRAGMA user_version = 1000000"),
    "a store of another program": another_program,
    "not a database": lambda path: path.write_text("no database\n" * 900),
    "cut off": lambda path: os.truncate(path, path.stat().st_size // 2),
    "cut off in a page": lambda path: os.truncate(path, 4_100),
    "one byte": lambda path: os.truncate(path, 1),
    "for later programs": overwrite(18, b"\x07\x07"),
    "only to read": overwrite(18, b"\x07\x02"),
    "UTF-16": overwrite(56, b"\0\0\0\2"),
    "another page size": overwrite(16, b"\x20\x00"),
}


def renewed(kept: Path) -> None:
    """The outputs as they were copied to ``kept``."""
    shutil.rmtree(OUT)
    shutil.copytree(kept, OUT)


def lost(reviewed: dict[str, str]) -> dict[str, str]:
    """The decisions that stood in claims.csv and are nowhere after a run.

    A later one, made on the page, may stand for that which it replaced.
    """
    after = standing()
    return {
        claim_id: note
        for claim_id, note in reviewed.items()
        if note not in after.get(claim_id, "") and LATER not in after.get(claim_id, "")
    }


def test_a_damaged_store_is_replaced_and_no_decision_is_lost(reviewed: dict[str, str]) -> None:
    kept = Path(shutil.copytree(OUT, "kept"))
    for name, damage in DAMAGES.items():
        renewed(kept)
        damage(STORE)
        damaged = STORE.read_bytes()
        with pytest.raises(ExtractError, match="is damaged") as caught:
            check_store(OUT)
        assert "extract run" in caught.value.hint, name
        assert STORE.read_bytes() == damaged, name
        assert "so it was moved to claims.damaged-1.db" in run().store_notice, name
        assert lost(reviewed) == {}, name
        assert "nothing is damaged" in check_store(OUT), name


@pytest.mark.parametrize("damage", ["about no JSON", "without decisions", "version 0", "without results", "UTF-16"])
def test_what_was_decided_on_the_page_is_salvaged(reviewed: dict[str, str], damage: str) -> None:
    DAMAGES[damage](STORE)
    run()
    notes = " ".join(standing().values())
    assert "on the page" in notes
    assert LATER in notes
    assert not (OUT / "conflicting_decisions.csv").exists() or damage == "without decisions"


def test_damaged_stores_are_all_kept(reviewed: dict[str, str]) -> None:
    for number in (1, 2, 3):
        STORE.write_text(f"no database {number}\n" * 900)
        run()
    assert [(OUT / f"claims.damaged-{number}.db").read_text()[:13] for number in (1, 2, 3)] == [
        f"no database {number}" for number in (1, 2, 3)
    ]


def test_two_versions_of_a_decision_are_both_kept(reviewed: dict[str, str]) -> None:
    sql("UPDATE decisions SET note = 'garbled' WHERE note = 'on the page'")(STORE)
    run()
    (row,) = [row for row in rows("conflicting_decisions.csv") if "on the page" in (row["note"], row["other_note"])]
    assert {row["note"], row["other_note"]} == {"garbled", "on the page"}


@pytest.mark.parametrize("column", ["article", "body"])
@pytest.mark.parametrize("value", ["x'00'", "NULL", "17", "'text'"])
def test_a_damaged_result_is_said_and_made_anew(reviewed: dict[str, str], column: str, value: str) -> None:
    sql(
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, 'BLOB NOT NULL', 'BLOB') "
        "WHERE name = 'results'; PRAGMA writable_schema = RESET"
        if value == "NULL"
        else ""
    )(STORE)
    sql(f"UPDATE results SET {column} = {value} WHERE id = 3")(STORE)  # noqa: S608
    if value != "NULL":
        done = extract("export", "--gold", folder=Path.cwd())
        assert done.returncode == 2
        assert "can't be read" in done.stderr
        assert "extract run" in done.stderr
    run()
    assert extract("export", "--gold", folder=Path.cwd()).stderr.startswith("extract: There is no gold yet")


def test_damage_met_later_is_moved_aside_then(reviewed: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The check at the beginning has seen nothing, as when the disk fails during the run."""

    def damaged(*_: object) -> None:
        with closing(sqlite3.connect(STORE)) as connection:
            connection.execute("SELECT * FROM none")

    monkeypatch.setattr("pipeline.run_job.StoryIndex.find_copies", damaged)
    with pytest.raises(ExtractError, match="can't be used") as caught:
        run()
    assert "disk" not in caught.value.hint
    assert not list(OUT.glob("*damaged*"))

    def no_database(*_: object) -> None:
        Path("no.db").write_text("no database\n" * 900)
        with closing(sqlite3.connect("no.db")) as connection:
            connection.execute("SELECT * FROM none")

    monkeypatch.setattr("pipeline.run_job.StoryIndex.find_copies", no_database)
    with pytest.raises(ExtractError, match="was damaged") as caught:
        run()
    assert caught.value.hint == "Run the same command again."
    assert (OUT / "claims.damaged-1.db").exists()


def test_a_page_saves_nothing_into_a_store_that_was_moved_aside(reviewed: dict[str, str]) -> None:
    with open_store(OUT) as page:
        (claim, *_) = next(page.last_results()).claims
        shutil.copy(STORE, OUT / "copy.db")
        (OUT / "copy.db").replace(STORE)
        with pytest.raises(ExtractError, match="Nothing was saved"):
            page.decide(claim, Decision("accept"), "review")
        with pytest.raises(ExtractError, match="Nothing was saved"):
            page.undo(claim.claim_id)


def test_doctor_looks_at_the_store(reviewed: dict[str, str]) -> None:
    said = check_store(OUT)
    assert "7 articles, 7 decisions, 0 claims added by hand, 8 changes" in said
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(OUT)
        assert "isn't there yet" in check_store(Path("none"))


def test_other_failures_of_the_database_have_their_own_advice(reviewed: dict[str, str]) -> None:
    from pipeline.store.opening import unusable

    hints = {}
    for name in ("FULL", "BUSY", "READONLY", "CANTOPEN", "NOMEM", "ERROR"):
        error = sqlite3.OperationalError(name)
        error.sqlite_errorcode = getattr(sqlite3, f"SQLITE_{name}")
        hints[name] = unusable(OUT, error).hint
    assert [name for name, hint in hints.items() if "Make room" in hint] == ["FULL"]
    assert "other programs" in hints["BUSY"]
    assert "written to" in hints["READONLY"]
    assert "written to" in hints["CANTOPEN"]
    assert "memory" in hints["NOMEM"]
    assert "extract doctor" in hints["ERROR"]


def test_bytes_changed_anywhere_lose_no_decision(reviewed: dict[str, str]) -> None:
    kept = Path(shutil.copytree(OUT, "kept"))
    size = STORE.stat().st_size
    for number in range(int(os.environ.get("DAMAGED_STORES", DAMAGED_STORES))):
        renewed(kept)
        dice = random.Random(number)  # noqa: S311
        data, area = bytearray(STORE.read_bytes()), dice.choice((size, size, 100, 8_192))
        for _ in range(dice.choice((1, 20, 20, 400))):
            data[dice.randrange(area)] = dice.randrange(256)
        STORE.write_bytes(data)
        run()
        assert lost(reviewed) == {}, number
        assert "nothing is damaged" in check_store(OUT), number
