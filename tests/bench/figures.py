"""The headline figures of each set, read out of what its scorer reports; percentages with one decimal."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.gold import BenchError, GoldFile, Row, run_scorer, write_rows

#: What a scorer reports, as JSON.
Report = dict[str, Any]
#: Where a number stands in a report, from outside in.
Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: ``name`` of the ``set`` ("quotes/dev") is ``value`` percent, over ``items`` things."""

    set: str
    name: str
    value: float
    items: int


@dataclass(frozen=True, slots=True)
class _FigureSource:
    """A figure's name in the table, and where in the scorer's report its value (0 to 1) and its items stand."""

    name: str
    value: Keys
    items: Keys


def _matched_half(name: str, kind: str, measure: str, items: str = "n_gold") -> _FigureSource:
    return _FigureSource(name, ("match@0.5", kind, measure), ("match@0.5", kind, items))


#: The figures of each set, in the table's order. To add one, say where its scorer reports it.
FIGURE_SOURCES: dict[str, tuple[_FigureSource, ...]] = {
    "claims": (
        *(_FigureSource(f"found {measure}", ("found", measure), ("gold",)) for measure in ("P", "R", "F1")),
        _FigureSource("important recall", ("important_recall",), ("gold",)),
        _FigureSource("words F1", ("words", "F1"), ("gold",)),
        _FigureSource("speaker right", ("speaker",), ("rows",)),
        _FigureSource("column speaker right", ("column",), ("rows",)),
        *(_FigureSource(f"{name} right", (name,), ("rows",)) for name in ("type", "stance", "negated", "role")),
        _FigureSource("usable row F1", ("usable_row", "F1"), ("gold",)),
        _FigureSource("right row F1", ("right_row", "F1"), ("gold",)),
    ),
    "quotes": (
        _FigureSource("relation F1", ("relation", "all", "f1"), ("relation", "all", "n_gold")),
        _FigureSource("exact content F1", ("exact", "all", "f1"), ("exact", "all", "n_gold")),
        _FigureSource("cue F1", ("cue", "all", "f1"), ("cue", "all", "n_gold")),
        _matched_half("recall direct", "direct", "r"),
        _matched_half("recall mixed", "mixed", "r"),
        _matched_half("recall indirect", "indirect", "r"),
        _matched_half("precision", "all", "p", "n_pred"),
    ),
    "speakers": tuple(
        _FigureSource(f"strict {kind}", (kind, "strict"), (kind, "n"))
        for kind in ("overall", "pronoun", "short_name", "nominal")
    ),
    "closures": (
        _FigureSource("event F1", ("event", "F1"), ("event", "gold")),
        _FigureSource("arguments F1", ("args", "ALL", "e2e_overlap", "F1"), ("args", "ALL", "e2e_overlap", "gold")),
        _FigureSource("status accuracy", ("status_acc_matched",), ("event", "tp")),
        _FigureSource("permanence accuracy", ("permanence_acc_matched",), ("event", "tp")),
    ),
    "closures articles": (
        *(_FigureSource(f"event {measure}", ("event", measure), ("gold",)) for measure in ("P", "R", "F1")),
        *(
            _FigureSource(f"{name} right", (name,), ("rows",))
            for name in ("status", "permanence", "what", "who", "said", "where", "when")
        ),
        _FigureSource("usable row F1", ("usable", "F1"), ("gold",)),
        _FigureSource("right row F1", ("right", "F1"), ("gold",)),
        _FigureSource("groups B-cubed F1", ("groups", "system"), ("rows",)),
    ),
    "stories": tuple(
        _FigureSource(f"same event {scope} articles {measure}", (scope, measure), ("mentions",))
        for scope in ("within", "across")
        for measure in ("P", "R", "F1")
    ),
    "dates": (
        _FigureSource("relaxed span F1", ("types", "ALL", "relaxed_F1"), ("types", "ALL", "gold")),
        _FigureSource("value F1", ("types", "ALL", "value_F1"), ("types", "ALL", "gold")),
        _FigureSource("DATE interval F1", ("date", "interval_exact_F1"), ("date", "gold_dates")),
    ),
    "places": (
        _FigureSource("countries only F1", ("countries_only", "F1"), ("countries_only", "gold")),
        _FigureSource("named countries F1", ("doc_set_named", "F1"), ("docs",)),
        _FigureSource("end to end F1", ("end_to_end", "F1"), ("gold_mentions",)),
    ),
    "pages": (
        _FigureSource("body F1", ("body",), ("pages",)),
        _FigureSource("title", ("title",), ("pages",)),
        _FigureSource("published", ("published",), ("dated",)),
    ),
}
#: Kinds of rows whose scorer reports percentages; the others report shares from 0 to 1.
IN_PERCENT = ("claims", "closures articles", "stories")
#: The line that pages/score.py prints.
_PAGES_LINE = re.compile(
    r"pages (?P<pages>\d+) \| body P \S+ R \S+ F1 (?P<body>\S+) \| title (?P<title>\S+) "
    r"\| published \d+/(?P<dated>\d+) = (?P<published>\S+)"
)
#: The lines that stories/score.py prints.
_STORIES_MATCHED = re.compile(r"(\d+) of \d+ gold mentions matched")
_STORIES_LINE = re.compile(r"^ +(\w+) +B3 P +(\S+) R +(\S+) F +(\S+)", re.MULTILINE)


