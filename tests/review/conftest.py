"""Fixtures of the tests of the review page: the shipped corpus, a run over it, its address, the page in a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.outputs import REPORT
from pipeline.review.server import Server, make_server
from pipeline.settings import Settings
from pipeline.store.lock import lock_outputs
from tests.helpers.browser import visiting
from tests.helpers.review import ROOT, CorpusRun, ready, run_corpus
from tests.helpers.review_client import Client, opened
from tests.helpers.store import run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


#: The article that ``server`` serves.
TEXT = "The mine in Oru closes on Friday, she said."


@pytest.fixture
def server(corpus: Path) -> Iterator[Server]:
    """A review of one article, its claim made without a model."""
    (corpus / "a.txt").write_text(TEXT)
    run()
    with make_server(Path("outputs"), "Ana") as running:
        yield running


@pytest.fixture
def client(server: Server) -> Client:
    """A browser that has opened the server's address."""
    return opened(server)


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the shipped corpus and the results of a run over it, made once; tests take copies.

    The processes of a parallel run share it: the first that needs it makes it, the others wait.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, lock = shared / "examples", shared / "examples-lock"
    lock.mkdir(exist_ok=True)
    with lock_outputs(lock, wait=600), pytest.MonkeyPatch.context() as patch:
        if not (folder / "outputs" / REPORT).exists():
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(ROOT / "corpus" / "examples", folder / "corpus")
            patch.chdir(folder)
            run_corpus()
    return folder


@pytest.fixture
def corpus_run(browser: Browser, examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CorpusRun:
    """A copy of the shipped corpus and its results as the working folder."""
    shutil.copytree(examples, tmp_path / "review")
    monkeypatch.chdir(tmp_path / "review")
    return CorpusRun(Settings())


@pytest.fixture
def review(corpus_run: CorpusRun) -> Iterator[Server]:
    """A review of the shipped corpus."""
    with make_server(corpus_run.outputs, "Ana Prado") as server:
        yield server


@pytest.fixture
def url(review: Server) -> str:
    """An address of that review, good for one browser."""
    return review.new_url()


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    """The page, opened and with a claim shown; nothing may go wrong in it that a test doesn't provoke."""
    with visiting(browser, url) as visit:
        ready(visit.page)
        yield visit.page
        assert not visit.trouble
