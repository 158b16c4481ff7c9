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
    """Rows of features as numbers, binary or with values; ``known`` numbers each "context<TAB>feature"."""

    known: dict[str, int] = field(default_factory=dict)
    columns: array[int] = field(default_factory=lambda: array("i"))
    ends: array[int] = field(default_factory=lambda: array("q", [0]))
    values: array[float] = field(default_factory=lambda: array("d"))

    def add(self, features: Iterable[str], contexts: Sequence[str] = ()) -> None:
        """A further row; every feature counts alone and once per context."""
        known, columns = self.known, self.columns
        distinct = list(features)
        for context in ("", *contexts):
            for feature in distinct:
                columns.append(known.setdefault(f"{context}\t{feature}", len(known)))
        self.ends.append(len(columns))

    def add_valued(self, features: Mapping[str, float]) -> None:
        """A further row of features with values; a table has rows of one kind only."""
        self.columns.extend(self.known.setdefault(f"\t{feature}", len(self.known)) for feature in features)
        self.values.extend(features.values())
        self.ends.append(len(self.columns))

    def __len__(self) -> int:
        return len(self.ends) - 1

    def matrix(self) -> Any:
        """All rows as a sparse matrix."""
        columns = np.array(self.columns, np.int32)
        ends = np.array(self.ends, np.int64)
        data = np.ones(len(columns), np.float32) if not self.values else np.array(self.values, np.float32)
        made = sparse.csr_matrix((data, columns, ends), shape=(len(self), len(self.known)))
        made.sum_duplicates()
        return made

    def names(self) -> list[str]:
        """The features in the order of their numbers."""
        return list(self.known)


@dataclass(frozen=True, slots=True)
class Fitting:
    """How a model is fitted: penalty, least count of a feature, steps, size of weights that are dropped."""

    penalty: float
    least: int = 3
    steps: int = 80
    drop: float = 0.0


def fit_logistic(matrix: Any, names: list[str], truth: Array, weight: Array, how: Fitting) -> Linear:
    """P(true) = logistic(sum of weights); the feature "1" is not penalised less than others."""

    def run(part: Any, start: Array) -> Array:
        turned = part.T.tocsr()

        def loss(w: Array) -> tuple[float, Array]:
            z = part @ w
            chance = 1 / (1 + np.exp(-z))
            value = float((weight * (np.logaddexp(0, z) - truth * z)).sum() + 0.5 * how.penalty * (w @ w))
            return value, turned @ (weight * (chance - truth)) + how.penalty * w

        return _minimise(loss, start, how.steps)

    return _twice(matrix, names, run, how)


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

    return _twice(matrix, names, run, how)


def _minimise(loss: Any, start: Array, steps: int) -> Array:
    found: Array = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps}).x
    return found


def _twice(matrix: Any, names: list[str], run: Any, how: Fitting) -> Linear:
    counts = np.asarray((matrix != 0).sum(axis=0)).ravel()
    columns = np.flatnonzero(counts >= how.least)
    part = matrix[:, columns]
    weights = run(part, np.zeros(len(columns)))
    if how.drop:
        kept = np.flatnonzero(np.abs(weights) >= how.drop)
        columns, part = columns[kept], part[:, kept]
        weights = run(part, weights[kept])
    made = Linear()
    for column, weight in zip(columns.tolist(), weights.tolist(), strict=True):
        context, _, feature = names[column].partition("\t")
        made.groups.setdefault(context, {})[feature] = round(weight, 2)
    return made
