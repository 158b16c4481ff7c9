"""Of what kind a file is, told in the main process: by its head alone, whatever the rest would make of its memory."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.corpus import read
from pipeline.corpus.detect.sniff import detect_kind, detect_kind_by_head
from pipeline.corpus.limits import HEAD_BYTES, MAX_SIDECAR
from pipeline.records import Article, Rejected
from tests.helpers import formats

SENTENCE = "The mine is closed, she said. "
LONG = SENTENCE * (HEAD_BYTES // 20)


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: b"[" + b"[]," * 700_000 + b"[]]", "JSON"),
        (lambda: b"[" * 500_000, "JSON"),
        (lambda: b'[{"text": "' + b"a" * HEAD_BYTES + b'"}, [' + b"[]," * 700_000 + b"[]]]", "JSON"),
        (lambda: formats.zipped(*((f"{number}.txt", b"") for number in range(10_000))), "ZIP"),
    ],
    ids=["nested lists", "only brackets", "behind a long text", "an archive of empty files"],
)
def test_the_main_process_parses_no_more_than_the_head(make: Callable[[], bytes], kind: str) -> None:
    data = make()
    assert len(data) > HEAD_BYTES
    tracemalloc.start()
    try:
        assert detect_kind_by_head(data, "x") == kind
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 40 * HEAD_BYTES


@pytest.mark.parametrize(
    "data",
    [
        LONG,
        f"[{LONG}]",
        f"[1] {LONG}",
        f"{{sic}} {LONG}",
        json.dumps([LONG]),
        json.dumps({"text": LONG}),
        json.dumps([{"text": SENTENCE}] * 3_000),
        json.dumps([{"text": "\N{PENGUIN}" * 20}] * 3_000),
        json.dumps([True, False, None, -1.5e10] * 9_000),
        f"{json.dumps({'text': SENTENCE})}\n" * 3_000,
        f"id,text\n{LONG}",
        " " * HEAD_BYTES + SENTENCE,
    ],
    ids=range(12),
)
@pytest.mark.parametrize("cut", range(13))
def test_the_head_tells_the_same_as_the_whole(data: str, cut: int) -> None:
    """Wherever the head ends: in a word, a number, an escape."""
    shifted = (" " * cut + data).encode()
    assert len(shifted) > HEAD_BYTES
    assert detect_kind_by_head(shifted) == detect_kind(shifted)


def only(folder: Path) -> list[Article | Rejected]:
    return list(read([folder], root=folder))


def test_what_the_head_leaves_open_the_reading_process_tells(tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"{LONG} It is number {number}."}) for number in range(2)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "b.json").write_text(lines[0][:-2], encoding="utf-8")
    (tmp_path / "c.txt").write_text(f'["{LONG}', encoding="utf-8")
    (tmp_path / "d.doc").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(HEAD_BYTES) + "EncryptedPackage".encode("utf-16-le")
    )
    first, second, broken, text, locked = only(tmp_path)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.file, second.file) == ("a.jsonl#1", "a.jsonl#2")
    assert isinstance(broken, Rejected)
    assert broken.reason == "broken JSON: line 1: Unterminated string starting at"
    assert isinstance(text, Article)
    assert text.text == f'["{LONG}'
    assert isinstance(locked, Rejected)
    assert locked.reason == "a Word or Excel file with a password"


def test_a_huge_sidecar_is_not_parsed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / "a.txt.meta.json").write_text("[" + "[]," * MAX_SIDECAR + "[]]", encoding="utf-8")
    (rejected,) = only(tmp_path)
    assert isinstance(rejected, Rejected)
    assert rejected.reason == "its sidecar a.txt.meta.json is larger than 100 KB"
