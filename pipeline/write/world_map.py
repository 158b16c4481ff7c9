"""The report's map: countries shaded by what is claimed of them, events where their towns lie. Nothing is loaded.

Outlines and places of towns are in models/map. A town is placed only in a country that the event's claims name; what
has no place there counts for its country alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import cos, radians, sqrt

from pipeline.knowledge.files import models_folder
from pipeline.knowledge.maps import Point, load_outlines, load_towns, plain_name
from pipeline.write.charts import WIDTH, printable_label
from pipeline.write.counts import CountryRow
from pipeline.write.drawings import Drawing, Label, Shape, lay_out_legend, table_csv
from pipeline.write.event_marks import MARK_WORDS, MarkKind, mark_kind, mark_path
from pipeline.write.event_rows import EventRow

#: Units that the legend takes above the map.
_TOP = 26
#: Degrees: the part of the earth that is drawn when claims are about places far apart (west, south, east, north).
_WORLD = (-170.0, -56.0, 180.0, 78.0)
#: Degrees of longitude and latitude that a map of nearby places shows at least, so that it can be recognised.
_LEAST_WIDTH, _LEAST_HEIGHT = 24.0, 14.0
#: Share of the width of the places that is left around them.
_MARGIN = 0.2
#: From this many degrees of longitude on the whole world is drawn.
_WIDE = 150.0
#: Units of the smallest and the largest mark from its middle to its edge.
_LEAST_RADIUS, _MOST_RADIUS = 3.0, 9.0
#: Places whose names are written; with more they would lie on each other.
_MAX_NAMES = 8
#: Places that are drawn.
_MAX_PLACES = 200
#: Shades of countries, by the share of the claims of the one that has most.
_SHADES = ((0.5, "much"), (0.15, "some"), (0.0, "little"))


@dataclass(slots=True)
class PlaceTally:
    """How many events there are of each kind in each place of a country; (name, code) are the keys."""

    events: dict[tuple[str, str], Counter[MarkKind]] = field(default_factory=dict)

    def add(self, row: EventRow) -> None:
        """Take an event, unless a reviewer rejected all its claims."""
        if row.rejected:
            return
        for name in row.places:
            for code in row.countries:
                self.events.setdefault((name, code), Counter())[mark_kind(row)] += 1


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    code: str
    point: Point
    kinds: Counter[MarkKind]


class _View:
    """The part of the earth that is drawn, and where its points stand in the drawing."""

    def __init__(self, points: Iterable[Point]) -> None:
        west, south, east, north = _bounds(points)
        if east - west > _WIDE:
            west, south, east, north = _WORLD
        self.west, self.south, self.east, self.north = west, south, east, north
        self._unit = WIDTH / (east - west)
        #: A degree of latitude is longer than one of longitude, but at the equator.
        self._stretch = 1 / max(cos(radians((south + north) / 2)), 0.3) if east - west <= _WIDE else 1.0
        self.height = round((north - south) * self._unit * self._stretch, 1)

    def place(self, point: Point) -> tuple[float, float]:
        """Where a point stands, in units of the drawing."""
        longitude, latitude = point
        return (
            round((longitude - self.west) * self._unit, 1),
            round(_TOP + (self.north - latitude) * self._unit * self._stretch, 1),
        )

    def shows(self, ring: Sequence[Point]) -> bool:
        """Whether any of the ring may be in it."""
        longitudes, latitudes = [x for x, _ in ring], [y for _, y in ring]
        return (
            min(longitudes) < self.east
            and max(longitudes) > self.west
            and min(latitudes) < self.north
            and max(latitudes) > self.south
        )


def draw_map(countries: Sequence[CountryRow], places: PlaceTally) -> Drawing | None:
    """The map of countries that claims are about and of the places of events; None when there is neither."""
    claims = {row.code: len(row.claims) for row in countries if len(row.claims)}
    if not claims and not places.events:
        return None
    folder = models_folder() / "map"
    outlines = load_outlines(folder)
    placed = _find_places(places, load_towns(folder, {plain_name(_town(name)) for name, _ in places.events}))
    boxes = {code: _box(outlines[code]) for code in claims if code in outlines}
    if not placed and not boxes:
        return None
    names = {row.code: row.name for row in countries}
    corners = (corner for west, south, east, north in boxes.values() for corner in ((west, south), (east, north)))
    view = _View([*corners, *(place.point for place in placed)])
    shapes = list(_country_shapes(outlines, claims, names, view))
    legend_shapes, labels = lay_out_legend({_main_kind(place) for place in placed}, _TOP / 2)
    shapes += [Shape(f"M0 0H{WIDTH}V{_TOP}H0Z", "above"), *legend_shapes]
    for place in reversed(placed):  # the largest marks lie below
        shapes.append(_mark(place, view, placed[0].kinds.total()))
    labels += _name_labels(placed, view)
    return Drawing(
        id="chart-map",
        kind="map",
        title="Where it is",
        description=_describe(claims, names, placed),
        csv=_table(claims, names, boxes, placed),
        width=WIDTH,
        height=_TOP + view.height,
        shapes=tuple(shapes),
        labels=tuple(labels),
    )


def _find_places(places: PlaceTally, towns: Mapping[tuple[str, str], Point]) -> list[_Place]:
    """The places of which it is known where they lie, those with most events first."""
    by_town: dict[tuple[str, str], _Place] = {}
    for (name, code), kinds in places.events.items():
        town = (plain_name(_town(name)), code)
        if town in towns:
            place = by_town.setdefault(town, _Place(printable_label(_town(name)), code, towns[town], Counter()))
            place.kinds.update(kinds)
    found = list(by_town.values())
    found.sort(key=lambda place: (-place.kinds.total(), place.name, place.code))
    return found[:_MAX_PLACES]


def _town(place: str) -> str:
    """The town of a place that names what it lies in, too: "Larn, Norway"."""
    return place.partition(",")[0].strip()


def _box(rings: Sequence[Sequence[Point]]) -> tuple[float, float, float, float]:
    """West, south, east and north of the largest part of a country."""
    boxes = [(min(x for x, _ in ring), min(y for _, y in ring), max(x for x, _ in ring), max(y for _, y in ring))
             for ring in rings]  # fmt: skip
    return max(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))


def _bounds(points: Iterable[Point]) -> tuple[float, float, float, float]:
    """West, south, east and north of a map of these points, with room around them."""
    longitudes, latitudes = zip(*points, strict=True)
    width = max(max(longitudes) - min(longitudes), _LEAST_WIDTH) * (1 + 2 * _MARGIN)
    height = max(max(latitudes) - min(latitudes), _LEAST_HEIGHT, width / 3) * (1 + 2 * _MARGIN)
    x, y = (max(longitudes) + min(longitudes)) / 2, (max(latitudes) + min(latitudes)) / 2
    return x - width / 2, max(y - height / 2, -60.0), x + width / 2, min(y + height / 2, 84.0)


def _country_shapes(
    outlines: Mapping[str, Sequence[Sequence[Point]]], claims: Mapping[str, int], names: Mapping[str, str], view: _View
) -> Iterable[Shape]:
    most = max(claims.values(), default=1)
    for code, rings in outlines.items():
        shown = [ring for ring in rings if view.shows(ring)]
        if shown:
            count = claims.get(code, 0)
            shade = next(shade for share, shade in _SHADES if count > share * most) if count else "none"
            title = f"{names.get(code, code)}: {_claims(count)}" if count else ""
            yield Shape("".join(_ring_path(ring, view) for ring in shown), f"country {shade}", title)


def _claims(count: int) -> str:
    return f"{count:,} claim{'' if count == 1 else 's'}"


def _ring_path(ring: Sequence[Point], view: _View) -> str:
    points = (view.place(point) for point in ring)
    return f"M{'L'.join(f'{x:g} {y:g}' for x, y in points)}Z"


def _main_kind(place: _Place) -> MarkKind:
    return next(kind for kind in MARK_WORDS if place.kinds[kind] == max(place.kinds.values()))


def _mark(place: _Place, view: _View, most: int) -> Shape:
    share = sqrt(place.kinds.total() / most)
    radius = _LEAST_RADIUS + (_MOST_RADIUS - _LEAST_RADIUS) * share if most > 1 else (_LEAST_RADIUS + _MOST_RADIUS) / 2
    x, y = view.place(place.point)
    kind = _main_kind(place)
    return Shape(mark_path(kind, x, y, radius), f"mark {kind}", f"{place.name}: {_kinds(place)}")


def _kinds(place: _Place) -> str:
    return ", ".join(f"{place.kinds[kind]} {word}" for kind, word in MARK_WORDS.items() if place.kinds[kind])


def _name_labels(placed: Sequence[_Place], view: _View) -> list[Label]:
    """The names of the places with most events, beside their marks, none on another."""
    labels: list[Label] = []
    for place in placed:
        x, y = view.place(place.point)
        is_left = x < WIDTH / 2
        label = Label(x + 8 if is_left else x - 8, y + 3, place.name, "start" if is_left else "end")
        if len(labels) < _MAX_NAMES and all(abs(label.y - other.y) > 9 for other in labels):
            labels.append(label)
    return labels


def _describe(claims: Mapping[str, int], names: Mapping[str, str], placed: Sequence[_Place]) -> str:
    countries = (f"{names.get(code, code)}: {_claims(count)}" for code, count in claims.items())
    return "; ".join([*countries, *(f"{place.name} ({place.code}): {_kinds(place)}" for place in placed)])


def _table(
    claims: Mapping[str, int],
    names: Mapping[str, str],
    boxes: Mapping[str, tuple[float, float, float, float]],
    placed: Sequence[_Place],
) -> str:
    header = ("place", "country", "latitude", "longitude", "claims", *MARK_WORDS.values())
    rows: list[tuple[object, ...]] = []
    for code, count in claims.items():
        west, south, east, north = boxes.get(code, (0.0,) * 4)
        middle = ((south + north) / 2, (west + east) / 2) if code in boxes else ("", "")
        rows.append((names.get(code, code), code, *middle, count, *[""] * len(MARK_WORDS)))
    for place in placed:
        longitude, latitude = place.point
        numbers = (place.kinds[kind] for kind in MARK_WORDS)
        rows.append((place.name, place.code, latitude, longitude, "", *numbers))
    return table_csv(header, rows)
