"""The report's tables, counted from claims: events, speakers, countries, days. Rejected claims don't count."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.compare.events import content_words, group_events
from pipeline.records import Claim
from pipeline.store import parse_verdict
from pipeline.text.normalize import collapse_whitespace

Unit = Literal["day", "month", "year", "decade", "century"]
#: At most so many columns of the timeline are drawn.
COLUMNS = 36


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event: what its claims say, each value once, the commonest first. ``rejected``: all of its claims are.

    ``articles`` counts articles, ``stories`` those that are no copy of another.
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
    statuses: tuple[tuple[str, int], ...]
    reporters: tuple[tuple[str, int], ...]
    articles: int
    stories: int
    claims: tuple[Claim, ...]
    rejected: bool


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """Who says how much. An empty ``name``: the quotes whose speaker was not found."""

    name: str
    roles: tuple[str, ...]
    types: tuple[str, ...]
    countries: tuple[str, ...]
    quotes: tuple[Claim, ...]
    direct: int
    events: tuple[Claim, ...]
    articles: int


@dataclass(frozen=True, slots=True)
class CountryLine:
    """A country: how often it or its people are named, in how many articles, and the claims about it."""

    code: str
    name: str
    named: int
    articles: int
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """The claims whose first day lies in one day, month, year, decade or century ("2024-03", "1990s")."""

    label: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Dated claims by period, without the empty ones; ``columns`` are those to draw, empty ones among them.

    ``outside`` counts the claims before and after the columns.
    """

    unit: Unit
    periods: tuple[PeriodLine, ...]
    columns: tuple[tuple[str, int], ...]
    outside: int


def verdict(claim: Claim) -> str:
    """The decision as "accept", "reject", "edit" or "unsure"; "other" for any other word, empty for none."""
    return parse_verdict(claim.decision)


def events(claims: Iterable[Claim], stories: Mapping[str, str]) -> tuple[EventLine, ...]:
    """One line an event: those of most stories first, of equals those of most claims; wholly rejected ones last."""
    lines = [_event_line(group, stories) for group in group_events(claims, stories)]
    return tuple(sorted(lines, key=lambda line: (line.rejected, -line.stories, -len(line.claims))))


def _event_line(group: Sequence[Claim], stories: Mapping[str, str]) -> EventLine:
    kept = [claim for claim in group if verdict(claim) != "reject"]
    said = kept or list(group)
    starts = [claim.date_start for claim in said if claim.date_start]
    ends = [claim.date_end for claim in said if claim.date_end]
    return EventLine(
        type=said[0].claim_type,
        target=collapse_whitespace(max((claim.target for claim in said), key=lambda words: len(content_words(words)))),
        kinds=_common(claim.target_kind for claim in said),
        actors=_common(claim.actor for claim in said),
        places=_common(place for claim in said for place in claim.place),
        countries=_common(code for claim in said for code in claim.countries),
        date_texts=_common(words for claim in said for words in claim.date_text),
        date_start=min(starts, default=None),
        date_end=max(ends, default=None),
        statuses=_counted(claim.event_status for claim in said),
        reporters=_counted(claim.reporter for claim in said),
        articles=len({claim.doc_id for claim in said}),
        stories=len({stories.get(claim.doc_id, claim.file) for claim in said}),
        claims=tuple(group),
        rejected=not kept,
    )


def speakers(claims: Iterable[Claim]) -> tuple[SpeakerLine, ...]:
    """One line a name, by number of quotes, then events, then name; the quotes without a speaker last."""
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if verdict(claim) != "reject" and (claim.claim_type == "quote" or claim.speaker):
            found[collapse_whitespace(claim.speaker)].append(claim)
    lines = [_speaker_line(name, said) for name, said in found.items()]
    return tuple(sorted(lines, key=lambda line: (not line.name, -len(line.quotes), -len(line.events), line.name)))


def _speaker_line(name: str, said: Sequence[Claim]) -> SpeakerLine:
    quotes = tuple(claim for claim in said if claim.claim_type == "quote")
    return SpeakerLine(
        name=name,
        roles=_common(claim.speaker_role for claim in said) if name else (),
        types=_common(claim.speaker_type for claim in said) if name else (),
        countries=_common(claim.speaker_country for claim in said) if name else (),
        quotes=quotes,
        direct=sum(claim.quote_type in ("direct", "mixed") for claim in quotes),
        events=tuple(claim for claim in said if claim.claim_type != "quote"),
        articles=len({claim.doc_id for claim in said}),
    )


def countries(
    claims: Iterable[Claim], named: Mapping[str, Counter[str]], names: Mapping[str, str]
) -> tuple[CountryLine, ...]:
    """One line a country that is named or that a claim is about, the most named first."""
    about: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if verdict(claim) != "reject":
            for code in claim.countries:
                about[code].append(claim)
    lines = [
        CountryLine(
            code=code,
            name=names.get(code, code),
            named=sum(named.get(code, Counter()).values()),
            articles=len({*named.get(code, ()), *(claim.doc_id for claim in about.get(code, ()))}),
            claims=tuple(about.get(code, ())),
        )
        for code in {*named, *about}
    ]
    return tuple(sorted(lines, key=lambda line: (-line.named, -len(line.claims), line.name, line.code)))


def timeline(claims: Iterable[Claim]) -> Timeline:
    """Claims with known days by the period of the first; the unit is the finest that draws nine in ten of them."""
    dated = [claim for claim in claims if claim.date_start and verdict(claim) != "reject"]
    dated.sort(key=lambda claim: (claim.date_start or date.min, claim.date_end or date.min))
    days = [claim.date_start for claim in dated if claim.date_start]
    if not days:
        return Timeline("day", (), (), 0)
    low, high = days[len(days) // 20], days[-1 - len(days) // 20]
    unit = next(unit for unit, number in _NUMBERS.items() if number(high) - number(low) < COLUMNS)
    number = _NUMBERS[unit]
    by_number: defaultdict[int, list[Claim]] = defaultdict(list)
    for day, claim in zip(days, dated, strict=True):
        by_number[number(day)].append(claim)
    first, last = number(low), number(high)
    # As far out on both sides as there is room for.
    first = max(number(days[0]), last - COLUMNS + 1)
    last = min(number(days[-1]), first + COLUMNS - 1)
    drawn = [(_label(unit, each), len(by_number.get(each, ()))) for each in range(first, last + 1)]
    return Timeline(
        unit,
        tuple(PeriodLine(_label(unit, each), tuple(by_number[each])) for each in sorted(by_number)),
        tuple(drawn),
        len(days) - sum(count for _, count in drawn),
    )


#: Each unit as a count of such periods, the finest first.
_NUMBERS: dict[Unit, Callable[[date], int]] = {
    "day": date.toordinal,
    "month": lambda day: day.year * 12 + day.month - 1,
    "year": lambda day: day.year,
    "decade": lambda day: day.year // 10,
    "century": lambda day: day.year // 100,
}


def _label(unit: Unit, number: int) -> str:
    if unit == "day":
        return date.fromordinal(number).isoformat()
    if unit == "month":
        return f"{number // 12:04}-{number % 12 + 1:02}"
    return str(number) if unit == "year" else f"{number}{'0s' if unit == 'decade' else '00s'}"


def _counted(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(collapse_whitespace(value) for value in values if value)
    return tuple(counts.most_common())  # equal ones stay in the order they came in


def _common(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value for value, _ in _counted(values))
