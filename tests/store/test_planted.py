"""Links and other traps where the program keeps or makes a file: none is followed, nothing behind one is changed."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest

from pipeline import files
from pipeline.errors import ExtractError
from pipeline.outputs import REVIEW_ASSIGNMENTS, REVIEW_VIEWS, STORE_FILES, TEXTS
from pipeline.store import Decision, open_store
from tests.helpers.store import outputs_of, run

OUT = Path("outputs")
#: What stands in the files of the user that links are made to.
MINE = "mine, of more than a few letters"


@pytest.fixture
def read(corpus: Path) -> Path:
    """The working folder after a run over one article, with files of the user's own in the folder ``mine``."""
    (corpus / "a.txt").write_text("It is late, she said.\n")
    run()
    mine = corpus.parent / "mine"
    (mine / "folder").mkdir(parents=True)
    (mine / "file").write_text(MINE)
    (mine / "folder" / "file").write_text(MINE)
    return corpus.parent


def untouched(mine: Path) -> bool:
    return {str(path.relative_to(mine)): path.read_text() for path in mine.rglob("*") if path.is_file()} == {
        "file": MINE,
        "folder/file": MINE,
    }


@pytest.mark.parametrize("name", ["claims.csv", "mentions.csv", "articles.csv", "claims.jsonl", "report.html"])
@pytest.mark.parametrize("ending", [".part", ""])
def test_a_link_where_a_table_is_written_is_replaced(read: Path, name: str, ending: str) -> None:
    (OUT / name).unlink(missing_ok=True)
    expected = outputs_of(OUT)
    (OUT / f"{name}{ending}").symlink_to(read / "mine" / "none")
    run()
    assert not (read / "mine" / "none").exists()
    assert not (OUT / f"{name}{ending}").is_symlink()
    assert expected.items() <= outputs_of(OUT).items()


@pytest.mark.parametrize("name", ["texts", "texts.part"])
def test_a_link_in_place_of_the_texts_is_replaced(read: Path, name: str) -> None:
    (read / "corpus" / "b.jsonl").write_text('{"text": "The ferry is late today, she said. We all wait for it."}\n')
    run()
    texts = {path.name for path in (OUT / TEXTS).iterdir()}
    assert texts
    if name == TEXTS:
        (OUT / TEXTS).rename(read / "away")
    (OUT / name).symlink_to(read / "mine" / "folder", target_is_directory=True)
    run()
    assert untouched(read / "mine")
    assert not (OUT / TEXTS).is_symlink()
    assert {path.name for path in (OUT / TEXTS).iterdir()} == texts


@pytest.mark.parametrize("name", sorted(STORE_FILES - {REVIEW_VIEWS, REVIEW_ASSIGNMENTS}))  # the review page's alone
@pytest.mark.parametrize("behind", ["file", "none"])
@pytest.mark.parametrize("has_flag", [True, False])
def test_a_link_in_place_of_a_file_of_the_store_is_refused(
    read: Path, monkeypatch: pytest.MonkeyPatch, name: str, behind: str, has_flag: bool
) -> None:
    """On Windows the system has no flag that refuses links."""
    if not has_flag:
        monkeypatch.setattr(files, "_SAFE", files._SAFE & ~os.O_NOFOLLOW)
    before = outputs_of(OUT)
    (OUT / name).unlink(missing_ok=True)
    (OUT / name).symlink_to(read / "mine" / behind)
    with pytest.raises(ExtractError, match=f"{name} is a link") as caught:
        run()
    assert "Delete or rename it" in caught.value.hint
    assert untouched(read / "mine")
    assert not (read / "mine" / "none").exists()
    (OUT / name).unlink()
    run()
    assert outputs_of(OUT) == before


def test_a_file_of_the_user_under_the_name_of_the_lock_is_not_cut_off(read: Path) -> None:
    (OUT / "claims.lock").unlink()
    (OUT / "claims.lock").hardlink_to(read / "mine" / "file")
    with pytest.raises(ExtractError, match="is no lock of extract"):
        run()
    assert untouched(read / "mine")


def test_a_pipe_in_place_of_the_lock_is_refused(read: Path) -> None:
    (OUT / "claims.lock").unlink()
    os.mkfifo(OUT / "claims.lock")
    with pytest.raises(ExtractError, match=r"claims.lock is no ordinary file"):
        run()


def test_a_folder_in_the_way_is_named(read: Path) -> None:
    (OUT / "claims.csv.part").mkdir()
    with pytest.raises(ExtractError, match=r"claims\.csv\.part"):
        run()


def test_a_backup_of_an_older_store_goes_through_no_link(read: Path) -> None:
    from pipeline.store.database import unused_path

    (OUT / "claims.version1.db").symlink_to(read / "mine" / "none")
    assert unused_path(OUT / "claims.version1.db").name == "claims.version12.db"


@pytest.mark.usefixtures("synced")
def test_tables_are_on_the_disk_before_they_are_in_their_places(read: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[tuple[str, str]] = []
    sync, replace = os.fsync, Path.replace

    def noted_sync(descriptor: int) -> None:
        done.append(("sync", Path(f"/proc/self/fd/{descriptor}").readlink().name))
        sync(descriptor)

    def noted_replace(path: Path, target: Path) -> Path:
        done.append(("rename", path.name))
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    run()
    for name in ("claims.csv", "mentions.csv", "articles.csv", "claims.jsonl", "report.html"):
        renamed = done.index(("rename", f"{name}.part"))
        assert ("sync", f"{name}.part") in done[:renamed]
        # Other tables may go to the disk meanwhile, in a thread of their own.
        assert next(what for what in done[renamed + 1 :] if "outputs" in what or "rename" in what) == (
            "sync",
            "outputs",
        )


@pytest.mark.usefixtures("synced")
def test_a_decision_is_on_the_disk_when_it_is_saved(read: Path) -> None:
    with open_store(OUT) as store:
        statements: list[str] = []
        store._connection.set_trace_callback(statements.append)
        (claim,) = next(iter(store.last_results())).claims
        for change in (partial(store.decide, claim, Decision("accept"), "review"), partial(store.undo, claim.claim_id)):
            statements.clear()
            change()
            full, usual = map(statements.index, ("PRAGMA synchronous = FULL", "PRAGMA synchronous = NORMAL"))
            assert full < statements.index("COMMIT") < usual
        ((level,),) = store._connection.execute("PRAGMA synchronous")
    assert level == 1  # NORMAL: results can be computed again
