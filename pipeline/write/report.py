"""outputs/report.html: all of a run in one file that can be mailed, read without a network and without a script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pipeline.knowledge.files import models_folder
from pipeline.knowledge.places import load_country_names
from pipeline.records import Claim, Rejected
from pipeline.write import counts
from pipeline.write.atomic import OutputFiles, beside
from pipeline.write.counts import CountryLine, EventLine, SpeakerLine, Timeline, verdict
from pipeline.write.gather import ArticleRow, Gathered, Shown

#: What one page can carry and a mail still take: claims in full, lines of a table, claims listed under a number.
CLAIMS, LINES, LISTED = 3_000, 500, 200
#: Bars of a chart.
BARS = 12


@dataclass(frozen=True, slots=True)
class Page:
    """All that the template prints. ``shown`` has the ids of the claims that stand in the page."""

    articles: Sequence[ArticleRow]
    rejected: Sequence[Rejected]
    copies: Sequence[Rejected]
    stories: Mapping[str, str]
    claims: int
    kinds: Sequence[tuple[str, int]]
    decided: Mapping[str, int]
    words: int
    events: Sequence[EventLine]
    speakers: Sequence[SpeakerLine]
    countries: Sequence[CountryLine]
    timeline: Timeline
    names: Mapping[str, str]
    by_article: Sequence[tuple[ArticleRow, Sequence[Shown]]]
    shown: frozenset[str]
    charts: Mapping[str, str]
    lines: int
    listed: int
    bars: int


def write_report(path: Path, gathered: Gathered, stories: Mapping[str, str] | None = None) -> None:
    """Write the report of what a run gave; the file appears whole or not at all, with the same bytes for the same run.

    ``stories`` gives by ``doc_id`` the file whose story an article carries too. The page shows CLAIMS claims in full:
    every event, what a reviewer decided, then those of highest confidence; it counts the rest and points to
    claims.csv. Raises OSError when the file can't be written.
    """
    from pipeline.write.pages import environment

    page = make_page(gathered, stories or {})
    with beside(path, OutputFiles()) as file:
        file.writelines(environment().get_template("report.html").generate(page=page))


def make_page(gathered: Gathered, stories: Mapping[str, str]) -> Page:
    """Count, choose and draw."""
    claims = [each.claim for each in gathered.claims]
    names = load_country_names(models_folder() / "places")
    kept = choose(claims, CLAIMS)
    speakers = counts.speakers(claims)
    countries = counts.countries(claims, gathered.named, names)
    timeline = counts.timeline(claims)
    return Page(
        articles=gathered.articles,
        rejected=[each for each in gathered.rejected if not each.copies_of],
        copies=[each for each in gathered.rejected if each.copies_of],
        stories=stories,
        claims=len(claims),
        kinds=sorted(Counter(claim.claim_type for claim in claims).items()),
        decided=Counter(filter(None, map(verdict, claims))),
        words=sum(article.words for article in gathered.articles),
        events=counts.events(claims, stories),
        speakers=speakers,
        countries=countries,
        timeline=timeline,
        names=names,
        by_article=list(_by_article(gathered, kept)),
        shown=kept,
        charts=_charts(speakers, countries, timeline),
        lines=LINES,
        listed=LISTED,
        bars=BARS,
    )


def choose(claims: Sequence[Claim], limit: int) -> frozenset[str]:
    """The ids of at most ``limit`` claims: events, then decided ones, then by confidence; of equals the earlier."""
    order = sorted(claims, key=lambda c: (c.claim_type == "quote", not verdict(c), -c.confidence))
    return frozenset(claim.claim_id for claim in order[:limit])


def _by_article(gathered: Gathered, kept: frozenset[str]) -> Iterable[tuple[ArticleRow, Sequence[Shown]]]:
    rows = {article.doc_id: article for article in gathered.articles}
    shown = (each for each in gathered.claims if each.claim.claim_id in kept)
    for doc_id, group in groupby(shown, key=lambda each: each.claim.doc_id):
        yield rows[doc_id], list(group)


def _charts(speakers: Sequence[SpeakerLine], countries: Sequence[CountryLine], timeline: Timeline) -> dict[str, str]:
    """The drawings by the section they stand in; a single bar shows nothing that its number doesn't."""
    from pipeline.write.figures import bars, columns

    who = [(line.name, len(line.quotes)) for line in speakers if line.name and line.quotes][:BARS]
    where = [(line.name, line.named) for line in countries if line.named][:BARS]
    charts: dict[str, str] = {}
    if len(who) > 1:
        charts["speakers"] = bars("chart-speakers", "Quotes by speaker", who)
    if len(where) > 1:
        charts["countries"] = bars("chart-countries", "How often countries are named", where)
    if len(timeline.columns) > 1:
        charts["timeline"] = columns("chart-timeline", f"Dated claims by {timeline.unit}", timeline.columns)
    return charts
