"""Verbs of speaking behind "and" or "but" of whoever spoke before: "said it was sorry and promised to pay"."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents


@pytest.mark.parametrize(
    ("text", "source", "first", "second"),
    [
        ("Authorities warn that more rain is on its way and urge people to leave the valley.",
         "Authorities", "that more rain is on its way", "to leave the valley"),
        ("Doctors say the virus spreads by touch and advise parents to wash toys daily.",
         "Doctors", "the virus spreads by touch", "to wash toys daily"),
        ("The guild claims the tax is unlawful and demands that the city refund it.",
         "The guild", "the tax is unlawful", "that the city refund it"),
        ("Experts think the wall will hold and recommend no further work.",
         "Experts", "the wall will hold", "no further work"),
        ("The airline says it is sorry and promises to refund every fare.",
         "The airline", "it is sorry", "to refund every fare"),
        ("Police say the road is closed and ask drivers to stay away.",
         "Police", "the road is closed", "to stay away"),
        ("Vets fear that the disease has spread and call for a ban on shows.",
         "Vets", "that the disease has spread", "a ban on shows"),
        ("The minister insists the dam is safe but admits that two gates have rusted.",
         "The minister", "the dam is safe", "that two gates have rusted"),
        ("She told the boys to go home and threatened to call their parents.",
         "She", "to go home", "to call their parents"),
        ("The bank asked its clients to be patient and promised a new system by May.",
         "The bank", "to be patient", "a new system by May"),
    ],
)  # fmt: skip
def test_two_acts_of_one_speaker(text: str, source: str, first: str, second: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses) == [(source, first), (source, second)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The firm says it found the fault and fixed it.", "it found the fault and fixed it"),
        ("Teachers say pupils read the book and tell their parents about it.",
         "pupils read the book and tell their parents about it"),
        ("The police say the man came to the door and asked for money.",
         "the man came to the door and asked for money"),
        ("She says her brothers work at the port and want to move inland.",
         "her brothers work at the port and want to move inland"),
        ("The widow says the agents come at night and demand to see her papers.",
         "the agents come at night and demand to see her papers"),
        ("Kern said someone from the port took a report and requested a copy.",
         "someone from the port took a report and requested a copy"),
        ("The nurse hopes to retire and travel.", "to retire and travel"),
        ("They want the council to listen and admit its mistake.", "the council to listen and admit its mistake"),
        ("Residents say the ships arrive at dawn and report no cargo.", "the ships arrive at dawn and report no cargo"),
    ],
)  # fmt: skip
def test_one_act_of_two_deeds(text: str, content: str, parses: Parses) -> None:
    assert content in [told for _, told in sources_and_contents(text, parses)]
