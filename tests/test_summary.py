"""What the command says of a run: where the results are, also with --quiet, and what goes on while files are listed."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from pipeline.corpus import folder as folder_module
from pipeline.write.wording import as_sentences
from tests.helpers.command import extract
from tests.helpers.store import read_once, rows

TEXT = "The mine will close, Ada Brandt said.\n"


@pytest.fixture
def article(corpus: Path) -> Path:
    return read_once(corpus, TEXT)


@pytest.fixture
def blocked(article: Path) -> Path:
    """An outputs folder whose claims.csv LibreOffice has open."""
    Path("outputs/.~lock.claims.csv#").touch()
    return Path("outputs")


def test_quiet_tells_that_the_results_went_elsewhere(blocked: Path) -> None:
    done = extract("run", "--quiet", folder=Path.cwd())
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == (
        "Blocked:  claims.csv was not replaced (LibreOffice has it open); the new version is outputs/claims.new.csv.\n"
    )


@pytest.mark.usefixtures("workbook")
def test_the_results_are_named_as_they_were_written(blocked: Path) -> None:
    lines = extract("run", folder=Path.cwd()).stdout.splitlines()
    others = "events.csv, speakers.csv, mentions.csv, articles.csv, claims.jsonl, report.html"
    assert f"Results:  outputs/claims.new.csv, claims.xlsx, {others}" in lines
    assert lines[-1].startswith(
        "Next:     decide in the browser (extract review) or in the first columns of claims.xlsx"
    )
    lines = extract("run", "--no-xlsx", folder=Path.cwd()).stdout.splitlines()
    assert "first columns of claims.new.csv, then run again; report.html" in lines[-1]
    (blocked / ".~lock.claims.csv#").unlink()
    assert "Results:  outputs/claims.csv, claims.xlsx, events.csv" in extract("run", folder=Path.cwd()).stdout


def test_reason_and_advice_are_two_sentences_in_the_table(corpus: Path) -> None:
    (corpus / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    assert extract("run", folder=Path.cwd()).returncode == 1
    (row,) = rows("articles.csv")
    reason, _, advice = row["reason"].partition(". ")
    assert reason
    assert advice[:1].isupper()
    assert as_sentences("empty", "") == "empty"
    assert as_sentences("empty", "Fill it.") == as_sentences("empty.", "Fill it.") == "empty. Fill it."


class _Terminal(io.StringIO):
    """A stream that passes for a terminal."""

    def isatty(self) -> bool:
        return True


def test_the_bar_says_what_goes_on_while_files_are_listed(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline import selection
    from pipeline.cli.running import run

    terminal, while_listing = _Terminal(), []
    listed = folder_module.find_files

    def find_files(paths: list[Path], bounds: list[Path]) -> object:
        while_listing.append(terminal.getvalue())
        return listed(paths, bounds)

    monkeypatch.setattr(selection, "find_files", find_files)
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    run()
    assert "Looking for files" in while_listing[0]
    assert "Reading 1/1" in terminal.getvalue()
    assert "0/?" not in terminal.getvalue()
