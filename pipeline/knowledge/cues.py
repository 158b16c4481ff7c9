"""Reporting cues: the trained models, cues that people added, and what stance a cue takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.errors import BadKnowledge
from pipeline.knowledge.files import check_keys, read_toml
from pipeline.knowledge.people import People
from pipeline.knowledge.reporting_words import ReportingWords, read_reporting_words
from pipeline.knowledge.spelling import americanize
from pipeline.knowledge.weights import Linear, load_weights

#: What a source may do by a cue, as described in models/README.md; a cue in none of these lists is "other".
STANCES = (
    "states", "claims", "denies", "confirms", "warns", "asks", "demands", "promises", "intends", "believes",
    "criticises", "supports",
)  # fmt: skip
#: Sections that quotes.txt must have.
MODELS = ("lexicon", "cue", "source", "trim", "content", "cue words", "final")


@dataclass(frozen=True, slots=True)
class AddedCue:
    """A cue of cues.toml, as "let slip": ``head`` "let", ``others`` ("slip",).

    ``head`` is the lemma of its head, ``others`` are those of words that hang on it or follow it, ``stance`` is what
    the source does by it. ``examples`` are sentences in which the suite expects it to be found with that stance,
    ``no_match`` such in which its head must not be a cue ("let the flat on Monday" for "let on that").
    """

    head: str
    others: tuple[str, ...]
    stance: str
    examples: tuple[str, ...]
    no_match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cues:
    """All that is known of reporting cues.

    ``models``: the trained models of quotes.txt by section; ``added``: cues that people added, by the lemma of their
    head; ``stances``: stance by lemma, by two lemmas ("rule out"), or by lemma and kind of clause
    ("want [object to]"); ``works``: verbs whose quoted object in capitals is the title of a work
    ("watch", "sing"); ``words``: further lists that the rules about quotes use; ``people``: words for people and
    organisations, which tell what kind a source is; ``acts``: by the lemma of a cue its objects, or prepositions behind
    it, with which it tells what is done ("refused the gift"), "*" for any object.
    """

    models: Mapping[str, Linear]
    added: Mapping[str, tuple[AddedCue, ...]]
    stances: Mapping[str, str]
    works: frozenset[str]
    words: ReportingWords
    people: People
    acts: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def find_added_cues(self, lemmas: Sequence[str], children: Sequence[Sequence[int]]) -> Iterator[int]:
        """Positions of the heads of added cues in a paragraph, in order.

        ``lemmas`` are those of its tokens, ``children`` the positions of what hangs on each.
        """
        if not self.added:
            return
        for position in range(len(lemmas)):
            if self.added_cue_at(position, lemmas, children) is not None:
                yield position

    def added_cue_at(self, position: int, lemmas: Sequence[str], children: Sequence[Sequence[int]]) -> AddedCue | None:
        """The added cue whose head is the token at ``position``, or None; other arguments as for find_added_cues."""
        for cue in self.added.get(lemmas[position], ()):
            following = lemmas[position + 1 : position + 1 + len(cue.others)]
            if {*(lemmas[child] for child in children[position]), *following}.issuperset(cue.others):
                return cue
        return None

    def stance(self, lemmas: Sequence[str], complement: str = "") -> str:
        """The stance of a cue by the lemmas of its words, the head's first; "other" when none is in a list.

        Two words count before one, so that "rule out" denies and "rule" states, and the kind of clause before that:
        "wants the firm to pay" demands, "wants to pay" intends. Refusals count last: "declined to confirm" has the
        stance of "confirm".
        """
        kept = [lemma for lemma in lemmas if lemma not in self.words.refusals]
        if kept and complement and f"{kept[0]} [{complement}]" in self.stances:
            return self.stances[f"{kept[0]} [{complement}]"]
        for lemma in kept[1:]:
            if f"{kept[0]} {lemma}" in self.stances:
                return self.stances[f"{kept[0]} {lemma}"]
        refused = [lemma for lemma in lemmas if lemma in self.words.refusals]
        return next((self.stances[lemma] for lemma in (*kept, *refused) if lemma in self.stances), "other")


def load_cues(folder: Path, people: People) -> Cues:
    """Cues from ``folder``/cues.toml and quotes.txt, with the words of people.toml loaded before.

    Raises BadKnowledge naming the file and what is wrong there.
    """
    models = load_weights(folder / "quotes.txt")
    missing = [name for name in MODELS if name not in models]
    if missing:
        raise BadKnowledge(f"{folder / 'quotes.txt'} has no model {' and no '.join(missing)}.", "Install it again.")
    return replace(load_cue_words(folder, people), models=models)


def load_cue_words(folder: Path, people: People) -> Cues:
    """The cues of ``folder``/cues.toml without any model, for the training that makes quotes.txt.

    Raises BadKnowledge naming the file and what is wrong there.
    """
    path = folder / "cues.toml"
    table = read_toml(path)
    check_keys(table, ("stances", "works", "words", "acts", "cue"), str(path))
    check_keys(table["stances"], STANCES, f"{path} [stances]")
    stances: dict[str, str] = {}
    for stance, lemmas in table["stances"].items():
        for lemma in lemmas:
            stances.setdefault(_americanize(lemma), stance)
    added: dict[str, list[AddedCue]] = {}
    for row in table.get("cue", ()):
        cue = _read_added_cue(row, str(path))
        added.setdefault(cue.head, []).append(cue)
        stances[" ".join((cue.head, *cue.others)[:2])] = cue.stance
    works = frozenset(table.get("works", ()))
    words = read_reporting_words(table.get("words", {}), f"{path} [words]")
    acts = {
        _americanize(verb): frozenset(_americanize(noun) for noun in nouns)
        for verbs, nouns in table.get("acts", {}).items()
        for verb in verbs.split()
    }
    return Cues({}, {head: tuple(cues) for head, cues in added.items()}, stances, works, words, people, acts)


def _americanize(words: str) -> str:
    """The lemmas spelt as the models were trained: "recognise" as "recognize"."""
    return " ".join(americanize(word) for word in words.split())


def _read_added_cue(row: Mapping[str, Any], path: str) -> AddedCue:
    where = f"{path} [[cue]] {row.get('words', '')!r}"
    check_keys(row, ("words", "stance", "examples", "no_match"), where)
    words = _americanize(str(row.get("words", ""))).split()
    if not words or not row.get("examples"):
        raise BadKnowledge(f"{where} needs words and at least one example.", "Add them and run again.")
    if row.get("stance") not in STANCES:
        raise BadKnowledge(
            f"{where}: there is no stance {row.get('stance')!r}.", f"Choose one of: {', '.join(STANCES)}."
        )
    head, *others = words
    return AddedCue(head, tuple(others), row["stance"], tuple(row["examples"]), tuple(row.get("no_match", ())))
