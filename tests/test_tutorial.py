"""The tutorial is run, block after block in one session as its reader would, and prints what it shows."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
_BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```\n\n```text\n(?P<shown>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.model
def test_the_tutorial_prints_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "TUTORIAL.md").read_text(encoding="utf-8")
    blocks = list(_BLOCK.finditer(page))
    assert len(blocks) == page.count("```python\n")
    session: dict[str, object] = {}
    for block in blocks:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(block["code"], "TUTORIAL.md", "exec"), session)  # noqa: S102
        assert printed.getvalue() == block["shown"], block["code"]
