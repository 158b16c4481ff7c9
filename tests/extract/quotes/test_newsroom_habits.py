"""Forms that some newsrooms use at every turn: datelines with a colon, "as per", "said this while", odd verbs."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import quotes_of, sources_and_contents

FOUND = [
    ("As per the wardens, two boats sank.", "the wardens", "two boats sank"),
    ("Two boats sank at dawn, as per the wardens.", "the wardens", "Two boats sank at dawn"),
    ("The abbot tasked the monks to mend the roof.", "The abbot", "to mend the roof"),
    ('"It never rains here," opined the miller.', "the miller", '"It never rains here,"'),
    ('"It never rains here," narrated Ivo, a miller.', "Ivo", '"It never rains here,"'),
    ('"The vote was fair," Chairman Atty. Ivo Lund said.', "Chairman Atty. Ivo Lund", '"The vote was fair,"'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "content"), FOUND)
def test_who_says_what(text: str, source: str, content: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses) == [(source, content)]


@pytest.mark.parametrize(
    "text",
    [
        "The abbot, Ivo Lund, disclosed this to monks on Friday in Osk.",
        "The clerk confirmed this to the Gazette on Monday.",
    ],
)
def test_what_only_points_back_is_no_content(text: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses) == []


DATELINES = [
    ("MULTAN: Two boats sank on Monday, police said.", [("police", "Two boats sank on Monday")]),
    ("KUCHING (Sept 4): The state will build a dam, said the clerk.", [("the clerk", "The state will build a dam")]),
    ("Dam to be built\n\nNorth gets its dam.\n\nWEST OLLEM: The dam is 'big'.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows"), DATELINES)
def test_a_dateline_with_a_colon_is_no_speaker(text: str, rows: list[tuple[str, str]], parses: Parses) -> None:
    assert sources_and_contents(text, parses) == rows


def test_a_label_of_a_speaker_stays(parses: Parses) -> None:
    assert ("WARDEN", "We never saw a boat.") in sources_and_contents("WARDEN: We never saw a boat.", parses)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The bishop has sought the mayor's resignation.", "demands"),
        ("The minister rubbished claims that the vote was rigged.", "denies"),
        ("The wardens flayed the council over the leak.", "criticises"),
    ],
)
def test_stances(text: str, stance: str, parses: Parses) -> None:
    assert stance in [quote.stance for quote in quotes_of(text, parses)]
