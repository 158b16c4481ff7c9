"""Articles at addresses: what is fetched, what is not fetched again, and what is said where that can't be."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline import run_job as run_module
from pipeline.errors import ExtractError
from pipeline.fetching import fetch_articles
from pipeline.records import Article
from pipeline.selection import read_files, select_files
from pipeline.settings import Settings
from pipeline.storage import address_of
from tests.helpers.store import extracted, rows

fsspec = pytest.importorskip("fsspec")
STORY = "The ferry from {} is late, Ada Brandt said on Monday. We all wait for it.\n"


@pytest.fixture
def remote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """fsspec's file system in memory with three articles, one with a sidecar, and a hidden file."""
    monkeypatch.chdir(tmp_path)
    system = fsspec.filesystem("memory")
    for name in ("a.txt", "in/b.txt", "in/c.txt", ".git/d.txt"):
        system.pipe_file(f"/news/{name}", STORY.format(name).encode())
    system.pipe_file("/news/a.txt.meta.json", b'{"publisher": "Larn Herald"}')
    yield system
    system.rm("/news", recursive=True)


def fetched(*names: str) -> tuple[Settings, list[str]]:
    """The settings with copies in the place of addresses, and what was told."""
    told: list[str] = []
    return fetch_articles(Settings(articles=tuple(map(Path, names))), told.append), told


def test_a_run_reads_copies_of_what_lies_at_an_address(remote: Any) -> None:
    settings, told = fetched("memory://news")
    selection = select_files(settings)
    articles = list(read_files(selection, selection.paths, settings, None))  # type: ignore[arg-type]
    top = "outputs/fetched/memory/news"
    assert [item.file for item in articles] == [f"{top}/{name}" for name in ("a.txt", "in/b.txt", "in/c.txt")]
    assert [item.publisher for item in articles if isinstance(item, Article)] == ["Larn Herald", "", ""]
    assert told == ["Fetching 4 of 4 files from memory://news"]


def test_only_what_changed_is_fetched_again_and_what_is_gone_goes(remote: Any) -> None:
    fetched("memory://news")
    remote.pipe_file("/news/in/b.txt", STORY.format("Larn").encode())
    remote.rm_file("/news/in/c.txt")
    settings, told = fetched("memory://news")
    assert told == ["Fetching 1 of 3 files from memory://news"]
    copies = settings.articles[0]
    assert (copies / "in" / "b.txt").read_text() == STORY.format("Larn")
    assert not (copies / "in" / "c.txt").exists()
    assert fetched("memory://news")[1] == []


@pytest.mark.usefixtures("remote")
def test_the_tables_of_a_run_name_the_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_module, "extracted", extracted)
    summary = run_module.run(Settings(articles=(Path("memory://news/in"),)))
    assert summary.read == 2
    assert summary.corpus == "“in”"
    files = {row["file"] for row in rows("articles.csv")}
    assert files == {f"outputs/fetched/memory/news/in/{name}.txt" for name in "bc"}


def test_one_file_may_be_named_beside_files_of_this_machine(remote: Any) -> None:
    Path("own.txt").write_text(STORY.format("Holm"))
    settings, _ = fetched("own.txt", "memory://news/in/b.txt")
    assert [path.as_posix() for path in settings.articles] == ["own.txt", "outputs/fetched/memory/news/in/b.txt"]
    assert settings.articles[1].read_text() == STORY.format("in/b.txt")


def test_no_name_leads_out_of_the_folder_of_copies(remote: Any) -> None:
    remote.store["/news/../../x:y.txt"] = remote.store["/news/a.txt"]
    try:
        settings, _ = fetched("memory://news")
    finally:
        del remote.store["/news/../../x:y.txt"]
    files = sorted(path.relative_to(settings.articles[0]).as_posix() for path in settings.articles[0].rglob("*.txt"))
    assert len(files) == 4
    assert files[0].startswith("_-")
    assert files[0].endswith(".txt")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("memory://nowhere", "There is nothing to read at memory://nowhere."),
        ("nosuch://bucket/news", "nosuch://bucket/news can't be used: there is no protocol 'nosuch'."),
    ],
)
def test_an_address_that_leads_nowhere_is_said_so(remote: Any, name: str, message: str) -> None:
    with pytest.raises(ExtractError) as caught:
        fetched(name)
    assert caught.value.message == message
    assert caught.value.hint


def test_what_the_storage_refuses_is_said_and_what_was_fetched_stays(
    remote: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = type(remote).open

    def refuse(system: Any, path: str, *arguments: Any, **options: Any) -> Any:
        if path.endswith("c.txt"):
            raise RuntimeError("no credentials were found")
        return opened(system, path, *arguments, **options)

    monkeypatch.setattr(type(remote), "open", refuse)
    with pytest.raises(ExtractError) as caught:
        fetched("memory://news")
    assert caught.value.message == ("memory://news/in/c.txt can't be read: RuntimeError: no credentials were found.")
    monkeypatch.undo()
    assert not list(Path("outputs").rglob("*.part"))


def test_a_library_that_is_missing_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def refuse(name: str, *arguments: Any) -> Any:
        if name.partition(".")[0] == "fsspec":
            raise ModuleNotFoundError("No module named 'fsspec'", name="fsspec")
        return imported(name, *arguments)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(ExtractError) as caught:
        fetched("s3://bucket/news")
    assert caught.value.message == "s3://bucket/news needs a library that isn't installed (fsspec)."
    assert caught.value.hint == 'Install it: pip install "newsclaims[storage]" s3fs'


@pytest.mark.parametrize("name", ["https://larn.example/a.html", "file:///news/a.txt", "news/a.txt", "C:/news", "a:b"])
def test_files_here_and_web_pages_are_not_fetched(name: str) -> None:
    assert address_of(Path(name)) == ""
    assert fetched(name)[0].articles == (Path(name),)
