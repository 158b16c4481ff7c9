"""What a report says of the files that a run read."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.selection import describe_selection
from pipeline.settings import Settings

DESCRIPTIONS = [
    ([], "the corpus “harbour”"),
    (["a.txt"], "“a.txt”"),
    (["wire/march", "wire/april"], "“april” and “march”"),
    (["b.txt", "a.txt", "other/b.txt"], "“a.txt” and “b.txt”"),
    (["c", "a", "b"], "“a”, “b” and “c”"),
    (["5", "4", "3", "2", "1"], "“1”, “2”, “3” and 2 more"),
    (["."], "“newsroom”"),
    (["wire/.."], "“newsroom”"),
    (["/"], "“/”"),
]


@pytest.mark.parametrize(("named", "words"), DESCRIPTIONS)
def test_names_without_folders_in_any_order(
    named: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "newsroom" / "wire").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "newsroom")
    settings = Settings(articles=tuple(map(Path, named)), corpus=tmp_path / "harbour")
    assert describe_selection(settings) == words
