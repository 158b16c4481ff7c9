"""How far confidence can be believed: of the quotes, or the events, given a confidence of 0.8, how many are right."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from pipeline.evaluate.measures import jaccard, span_jaccard
from tests.bench.adapters import ADAPTERS, Extraction, predict_closures, predict_quotes
from tests.bench.gold import BenchError, GoldFile, Row, read_rows
from tests.bench.quality import Clock, extract_texts
from tests.bench.results import markdown_table

#: Width of a bin of confidences.
BIN_WIDTH = 0.1
#: Content and target are right from this Jaccard index on, as the scorers of both sets have it.
LEAST_SHARED = 0.5
#: A prediction's confidence, and whether the scorer calls it right.
Judged = tuple[float, bool]
#: Judges what was extracted from one row's text: (the set's scorer, the row, the extraction).
Judge = Callable[[Any, Row, Extraction], Iterable[Judged]]


def quote_reliability(files: Sequence[GoldFile], model: str) -> str:
    """The table over all quote sets. Right: content at Jaccard 0.5 and source, as in relation F1.

    Raises BenchError when the scorer isn't there or lacks what it had.
    """
    return reliability_table(_judge_files(files, model, _judge_quotes))


def event_reliability(files: Sequence[GoldFile], model: str) -> str:
    """The table over the closure sets of sentences; those of whole articles, whose rows are others, are left out.

    Right: trigger as the scorer pairs it, target at overlap 0.5, and status. Raises BenchError when the scorer isn't
    there or lacks what it had.
    """
    sentences = [file for file in files if file.kind == file.set]
    return reliability_table(_judge_files(sentences, model, _judge_events), "closures")


def _judge_files(files: Sequence[GoldFile], model: str, judge: Judge) -> list[Judged]:
    judged: list[Judged] = []
    for file in files:
        scorer = _load_scorer(file.path.parent / "score.py")
        rows = read_rows(file.path)
        texts = ADAPTERS[file.kind].texts(file, rows)
        # A text given twice is read twice here: rows and extractions run side by side.
        for row, (_, extraction) in zip(rows, extract_texts(texts, model, Clock()), strict=True):
            judged.extend(judge(scorer, row, extraction))
    return judged


def _load_scorer(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("gold_scorer", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise BenchError(f"There is no scorer {path}.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _judge_events(scorer: Any, row: Row, extraction: Extraction) -> Iterable[Judged]:
    predicted = predict_closures(row, extraction)["events"]
    pairs, unpaired, _ = scorer.match(row["events"], predicted)
    for gold, event in pairs:
        is_right = _is_same_target(gold.get("target"), event["target"]) and gold["status"] == event["status"]
        yield event["confidence"], is_right
    yield from ((event["confidence"], False) for event in unpaired)


def _is_same_target(gold: list[int] | None, predicted: list[int] | None) -> bool:
    if gold is None or predicted is None:
        return gold is predicted
    return span_jaccard((gold[0], gold[1]), (predicted[0], predicted[1])) >= LEAST_SHARED


def _judge_quotes(scorer: Any, row: Row, extraction: Extraction) -> Iterable[Judged]:
    article = scorer.Article(row["text"])
    gold = scorer.prepare(article, row["attributions"])
    predicted = [
        {role: article.cover(spans) for role, spans in attribution.items()}
        for attribution in predict_quotes(row, extraction)["attributions"]
    ]
    pairs = scorer.pair(gold, predicted, lambda g, p: jaccard(g["content"], p["content"]), LEAST_SHARED)
    right = {p for g, p in pairs if scorer.source_ok(article, gold[g], predicted[p])[0]}
    return [(quote.confidence, number in right) for number, quote in enumerate(extraction.linked.quotes)]


def reliability_table(judged: Iterable[Judged], kind: str = "quotes") -> str:
    """A Markdown table of bins of a tenth: how many, their mean confidence, the share that is right.

    Below it stands the mean distance of confidence and share, weighted by the bins' sizes: the expected calibration
    error (Naeini, Cooper and Hauskrecht, AAAI 2015). ``kind`` heads the column of numbers.
    """
    bins: dict[int, list[Judged]] = {}
    for confidence, is_right in judged:
        bins.setdefault(int(confidence / BIN_WIDTH + 1e-9), []).append((confidence, is_right))
    rows, distances = [], 0.0
    for number, members in sorted(bins.items()):
        mean = sum(confidence for confidence, _ in members) / len(members)
        share = sum(is_right for _, is_right in members) / len(members)
        distances += abs(mean - share) * len(members)
        limits = f"{number * BIN_WIDTH:.1f}-{(number + 1) * BIN_WIDTH:.1f}"
        rows.append((limits, str(len(members)), f"{mean:.2f}", f"{share:.2f}"))
    table = markdown_table(("confidence", kind, "mean", "right"), rows)
    total = sum(len(members) for members in bins.values())
    return f"{table}\n\nMean distance of confidence and share right: {distances / total if total else 0:.3f}."
