"""What doctor says of a pair of Python and spaCy that works, but slowly."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

import pytest

from pipeline import doctor

SLOW = "under Python 3.11 this version takes half as long again to parse"
#: What newsclaims requires, as its metadata have it.
REQUIRED = ['spacy<3.8.8,>=3.8.4; python_version < "3.12"', 'spacy<3.9,>=3.8.7; python_version >= "3.12"']


@pytest.mark.parametrize(
    ("python", "spacy", "slow"),
    [
        ((3, 11), "3.8.7", False),
        ((3, 11), "3.8.8", True),
        ((3, 11), "3.8.18", True),
        ((3, 12), "3.8.18", False),
        ((3, 13), "3.8.8", False),
    ],
)
def test_slow_pairs(python: tuple[int, int], spacy: str, slow: bool) -> None:
    assert doctor.is_slow_pair(python, spacy) == slow


@pytest.mark.parametrize(("version", "ok"), [("3.8.7", True), ("3.8.18", sys.version_info >= (3, 12))])
def test_doctor_tells_of_a_slow_pair_and_what_to_install(
    monkeypatch: pytest.MonkeyPatch, version: str, ok: bool
) -> None:
    monkeypatch.setattr(metadata, "requires", lambda _: REQUIRED)
    monkeypatch.setattr(metadata, "version", lambda _: version)
    _, spacy = doctor._check_packages()
    assert spacy.name == "spacy"
    assert spacy.ok == ok
    assert (SLOW in spacy.seen) == (not ok)
    assert ok or spacy.advice == 'pip install "spacy<3.8.8,>=3.8.4"'


def test_both_pairs_are_what_the_project_requires() -> None:
    """The environment markers, in pyproject.toml, say the same as ``is_slow_pair``."""
    page = (Path(__file__).resolve().parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert "\"spacy>=3.8.4,<3.8.8; python_version < '3.12'\"" in page
    assert doctor.FAST_WITH_CYTHON_3 == (3, 12)
    assert str(doctor.FIRST_WITH_CYTHON_3) == "3.8.8"
