"""Measure the extraction on gold: read its texts with the present rules, compare, count, keep what went wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import tee
from pathlib import Path

from pipeline.engines.choice import choose_engine
from pipeline.evaluate.events import score_events
from pipeline.evaluate.gold import GoldArticle, make_attribution, make_event, read_gold
from pipeline.evaluate.measures import Counts
from pipeline.evaluate.quotes import score_quotes
from pipeline.evaluate.tally import Example, Tally
from pipeline.records import Article, Rejected, Result
from pipeline.settings import Settings
from pipeline.write.gold_form import attribution_rows, event_rows

__all__ = ["Counts", "Evaluation", "Example", "Tally", "evaluate"]
#: The kind of claim that is no event type.
QUOTE = "quote"


@dataclass(slots=True)
class Evaluation:
    """The figures of an evaluation.

    ``gold`` is the file compared with, ``articles`` how many it has. ``tallies`` has the figures by kind, quotes first,
    then event types; ``unjudged`` counts events found of types that gold says nothing about.
    """

    gold: Path
    articles: int
    tallies: dict[str, Tally]
    unjudged: Counter[str] = field(default_factory=Counter)


#: Called after every article with what it gave, how many are done and how many there are.
Report = Callable[[Result | Rejected, int, int], None]


def evaluate(path: Path, settings: Settings, report: Report | None = None) -> Evaluation:
    """Extract claims from the texts of a gold file with the settings' model and event types, and compare.

    One article after the other is read, so the file may be large. An article that breaks the model gives no claims: all
    its gold is missed. Raises ExtractError for a file that is no gold, naming file and line, before anything is
    extracted.
    """
    evaluation = _prepare_evaluation(path)
    gold_articles, articles = tee(read_gold(path))
    results = extract_articles((gold.article for gold in articles), settings)
    for number, (gold, result) in enumerate(zip(gold_articles, results, strict=True), 1):
        _score_article(gold, result, evaluation)
        if report is not None:
            report(result, number, evaluation.articles)
    return evaluation


def extract_articles(articles: Iterable[Article], settings: Settings) -> Iterator[Result | Rejected]:
    """What each article gives, in order; Rejected where the extraction broke."""
    return choose_engine(settings)(articles)


def _prepare_evaluation(path: Path) -> Evaluation:
    """Read the whole file once: how many articles there are, and for which kinds it has gold."""
    article_count, has_quotes, types = 0, False, set()
    for gold in read_gold(path):
        article_count += 1
        has_quotes |= gold.attributions is not None
        # Rows with events are of closures even where none has one: that none is there is gold as well.
        types |= {"closure", *(event.type for event in gold.events)} if gold.events is not None else set()
    kinds = [QUOTE] * has_quotes + sorted(types)
    return Evaluation(path, article_count, {kind: Tally(kind) for kind in kinds})


def _score_article(gold: GoldArticle, result: Result | Rejected, evaluation: Evaluation) -> None:
    claims = result.claims if isinstance(result, Result) else ()
    whole_text = (0, len(gold.article.text))
    if QUOTE in evaluation.tallies:
        predicted_quotes = [make_attribution(row, whole_text) for row in attribution_rows(claims)]
        score_quotes(gold, predicted_quotes, evaluation.tallies[QUOTE])
    predicted_events = [make_event(row, whole_text) for row in event_rows(claims)]
    for kind, tally in evaluation.tallies.items():
        if kind != QUOTE:
            score_events(gold, predicted_events, tally)
    if gold.events is not None:
        evaluation.unjudged.update(event.type for event in predicted_events if event.type not in evaluation.tallies)
