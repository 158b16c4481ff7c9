"""Drawings of outlines and words, as the event timeline and the map are; templates/chart.html makes SVG of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.text.cells import format_row
from pipeline.write.event_marks import MARK_RADIUS, MARK_WORDS, MarkKind, mark_path

#: Units of the drawing that the baseline of a word lies below its middle, for words of 12 units.
_BASELINE = 4
#: Units from a mark to its word, a character of 12-unit text, and from one entry of the legend to the next.
_MARK_GAP, _LETTER, _ENTRY_GAP = 9, 7, 8


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline or line: ``path`` is the ``d`` of an SVG path, ``style`` its classes in page.css."""

    path: str
    style: str
    title: str = ""  #: what a pointer that rests on it is told; empty for nothing


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a point; ``align`` says which end or the middle of them stands there."""

    x: float
    y: float
    text: str
    align: Literal["start", "middle", "end"] = "start"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing of ``width`` by ``height`` units.

    ``id`` is unique in the page, ``title`` says what is drawn, ``description`` says it all for those who can't see it,
    ``csv`` is a table of it.
    """

    id: str
    kind: Literal["events", "map"]
    title: str
    description: str
    csv: str
    width: float
    height: float
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]


def lay_out_legend(kinds: Collection[MarkKind], y: float) -> tuple[list[Shape], list[Label]]:
    """The marks of these kinds in a line whose middle is at ``y``, each with its word."""
    shapes: list[Shape] = []
    labels: list[Label] = []
    x = MARK_RADIUS + 2.0
    for kind, word in MARK_WORDS.items():
        if kind in kinds:
            shapes.append(Shape(mark_path(kind, x, y), f"mark {kind}"))
            labels.append(Label(x + _MARK_GAP, y + _BASELINE, word))
            x += _MARK_GAP + _LETTER * len(word) + _ENTRY_GAP + MARK_RADIUS
    return shapes, labels


def table_csv(header: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """The table as CSV, its cells guarded as those of all tables are."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(format_row(row) for row in rows)
    return text.getvalue()
