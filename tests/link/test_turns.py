"""Who goes on speaking after a direct quotation."""

import pytest

from pipeline.link.turns import inherit_speakers
from pipeline.records import Quote, Span, Speaker
from tests.helpers.parses import plain_article

TEXT = "“It is late,” said Ada Brandt, who wrote two books about piers. “They never close.”\n\n“Go home.”"
SAID = Quote(source=((18, 28),), cue=((13, 17),), content=((0, 13),), quote_type="direct")
BRANDT = Speaker((18, 28), "Ada Brandt", "Ada Brandt", reason="named here")


def _alone(words: str, quote_type: str = "direct") -> Quote:
    start = TEXT.index(words)
    span: Span = (start, start + len(words))
    return Quote(source=(), cue=(), content=(span,), quote_type=quote_type)  # type: ignore[arg-type]


def test_a_quotation_without_source_is_that_of_the_one_before() -> None:
    _, after = inherit_speakers([SAID, _alone("“They never close.”")], [(BRANDT,), ()], plain_article(TEXT))
    assert [(speaker.name, speaker.text) for speaker in after] == [("Ada Brandt", "")]
    assert after[0].reason == "goes on after the quotation before; named here"


def test_a_group_goes_on_under_its_words() -> None:
    crowd = Speaker((18, 28), "critics", type="group")
    _, after = inherit_speakers([SAID, _alone("“They never close.”")], [(crowd,), ()], plain_article(TEXT))
    assert after[0].name == "critics"


def test_a_paragraph_that_is_all_quotation_goes_on() -> None:
    _, after = inherit_speakers([SAID, _alone("“Go home.”")], [(BRANDT,), ()], plain_article(TEXT))
    assert [speaker.name for speaker in after] == ["Ada Brandt"]


@pytest.mark.parametrize("second", ["The sign read “Go home.”", "It rained.\n\n“Go home.”"])
def test_nobody_goes_on_among_other_words_or_after_another_paragraph(second: str) -> None:
    text = TEXT.replace("“Go home.”", second)
    start = text.index("“Go home.”")
    quotation = Quote(source=(), cue=(), content=((start, start + len("“Go home.”")),), quote_type="direct")
    assert inherit_speakers([SAID, quotation], [(BRANDT,), ()], plain_article(text))[1] == ()


def test_indirect_speech_between_ends_the_turn() -> None:
    between = _alone("who wrote two books", "indirect")
    quotes = [SAID, between, _alone("“They never close.”")]
    assert inherit_speakers(quotes, [(BRANDT,), (), ()], plain_article(TEXT))[2] == ()
