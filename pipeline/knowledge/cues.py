"""Reporting cues: which verb in which frame attributes, which nouns do, and what stance a cue takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import BadKnowledge
from pipeline.knowledge.files import check_keys, read_toml

STANCES = (
    "states", "claims", "denies", "confirms", "warns", "asks", "demands", "promises", "intends", "believes",
    "criticises", "supports",
)  # fmt: skip
_COLUMNS = ["lemma", "frame", "cues", "seen"]


@dataclass(frozen=True, slots=True)
class Cues:
    """``rates``: (lemma, frame) to the share of its occurrences that attribute, smoothed; the rest as in cues.toml."""

    rates: Mapping[tuple[str, str], float]
    threshold: float
    quotation: frozenset[str]
    addressed: frozenset[str]
    always: frozenset[tuple[str, str]]
    offsets: Mapping[str, float]
    nouns_that: frozenset[str]
    nouns_to: frozenset[str]
    stances: Mapping[str, str]

    def rate(self, lemma: str, frame: str) -> float:
        """The share of cues among the occurrences of a verb in a frame; 0.0 when it doesn't count as a cue."""
        rate = self.rates.get((lemma, frame), 0.0)
        if (lemma, frame) in self.always:
            return max(rate, 0.3)
        return rate if rate >= self.threshold else 0.0

    def confidence(self, rate: float, quote_type: str) -> float:
        """How likely a quote of this type with such a cue is right: 0.05 to 0.95."""
        return round(min(max(rate + self.offsets[quote_type], 0.05), 0.95), 2)

    def stance(self, lemma: str) -> str:
        """The stance of a cue's lemma; "states" for one that is in no list."""
        return self.stances.get(lemma, "states")


def load_cues(folder: Path) -> Cues:
    """Cues from ``folder``/cues.toml and cues.tsv. Raises BadKnowledge naming the file and what is wrong there."""
    path = folder / "cues.toml"
    table = read_toml(path)
    check_keys(table, ("threshold", "quotation", "addressed", "confidence", "frames", "nouns", "stances"), str(path))
    check_keys(table["confidence"], ("direct", "mixed", "indirect"), f"{path} [confidence]")
    check_keys(table["nouns"], ("that", "to"), f"{path} [nouns]")
    check_keys(table["stances"], STANCES, f"{path} [stances]")
    stances: dict[str, str] = {}
    for stance, lemmas in table["stances"].items():
        for lemma in lemmas:
            stances.setdefault(lemma, stance)
    return Cues(
        rates=_rates(folder / "cues.tsv"),
        threshold=float(table["threshold"]),
        quotation=frozenset(table["quotation"]),
        addressed=frozenset(table["addressed"]),
        always=frozenset((lemma, frame) for lemma, frames in table["frames"].items() for frame in frames),
        offsets=table["confidence"],
        nouns_that=frozenset(table["nouns"]["that"]),
        nouns_to=frozenset(table["nouns"]["to"]),
        stances=stances,
    )


def _rates(path: Path) -> dict[tuple[str, str], float]:
    lines = path.read_text(encoding="utf-8").splitlines()
    if lines[0].split("\t") != _COLUMNS:
        raise BadKnowledge(f"{path}, line 1: the columns must be {', '.join(_COLUMNS)}, separated by tabs.")
    rates = {}
    for number, line in enumerate(lines[1:], 2):
        try:
            lemma, frame, cues, seen = line.split("\t")
            # Half an occurrence each way: two of two is no certainty.
            rates[lemma, frame] = (int(cues) + 0.5) / (int(seen) + 1)
        except ValueError as error:
            raise BadKnowledge(f"{path}, line {number}: {line!r} is no row of {', '.join(_COLUMNS)}.") from error
    return rates
