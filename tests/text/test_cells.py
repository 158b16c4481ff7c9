import csv
import io
from datetime import date

import pytest

from pipeline.text.cells import CELL_LIMIT, CUT, format_cell, remove_guard


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (False, ""),
        (0.9, "0.90"),
        (12, "12"),
        (date(2024, 3, 1), "2024-03-01"),
        (("Oslo", "Bergen"), "Oslo | Bergen"),
        ((), ""),
        ("two\r\nlines\u2028here", "two lines here"),
        ("a\x1b[31mred\x00", "a[31mred"),
    ],
)
def test_values_become_cells(value: object, text: str) -> None:
    assert format_cell(value) == text


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-- Mayor Brandt", "@harbour", "＝1", "－1", "'=1"])
def test_what_a_spreadsheet_would_compute_is_guarded_and_read_back(text: str) -> None:
    guarded = format_cell(text)
    assert guarded.startswith("'")
    assert remove_guard(guarded) == text


@pytest.mark.parametrize("text", ["'tis the season", "plain", ""])
def test_other_text_keeps_its_apostrophe(text: str) -> None:
    assert format_cell(text) == text
    assert remove_guard(format_cell(text)) == text


def test_a_first_item_of_a_list_is_guarded() -> None:
    assert format_cell(("=1", "b")) == "'=1 | b"


def test_long_text_is_cut_and_says_so() -> None:
    cut = format_cell("x" * 40_000)
    assert len(cut) == CELL_LIMIT
    assert cut.endswith(CUT)


def test_cells_survive_the_csv_module() -> None:
    out = io.StringIO()
    csv.writer(out).writerow([format_cell('He said "no", twice\nand left')])
    assert next(csv.reader(io.StringIO(out.getvalue()))) == ['He said "no", twice and left']
