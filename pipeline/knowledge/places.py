"""The table of places: countries, regions and cities as models/places/ lists them, looked up by a name's first word.

The files are tab-separated, with ``#`` comments and a header row: ``countries.tsv`` (names, demonyms, capitals and
seats of government by ISO 3166 code), ``regions.tsv`` (what lies in one country), ``cities.tsv`` (cities with every
country that has one of that name), ``states.tsv`` (towns of states called like a better known place abroad),
``traps.tsv`` (names that are also something else) and ``institutions.tsv`` (what
the news of one country says of its own); ``context.toml`` has the words around a name that tell what it is. What each
column and key means stands in the files.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Literal, cast

from pipeline.errors import BadKnowledge
from pipeline.knowledge.context_words import ContextWords, PlacePatterns, compile_patterns, load_context

#: What a name of the tables is: a country's "name" or "demonym"; its "capital" or "seat" of government; a "region" or
#: "city"; the "abbreviation" of a state, read only after a comma; a phrase that means "nothing" ("French toast"); an
#: "organisation"; or a place of several countries or none, "supranational" ("Africa").
EntryKind = Literal[
    "name", "demonym", "capital", "seat", "region", "city", "abbreviation", "nothing", "organisation", "supranational"
]

_FIRST_WORD = re.compile(r"\w+")
#: Demonyms whose plural is no -s: "Swiss", "British", "Dutch", "Chinese", "Frenchmen".
_NO_PLURAL = re.compile(r"(?:[sz]|sh|ch|ese|men)$")
_COLUMNS = {
    "countries.tsv": ("code", "name", "other_names", "demonyms", "capitals", "seats"),
    "regions.tsv": ("name", "codes", "use"),
    "cities.tsv": ("name", "places"),
    "states.tsv": ("state", "code", "short", "towns"),
    "traps.tsv": ("phrase", "sense", "code"),
    "institutions.tsv": ("phrase", "code"),
}
_SENSES = ("nothing", "organisation", "supranational", "person", "word")
#: A city is the one a reader thinks of when it has at least this many times the people of its next namesake.
_BIGGER_BY = 3
#: Letters of the shortest city that is also looked for in capitals: "OULU" (4) may be an acronym, "CORBY" is read.
_SHORTEST_IN_CAPITALS = 5


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """One name of the tables with the countries it may stand for."""

    #: The name as the table writes it, also where the article has it in capitals.
    text: str
    #: What it is.
    kind: EntryKind
    #: ISO 3166 alpha-3 codes, the likeliest first. Of an organisation its own country, or none.
    codes: tuple[str, ...]
    #: The first code holds unless the article says otherwise (London: GBR); else it needs evidence (Georgia).
    has_default: bool = True
    #: The codes are those of several countries of that name (Congo, Korea), not of places within them.
    shared_by_countries: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """A state, province or nation with towns that bear the names of better known places in other countries."""

    #: ISO 3166 alpha-3 of its country.
    code: str
    #: Its name and what news shortens it to: "Ohio", "OH".
    names: tuple[str, ...]


@dataclass(frozen=True)
class PlaceTable:
    """All tables of models/places, indexed for lookup; made by ``load_places``."""

    #: (name, entry) pairs by the name's first word (a run of letters and digits), longest name first: the first whose
    #: name stands in the text is meant, so "South Korea" wins over "South".
    entries_by_first_word: Mapping[str, tuple[tuple[str, PlaceEntry], ...]]
    #: Entries by whole name, also in capitals.
    entries: Mapping[str, PlaceEntry]
    #: The plain name of each country code: "NOR" is "Norway".
    country_names: Mapping[str, str]
    #: Names of places that people bear too: "Jordan".
    personal_names: frozenset[str]
    #: Names of places that are also words or family names: "Reading".
    common_words: frozenset[str]
    #: The country code of each phrase that only one country's news says of its own: "sheriff's office".
    institutions: Mapping[str, str]
    #: The states with a town of each name that is better known for a place in another country: "Athens".
    states_by_town: Mapping[str, tuple[State, ...]]
    #: The words around a name that tell what it is, and the patterns made of them.
    context: ContextWords
    patterns: PlacePatterns


def load_places(folder: Path) -> PlaceTable:
    """Read the tables in ``folder`` (models/places). Raises BadKnowledge naming file and line of a mistake.

    Where tables share a name, a trap decides over a country and a country over a region or city, whose countries are
    kept as namesakes ("Georgia").
    """
    names: dict[str, str] = {}
    entries: dict[str, PlaceEntry] = {}
    senses: dict[str, set[str]] = {"person": set(), "word": set()}
    countries = _merge_shared_names(_country_entries(folder / "countries.tsv", names))
    for entry in chain(_trap_entries(folder / "traps.tsv", names, senses), countries):
        entries.setdefault(entry.text, entry)
    smaller = chain(_region_entries(folder / "regions.tsv", names), _city_entries(folder / "cities.tsv", names))
    for entry in smaller:
        entries[entry.text] = _with_namesakes(entries.get(entry.text, entry), entry)
    words = frozenset(senses["word"])
    context = load_context(folder / "context.toml")
    _add_capitals(entries, words)
    return PlaceTable(
        entries_by_first_word=_by_first_word(entries),
        entries=entries,
        country_names=names,
        personal_names=frozenset(senses["person"]),
        common_words=words,
        institutions=dict(_read_institutions(folder / "institutions.tsv", names)),
        states_by_town=_read_states(folder / "states.tsv", names),
        context=context,
        patterns=compile_patterns(context),
    )


def load_country_names(folder: Path) -> dict[str, str]:
    """The plain name of each ISO 3166 alpha-3 code, without the tables that lookup needs: "NOR" gives "Norway".

    ``folder`` is models/places. Raises BadKnowledge naming file and line of a mistake.
    """
    return {row["code"]: row["name"] for _, row in _read_rows(folder / "countries.tsv")}


def _read_rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Where each row stands, and its cells by column; missing last cells are empty."""
    columns = _COLUMNS[path.name]
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError) as error:
        raise BadKnowledge(f"{path}: can't be read ({error}).", "Install newsclaims again.") from error
    header: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        cells, where = line.split("\t"), f"{path}:{number}"
        if not header:
            header = cells
            unknown = [cell for cell in (*cells, *columns) if cell not in columns or cell not in cells]
            if unknown:
                raise BadKnowledge(
                    f"{where}: unknown or missing column {unknown[0]!r}.", f"Columns are {', '.join(columns)}."
                )
            continue
        if len(cells) > len(header) or not cells[0]:
            raise BadKnowledge(
                f"{where}: {len(cells)} cells, expected at most {len(header)}, the first not empty.",
                "Part the cells of a row by one tab each.",
            )
        yield where, dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))


