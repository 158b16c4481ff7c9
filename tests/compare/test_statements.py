"""Quotes that are one statement: who says it, with which words, and in how many independent articles."""

from __future__ import annotations

from itertools import permutations

import pytest

from pipeline.compare import Agreement, find_agreement, group_statements
from pipeline.records import Claim

LONG = "We had no choice. The bank decided it in March, and nobody asked the miners of Larn."


def quote(words: str, speaker: str, doc: str) -> Claim:
    return Claim(
        claim_type="quote", claim_text=words, speaker=speaker, confidence=0.9, claim_id=f"q{speaker}{doc}", doc_id=doc,
        file=f"{doc}.txt", start=0, end=1,
    )  # fmt: skip


def is_one(first: Claim, second: Claim) -> bool:
    counts = {len(list(group_statements(order))) for order in permutations((first, second))}
    assert counts in ({1}, {2})
    return counts == {1}


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        (LONG, "Ada Brandt"),
        (LONG.upper().replace(".", " –"), "Brandt"),
        # A paper quotes a part of it.
        ("the bank decided it in March", "Ada Brandt"),
        # Another adds to it and leaves something out.
        ("The bank decided it in March, and nobody asked us. That was wrong.", "Ada Brandt"),
    ],
)
def test_what_is_one_statement(words: str, speaker: str) -> None:
    assert is_one(quote(LONG, "Ada Brandt", "a"), quote(words, speaker, "b"))


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        (LONG, "Per Dahl"),
        (LONG, "Per Brandt"),
        # Too short to be known again, and a turn of phrase in something else.
        ("No, not now", "Ada Brandt"),
        ("We had no choice in this other matter of the school, of which I have told you before.", "Ada Brandt"),
    ],
)
def test_what_is_not(words: str, speaker: str) -> None:
    first, second = quote(LONG, "Ada Brandt", "a"), quote(words, speaker, "b")
    groups = list(group_statements([first, second]))
    assert all(len(group) == 1 for group in groups)


def test_nobody_and_what_is_short_is_left_out() -> None:
    assert list(group_statements([quote(LONG, "", "a"), quote("No, not now", "Ada Brandt", "a")])) == []


def test_one_statement_has_as_many_sources_as_independent_articles() -> None:
    three = [
        quote(LONG, "Ada Brandt", "a"),
        quote("The bank decided it in March", "Brandt", "b"),
        quote(LONG, "A. Brandt", "c"),
    ]
    two = [claim for claim in three if claim.doc_id != "c"]
    assert find_agreement(two, {}, ()) == {claim.claim_id: Agreement(2) for claim in two}
    assert find_agreement(two, {"b": "a.txt"}, ()) == {claim.claim_id: Agreement(1) for claim in two}
    assert find_agreement(two, {}, {two[0].claim_id}) == {}


def test_a_phrase_that_is_said_in_every_article_costs_no_square() -> None:
    phrase = "as I have always said"
    quotes = [quote(f"{phrase} number {number} of them matters", "Ada Brandt", f"d{number}") for number in range(3000)]
    assert len(list(group_statements(quotes))) == len(quotes)
