"""Equal scores are ranked by what isn't a float, so that every version of Python gives the same claims."""

from __future__ import annotations

from pipeline.extract.quotes.ranking import largest_mass, rank_contents, softmax
from pipeline.knowledge.weights import Linear

#: The same number twice, apart only by how it was rounded; the first is larger.
ROUNDED_UP, ROUNDED_DOWN = 0.1 + 0.2, 0.3


def test_a_score_doesnt_depend_on_the_order_of_its_weights_or_the_version_of_python() -> None:
    features = [f"feature {number}" for number in range(10)]
    linear = Linear({"": dict.fromkeys(features, 0.1), "say": {"feature 0": 1e16, "feature 1": -1e16}})
    assert linear.score(features, linear.weights_in(["say"])) == 1.0
    assert linear.score(features[::-1], linear.weights_in(["say"])) == 1.0
    assert linear.strongest_features(["feature 2"], ["say"]) == [("feature 2", 0.1)]


def test_probabilities_dont_depend_on_the_order_of_the_scores() -> None:
    scores = [0.1 * number for number in range(7)]
    assert softmax(scores) == softmax(scores[::-1])[::-1]


def test_equally_likely_contents_stay_in_the_order_in_which_they_were_proposed() -> None:
    first, second, likelier = (0b0011, "deep", ROUNDED_DOWN), (0b0111, "below", ROUNDED_UP), (0b1000, "child", 0.4)
    assert rank_contents([first, second, likelier]) == [likelier, first, second]


def test_of_many_contents_the_eight_likeliest_are_weighed() -> None:
    equal = [(1 << number, "deep", ROUNDED_DOWN if number % 2 else ROUNDED_UP) for number in range(9)]
    less, likelier = (1 << 9, "below", ROUNDED_DOWN / 2), (1 << 10, "child", 0.4)
    assert rank_contents([less, *equal, likelier]) == [likelier, *equal[:7]]


def test_of_contents_with_the_same_mass_the_first_is_chosen() -> None:
    assert largest_mass([(0b0111, "below", ROUNDED_DOWN), (0b0110, "deepest", ROUNDED_UP)])[0] == 0
