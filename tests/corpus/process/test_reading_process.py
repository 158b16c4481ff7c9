"""The reading process: what hangs, crashes or eats memory is stopped, and the rest goes on."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.corpus import read
from pipeline.corpus.document import Document, UnreadablePart
from pipeline.corpus.process import reading_process
from pipeline.corpus.process.reading_process import ReadingProcess
from pipeline.records import Article, Rejected
from pipeline.settings import Fields
from tests.helpers.formats import PAGE, PLAIN, json_lines, pdf, zipped

#: A reading process in which the text of a member decides what happens to its reader.
STUB = """
import ctypes, os, sys, time
from pipeline.corpus.process import worker
from pipeline.corpus.readers import walk
plain = walk.read_text
def read_text(data, name=""):
    if b"HANG" in data:
        time.sleep(600)
    if b"CRASH" in data:
        os.abort()
    if b"PRINT" in data:
        print("noise")
        os.write(1, b"noise")
    if b"MEMORY" in data:
        bytearray(8_000_000_000)
    if b"BUG" in data:
        raise IndexError("list index out of range")
    return plain(data, name)
walk.read_text = read_text
tasks = worker._find_tasks
def stuck(request):
    for task in tasks(request):
        if task.part == "/stuck.txt":
            time.sleep(600)
        yield task
worker._find_tasks = stuck
worker.main()
"""


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = subprocess.Popen

    def start(command: list[str], **options: Any) -> Any:
        return plain([sys.executable, "-c", STUB], **options)

    monkeypatch.setattr(subprocess, "Popen", start)


def write_zip(folder: Path, *words: str) -> Path:
    path = folder / "box.zip"
    members = ((f"{number}.txt", f"{PLAIN}\n{word} {number}.\n".encode()) for number, word in enumerate(words))
    path.write_bytes(zipped(*members))
    return path


def list_outcomes(items: Iterator[Document | UnreadablePart]) -> list[tuple[str, str]]:
    return [(item.part, item.reason if isinstance(item, UnreadablePart) else "read") for item in items]


def time_start(tmp_path: Path) -> float:
    """Seconds in which a reader surely starts and reads a small file, with as much else going on as now."""
    folder = tmp_path / "timed"
    folder.mkdir()
    started = time.monotonic()
    with ReadingProcess(seconds=300) as reader:
        assert list_outcomes(reader.read(write_zip(folder, "good"))) == [("/0.txt", "read")]
    return max(1.0, 5 * (time.monotonic() - started))


@pytest.mark.slow
@pytest.mark.usefixtures("stub")
def test_a_reader_that_hangs_is_stopped_and_the_rest_is_read(tmp_path: Path) -> None:
    seconds = time_start(tmp_path)
    with ReadingProcess(seconds=seconds) as reader:
        started = time.monotonic()
        assert list_outcomes(reader.read(write_zip(tmp_path, "good", "HANG", "good"))) == [
            ("/0.txt", "read"),
            ("/1.txt", f"reading it took over {seconds:g} seconds"),
            ("/2.txt", "read"),
        ]
        assert time.monotonic() - started < 10 * seconds


@pytest.mark.slow
@pytest.mark.usefixtures("stub")
@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("CRASH", "its reader broke down (exit code -6)"),
        ("MEMORY", "reading it takes more memory than allowed"),
        ("BUG", "it is broken or of an unusual kind (text: IndexError: list index out of range)"),
        ("PRINT", "read"),
    ],
)
def test_a_reader_that_breaks_costs_only_its_part(tmp_path: Path, word: str, reason: str) -> None:
    with ReadingProcess(seconds=30) as reader:
        expected = [("/0.txt", "read"), ("/1.txt", reason), ("/2.txt", "read")]
        assert list_outcomes(reader.read(write_zip(tmp_path, "good", word, "good"))) == expected


@pytest.mark.slow
@pytest.mark.usefixtures("stub")
def test_a_file_that_stops_its_reader_again_and_again_is_given_up(tmp_path: Path) -> None:
    with ReadingProcess(seconds=30) as reader:
        outcomes = list_outcomes(reader.read(write_zip(tmp_path, *["CRASH"] * 9)))
    assert [part for part, _ in outcomes] == ["/0.txt", "/1.txt", "/2.txt", ""]
    assert outcomes[-1][1] == "its reader was stopped too often: the rest is not read"


@pytest.mark.slow
@pytest.mark.usefixtures("stub")
def test_what_hangs_between_parts_is_given_up_at_once(tmp_path: Path) -> None:
    path = tmp_path / "box.zip"
    path.write_bytes(zipped(("a.txt", PLAIN.encode()), ("stuck.txt", b"x"), ("c.txt", b"x")))
    seconds = time_start(tmp_path)
    with ReadingProcess(seconds=seconds) as reader:
        assert list_outcomes(reader.read(path)) == [
            ("/a.txt", "read"),
            ("", f"reading it took over {seconds:g} seconds"),
        ]


def test_plain_text_needs_no_reading_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", None)
    (tmp_path / "a.txt").write_text(PLAIN)
    (tmp_path / "b.md").write_text(f"# Title\n\n{PLAIN}")
    assert all(isinstance(item, Article) for item in read([tmp_path], root=tmp_path))


@pytest.mark.slow
def test_one_process_reads_all_files_and_ends_with_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Any] = []
    plain = subprocess.Popen

    def start(*arguments: Any, **options: Any) -> Any:
        started.append(plain(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.pdf").write_bytes(pdf())
    (tmp_path / "c.jsonl").write_bytes(json_lines())
    assert len(list(read([tmp_path], root=tmp_path))) == 4
    (process,) = started
    assert process.poll() is not None


@pytest.mark.slow
def test_whoever_stops_early_gets_no_stale_replies(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(json_lines())
    (tmp_path / "b.pdf").write_bytes(pdf())
    with ReadingProcess() as reader:
        first = reader.read(tmp_path / "a.jsonl")
        next(first)
        first.close()  # type: ignore[attr-defined]
        assert list_outcomes(reader.read(tmp_path / "b.pdf")) == [("", "read")]


def test_a_file_of_the_working_folder_cant_stand_in_for_a_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(3)")
    (tmp_path / "b.pdf").write_bytes(pdf())
    monkeypatch.chdir(tmp_path)
    with ReadingProcess() as reader:
        assert list_outcomes(reader.read(tmp_path / "b.pdf")) == [("", "read")]


def test_a_file_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.txt"
    path.write_text(PLAIN)
    plain = reading_process.ReadingProcess.read

    def read_and_change(reader: ReadingProcess, path: Path) -> Iterator[Document | UnreadablePart]:
        yield from plain(reader, path)
        with path.open("ab") as file:
            file.write(b"\n")

    monkeypatch.setattr(reading_process.ReadingProcess, "read", read_and_change)
    (tmp_path / "a.pdf").write_bytes(pdf())
    changed, good = read([tmp_path], root=tmp_path)
    assert isinstance(changed, Rejected)
    assert changed.reason == "it changed while it was read"
    assert isinstance(good, Article)


def test_a_file_that_goes_away_while_it_is_read(tmp_path: Path) -> None:
    with ReadingProcess(Fields()) as reader:
        assert list_outcomes(reader.read(tmp_path / "gone.pdf")) == [
            ("", "it can't be read: No such file or directory")
        ]


@pytest.mark.skipif(os.name == "nt", reason="no such limit on Windows")
def test_memory_is_bounded_in_the_child_only() -> None:
    import resource

    assert resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY
