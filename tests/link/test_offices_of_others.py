"""Whom an office, a body or "her doctor" does not mean: the source stands in [[ ]], then who is expected."""

import pytest

from tests.helpers.parses import Parses
from tests.link.test_speakers import speakers

RANKS = [
    # a bare office is not that of whoever shadows it, stands in for it or had it
    ("Shadow treasurer Vera Quill called it theft. [[The treasurer]] said no.", "The treasurer"),
    ("[[The transport secretary]] said no. Shadow transport secretary Vera Quill said yes.", "The transport secretary"),
    ("Party leader Ivar Holm left. Deputy party leader Vera Quill stayed. [[The party leader]] said no.", "Ivar Holm"),
    ("[[The fire chief]] said no. Former fire chief Vera Quill said yes.", "The fire chief"),
    ("[[The manager]] said no. Former manager Vera Quill said yes.", "The manager"),
    ("Vice-chairman Vera Quill left. [[The chairman]] said no.", "The chairman"),
    ("Ex-mayor Vera Quill opened the bridge. [[The mayor]] said no.", "The mayor"),
    (
        "[[The chair of the trust]] said no. Vera Quill, the chair of the governing body, said yes.",
        "The chair of the trust",
    ),
    # unless it has the rank itself, or the field between is left out
    ("Shadow treasurer Vera Quill called it theft. [[The shadow treasurer]] said no.", "Vera Quill"),
    ("Former manager Vera Quill left. [[The former manager]] said no.", "Vera Quill"),
    ("Deputy ports minister Vera Quill left. [[The minister]] said no.", "Vera Quill"),
    ("Vera Quill, the chair of the school board, left. [[The chair of the board]] said no.", "Vera Quill"),
]

SPOKEN_FOR = [
    # whoever speaks for somebody or is close to him is another, whatever title stands before the name
    ("Vera Quill is ill. [[A spokeswoman for Mrs Quill]] said no.", "A spokeswoman for Mrs Quill"),
    ("Vera Quill is ill. “No,” [[an insider close to Dr Quill]] said.", "an insider close to Dr Quill"),
    ("Vera Quill is ill. [[Advisers to Senator Quill]] said no.", "Advisers to Senator Quill"),
    ("Vera Quill is ill. [[The brother of Captain Quill]] said no.", "The brother of Captain Quill"),
    ("Vera Quill is ill. [[An aide to Leeds mayor Vera Quill]] said no.", "An aide to Leeds mayor Vera Quill"),
    ("Vera Quill is ill. [[The office of Ms Quill]] said no.", "The office of Ms Quill"),
    # a title behind somebody's field is his own
    ("[[The Bakers of Leeds chairman Vera Quill]] said no.", "Vera Quill"),
    ("Vera Quill is ill. [[A letter from Mrs Quill]] said no.", "Vera Quill"),
]

VICTIMS = [
    # the dead say nothing; whoever was hurt is rarely the mayor or another trade
    ("Vera Quill, 70, died on Monday. [[The vicar]] said she was kind.", "The vicar"),
    ("A lorry killed Vera Quill on Monday. [[The landlord]] said she was kind.", "The landlord"),
    ("Vera Quill's funeral was on Monday. [[The governor]] said she was kind.", "The governor"),
    ("Vera Quill was stabbed in May. [[The mayor]] said the street was safe.", "The mayor"),
    ("Vera Quill, a baker, was struck by a van. [[The driver]] said it was dark.", "The driver"),
    ("Vera Quill was knocked down in May. [[The cyclist]] said it was dark.", "Vera Quill"),
    ("Vera Quill nearly drowned in May. [[The novelist]] said it was dark.", "Vera Quill"),
    ("Poet Vera Quill died on Monday. [[The poet]] said in 1990 that she was tired.", "Vera Quill"),
    ("Vera Quill won the cup in May. [[The driver]] said it was dark.", "Vera Quill"),
]

PRIVATE = [
    # "her doctor" is none who is brought up as anybody later
    ("[[Her dentist]] said no. It went on. Vera Quill, a dentist in Leeds, said it was late.", "Her dentist"),
    ("[[His coach]] said no. “It helps,” said Vera Quill, a coach and writer.", "His coach"),
    ("[[Her doctor]] said no. “It hurts,” said Dr Vera Quill, head of surgery at Larn Clinic.", "Her doctor"),
    ("Ivar Holm was jailed. [[His lawyer]] said no. It rained. Holm's lawyer, Vera Quill, left.", "Vera Quill"),
    ("Ivar Holm fell ill. [[His doctor]] said no. It rained. Dr Vera Quill left.", "Vera Quill"),
]

COLLEAGUES = [
    # a like job of whom the next sentence names is no sign where one has left it or answers for a deed
    ("[[A former nurse]] has spoken of her shame. Matron Vera Quill said it was late.", "A former nurse"),
    ("[[A teacher]] has admitted theft. Headteacher Vera Quill said it was late.", "A teacher"),
    ("[[A detective]] has told a court he was beaten. Det Sgt Vera Quill said it was late.", "A detective"),
    ("[[A surgeon]] has warned of long waits. Consultant surgeon Vera Quill said it was late.", "Vera Quill"),
    ("[[A teacher]] has admitted theft. Teacher Vera Quill, 40, told the court it was late.", "Vera Quill"),
]

