"""Somebody of a body, with two offices, or with a degree alone before the name; the source stands in [[ ]].

Expected is the name, else the description, and then the role.
"""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents
from tests.link.test_speakers import speakers


@pytest.mark.parametrize(
    ("marked", "name", "role"),
    [
        # of a body, whose name stands behind its noun
        ("[[Nora Brink of the charity Larnaid]] said no.", "Nora Brink", "of the charity Larnaid"),
        ("[[Nora Brink, of the campaign group Tidewatch,]] said no.", "Nora Brink", "of the campaign group Tidewatch"),
        (
            "[[The director of the charity Larnaid]] said no.",
            "The director of the charity Larnaid",
            "director of the charity Larnaid",
        ),
        ("[[The charity Larnaid]] said no.", "Larnaid", "charity"),
        # a degree alone tells less than where somebody works, or what he does
        ("[[Dr Nora Brink, of the University of Larn,]] said no.", "Nora Brink", "of the University of Larn"),
        (
            "[[Prof Nora Brink, from the Institute of Ports,]] said no.",
            "Nora Brink",
            "Prof, from the Institute of Ports",
        ),
        ("[[Dr Nora Brink, who leads the seal survey,]] said no.", "Nora Brink", "leads the seal survey"),
        ("[[Dr Nora Brink, a vet from Leeds,]] said no.", "Nora Brink", "Dr, vet from Leeds"),
        ("[[Dr Nora Brink]] said no.", "Nora Brink", "Dr"),
        ("[[Captain Nora Brink, of the Larn Navy,]] said no.", "Nora Brink", "Captain"),
        # of a body, with the name behind that
        ("[[Chief executive of Larn Council Nora Brink]] said no.", "Nora Brink", "Chief executive of Larn Council"),
        (
            "[[The chair of the harbour committee Sir Omar Vogel]] said no.",
            "Omar Vogel",
            "chair of the harbour committee",
        ),
        (
            "[[General secretary of the ferry union Nora Brink]] said no.",
            "Nora Brink",
            "General secretary of the ferry union",
        ),
        (
            "[[A driver for the firm Nora Brink founded]] said no.",
            "A driver for the firm Nora Brink founded",
            "",
        ),
        ("[[Nora Brink, Co-Founder of Larnsoft,]] said no.", "Nora Brink", "Co-Founder of Larnsoft"),
        ("[[Norland's Secretary of State Nora Brink]] said no.", "Nora Brink", "Norland's Secretary of State"),
        (
            "[[Piet Vogel, an analyst for the investment firm Hale Morrow Stone,]] said no.",
            "Piet Vogel",
            "analyst for the investment firm Hale Morrow Stone",
        ),
        # two offices
        ("“It grows,” said [[founder and CEO Nora Brink]].", "Nora Brink", "founder and CEO"),
        ("[[Larnsoft owner and head chef Piet Vogel]] said no.", "Piet Vogel", "Larnsoft owner and head chef"),
        (
            "“It grows,” said [[president and chief economist Nora Brink]].",
            "Nora Brink",
            "president and chief economist",
        ),
        # a rank between an office and the name
        (
            "[[Norland's Chief of Army Staff General Piet Vogel]] said no.",
            "Piet Vogel",
            "Norland's Chief of Army Staff General",
        ),
        ("[[Chief of the Naval Staff Admiral Nora Brink]] said no.", "Nora Brink", "Chief of the Naval Staff Admiral"),
        ("[[Director of Public Works Dr Nora Brink]] said no.", "Nora Brink", "Director of Public Works"),
        # kin of somebody named are somebody else
        (
            "[[The widow of Army General Piet Vogel]] said no.",
            "The widow of Army General Piet Vogel",
            "widow of Army General Piet Vogel",
        ),
        ("[[The son of actress Nora Brink]] said no.", "The son of actress Nora Brink", "son of actress Nora Brink"),
        # what is no person is no role, what may be one is
        ("After telling of his support for Omar Hale, [[Piet Vogel]] said no.", "Piet Vogel", ""),
        ("[[Piet Vogel, a plumbing contractor,]] said no.", "Piet Vogel", "plumbing contractor"),
        ("[[Piet Vogel, a senior fellow at Larn College,]] said no.", "Piet Vogel", "senior fellow at Larn College"),
        ("[[Piet Vogel, the mayor-elect,]] said no.", "Piet Vogel", "mayor-elect"),
        # the parser has the name beside the ministry, and beside the ferry firm
        (
            "On Monday [[a spokesman for Norland's Foreign ministry, Nora Brink]], alleged that gas had leaked.",
            "Nora Brink",
            "spokesman for Norland's Foreign ministry",
        ),
        (
            "The leak shows how one flaw may turn into a serious blow to a ferry firm, [[Piet Vogel]], Larn Steel CEO "
            "and an early member of the guild, told Larn Radio.",
            "Piet Vogel",
            "Larn Steel CEO and an early member of the guild",
        ),
        # a title that the parser has for a name, and one of several
        (
            "[[Piet Vogel, Chief Veterinarian of the Norland Department of Seals]], confirms that seals died.",
            "Piet Vogel",
            "Chief Veterinarian of the Norland Department of Seals",
        ),
        ("[[One of the pier owners, Piet Vogel]], has said he will wait.", "Piet Vogel", "One of the pier owners"),
        # no name is none
        ("[[Nora (not her real name), a nurse from Leeds,]] said no.", "Nora", "nurse from Leeds"),
        ("[[Piet, a pseudonym,]] said no.", "Piet", ""),
        # words with a hyphen
        ("[[Nora Brink, a co-author of the study,]] said no.", "Nora Brink", "co-author of the study"),
        ("[[Ex-mayor Piet Vogel]] said no.", "Piet Vogel", "Ex-mayor"),
        ("[[Vice-President Nora Brink]] said no.", "Nora Brink", "Vice-President"),
        ("[[Piet Vogel, an ex-soldier from Leeds,]] said no.", "Piet Vogel", "ex-soldier from Leeds"),
    ],
)
def test_roles(marked: str, name: str, role: str, parses: Parses) -> None:
    assert [(speaker.name or speaker.description, speaker.role) for speaker in speakers(marked, parses)] == [
        (name, role)
    ]


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("[[The founder and the mayor]] said no.", ["The founder", "the mayor"]),
        ("[[The head of the union and Nora Brink]] said no.", ["The head of the union", "Nora Brink"]),
        ("[[Harbour board leader Omar Berger and House clerk Piet Vogel]] said no.", ["Omar Berger", "Piet Vogel"]),
        ("[[Her sister and Nora Brink]] said no.", ["Her sister", "Nora Brink"]),
        ("[[Nora Brink and her co-writer]] said the play was long.", ["Nora Brink", "her co-writer"]),
        ("[[Nora Brink and her co-author, Piet Vogel,]] had said no.", ["Nora Brink", "Piet Vogel"]),
    ],
)
def test_two_are_two(marked: str, names: list[str], parses: Parses) -> None:
    assert [speaker.name or speaker.description for speaker in speakers(marked, parses)] == names


@pytest.mark.parametrize(
    ("text", "source"),
    [
        # the parser has the charity for a second subject
        ("Nora Brink of the charity Larnaid said boats were missing.", "Nora Brink of the charity Larnaid"),
        (
            "Piet Vogel from the aid group Salvia told reporters the road was shut.",
            "Piet Vogel from the aid group Salvia",
        ),
        ("A driver for the bus firm Velora said the road was shut.", "A driver for the bus firm Velora"),
        ("Nora Brink, of the charity, and Larnaid said boats were missing.", "Larnaid"),
    ],
)
def test_a_member_is_the_source(text: str, source: str, parses: Parses) -> None:
    assert [found for found, _ in sources_and_contents(text, parses)] == [source]


def test_said_from_behind_the_verb(parses: Parses) -> None:
    marked = "“It is late,” said [[Professor Nora Brink, from Larn College, a co-author of the report]]."
    assert [speaker.role for speaker in speakers(marked, parses)] == ["Professor, co-author of the report"]
