"""How far one act of speaking reaches among several quotations, and who is quoted as saying what."""

import pytest

from tests.helpers.parses import Parses
from tests.helpers.quotes import sources_and_contents

REMARK = (
    '"Even though we are beside the canal, we have a village feel," the owner, Orla Kern, said of Larn on Saturday.'
)


def test_a_sentence_of_the_reporter_ends_a_speaker_s_words(parses: Parses) -> None:
    text = f'{REMARK} "We know them all." The last loaf was sold at noon. "It was not me," said Nash Holm.'
    said = '"Even though we are beside the canal, we have a village feel," "We know them all."'
    assert sources_and_contents(text, parses) == [("the owner, Orla Kern", said), ("Nash Holm", '"It was not me,"')]


def test_without_one_they_go_on(parses: Parses) -> None:
    text = '"We are shut," Brandt said. "Nobody came. We sold one loaf." He left.'
    assert ("Brandt", '"We are shut," "Nobody came. We sold one loaf."') in sources_and_contents(text, parses)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Interlarn quoted the coastguard as saying 12 died.",
            [("Interlarn", "the coastguard as saying 12 died"), ("the coastguard", "12 died")],
        ),
        (
            '"The talks failed," the Post quoted the minister as saying.',
            [("the Post", '"The talks failed,"'), ("the minister", '"The talks failed,"')],
        ),
    ],
)
def test_who_is_quoted_says_it_and_who_quotes_too(text: str, rows: list[tuple[str, str]], parses: Parses) -> None:
    assert sorted(sources_and_contents(text, parses)) == sorted(rows)


def test_who_is_quoted_as_an_expert_says_nothing_by_that(parses: Parses) -> None:
    sources = [source for source, _ in sources_and_contents("The Post quoted Brandt as an expert on dams.", parses)]
    assert "Brandt" not in sources


@pytest.mark.parametrize(
    ("quotation", "is_said"),
    [
        ('"It needs to be more friendly, there is just nothing here"', True),
        ('"The last of the tall ships"', True),
        ('"Brandt Walks To The Sea Once More"', False),
        ('"no more of this, they wrote on walls"', False),
        ('"Nothing here"', False),
    ],
)
def test_a_quotation_that_is_all_of_its_paragraph_needs_no_stop(quotation: str, is_said: bool, parses: Parses) -> None:
    text = f"Kern says she is cold.\n\n{quotation}\n\nShe left."
    assert (("", quotation) in sources_and_contents(text, parses)) == is_said


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ('The baker turned and said "See you in June" to her guests before she locked up.', '"See you in June"'),
        ('Blake said "no comment" to reporters after the hearing.', '"no comment"'),
        ('Kern said "no trace" of the boat had been found.', '"no trace" of the boat had been found'),
        ('Kern said "many bakers" in the town were angry.', '"many bakers" in the town were angry'),
        ('Kern denied "any link" to the firm.', '"any link" to the firm'),
        ('Kern voiced "deep concern" about the plan.', '"deep concern" about the plan'),
        # behind the cue, what happened next, and what goes on with words that the reporter began
        ('"We lost," Kern said, and the hall fell silent.', '"We lost,"'),
        (
            "''Most of the profit'' now comes from rents, she said, rather than from fees of the harbour.",
            "''Most of the profit'' now comes from rents rather than from fees of the harbour",
        ),
    ],
)
def test_to_whom_and_when_a_quotation_is_said_is_no_part_of_it(text: str, content: str, parses: Parses) -> None:
    assert [said for _, said in sources_and_contents(text, parses)] == [content]
