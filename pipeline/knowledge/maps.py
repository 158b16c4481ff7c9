"""Where countries and towns lie, as models/map has it: for drawing alone, nothing is decided by it."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

from pipeline.errors import BadKnowledge

#: A point by longitude and latitude in degrees, east and north of Greenwich's meridian and the equator.
Point = tuple[float, float]
#: The tables give tenths of a degree.
_TENTHS = 10


def load_outlines(folder: Path) -> dict[str, list[list[Point]]]:
    """By ISO 3166 alpha-3 code the rings of each country that has an outline; ``folder`` is models/map.

    Raises BadKnowledge naming file and line of a mistake.
    """
    outlines: defaultdict[str, list[list[Point]]] = defaultdict(list)
    for code, cell, where in _read_rows(folder / "outlines.tsv"):
        numbers = [_degrees(number, where) for number in cell.split()]
        outlines[code].append(list(zip(numbers[::2], numbers[1::2], strict=True)))
    return dict(outlines)


def load_towns(folder: Path, wanted: Collection[str]) -> dict[tuple[str, str], Point]:
    """By name as ``plain_name`` gives it and code of the country where the towns of the ``wanted`` names lie.

    ``folder`` is models/map. Raises as ``load_outlines``.
    """
    towns: dict[tuple[str, str], Point] = {}
    for name, cell, where in _read_rows(folder / "towns.tsv"):
        for place in cell.split() if name in wanted else ():
            code, latitude, longitude = place.split(":")
            towns[name, code] = (_degrees(longitude, where), _degrees(latitude, where))
    return towns


def plain_name(name: str) -> str:
    """The name as the table of towns has it: in lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _degrees(number: str, where: str) -> float:
    try:
        return int(number) / _TENTHS
    except ValueError as error:
        raise BadKnowledge(f"{where}: {number!r} is no number.", "Install newsclaims again.") from error


def _read_rows(path: Path) -> Iterator[tuple[str, str, str]]:
    """The two cells of each row, and where it stands."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError) as error:
        raise BadKnowledge(f"{path}: can't be read ({error}).", "Install newsclaims again.") from error
    rows = (line.partition("\t") for line in lines)
    numbered = [(name, cell, f"{path}:{number}") for number, (name, _, cell) in enumerate(rows, 1)]
    yield from [row for row in numbered if not row[0].startswith("#")][1:]  # the first has the columns' names