def score(file: GoldFile, predictions: list[Row]) -> list[Figure]:
    """The headline figures of these predictions. Raises BenchError when the scorer fails or says something new."""
    with tempfile.TemporaryDirectory() as folder:
        predicted, report_file = Path(folder) / "predictions.jsonl", Path(folder) / "report.json"
        write_rows(predicted, predictions)
        if file.set == "pages":
            return read_figures(file, read_pages(run_scorer(file, predicted)))
        if file.set == "stories":
            return read_figures(file, read_stories(run_scorer(file, predicted)))
        if file.set == "quotes":
            run_scorer(file, predicted, "--json", str(report_file))
            return read_figures(file, json.loads(report_file.read_text(encoding="utf-8")))
        report = json.loads(run_scorer(file, predicted, "--json"))
        if file.set == "places":  # a town is no wrong country: "countries only" is asked of the countries alone
            write_rows(predicted, [_only_countries(row) for row in predictions])
            report["countries_only"] = json.loads(run_scorer(file, predicted, "--json"))["countries_only"]
        return read_figures(file, report)


def _only_countries(row: Row) -> Row:
    return {**row, "mentions": [mention for mention in row["mentions"] if mention["label"] == "COUNTRY"]}


def read_pages(printed: str) -> Report:
    """The pages scorer's line as a report. Raises BenchError when it reads otherwise."""
    match = _PAGES_LINE.search(printed)
    if match is None:
        raise BenchError(f"pages/score.py printed something else: {printed[:80]!r}")
    return {key: float(value) if "." in value else int(value) for key, value in match.groupdict().items()}


def read_stories(printed: str) -> Report:
    """The stories scorer's lines as a report. Raises BenchError when they read otherwise."""
    matched = _STORIES_MATCHED.search(printed)
    lines = _STORIES_LINE.findall(printed)
    if matched is None or [scope for scope, *_ in lines] != ["within", "across", "all"]:
        raise BenchError(f"stories/score.py printed something else: {printed[:80]!r}")
    figures = {scope: {"P": float(p), "R": float(r), "F1": float(f1)} for scope, p, r, f1 in lines}
    return {"mentions": int(matched[1]), **figures}


def read_figures(file: GoldFile, report: Report) -> list[Figure]:
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
    figures = []
    scale = 1 if file.kind in IN_PERCENT else 100
    for source in FIGURE_SOURCES[file.kind]:
        items = int(_look_up(file, report, source.items))
        if items:
            value = round(scale * _look_up(file, report, source.value), 1)
            figures.append(Figure(file.name, source.name, value, items))
    return figures


def _look_up(file: GoldFile, report: Report, keys: Keys) -> float:
    value: Any = report
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            raise BenchError(f"The scorer of {file.name} does not report {' '.join(keys)}.")
        value = value[key]
    return float(value)
