"""The tests of the reading process have one of their own in each test, as a run has."""

from __future__ import annotations

import pytest

from pipeline.corpus import reading
from pipeline.corpus.process.reading_process import ReadingProcess


@pytest.fixture(autouse=True)
def own_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "ReadingProcess", ReadingProcess)