def _split_cell(cell: str) -> list[str]:
    return [name for name in cell.split(", ") if name]


def _country_entries(path: Path, names: dict[str, str]) -> Iterator[PlaceEntry]:
    for where, row in _read_rows(path):
        code = row["code"]
        if not re.fullmatch(r"[A-Z]{3}", code) or not row["name"] or code in names:
            raise BadKnowledge(
                f"{where}: the code {code!r} is not three capital letters, is another row's, or has no name beside it.",
                "Give each country one row with its ISO 3166 alpha-3 code and its name.",
            )
        names[code] = row["name"]
        for name in (row["name"], *_split_cell(row["other_names"])):
            yield PlaceEntry(name, "name", (code,))
        for word in _split_cell(row["demonyms"]):
            yield PlaceEntry(word, "demonym", (code,))
            if not _NO_PLURAL.search(word):
                yield PlaceEntry(word + "s", "demonym", (code,))
        for name in _split_cell(row["capitals"]):
            yield PlaceEntry(name, "capital", (code,))
        for name in _split_cell(row["seats"]):
            yield PlaceEntry(name, "seat", (code,))


def _merge_shared_names(entries: Iterable[PlaceEntry]) -> list[PlaceEntry]:
    """One entry a name: where two countries bear it, the one whose row comes first is the likelier."""
    merged: dict[str, PlaceEntry] = {}
    for entry in entries:
        first = merged.setdefault(entry.text, entry)
        if first.codes != entry.codes:
            merged[entry.text] = PlaceEntry(
                entry.text, first.kind, first.codes + entry.codes, has_default=False, shared_by_countries=True
            )
    return list(merged.values())


def _region_entries(path: Path, names: Mapping[str, str]) -> Iterator[PlaceEntry]:
    for where, row in _read_rows(path):
        codes = tuple(row["codes"].split())
        _check_codes(codes, names, where)
        if row["use"] not in ("name", "after comma"):
            raise BadKnowledge(f"{where}: unknown use {row['use']!r}.", 'Use "name" or "after comma".')
        yield PlaceEntry(row["name"], "region" if row["use"] == "name" else "abbreviation", codes, len(codes) == 1)


