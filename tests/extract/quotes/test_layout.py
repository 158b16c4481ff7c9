"""Quotations that a page sets by themselves, with a name behind a dash."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents

PULLED = """\
The town has been quiet for weeks, and the harbour is empty now.

"Nobody asked the crews whether they could live with that" - Harbour Secretary John Kern

"Even after signing it, the fleet has not given up its wish" - Fisheries Minister Ada Holm in a statement

"""

CONTENTS = [
    ("Harbour Secretary John Kern", '"Nobody asked the crews whether they could live with that"'),
    ("Fisheries Minister Ada Holm in a statement", '"Even after signing it, the fleet has not given up its wish"'),
]

BELOW = [
    # a signature may be a paragraph of its own
    (
        "The town is quiet.\n\n“The quay is unsafe and everybody here knows it.”\n\n-- Ada Holm, sailor\n\nRain.\n",
        [("Ada Holm", "“The quay is unsafe and everybody here knows it.”")],
    ),
    (
        "The town is quiet.\n\n“The quay is unsafe and everybody here knows it.”\n\n— More reporting by Ada Holm\n",
        [("", "“The quay is unsafe and everybody here knows it.”")],
    ),
]

UNSIGNED = [
    # below, a dash goes on with the sentence, or names a work's year
    'The town has been quiet.\n\n"Nobody asked the crews about that" - so runs the song.\n\n',
    'The town has been quiet.\n\n"Lanterns of Larn" - Ada Holm\'s third film - opens in May.\n\n',
]


def test_pulled_quotations_without_a_stop_are_of_whom_the_dash_names(parses: Parses) -> None:
    assert sources_and_contents(PULLED, parses) == CONTENTS


@pytest.mark.parametrize("text", UNSIGNED)
def test_what_a_dash_goes_on_with_is_no_name(text: str, parses: Parses) -> None:
    assert sources_and_contents(text, parses) == []


@pytest.mark.parametrize(("text", "quotes"), BELOW)
def test_a_paragraph_of_dashes_and_a_name_signs_the_one_before(
    text: str, quotes: list[tuple[str, str]], parses: Parses
) -> None:
    assert sources_and_contents(text, parses) == quotes


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        # a line with nothing but a verb and whoever speaks, which the parser may take for a name
        ("The band played.\n\nAdded Holm:\n\n“The quay is unsafe.”", ("Holm", "“The quay is unsafe.”")),
        ("The band played.\n\nSaid the Larn mayor:\n\n“It rains.”", ("the Larn mayor", "“It rains.”")),
        ("The band played.\n\nBoats of Larn:\n\n“The quay is unsafe.”", ("", "“The quay is unsafe.”")),
        # what takes up the paragraph before
        (
            '"It is like living in a barn and hating hay!"\n\nSo said Ada Holm while speaking to Larn Radio in May.',
            ("Ada Holm", '"It is like living in a barn and hating hay!"'),
        ),
        (
            '"It is like living in a barn and hating hay!"\n\nThat\'s what Ada Holm told Larn Radio.',
            ("Ada Holm", '"It is like living in a barn and hating hay!"'),
        ),
    ],
)
def test_lines_before_and_behind_a_quotation(text: str, quote: tuple[str, str], parses: Parses) -> None:
    assert sources_and_contents(text, parses) == [quote]
