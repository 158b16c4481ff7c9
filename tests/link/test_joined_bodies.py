"""Bodies with "and" in their names; the source stands in [[ ]]. Expected are the names, else the descriptions."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents
from tests.link.test_speakers import speakers


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        # of two towns or regions, and of a town and what is around it
        ("[[Thames and Solent Police]] said the road was shut.", ["Thames and Solent Police"]),
        ("[[Rugby and Daventry Council]] has said it will appeal.", ["Rugby and Daventry Council"]),
        ("[[Norfolk and Suffolk Fire and Rescue Service]] said no.", ["Norfolk and Suffolk Fire and Rescue Service"]),
        ("[[Luton and District Hospitals NHS Trust]] said it was sorry.", ["Luton and District Hospitals NHS Trust"]),
        (
            "[[A spokesman for Rugby and Daventry Council]] said no.",
            ["A spokesman for Rugby and Daventry Council"],
        ),
        # of several fields
        ("[[The Ports, Ferries and Piers union]] said it would strike.", ["Ports, Ferries and Piers union"]),
        ("The Farms and Rivers committee met. [[The committee]] said no.", ["Farms and Rivers committee"]),
        ("[[The Office of Water and Drainage]] said no.", ["Office of Water and Drainage"]),
        ("[[His Majesty's Revenue and Customs]] said the tax was due.", ["His Majesty's Revenue and Customs"]),
        # two, each with a name of its own
        ("[[The Ministry of Ports and Oren Blake]] said no.", ["Ministry of Ports", "Oren Blake"]),
        ("[[Ada Brandt and Norfolk Police]] said no.", ["Ada Brandt", "Norfolk Police"]),
    ],
)
def test_bodies(marked: str, names: list[str], parses: Parses) -> None:
    assert [speaker.name or speaker.description for speaker in speakers(marked, parses)] == names


@pytest.mark.parametrize(
    ("text", "source"),
    [
        # from the name's beginning on, though the parser has its end for the subject
        (
            "The Department for Farms, Water and Forests said work was under way.",
            "The Department for Farms, Water and Forests",
        ),
        ("After the vote in Larn, the guild said work was under way.", "the guild"),
        ("In the Harbour Council, Norfolk Police said, nobody knew.", "Norfolk Police"),
    ],
)
def test_a_source_is_the_whole_name(text: str, source: str, parses: Parses) -> None:
    assert [found for found, _ in sources_and_contents(text, parses)] == [source]
