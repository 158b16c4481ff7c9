"""Who says what within what somebody says: a row of its own, beside the quotation that holds it."""

from __future__ import annotations

import pytest

from pipeline.extract.quotes import find_quotes
from pipeline.records import Quote
from tests.helpers.knowledge import shared_cues
from tests.helpers.parses import Parses, plain_article
from tests.helpers.quotes import sources_and_contents

CUES = shared_cues()


def quotes_of(text: str, parses: Parses) -> list[Quote]:
    article = plain_article(text)
    return find_quotes(parses(article), article, CUES)


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ('"The council has said that it will not close the pool," Ada Brandt said.',
         "The council", "that it will not close the pool"),
        ('"The governor’s denial on air that she had read the bill shows it," Ada Brandt said.',
         "The governor’s", "that she had read the bill"),
        ('"We heard the bank\'s promise to repair the pier, and then nothing," Ada Brandt said.', "the bank's",
         "to repair the pier"),
        ('“They run the ferry, and they say they will sell it,” Ada Brandt said.', "they", "they will sell it"),
        ('Ada Brandt told us: "The mayor said last year that the pool was too old. Nobody believed him."',
         "The mayor", "that the pool was too old"),
        ('"My neighbours believe that the pool will close," Ada Brandt said.', "My neighbours",
         "that the pool will close"),
        ('"I think it is a gift, as the pupils at our school want to learn more about the sea," Ada Brandt said.',
         "the pupils at our school", "to learn more about the sea"),
    ],
)  # fmt: skip
def test_what_is_told_in_a_quotation_is_a_row_of_its_own(text: str, source: str, content: str, parses: Parses) -> None:
    quotes = quotes_of(text, parses)
    rows = [
        (*(text[start:end] for start, end in (*quote.source, *quote.content)), quote.quote_type) for quote in quotes
    ]
    assert (source, content, "indirect") in rows
    assert [quote.quote_type for quote in quotes].count("direct") == 1
    assert len(quotes) == 2


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The ferry board said that it expects three of the piers to need new planks.", "it",
         "three of the piers to need new planks"),
        ("Ada Brandt said she hopes the ferry will sail again.", "she", "the ferry will sail again"),
        ("Capt. Oren Dahl said in a talk with The Larn Post in his country house that he plans to sell the boats of the"
         " club by the spring.", "he", "to sell the boats of the club by the spring"),
        ("The papers said that Larn Shipping wants the harbour fees cut by half.", "Larn Shipping",
         "the harbour fees cut by half"),
        ("The clerk said that the mayor told the council that the pool had lost money.", "the mayor",
         "that the pool had lost money"),
    ],
)  # fmt: skip
def test_what_is_told_in_indirect_speech_is_a_row_of_its_own(
    text: str, source: str, content: str, parses: Parses
) -> None:
    quotes = quotes_of(text, parses)
    rows = [tuple(text[start:end] for start, end in (*quote.source, *quote.content)) for quote in quotes]
    assert (source, content) in rows
    assert len(rows) == 2


def test_what_nobody_named_says_of_somebody_in_indirect_speech_is_a_row(parses: Parses) -> None:
    text = "The clerk said that she was said to be tired of the sea."
    rows = [(quote.source, [text[start:end] for start, end in quote.content]) for quote in quotes_of(text, parses)]
    assert ((), ["she", "to be tired of the sea"]) in rows


def test_who_tells_of_it_at_the_end_is_no_part_of_what_was_said(parses: Parses) -> None:
    text = "The harbour master said last week that two ferries had sunk at night, the Larner Post reported."
    rows = {
        text[slice(*quote.source[0])]: " ".join(text[start:end] for start, end in quote.content)
        for quote in quotes_of(text, parses)
    }
    assert rows == {
        "The harbour master": "that two ferries had sunk at night",
        "the Larner Post": "The harbour master said last week that two ferries had sunk at night",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Ada Brandt said the summer would open with what promises to be a loud night.",
        "Ada Brandt said that the council might ask the county to pay for the pool.",
    ],
)
def test_what_is_only_supposed_is_none(text: str, parses: Parses) -> None:
    assert len(quotes_of(text, parses)) == 1


@pytest.mark.parametrize(
    "text",
    [
        '"I think that the pool will close, you know that," Ada Brandt said.',
        '"The council took what it could get and made us pay," Ada Brandt said.',
        '"He says so," Ada Brandt said.',
        '"Mr Kern’s long commitment to fair play and free music for all is a gift," Ada Brandt said.',
        '"We want you to get up and come to the harbour," Ada Brandt said.',
    ],
)
def test_how_people_talk_is_none(text: str, parses: Parses) -> None:
    assert len(quotes_of(text, parses)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The ferry board denied that it plans to sell two of the piers.",
        "Ada Brandt did not say that the board plans to sell two of the piers.",
    ],
)
def test_what_is_denied_or_not_said_tells_nothing_of_others(text: str, parses: Parses) -> None:
    assert len(quotes_of(text, parses)) <= 1


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("\"'Nobody wants you here,' he kept saying,\" Tolle recalled.", ("he", "Nobody wants you here")),
        ("\"'Sell the mill,' my aunt told me,\" said Rosa Tiel.", ("my aunt", "Sell the mill")),
        ("“‘You are late,’ the guard said to us,” Rosa Tiel recalled.", ("the guard", "You are late")),
    ],
)
def test_words_in_single_marks_before_their_speaker(text: str, row: tuple[str, str], parses: Parses) -> None:
    assert row in sources_and_contents(text, parses)


def test_a_possessive_mark_before_a_speaker_quotes_nothing(parses: Parses) -> None:
    text = '"The workers\', our guide said, were long gone," Rosa Tiel recalled.'
    assert all(content != "The workers" for _, content in sources_and_contents(text, parses))
