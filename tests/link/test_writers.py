"""Whose an "I" is that stands in nobody's words: a credit or a note on the author tells; expected are name and role."""

import pytest

from pipeline.corpus import make_article
from tests.helpers.parses import Parses
from tests.link.test_speakers import resolver

WRITERS = [
    ("By Lena Quist\n\nI believe that the pier should close. It is old.", "Lena Quist", ""),
    (
        "The old pier\n\nBy Lena Quist, Larn Gazette\n\nI believe that it should close. It is old.",
        "Lena Quist",
        "",
    ),
    (
        "Sirs, I believe that the pier must close. It is old.\n\nShips need room.\n\nTom Vane is a pilot in Larn.",
        "Tom Vane",
        "pilot in Larn",
    ),
    # two of them, or somebody of whom the article tells besides
    ("By Lena Quist and Tom Vane\n\nI believe that the pier should close. It is old.", "", ""),
    (
        "Sirs, I believe that Vane must close it. It is old.\n\nShips need room.\n\nTom Vane is a pilot in Larn.",
        "",
        "",
    ),
    # "we" may be anybody's
    ("By Lena Quist\n\nWe believe that the pier should close. It is old.", "", ""),
    # who is quoted says it
    ("By Lena Quist\n\n“I believe that the pier should close,” said Tom Vane.", "Tom Vane", ""),
]


@pytest.mark.parametrize(("text", "name", "role"), WRITERS)
def test_whose_an_i_is(text: str, name: str, role: str, parses: Parses) -> None:
    article = make_article(text, file="larn.txt")
    asked = resolver(article, parses)
    start = text.index("I believe") if "I believe" in text else text.index("We believe")
    (speaker,) = asked.resolve(((start, text.index(" believe")),))
    assert (speaker.name, speaker.role) == (name, role)
