"""Quotes that are one statement: of one speaker, with the same words, or one a part of the other.

One paper prints "We had no choice. The bank decided it", another that Brandt "had no choice". What is shared are runs
of words, so that quotes are found by them, and compared by the share that the shorter one has of the longer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.records import Claim
from pipeline.text.normalize import word_key

#: Words in a row that are compared, and that a quote must have at least: shorter ones ("We will win") are said by many.
GRAM_WORDS = 4
#: Share of the shorter quote's runs of words that the longer must have, too. Set by hand: what one paper cuts or adds
#: at an end leaves more, a quote that only begins alike shares less.
MIN_SHARED = 0.5
#: Runs that two quotes must share unless all of the shorter one is in the longer: fewer are a turn of phrase.
MIN_COMMON = 4
#: Quotes of one last name listed for one run: one that more have is a phrase of that speaker's.
_MOST_QUOTES = 50


@dataclass(frozen=True, slots=True)
class _Statement:
    """A quote as it is compared."""

    claim: Claim
    name: frozenset[str]  #: words of the speaker's name
    grams: frozenset[tuple[str, ...]]

    def is_one_with(self, other: _Statement) -> bool:
        """Whether the two are of one speaker, as far as the names tell, and share enough words."""
        if not (self.name <= other.name or other.name <= self.name):
            return False
        common, shorter = len(self.grams & other.grams), min(len(self.grams), len(other.grams))
        return common == shorter or (common >= MIN_COMMON and common >= MIN_SHARED * shorter)


def group_statements(claims: Iterable[Claim]) -> Iterator[Sequence[Claim]]:
    """The quotes by statement, in the order of their first ones; those without a speaker or too short are left out."""
    statements = [statement for claim in claims if (statement := _statement(claim)) is not None]
    listed: defaultdict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    first_of = list(range(len(statements)))
    for number, statement in enumerate(statements):
        last_name = word_key(statement.claim.speaker).split()[-1]
        keys = [(last_name, gram) for gram in sorted(statement.grams)]
        for other in sorted({other for key in keys for other in listed[key]}):
            if first_of[other] != first_of[number] and statement.is_one_with(statements[other]):
                _join(first_of, number, other)
        for key in keys:
            if len(listed[key]) < _MOST_QUOTES:
                listed[key].append(number)
    groups: defaultdict[int, list[Claim]] = defaultdict(list)
    for number, statement in enumerate(statements):
        groups[_first(first_of, number)].append(statement.claim)
    return iter(groups.values())


def _statement(claim: Claim) -> _Statement | None:
    if claim.claim_type != "quote":
        return None
    name, words = word_key(claim.speaker).split(), word_key(claim.claim_text).split()
    if not name or len(words) < GRAM_WORDS:
        return None
    grams = (tuple(words[start : start + GRAM_WORDS]) for start in range(len(words) - GRAM_WORDS + 1))
    return _Statement(claim, frozenset(name), frozenset(grams))


def _join(first_of: list[int], number: int, other: int) -> None:
    """Make two statements one, known by the number of the first."""
    first, second = sorted((_first(first_of, number), _first(first_of, other)))
    first_of[second] = first


def _first(first_of: list[int], number: int) -> int:
    while first_of[number] != number:
        first_of[number] = first_of[first_of[number]]
        number = first_of[number]
    return number
