"""Floors under the quality figures (floors.json): a figure may not fall below its own, and floors only rise."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tests.bench.figures import Figure

#: Floor in percent by figure by split: {"quotes/dev": {"relation F1": 41.2}}.
Floors = dict[str, dict[str, float]]

FILE = Path(__file__).with_name("floors.json")
#: Points that a figure may lie below its floor: numeric libraries differ from machine to machine. Set by hand.
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


def raise_floors(floors: Floors, figures: Iterable[Figure]) -> Floors:
    """The floors with each lifted to what was measured; none is lowered or dropped, and ``floors`` stays as it is."""
    raised = {split: dict(split_floors) for split, split_floors in floors.items()}
    for figure in figures:
        split_floors = raised.setdefault(figure.set, {})
        split_floors[figure.name] = max(figure.value, split_floors.get(figure.name, 0.0))
    return raised


def find_violations(floors: Floors, figures: Iterable[Figure], only: str | None = None) -> list[str]:
    """A line for each violation: a figure more than TOLERANCE below its floor, or a floor whose figure wasn't measured.

    ``only`` names the one set ("quotes") that was measured, when not all were.
    """
    measured = {(figure.set, figure.name): figure.value for figure in figures}
    violations = []
    for split, split_floors in sorted(floors.items()):
        if only not in (None, split.partition("/")[0]):
            continue
        for name, floor in split_floors.items():
            value = measured.get((split, name))
            if value is None:
                violations.append(f"{split} {name}: has a floor of {floor:.1f} and was not measured")
            elif round(floor - value, 1) > TOLERANCE:
                violations.append(f"{split} {name}: {value:.1f} is below its floor of {floor:.1f}")
    return violations
