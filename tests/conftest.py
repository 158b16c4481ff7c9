"""Fixtures for the whole test suite, and its command-line options."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from spacy.language import Language

    from tests.helpers.parses import Parses

#: Files that take over three seconds in the fast run: they start processes and servers, or run many runs.
LONG_FILES = (
    "review/test_connections.py", "review/test_server.py", "review/test_sessions.py", "store/test_damage.py",
    "store/test_decisions.py", "store/test_faults.py", "store/test_store.py", "tests/test_hostile.py",
    "tests/test_start.py", "process/test_reading_process.py", "write/test_destination.py",
)  # fmt: skip

# The process that hands out the tests of a parallel run loads this file, too: nothing slow is imported at its top.


def pytest_configure(config: pytest.Config) -> None:
    """Set up hypothesis and the collector of garbage where tests are run."""
    if not _only_hands_out(config):
        from hypothesis import settings

        # How long an example takes tells of the machine, which others may be using, not of the code.
        settings.register_profile("untimed", deadline=None)
        settings.load_profile("untimed")
        gc.disable()


def _only_hands_out(config: pytest.Config) -> bool:
    """Whether this is the process that hands out the tests of a parallel run to its workers."""
    return bool(config.getoption("numprocesses", None)) and not hasattr(config, "workerinput")


def pytest_collection_finish() -> None:
    """Collect garbage from now on, but leave out whatever is loaded already: it stays to the end."""
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--freeze", action="store_true", help="parse new test sentences with the model, save the parses")
    parser.addoption("--screenshots", action="store_true", help="take the images in tests/screenshots again")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that need a browser, so that a fast run can skip them; put files that take long before the others.

    Such a file that begins last would keep one process busy after all others have ended.
    """
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    slow = {item.path for item in items if item.get_closest_marker("slow") or item.get_closest_marker("browser")}
    items.sort(key=lambda item: (item.path not in slow, not item.path.as_posix().endswith(LONG_FILES)))


@pytest.fixture(scope="session", autouse=True)
def loaded_models() -> Iterator[None]:
    """Load each spaCy model and the tables of models/ once per session, event types every time.

    A test gets the model from ``pipeline.nlp.load_nlp``, called by that name: imported from there it loads another.
    Sharing is safe: a pipeline keeps nothing of the texts it parses, and knowledge is only read.
    """
    from pipeline import article, knowledge, nlp
    from pipeline.knowledge.events.files import load_event_types
    from pipeline.settings import DEFAULT_MODEL

    load_once = cache(nlp.load_nlp)

    def load(model: str = DEFAULT_MODEL) -> Language:
        return load_once(model)

    without_events = cache(knowledge.load_knowledge)

    def load_knowledge(event_files: Sequence[Path] = ()) -> knowledge.Knowledge:
        return replace(without_events(), events=load_event_types(event_files))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nlp, "load_nlp", load)
        patch.setattr(article, "load_nlp", load)
        patch.setattr(article, "load_knowledge", load_knowledge)
        yield


@pytest.fixture(scope="session", autouse=True)
def kept_reader() -> Iterator[None]:
    """The runs of all tests share one reading process; tests/corpus/process has the ordinary ones."""
    from pipeline.corpus import reading
    from tests.helpers.kept_reader import KeptReadingProcess

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "ReadingProcess", KeptReadingProcess)
        yield
    KeptReadingProcess().__enter__().close()


@pytest.fixture(scope="session", autouse=True)
def unsynced() -> Iterator[pytest.MonkeyPatch]:
    """Nothing waits for the disk: what a process has written is there for others, even once it is killed.

    The value undoes that, as the fixture ``synced`` does for a test of what survives a power cut.
    """
    with pytest.MonkeyPatch.context() as patch:
        _wait_for_no_disk(patch)
        yield patch


@pytest.fixture
def synced(unsynced: pytest.MonkeyPatch) -> Iterator[None]:
    """Files and the database are brought onto the disk as they are for users."""
    unsynced.undo()
    yield
    _wait_for_no_disk(unsynced)


def _wait_for_no_disk(patch: pytest.MonkeyPatch) -> None:
    from pipeline.store import database

    patch.setattr(os, "fsync", lambda _: None)
    patch.setattr(database, "DURABLE", "OFF")
    patch.setattr(database, "USUAL", "OFF")


@pytest.fixture(scope="session", autouse=True)
def no_workbook() -> Iterator[pytest.MonkeyPatch]:
    """claims.xlsx is written for the tests that look at it only: it takes as long as all other tables together.

    The value undoes that, as the fixture ``workbook`` does for a test.
    """
    with pytest.MonkeyPatch.context() as patch:
        _write_no_workbook(patch)
        yield patch


@pytest.fixture
def workbook(no_workbook: pytest.MonkeyPatch) -> Iterator[None]:
    """Runs write claims.xlsx, as they do for users."""
    no_workbook.undo()
    yield
    _write_no_workbook(no_workbook)


def _write_no_workbook(patch: pytest.MonkeyPatch) -> None:
    from pipeline import run_job

    patch.setattr(run_job, "WORKBOOK_CLAIMS", -1)


@pytest.fixture(scope="session", autouse=True)
def known_digests() -> Iterator[None]:
    """The files of models and of models/ are read once for all runs, and again when one has changed.

    A user's run reads those of the model once for each folder of outputs: 45 MB.
    """
    from pipeline import provenance
    from pipeline.knowledge.models import file_digest

    @cache
    def digest_of(path: Path, *_: int) -> str:
        return file_digest(path)

    def known_digest(path: Path) -> str:
        facts = path.stat() if path.is_file() else None
        return digest_of(path, facts.st_size, facts.st_mtime_ns, facts.st_ino) if facts else ""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(provenance, "file_digest", known_digest)
        yield


@pytest.fixture(scope="module")
def parses(request: pytest.FixtureRequest) -> Iterator[Parses]:
    """The frozen parses of the test module: parses(article) -> Doc."""
    from tests.helpers.parses import PARSES, Parses

    name = request.module.__name__.rpartition(".")[2]
    frozen = Parses(PARSES / f"{name}.jsonl", bool(request.config.getoption("--freeze")))
    yield frozen
    frozen.save()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless browser per module, as its event loop would disturb other modules. Skips when there is none."""
    from tests.helpers.browser import launched

    with launched() as browser:
        yield browser


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty corpus in a new working folder, with a stand-in for the engine: no model is needed."""
    from pipeline import run_job as run_module
    from pipeline import run_parts as parts_module
    from tests.helpers.store import EXTRACTED, extracted

    monkeypatch.chdir(tmp_path)
    for module in (run_module, parts_module):
        monkeypatch.setattr(module, "extracted", extracted)
    EXTRACTED.clear()
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder
