"""The weights of a linear model in one array, to score all candidates of a cue or a paragraph at once.

A candidate is told by *facts*. A fact is a tuple of a function and what it takes: the function names the features, the
keys of the weights file, as ``("first=that", "first tag=IN")``. Which features of a fact have a weight is found
once and remembered, so that names are made for new facts alone; what remains for a candidate is a sum: over the array
where there are many features and kinds of candidates, over Python's numbers where there are few of both.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, repeat
from typing import Any

import numpy as np

#: What a model is told of a candidate: the function that names the features, and what it takes: texts, numbers, truths.
Fact = tuple[Any, ...]
#: Facts that a model remembers before it forgets them all: some 250 bytes each.
_MAX_FACTS = 50_000
#: Words whose weights a model keeps laid out, at most 80 kB each: a few verbs are most cues.
_MAX_WORDS = 32
#: The array's row in which all weights are zero: no candidate is without a row.
_NO_FEATURE = 0
_ROW = np.dtype(np.int32)
#: The weight of a feature that has none; endless, so that map() runs over the features alone.
_ZEROS = repeat(0)


class Namer(Mapping[Fact, list[str]]):
    """Facts as the names of their features, where a ``WeightTable`` has numbers: for training and explaining."""

    def __getitem__(self, fact: Fact) -> list[str]:
        features: list[str] = fact[0](*fact[1:])
        return features

    def __iter__(self) -> Iterator[Fact]:
        return iter(())

    def __len__(self) -> int:
        return 0


class RowsOfFacts(dict[Fact, bytes]):
    """The numbers of the rows of each fact's features, of those that have a weight, as the bytes of an array."""

    def __init__(self, row_of: Mapping[str, bytes]) -> None:
        super().__init__()
        self._row_of = row_of

    def __missing__(self, fact: Fact) -> bytes:
        if len(self) >= _MAX_FACTS:
            self.clear()
        self[fact] = packed = self.pack(fact[0](*fact[1:]))
        return packed

    def pack(self, features: Iterable[str]) -> bytes:
        """The numbers of the rows of these features."""
        row_of = self._row_of
        return b"".join([row_of[feature] for feature in features if feature in row_of])


class WeighedFacts(dict[Fact, tuple[int, list[int]]]):
    """What the features of each fact weigh always, and the numbers of the rows of those that have a weight at all."""

    def __init__(self, row_of: Mapping[str, int], always: Sequence[int]) -> None:
        """``always``: by row what holds whatever the word."""
        super().__init__()
        self._row_of = row_of
        self._always = always

    def __missing__(self, fact: Fact) -> tuple[int, list[int]]:
        if len(self) >= _MAX_FACTS:
            self.clear()
        row_of = self._row_of
        rows = [row_of[feature] for feature in fact[0](*fact[1:]) if feature in row_of]
        self[fact] = weighed = sum([self._always[row] for row in rows]), rows
        return weighed


class WeightTable:
    """Weights by feature and context. Contexts are kinds of candidates, which end in ":" ("child:"), and words.

    Kinds are few: each has a column beside that of the weights that hold always, which are added in. Words are many
    and have few weights each: those are laid out when a word is asked for.
    """

    def __init__(self, groups: Mapping[str, Mapping[str, float]], unit: float) -> None:
        """``groups``: weight by feature by context, "" for what holds always; ``unit``: what 1.0 is in the array."""
        features = dict.fromkeys(chain.from_iterable(groups.values()))
        row_of = {feature: row for row, feature in enumerate(features, _NO_FEATURE + 1)}
        #: What features begin with, up to the first blank: a fact whose features begin otherwise weighs nothing.
        self.beginnings = frozenset(feature.partition(" ")[0] for feature in features)
        self._unit = unit
        self.rows = RowsOfFacts({feature: row.to_bytes(4, sys.byteorder) for feature, row in row_of.items()})
        self._no_rows = np.array([_NO_FEATURE], _ROW).tobytes()
        kinds = [context for context in groups if len(context) > 1 and context.endswith(":")]
        self._column_of = {"": 0, **{kind: column for column, kind in enumerate(kinds, 1)}}
        self._weights = np.zeros((len(row_of) + 1, len(self._column_of)), np.int32)
        self._beside = {}
        self._laid_out: dict[str, np.ndarray[Any, np.dtype[np.int32]]] = {}
        all_rows = np.fromiter(map(row_of.__getitem__, chain.from_iterable(groups.values())), np.int32)
        all_weights = np.fromiter(chain.from_iterable(group.values() for group in groups.values()), np.float64)
        all_weights = np.rint(all_weights * unit).astype(np.int32)
        end = 0
        for context, group in groups.items():
            start, end = end, end + len(group)
            rows, weights = all_rows[start:end], all_weights[start:end]
            if context in self._column_of:
                self._weights[rows, self._column_of[context]] += weights
            else:
                self._beside[context] = rows, weights
        self._weights[:, 1:] += self._weights[:, :1]
        self._weighed = WeighedFacts(row_of, self._weights[:, 0].tolist())
        self._beside_by_row: dict[str, dict[int, int]] = {}

    def score(
        self, candidates: Iterable[Iterable[bytes]], words: Sequence[str], kinds: Sequence[str] = ()
    ) -> list[float]:
        """The log-odds of each candidate, told by rows, beside its word and as one of its kind.

        ``kinds``: empty where they are of none.
        """
        packed = [b"".join([self._no_rows, *parts]) for parts in candidates]
        if not packed:
            return []
        rows = np.frombuffer(b"".join(packed), _ROW)
        sizes = np.array([len(part) for part in packed]) // _ROW.itemsize
        ends = np.cumsum(sizes)
        columns = [self._column_of.get(kind, 0) for kind in kinds]
        weights = self._weights[rows, np.repeat(columns, sizes)] if kinds else self._weights[rows, 0]
        first = 0
        for word, group in groupby(words):
            last = first + sum(1 for _ in group)
            if word in self._beside:
                start, end = ends[first] - sizes[first], ends[last - 1]
                weights[start:end] += self._lay_out(word)[rows[start:end]]
            first = last
        totals: list[float] = (np.add.reduceat(weights, ends - sizes) / self._unit).tolist()
        return totals

    def score_facts(self, candidates: Iterable[Iterable[Fact]], words: Sequence[str]) -> list[float]:
        """The same for candidates that are told by facts and of no kind, a few at a time."""
        weighed = self._weighed
        scores = []
        for facts, word in zip(candidates, words, strict=True):
            total = 0
            rows: list[int] = []
            for fact in facts:
                weight, rows_of_fact = weighed[fact]
                total += weight
                rows += rows_of_fact
            if word in self._beside:
                total += sum(map(self._find_beside(word).get, rows, _ZEROS))
            scores.append(total / self._unit)
        return scores

    def _find_beside(self, word: str) -> dict[int, int]:
        """What comes on top beside this word, by row, for the rows that have such a weight."""
        found = self._beside_by_row.get(word)
        if found is None:
            rows, weights = self._beside[word]
            found = self._beside_by_row[word] = dict(zip(rows.tolist(), weights.tolist(), strict=True))
        return found

    def _lay_out(self, word: str) -> np.ndarray[Any, np.dtype[np.int32]]:
        """What comes on top beside this word, by row."""
        column = self._laid_out.get(word)
        if column is None:
            rows, weights = self._beside[word]
            column = np.zeros(len(self._weights), np.int32)
            column[rows] = weights
            if len(self._laid_out) >= _MAX_WORDS:
                self._laid_out.clear()
            self._laid_out[word] = column
        return column
