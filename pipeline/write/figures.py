"""Charts as SVG to stand in a page: text stays text, colours and fonts come from the page's style sheet.

Drawn by pygal, an eighth of whose import matplotlib's would cost every run. What pygal puts in for use on its own
(scripts, styles, tooltips, the day) is taken out, so that the same numbers give the same bytes.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

#: Units of the drawing; about the width of a phone, so that text is never scaled far down.
WIDTH, BAR, COLUMN_HEIGHT = 380, 24, 210
#: Characters of a label that stand beside a bar, and the units that one takes.
LABEL, LETTER = 22, 7
_SVG = "http://www.w3.org/2000/svg"
_DROPPED = {"script", "style", "defs", "desc", "title"}
#: Groups that only pygal's scripts or its own style sheet would fill.
_HOLLOW = ("tooltip-overlay", "legends", "titles", "guide")
_KEPT = {
    "class", "viewBox", "transform", "x", "y", "width", "height", "d", "rx", "ry", "cx", "cy", "r", "text-anchor",
}  # fmt: skip


def bars(name: str, title: str, rows: Sequence[tuple[str, int]]) -> Markup:
    """A horizontal bar for each (label, number), in their order from the top.

    ``name`` is an id of its own in the page; ``title`` says what is drawn, a description lists the numbers.
    """
    import pygal

    chart = pygal.HorizontalBar(**_options(BAR * len(rows) + 16), margin_right=40, show_x_labels=False)
    chart.x_labels = [_short(label) for label, _ in reversed(rows)]
    chart.add("", [number for _, number in reversed(rows)])
    return _inline(chart, name, title, rows)


def columns(name: str, title: str, rows: Sequence[tuple[str, int]]) -> Markup:
    """A column for each (label, number), from the left; of many labels only some are written, of many numbers none."""
    import pygal

    room = WIDTH // (LETTER * max((len(label) for label, _ in rows), default=1) + LETTER)
    every = -(-len(rows) // room)
    chart = pygal.Bar(**_options(COLUMN_HEIGHT), show_y_labels=False, x_labels_major_every=every)
    chart.show_minor_x_labels = every == 1
    widest = max((len(str(number)) for _, number in rows), default=1)
    chart.print_values = len(rows) * LETTER * (widest + 0.5) <= WIDTH
    chart.x_labels = [label for label, _ in rows]
    chart.add("", [number or None for _, number in rows])
    return _inline(chart, name, title, rows)


def _options(height: int) -> dict[str, Any]:
    from pygal.style import Style

    return {
        "width": WIDTH, "height": height, "css": [], "js": [], "no_prefix": True, "show_legend": False,
        "print_values": True, "print_values_position": "top", "show_y_guides": False, "show_x_guides": False,
        "truncate_label": -1, "margin": 6, "spacing": 6, "disable_xml_declaration": True,
        "include_x_axis": True,
        "style": Style(label_font_size=12, major_label_font_size=12, value_font_size=12),
    }  # fmt: skip


def _short(label: str) -> str:
    label = _printable(label)
    return label if len(label) <= LABEL else label[: LABEL - 1] + "…"


def _printable(text: str) -> str:
    """The text without control characters, which no XML can hold."""
    return "".join(character for character in text if character.isprintable())


def _inline(chart: Any, name: str, title: str, rows: Sequence[tuple[str, int]]) -> Markup:
    root = ET.fromstring(chart.render(is_unicode=True))  # noqa: S314
    _clean(root)
    root.attrib.update({"class": "chart", "role": "img", "aria-labelledby": f"{name}-title {name}-desc"})
    numbers = "; ".join(f"{_printable(label)}: {number}" for label, number in rows)
    for tag, text in (("desc", numbers), ("title", title)):
        child = ET.Element(f"{{{_SVG}}}{tag}", {"id": f"{name}-{tag}"})
        child.text = text
        root.insert(0, child)
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
    return Markup(ET.tostring(root, encoding="unicode"))  # noqa: S704


def _clean(element: ET.Element) -> None:
    """Take out what has no use in a page, and every attribute but those that place things and name their class."""
    for child in list(element):
        hollow = any(name in child.get("class", "").split() for name in _HOLLOW)
        if hollow or child.tag.removeprefix(f"{{{_SVG}}}") in _DROPPED:
            element.remove(child)
        else:
            _clean(child)
    element.attrib = {key: value for key, value in element.attrib.items() if key in _KEPT}
