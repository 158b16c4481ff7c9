"""Verbs of speech that open a sentence before whoever speaks: 'Said Ada Holm, "It is late."'."""

import pytest

from pipeline.extract.quotes import find_quotes
from tests.helpers.knowledge import shared_cues
from tests.helpers.parses import Parses, plain_article
from tests.helpers.quotes import rows_of


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('Said Holm, "I\'ve never seen a road like it."', ("Holm", "Said", '"I\'ve never seen a road like it."')),
        (
            'Said Ada Holm, the mayor of Larn: "I\'ve never seen a road like it."',
            ("Ada Holm, the mayor of Larn", "Said", '"I\'ve never seen a road like it."'),
        ),
        ('Larn shut the quay. Said Ada Holm, "It was never safe."', ("Ada Holm", "Said", '"It was never safe."')),
        ('Says Holm: "I\'ve never seen a road like it."', ("Holm", "Says", '"I\'ve never seen a road like it."')),
    ],
)
def test_the_subject_behind_the_verb_speaks(text: str, row: tuple[str, str, str], parses: Parses) -> None:
    assert rows_of(text, parses) == [row]


def test_a_first_name_before_a_colon_is_whose_turn_it_is(parses: Parses) -> None:
    article = plain_article("SAID ALI: It was never safe.\n\nADA HOLM: I know.\n\nSAID ALI: So be it.")
    quotes = find_quotes(parses(article), article, shared_cues())
    assert [article.text[slice(*quote.source[0])] for quote in quotes] == ["SAID ALI", "ADA HOLM", "SAID ALI"]
