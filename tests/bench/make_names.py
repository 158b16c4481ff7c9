"""Make models/names.tsv: first names that women or men nearly alone bear, from the package nomquamgender.

Run where it is installed (a build-time tool, not a dependency): ``python -m venv /tmp/names && /tmp/names/bin/pip
install nomquamgender==0.1.4``, then ``/tmp/names/bin/python tests/bench/make_names.py``. Data: Van Buskirk, Clauset and
Larremore, "An Open-Source Cultural Consensus Approach to Name-Based Gender Classification" (ICWSM 2023), MIT.
"""

from __future__ import annotations

import importlib.resources
import json
import re
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "models" / "names.tsv"
#: Names with fewer bearers in all sources are left out.
LEAST_BEARERS = 300
#: Names in fewer of the 36 sources are left out.
LEAST_SOURCES = 5
#: Names of which neither women nor men make up this share of the bearers are left out: a name with 70 % women tells
#: too little.
LEAST_SHARE = 0.8
HEADER = """\
# First names that mostly women or mostly men bear, worldwide, made by tests/bench/make_names.py: do not edit by hand.
# women: percentage of the bearers who are women. Accents are left out; a hyphen stays.
name\twomen
"""


def main() -> None:
    """Write the table and print its size."""
    source = importlib.resources.files("nomquamgender") / "name_data.json"
    names: dict[str, tuple[int, int, float, object]] = json.loads(source.read_text(encoding="utf-8"))
    lines = [
        f"{name}\t{round(100 * share_of_women)}\n"
        for name, (sources, bearers, share_of_women, _) in sorted(names.items())
        if re.fullmatch(r"[a-z]{2,}(?:-[a-z]+)?", name)
        and bearers >= LEAST_BEARERS
        and sources >= LEAST_SOURCES
        and not 1 - LEAST_SHARE < share_of_women < LEAST_SHARE
    ]
    TARGET.write_text(HEADER + "".join(lines), encoding="utf-8")
    print(f"{TARGET}: {len(lines)} names, {TARGET.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
