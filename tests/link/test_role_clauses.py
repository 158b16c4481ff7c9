"""What a clause tells of somebody's work or office, and whose role a role is: text with the source in [[ ]]."""

import pytest

from tests.helpers.parses import Parses
from tests.link.test_speakers import speakers

#: Sources with the names and the roles expected.
ROLES = [
    # by what somebody does
    ("[[Rosa Marten, who heads the harbour council]], said no.", "Rosa Marten", "heads the harbour council"),
    (
        "[[Karl Weil, who led the ferry survey from 2001 to 2009]], said no.",
        "Karl Weil",
        "led the ferry survey from 2001 to 2009",
    ),
    ("[[Dina Wolff, who studies seals at Larn College]], said no.", "Dina Wolff", "studies seals at Larn College"),
    ("[[Kim Reyes, who manages the campsite, where 200 people live]], said no.", "Kim Reyes", "manages the campsite"),
    (
        "[[Elsa Brink, who chaired a meeting of all ports that trade in grain]], said no.",
        "Elsa Brink",
        "chaired a meeting of all ports",
    ),
    ("[[Faye Dale, who works at the hospice]], said no.", "Faye Dale", "works at the hospice"),
    ("[[The grocer Ada Holm, who chairs the harbour board]], said no.", "Ada Holm", "grocer"),
    ("[[Jack Dunn, who works in Leeds]], said no.", "Jack Dunn", ""),
    ("[[Kim Reyes, who headed home]], said no.", "Kim Reyes", ""),
    ("[[Ian Foss, who will head the inquiry]], said no.", "Ian Foss", ""),
    ("[[Peter Aas, who ran the marathon]], said no.", "Peter Aas", ""),
    # by a trade, for how long or for whom
    ("[[Faye Dale, who is a plumber in the harbour,]] said no.", "Faye Dale", "plumber in the harbour"),
    ("[[Jack Dunn, who has driven a tram since 2004,]] said no.", "Jack Dunn", "has driven a tram since 2004"),
    (
        "[[Kim Reyes, who has worked at the bakery for ten years,]] said no.",
        "Kim Reyes",
        "has worked at the bakery for ten years",
    ),
    ("[[Kim Reyes, who used to work at the bakery,]] said no.", "Kim Reyes", "used to work at the bakery"),
    ("[[Ian Foss, who helps run a shelter,]] said no.", "Ian Foss", "helps run a shelter"),
    ("[[Elsa Brink, who manages $4 billion at the fund,]] said no.", "Elsa Brink", "manages $4 billion at the fund"),
    (
        "[[Dina Wolff, who tracks the grain market for Larn Bank,]] said no.",
        "Dina Wolff",
        "tracks the grain market for Larn Bank",
    ),
    ("[[Faye Dale, who is not a plumber,]] said no.", "Faye Dale", ""),
    ("[[Faye Dale, who was a plumber for years,]] said no.", "Faye Dale", ""),
    ("[[Faye Dale, who is a woman of few words,]] said no.", "Faye Dale", ""),
    ("[[Jack Dunn, who has driven a long way,]] said no.", "Jack Dunn", ""),
    ("[[Dina Wolff, who follows the team,]] said no.", "Dina Wolff", ""),
    # by the noun before a clause that gives the name
    ("A 40-year-old plumber who gave his name as [[Pedro]] said the house was dry.", "Pedro", "40-year-old plumber"),
    ("A grocer who identified herself as [[Nadia]] said the shop was shut.", "Nadia", "grocer"),
    ("[[A cook who gave only his first name, Karl,]] said the shop was shut.", "Karl", "cook"),
    ("A pilot who asked to be identified only as [[Nadia]] said no.", "Nadia", "pilot"),
    ("A woman who gave her name as [[Nadia]] said no.", "Nadia", ""),
    ("A coach who named his successor as [[Pedro]] said the ground was wet.", "Pedro", ""),
    # by a part in a trial
    ("[[Rosa Marten, defending,]] said no.", "Rosa Marten", "defending"),
    ("[[Karl Weil KC, for the prosecution,]] said no.", "Karl Weil", "for the prosecution"),
    ("Prosecuting, [[Rosa Marten]] said no.", "Rosa Marten", "Prosecuting"),
    ("The court rose. In mitigation, [[Karl Weil]] said no.", "Karl Weil", "In mitigation"),
    ("“He is sorry,” said [[Rosa Marten, for the defence]].", "Rosa Marten", "for the defence"),
    ("[[Rosa Marten]], defending the plan, said no.", "Rosa Marten", ""),
    ("[[Karl Weil]], for the first time, said no.", "Karl Weil", ""),
    # by an office taken
    (
        "Petra Lindqvist was named chairman of Larn Trust Corp. on Friday. [[Lindqvist]] said no.",
        "Petra Lindqvist",
        "chairman of Larn Trust Corp.",
    ),
    (
        "The board appointed Petra Lindqvist as its new director. [[Lindqvist]] said no.",
        "Petra Lindqvist",
        "new director",
    ),
    ("Petra Lindqvist works as a nurse. [[Lindqvist]] said no.", "Petra Lindqvist", "nurse"),
    ("Petra Lindqvist would be appointed director. [[Lindqvist]] said no.", "Petra Lindqvist", ""),
    # whoever holds a role with an organisation whose name has "of" in it
    (
        "[[The Nurses' Federation of Norland's policy director, Colin Brack,]] said no.",
        "Colin Brack",
        "Nurses' Federation of Norland's policy director",
    ),
    (
        "[[The Port Authority of Larn's head of security, Omar Hale,]] said no.",
        "Omar Hale",
        "Port Authority of Larn's head of security",
    ),
    ("[[The Bank of Larn's refusal to lend to Ada Brandt]] showed that it was afraid.", "Bank of Larn", ""),
    # whoever is based in a town, and below a picture
    ("[[Redmond, Washington-based Orbital Works]] said no.", "Orbital Works", ""),
    (
        "[[Boulder, Colorado-based climate scientist Ann Poole]] said no.",
        "Ann Poole",
        "Colorado-based climate scientist",
    ),
    ("[[Getty Senator Ann Poole]] said no.", "Ann Poole", "Senator"),
    ("[[AFP correspondent Ann Poole]] said no.", "Ann Poole", "AFP correspondent"),
    # titles: abbreviated, within the name to the parser, behind the name
    ("[[Supt. Omar Hale]] said no.", "Omar Hale", "Supt."),
    ("“It rained,” said [[Constable Pauline Hargrove]], who left.", "Pauline Hargrove", "Constable"),
    ("“It rained,” said [[Coun. Pauline Hargrove]].", "Pauline Hargrove", "Coun."),
    ("[[Chairman Brian Holm]] said no.", "Brian Holm", "Chairman"),
    ("[[Tessa Wynn MP]] said no.", "Tessa Wynn", "MP"),
    ("[[Tessa Wynn MP, the shadow minister for trade]], said no.", "Tessa Wynn", "shadow minister for trade"),
    ("[[Tessa Wynn KC]] said no.", "Tessa Wynn", ""),
    ("[[Tessa Wynn, PhD, a chemist at Larn College]], said no.", "Tessa Wynn", "chemist at Larn College"),
    # whom the parser has no name of, or whose role it took for the clause
    ("[[The ferry safety agency UKPQO]] said no.", "UKPQO", "ferry safety agency"),
    (
        "[[Stuart Orm, research leader in ports at the Larn Europe think tank]], says that trade is good.",
        "Stuart Orm",
        "research leader in ports at the Larn Europe think tank",
    ),
    # somebody's, by "whose"
    ("Ana Silva, whose husband Rui Silva sailed, was calm. [[Rui Silva]] said it was late.", "Rui Silva", "husband"),
    # each of several
    ("Board members Jim Crowe and Bill Ragg voted no. [[Ragg]] said it was late.", "Bill Ragg", "Board members"),
    ("Two Kenyan tourists, Paul and Susie Roe, ran. [[Paul Roe]] said it was late.", "Paul Roe", "Kenyan tourists"),
    ("Residents say Carl Dunn and Petra Lindqvist ran. [[Dunn]] said it was late.", "Carl Dunn", ""),
    ("Board members Jim Crowe and Bill Ragg met. [[Crowe, a grocer]], said no.", "Jim Crowe", "grocer"),
    # a person to the parser an organisation
    ("[[Petra Sand, another resident]], said no.", "Petra Sand", "another resident"),
    ("[[Petra Sand, 45]], said no.", "Petra Sand", ""),
    (
        "[[Velu Alem-Brekhan, director-general of the health body]], said no.",
        "Velu Alem-Brekhan",
        "director-general of the health body",
    ),
]


