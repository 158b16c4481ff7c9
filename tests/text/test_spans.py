import pytest

from pipeline.records import Span
from pipeline.text.spans import SpanIndex, is_inside, overlap_length

ITEMS = {"wide": [(0, 100)], "left": [(5, 10)], "parts": [(20, 22), (60, 65)], "right": [(70, 80)]}


def test_finds_what_shares_a_character_in_the_given_order() -> None:
    index = SpanIndex(list(ITEMS), ITEMS.__getitem__)
    assert index.overlapping(9, 21) == ["wide", "left", "parts"]
    assert index.overlapping(61, 71) == ["wide", "parts", "right"]
    assert index.overlapping(10, 11) == ["wide"]


def test_an_item_in_parts_comes_once() -> None:
    assert SpanIndex(["parts"], ITEMS.__getitem__).overlapping(0, 100) == ["parts"]


def test_nothing_in_nothing() -> None:
    assert SpanIndex([], ITEMS.__getitem__).overlapping(0, 9) == []


@pytest.mark.parametrize(
    ("span", "shared", "lies"),
    [
        ((2, 5), 3, True),
        ((0, 2), 0, False),
        ((1, 3), 1, False),
        ((4, 9), 1, False),
        ((0, 9), 3, False),
        ((3, 4), 1, True),
    ],
)
def test_what_two_spans_share(span: Span, shared: int, lies: bool) -> None:
    assert overlap_length(span, (2, 5)) == overlap_length((2, 5), span) == shared
    assert is_inside(span, (2, 5)) is lies
