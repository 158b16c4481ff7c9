"""Lay out the report's two kinds of chart; templates/chart.html draws them as SVG that takes its style from the page.

A layout is nothing but positions in the units of the drawing, so the same numbers always give the same bytes, and no
chart library has to be loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.write.drawings import table_csv

#: Units that a chart is wide: about the pixels of a phone, so that its 12-unit text is never scaled down far.
WIDTH = 380
#: Units from one horizontal bar to the next, and how thick the bar itself is.
ROW_HEIGHT = 24
BAR_THICKNESS = 18
#: Units that a chart of columns is high, with room above for a number and below for a label.
COLUMN_CHART_HEIGHT = 210
TOP_ROOM = 20
BOTTOM_ROOM = 20
#: Share of its place that a column fills; the rest is the gap to the next one.
COLUMN_SHARE = 0.78
#: Units that a column is wide at most: the two columns of a short timeline would else be boxes of 120 units.
MAX_COLUMN_WIDTH = 48
#: Characters of a label beside a bar; longer ones are cut ("Ministry of Transport…").
MAX_LABEL = 22
#: Units to reserve for a character of 12-unit sans-serif text; a name takes about 6 a character, 7 leaves room.
LETTER = 7
#: Units between a bar and its text.
GAP = 6
#: Units right of the longest bar for its number, enough for five digits (12,345).
NUMBER_ROOM = 48
#: The columns of a chart's table where nobody names them.
_HEADER = ("label", "number")
#: Units from the middle of a line of text to the line that its letters stand on.
BASELINE = 4


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text in a chart, where it is to stand; which end of it ``x`` is depends on the chart's kind."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of a chart by its upper left corner and its size, in units of the drawing."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The layout of a chart.

    ``id`` is unique in the page, ``title`` says what is drawn, ``description`` lists every number for those who can't
    see the drawing, ``csv`` has them as a table. ``kind`` decides how texts are aligned: labels of "bars" end at their
    ``x`` and numbers begin there, texts of "columns" are centred on it. ``axis`` is the line on which bars stand, from
    (x, y) to (x, y).
    """

    id: str
    kind: Literal["bars", "columns"]
    title: str
    description: str
    height: float
    axis: tuple[float, float, float, float]
    bars: tuple[Bar, ...]
    labels: tuple[Text, ...]
    numbers: tuple[Text, ...]
    csv: str
    width: float = WIDTH


def bar_chart(chart_id: str, title: str, rows: Sequence[tuple[str, int]], header: tuple[str, str] = _HEADER) -> Chart:
    """Lay out a horizontal bar with its number for each (label, number), from the top in the order of ``rows``.

    ``header`` names the two columns of its table.
    At least one number must be above 0. Labels are cut to MAX_LABEL characters.
    """
    labels = [_shorten(label) for label, _ in rows]
    left = LETTER * max(map(len, labels)) + GAP
    unit = (WIDTH - left - NUMBER_ROOM) / max(number for _, number in rows)
    tops = [ROW_HEIGHT * index + (ROW_HEIGHT - BAR_THICKNESS) / 2 for index in range(len(rows))]
    lines = [top + BAR_THICKNESS / 2 + BASELINE for top in tops]
    lengths = [round(number * unit, 1) for _, number in rows]
    height = ROW_HEIGHT * len(rows)
    return Chart(
        chart_id,
        "bars",
        title,
        _describe(rows),
        height,
        axis=(left, 0, left, height),
        bars=tuple(Bar(left, top, length, BAR_THICKNESS) for top, length in zip(tops, lengths, strict=True) if length),
        labels=tuple(Text(left - GAP, line, label) for line, label in zip(lines, labels, strict=True)),
        numbers=tuple(
            Text(round(left + length + GAP, 1), line, f"{number:,}")
            for line, length, (_, number) in zip(lines, lengths, rows, strict=True)
        ),
        csv=table_csv(header, rows),
    )


def column_chart(
    chart_id: str, title: str, rows: Sequence[tuple[str, int]], header: tuple[str, str] = _HEADER
) -> Chart:
    """Lay out a column for each (label, number), from the left in the order of ``rows``; ``header`` as for bars.

    Of many labels only every second, third, ... is written, so that they don't touch; of many numbers only that of the
    highest column. At least one number must be above 0.
    """
    label_width = LETTER * max(len(label) for label, _ in rows)
    margin = label_width / 2
    pitch = (WIDTH - 2 * margin) / len(rows)
    width = round(min(pitch * COLUMN_SHARE, MAX_COLUMN_WIDTH), 1)
    centres = [round(margin + pitch * (index + 0.5), 1) for index in range(len(rows))]
    floor = COLUMN_CHART_HEIGHT - BOTTOM_ROOM
    highest = max(number for _, number in rows)
    heights = [round((floor - TOP_ROOM) * number / highest, 1) for _, number in rows]
    step = -(-len(rows) // (WIDTH // (label_width + LETTER)))
    numbered = _numbered_columns([number for _, number in rows], pitch)
    columns = list(zip(centres, heights, rows, strict=True))
    return Chart(
        chart_id,
        "columns",
        title,
        _describe(rows),
        COLUMN_CHART_HEIGHT,
        axis=(0, floor, WIDTH, floor),
        bars=tuple(
            Bar(round(centre - width / 2, 1), round(floor - height, 1), width, height)
            for centre, height, _ in columns
            if height
        ),
        labels=tuple(
            Text(centre, COLUMN_CHART_HEIGHT - GAP, printable_label(label)) for centre, _, (label, _) in columns[::step]
        ),
        numbers=tuple(
            Text(columns[index][0], round(floor - columns[index][1] - GAP, 1), f"{columns[index][2][1]:,}")
            for index in numbered
        ),
        csv=table_csv(header, rows),
    )


def _numbered_columns(numbers: Sequence[int], pitch: float) -> list[int]:
    """Which columns have their number above them: all that aren't 0 when the numbers have room, else the highest."""
    widest = max(len(f"{number:,}") for number in numbers)
    if LETTER * (widest + 0.5) <= pitch:
        return [index for index, number in enumerate(numbers) if number]
    return [numbers.index(max(numbers))]


def _describe(rows: Sequence[tuple[str, int]]) -> str:
    return "; ".join(f"{printable_label(label)}: {number}" for label, number in rows)


def _shorten(label: str) -> str:
    label = printable_label(label)
    return label if len(label) <= MAX_LABEL else label[: MAX_LABEL - 1] + "…"


def printable_label(text: str) -> str:
    """The text without control characters, which no SVG can hold."""
    return "".join(character for character in text if character.isprintable())
