"""The report's tables of speakers and countries, counted from the claims of a run.

Claims that a reviewer rejected are not counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.records import Claim, Result
from pipeline.write.column_values import verdict
from pipeline.write.counted import Counted
from pipeline.write.speaker_rows import Speaker, SpeakerTally


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """Somebody who is quoted or reports events; an empty ``name`` gathers the quotes whose speaker was not found.

    ``spellings``, ``roles``, ``types`` and ``countries`` have each value once, the most frequent first (none without a
    name).
    ``direct`` counts the quotes that are direct or mixed, ``articles`` the articles of ``quotes`` and ``events``.
    """

    name: str
    spellings: tuple[str, ...]
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


def speaker_rows(tally: SpeakerTally, shown: Iterable[Claim], limit: int) -> Counted[SpeakerRow]:
    """Quotes and reported events by speaker: most quotes first, then most events, then by name.

    The quotes without a speaker come last. Only the first ``limit`` have rows, and of their claims only those that are
    ``shown``.
    """
    listed: defaultdict[tuple[str, bool], list[Claim]] = defaultdict(list)
    speakers, total = tally.first(limit)
    for claim in shown:
        if verdict(claim) != "reject":
            listed[tally.id_of(claim), claim.claim_type == "quote"].append(claim)
    return Counted((_speaker_row(speaker, listed) for speaker in speakers), total)


def _speaker_row(speaker: Speaker, listed: Mapping[tuple[str, bool], Sequence[Claim]]) -> SpeakerRow:
    quotes, events = (listed.get((speaker.speaker_id, is_quote), ()) for is_quote in (True, False))
    return SpeakerRow(
        speaker.name, speaker.spellings, speaker.roles, speaker.types, speaker.countries,
        Counted(quotes, speaker.quotes), speaker.direct, Counted(events, speaker.events), speaker.articles,
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
