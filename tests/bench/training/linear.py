"""Fit sparse linear models: logistic regression and conditional logit with an L2 penalty, by L-BFGS.

Only training needs scipy. Features with few occurrences and weights near zero are dropped, the rest is fitted again.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import minimize

from pipeline.knowledge.weights import Linear

Array = np.ndarray[Any, Any]


@dataclass(slots=True)
class Rows:
    """A sparse table of features: rows that hold a feature or not, or rows of features with values.

    ``column_of`` numbers each "context<TAB>feature"; ``columns`` has the numbers of all rows one after the other, and
    ``values`` their values, empty when all are 1; ``ends`` has the place in ``columns`` where each row ends, with a 0
    before.
    """

    column_of: dict[str, int] = field(default_factory=dict)
    columns: array[int] = field(default_factory=lambda: array("i"))
    ends: array[int] = field(default_factory=lambda: array("q", [0]))
    values: array[float] = field(default_factory=lambda: array("d"))

    def add(self, features: Iterable[str], contexts: Sequence[str] = ()) -> None:
        """Add a row; every feature counts alone and once per context."""
        column_of, columns = self.column_of, self.columns
        distinct = list(features)
        for context in ("", *contexts):
            for feature in distinct:
                columns.append(column_of.setdefault(f"{context}\t{feature}", len(column_of)))
        self.ends.append(len(columns))

    def add_valued(self, features: Mapping[str, float]) -> None:
        """Add a row of features with values; a table has rows of one kind only."""
        column_of = self.column_of
        self.columns.extend(column_of.setdefault(f"\t{feature}", len(column_of)) for feature in features)
        self.values.extend(features.values())
        self.ends.append(len(self.columns))

    def __len__(self) -> int:
        return len(self.ends) - 1

    def matrix(self) -> Any:
        """All rows as a sparse matrix."""
        columns = np.array(self.columns, np.int32)
        ends = np.array(self.ends, np.int64)
        data = np.ones(len(columns), np.float32) if not self.values else np.array(self.values, np.float32)
        matrix = sparse.csr_matrix((data, columns, ends), shape=(len(self), len(self.column_of)))
        matrix.sum_duplicates()
        return matrix

    def names(self) -> list[str]:
        """The features in the order of their numbers."""
        return list(self.column_of)


@dataclass(frozen=True, slots=True)
class Fitting:
    """How a model is fitted.

    ``penalty`` is the L2 penalty; a feature in fewer than ``least`` rows is left out; ``steps`` bounds the iterations
    of L-BFGS; features with weights smaller than ``drop`` are dropped and the others fitted again.
    """

    penalty: float
    least: int = 3
    steps: int = 80
    drop: float = 0.0


def fit_logistic(matrix: Any, names: list[str], truth: Array, weight: Array, how: Fitting) -> Linear:
    """Logistic regression: P(true) = logistic(sum of weights).

    ``matrix`` and ``names`` are those of ``Rows``, ``truth`` has 1.0 or 0.0 a row, ``weight`` how much each row counts.
    The bias, the feature "1", is penalised like all others.
    """

    def run(part: Any, start: Array) -> Array:
        turned = part.T.tocsr()

        def loss(w: Array) -> tuple[float, Array]:
            z = part @ w
            chance = 1 / (1 + np.exp(-z))
            value = float((weight * (np.logaddexp(0, z) - truth * z)).sum() + 0.5 * how.penalty * (w @ w))
            return value, turned @ (weight * (chance - truth)) + how.penalty * w

        return _minimise(loss, start, how.steps)

    return _fit_twice(matrix, names, run, how)


def fit_choice(matrix: Any, names: list[str], groups: Array, target: Array, how: Fitting) -> Linear:
    """Conditional logit: ``groups`` holds each group's first row, ``target`` the wanted probability of each row."""
    sizes = np.diff(np.append(groups, matrix.shape[0]))
    group = np.repeat(np.arange(len(groups)), sizes)

    def run(part: Any, start: Array) -> Array:
        turned = part.T.tocsr()

        def loss(w: Array) -> tuple[float, Array]:
            z = part @ w
            top = np.maximum.reduceat(z, groups)
            total = np.add.reduceat(np.exp(z - top[group]), groups)
            logged = z - top[group] - np.log(total)[group]
            value = float(-(target * logged).sum() + 0.5 * how.penalty * (w @ w))
            return value, turned @ (np.exp(logged) - target) + how.penalty * w

        return _minimise(loss, start, how.steps)

    return _fit_twice(matrix, names, run, how)


def _minimise(loss: Any, start: Array, steps: int) -> Array:
    weights: Array = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps}).x
    return weights


def _fit_twice(matrix: Any, names: list[str], run: Any, how: Fitting) -> Linear:
    counts = np.asarray((matrix != 0).sum(axis=0)).ravel()
    columns = np.flatnonzero(counts >= how.least)
    part = matrix[:, columns]
    weights = run(part, np.zeros(len(columns)))
    if how.drop:
        kept = np.flatnonzero(np.abs(weights) >= how.drop)
        columns, part = columns[kept], part[:, kept]
        weights = run(part, weights[kept])
    model = Linear()
    for column, weight in zip(columns.tolist(), weights.tolist(), strict=True):
        context, _, feature = names[column].partition("\t")
        model.groups.setdefault(context, {})[feature] = round(weight, 2)
    return model
