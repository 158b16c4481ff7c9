"""The report's tables of speakers and countries, counted from the claims of a run.

Claims that a reviewer rejected are not counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import groupby
from operator import itemgetter
from sqlite3 import Connection
from typing import Any

from pipeline.records import Claim, Result
from pipeline.text.normalize import collapse_whitespace
from pipeline.write.column_values import verdict
from pipeline.write.counted import Counted


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """Somebody who is quoted or reports events; an empty ``name`` gathers the quotes whose speaker was not found.

    ``roles``, ``types`` and ``countries`` have each value once, the most frequent first (none without a name).
    ``direct`` counts the quotes that are direct or mixed, ``articles`` the articles of ``quotes`` and ``events``.
    """

    name: str
    roles: tuple[str, ...]
    types: tuple[str, ...]
    countries: tuple[str, ...]
    quotes: Counted[Claim]
    direct: int
    events: Counted[Claim]
    articles: int


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A country by its ISO 3166 alpha-3 ``code``.

    ``named`` counts mentions of it, its people or its government, ``articles`` the articles with such a mention or a
    claim, ``claims`` are those about it or a place in it.
    """

    code: str
    name: str
    named: int
    articles: int
    claims: Counted[Claim]


class SpeakerTally:
    """The claims with a speaker, and the quotes without one, waiting in a scratch database to be counted."""

    def __init__(self, scratch: Connection) -> None:
        self._scratch = scratch
        scratch.execute(
            "CREATE TABLE spoken (name TEXT, position INTEGER, doc_id TEXT, is_quote INTEGER, is_direct INTEGER, "
            "role TEXT, type TEXT, country TEXT, PRIMARY KEY (name, position)) WITHOUT ROWID"
        )

    def add(self, position: int, claim: Claim) -> None:
        """Take the claim at that position of the run."""
        is_quote = claim.claim_type == "quote"
        if is_quote or claim.speaker:
            is_direct = is_quote and claim.quote_type in ("direct", "mixed")
            described = (claim.speaker_role, claim.speaker_type, claim.speaker_country)
            row = (_speaker_of(claim), position, claim.doc_id, is_quote, is_direct, *described)
            self._scratch.execute("INSERT INTO spoken VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def rows(self, shown: Iterable[Claim], limit: int) -> Counted[SpeakerRow]:
        """Quotes and reported events by speaker: most quotes first, then most events, then by name.

        Speakers are told apart by name alone; the quotes without one come last. Only the first ``limit`` have rows, and
        of their claims only those that are ``shown``.
        """
        listed: defaultdict[tuple[str, bool], list[Claim]] = defaultdict(list)
        for claim in shown:
            if verdict(claim) != "reject":
                listed[_speaker_of(claim), claim.claim_type == "quote"].append(claim)
        rows = self._scratch.execute("SELECT * FROM spoken ORDER BY name, position")
        counts = (_speaker_row(name, group, listed) for name, group in groupby(rows, key=itemgetter(0)))
        first = nsmallest(limit, counts, key=lambda row: (not row.name, -len(row.quotes), -len(row.events), row.name))
        (total,) = self._scratch.execute("SELECT count(DISTINCT name) FROM spoken").fetchone()
        return Counted(first, total)


def _speaker_of(claim: Claim) -> str:
    return collapse_whitespace(claim.speaker)


def _speaker_row(
    name: str, claims: Iterable[tuple[Any, ...]], listed: Mapping[tuple[str, bool], Sequence[Claim]]
) -> SpeakerRow:
    quotes = events = direct = articles = 0
    last_doc_id = None
    described: tuple[Counter[str], ...] = (Counter(), Counter(), Counter())
    for _, _, doc_id, is_quote, is_direct, *values in claims:
        quotes += is_quote
        events += not is_quote
        direct += is_direct
        articles += doc_id != last_doc_id  # they come article by article
        last_doc_id = doc_id
        for counts, value in zip(described, values, strict=True):
            if value and name:
                counts[collapse_whitespace(value)] += 1
    roles, types, countries = (tuple(value for value, _ in counts.most_common()) for counts in described)
    return SpeakerRow(
        name, roles, types, countries, Counted(listed.get((name, True), ()), quotes), direct,
        Counted(listed.get((name, False), ()), events), articles,
    )  # fmt: skip


@dataclass(slots=True)
class CountryTally:
    """By country code how often it is named, in how many articles, and how many claims are about it."""

    named: Counter[str] = field(default_factory=Counter)
    articles: Counter[str] = field(default_factory=Counter)
    claims: Counter[str] = field(default_factory=Counter)

    def add(self, result: Result) -> None:
        """Count an article's mentions of countries and their people, not of places in them, and its claims."""
        codes = [mention.country for mention in result.mentions if mention.label == "COUNTRY" and mention.country]
        about = [code for claim in result.claims if verdict(claim) != "reject" for code in claim.countries]
        self.named.update(codes)
        self.claims.update(about)
        self.articles.update({*codes, *about})

    def rows(self, shown: Iterable[Claim], country_names: Mapping[str, str]) -> tuple[CountryRow, ...]:
        """The countries, the most named first; of their claims only those that are ``shown``.

        ``country_names`` gives the name of each code; a code that has none stands for itself.
        """
        listed: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in shown:
            for code in claim.countries if verdict(claim) != "reject" else ():
                listed[code].append(claim)
        rows = [
            CountryRow(
                code, country_names.get(code, code), self.named[code], self.articles[code],
                Counted(listed.get(code, ()), self.claims[code]),
            )
            for code in self.articles
        ]  # fmt: skip
        return tuple(sorted(rows, key=lambda row: (-row.named, -len(row.claims), row.name, row.code)))
