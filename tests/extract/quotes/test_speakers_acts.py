"""What whoever spoke did besides, or did not tell, and what else happened, is no part of what was said."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("He said the navy had fuel left but declined to give figures.", "the navy had fuel left"),
        ("She said the league had a sponsor, but refused to say which.", "the league had a sponsor"),
        ("The clerk said the firm was growing but declined to comment on wages.", "the firm was growing"),
        ("The envoy said he was open to a truce but ruled out any payment.", "he was open to a truce"),
        ("The warden said the river was clean and rejected calls for a ban.", "the river was clean"),
        ("Molina said it was seeking buyers but gave no further details.", "it was seeking buyers"),
        ("The chain said the shop would move but gave no date.", "the shop would move"),
        ("Traders fled as dealers feared that the peso would slide and as a bank shut its doors.",
         "that the peso would slide"),
        ("The shares sank after the brewer warned that costs would climb and after its founder quit.",
         "that costs would climb"),
        ("Bonds gained on hopes that taxes will fall and as grain prices eased.", "that taxes will fall"),
        ('"We are lost," Odell said, and the hall fell quiet.', '"We are lost,"'),
        ('"It is done," said Mira Kest, and nobody clapped.', '"It is done,"'),
        ('"Not now," Kest said, as the guests drifted home.', '"Not now,"'),
    ],
)  # fmt: skip
def test_contents_end_before_other_acts(text: str, content: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses)[0][1] == content


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Critics say the firm promised repairs but refused to hire plumbers.",
         "the firm promised repairs but refused to hire plumbers"),
        ("She said the song was lovely but gave no joy.", "the song was lovely but gave no joy"),
        ("He said the crop failed because the rain stopped and because the pump broke.",
         "the crop failed because the rain stopped and because the pump broke"),
        ('"Rents fell," the agency said, and wages will fall, too.', '"Rents fell," and wages will fall, too'),
    ],
)  # fmt: skip
def test_what_is_told_stays(text: str, content: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses)[0][1] == content


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('"I am weary," said Ines Falk, tears rolling down her cheeks.', ("Ines Falk", '"I am weary,"')),
        ('"I am weary," said Ines Falk, her eyes closing slowly.', ("Ines Falk", '"I am weary,"')),
        ('"Forgive me," said Falk, a hand on his chest.', ("Falk", '"Forgive me,"')),
        ('"It was grim," Falk recalled, her arms folded in front of her.', ("Falk", '"It was grim,"')),
        ('"It was grim," said Ines Falk, his sister living in Ghent.',
         ("Ines Falk, his sister living in Ghent", '"It was grim,"')),
        ('"It was grim," said Ines Falk, a baker in his village.',
         ("Ines Falk, a baker in his village", '"It was grim,"')),
    ],
)  # fmt: skip
def test_how_somebody_looked(text: str, row: tuple[str, str], parses: Parses) -> None:
    assert sources_and_contents(text, parses) == [row]
