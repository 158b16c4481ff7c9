"""Whom a newspaper quotes before a colon."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents

CASES = [
    (
        'The Larn Post quotes Harbour Minister Ada Brandt: "This is a sad day. It was an old pier."',
        [("Harbour Minister Ada Brandt", '"This is a sad day. It was an old pier."')],
    ),
    ('The Larn Post quoted the mayor, Ada Brandt: "We are shut."', [("the mayor, Ada Brandt", '"We are shut."')]),
    ('The report cites one resident: "Nobody came for days."', [("one resident", '"Nobody came for days."')]),
    # a document says what is quoted, and whoever is quoted as saying has a row of his own beside the agency's
    ('The Larn Post quoted from the letter: "We are shut."', [("The Larn Post", '"We are shut."')]),
]


@pytest.mark.parametrize(("text", "rows"), CASES)
def test_whoever_is_quoted_speaks(text: str, rows: list[tuple[str, str]], parses: Parses) -> None:
    assert sources_and_contents(text, parses) == rows
