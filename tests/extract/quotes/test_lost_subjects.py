"""Sources that the parser loses: of a noun it takes for a compound, before a relative clause, behind a comma."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import quotes_of, sources_and_contents

FOUND = [
    ("Lund fled to Osk, the affidavit states.", "the affidavit", "Lund fled to Osk"),
    ("The affidavit states that Lund hid the bell.", "The affidavit", "that Lund hid the bell"),
    (
        "The guild that runs the mill announced Friday that it will close.",
        "The guild that runs the mill",
        "that it will close",
    ),
    ("According to Constable Ivo Lund, a passing angler rang the bell.", "Constable Ivo Lund",
     "a passing angler rang the bell"),
    ("Anglers worry about noise.", "Anglers", "about noise"),
    ("Wardens allege Lund stole the bell.", "Wardens", "Lund stole the bell"),
    ("Lund denied knowing the thief, wardens said.", "Lund", "knowing the thief"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "content"), FOUND)
def test_the_source_is_found(text: str, source: str, content: str, parses: Parses) -> None:
    assert (source, content) in sources_and_contents(text, parses)


@pytest.mark.parametrize(
    ("text", "stance"),
    [("Lund pleaded not guilty to robbery.", "denies"), ("Lund pleaded no contest to battery.", "confirms")],
)
def test_pleas(text: str, stance: str, parses: Parses) -> None:
    assert [quote.stance for quote in quotes_of(text, parses)] == [stance]


def test_neither_of_several_says_so(parses: Parses) -> None:
    assert all(quote.negated for quote in quotes_of("Neither Lund nor the abbey would comment on the theft.", parses))
