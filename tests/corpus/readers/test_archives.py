"""Archives: members at their places, limits, and damage that costs only what it touches."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from pathlib import Path

import pytest

from pipeline.corpus import limits, read
from pipeline.corpus.document import Document, UnreadablePart
from pipeline.corpus.readers import source
from pipeline.corpus.readers.source import safe_name
from pipeline.records import Article, Rejected
from tests.corpus.readers.test_formats import read_parts, reasons
from tests.corpus.test_reading import NOISE
from tests.helpers.formats import FIRST, PAGE, PLAIN, docx, mail, tarred, zipped

TEXT = PLAIN.encode()


def another_text(number: int) -> bytes:
    return f"{PLAIN}\nThis is number {number}, he said.\n".encode()


@pytest.mark.parametrize(
    ("data", "parts"),
    [
        (zipped(("a.txt", TEXT), ("in/b.html", PAGE.encode())), ["/a.txt", "/in/b.html"]),
        (tarred(("a.txt", TEXT), ("./in/b.txt", TEXT)), ["/a.txt", "/in/b.txt"]),
        (gzip.compress(TEXT), [""]),
        (bz2.compress(TEXT), [""]),
        (lzma.compress(TEXT), [""]),
        (gzip.compress(tarred(("a.txt", TEXT))), ["/a.txt"]),
        (bz2.compress(tarred(("a.txt", TEXT))), ["/a.txt"]),
        (lzma.compress(tarred(("a.txt", TEXT))), ["/a.txt"]),
        (zipped(("in.zip", zipped(("a.txt.gz", gzip.compress(TEXT))))), ["/in.zip/a.txt.gz"]),
        (zipped(("m.eml", mail(attach=(("b.docx", docx()),)))), ["/m.eml", "/m.eml/b.docx"]),
        (zipped(("l.jsonl", b'{"text": "x", "title": "y"}\n{"text": "z"}\n')), ["/l.jsonl#1", "/l.jsonl#2"]),
        (tarred(("a.txt", TEXT), ("a.txt", TEXT)), ["/a.txt", "/a.txt~2"]),
        (zipped((".DS_Store", b"x"), ("__MACOSX/a.txt", b"x"), ("in/.a", b"x"), ("a.txt", TEXT)), ["/a.txt"]),
    ],
)
def test_members_have_their_places(data: bytes, parts: list[str]) -> None:
    seen = read_parts(data)
    assert [part for part, _ in seen] == parts
    assert all(isinstance(item, Document) for _, item in seen)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "__/__/etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Users\\..\\x.txt", "C/Users/__/x.txt"),
        ("a\x1b[31m\n.txt", "a\ufffd[31m\ufffd.txt"),
        ("..", "__"),
        ("", "unnamed"),
        ("x" * 900, "x" * 500),
    ],
)
def test_names_never_climb_out_nor_paint(name: str, shown: str) -> None:
    assert safe_name(name) == shown


def test_climbing_members_are_read_and_write_nothing(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.zip").write_bytes(zipped(("../../out.txt", TEXT), ("/etc/out.txt", another_text(1))))
    assert [item.file for item in read([corpus], root=corpus)] == ["a.zip/__/__/out.txt", "a.zip/etc/out.txt"]
    assert [path.name for path in tmp_path.rglob("*")] == ["corpus", "a.zip"]


def test_links_and_devices_in_a_tar_are_refused() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in (("link", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("pipe", tarfile.FIFOTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("a.txt")
        info.size = len(TEXT)
        archive.addfile(info, io.BytesIO(TEXT))
    seen = read_parts(out.getvalue())
    assert [isinstance(item, UnreadablePart) for _, item in seen] == [True, True, True, False]


# Limits


def test_one_member_that_unpacks_to_too_much_costs_only_itself() -> None:
    bomb = zipped(("bomb.txt", bytes(limits.MAX_BYTES + 1)), ("a.txt", TEXT))
    (bad, why), (good, article) = read_parts(bomb)
    assert (bad, good) == ("/bomb.txt", "/a.txt")
    assert isinstance(why, UnreadablePart)
    assert why.reason == "it unpacks to more than 50 MB"
    assert isinstance(article, Document)


@pytest.mark.slow
def test_gzip_bomb() -> None:
    packed = gzip.compress(b"a" * (limits.MAX_BYTES + 1), compresslevel=9)
    assert len(packed) < 100_000
    assert reasons(packed) == [("", "it is larger than 50 MB")]


def test_zip_that_lies_about_sizes() -> None:
    data = bytearray(zipped(("a.txt", TEXT * 3), ("b.txt", TEXT)))
    offset = data.index(b"PK\x01\x02")
    data[offset + 24 : offset + 28] = (10).to_bytes(4, "little")
    (_, first), (_, second) = read_parts(bytes(data))
    assert isinstance(first, UnreadablePart)
    assert isinstance(second, Document)


def test_expansion_of_the_whole_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_EXPANDED", 3 * len(another_text(1)))
    data = zipped(*((f"{number}.txt", another_text(number)) for number in range(9)))
    with pytest.raises(source.LimitExceeded, match="unpacks to more than"):
        read_parts(data)


def test_number_of_members_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_MEMBERS", 3)
    inner = zipped(("a.txt", TEXT), ("b.txt", another_text(1)))
    with pytest.raises(source.LimitExceeded, match="more than 3 files"):
        read_parts(zipped(("1.zip", inner), ("2.zip", inner)))


def test_depth_is_bounded() -> None:
    data = TEXT
    for _ in range(limits.MAX_DEPTH + 1):
        data = zipped(("x.zip", data), ("a.txt", TEXT))
    seen = read_parts(data)
    assert [item.reason for _, item in seen if isinstance(item, UnreadablePart)] == [
        "it is packed more than 5 levels deep"
    ] * 2
    assert sum(isinstance(item, Document) for _, item in seen) == limits.MAX_DEPTH


def test_zip_that_holds_itself_comes_to_an_end() -> None:
    data = zipped(("a.txt", TEXT))
    for _ in range(12):
        data = zipped(*((f"{number}.zip", data) for number in range(2)))
    assert {reason for _, reason in reasons(data)} == {"it is packed more than 5 levels deep"}


# Damage


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_cut_off_packing_says_so(pack: object) -> None:
    data = pack(NOISE + TEXT)  # type: ignore[operator]
    assert reasons(data[: len(data) // 2]) == [("", "its compressed data is cut off")]


def test_damaged_gzip() -> None:
    data = bytearray(gzip.compress(TEXT))
    data[-6] ^= 0xFF
    assert reasons(bytes(data)) == [("", "its compressed data is damaged")]


def test_cut_off_tar_keeps_the_members_before() -> None:
    data = tarred(("a.txt", TEXT), ("b.txt", another_text(1) * 9))
    for length in (len(data) // 3, len(data) // 8):  # within a member, within a header
        (first, article), *rest = read_parts(data[:length])
        assert (first, isinstance(article, Document)) == ("/a.txt", True)
        assert rest
        assert all(isinstance(why, UnreadablePart) and "cut off" in why.reason for _, why in rest)


def test_cut_off_zip() -> None:
    data = zipped(("a.txt", TEXT), ("b.txt", TEXT))
    assert reasons(data[:-30]) == [("", "the ZIP is damaged or cut off: its list of files is missing")]


def test_damaged_member_costs_only_itself() -> None:
    data = bytearray(zipped(("a.txt", TEXT), ("b.txt", another_text(1)), ("c.txt", another_text(2))))
    offset = data.index(b"b.txt") + 20
    data[offset : offset + 8] = bytes(8)
    assert [isinstance(item, Document) for _, item in read_parts(bytes(data))] == [True, False, True]


def test_zip_with_a_password() -> None:
    data = bytearray(zipped(("a.txt", TEXT), ("b.txt", another_text(1))))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert [isinstance(item, Document) for _, item in read_parts(bytes(data))] == [False, True]
    assert reasons(bytes(data)) == [("/a.txt", "it is protected with a password")]


def test_member_packed_in_an_unknown_way() -> None:
    data = bytearray(zipped(("a.txt", TEXT)))
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(mark) + offset] = 97
    assert reasons(bytes(data)) == [("/a.txt", "it is packed by a method that can't be read")]


def test_sidecar_in_an_archive_is_named() -> None:
    assert reasons(zipped(("a.meta.json", b"{}"))) == [("/a.meta.json", "a sidecar file inside an archive is not used")]


def test_empty_zip_gives_a_row(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w"):
        pass
    (item,) = read([tmp_path], root=tmp_path)
    assert isinstance(item, Rejected)
    assert item.reason == "there is nothing in it to read"


@pytest.mark.slow
def test_a_tar_that_is_larger_than_an_article_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = 200_000
    (tmp_path / "a.tar").write_bytes(tarred(*((f"{n}.txt", another_text(n) + b"\n" * size) for n in range(3))))
    (tmp_path / "b.txt").write_bytes(FIRST.encode() + b"\n" * size)
    monkeypatch.setattr("pipeline.corpus.reading.MAX_BYTES", 100_000)
    items = list(read([tmp_path], root=tmp_path))
    assert [isinstance(item, Article) for item in items] == [True, True, True, False]
