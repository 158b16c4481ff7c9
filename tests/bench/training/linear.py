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
class FeatureRows:
    """Rows of features, binary or with values, in the arrays of a compressed sparse row matrix.

    ``columns_by_name``: the number of each feature, named "context<TAB>feature" (no context: "<TAB>feature").
    ``columns``: the numbers of all rows' features, one row after the other; ``ends``: where each row ends in it;
    ``values``: the features' values, empty for binary rows.
    """

    columns_by_name: dict[str, int] = field(default_factory=dict)
    columns: array[int] = field(default_factory=lambda: array("i"))
    ends: array[int] = field(default_factory=lambda: array("q", [0]))
    values: array[float] = field(default_factory=lambda: array("d"))

    def add(self, features: Iterable[str], contexts: Sequence[str] = ()) -> None:
        """A further row of binary features; every feature counts alone and once per context."""
        names, columns = self.columns_by_name, self.columns
        row = list(features)
        for context in ("", *contexts):
            for feature in row:
                columns.append(names.setdefault(f"{context}\t{feature}", len(names)))
        self.ends.append(len(columns))

    def add_valued(self, features: Mapping[str, float]) -> None:
        """A further row of features with values; one object has rows of one kind only."""
        names = self.columns_by_name
        self.columns.extend(names.setdefault(f"\t{feature}", len(names)) for feature in features)
        self.values.extend(features.values())
        self.ends.append(len(self.columns))

    def __len__(self) -> int:
        return len(self.ends) - 1

    def to_matrix(self) -> Any:
        """All rows as a sparse matrix, a column per feature; a feature that is twice in a row counts twice."""
        columns = np.array(self.columns, np.int32)
        ends = np.array(self.ends, np.int64)
        data = np.ones(len(columns), np.float32) if not self.values else np.array(self.values, np.float32)
        matrix = sparse.csr_matrix((data, columns, ends), shape=(len(self), len(self.columns_by_name)))
        matrix.sum_duplicates()
        return matrix

    def names(self) -> list[str]:
        """The names of the matrix's columns."""
        return list(self.columns_by_name)


@dataclass(frozen=True, slots=True)
class Fitting:
    """How a model is fitted.

    ``penalty``: factor of half the sum of squared weights; ``min_count``: rows that a feature must be in; ``steps``:
    iterations of L-BFGS at most; ``drop``: features with smaller weights go, the rest is fitted again (0: none).
    """

    penalty: float
    min_count: int = 3
    steps: int = 80
    drop: float = 0.0


def fit_logistic(matrix: Any, names: list[str], truth: Array, row_weights: Array, fitting: Fitting) -> Linear:
    """Logistic regression: P(true) = logistic(sum of a row's weights).

    ``matrix`` and ``names`` as FeatureRows gives them, ``truth`` 1 or 0 for each row, ``row_weights`` how much each
    counts. The feature "1", which serves as intercept, is penalised as the others are.
    """

    def fit_columns(part: Any, start: Array) -> Array:
        transposed = part.T.tocsr()

        def loss_and_gradient(weights: Array) -> tuple[float, Array]:
            scores = part @ weights
            probabilities = 1 / (1 + np.exp(-scores))
            losses = np.logaddexp(0, scores) - truth * scores
            value = float((row_weights * losses).sum() + 0.5 * fitting.penalty * (weights @ weights))
            return value, transposed @ (row_weights * (probabilities - truth)) + fitting.penalty * weights

        return _minimise_loss(loss_and_gradient, start, fitting.steps)

    return _fit_sparse(matrix, names, fit_columns, fitting)


def fit_choice(
    matrix: Any, names: list[str], groups: Array, target: Array, group_weights: Array, fitting: Fitting
) -> Linear:
    """Conditional logit: of each group of rows one is chosen, with softmax probabilities.

    ``groups`` holds each group's first row, ``target`` the wanted probability of each row, adding up to 1 per group,
    ``group_weights`` how much each group counts.
    """
    sizes = np.diff(np.append(groups, matrix.shape[0]))
    group_of = np.repeat(np.arange(len(groups)), sizes)
    row_weights = group_weights[group_of]

    def fit_columns(part: Any, start: Array) -> Array:
        transposed = part.T.tocsr()

        def loss_and_gradient(weights: Array) -> tuple[float, Array]:
            scores = part @ weights
            top = np.maximum.reduceat(scores, groups)
            total = np.add.reduceat(np.exp(scores - top[group_of]), groups)
            log_probabilities = scores - top[group_of] - np.log(total)[group_of]
            value = float(
                -(row_weights * target * log_probabilities).sum() + 0.5 * fitting.penalty * (weights @ weights)
            )
            return value, transposed @ (row_weights * (np.exp(log_probabilities) - target)) + fitting.penalty * weights

        return _minimise_loss(loss_and_gradient, start, fitting.steps)

    return _fit_sparse(matrix, names, fit_columns, fitting)


def _minimise_loss(loss_and_gradient: Any, start: Array, steps: int) -> Array:
    weights: Array = minimize(loss_and_gradient, start, jac=True, method="L-BFGS-B", options={"maxiter": steps}).x
    return weights


def _fit_sparse(matrix: Any, names: list[str], fit_columns: Any, fitting: Fitting) -> Linear:
    """Fit without rare features, drop small weights, fit what is left; weights in hundredths.

    ``fit_columns(part, start)`` fits the columns of ``part`` from the weights ``start``.
    """
    counts = np.asarray((matrix != 0).sum(axis=0)).ravel()
    columns = np.flatnonzero(counts >= fitting.min_count)
    part = matrix[:, columns]
    weights = fit_columns(part, np.zeros(len(columns)))
    if fitting.drop:
        kept = np.flatnonzero(np.abs(weights) >= fitting.drop)
        columns, part = columns[kept], part[:, kept]
        weights = fit_columns(part, weights[kept])
    linear = Linear()
    for column, weight in zip(columns.tolist(), weights.tolist(), strict=True):
        context, _, feature = names[column].partition("\t")
        linear.groups.setdefault(context, {})[feature] = round(weight, 2)
    return linear
