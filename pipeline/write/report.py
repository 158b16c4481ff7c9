"""outputs/report.html: all of a run in one file that can be mailed, read without a network and without scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pipeline.knowledge.files import models_folder
from pipeline.knowledge.places import load_country_names
from pipeline.records import Claim, Rejected
from pipeline.write.atomic import OutputFiles, write_atomically
from pipeline.write.charts import Chart, bar_chart, column_chart
from pipeline.write.column_values import verdict
from pipeline.write.counts import CountryRow, SpeakerRow, country_rows, speaker_rows
from pipeline.write.event_rows import EventRow, event_rows
from pipeline.write.gather import ArticleRow, ClaimInPassage, ReportData
from pipeline.write.timeline import Timeline, build_timeline

#: Claims that the page shows in full; at about 1.6 kB each that is 5 MB, which every mail server takes.
MAX_CLAIMS = 3_000
#: Rows of a table; all of them are in the CSV tables.
MAX_ROWS = 500
#: Claims listed under a number of a table.
MAX_LISTED = 200
#: Bars of a chart: as many as stand beside a table without outgrowing the screen.
MAX_BARS = 12


@dataclass(frozen=True, slots=True)
class ReportPage:
    """All that the template prints.

    ``articles``, ``rejected`` and ``copies`` are the files that were read, that were not, and that repeat another.
    ``stories`` gives by ``doc_id`` the file whose story an article carries too. ``claims`` counts all claims, ``kinds``
    them by type, ``decided`` by verdict; ``words`` counts the words read. ``events``, ``speakers``, ``countries`` and
    ``timeline`` are the tables, ``charts`` the drawings by the section they stand in. ``country_names`` gives names by
    code. ``claims_by_article`` has the claims to show in full, in text order but weak ones last, of which ``weak_ids``
    has the ids; ``shown_ids`` has those of all, so that links lead nowhere else. ``max_rows``, ``max_listed`` and
    ``max_bars`` are the limits that the template cuts at.
    """

    articles: Sequence[ArticleRow]
    rejected: Sequence[Rejected]
    copies: Sequence[Rejected]
    stories: Mapping[str, str]
    claims: int
    kinds: Sequence[tuple[str, int]]
    decided: Mapping[str, int]
    words: int
    events: Sequence[EventRow]
    speakers: Sequence[SpeakerRow]
    countries: Sequence[CountryRow]
    timeline: Timeline
    charts: Mapping[str, Chart]
    country_names: Mapping[str, str]
    claims_by_article: Sequence[tuple[ArticleRow, Sequence[ClaimInPassage]]]
    shown_ids: frozenset[str]
    weak_ids: frozenset[str]
    max_rows: int
    max_listed: int
    max_bars: int


def write_report(
    path: Path,
    data: ReportData,
    stories: Mapping[str, str] | None = None,
    events: Sequence[EventRow] | None = None,
) -> None:
    """Write the report of what a run gave; the file appears whole or not at all, with the same bytes for the same run.

    ``stories`` gives by ``doc_id`` the file whose story an article carries too, ``events`` are the rows of events, made
    from the claims when they aren't given. The page shows MAX_CLAIMS claims in
    full: every event, what a reviewer decided, then those of highest confidence; it counts the rest and points to
    claims.csv. Raises OSError when the file can't be written.
    """
    from pipeline.write.pages import template_environment

    page = make_page(data, stories or {}, events)
    with write_atomically(path, OutputFiles()) as file:
        file.writelines(template_environment().get_template("report.html").generate(page=page))


def make_page(data: ReportData, stories: Mapping[str, str], events: Sequence[EventRow] | None = None) -> ReportPage:
    """Count what the tables show, choose the claims to show in full, and lay out the charts."""
    claims = [shown.claim for shown in data.claims]
    names = load_country_names(models_folder() / "places")
    shown_ids = choose_claims(claims, MAX_CLAIMS)
    speakers = speaker_rows(claims)
    countries = country_rows(claims, data.named, names)
    timeline = build_timeline(claims)
    return ReportPage(
        articles=data.articles,
        rejected=[rejected for rejected in data.rejected if not rejected.copies_of],
        copies=[rejected for rejected in data.rejected if rejected.copies_of],
        stories=stories,
        claims=len(claims),
        kinds=sorted(Counter(claim.claim_type for claim in claims).items()),
        decided=Counter(filter(None, map(verdict, claims))),
        words=sum(article.words for article in data.articles),
        events=event_rows(claims, stories) if events is None else events,
        speakers=speakers,
        countries=countries,
        timeline=timeline,
        charts=_lay_out_charts(speakers, countries, timeline),
        country_names=names,
        claims_by_article=list(_claims_by_article(data, shown_ids)),
        shown_ids=shown_ids,
        weak_ids=frozenset(shown.claim.claim_id for shown in data.claims if is_weak(shown)),
        max_rows=MAX_ROWS,
        max_listed=MAX_LISTED,
        max_bars=MAX_BARS,
    )


def choose_claims(claims: Sequence[Claim], limit: int) -> frozenset[str]:
    """The ids of at most ``limit`` claims: events first, then what a reviewer decided, then the most confident.

    Of events, of what was decided and of the rest noise comes last.
    """
    by_importance = sorted(
        claims,
        key=lambda claim: (claim.claim_type == "quote", not claim.decision, bool(claim.noise), -claim.confidence),
    )
    return frozenset(claim.claim_id for claim in by_importance[:limit])


def _claims_by_article(
    data: ReportData, shown_ids: frozenset[str]
) -> Iterable[tuple[ArticleRow, Sequence[ClaimInPassage]]]:
    articles_by_id = {article.doc_id: article for article in data.articles}
    shown = (claim for claim in data.claims if claim.claim.claim_id in shown_ids)
    for doc_id, group in groupby(shown, key=lambda claim: claim.claim.doc_id):
        yield articles_by_id[doc_id], sorted(group, key=is_weak)


def is_weak(shown: ClaimInPassage) -> bool:
    """Whether a claim is noise and nobody decided on it: it stands last in its article."""
    return bool(shown.claim.noise) and not verdict(shown.claim)


def _lay_out_charts(
    speakers: Sequence[SpeakerRow], countries: Sequence[CountryRow], timeline: Timeline
) -> dict[str, Chart]:
    """The charts by the section they stand in; none for a single bar, which shows nothing that its number doesn't."""
    quotes = [(row.name, len(row.quotes)) for row in speakers if row.name and row.quotes][:MAX_BARS]
    named = [(row.name, row.named) for row in countries if row.named][:MAX_BARS]
    charts: dict[str, Chart] = {}
    if len(quotes) > 1:
        charts["speakers"] = bar_chart("chart-speakers", "Quotes by speaker", quotes)
    if len(named) > 1:
        charts["countries"] = bar_chart("chart-countries", "How often countries are named", named)
    if len(timeline.columns) > 1:
        charts["timeline"] = column_chart("chart-timeline", f"Dated claims by {timeline.unit}", timeline.columns)
    return charts
