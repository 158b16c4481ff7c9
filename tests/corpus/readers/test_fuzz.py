"""A short fuzz of every reader, and inputs that once broke one."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.corpus.process.reading_process import ReadingProcess
from tests.corpus.readers.test_formats import read_one, read_parts, reasons, roles
from tests.helpers.formats import PLAIN, SEEDS, zipped
from tests.helpers.fuzz import INSIDE, fuzz


def zip_of_version(number: int) -> bytes:
    """A ZIP that says it needs so new a program."""
    data = bytearray(zipped(("a.txt", PLAIN.encode())))
    data[data.index(b"PK\x01\x02") + 6] = number
    return bytes(data)


@pytest.mark.slow
def test_a_short_fuzz_of_every_reader(tmp_path: Path) -> None:
    with ReadingProcess(seconds=30) as reader:
        for kind in (*SEEDS, *INSIDE):
            results = list(fuzz(kind, 8, 7, reader, tmp_path))
            assert {number for number, _ in results} == set(range(8)), kind
            assert not [what for _, what in results if "broke down" in what or "took over" in what], kind


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"BZh9" + PLAIN.encode(), "its compressed data is damaged"),
        (b"{\\rtf1 \\u99999999999999999999999?}", "the RTF is damaged: Python int too large to convert to C int"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "the WARC is damaged or cut off here: what follows is not read"),
        (zip_of_version(99), "the ZIP is damaged or cut off: its list of files is missing"),
        (zipped(("word/document.xml", b""), ("[Content_Types].xml", b"<x/>")), "the DOCX is damaged"),
    ],
)
def test_inputs_that_broke_a_reader(data: bytes, reason: str) -> None:
    ((_, said),) = reasons(data)
    assert said.startswith(reason)


def test_a_member_without_a_name_costs_no_other() -> None:
    data = zipped(("x", PLAIN.encode()), ("b.txt", PLAIN.encode()))
    offset = data.rindex(b"PK\x01\x02", 0, data.rindex(b"PK\x01\x02"))
    nameless = data[: offset + 28] + b"\x00" + data[offset + 29 : offset + 46] + data[offset + 47 :]
    end = nameless.index(b"PK\x05\x06")
    size = int.from_bytes(nameless[end + 12 : end + 16], "little") - 1
    nameless = nameless[: end + 12] + size.to_bytes(4, "little") + nameless[end + 16 :]
    assert [part for part, _ in read_parts(nameless)] == ["/unnamed", "/b.txt"]


def test_a_part_that_breaks_its_reader_costs_only_itself() -> None:
    data = zipped(("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\n\r\n"), ("b.txt", PLAIN.encode()))
    assert [part for part, _ in read_parts(data)] == ["/a.warc", "/b.txt"]


@pytest.mark.parametrize("blank", ["\x0b", "\x85", "\xa0", "\u2003"])
def test_markdown_edges_are_free_of_every_blank(blank: str) -> None:
    document = read_one(f"# Ferry to close{blank}\n\n>{blank}It closes on Monday, he said.{blank}*\n".encode(), "a.md")
    assert [words for _, words in roles(document)] == ["Ferry to close", "It closes on Monday, he said."]
