"""The tokens that are asked for a trigger are all that a rule may fit."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from pipeline.extract.events.context import build_context
from pipeline.extract.events.rules import compile_rules
from pipeline.extract.events.triggers import find_tail_starts
from pipeline.knowledge.events.types import EventType, Trigger
from pipeline.knowledge.events.words import load_event_words
from pipeline.knowledge.files import models_folder
from pipeline.records import Article

WORDS = load_event_words(models_folder())
TYPE = EventType(
    name="halt",
    targets=(),
    triggers=(
        Trigger("brought to a halt", "verb", ("take", "grind", "hang"), tail=("to a halt", "to a full stop", "up")),
        Trigger("hang", "verb", ("hang",)),
        Trigger("standing still", "noun", ("standing",), tail=("still",)),
    ),
)


def test_words_that_need_a_tail_in_every_rule() -> None:
    rules = compile_rules(TYPE, WORDS)
    assert rules.tail_words == {"take", "grind"}
    assert rules.free_words == {"hang", "standing"}  # a noun in -ing is looked up by its verb, too


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("It came to a halt there", [2]),
        ("To a full stop , up To A Halt", [0, 5, 6]),
        ("It came to a", []),
        ("", []),
    ],
)
def test_where_tails_begin(text: str, starts: list[int]) -> None:
    doc = Doc(English().vocab, text.split())
    article = Article("1", "1", "a.txt", doc.text, (), published=date(2025, 3, 3))
    context = build_context(doc, article, WORDS, (), ())
    assert find_tail_starts(compile_rules(TYPE, WORDS), context) == starts
