"""Floors under the quality figures (floors.json): a figure may not fall below its own, and floors only rise."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tests.bench.figures import Figure

#: {"quotes/dev": {"relation F1": 41.2}}, in percent.
Floors = dict[str, dict[str, float]]

FILE = Path(__file__).with_name("floors.json")
#: Numeric libraries differ from machine to machine by about so much.
TOLERANCE = 0.5


def load_floors(path: Path = FILE) -> Floors:
    """The floors kept so far; none when there is no file."""
    if not path.exists():
        return {}
    floors: Floors = json.loads(path.read_text(encoding="utf-8"))
    return floors


def save_floors(floors: Floors, path: Path = FILE) -> None:
    """Write the floors, sorted by set."""
    path.write_text(json.dumps(dict(sorted(floors.items())), indent=1) + "\n", encoding="utf-8")


def floor_of(floors: Floors, figure: Figure) -> float | None:
    """The figure's floor, if it has one."""
    return floors.get(figure.set, {}).get(figure.name)


def raised(floors: Floors, figures: Iterable[Figure]) -> Floors:
    """The floors with each lifted to what was measured; none is lowered or dropped."""
    out = {name: dict(kept) for name, kept in floors.items()}
    for figure in figures:
        kept = out.setdefault(figure.set, {})
        kept[figure.name] = max(figure.value, kept.get(figure.name, 0.0))
    return out


def complaints(floors: Floors, figures: Iterable[Figure], only: str | None = None) -> list[str]:
    """What breaks the floors: a figure more than TOLERANCE below its own, or one with a floor that wasn't measured.

    ``only`` names the one set that was measured.
    """
    measured = {(figure.set, figure.name): figure.value for figure in figures}
    out = []
    for split, kept in sorted(floors.items()):
        if only not in (None, split.partition("/")[0]):
            continue
        for name, floor in kept.items():
            value = measured.get((split, name))
            if value is None:
                out.append(f"{split} {name}: has a floor of {floor:.1f} and was not measured")
            elif round(floor - value, 1) > TOLERANCE:
                out.append(f"{split} {name}: {value:.1f} is below its floor of {floor:.1f}")
    return out
