"""How far confidence can be believed: of the quotes, of the events given 0.8, how many are right."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tests.bench.adapters import ADAPTERS, Reading, predict_closures, predict_quotes
from tests.bench.gold import BenchError, GoldFile, Row, read_rows
from tests.bench.quality import Clock, readings
from tests.bench.results import markdown_table

BIN = 0.1
#: A prediction's confidence and whether the scorer calls it right.
Judged = tuple[float, bool]


def quote_reliability(files: Sequence[GoldFile], model: str) -> str:
    """The table over all quote sets. Right: content at Jaccard 0.5 and source, as in relation F1.

    Raises BenchError when the scorer isn't there or lacks what it had.
    """
    judged: list[Judged] = []
    for file in files:
        scorer = _load(file.path.parent / "score.py")
        rows = read_rows(file.path)
        texts = ADAPTERS["quotes"].texts(file, rows)
        # A text given twice is read twice here: rows and readings run side by side.
        for row, (_, reading) in zip(rows, readings(texts, model, Clock()), strict=True):
            judged.extend(_judge(scorer, row, reading))
    return reliability_table(judged)


def event_reliability(files: Sequence[GoldFile], model: str) -> str:
    """The table over all closure sets. Right: trigger as the scorer pairs it, target at overlap 0.5, and status.

    Raises BenchError when the scorer isn't there or lacks what it had.
    """
    judged: list[Judged] = []
    for file in files:
        scorer = _load(file.path.parent / "score.py")
        rows = read_rows(file.path)
        texts = ADAPTERS["closures"].texts(file, rows)
        for row, (_, reading) in zip(rows, readings(texts, model, Clock()), strict=True):
            judged.extend(_judge_events(scorer, row, reading))
    return reliability_table(judged, "closures")


def _judge_events(scorer: Any, row: Row, reading: Reading) -> Iterable[Judged]:
    said = predict_closures(row, reading)["events"]
    pairs, wrong, _ = scorer.match(row["events"], said)
    for gold, mine in pairs:
        targets = (gold.get("target"), mine["target"])
        hit = scorer.iou(*targets) >= 0.5 or targets == (None, None)
        yield mine["confidence"], hit and gold["status"] == mine["status"]
    yield from ((mine["confidence"], False) for mine in wrong)


def _load(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("gold_scorer", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise BenchError(f"There is no scorer {path}.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _judge(scorer: Any, row: Row, reading: Reading) -> Iterable[Judged]:
    article = scorer.Article(row["text"])
    gold = scorer.prepare(article, row["attributions"])
    said = [
        {role: article.cover(spans) for role, spans in attribution.items()}
        for attribution in predict_quotes(row, reading)["attributions"]
    ]
    pairs = scorer.pair(gold, said, lambda one, other: scorer.jac(one["content"], other["content"]), 0.5)
    right = {mine for theirs, mine in pairs if scorer.source_ok(article, gold[theirs], said[mine])[0]}
    return [(quote.confidence, number in right) for number, quote in enumerate(reading.linked.quotes)]


def reliability_table(judged: Iterable[Judged], of: str = "quotes") -> str:
    """Bins of a tenth: how many, their mean confidence, the share that is right; then the mean distance of the two."""
    bins: dict[int, list[Judged]] = {}
    for confidence, right in judged:
        bins.setdefault(int(confidence / BIN + 1e-9), []).append((confidence, right))
    total = sum(len(inside) for inside in bins.values())
    rows, off = [], 0.0
    for number, inside in sorted(bins.items()):
        mean = sum(confidence for confidence, _ in inside) / len(inside)
        share = sum(right for _, right in inside) / len(inside)
        off += abs(mean - share) * len(inside)
        rows.append((f"{number * BIN:.1f}-{(number + 1) * BIN:.1f}", str(len(inside)), f"{mean:.2f}", f"{share:.2f}"))
    table = markdown_table(("confidence", of, "mean", "right"), rows)
    return f"{table}\n\nMean distance of confidence and share right: {off / total if total else 0:.3f}."
