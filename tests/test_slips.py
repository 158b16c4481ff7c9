"""Slips of the hand on the command line, as a mistyped name or an empty folder, leave everything as it was."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.helpers.command import extract
from tests.helpers.store import decide, decision, read_once, rows, run

TEXT = "The mine will close, Ada Brandt said. It rained.\n"
OTHER = "The ferry is late, Oren Blake said. Nobody waited.\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00"


def run_command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return extract("run", *arguments, folder=Path.cwd())


def everything() -> dict[str, tuple[bytes, int]]:
    """Every file of the outputs: its bytes, and when it was last written."""
    files = (path for path in Path("outputs").rglob("*") if path.is_file())
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["corpsu"], ["corpsu can't be read: there is no such file or folder", "Did you mean corpus?"]),
        (["Corpus"], ["Did you mean corpus?"]),
        (["corpsu/a.txt"], ["Did you mean corpus/a.txt?"]),
        (["corpus/a.text"], ["Did you mean corpus/a.txt?"]),
        (["corpus/quite_another.pdf"], ["there is no such file or folder", "Check the name"]),
        (["corpsu", "nowhere"], ["Nothing that was named can be read", "corpsu", "nowhere"]),
        (["corpus/*.txt"], ["corpus/*.txt can't be read", "without quotation marks"]),
        (["corpus/*.html"], ["corpus/*.html can't be read: nothing matches this pattern"]),
        (["https://daily.example/harbour"], ["addresses aren't read: nothing is fetched", "save it as a file"]),
        (["empty"], ["empty can't be read: there is nothing in this folder"]),
        (["empty", "empty/within"], ["Nothing that was named can be read"]),
        (["corpus/a.txt/b.txt"], ["corpus/a.txt/b.txt can't be read: there is no such file or folder"]),
        ([""], ["empty name"]),
    ],
)
def test_where_nothing_that_was_named_is_there_nothing_is_touched(
    corpus: Path, names: list[str], words: list[str]
) -> None:
    read_once(corpus, TEXT)
    Path("empty/within").mkdir(parents=True)
    Path("empty/.hidden.txt").write_text(TEXT)
    decide(decision="accept", note="seen")
    before = everything()
    done = run_command(*names)
    assert done.returncode == 2
    for word in words:
        assert word in " ".join(done.stderr.split())
    assert everything() == before


def test_without_outputs_none_are_made_for_a_mistyped_name(corpus: Path) -> None:
    assert run_command("corpsu").returncode == 2
    assert not Path("outputs").exists()


def test_what_is_missing_beside_what_is_there_is_a_row(corpus: Path) -> None:
    (corpus / "a.txt").write_text(TEXT)
    Path("empty").mkdir()
    done = run_command("corpsu", "corpus", "corpus/*.html", "empty")
    assert done.returncode == 1
    assert {row["file"]: row["status"] for row in rows("articles.csv")} == {
        "corpsu": "rejected", "corpus/a.txt": "read", "corpus/*.html": "rejected", "empty": "rejected",
    }  # fmt: skip
    reasons = {row["file"]: row["reason"] for row in rows("articles.csv")}
    assert "Did you mean corpus?" in reasons["corpsu"]
    assert "nothing in this folder" in reasons["empty"]
    assert "4/4" in done.stderr or "1/4" in done.stderr or "2/4" in done.stderr


def test_a_folder_all_of_whose_files_were_named_before_it_isnt_empty(corpus: Path) -> None:
    (corpus / "a.txt").write_text(TEXT)
    assert run_command("corpus/a.txt", "corpus").returncode == 0


def test_an_empty_corpus_touches_nothing_and_names_the_formats(corpus: Path) -> None:
    read_once(corpus, TEXT).unlink()
    before = everything()
    done = run_command()
    assert done.returncode == 2
    assert "PDF" in done.stderr
    assert "DOCX" in done.stderr
    assert ".txt" not in done.stderr
    assert everything() == before


def tables() -> dict[str, bytes]:
    return {name: content for name, (content, _) in everything().items() if not name.startswith("outputs/claims.db")}


def test_a_corpus_of_which_nothing_can_be_read_leaves_the_tables_of_an_earlier_run(corpus: Path) -> None:
    read_once(corpus, TEXT).unlink()
    claim_id = decide(decision="accept", note="seen")
    before = tables()
    (corpus / "scan.png").write_bytes(PNG)
    (corpus / "empty.txt").write_bytes(b"")
    done = run_command("--quiet")
    assert done.returncode == 2
    assert "Not read: corpus/scan.png: " in done.stderr
    assert "None of the 2 files could be read" in done.stderr
    assert "tables of the last run" in done.stderr
    assert tables() == before
    (corpus / "a.txt").write_text(TEXT)
    assert run_command().returncode == 1
    assert decision(claim_id) == ("accept", "seen")


def test_tables_are_left_also_when_their_store_is_gone(corpus: Path) -> None:
    read_once(corpus, TEXT).unlink()
    for path in Path("outputs").glob("claims.db*"):
        path.unlink()
    before = tables()
    (corpus / "scan.png").write_bytes(PNG)
    assert run_command().returncode == 2
    assert tables() == before


def test_where_no_run_gave_an_article_yet_the_reasons_are_rows(corpus: Path) -> None:
    (corpus / "scan.png").write_bytes(PNG)
    for _ in range(2):
        assert run_command().returncode == 1
        assert [(row["file"], row["status"]) for row in rows("articles.csv")] == [("corpus/scan.png", "rejected")]


def test_a_run_over_one_new_file_says_what_is_no_longer_in_the_tables(corpus: Path) -> None:
    (corpus / "a.txt").write_text(TEXT)
    (corpus / "b.txt").write_text(TEXT.replace("mine", "port"))
    run()
    claim_id = decide(decision="accept", note="seen")
    Path("new.txt").write_text(OTHER)
    done = run_command("new.txt")
    assert done.returncode == 0
    said = " ".join(done.stdout.split())
    assert "without 2 articles of the last run" in said
    assert "kept" in said
    assert [row["file"] for row in rows("articles.csv")] == ["new.txt"]
    said = " ".join(run_command("corpus", "new.txt").stdout.split())
    assert "of the last run" not in said
    assert decision(claim_id) == ("accept", "seen")


def test_renamed_edited_copied_and_rejected_articles_are_not_counted_as_left_out(corpus: Path) -> None:
    for name in ("edited", "renamed", "copied", "rejected"):
        (corpus / f"{name}.txt").write_text(TEXT.replace("mine", name))
    run()
    (corpus / "edited.txt").write_text(OTHER)
    (corpus / "renamed.txt").rename(corpus / "new name.txt")
    (corpus / "copied.txt").write_text(TEXT.replace("mine", "renamed"))
    (corpus / "rejected.txt").write_bytes(b"")
    done = run_command()
    assert done.returncode == 1
    assert "of the last run" not in done.stdout
