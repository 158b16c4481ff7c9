"""outputs/report.html: all of a run in one file that can be mailed, read without a network and without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from pipeline import __version__
from pipeline.knowledge.files import models_folder
from pipeline.knowledge.places import load_country_names
from pipeline.records import Claim, Rejected
from pipeline.write.atomic import OutputFiles, write_atomically
from pipeline.write.charts import Chart, bar_chart, column_chart
from pipeline.write.column_values import verdict
from pipeline.write.counted import Counted
from pipeline.write.counts import CountryRow, SpeakerRow, speaker_rows
from pipeline.write.drawings import Drawing
from pipeline.write.event_rows import EventRow
from pipeline.write.event_tally import EventTally
from pipeline.write.event_timeline import DatedEvent
from pipeline.write.findings import Finding
from pipeline.write.gather import MAX_ROWS, ArticleRow, ReportData
from pipeline.write.passages import ClaimInPassage
from pipeline.write.stored_events import StoredEvents
from pipeline.write.timeline import Timeline
from pipeline.write.world_map import draw_map

#: What the page is called unless somebody gives it a title.
TITLE = "Who claims what"
#: Claims listed under a number of a table.
MAX_LISTED = 200
#: Speakers whose words stand at the page's beginning.
_MAX_VOICES = 5
#: Characters of the longest quotation there, some three lines.
_MAX_VOICE_WORDS = 240
#: Quotations of at least this confidence may stand there: nineteen of twenty are right.
_SURE = 0.9
#: Bars of a chart: as many as stand beside a table without outgrowing the screen.
MAX_BARS = 12


@dataclass(frozen=True, slots=True)
class ReportPage:
    """All that the template prints.

    ``articles``, ``rejected`` and ``copies`` are the files that were read, that were not, and that repeat another.
    ``stories`` gives by ``doc_id`` the file whose story an article carries too. ``claims`` counts all claims,
    ``kinds`` them by type, ``decided`` by verdict; ``words`` counts the words read, ``days`` are the first and the
    last day of publication. ``findings`` are what is said first, ``voices`` the most quoted speakers with one
    quotation each. ``events``, ``speakers``, ``countries`` and ``timeline`` are the tables, ``dated_events`` the
    events with known days in their order, ``undated_events`` counts the others. ``charts`` are the charts by the
    section they stand in, ``drawings`` the timeline of events ("events") and the map ("map"). ``country_names`` gives
    names by code. ``claims_by_article`` has the claims to show in full, in text order but weak ones last, of which
    ``weak_ids`` has the ids; ``shown_ids`` has those of all, so that links lead nowhere else. ``max_rows``,
    ``max_listed`` and ``max_bars`` are the limits that the template cuts at, ``heading`` stands at the top.
    """

    articles: Counted[ArticleRow]
    rejected: Counted[Rejected]
    copies: Counted[Rejected]
    stories: Mapping[str, str]
    claims: int
    kinds: Sequence[tuple[str, int]]
    decided: Mapping[str, int]
    words: int
    days: tuple[date, date] | None
    version: str
    findings: Sequence[Finding]
    voices: Sequence[tuple[SpeakerRow, Claim]]
    events: Counted[EventRow]
    speakers: Counted[SpeakerRow]
    countries: Sequence[CountryRow]
    timeline: Timeline
    dated_events: Counted[DatedEvent]
    undated_events: int
    charts: Mapping[str, Chart]
    drawings: Mapping[str, Drawing]
    country_names: Mapping[str, str]
    claims_by_article: Sequence[tuple[ArticleRow, Sequence[ClaimInPassage]]]
    shown_ids: frozenset[str]
    weak_ids: frozenset[str]
    max_rows: int
    max_listed: int
    max_bars: int
    heading: Heading


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the report's figures: its title, and lines on what it was made of and what was left out."""

    title: str = TITLE
    lines: tuple[str, ...] = ()


def origin_lines(corpus: str, day: date | None = None) -> tuple[str, ...]:
    """What the heading says of where a report's claims come from; nothing where that isn't known.

    ``corpus`` is what was read ("the corpus “corpus”"), ``day`` when. A run's own report has no such day, only those of
    its articles: two runs that find the same write the same bytes.
    """
    when = f", as it was read on {day}" if day else ""
    return (f"Made of {corpus}{when}.",) if corpus else ()


def write_report(
    path: Path,
    data: ReportData,
    stories: Mapping[str, str] | None = None,
    events: StoredEvents | Sequence[EventRow] = (),
    tally: EventTally | None = None,
    heading: Heading | None = None,
) -> None:
    """Write the report of what a run gave; the file appears whole or not at all, with the same bytes for the same run.

    ``stories`` gives by ``doc_id`` the file whose story an article carries too, ``events`` are the rows of events,
    ``tally`` what was collected of them, where they were gone through before. The page shows MAX_CLAIMS claims in
    full: every event, what a reviewer decided, then those of highest confidence; it counts the rest and points to
    claims.csv. Raises OSError when the file can't be written.
    """
    page = make_page(data, stories or {}, events, tally, heading)
    with write_atomically(path, OutputFiles()) as file:
        file.writelines(page_pieces(page))


