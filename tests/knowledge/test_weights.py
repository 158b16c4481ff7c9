"""Weights files: written as read, mistakes named; and the added cues and stances of cues.toml."""

import shutil
from pathlib import Path

import pytest

from pipeline.errors import BadKnowledge
from pipeline.knowledge.cues import STANCES, load_cues
from pipeline.knowledge.files import models_folder
from pipeline.knowledge.weights import Linear, load_weights, write_weights
from tests.helpers.knowledge import shared_cues, shared_people


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    models = {
        "cue": Linear({"": {"has=ccomp": 1.25, "a b:c": -0.3}, "say": {"has=ccomp": 0.5, "1": 2.0}}, {"floor": 0.05}),
        "final": Linear({"": {"x": -1.0}}),
    }
    write_weights(tmp_path / "w.txt", models, "two lines\nof comment")
    assert load_weights(tmp_path / "w.txt") == models
    assert "has=ccomp\t1.25 say:.5" in (tmp_path / "w.txt").read_text(encoding="utf-8")


def test_a_context_adds_to_what_holds_always() -> None:
    linear = Linear({"": {"a": 1.0, "b": -0.5}, "say": {"a": 0.25}})
    assert linear.score(["a", "b", "unknown"], linear.weights_in(["say"])) == 0.75
    assert linear.score(["a"], linear.weights_in(["tell"])) == 1.0
    assert linear.strongest_features(["b", "a"], ["say"], 1) == [("a", 1.25)]


@pytest.mark.parametrize("line", ["feature\tmuch", "no section", "[cue]\nfloor = low", "f\t1 say:"])
def test_a_line_that_means_nothing_is_named(line: str, tmp_path: Path) -> None:
    (tmp_path / "w.txt").write_text(f"[cue]\n{line}\n", encoding="utf-8")
    with pytest.raises(BadKnowledge, match=r"w\.txt, line [23]"):
        load_weights(tmp_path / "w.txt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(models_folder() / "quotes.txt", tmp_path)
    return tmp_path


def _write(folder: Path, extra: str) -> Path:
    lists = "\n".join(f'{stance} = ["{stance} that"]' for stance in STANCES)
    (folder / "cues.toml").write_text(f"{extra}\n[stances]\n{lists}\n", encoding="utf-8")
    return folder


def test_an_added_cue_is_found_with_all_its_words(folder: Path) -> None:
    cues = load_cues(
        _write(folder, '[[cue]]\nwords = "spill bean"\nstance = "confirms"\nexamples = ["He did."]'), shared_people()
    )
    assert list(cues.find_added_cues(["he", "spill", "the", "bean"], [[], [0, 3], [], [2]])) == [1]
    assert list(cues.find_added_cues(["he", "spill", "the", "milk"], [[], [0, 3], [], [2]])) == []
    assert cues.stance(("spill", "bean")) == "confirms"


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ('[[cue]]\nwords = ""\nstance = "states"\nexamples = ["He did."]', "needs words"),
        ('[[cue]]\nwords = "spill"\nstance = "states"\nexamples = []', "at least one example"),
        ('[[cue]]\nwords = "spill"\nstance = "shouts"\nexamples = ["He did."]', "there is no stance 'shouts'"),
        ('[[cue]]\nwords = "spill"\nverb = "x"\nstance = "states"\nexamples = ["He did."]', "unknown key 'verb'"),
        ("threshold = 0.4", "unknown key 'threshold'"),
    ],
)
def test_a_mistake_in_the_table_is_named(extra: str, said: str, folder: Path) -> None:
    with pytest.raises(BadKnowledge) as caught:
        load_cues(_write(folder, extra), shared_people())
    assert said in str(caught.value)


def test_a_weights_file_without_a_model_is_refused(folder: Path) -> None:
    (folder / "quotes.txt").write_text("[cue]\nfloor = 0.1\n", encoding="utf-8")
    with pytest.raises(BadKnowledge, match="no model"):
        load_cues(_write(folder, ""), shared_people())


@pytest.mark.parametrize(
    ("lemmas", "stance"),
    [
        (("say",), "states"),
        (("rule", "do", "not", "out"), "denies"),
        (("decline", "to", "confirm"), "confirms"),
        (("zigzag",), "other"),
    ],
)
def test_the_stance_is_that_of_the_head_or_of_two_words(lemmas: tuple[str, ...], stance: str) -> None:
    assert shared_cues().stance(lemmas) == stance
