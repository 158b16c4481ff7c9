"""`--events FILE`: another kind of event in run, explain and doctor, and what a mistake in such a file gives."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from pipeline import extract_text
from tests.helpers.command import extract

pytestmark = pytest.mark.model

ARTICLE = """Larnhaven to lose its ferry

The port of Larnhaven in Norway will close its ferry terminal next month, mayor Ada Brandt said on Tuesday.

Drivers picketed the port on Thursday. Ivo Lang resigned as harbour commissioner.
"""
STRIKE = """\
name = "strike"

[[target]]
kind = "firm"
nouns = ["port", "terminal"]

[[trigger]]
rule = "picket"
form = "verb"
words = ["picket"]

[[match]]
text = "Drivers picketed the port."
trigger = "picketed"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ferry.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "strike.toml").write_text(STRIKE, encoding="utf-8")
    return tmp_path


def test_run_finds_the_events_of_every_file_named(folder: Path) -> None:
    files = ("--events", "strike.toml", "--events", "appointment")
    done = extract("run", "ferry.txt", *files, "--published", "2025-03-04", folder=folder)
    assert done.returncode == 0, done.stderr
    assert re.search(r"Claims: +\d+ \(1 appointment, 1 closure, \d+ quote, 1 strike\)\.", done.stdout)
    with (folder / "outputs" / "claims.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = {row["claim_type"]: row for row in csv.DictReader(lines)}
    strike, office = rows["strike"], rows["appointment"]
    arguments = (strike["actor"], strike["target"], strike["date_start"])
    assert arguments == ("Drivers", "The port of Larnhaven in Norway", "2025-02-27")
    assert (office["actor"], office["target"], office["target_kind"]) == (
        "Ivo Lang",
        "harbour commissioner",
        "state office",
    )


def test_explain_shows_them(folder: Path) -> None:
    shown = extract("explain", "ferry.txt", "--events", "strike.toml", folder=folder)
    assert "event    strike occurred" in shown.stdout


def test_doctor_runs_the_sentences_of_a_file(folder: Path) -> None:
    (folder / "corpus").mkdir()
    done = extract("doctor", "--events", "strike.toml", "--events", "appointment", folder=folder)
    assert done.returncode == 0, done.stdout
    assert "strike: 1 sentences hold" in done.stdout
    (folder / "strike.toml").write_text(STRIKE.replace('["picket"]', '["strike"]'), encoding="utf-8")
    done = extract("doctor", "--events", "strike.toml", folder=folder)
    assert done.returncode == 2
    assert "strike.toml:13: must match once with the trigger 'picketed', does 0 times" in done.stdout


@pytest.mark.parametrize("command", [("run", "ferry.txt"), ("explain", "ferry.txt")])
def test_a_mistake_is_named_with_its_line_and_nothing_is_written(command: tuple[str, ...], folder: Path) -> None:
    (folder / "strike.toml").write_text(STRIKE.replace("form", "from"), encoding="utf-8")
    done = extract(*command, "--events", "strike.toml", folder=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "strike.toml:9, [[trigger]] 1, from: unknown key 'from'" in done.stderr
    assert not (folder / "outputs").exists()


def test_from_python() -> None:
    result = extract_text(ARTICLE, published=date(2025, 3, 4), events=["appointment"])
    assert "appointment" in {claim.claim_type for claim in result.claims}
    assert "appointment" not in {claim.claim_type for claim in extract_text(ARTICLE).claims}
