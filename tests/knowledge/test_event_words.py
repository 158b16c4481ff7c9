"""models/event_words.toml is read whole, and a mistake in it is named."""

import shutil
from pathlib import Path

import pytest

from pipeline.errors import BadKnowledge
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.events.words import load_event_words
from pipeline.knowledge.files import models_folder


def test_lists_are_read_by_their_table() -> None:
    words = load_event_words(models_folder())
    assert "order" in words.verbs.object_control
    assert words.reference.counts[:2] == ("two", "three")
    assert load_knowledge().event_words == words


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("passing_copulas =", "passing =", r"event_words\.toml \[verbs\]: unknown key 'passing'"),
        ("[actors]", "[doers]", r"event_words\.toml: unknown key 'doers'"),
        ('limits = ["until", "till"]\n', "", r"\[dates\]: the key 'limits' is missing"),
        ('limits = ["until", "till"]', "limits = []", r"\[dates\], limits: \[\] is not a list of lower-case words"),
        ('limits = ["until", "till"]', 'limits = ["Until"]', r"\[dates\], limits: .*lower-case"),
        ('limits = ["until", "till"]', "limits = [3]", r"\[dates\], limits: .*lower-case"),
    ],
)
def test_a_mistake_is_named(old: str, new: str, complaint: str, tmp_path: Path) -> None:
    shutil.copy(models_folder() / "event_words.toml", tmp_path)
    path = tmp_path / "event_words.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadKnowledge, match=complaint):
        load_event_words(tmp_path)


def test_a_group_must_be_a_table(tmp_path: Path) -> None:
    text = (models_folder() / "event_words.toml").read_text(encoding="utf-8")
    start = text.index("[actors]")
    end = text.index("[governors]")
    (tmp_path / "event_words.toml").write_text(f"actors = 3\n{text[:start]}{text[end:]}", encoding="utf-8")
    with pytest.raises(BadKnowledge, match=r"\[actors\] must be a table"):
        load_event_words(tmp_path)