@pytest.mark.parametrize(("marked", "name", "role"), ROLES)
def test_role(marked: str, name: str, role: str, parses: Parses) -> None:
    assert [(speaker.name, speaker.role) for speaker in speakers(marked, parses)] == [(name, role)]


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("[[Petra Sand, another resident]], said no.", "person"),
        ("[[Morgan Stanley, a bank]], said no.", "organisation"),
        ("[[Human Rights Watch, author of the report]], said no.", "organisation"),
        ("[[Morgan Stanley, the underwriter of the sale]], said no.", "organisation"),
    ],
)
def test_what_stands_behind_a_name_tells_a_person(marked: str, kind: str, parses: Parses) -> None:
    assert [speaker.type for speaker in speakers(marked, parses)] == [kind]


@pytest.mark.parametrize(
    ("marked", "role"),
    [
        ("“No,” said [[Petra Sand]], tears in her eyes.", ""),
        ("“No,” said [[Petra Sand]], her hands shaking badly.", ""),
        ("“No,” said [[Petra Sand]], a hand on her hip.", ""),
        ("“No,” said [[Petra Sand]], the right hand of the premier.", "right hand of the premier"),
        ("“No,” said [[Petra Sand]], his neighbor living in Larn.", "neighbor"),
    ],
)
def test_how_somebody_looked_is_no_role(marked: str, role: str, parses: Parses) -> None:
    assert [speaker.role for speaker in speakers(marked, parses)] == [role]


@pytest.mark.parametrize(
    ("marked", "role"),
    [
        ("Nora Brink swims a lot. Brink is a student at Larn College. [[Brink]] said no.", "student at Larn College"),
        ("Nora Brink lives in Leeds and is head of the seal team. [[Brink]] said no.", "head of the seal team"),
        ("Nora Brink is not a nurse. [[Brink]] said no.", ""),
        ("Nora Brink is a friend of his. [[Brink]] said no.", ""),
        ("“Nora Brink is a fool and a plumber,” he said. [[Brink]] said no.", ""),
    ],
)
def test_what_a_sentence_says_somebody_is(marked: str, role: str, parses: Parses) -> None:
    assert [speaker.role for speaker in speakers(marked, parses)] == [role]
