"""Fitting linear models, on data small enough to know the answer."""

import numpy as np
import pytest

from tests.bench.training.linear import FeatureRows, Fitting, fit_choice, fit_logistic

FITTING = Fitting(penalty=0.1, min_count=1, steps=200)


def test_logistic_regression_finds_the_log_odds() -> None:
    rows = FeatureRows()
    for feature in ["red"] * 40 + ["blue"] * 40:
        rows.add([feature])
    truth = np.array([1.0] * 30 + [0.0] * 10 + [0.0] * 40)
    linear = fit_logistic(rows.to_matrix(), rows.names(), truth, np.ones(80), FITTING)
    assert linear.groups[""]["red"] == pytest.approx(np.log(3), abs=0.05)
    assert linear.groups[""]["blue"] < -3


def test_a_feature_counts_alone_and_in_its_context() -> None:
    rows = FeatureRows()
    for _ in range(30):
        rows.add(["has=ccomp"], ["say"])
        rows.add(["has=ccomp"], ["eat"])
    truth = np.array([1.0, 0.0] * 30)
    linear = fit_logistic(rows.to_matrix(), rows.names(), truth, np.ones(60), FITTING)
    assert linear.groups["say"]["has=ccomp"] > 1 > -1 > linear.groups["eat"]["has=ccomp"]


def test_a_choice_prefers_what_was_chosen() -> None:
    rows = FeatureRows()
    for _ in range(20):
        rows.add(["near"])
        rows.add(["far"])
        rows.add(["far", "long"])
    target = np.array([1.0, 0.0, 0.0] * 20)
    linear = fit_choice(rows.to_matrix(), rows.names(), np.arange(0, 60, 3), target, np.ones(20), FITTING)
    assert linear.groups[""]["near"] > linear.groups[""]["far"]


def test_rare_features_and_small_weights_are_dropped() -> None:
    rows = FeatureRows()
    for number in range(50):
        rows.add(["common", f"only {number}"])
        rows.add(["other", "even"])
    truth = np.array([1.0, 0.0] * 50)
    linear = fit_logistic(
        rows.to_matrix(), rows.names(), truth, np.ones(100), Fitting(penalty=1.0, min_count=2, drop=0.01)
    )
    assert set(linear.groups[""]) == {"common", "other", "even"}


def test_fitting_twice_gives_the_same() -> None:
    def fit() -> dict[str, dict[str, float]]:
        rows = FeatureRows()
        random = np.random.default_rng(3)
        for _ in range(200):
            rows.add([f"f{k}" for k in random.integers(0, 30, 5)], [f"c{random.integers(0, 4)}"])
        truth = (np.arange(200) % 3 == 0).astype(float)
        return fit_logistic(rows.to_matrix(), rows.names(), truth, np.ones(200), FITTING).groups

    assert fit() == fit()


def test_rows_with_values_weigh_by_them() -> None:
    rows = FeatureRows()
    for value in (-2.0, -1.0, 1.0, 2.0):
        rows.add_valued({"x": value})
    matrix = rows.to_matrix()
    assert matrix.toarray().ravel().tolist() == [-2.0, -1.0, 1.0, 2.0]
