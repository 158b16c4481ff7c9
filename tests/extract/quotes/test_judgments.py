"""What somebody takes something for, told in the passive."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents

JUDGED = [
    ("The spring brought a frost described by growers as freakish.", "growers", "a frost as freakish"),
    ("The council backed a plan described by critics as a sham.", "critics", "a plan as a sham"),
    ("The town is regarded by experts as unsafe.", "experts", "The town as unsafe"),
    ("The drug, seen by doctors as a breakthrough, costs 40 pounds.", "doctors", "The drug as a breakthrough"),
    ("He left the club, hailed by fans as a hero.", "fans", "as a hero"),
    ("Her book was praised by critics as \"a rare gem\".", "critics", "Her book as \"a rare gem\""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "content"), JUDGED)
def test_what_is_judged_and_as_what(text: str, source: str, content: str, parses: Parses) -> None:
    assert (source, content) in sources_and_contents(text, parses)


@pytest.mark.parametrize(
    "text",
    ["The site was used by the army as a base.", "The boat was sold by the firm as scrap."],
)
def test_what_is_used_for_something_is_not_judged(text: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses) == []
