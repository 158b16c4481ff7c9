"""The report's tables of speakers and countries, counted from the claims of a run.

Claims that a reviewer rejected are not counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.records import Claim
from pipeline.text.normalize import collapse_whitespace
from pipeline.write.column_values import article_count, values_of, verdict


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
    quotes: tuple[Claim, ...]
    direct: int
    events: tuple[Claim, ...]
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
    claims: tuple[Claim, ...]


def speaker_rows(claims: Iterable[Claim]) -> tuple[SpeakerRow, ...]:
    """Count quotes and reported events by speaker: most quotes first, then most events, then by name.

    Speakers are told apart by name alone; the quotes without one come last.
    """
    claims_by_speaker: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if verdict(claim) != "reject" and (claim.claim_type == "quote" or claim.speaker):
            claims_by_speaker[collapse_whitespace(claim.speaker)].append(claim)
    rows = [_speaker_row(name, spoken) for name, spoken in claims_by_speaker.items()]
    return tuple(sorted(rows, key=lambda row: (not row.name, -len(row.quotes), -len(row.events), row.name)))


def _speaker_row(name: str, claims: Sequence[Claim]) -> SpeakerRow:
    quotes = tuple(claim for claim in claims if claim.claim_type == "quote")
    described = claims if name else ()
    return SpeakerRow(
        name=name,
        roles=values_of(described, "speaker_role"),
        types=values_of(described, "speaker_type"),
        countries=values_of(described, "speaker_country"),
        quotes=quotes,
        direct=sum(claim.quote_type in ("direct", "mixed") for claim in quotes),
        events=tuple(claim for claim in claims if claim.claim_type != "quote"),
        articles=article_count(claims),
    )


def country_rows(
    claims: Iterable[Claim], named: Mapping[str, Counter[str]], country_names: Mapping[str, str]
) -> tuple[CountryRow, ...]:
    """Count by country how often it is named and which claims are about it, the most named first.

    ``named`` gives by country code how often each article (by ``doc_id``) names it, ``country_names`` the name of each
    code; a code that has none stands for itself.
    """
    claims_by_country: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if verdict(claim) != "reject":
            for code in claim.countries:
                claims_by_country[code].append(claim)
    rows = [
        _country_row(code, country_names.get(code, code), named.get(code, Counter()), claims_by_country.get(code, ()))
        for code in {*named, *claims_by_country}
    ]
    return tuple(sorted(rows, key=lambda row: (-row.named, -len(row.claims), row.name, row.code)))


def _country_row(code: str, name: str, named: Counter[str], claims: Sequence[Claim]) -> CountryRow:
    articles = {*named, *(claim.doc_id for claim in claims)}
    return CountryRow(code, name, named.total(), len(articles), tuple(claims))
