"""The scratch database: gone after the run, and never where a link leads."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.outputs import SCRATCH
from pipeline.scratch import open_scratch


def test_nothing_of_it_is_left_whatever_happens(tmp_path: Path) -> None:
    with open_scratch(tmp_path) as scratch:
        scratch.execute("CREATE TABLE words (word TEXT)")
        scratch.executemany("INSERT INTO words VALUES (?)", [("pier" * 1_000,)] * 5_000)
        assert scratch.execute("SELECT count(*) FROM words").fetchone() == (5_000,)
        assert os.name == "nt" or list(tmp_path.iterdir()) == []  # so that a killed run leaves nothing either
    with pytest.raises(ValueError, match="stop"), open_scratch(tmp_path):
        raise ValueError("stop")
    assert list(tmp_path.iterdir()) == []


def test_a_planted_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    kept = tmp_path / "diary.txt"
    kept.write_text("mine", encoding="utf-8")
    (tmp_path / SCRATCH).symlink_to(kept)
    with open_scratch(tmp_path) as scratch:
        scratch.execute("CREATE TABLE words (word TEXT)")
    assert kept.read_text(encoding="utf-8") == "mine"
    assert list(tmp_path.iterdir()) == [kept]
