"""Counts that figures are made of, and what went wrong, by kind of claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from pipeline.evaluate.gold import Values
from pipeline.records import Article, Spans
from pipeline.text.cells import LIST_JOIN
from pipeline.text.normalize import word_key
from pipeline.text.spans import PART_JOIN

_NONE = "(none)"
Fault = Literal["missed", "wrong", "part"]


@dataclass(slots=True)
class Counts:
    """How many were found and how many of these are right; how many are in gold and how many of these were found."""

    found: int = 0
    right: int = 0
    gold: int = 0
    hit: int = 0

    def add(self, found: int, right: int, gold: int, hit: int) -> None:
        """Add the counts of one article."""
        self.found += found
        self.right += right
        self.gold += gold
        self.hit += hit

    @property
    def precision(self) -> float | None:
        """Of what was found, how much is right; None when nothing was."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Of what is in gold, how much was found; None when nothing is."""
        return self.hit / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None when nothing is in gold nor found."""
        if not self.found and not self.gold:
            return None
        both = (self.precision or 0.0) + (self.recall or 0.0)
        return 2 * (self.precision or 0.0) * (self.recall or 0.0) / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Example:
    """One thing that went wrong: ``fault`` "missed" (in gold, not found), "wrong" (found, not in gold) or "part"
    (found, but ``detail`` differs); ``place`` is what ``extract explain`` takes, ``words`` are the article's.

    ``detail`` of a quote missed or wrong is its source and cue.
    """

    kind: str
    fault: Fault
    place: str
    words: str
    detail: str = ""


@dataclass(slots=True)
class Tally:
    """The figures of one kind: ``counts`` by measure, ``values`` by name as right and all where gold or find has one.

    ``articles`` were asked for this kind.
    """

    kind: str
    articles: int = 0
    counts: dict[str, Counts] = field(default_factory=dict)
    values: dict[str, list[int]] = field(default_factory=dict)
    examples: list[Example] = field(default_factory=list)

    def count(self, measure: str) -> Counts:
        """The counts of a measure."""
        return self.counts.setdefault(measure, Counts())

    def compare(self, article: Article, at: Spans, gold: Values, found: Values) -> None:
        """Count the values that gold knows, those that differ as examples; case, marks and order make no difference."""
        for name, wanted in gold.items():
            given = found.get(name, "")
            one, other = _set(wanted), _set(given)
            if one or other:
                counted = self.values.setdefault(name, [0, 0])
                counted[0] += one == other
                counted[1] += 1
                if one != other:
                    self.note("part", article, at, f"{name} {given or _NONE}, gold {wanted or _NONE}")

    def note(self, fault: Fault, article: Article, at: Spans, detail: str = "") -> None:
        """Keep an example: the words of the spans."""
        self.examples.append(Example(self.kind, fault, place(article, at[0][0]), words_of(article, at), detail))


def place(article: Article, offset: int) -> str:
    """``FILE:LINE`` of an offset, lines counted as ``extract explain`` does."""
    return f"{article.file}:{len((article.text[:offset] + '.').splitlines())}"


def differs(name: str, article: Article, gold: Spans, found: Spans) -> str:
    """How a part differs, in words."""
    return f"{name} {words_of(article, found) or _NONE}, gold {words_of(article, gold) or _NONE}"


def one_to_one(ranked: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of pairs of numbers, best first, each that takes neither a first nor a second that is taken."""
    firsts: set[int] = set()
    seconds: set[int] = set()
    pairs = []
    for first, second in ranked:
        if first not in firsts and second not in seconds:
            firsts.add(first)
            seconds.add(second)
            pairs.append((first, second))
    return pairs


def words_of(article: Article, spans: Spans) -> str:
    """The words of the spans on one line."""
    return PART_JOIN.join(" ".join(article.text[start:end].split()) for start, end in spans)


def _set(value: str) -> frozenset[str]:
    return frozenset(filter(None, map(word_key, value.split(LIST_JOIN))))
