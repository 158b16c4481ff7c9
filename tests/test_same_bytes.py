"""One run or ten, one worker or two, killed in between or not: the same bytes in every output, with the real model."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import IO

import pytest

from pipeline import article as article_module
from pipeline.child_process import Child
from pipeline.engines import processes
from pipeline.errors import ExtractError
from pipeline.records import Rejected, Result
from pipeline.run_job import run
from pipeline.settings import Settings
from tests.helpers.faults import forked, wait, write_corpus
from tests.helpers.formats import PAGE
from tests.helpers.store import decide, outputs_of, rows

pytestmark = [pytest.mark.model, pytest.mark.slow]
ROOT = Path(__file__).resolve().parent.parent
OUT, CORPUS = Path("outputs"), Path("corpus")
OUTPUTS = {
    "claims.csv", "events.csv", "speakers.csv", "mentions.csv", "articles.csv", "claims.jsonl", "events.jsonl",
    "report.html",
}  # fmt: skip
#: What a run that changes nothing has no use for.
UNUSED = {"spacy", "thinc", "numpy", "pandas", "dateparser", "trafilatura"}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with twenty articles, one of them in two files, and what one run and one decision made of them."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        write_corpus(CORPUS, 16)
        for path in (ROOT / "corpus" / "examples").glob("*.txt"):
            shutil.copy(path, CORPUS)
        (CORPUS / "page.html").write_text(PAGE, encoding="utf-8")
        shutil.copy(CORPUS / "003.txt", CORPUS / "copy.txt")
        run(Settings())
        decide(decision="accept", note="seen")
        run(Settings())
        assert _statuses() == {"read": 20, "copy": 1}
    return folder


@pytest.fixture
def files(undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The articles' files, in an order of their own; the working folder has an empty corpus."""
    monkeypatch.chdir(tmp_path)
    CORPUS.mkdir()
    tools = article_module.load_resources()
    monkeypatch.setattr(article_module, "load_resources", lambda *_: tools)
    return sorted((undisturbed / CORPUS).iterdir(), key=lambda path: path.name[::-1])


def _statuses() -> dict[str, int]:
    statuses = [row["status"] for row in rows("articles.csv")]
    return {status: statuses.count(status) for status in statuses}


def add(files: list[Path]) -> None:
    for path in files:
        shutil.copy(path, CORPUS)


def killed(settings: Settings, after: int) -> None:
    """A run that is killed once it has given so many results."""

    def report(_: Result | Rejected, done: int, __: int) -> None:
        if done == after:
            os.kill(os.getpid(), signal.SIGKILL)

    assert wait(forked(partial(run, settings, report))) == -signal.SIGKILL


def test_ten_runs_and_a_crash_give_the_bytes_of_one(undisturbed: Path, files: list[Path]) -> None:
    for number in range(9):
        add(files[number * 2 : number * 2 + 2])
        if number == 4:
            killed(Settings(), 9)
        run(Settings())
    add(files[18:])
    decide_as(undisturbed)
    assert run(Settings()).kept
    name_events_as(undisturbed)
    assert_same(undisturbed)


def name_events_as(undisturbed: Path) -> None:
    """Give the events the ids that they have there: an id remembers under which article's an event was found first."""
    there = rows("events.csv", undisturbed / OUT)
    here = rows("events.csv")
    by_claims = {row["claim_ids"]: row["event_id"] for row in there}
    ids = {row["event_id"]: by_claims[row["claim_ids"]] for row in here}
    assert len(ids) == len(here) == len(there)
    assert any(new != old for new, old in ids.items())
    former = [row["formerly"] for row in here if row["formerly"]]
    for name in ("claims.csv", "events.csv", "claims.jsonl", "events.jsonl", "report.html"):
        text = (OUT / name).read_bytes().decode("utf-8")
        text = re.sub(r'"formerly": \[[^]]*\]', '"formerly": []', text)
        for words in former if name == "events.csv" else ():
            text = text.replace(f",{words},", ",,")
        renamed = re.sub(r"\be[a-z2-7]{15}\b", lambda match: ids.get(match[0], match[0]), text)
        (OUT / name).write_bytes(renamed.encode("utf-8"))


def test_two_workers_that_are_killed_and_a_crash_give_the_bytes_of_one(
    undisturbed: Path, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a run with two workers the workers are killed, and then the run itself; another goes on from there."""
    workers: list[Child] = []
    problem = processes._problem

    def ready(worker: Child, said: IO[bytes]) -> ExtractError | None:
        error = problem(worker, said)
        if error is None:
            workers.append(worker)
        return error

    def report(item: Result | Rejected, done: int, __: int) -> None:
        # Both are ready when the second article is done, and not all articles are with them by then.
        if len(workers) == 2:
            for worker in workers:
                worker.kill()
        # Where it had but one article in hand, that is a row with the reason, and the next run's to do.
        assert isinstance(item, Result) or item.copies_of or "signal SIGKILL" in item.reason
        # Whichever of the processes is the fastest: what is left at that point needs a worker that was started later.
        if done >= 5 and len(workers) > 2:
            os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(processes, "_problem", ready)
    add(files)
    assert wait(forked(partial(run, Settings(workers=2), report))) == -signal.SIGKILL
    summary = run(Settings(workers=2))
    assert summary.kept >= 2
    assert not summary.rejected
    decide_as(undisturbed)
    run(Settings(workers=2))
    assert_same(undisturbed)


def test_a_cluster_gives_the_bytes_of_one_process(undisturbed: Path, files: list[Path]) -> None:
    add(files)
    summary = run(Settings(engine="dask", workers=1))
    assert not summary.rejected
    decide_as(undisturbed)
    assert run(Settings()).kept
    assert_same(undisturbed)


def decide_as(undisturbed: Path) -> None:
    """The decision that was made in the undisturbed folder, on the same claim."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(undisturbed)
        (wanted,) = [row["claim_id"] for row in rows() if row["decision"]]
    decide([row["claim_id"] for row in rows()].index(wanted), decision="accept", note="seen")


def assert_same(undisturbed: Path) -> None:
    actual, expected = outputs_of(OUT), outputs_of(undisturbed / OUT)
    assert set(actual) == OUTPUTS
    assert [name for name in sorted(OUTPUTS) if actual[name] != expected[name]] == []
    texts = {path.name: path.read_bytes() for path in (OUT / "texts").iterdir()}
    assert texts == {path.name: path.read_bytes() for path in (undisturbed / OUT / "texts").iterdir()}


def test_a_run_that_finds_nothing_new_loads_no_model(undisturbed: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "pipeline", "run"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=undisturbed, env=env, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert "20 read (20 of them unchanged)" in done.stdout
    loaded = set(re.findall(r"^import time:.*\| +([\w.]+)$", done.stderr, re.MULTILINE))
    assert "pipeline.store" in loaded
    assert not sorted(UNUSED & loaded)
