"""Quotes that are one statement: of one speaker, with the same words, or one a part of the other.

One paper prints "We had no choice. The bank decided it", another that Brandt "had no choice". What is shared are runs
of words, so that quotes are found by them, and compared by the share that the shorter one has of the longer.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
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
    name: frozenset[str]  #: words of the speaker's name; of two that can be one speaker one has all of the other
    #: Hashes of its runs of words, each once. They take a tenth of the memory of the words, and no two runs of the
    #: quotes of one name have the same one by chance: there are 64 bits.
    runs: array[int]

    @classmethod
    def of(cls, item: T, words: StatementWords) -> Statement[T]:
        """The quote with those words."""
        name = words.speaker.split()
        return cls(item, name[-1], frozenset(name), array("q", words.runs))


class StatementWords(NamedTuple):
    """What of a quote is compared."""

    speaker: str  #: the speaker's name in lower case, its words parted by blanks
    #: The hashes of ``Statement.runs`` as bytes. Python hashes words otherwise in each process.
    runs: bytes


def statement_words(claim: Claim) -> StatementWords | None:
    """The words of a quote to compare; None for one without a speaker, too short a one, and what is no quote."""
    if claim.claim_type != "quote" or not (speaker := word_key(claim.speaker)):
        return None
    said = word_key(claim.claim_text).split()
    if len(said) < GRAM_WORDS:
        return None
    runs = zip(*(said[start:] for start in range(GRAM_WORDS)), strict=False)
    return StatementWords(speaker, array("q", set(map(hash, runs))).tobytes())


def group_statements(claims: Iterable[Claim]) -> Iterator[Sequence[Claim]]:
    """The quotes by statement, in the order of their first ones; those without a speaker or too short are left out."""
    return join_statements(
        Statement.of(claim, words) for claim in claims if (words := statement_words(claim)) is not None
    )


def join_statements(quotes: Iterable[Statement[T]]) -> Iterator[Sequence[T]]:
    """Those that are one statement together, in the order of their first ones."""
    statements = list(quotes)
    shared = _shared_runs(statements)
    if not shared:  # as of most speakers
        return iter([[statement.item] for statement in statements])
    listed: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    first_of = list(range(len(statements)))
    names = [statement.name for statement in statements]
    for number, statement in enumerate(statements):
        lists = [listed[statement.last_name, run] for run in shared.intersection(statement.runs)]
        name, runs = statement.name, frozenset(statement.runs)
        named_alike = [other for other in set[int]().union(*lists) if names[other] <= name or name <= names[other]]
        for other in named_alike:
            if first_of[other] != first_of[number] and _are_one(runs, statements[other].runs):
                _join(first_of, number, other)
        for numbers in lists:
            if len(numbers) < _MOST_QUOTES:
                numbers.append(number)
    groups: defaultdict[int, list[T]] = defaultdict(list)
    for number, statement in enumerate(statements):
        groups[_first(first_of, number)].append(statement.item)
    return iter(groups.values())


def _shared_runs(statements: Iterable[Statement[T]]) -> set[int]:
    """The hashes of runs that more than one of them has: most runs are of a single quote, and are not listed."""
    seen, shared = set[int](), set[int]()
    for statement in statements:
        shared.update(seen.intersection(statement.runs))
        seen.update(statement.runs)
    return shared


def _are_one(runs: frozenset[int], others: Collection[int]) -> bool:
    """Whether two quotes, given by their runs of words, have enough of them in common."""
    common, shorter = len(runs.intersection(others)), min(len(runs), len(others))
    return common == shorter or (common >= MIN_COMMON and common >= MIN_SHARED * shorter)


def _join(first_of: list[int], number: int, other: int) -> None:
    """Make two statements one, known by the number of the first."""
    first, second = sorted((_first(first_of, number), _first(first_of, other)))
    first_of[second] = first


def _first(first_of: list[int], number: int) -> int:
    while first_of[number] != number:
        first_of[number] = first_of[first_of[number]]
        number = first_of[number]
    return number
