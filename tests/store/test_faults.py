"""Runs that are hurt: killed, out of disk or memory, stopped, in a folder that can't be written to, on bad models."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline import run_job as run_module
from pipeline.errors import BadModel, ExtractError
from pipeline.settings import Settings
from pipeline.store import Decision, open_store
from pipeline.store import decisions as decisions_module
from tests.helpers.faults import forked, interruptible, killed_runs, wait, write_corpus
from tests.helpers.store import EXTRACTED, decide, decision, outputs_of, rows, run

resource = pytest.importorskip("resource")
pytestmark = pytest.mark.slow
OUT = Path("outputs")


@pytest.fixture
def articles(corpus: Path) -> Path:
    """A corpus of some articles in the working folder."""
    corpus.rmdir()
    write_corpus(corpus, 12)
    return corpus


def test_killed_runs_lose_nothing(articles: Path) -> None:
    done = killed_runs(run, 12)
    assert not done.wrong
    assert done.kills == 12


@pytest.mark.parametrize("size", [0, 1, 5_000, 20_000, 50_000])
def test_a_full_disk_is_said_and_costs_nothing(articles: Path, size: int, capfd: pytest.CaptureFixture[str]) -> None:
    run()
    claim_id = decide(decision="accept")
    before = outputs_of(OUT)
    (articles / "new.txt").write_text("A word. " * 5_000 + "It is late, she said.\n" * 300)

    def short() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        with pytest.raises(ExtractError, match=r"written to|can't be used"):
            run()

    assert wait(forked(short)) == 0, capfd.readouterr().err
    assert outputs_of(OUT) == before
    assert not list(OUT.glob("*.part"))
    run()
    assert decision(claim_id) == ("accept", "")


def mounted(folder: Path, *options: str) -> str:
    """Mount a small file system on the folder, or mount it anew with other options; why not, where that can't be."""
    command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return "there is no mount command"
    return done.stderr.strip() or "mount failed" if done.returncode else ""


@pytest.fixture
def small_disk(articles: Path) -> Iterator[Path]:
    """The outputs of a run, with a decision made since, on a file system of their own."""
    run()
    decide(decision="accept", note="before")
    OUT.rename("reviewed")
    OUT.mkdir()
    if why := mounted(OUT, "size=64m"):
        pytest.skip(f"no small file system can be mounted here: {why}")
    try:
        shutil.copytree("reviewed", OUT, dirs_exist_ok=True)
        yield articles
    finally:
        subprocess.run(["umount", str(OUT)], check=True)  # it fails where the run has left a file open


@pytest.mark.parametrize("free", [0, 1, 5, 20, 40, 100, 200, "files"])
def test_a_disk_that_is_really_full(small_disk: Path, free: int | str) -> None:
    """``free``: pages of 4096 bytes that are left, or no file more."""
    (small_disk / "new.txt").write_text("A word. " * 5_000 + "It is late, she said.\n" * 300)
    before = outputs_of(OUT)
    state = os.statvfs(OUT)
    if free == "files":
        options = [f"nr_inodes={state.f_files - state.f_ffree}"]
    else:
        options = [f"size={(state.f_blocks - state.f_bfree + int(free)) * state.f_frsize}"]
    assert not mounted(OUT, "remount", *options)
    with pytest.raises(ExtractError, match=r"written to|can't be used") as caught:
        run()
    assert re.search("Make room|disk isn't full", caught.value.hint)
    assert outputs_of(OUT) == before
    assert not list(OUT.glob("*.part"))
    # With room again, the outputs are those of a run that had it all along.
    assert not mounted(OUT, "remount", "size=64m", "nr_inodes=1000")
    run()
    run_module.run(Settings(outputs=Path("reviewed")))
    assert outputs_of(OUT) == outputs_of(Path("reviewed"))
    assert rows()[0]["note"] == "before"


