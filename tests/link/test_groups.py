"""Somebody and those who belong to him, taken together; the source stands in [[ ]], expected are the descriptions."""

import pytest

from tests.helpers.parses import Parses
from tests.link.test_speakers import speakers


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        # a team is several people where it is somebody's
        ("[[Rosa Marten and her team]] said the seals were well.", ["Rosa Marten and her team"]),
        ("[[Karl Weil and his colleagues]] said the seals were well.", ["Karl Weil and his colleagues"]),
        ("[[Karl Weil and the team]] said the seals were well.", ["Karl Weil", "the team"]),
        ("[[Karl Weil and his brother]] said the seals were well.", ["Karl Weil", "his brother"]),
        # "they" takes up all of them
        (
            "Rosa Marten and her colleagues counted 90 seals. [[They]] say most were well.",
            ["Rosa Marten and her colleagues"],
        ),
        ("Dr Karl Weil and his staff left the ship. [[They]] said the deck had leaked.", ["Karl Weil and his staff"]),
        ("Karl Weil met her colleagues. [[They]] said the deck had leaked.", ["her colleagues"]),
        ("Rosa Marten and Karl Weil counted seals. [[They]] say most were well.", ["Rosa Marten", "Karl Weil"]),
    ],
)
def test_groups(marked: str, names: list[str], parses: Parses) -> None:
    assert [speaker.name or speaker.description for speaker in speakers(marked, parses)] == names


def test_the_rest_of_a_list_is_no_role(parses: Parses) -> None:
    assert [
        speaker.role for speaker in speakers("[[Rosa Marten, her sister and a cousin]] claim the house.", parses)
    ] == [""]


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("[[Sixty-six percent]] said the seals were well.", "group"),
        ("[[Some 64 percent of sailors]] call the seals well.", "group"),
        ("[[Six in 10]] said the seals were well.", "group"),
        ("[[One in four sailors]] said the seals were well.", "group"),
        ("[[All of them]] said the seals were well.", "group"),
        ("[[Some MPs]] asked for a law on seals.", "group"),
        ("[[An MP]] asked for a law on seals.", "person"),
    ],
)
def test_shares_of_several_are_groups(marked: str, kind: str, parses: Parses) -> None:
    assert [speaker.type for speaker in speakers(marked, parses)] == [kind]
