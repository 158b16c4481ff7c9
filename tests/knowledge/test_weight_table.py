"""Candidates scored at once have the scores that each has by the names of its features."""

from __future__ import annotations

import pytest

from pipeline.knowledge import weight_table
from pipeline.knowledge.weight_table import Fact, Namer
from pipeline.knowledge.weights import Linear

#: Weights that hold always, beside two words (one of them a colon) and for two kinds of candidates.
GROUPS = {
    "": {"a": 1.25, "b=1": -0.3, "b=2": 0.07},
    "say": {"a": -0.5, "c": 2.0},
    ":": {"a": 0.33},
    "child:": {"b=1": 0.11, "d": 4.0},
    "left:": {"c": -1.0},
}


def name_letters(letters: str) -> list[str]:
    return list(letters)


def name_number(number: int) -> list[str]:
    return [f"b={number}", f"b={number} unknown"]


#: What candidates are told by: one has a feature twice, one a fact without weight, one nothing.
CANDIDATES: list[list[Fact]] = [
    [(name_letters, "ac"), (name_number, 1)],
    [(name_letters, "aad"), (name_number, 2)],
    [(name_letters, "xyz")],
    [],
]


@pytest.mark.parametrize("word", ["say", ":", "unknown"])
@pytest.mark.parametrize("kind", ["child:", "left:", "unknown:"])
def test_scores_are_those_of_the_names(word: str, kind: str) -> None:
    linear = Linear(GROUPS)
    tables = linear.weights_in([word, kind])
    named = [[feature for fact in facts for feature in Namer()[fact]] for facts in CANDIDATES]
    told = [[linear.table.rows[fact] for fact in facts] for facts in CANDIDATES]
    scores = linear.table.score(told, [word] * len(CANDIDATES), [kind] * len(CANDIDATES))
    assert scores == [linear.score(features, tables) for features in named]


def test_each_candidate_has_its_own_word() -> None:
    linear = Linear(GROUPS)
    facts: list[Fact] = [(name_letters, "ac")]
    words = ["say", "say", "unknown", ":", "say"]
    scores = linear.table.score_facts([facts] * len(words), words)
    assert scores == [linear.score(["a", "c"], linear.weights_in([word])) for word in words]
    assert linear.table.score_facts([], []) == []


def test_what_is_forgotten_is_named_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weight_table, "_MAX_FACTS", 1)
    linear = Linear(GROUPS)
    assert linear.table.score_facts(CANDIDATES, ["say"] * 4) == Linear(GROUPS).table.score_facts(
        CANDIDATES, ["say"] * 4
    )
    told = [[linear.table.rows[fact] for fact in facts] for facts in CANDIDATES]
    assert linear.table.score(told, ["say"] * 4) == linear.table.score_facts(CANDIDATES, ["say"] * 4)
    assert len(linear.table.rows) == 1
