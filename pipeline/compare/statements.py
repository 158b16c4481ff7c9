"""Quotes that are one statement: of one speaker, with the same words, or one a part of the other.

One paper prints "We had no choice. The bank decided it", another that Brandt "had no choice". What is shared are runs
of words, so that quotes are found by them, and compared by the share that the shorter one has of the longer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

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


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Statement(Generic[T]):
    """A quote as it is compared."""

    item: T  #: the quote itself, or what stands for it
    last_name: str  #: the last word of the speaker's name, in lower case: quotes of two such names are never one
    name: frozenset[str]  #: words of the speaker's name
    grams: frozenset[tuple[str, ...]]  #: its runs of words

    @classmethod
    def of(cls, item: T, words: StatementWords) -> Statement[T]:
        """The quote with those words."""
        name, said = words.speaker.split(), words.said.split()
        grams = (tuple(said[start : start + GRAM_WORDS]) for start in range(len(said) - GRAM_WORDS + 1))
        return cls(item, name[-1], frozenset(name), frozenset(grams))

    def is_one_with(self, other: Statement[T]) -> bool:
        """Whether the two are of one speaker, as far as the names tell, and share enough words."""
        if not (self.name <= other.name or other.name <= self.name):
            return False
        common, shorter = len(self.grams & other.grams), min(len(self.grams), len(other.grams))
        return common == shorter or (common >= MIN_COMMON and common >= MIN_SHARED * shorter)


class StatementWords(NamedTuple):
    """What of a quote is compared: words in lower case, parted by blanks."""

    speaker: str
    said: str


def statement_words(claim: Claim) -> StatementWords | None:
    """The words of a quote to compare; None for one without a speaker, too short a one, and what is no quote."""
    if claim.claim_type != "quote" or not (speaker := word_key(claim.speaker)):
        return None
    said = word_key(claim.claim_text)
    return StatementWords(speaker, said) if len(said.split()) >= GRAM_WORDS else None


def group_statements(claims: Iterable[Claim]) -> Iterator[Sequence[Claim]]:
    """The quotes by statement, in the order of their first ones; those without a speaker or too short are left out."""
    return join_statements(
        Statement.of(claim, words) for claim in claims if (words := statement_words(claim)) is not None
    )


def join_statements(quotes: Iterable[Statement[T]]) -> Iterator[Sequence[T]]:
    """Those that are one statement together, in the order of their first ones."""
    statements = list(quotes)
    listed: defaultdict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    first_of = list(range(len(statements)))
    for number, statement in enumerate(statements):
        keys = [(statement.last_name, gram) for gram in statement.grams]
        for other in sorted({other for key in keys for other in listed[key]}):
            if first_of[other] != first_of[number] and statement.is_one_with(statements[other]):
                _join(first_of, number, other)
        for key in keys:
            if len(listed[key]) < _MOST_QUOTES:
                listed[key].append(number)
    groups: defaultdict[int, list[T]] = defaultdict(list)
    for number, statement in enumerate(statements):
        groups[_first(first_of, number)].append(statement.item)
    return iter(groups.values())


def _join(first_of: list[int], number: int, other: int) -> None:
    """Make two statements one, known by the number of the first."""
    first, second = sorted((_first(first_of, number), _first(first_of, other)))
    first_of[second] = first


def _first(first_of: list[int], number: int) -> int:
    while first_of[number] != number:
        first_of[number] = first_of[first_of[number]]
        number = first_of[number]
    return number
