"""What stands between a verb of telling and its "that" is no part of what is told."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Quill told visitors as he locked the gate that the garden was ruined.", "that the garden was ruined"),
        ("Oduya told a radio station after leaving the clinic that the nurses were exhausted.",
         "that the nurses were exhausted"),
        ("The abbot told pilgrims gathered below the chapel that the well was dry.", "that the well was dry"),
        ("The keeper told families camped beside the lake that the ice would break.", "that the ice would break"),
        ("The dairy admitted for the first time that milk had been watered.", "that milk had been watered"),
        ("Trent acknowledged for the third time in a year that trains were late.", "that trains were late"),
        ("She said when pressed about the loan that it was repaid.", "that it was repaid"),
        ("Ferrara announced while touring the docks that cranes would be hired.", "that cranes would be hired"),
    ],
)  # fmt: skip
def test_content_begins_at_that(text: str, content: str, parses: Parses) -> None:
    assert content in [told for _, told in sources_and_contents(text, parses)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Quill said as many as forty ships would come.", "as many as forty ships would come"),
        ("The abbot warned that after the storm that hit the coast the roof would fall.",
         "that after the storm that hit the coast the roof would fall"),
        ("Oduya said the clinic that opened in May was full.", "the clinic that opened in May was full"),
    ],
)  # fmt: skip
def test_clauses_within_what_is_told_stay(text: str, content: str, parses: Parses) -> None:
    assert content in [told for _, told in sources_and_contents(text, parses)]