PARTIES = [
    # a party is no firm, and a coalition in capitals is one by that name
    ("Labour wants a ban. [[The company]] said no.", "The company"),
    ("Fine Gael wants a ban. [[The firm]] said no.", "The firm"),
    ("Labor wants a ban. [[The Coalition]] said no.", "The Coalition"),
    ("Labour wants a ban. [[The party]] said no.", "Labour"),
    ("The Clean Rivers Coalition wants a ban. [[The coalition]] said no.", "Clean Rivers Coalition"),
]

IDENTIFIED = [
    # the name that "is" gives a description
    ("The team's captain is Vera Quill, a nurse. [[She]] said no.", "Vera Quill"),
    ("The caller turned out to be a retired pilot, Ivar Holm. [[He]] said no.", "Ivar Holm"),
    ("Ada Moss got a parcel. The sender was a former nun, Vera Quill. [[She]] said no.", "Vera Quill"),
    ("Ivar Holm, the mayor's cousin, left. [[The mayor]] said no.", "The mayor"),
]

NEXT_PARAGRAPH = [
    # a body that the lead brings up and the next paragraph names
    ("[[A housing charity]] warned on Monday of high rents.\n\nRentwatch said they had doubled.", "Rentwatch"),
    ("[[A shipping company]] said on Monday it was broke.\n\nPolmar said 300 jobs were at risk.", "Polmar"),
    ("[[An E.U. agency]] warned on Monday of a drought.\n\nThe farmers wept.", "E.U. agency"),
    # not one that may answer, is of another kind or is told of in the same paragraph
    ("[[A housing charity]] accused landlords of greed.\n\nRentwatch said they had doubled.", "A housing charity"),
    ("[[A lobby group]] said on Monday rents were high.\n\nLarn Council said it would act.", "A lobby group"),
    ("[[A lobby group]] said on Monday rents were high. Polmar said they were not.", "A lobby group"),
    # titles of clerics and sailors
    ("[[A senior cleric]] said no.\n\nAyatollah Karim Dane told worshippers it was late.", "Karim Dane"),
    ("[[A navy commander]] said no.\n\nAdmiral Ivar Holm told reporters it was late.", "Ivar Holm"),
    ("[[A senior cleric]] said no.\n\nPrime Minister Ivar Holm told reporters it was late.", "A senior cleric"),
]

REGIONS = [
    # parts of countries speak for themselves, and what has a government is no party called after it
    ("[[Scotland]] said the ferries were safe.", "Scotland"),
    ("[[Northern Ireland]] said the ferries were safe.", "Northern Ireland"),
    ("[[Iraqi Kurdistan]] said the ferries were safe.", "Iraqi Kurdistan"),
    ("[[The Republic of Ireland]] said the ferries were safe.", "Ireland"),
    ("[[Somaliland]] accused its neighbour of theft.", "Somaliland"),
    ("[[Britain]] said the ferries were safe.", "United Kingdom"),
    (
        "The Korvia Freedom Front held the port. Korvia's government said it was calm. [[Korvia]] denied a raid.",
        "Korvia",
    ),
    ("The Larn Boat Company lost money. Larn's government contracts ended. [[Larn]] said no.", "Larn Boat Company"),
]


TOLD_OF = [
    # whoever the next paragraph is about need not be whoever told of it
    ("A barge sank on the Osk, [[a fire captain]] said.\n\nIvor Lund, 47, was at the wheel.", "a fire captain"),
    ("[[A prosecutor]] said more arrests would come.\n\nIvor Lund, 25, was charged with theft.", "A prosecutor"),
    ("Two barges burned, [[a witness]] said.\n\nIvor Lund was pulled from the water.", "a witness"),
    ("[[A teacher]] has told how she fled a fire.\n\nVera Quill, 40, was asleep when it broke out.", "Vera Quill"),
    ("[[A prosecutor]] said more arrests would come.\n\nVera Quill told the Gazette it was a ring.", "Vera Quill"),
]


@pytest.mark.parametrize(
    ("marked", "name"),
    [*TOLD_OF, *RANKS, *SPOKEN_FOR, *VICTIMS, *PRIVATE, *COLLEAGUES, *PARTIES, *IDENTIFIED, *NEXT_PARAGRAPH, *REGIONS],
)
def test_who_is_meant(marked: str, name: str, parses: Parses) -> None:
    assert [speaker.name or speaker.description for speaker in speakers(marked, parses)] == [name]


@pytest.mark.parametrize(
    ("marked", "name", "role"),
    [
        ("Tánaiste Vera Quill left. [[The Tánaiste]] said no.", "Vera Quill", "Tánaiste"),
        ("[[The Taoiseach]] said no. Tánaiste Vera Quill left.", "", "Taoiseach"),
        ("[[Vera Quill TD]] said no.", "Vera Quill", "TD"),
        ("Vera Quill MLA left. [[Ms Quill]] said no.", "Vera Quill", "MLA"),
        (
            "Larn has a new ferry office, [[Vera Quill, MLA for North Larn]], said on behalf of the town.",
            "Vera Quill",
            "MLA for North Larn",
        ),
    ],
)
def test_irish_offices(marked: str, name: str, role: str, parses: Parses) -> None:
    assert [(speaker.name, speaker.role) for speaker in speakers(marked, parses)] == [(name, role)]
