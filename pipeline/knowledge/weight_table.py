"""The weights of a linear model in one array, to score all candidates of a cue or a paragraph at once.

A candidate is told by *facts*. A fact is a tuple of a function and what it takes: the function names the features, the
keys of the weights file, as ``("first=that", "first tag=IN")``. Which features of a fact have a weight is found
once and remembered, so that names are made for new facts alone; what remains for a candidate is a sum over the array.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import Any

import numpy as np

#: What a model is told of a candidate: the function that names the features, and what it takes: texts, numbers, truths.
Fact = tuple[Any, ...]
_Numbers = np.ndarray[Any, np.dtype[np.int64]]
_Weights = np.ndarray[Any, np.dtype[np.int32]]
#: Facts that a model remembers before it forgets them all: some 250 bytes each.
_MAX_FACTS = 50_000
#: Words whose weights a model keeps laid out, at most 80 kB each: a few verbs are most cues.
_MAX_WORDS = 32
#: The array's row in which all weights are zero: no candidate is without a row.
_NO_FEATURE = 0
_ROW = np.dtype(np.int32)


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
        self._weights: _Weights = np.zeros((len(row_of) + 1, len(self._column_of)), np.int32)
        self._beside: dict[str, tuple[_Weights, _Weights]] = {}  #: by word, rows and what these weigh on top
        self._laid_out: dict[str, _Weights] = {}
        all_rows = np.fromiter(map(row_of.__getitem__, chain.from_iterable(groups.values())), np.int32)
        as_trained = np.fromiter(chain.from_iterable(group.values() for group in groups.values()), np.float64)
        all_weights = np.rint(as_trained * unit).astype(np.int32)
        end = 0
        for context, group in groups.items():
            start, end = end, end + len(group)
            rows, weights = all_rows[start:end], all_weights[start:end]
            if context in self._column_of:
                self._weights[rows, self._column_of[context]] += weights
            else:
                self._beside[context] = rows, weights
        self._weights[:, 1:] += self._weights[:, :1]
        self._always: _Weights = self._weights[:, 0].copy()
        self._cells = _Cells(self._beside, len(self._weights))

    def score(
        self, candidates: Iterable[Iterable[bytes]], words: Sequence[str], kinds: Sequence[str] = ()
    ) -> list[float]:
        """The log-odds of each candidate, told by rows, beside its word and as one of its kind.

        ``kinds``: empty where they are of none.
        """
        packed = [b"".join([self._no_rows, *parts]) for parts in candidates]
        if not packed:
            return []
        rows, sizes, ends = _unpack(packed)
        if kinds:
            columns = np.array([self._column_of.get(kind, 0) for kind in kinds]).repeat(sizes)
            columns += rows * np.int64(len(self._column_of))  # the numbers of the cells
            weights = self._weights.reshape(-1).take(columns)
        else:
            weights = self._always.take(rows)
        first = 0
        for word, group in groupby(words):
            last = first + sum(1 for _ in group)
            if word in self._beside:
                start, end = ends[first] - sizes[first], ends[last - 1]
                weights[start:end] += self._lay_out(word).take(rows[start:end])
            first = last
        return self._add_up(weights, ends - sizes)

    def score_facts(self, candidates: Iterable[Iterable[Fact]], words: Sequence[str]) -> list[float]:
        """The same for candidates that are told by facts and of no kind, each beside a word of its own."""
        rows_of = self.rows.__getitem__
        packed = [self._no_rows + b"".join(map(rows_of, facts)) for facts in candidates]
        if not packed:
            return []
        rows, sizes, ends = _unpack(packed)
        weights = self._cells.find(rows, words, sizes)
        weights += self._always.take(rows)
        return self._add_up(weights, ends - sizes)

    def _add_up(self, weights: _Weights, starts: _Numbers) -> list[float]:
        """The log-odds of candidates whose weights begin there."""
        totals: list[float] = (np.add.reduceat(weights, starts) / self._unit).tolist()
        return totals

    def _lay_out(self, word: str) -> _Weights:
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


class _Cells:
    """What rows weigh on top beside words, as cells of a table of all words and rows in which nearly all are empty."""

    def __init__(self, beside: Mapping[str, tuple[_Weights, _Weights]], width: int) -> None:
        """``beside``: by word, rows and their weights; ``width``: the number of all rows."""
        #: Where each word's cells begin; before the first ones are those of no word.
        self._starts = {word: number * width for number, word in enumerate(beside, 1)}
        numbers = [start + beside[word][0].astype(np.int64) for word, start in self._starts.items()]
        # One more at the end, so that there is a next cell wherever one is looked for.
        all_numbers: _Numbers = np.concatenate([*numbers, [np.iinfo(np.int64).max]])
        all_weights: _Weights = np.concatenate([*(weights for _, weights in beside.values()), np.zeros(1, np.int32)])
        order = all_numbers.argsort()
        self._numbers, self._weights = all_numbers[order], all_weights[order]

    def find(self, rows: _Weights, words: Sequence[str], sizes: _Numbers) -> _Weights:
        """What each of the ``rows`` weighs on top; so many of them (``sizes``) stand beside each word."""
        starts = self._starts
        cells = np.array([starts.get(word, 0) for word in words]).repeat(sizes)
        cells += rows
        places = self._numbers.searchsorted(cells)
        weights = self._weights.take(places)
        weights *= self._numbers.take(places) == cells
        return weights


def _unpack(packed: Sequence[bytes]) -> tuple[_Weights, _Numbers, _Numbers]:
    """The rows of all candidates, how many each has, and where they end."""
    sizes = np.array([len(part) for part in packed]) // _ROW.itemsize
    return np.frombuffer(b"".join(packed), _ROW), sizes, sizes.cumsum()
