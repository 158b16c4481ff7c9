"""The report's tables of events, speakers and countries, counted from the claims of a run.

Claims that a reviewer rejected are not counted; an event keeps its row as long as one of its claims is not rejected,
and a wholly rejected one is listed last.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.compare.events import content_words, group_events
from pipeline.records import Claim
from pipeline.store import parse_verdict
from pipeline.text.normalize import collapse_whitespace

#: A value and how many claims have it.
ValueCount = tuple[str, int]


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event with what its claims say of it; of every column each value once, the most frequent first.

    ``type`` is the kind of event ("closure"), ``target`` the wording with the most telling words. ``date_start`` and
    ``date_end`` span all days that the claims give. ``articles`` counts articles, ``stories`` those that are no copy of
    another. ``claims`` has all claims, ``rejected`` is true when a reviewer rejected every one of them.
    """

    type: str
    target: str
    kinds: tuple[str, ...]
    actors: tuple[str, ...]
    places: tuple[str, ...]
    countries: tuple[str, ...]
    date_texts: tuple[str, ...]
    date_start: date | None
    date_end: date | None
    statuses: tuple[ValueCount, ...]
    reporters: tuple[ValueCount, ...]
    articles: int
    stories: int
    claims: tuple[Claim, ...]
    rejected: bool


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


def verdict(claim: Claim) -> str:
    """The decision on a claim as "accept", "reject", "edit" or "unsure"; "" for none or any other word."""
    return parse_verdict(claim.decision)


def event_rows(claims: Iterable[Claim], stories: Mapping[str, str]) -> tuple[EventRow, ...]:
    """Group the event claims by event: those told by most stories first, then by number of claims, rejected ones last.

    ``stories`` gives by ``doc_id`` the file whose story an article carries too, so that copies count once.
    """
    rows = [_event_row(group, stories) for group in group_events(claims, stories)]
    return tuple(sorted(rows, key=lambda row: (row.rejected, -row.stories, -len(row.claims))))


def _event_row(group: Sequence[Claim], stories: Mapping[str, str]) -> EventRow:
    kept = [claim for claim in group if verdict(claim) != "reject"]
    described = kept or group
    return EventRow(
        type=described[0].claim_type,
        target=collapse_whitespace(
            max((claim.target for claim in described), key=lambda words: len(content_words(words)))
        ),
        kinds=_values(described, "target_kind"),
        actors=_values(described, "actor"),
        places=_values(described, "place"),
        countries=_values(described, "countries"),
        date_texts=_values(described, "date_text"),
        date_start=min(_days(described, "date_start"), default=None),
        date_end=max(_days(described, "date_end"), default=None),
        statuses=_value_counts(described, "event_status"),
        reporters=_value_counts(described, "reporter"),
        articles=_article_count(described),
        stories=len({stories.get(claim.doc_id, claim.file) for claim in described}),
        claims=tuple(group),
        rejected=not kept,
    )


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
        roles=_values(described, "speaker_role"),
        types=_values(described, "speaker_type"),
        countries=_values(described, "speaker_country"),
        quotes=quotes,
        direct=sum(claim.quote_type in ("direct", "mixed") for claim in quotes),
        events=tuple(claim for claim in claims if claim.claim_type != "quote"),
        articles=_article_count(claims),
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


def _value_counts(claims: Iterable[Claim], column: str) -> tuple[ValueCount, ...]:
    """Values of a column (of a list each part) with their counts, the most frequent first, equals as they came."""
    counts: Counter[str] = Counter()
    for claim in claims:
        value = getattr(claim, column)
        counts.update(collapse_whitespace(part) for part in ((value,) if isinstance(value, str) else value) if part)
    return tuple(counts.most_common())


def _values(claims: Iterable[Claim], column: str) -> tuple[str, ...]:
    return tuple(value for value, _ in _value_counts(claims, column))


def _days(claims: Iterable[Claim], column: str) -> Iterable[date]:
    return filter(None, (getattr(claim, column) for claim in claims))


def _article_count(claims: Iterable[Claim]) -> int:
    return len({claim.doc_id for claim in claims})
