"""Who gives the answers of an interview with "Q:" and "A:", and which answers are found."""

import pytest

from pipeline.link.interviews import name_answers
from tests.helpers.parses import Parses, plain_article
from tests.link.test_speakers import resolver

ASKED = "Q: Why?\n\nA: Flour costs too much.\n\nQ: Since when?\n\nA: Since May."
SPEAKING = "Q: Why?\n\nA: My sister says I am too slow.\n\nQ: Since when?\n\nA: Since May. Bakers say rye is worse."

INTERVIEWS = [
    ("Lena Quist runs a mill in Larn.", ASKED, ["Flour costs too much.", "Since May."], "Lena Quist"),
    # the only one named
    ("We met Lena Quist, a miller, in Larn.", ASKED, ["Flour costs too much.", "Since May."], "Lena Quist"),
    ("Readers rang Lena Quist and Oren Vane.", ASKED, ["Flour costs too much.", "Since May."], ""),
    # somebody speaks of himself and of what others say
    (
        "We met Lena Quist, a miller, in Larn.",
        SPEAKING,
        ["My sister says I am too slow.", "Since May. Bakers say rye is worse."],
        "Lena Quist",
    ),
    # a reader's guide
    ("Prices rose in May.", "Q: Why?\n\nA: Bakers say flour costs too much.", [], ""),
    ("Prices rose in May.", "Q: Why?\n\nA: “I pay too much,” baker Lena Quist said.", [], ""),
    # what is told behind the last answer is none
    (
        "Lena Quist runs a mill in Larn.",
        f"{SPEAKING}\n\nQuist laughs, then starts the wheel. She says the mill is old.",
        ["My sister says I am too slow.", "Since May. Bakers say rye is worse."],
        "Lena Quist",
    ),
]


@pytest.mark.parametrize(("lead", "asked", "answers", "name"), INTERVIEWS)
def test_answers(lead: str, asked: str, answers: list[str], name: str, parses: Parses) -> None:
    text = f"{lead}\n\n{asked}"
    sources = resolver(plain_article(text), parses)
    named = [sources.resolve(quote.source) for quote in sources.quotes]
    speakers = name_answers(sources.quotes, named, sources.index, sources.speaker_interviewed)
    found = [
        (" ".join(text[slice(*span)] for span in quote.content), [speaker.name for speaker in speaking])
        for quote, speaking in zip(sources.quotes, speakers, strict=True)
        if [text[slice(*span)] for span in quote.cue] == [":"]
    ]
    assert found == [(answer, [name] if name else []) for answer in answers]
