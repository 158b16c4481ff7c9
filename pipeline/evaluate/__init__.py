"""Measure the extraction on gold: read its texts with the present rules, compare, count, keep what went wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import tee
from pathlib import Path

from pipeline.evaluate.events import score_events
from pipeline.evaluate.gold import GoldArticle, attribution, event, read_gold
from pipeline.evaluate.quotes import score_quotes
from pipeline.evaluate.tally import Counts, Example, Tally
from pipeline.records import Article, Rejected, Result
from pipeline.settings import Settings
from pipeline.write.gold_form import attribution_rows, event_rows

__all__ = ["Counts", "Evaluation", "Example", "Tally", "evaluate"]
QUOTE = "quote"


@dataclass(slots=True)
class Evaluation:
    """The figures by kind, in the order quote, event types; ``not_asked`` counts found events of types without gold."""

    gold: Path
    articles: int
    tallies: dict[str, Tally]
    not_asked: Counter[str] = field(default_factory=Counter)


#: Called after every article with what it gave, how many are done and how many there are.
Report = Callable[[Result | Rejected, int, int], None]


def evaluate(path: Path, settings: Settings, report: Report | None = None) -> Evaluation:
    """Extract claims from the texts of the gold file with the settings' model and events, and compare.

    One article after the other is read, so the file may be large. An article that breaks the model gives no claims.
    Raises ExtractError for what is no gold, naming file and line, before anything is extracted.
    """
    done = _asked_for(path)
    rows, again = tee(read_gold(path))
    results = extracted((row.article for row in rows), settings)
    for number, (row, result) in enumerate(zip(again, results, strict=True), 1):
        _score(row, result, done)
        if report is not None:
            report(result, number, done.articles)
    return done


def extracted(articles: Iterable[Article], settings: Settings) -> Iterator[Result | Rejected]:
    """What each article gives, in order."""
    from pipeline.article import load_resources
    from pipeline.engines.local import run_local

    return run_local(articles, load_resources(settings.model, settings.events))


def _asked_for(path: Path) -> Evaluation:
    """The whole file read once: how many articles there are, and of which kinds it has gold."""
    articles, quotes, types = 0, False, set()
    for row in read_gold(path):
        articles += 1
        quotes |= row.attributions is not None
        # Rows with events are of closures even where none has one: that none is there is gold as well.
        types |= {"closure", *(each.type for each in row.events)} if row.events is not None else set()
    kinds = [QUOTE] * quotes + sorted(types)
    return Evaluation(path, articles, {kind: Tally(kind) for kind in kinds})


def _score(row: GoldArticle, result: Result | Rejected, done: Evaluation) -> None:
    claims = result.claims if isinstance(result, Result) else ()
    whole = (0, len(row.article.text))
    if QUOTE in done.tallies:
        score_quotes(row, [attribution(each, whole) for each in attribution_rows(claims)], done.tallies[QUOTE])
    found = [event(each, whole) for each in event_rows(claims)]
    for kind, tally in done.tallies.items():
        if kind != QUOTE:
            score_events(row, found, tally)
    if row.events is not None:
        done.not_asked.update(each.type for each in found if each.type not in done.tallies)
