"""The headline figures of each set, read out of what its scorer reports; percentages with one decimal."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.gold import BenchError, GoldFile, Row, run_scorer, write_rows

Report = dict[str, Any]
Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: ``value`` in percent, over ``items`` things."""

    set: str
    name: str
    value: float
    items: int


@dataclass(frozen=True, slots=True)
class _Wanted:
    name: str
    value: Keys
    items: Keys


def _match(name: str, kind: str, measure: str, items: str = "n_gold") -> _Wanted:
    return _Wanted(name, ("match@0.5", kind, measure), ("match@0.5", kind, items))


WANTED: dict[str, tuple[_Wanted, ...]] = {
    "quotes": (
        _Wanted("relation F1", ("relation", "all", "f1"), ("relation", "all", "n_gold")),
        _Wanted("exact content F1", ("exact", "all", "f1"), ("exact", "all", "n_gold")),
        _Wanted("cue F1", ("cue", "all", "f1"), ("cue", "all", "n_gold")),
        _match("recall direct", "direct", "r"),
        _match("recall mixed", "mixed", "r"),
        _match("recall indirect", "indirect", "r"),
        _match("precision", "all", "p", "n_pred"),
    ),
    "speakers": tuple(
        _Wanted(f"strict {kind}", (kind, "strict"), (kind, "n"))
        for kind in ("overall", "pronoun", "short_name", "nominal")
    ),
    "closures": (
        _Wanted("event F1", ("event", "F1"), ("event", "gold")),
        _Wanted("arguments F1", ("args", "ALL", "e2e_overlap", "F1"), ("args", "ALL", "e2e_overlap", "gold")),
        _Wanted("status accuracy", ("status_acc_matched",), ("event", "tp")),
        _Wanted("permanence accuracy", ("permanence_acc_matched",), ("event", "tp")),
    ),
    "dates": (
        _Wanted("relaxed span F1", ("types", "ALL", "relaxed_F1"), ("types", "ALL", "gold")),
        _Wanted("value F1", ("types", "ALL", "value_F1"), ("types", "ALL", "gold")),
        _Wanted("DATE interval F1", ("date", "interval_exact_F1"), ("date", "gold_dates")),
    ),
    "places": (
        _Wanted("countries only F1", ("countries_only", "F1"), ("countries_only", "gold")),
        _Wanted("named countries F1", ("doc_set_named", "F1"), ("docs",)),
        _Wanted("end to end F1", ("end_to_end", "F1"), ("gold_mentions",)),
    ),
    "pages": (
        _Wanted("body F1", ("body",), ("pages",)),
        _Wanted("title", ("title",), ("pages",)),
        _Wanted("published", ("published",), ("dated",)),
    ),
}
_PAGES = re.compile(
    r"pages (?P<pages>\d+) \| body P \S+ R \S+ F1 (?P<body>\S+) \| title (?P<title>\S+) "
    r"\| published \d+/(?P<dated>\d+) = (?P<published>\S+)"
)


def score(file: GoldFile, predictions: list[Row]) -> list[Figure]:
    """The headline figures of these predictions. Raises BenchError when the scorer fails or says something new."""
    with tempfile.TemporaryDirectory() as folder:
        answers, written = Path(folder) / "predictions.jsonl", Path(folder) / "report.json"
        write_rows(answers, predictions)
        if file.set == "pages":
            return figures(file, read_pages(run_scorer(file, answers)))
        if file.set == "quotes":
            run_scorer(file, answers, "--json", str(written))
            return figures(file, json.loads(written.read_text(encoding="utf-8")))
        report = json.loads(run_scorer(file, answers, "--json"))
        if file.set == "places":  # a town is no wrong country: "countries only" is asked of the countries alone
            write_rows(answers, [_countries(row) for row in predictions])
            report["countries_only"] = json.loads(run_scorer(file, answers, "--json"))["countries_only"]
        return figures(file, report)


def _countries(row: Row) -> Row:
    return {**row, "mentions": [mention for mention in row["mentions"] if mention["label"] == "COUNTRY"]}


def read_pages(printed: str) -> Report:
    """The pages scorer's line as a report. Raises BenchError when it reads otherwise."""
    found = _PAGES.search(printed)
    if found is None:
        raise BenchError(f"pages/score.py printed something else: {printed[:80]!r}")
    return {key: float(value) if "." in value else int(value) for key, value in found.groupdict().items()}


def figures(file: GoldFile, report: Report) -> list[Figure]:
    """The wanted figures of a report; one over no items is left out. Raises BenchError when one is missing."""
    if file.set == "places":  # alone in reporting percentages, and no gold count of countries
        report = {
            **report,
            "countries_only": {
                "F1": report["countries_only"]["F1"] / 100,
                "gold": report["countries_only"]["tp"] + report["countries_only"]["fn"],
            },
            "doc_set_named": {"F1": report["doc_set_named"]["F1"] / 100},
            "end_to_end": {"F1": report["end_to_end"]["F1"] / 100},
        }
    out = []
    for wanted in WANTED[file.set]:
        items = int(_dig(file, report, wanted.items))
        if items:
            out.append(Figure(file.name, wanted.name, round(100 * _dig(file, report, wanted.value), 1), items))
    return out


def _dig(file: GoldFile, report: Report, keys: Keys) -> float:
    value: Any = report
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            raise BenchError(f"{file.set}/score.py reports no {' '.join(keys)}.")
        value = value[key]
    return float(value)
