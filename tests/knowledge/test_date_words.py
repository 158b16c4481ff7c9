"""dates.toml: as shipped it loads, mistakes in it are named."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pipeline.errors import BadKnowledge
from pipeline.knowledge.dates import load_date_words
from pipeline.knowledge.files import models_folder


def test_the_lists_as_shipped() -> None:
    words = load_date_words(models_folder())
    assert "will" in words.modals
    assert "in" in words.before_months
    assert "Times" in words.after_weekdays


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("modals = ", "modal = ", "[tense]: unknown key 'modal'"),
        ("[before]", "[befor]", "unknown key 'befor'"),
        ('deadlines = ["by", "until", "till"]', "", "[tense]: deadlines must be a list of words"),
        ('deadlines = ["by", "until", "till"]', 'deadlines = "by"', "deadlines must be a list of words"),
        ('deadlines = ["by", "until", "till"]', "deadlines = [1]", "deadlines must be a list of words"),
    ],
)
def test_a_mistake_is_named(old: str, new: str, says: str, tmp_path: Path) -> None:
    shutil.copy(models_folder() / "dates.toml", tmp_path)
    path = tmp_path / "dates.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(BadKnowledge, match=re.escape(says)) as caught:
        load_date_words(tmp_path)
    assert "dates.toml" in caught.value.message