def test_a_clock_that_goes_back_changes_nothing(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Back(datetime):
        years = iter(range(2030, 1990, -1))

        @classmethod
        def now(cls, *_: Any) -> Back:
            return cls(next(cls.years), 1, 1)

    monkeypatch.setattr(decisions_module, "datetime", Back)
    run()
    expected = outputs_of(OUT)
    for path in [*articles.iterdir(), *OUT.iterdir()]:
        os.utime(path, (2_000_000_000, 2_000_000_000))
    EXTRACTED.clear()
    run()
    assert EXTRACTED == []
    assert outputs_of(OUT) == expected
    for word in ("accept", "reject", "unsure"):
        claim_id = decide(decision=word)
        run()
    with open_store(OUT) as store:
        assert [change.decision.decision for change in store.history(claim_id)] == ["accept", "reject", "unsure"]
        assert store.undo(claim_id).decision == Decision("reject")


def as_owner(work: Callable[[], object]) -> int:
    """Work done with no more rights than those of the files' owner, also where the superuser runs the tests."""

    def lowered() -> None:
        if os.geteuid() == 0:
            # capset(2), version 3: no capability is left, so that the modes of files bind the superuser, too.
            header, none = struct.pack("Ii", 0x20080522, 0), bytes(24)
            assert ctypes.CDLL(None, use_errno=True).capset(header, none) == 0, os.strerror(ctypes.get_errno())
        work()

    return wait(forked(lowered))


def test_outputs_that_are_write_protected_are_said_so(articles: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run()
    before = outputs_of(OUT)
    OUT.chmod(0o555)

    def refused() -> None:
        with pytest.raises(ExtractError, match=r"written to|can't be used") as caught:
            run()
        assert f"{caught.value.message} {caught.value.hint}".count("written to")

    try:
        assert as_owner(refused) == 0, capfd.readouterr().err
    finally:
        OUT.chmod(0o755)
    assert outputs_of(OUT) == before


def test_a_locked_database_is_waited_for_and_said_so(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    monkeypatch.setattr("pipeline.store.database.BUSY_SECONDS", 0.2)
    connection = sqlite3.connect(OUT / "claims.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    decide(decision="accept")
    with pytest.raises(ExtractError, match="locked"):
        run()
    connection.execute("ROLLBACK")
    connection.close()
    run()
    assert rows()[0]["decision"] == "accept"


@pytest.mark.model
def test_an_article_that_breaks_is_a_row_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.article import process

    monkeypatch.chdir(tmp_path)
    write_corpus(tmp_path / "corpus", 5)

    def breaks(read: Any, *rest: Any) -> Any:
        result = process(read, *rest)
        if "article 3" in result.article.text:
            raise ZeroDivisionError("of our own making")
        return result

    monkeypatch.setattr("pipeline.article.process", breaks)
    summary = run_module.run(Settings())
    (row,) = [row for row in rows("articles.csv") if row["status"] == "rejected"]
    assert row["file"] == "corpus/003.txt"
    assert "ZeroDivisionError: of our own making" in row["reason"]
    assert summary.read == 4
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    assert run_module.run(Settings()).kept == 4


@pytest.mark.model
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("blank", "has no tagger and no parser and no ner and no lemmatizer"),
        ("german", "is for the language 'de', not for English"),
        ("plain", "has no lemmatizer"),
        ("ruleless", "has a lemmatizer without rules"),
        ("garbage", "can't be loaded"),
        ("empty", "can't be loaded"),
    ],
)
def test_a_model_of_the_wrong_kind_is_said_so(tmp_path: Path, kind: str, said: str) -> None:
    import spacy
    from spacy.lookups import Lookups

    from pipeline.nlp import load_nlp

    folder = tmp_path / "model"
    if kind in ("garbage", "empty"):
        folder.mkdir()
        (folder / "config.cfg").write_text("[nlp" if kind == "garbage" else "")
    else:
        nlp = spacy.blank("de" if kind == "german" else "en")
        for part in ("tagger", "parser", "ner") if kind in ("plain", "ruleless") else ():
            nlp.add_pipe(part).add_label("NN")  # type: ignore[attr-defined]
        if kind == "ruleless":
            tables = Lookups()
            tables.add_table("lemma_lookup", {"ran": "run"})
            nlp.add_pipe("lemmatizer", config={"mode": "lookup"}).initialize(lookups=tables)  # type: ignore[attr-defined]
        nlp.to_disk(folder)
    with pytest.raises(BadModel, match=said) as caught:
        load_nlp(str(folder))
    assert caught.value.hint


@pytest.fixture(params=["1", "2"])
def running(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    """A real run over many articles, in one process and with two workers, once it has begun to give results."""
    write_corpus(tmp_path / "corpus", 200)
    command = [sys.executable, "-m", "pipeline", "run", "--workers", request.param]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    with subprocess.Popen(
        command, cwd=tmp_path, env=env, stderr=subprocess.PIPE, text=True, preexec_fn=interruptible
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("1/200 ")
        yield process
        process.kill()


@pytest.mark.model
def test_an_interrupt_ends_soon_and_says_how_to_go_on(running: subprocess.Popen[str]) -> None:
    started = time.monotonic()
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert time.monotonic() - started < 2 * float(os.environ.get("PATIENCE", "1"))
    assert running.returncode == 130
    assert "Stopped before the end" in said
    assert "run the same command again" in said.lower()
    assert "Traceback" not in said
