"""Whom descriptions, documents and pronouns for several take up; the source stands in [[ ]], then who is expected.

A name is expected, else the description; of several together each.
"""

import pytest

from tests.helpers.parses import Parses
from tests.link.test_speakers import speakers

DOCUMENTS = [
    # whoever speaks in a statement without a name
    ("In a statement on Monday, the coalition said a drone was shot down. [[The statement]] said no.", "the coalition"),
    (
        "Wardens at the reserve said in a statement on Sunday that the dam held. [[The statement]] said no.",
        "Wardens at the reserve",
    ),
    ("The wardens in a statement urged calm. [[The statement]] said no.", "The wardens"),
    ("Ada Brandt in a statement urged calm. [[The statement]] said no.", "Ada Brandt"),
    # whoever said something just before, where nothing brought the words up
    ("The Ports Ministry said Monday that the pier would be razed. [[The announcement]] said no.", "Ports Ministry"),
    ("The navy said Monday that the ship was found. It rained. [[The statement]] said no.", "The navy"),
    ("A diver said Monday that the ship was found. [[The statement]] said no.", "The statement"),
    ("The navy found the ship. [[The statement]] said no.", "The statement"),
    # by whom it was published
    (
        "A joint study published by the Larn Eel Board was out. [[The study]] found few eels.",
        "A joint study published by the Larn Eel Board",
    ),
    # what the lead only calls new
    (
        "Eels are rare, [[a new report]] says. The report by the Larn Eel Board is long.",
        "The report by the Larn Eel Board",
    ),
    (
        "Rents rose, [[new figures]] show. The figures, published by Larn Homes, are long.",
        "The figures, published by Larn Homes",
    ),
    ("Eels are rare, [[a new report]] says. The report is long.", "a new report"),
    ("Eels are rare, [[a Larn report]] says. The report by the Larn Eel Board is long.", "a Larn report"),
]


@pytest.mark.parametrize(("marked", "name"), DOCUMENTS)
def test_who_speaks_in_a_document(marked: str, name: str, parses: Parses) -> None:
    assert [speaker.name or speaker.description for speaker in speakers(marked, parses)] == [name]


SEVERAL = [
    # a plural has the place of the number that counts it
    ("All nine members of the board wrote. Hundreds of pupils came by. [[They]] sang loudly.", ["Hundreds of pupils"]),
    ("Two of the divers spoke to the Larn Herald. [[They]] said no.", ["Two of the divers"]),
    ("The crew fed gulls. One of the divers spoke to tourists. [[They]] said no.", ["The crew"]),
    # whom a bare word counts
    ("Hungry families have been at the depot for days. [[Some]] said no.", ["Hungry families"]),
    ("Thousands of hikers waited. [[Several]] said no.", ["hikers"]),
    ("Hikers were found. Many said yes. [[A few]] said no.", ["Hikers"]),
    ("Hikers were found. It rained. [[Many]] said no.", ["Many"]),
    ("Hikers were found. [[Some of the guides]] said no.", ["Some of the guides"]),
    ("People were found. [[Some]] said no.", ["Some"]),
    # two who were named together
    ("Ada Brandt and Oren Blake were at the beach. [[Both]] said no.", ["Ada Brandt", "Oren Blake"]),
    ("Ada Brandt was at the beach. [[Both]] said no.", ["Both"]),
]


@pytest.mark.parametrize(("marked", "names"), SEVERAL)
def test_who_several_are(marked: str, names: list[str], parses: Parses) -> None:
    assert [speaker.name or speaker.description for speaker in speakers(marked, parses)] == names


COMPANIES = [
    # a firm that is new right after the one that the article is about is only compared with it
    (
        "Norland Airways shut its shops. Harrow Foods Inc. kept some. [[The company]] said no. Norland Airways grew. "
        "Norland Airways has a hub.",
        "Norland Airways",
    ),
    (
        "Norland Airways shut its shops. Harrow Foods Inc. kept some. [[The company]] said no. Norland Airways grew. "
        "Harrow Foods Inc. has a mill.",
        "Harrow Foods Inc.",
    ),
    # nor is a rival meant
    (
        "Norland Airways is shut. Rival Harrow Foods closed a mill. [[The company]] said no.",
        "Norland Airways",
    ),
    (
        "Norland Airways is shut. New Harrow Foods closed a mill. [[The company]] said no.",
        "New Harrow Foods",
    ),
    # no institute is a company
    ("The Larn Institute criticised Norland Airways. [[The company]] said no.", "Norland Airways"),
]


@pytest.mark.parametrize(("marked", "name"), COMPANIES)
def test_which_firm_the_company_is(marked: str, name: str, parses: Parses) -> None:
    assert [speaker.name or speaker.description for speaker in speakers(marked, parses)] == [name]


NAMED_NEXT = [
    # who says the quotation of the next sentence, wherever the parser sees its root
    ("[[A villager]] said it was late. “We waited for days and had to go home,” Ada Brandt said.", ["Ada Brandt"]),
    ("[[A villager]] said it was late. It rained. “We waited for days,” Ada Brandt said.", ["A villager"]),
    # of whom only the firm is told, but no newspaper's reporter
    ("[[A surgeon]] said it was late. Larn Hospital's Ada Brandt said it rained.", ["Ada Brandt"]),
    ("[[A surgeon]] said it was late. The BBC's Ada Brandt said it rained.", ["A surgeon"]),
    # as many as are named together
    (
        "[[Two former judges]] said it was late. “It is void,” wrote Ada Brandt and Oren Blake.",
        ["Ada Brandt", "Oren Blake"],
    ),
    ("[[Two lawmakers]] said it was late. Ada Brandt and Oren Blake said it rained.", ["Ada Brandt", "Oren Blake"]),
    ("[[Three lawmakers]] said it was late. Ada Brandt and Oren Blake said it rained.", ["Three lawmakers"]),
    ("[[The two lawmakers]] said it was late. Ada Brandt and Oren Blake said it rained.", ["The two lawmakers"]),
    ("[[Two lawmakers]] said it was late. Ada Brandt met Oren Blake.", ["Two lawmakers"]),
    # nobody named is somebody who is not to be named
    ("Senator Ada Brandt met miners. [[The senator, who refused to be identified]], said no.", ["The senator"]),
    ("Senator Ada Brandt met miners. [[The senator, who spoke anonymously]], said no.", ["The senator"]),
    ("Senator Ada Brandt met miners. [[The senator, who was not there]], said no.", ["Ada Brandt"]),
]


@pytest.mark.parametrize(("marked", "names"), NAMED_NEXT)
def test_whom_the_next_sentence_names(marked: str, names: list[str], parses: Parses) -> None:
    assert [speaker.name or speaker.description for speaker in speakers(marked, parses)] == names