def prepare_report() -> None:
    """Compile what the page is made with, which takes a fifth of a second: for when there is nothing else to do.

    Nothing is raised: what is wrong is said when the report is written.
    """
    with suppress(Exception):
        from pipeline.write.pages import TEMPLATES, template_environment

        for template in sorted(TEMPLATES.glob("*.html")):
            template_environment().get_template(template.name)


def page_pieces(page: ReportPage) -> Iterator[str]:
    """The HTML of the report, piece by piece."""
    from pipeline.write.pages import template_environment

    return template_environment().get_template("report.html").generate(page=page)


def make_page(
    data: ReportData,
    stories: Mapping[str, str],
    events: StoredEvents | Sequence[EventRow],
    tally: EventTally | None = None,
    heading: Heading | None = None,
) -> ReportPage:
    """Lay out what was counted, with the claims to show in full."""
    tally = tally or EventTally.of(events)
    claims_by_article = [(article, sorted(claims, key=is_weak)) for article, claims in data.shown.by_article()]
    shown = [shown for _, claims in data.shown.by_article() for shown in claims]
    claims = [shown_claim.claim for shown_claim in shown]
    names = load_country_names(models_folder() / "places")
    speakers = speaker_rows(data.speakers, claims, MAX_ROWS)
    countries = data.countries.rows(claims, names)
    timeline = data.timeline.timeline(claims)
    drawings = (tally.timeline.draw(), draw_map(countries, tally.places))
    return ReportPage(
        articles=Counted(data.articles, data.article_count),
        rejected=Counted(data.rejected, data.rejected_count),
        copies=Counted(data.copies, data.copy_count),
        stories=stories,
        claims=data.claims,
        kinds=sorted(data.kinds.items()),
        decided=data.decided,
        words=data.words,
        days=(data.first_day, data.last_day) if data.first_day and data.last_day else None,
        version=__version__,
        findings=tally.findings.findings(),
        voices=_voices(speakers),
        events=Counted(islice(events, MAX_ROWS), len(events)),
        speakers=speakers,
        countries=countries,
        timeline=timeline,
        dated_events=Counted(tally.timeline.in_order(), tally.timeline.dated),
        undated_events=tally.timeline.undated,
        charts=_lay_out_charts(speakers, countries, timeline),
        drawings={drawing.kind: drawing for drawing in drawings if drawing is not None},
        country_names=names,
        claims_by_article=claims_by_article,
        shown_ids=frozenset(claim.claim_id for claim in claims),
        weak_ids=frozenset(shown_claim.claim.claim_id for shown_claim in shown if is_weak(shown_claim)),
        max_rows=MAX_ROWS,
        max_listed=MAX_LISTED,
        max_bars=MAX_BARS,
        heading=heading or Heading(),
    )


def _voices(speakers: Iterable[SpeakerRow]) -> list[tuple[SpeakerRow, Claim]]:
    """The most quoted speakers, each with the longest of their sure quotations that is short enough."""
    voices = []
    for row in speakers:
        sure = [quote for quote in row.quotes if quote.quote_type == "direct" and quote.confidence >= _SURE]
        short = [quote for quote in sure if len(quote.claim_text) <= _MAX_VOICE_WORDS]
        if row.name and short:
            voices.append((row, max(short, key=lambda quote: len(quote.claim_text))))
        if len(voices) == _MAX_VOICES:
            break
    return voices


def is_weak(shown: ClaimInPassage) -> bool:
    """Whether a claim is noise and nobody decided on it: it stands last in its article."""
    return bool(shown.claim.noise) and not verdict(shown.claim)


def _lay_out_charts(
    speakers: Iterable[SpeakerRow], countries: Sequence[CountryRow], timeline: Timeline
) -> dict[str, Chart]:
    """The charts by the section they stand in; none for a single bar, which shows nothing that its number doesn't."""
    quotes = [(row.name, len(row.quotes)) for row in speakers if row.name and row.quotes][:MAX_BARS]
    named = [(row.name, row.named) for row in countries if row.named][:MAX_BARS]
    charts: dict[str, Chart] = {}
    if len(quotes) > 1:
        charts["speakers"] = bar_chart("chart-speakers", "Quotes by speaker", quotes, ("speaker", "quotes"))
    if len(named) > 1:
        charts["countries"] = bar_chart("chart-countries", "How often countries are named", named, ("country", "named"))
    if len(timeline.columns) > 1:
        charts["timeline"] = column_chart(
            "chart-timeline", f"Dated claims by {timeline.unit}", timeline.columns, (timeline.unit, "claims")
        )
    return charts
