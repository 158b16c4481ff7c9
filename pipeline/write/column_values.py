"""What several claims have in one column, counted, for the tables of events, speakers and countries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from pipeline.records import Claim
from pipeline.store import parse_verdict
from pipeline.text.normalize import collapse_whitespace

#: A value and how many claims have it.
ValueCount = tuple[str, int]


def verdict(claim: Claim) -> str:
    """The decision on a claim as "accept", "reject", "edit" or "unsure"; "" for none or any other word."""
    return parse_verdict(claim.decision)


def value_counts(claims: Iterable[Claim], column: str) -> tuple[ValueCount, ...]:
    """Values of a column (of a list each part) with their counts, the most frequent first, equals as they came."""
    counts: Counter[str] = Counter()
    for claim in claims:
        value = getattr(claim, column)
        counts.update(collapse_whitespace(part) for part in ((value,) if isinstance(value, str) else value) if part)
    return tuple(counts.most_common())


def values_of(claims: Iterable[Claim], column: str) -> tuple[str, ...]:
    """The values of a column (of a list each part) once each, the most frequent first."""
    return tuple(value for value, _ in value_counts(claims, column))


def days_of(claims: Iterable[Claim], column: str) -> Iterable[date]:
    """The days of a column, without those that are unknown."""
    return filter(None, (getattr(claim, column) for claim in claims))


def article_count(claims: Iterable[Claim]) -> int:
    """How many articles the claims come from."""
    return len({claim.doc_id for claim in claims})
