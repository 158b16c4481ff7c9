"""Words that are one token: with "co-" or "ex-" before a noun for a person."""

import pytest

from pipeline.nlp.whole_words import whole_words


@pytest.mark.parametrize(
    "word",
    ["co-author", "Co-authors", "co-accused", "Co-Founder", "co-chairmen", "Ex-wife", "ex-wives", "ex-bosses", "Sgt."],
)
def test_is_one(word: str) -> None:
    assert word in dict(whole_words())


@pytest.mark.parametrize("word", ["co-operate", "ex-", "co-accuseds", "ex-mans", "vice-chairman"])
def test_is_cut_as_before(word: str) -> None:
    assert word not in dict(whole_words())
