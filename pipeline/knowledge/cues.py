"""Reporting cues: the trained models, cues that people added, and what stance a cue takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import BadKnowledge
from pipeline.knowledge.files import check_keys, read_toml
from pipeline.knowledge.reporting_words import ReportingWords, read_reporting_words
from pipeline.knowledge.spelling import american
from pipeline.knowledge.weights import Linear, load_weights

STANCES = (
    "states", "claims", "denies", "confirms", "warns", "asks", "demands", "promises", "intends", "believes",
    "criticises", "supports",
)  # fmt: skip
MODELS = ("lexicon", "cue", "source", "trim", "content", "cue words", "final")


@dataclass(frozen=True, slots=True)
class AddedCue:
    """A cue of cues.toml: the lemma of its head, those of words right below it or beside it, and tagged sentences."""

    head: str
    others: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cues:
    """``models``: as trained (models/quotes.txt); ``added``: by the lemma of their head; ``stances``: by lemma(s).

    ``works``: verbs whose quoted object in capitals is the title of a work; ``words``: other lists that the rules use.
    """

    models: Mapping[str, Linear]
    added: Mapping[str, tuple[AddedCue, ...]]
    stances: Mapping[str, str]
    works: frozenset[str]
    words: ReportingWords

    def added_at(self, lemmas: Sequence[str], children: Sequence[Sequence[int]]) -> Iterator[int]:
        """Positions of the heads of added cues; ``children``: positions of what hangs on each token."""
        if not self.added:
            return
        for at, lemma in enumerate(lemmas):
            for cue in self.added.get(lemma, ()):
                near = {lemmas[child] for child in children[at]} | set(lemmas[at + 1 : at + 1 + len(cue.others)])
                if near.issuperset(cue.others):
                    yield at

    def stance(self, lemmas: Sequence[str]) -> str:
        """The stance of a cue by the lemmas of its words, the head's first; "other" when none is in a list."""
        # "declined to confirm" is no confirmation, but it is about one
        said = [lemma for lemma in lemmas if lemma not in self.words.refusals]
        for other in said[1:]:
            if f"{said[0]} {other}" in self.stances:
                return self.stances[f"{said[0]} {other}"]
        return next((self.stances[lemma] for lemma in said if lemma in self.stances), "other")


def load_cues(folder: Path) -> Cues:
    """Cues from ``folder``/cues.toml and quotes.txt. Raises BadKnowledge naming the file and what is wrong there."""
    path = folder / "cues.toml"
    table = read_toml(path)
    check_keys(table, ("stances", "works", "words", "cue"), str(path))
    check_keys(table["stances"], STANCES, f"{path} [stances]")
    stances: dict[str, str] = {}
    for stance, lemmas in table["stances"].items():
        for lemma in lemmas:
            stances.setdefault(_spelt(lemma), stance)
    models = load_weights(folder / "quotes.txt")
    missing = [name for name in MODELS if name not in models]
    if missing:
        raise BadKnowledge(f"{folder / 'quotes.txt'} has no model {' and no '.join(missing)}.")
    added: dict[str, list[AddedCue]] = {}
    for row in table.get("cue", ()):
        cue, stance = _added(row, str(path))
        added.setdefault(cue.head, []).append(cue)
        stances[" ".join((cue.head, *cue.others)[:2])] = stance
    works = frozenset(table.get("works", ()))
    words = read_reporting_words(table.get("words", {}), f"{path} [words]")
    return Cues(models, {head: tuple(found) for head, found in added.items()}, stances, works, words)


def _spelt(words: str) -> str:
    return " ".join(american(word) for word in words.split())


def _added(row: Mapping[str, Any], path: str) -> tuple[AddedCue, str]:
    where = f"{path} [[cue]] {row.get('words', '')!r}"
    check_keys(row, ("words", "stance", "examples"), where)
    words = _spelt(str(row.get("words", ""))).split()
    if not words or not row.get("examples"):
        raise BadKnowledge(f"{where} needs words and at least one example.")
    if row.get("stance") not in STANCES:
        raise BadKnowledge(f"{where}: the stance {row.get('stance')!r} is none of {', '.join(STANCES)}.")
    return AddedCue(words[0], tuple(words[1:]), tuple(row["examples"])), row["stance"]