def _city_entries(path: Path, names: Mapping[str, str]) -> Iterator[PlaceEntry]:
    for where, row in _read_rows(path):
        sizes = [place.partition(":") for place in row["places"].split()]
        codes = tuple(code for code, _, _ in sizes)
        _check_codes(codes, names, where)
        if not all(size.isdigit() for _, _, size in sizes):
            raise BadKnowledge(
                f"{where}: {row['places']!r} is not a list of country codes with thousands of inhabitants.",
                'Write it as in "GBR:220 USA:12".',
            )
        inhabitants = [int(size) for _, _, size in sizes]
        has_default = len(inhabitants) == 1 or inhabitants[0] >= _BIGGER_BY * inhabitants[1]
        yield PlaceEntry(row["name"], "city", codes, has_default)


def _trap_entries(path: Path, names: Mapping[str, str], senses: dict[str, set[str]]) -> Iterator[PlaceEntry]:
    for where, row in _read_rows(path):
        sense, phrase = row["sense"], row["phrase"]
        if sense not in _SENSES or (row["code"] and sense != "organisation"):
            raise BadKnowledge(
                f"{where}: unknown sense {sense!r}, or a code where none belongs.",
                f"Senses are {', '.join(_SENSES)}; only an organisation has a code.",
            )
        if row["code"]:
            _check_codes((row["code"],), names, where)
        if sense in senses:
            senses[sense].add(phrase)
        else:
            yield PlaceEntry(phrase, cast(EntryKind, sense), (row["code"],) if row["code"] else ())


def _read_institutions(path: Path, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for where, row in _read_rows(path):
        _check_codes((row["code"],), names, where)
        yield row["phrase"], row["code"]


def _read_states(path: Path, names: Mapping[str, str]) -> dict[str, tuple[State, ...]]:
    states: dict[str, tuple[State, ...]] = {}
    for where, row in _read_rows(path):
        _check_codes((row["code"],), names, where)
        state = State(row["code"], (row["state"], *_split_cell(row["short"])))
        for town in _split_cell(row["towns"]):
            states[town] = (*states.get(town, ()), state)
    return states


def _check_codes(codes: tuple[str, ...], names: Mapping[str, str], where: str) -> None:
    unknown = [code for code in codes if code not in names]
    if unknown or not codes:
        raise BadKnowledge(f"{where}: unknown country code {(*unknown, '')[0]!r}.", "Codes are those of countries.tsv.")


def _with_namesakes(earlier: PlaceEntry, later: PlaceEntry) -> PlaceEntry:
    """The earlier entry with the countries of a region or city of its name; the larger city comes first."""
    if earlier is later or earlier.shared_by_countries or earlier.kind not in ("name", "capital"):
        return earlier
    if earlier.kind == "capital" and later.codes[0] != earlier.codes[0]:
        remaining = tuple(code for code in earlier.codes if code not in later.codes)
        return PlaceEntry(earlier.text, "capital", later.codes + remaining, False)
    added = tuple(code for code in later.codes if code not in earlier.codes)
    # A state of a federation is as likely as the country of its name: Georgia.
    return PlaceEntry(earlier.text, earlier.kind, earlier.codes + added, earlier.has_default and later.kind == "city")


def _add_capitals(entries: dict[str, PlaceEntry], common_words: frozenset[str]) -> None:
    """Add the names as headlines and datelines write them; not short cities and words, which mean anything there."""
    for entry in list(entries.values()):
        text = entry.text.upper()
        too_short = entry.kind == "city" and len(text) < _SHORTEST_IN_CAPITALS
        if entry.kind != "abbreviation" and entry.text not in common_words and not too_short:
            entries.setdefault(text, entry)


def _by_first_word(entries: Mapping[str, PlaceEntry]) -> dict[str, tuple[tuple[str, PlaceEntry], ...]]:
    grouped: dict[str, list[tuple[str, PlaceEntry]]] = defaultdict(list)
    for pair in entries.items():
        first_word = _FIRST_WORD.match(pair[0])
        if first_word:
            grouped[first_word[0]].append(pair)
    for pairs in grouped.values():
        if len(pairs) > 1:
            pairs.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return {word: tuple(pairs) for word, pairs in grouped.items()}
