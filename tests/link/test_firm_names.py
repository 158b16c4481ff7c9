"""Firms' names that end in "'s" or have the noun of a trade before them; the source stands in [[ ]].

Expected is the name, else the description, and then the role.
"""

import pytest

from tests.helpers.parses import Parses
from tests.link.test_speakers import speakers


@pytest.mark.parametrize(
    ("marked", "name", "role"),
    [
        # nothing that the name could own follows
        ("[[Pargeter's]] said it would shut six cafes.", "Pargeter's", ""),
        ("Gadsby's has sold its mill. “We had no choice,” [[Gadsby's]] said.", "Gadsby's", ""),
        ("[[A spokeswoman for Pargeter's]] said no.", "A spokeswoman for Pargeter's", "spokeswoman for Pargeter's"),
        ("Bakery chain Pargeter's said it would grow. [[The chain]] said no.", "Pargeter's", "Bakery chain"),
        (
            "Pargeter's said it would grow. [[Pargeter's chairman, Omar Hale,]] said no.",
            "Omar Hale",
            "Pargeter's chairman",
        ),
        ("[[Pargeters' chairman]] said no. Pargeters' said so.", "Pargeters' chairman", "Pargeters' chairman"),
        # here something does, or somebody has the name
        ("[[Edith's sister]] said no.", "Edith's sister", "Edith's sister"),
        ("[[A friend of Edith's]] said no.", "A friend of Edith", ""),
        ("Omar Tilling left. [[Tilling's]] said no.", "Omar Tilling", ""),
        # a sentence's capital joins the noun of a trade to the name
        ("[[Steelmaker Garvik AG]] said it would shut two mills.", "Garvik AG", "Steelmaker"),
        ("Insurer Garvik Holdings cut jobs. [[Garvik]] said no.", "Garvik Holdings", "Insurer"),
        ("Norland (AP) — Lender Garvik Ltd. cut jobs. [[Garvik]] said no.", "Garvik Ltd.", "Lender"),
        # a name of its own
        ("[[Grocer Group plc]] said it would shut two shops.", "Grocer Group plc", ""),
        ("Broker Holm Inc. cut jobs. Broker said it was sorry. [[Broker Holm Inc.]] said no.", "Broker Holm Inc.", ""),
        ("[[Bank Garvik AG]] said it would shut two branches.", "Bank Garvik AG", ""),
    ],
)
def test_firms(marked: str, name: str, role: str, parses: Parses) -> None:
    assert [(speaker.name or speaker.description, speaker.role) for speaker in speakers(marked, parses)] == [
        (name, role)
    ]
