"""An evaluation in plain lines, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from pipeline.evaluate import Evaluation, Example, Tally
from pipeline.evaluate.measures import Counts
from pipeline.evaluate.tally import Fault
from pipeline.write.destination import Destination
from pipeline.write.gold_form import ARGUMENTS, EVENT_VALUES, QUOTE_VALUES, SPEAKER_VALUES

#: Widths of columns, in characters.
_NAME_WIDTH = 24
_NUMBER_WIDTH = 10
_COLUMNS = ("precision", "recall", "F1", "in gold", "found")
#: Values in the order they are printed.
_VALUES = tuple(dict.fromkeys((*SPEAKER_VALUES, *EVENT_VALUES, *QUOTE_VALUES)))
_FAULT_TITLES: dict[Fault, str] = {
    "missed": "Missed (in gold, but not found)",
    "wrong": "Wrong (found, but not in gold)",
    "part": "Partly wrong (found, but different in gold)",
}


def format_evaluation(evaluation: Evaluation, examples: int, width: int) -> Iterator[str]:
    """The figures of each kind as lines of text, and up to ``examples`` of each fault.

    Examples are chosen evenly from all articles; lines are cut to ``width`` characters. Figures are percentages.
    """
    yield f"{evaluation.articles} articles in {evaluation.gold}"
    for tally in evaluation.tallies.values():
        yield ""
        if not any(counts.found or counts.gold for counts in tally.counts.values()):
            yield f"{tally.kind}: none in gold, none found"
            continue
        yield from _format_figures(tally)
        yield from _format_values(tally)
        for fault, title in _FAULT_TITLES.items():
            faults = [example for example in tally.examples if example.fault == fault]
            yield from _format_examples(title, faults, examples, width)
    for kind, count in sorted(evaluation.unjudged.items()):
        yield f"Not judged: {count} {kind}, because gold says nothing about this type."


def write_json(destination: Destination, evaluation: Evaluation) -> None:
    """Write all figures, as shares from 0 to 1, and all examples. Raises ExtractError when it can't be written."""
    kinds = {tally.kind: _tally_row(tally) for tally in evaluation.tallies.values()}
    report = {"gold": str(evaluation.gold), "articles": evaluation.articles, "kinds": kinds}
    with destination.open() as file:
        file.write((json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def _tally_row(tally: Tally) -> dict[str, Any]:
    return {
        "articles": tally.articles,
        "figures": {
            measure: {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1, **asdict(counts)}
            for measure, counts in tally.counts.items()
        },
        "values": {name: {"right": right, "of": compared} for name, (right, compared) in tally.values.items()},
        "examples": [asdict(example) for example in tally.examples],
    }


def _format_figures(tally: Tally) -> Iterator[str]:
    yield f"{tally.kind:{_NAME_WIDTH}}" + "".join(f"{column:>{_NUMBER_WIDTH}}" for column in _COLUMNS)
    for measure, counts in tally.counts.items():
        if counts.found or counts.gold:
            yield f"{_indent(measure)}{measure.rpartition(', ')[2]}".ljust(_NAME_WIDTH) + _format_counts(counts)


def _indent(measure: str) -> str:
    """Types below their measure, arguments below all arguments."""
    return "    " if ", " in measure or measure in ARGUMENTS else "  "


def _format_counts(counts: Counts) -> str:
    shares = (_percent(share) for share in (counts.precision, counts.recall, counts.f1))
    return "".join(f"{cell:>{_NUMBER_WIDTH}}" for cell in (*shares, counts.gold, counts.found))


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}"


def _format_values(tally: Tally) -> Iterator[str]:
    if tally.values:
        yield "  of those found, right:"
    for name in _VALUES:
        if name in tally.values:
            right, compared = tally.values[name]
            yield f"    {name}".ljust(_NAME_WIDTH) + f"{_percent(right / compared)} of {compared}"


def _format_examples(title: str, faults: Sequence[Example], limit: int, width: int) -> Iterator[str]:
    are_all_shown = limit >= len(faults)
    chosen = faults if are_all_shown else [faults[n * len(faults) // limit] for n in range(limit)]
    if not chosen:
        return
    yield f"  {title}: {len(faults)}" + ("" if are_all_shown else f", of which {limit} are shown:")
    for example in chosen:
        shown = f"{example.detail}: {example.words}" if example.detail else example.words
        line = f"    {example.place}  {shown}"
        yield line if len(line) <= width else line[: width - 3] + "..."
