"""What becomes known, of which nobody is told to say so: "The pier will close, it is understood"."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents


@pytest.mark.parametrize(
    ("content", "end"),
    [
        ("A man who walked into the bank with a toy pistol had asked for water", "it emerged yesterday"),
        ("The minister is unlikely to survive the vote", "it is understood"),
        ("Two more parishes are to lose their evening bus", "it has been announced"),
        ("A new pier is planned for the west bay", "it was revealed on Monday"),
        ("The actor's last film will open in May", "it was confirmed today"),
        ("The two leaders had met in secret a month before", "it transpired"),
        ("The club's ground is to be sold to a supermarket", "it has been claimed"),
        ("Three directors have already resigned", "it is believed"),
        ("Police are treating the death as murder", "it was reported last night"),
        ("The letter had been in a drawer since 1944", "it was disclosed at the hearing"),
    ],
)
def test_what_becomes_known_stands_first(content: str, end: str, parses: Parses) -> None:
    assert ("", content) in sources_and_contents(f"{content}, {end}.", parses)


@pytest.mark.parametrize(
    "text",
    [
        "The lamp was old, and it was announced by a bell.",
        "The train was late when it was announced.",
        "The moth was white as it emerged.",
        "The ring was lost, it was gold.",
        "The pond froze, it is found in a wood.",
        "The virus is small; it is seen in bats.",
        "The goat was sold, it was seven.",
        "The bill died before it was understood.",
        "The law was dead, it had been badly made.",
        "The cat came in, it was fed.",
    ],
)
def test_it_is_something(text: str, parses: Parses) -> None:
    assert not any(text.startswith(content) for _, content in sources_and_contents(text, parses))
