"""How drawings tell events apart: done, planned, open, denied or undone, by the shape of a mark, not by its colour."""

from __future__ import annotations

from typing import Literal

from pipeline.write.event_rows import EventRow

MarkKind = Literal["done", "planned", "open", "denied", "undone"]
#: What the legend calls each kind, in its order.
MARK_WORDS: dict[MarkKind, str] = {
    "done": "done", "planned": "planned", "open": "may happen", "denied": "denied", "undone": "undone",
}  # fmt: skip
_KIND_OF_STATUS: dict[str, MarkKind] = {
    "occurred": "done", "ongoing": "done", "planned": "planned", "possible": "open", "threatened": "open",
    "hypothetical": "open", "denied": "denied", "reversed": "undone",
}  # fmt: skip
#: Units of the drawing from the middle of a mark to its edge.
MARK_RADIUS = 5.0


def mark_kind(row: EventRow) -> MarkKind:
    """The kind of an event by how things stand; where only its undoing is denied ("will not reopen") it is done."""
    kind = _KIND_OF_STATUS.get(row.status, "open")
    return "done" if kind == "denied" and not row.denied_by else kind


def mark_path(kind: MarkKind, x: float, y: float, radius: float = MARK_RADIUS) -> str:
    """The outline of a mark around (x, y), as the ``d`` of an SVG path: a cross, a diamond or a circle."""
    x, y, radius = (round(value, 1) for value in (x, y, radius))
    if kind == "denied":
        r = round(radius * 0.8, 1)
        return f"M{x - r:g} {y - r:g}L{x + r:g} {y + r:g}M{x + r:g} {y - r:g}L{x - r:g} {y + r:g}"
    if kind == "undone":
        r = round(radius * 1.2, 1)
        return f"M{x:g} {y - r:g}L{x + r:g} {y:g}L{x:g} {y + r:g}L{x - r:g} {y:g}Z"
    arc = f"a{radius:g} {radius:g} 0 1 0 "
    return f"M{x - radius:g} {y:g}{arc}{2 * radius:g} 0{arc}{-2 * radius:g} 0Z"
