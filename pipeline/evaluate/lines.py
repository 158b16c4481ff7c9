"""An evaluation in plain lines, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.errors import ExtractError
from pipeline.evaluate import Evaluation, Example, Tally
from pipeline.evaluate.tally import Counts, Fault
from pipeline.write.atomic import OutputFiles, write_atomically
from pipeline.write.gold_form import ARGUMENTS, EVENT_VALUES, QUOTE_VALUES, SPEAKER_VALUES

_NAME, _NUMBER = 24, 10
_HEAD = ("precision", "recall", "F1", "in gold", "found")
_VALUES = tuple(dict.fromkeys((*SPEAKER_VALUES, *EVENT_VALUES, *QUOTE_VALUES)))
_FAULTS: dict[Fault, str] = {
    "missed": "Missed, in gold but not found",
    "wrong": "Wrong, found but not in gold",
    "part": "Found, but a part differs",
}


def lines(done: Evaluation, examples: int, width: int) -> Iterator[str]:
    """The figures of each kind and ``examples`` of each fault, evenly chosen and cut to ``width``."""
    yield f"{done.articles} articles in {done.gold}"
    for tally in done.tallies.values():
        yield ""
        if not any(counts.found or counts.gold for counts in tally.counts.values()):
            yield f"{tally.kind}: none in gold, none found"
            continue
        yield f"{tally.kind:{_NAME}}" + "".join(f"{name:>{_NUMBER}}" for name in _HEAD)
        for measure, counts in tally.counts.items():
            if counts.found or counts.gold:
                yield f"{_indent(measure)}{measure.rpartition(', ')[2]}".ljust(_NAME) + _figures(counts)
        if tally.values:
            yield "  of those found, right:"
        for name in filter(tally.values.__contains__, _VALUES):
            right, all_ = tally.values[name]
            yield f"    {name}".ljust(_NAME) + f"{_percent(right / all_)} of {all_}"
        for fault, title in _FAULTS.items():
            yield from _examples(title, [each for each in tally.examples if each.fault == fault], examples, width)
    for kind, count in sorted(done.not_asked.items()):
        yield f"Not judged: {count} {kind}, of which there is no gold."


def write_json(path: Path, done: Evaluation) -> None:
    """Write all figures, as parts of one, and all examples. Raises ExtractError when the file can't be written."""
    kinds = {tally.kind: _tally(tally) for tally in done.tallies.values()}
    whole = {"gold": str(done.gold), "articles": done.articles, "kinds": kinds}
    try:
        with write_atomically(path, OutputFiles()) as file:
            file.write(json.dumps(whole, ensure_ascii=False, indent=1) + "\n")
    except OSError as error:
        raise ExtractError(f"{path} can't be written: {error.strerror or error}.", "Name another file.") from error


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "articles": tally.articles,
        "figures": {
            measure: {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1, **asdict(counts)}
            for measure, counts in tally.counts.items()
        },
        "values": {name: {"right": right, "of": all_} for name, (right, all_) in tally.values.items()},
        "examples": [asdict(each) for each in tally.examples],
    }


def _indent(measure: str) -> str:
    """Types below their measure, arguments below all arguments."""
    return "    " if ", " in measure or measure in ARGUMENTS else "  "


def _figures(counts: Counts) -> str:
    parts = (_percent(each) for each in (counts.precision, counts.recall, counts.f1))
    return "".join(f"{part:>{_NUMBER}}" for part in (*parts, counts.gold, counts.found))


def _percent(part: float | None) -> str:
    return "-" if part is None else f"{100 * part:.1f}"


def _examples(title: str, all_: Sequence[Example], count: int, width: int) -> Iterator[str]:
    chosen = [all_[n * len(all_) // count] for n in range(count)] if count < len(all_) else all_
    if not chosen:
        return
    yield f"  {title}: {len(all_)}" + (f", {count} of them:" if count < len(all_) else "")
    for each in chosen:
        said = f"{each.detail}: {each.words}" if each.detail else each.words
        line = f"    {each.place}  {said}"
        yield line if len(line) <= width else line[: width - 3] + "..."
