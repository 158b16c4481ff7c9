"""Which rows are noise: each rule by a row of its own, and the rows right beside that are none."""

import pytest

from pipeline.link.noise import NOISE_RULES, RatedRow, noise_of


@pytest.mark.parametrize(
    ("row", "noise"),
    [
        (RatedRow(0.5, "the pier was shut in June", "indirect"), ""),
        (RatedRow(0.49, "the pier was shut in June", "indirect"), "unsure"),
        (RatedRow(0.49, "the pier will close"), "unsure"),
        (RatedRow(0.8, "the very same", "indirect"), "thin content"),
        (RatedRow(0.8, "to [...] do so", "indirect"), "thin content"),
        (RatedRow(0.8, "it was very late", "indirect"), ""),
        (RatedRow(0.8, "“I quit,”", "direct"), ""),
        (RatedRow(0.8, "it “regrets”", "mixed"), ""),
        (RatedRow(0.8, "the closure"), ""),
        (RatedRow(0.8, "“It is late and I am tired,”", "direct", has_speaker=False), "nobody named"),
        (RatedRow(0.3, "so", "indirect", has_speaker=False), "unsure"),
    ],
)
def test_what_makes_a_row_noise(row: RatedRow, noise: str) -> None:
    assert noise_of(row) == noise


def test_the_mark_is_the_name_of_the_rule() -> None:
    marks = {rule.name: rule.outcome(RatedRow(0, "")) for rule in NOISE_RULES}
    assert marks.pop("none") == ""
    assert all(mark == name for name, mark in marks.items())
