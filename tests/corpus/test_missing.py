"""What is said of names that lead nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.corpus.missing import describe_missing


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus" / "march").mkdir(parents=True)
    for name in ("corpus/harbour.txt", "corpus/march/ferry.html", ".hidden", "plain"):
        (tmp_path / name).write_text("The ferry is late.")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("corpsu", "Did you mean corpus?"),
        ("CORPUS", "Did you mean corpus?"),
        ("corpus/harbuor.txt", "Did you mean corpus/harbour.txt?"),
        ("corpus/harbour.html", "Did you mean corpus/harbour.txt?"),
        ("corpus/mrach/ferry.html", "Did you mean corpus/march/ferry.html?"),
        ("corpus/mrach/nothing.pdf", "Did you mean corpus/march?"),
        ("corpus/entirely different", "Check the name."),
        ("hidden", "Check the name."),
        ("nowhere/a.txt", "Check the name."),
        ("plain/a.txt", "Check the name."),
    ],
)
def test_a_name_that_is_alike_is_suggested(name: str, hint: str) -> None:
    error = describe_missing(Path(name))
    assert (error.message, error.hint) == ("there is no such file or folder", hint)


def test_an_absolute_path_is_compared_part_by_part(folder: Path) -> None:
    assert describe_missing(folder / "corpsu").hint == f"Did you mean {folder / 'corpus'}?"


def test_nothing_is_suggested_without_suggest_or_in_a_huge_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert describe_missing(Path("corpsu"), suggest=False).hint == "Check the name."
    monkeypatch.setattr("pipeline.corpus.missing._MOST_NAMES", 1)
    assert describe_missing(Path("corpsu")).hint == "Check the name."


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("corpus/*.txt", "it is a pattern, not the name of a file"),
        ("corpus/harbour.[tx]xt", "it is a pattern, not the name of a file"),
        ("corpus/*.pdf", "nothing matches this pattern"),
        ("corpus/harbour[1].txt", "there is no such file or folder"),
        ("https://daily.example/harbour?page=2", "addresses aren't read: nothing is fetched from the network"),
        ("file:///tmp/a%20b.txt", "addresses aren't read"),
        ("~/no-such-file.txt", "the shell left the ~ as it is, so there is no such file or folder"),
    ],
)
def test_what_a_shell_or_another_program_would_understand_is_named(name: str, reason: str) -> None:
    assert describe_missing(Path(name)).message == reason
