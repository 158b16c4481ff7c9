"""Countries, regions and cities as models/places/ lists them, ready for lookup by the first word of a name.

Tables (tab-separated, ``#`` comments, a header row): ``countries.tsv`` (names, demonyms, capitals and seats of
government by ISO 3166 code), ``regions.tsv`` (what lies in one country), ``cities.tsv`` (cities with every country that
has one of that name), ``traps.tsv`` (names that are also something else) and ``institutions.tsv`` (what the news of one
country says of its own); ``context.toml`` has the words around a
name that tell what it is. What each column and key means stands there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path
from typing import Literal

from pipeline.errors import BadKnowledge
from pipeline.knowledge.files import check_keys, read_toml

Kind = Literal[
    "name", "demonym", "capital", "seat", "region", "city", "abbreviation", "nothing", "organisation", "supranational"
]

_FIRST_WORD = re.compile(r"\w+")
_NO_PLURAL = re.compile(r"(?:[sz]|sh|ch|ese|men)$")
_COLUMNS = {
    "countries.tsv": ("code", "name", "other_names", "demonyms", "capitals", "seats"),
    "regions.tsv": ("name", "codes", "use"),
    "cities.tsv": ("name", "places"),
    "traps.tsv": ("phrase", "sense", "code"),
    "institutions.tsv": ("phrase", "code"),
}
_SENSES = ("nothing", "organisation", "supranational", "person", "word")


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of the tables: its kind and the ISO 3166 codes it may stand for, the likeliest first.

    ``sure``: the first code holds unless the article says otherwise; else it needs evidence. ``shared``: the codes are
    those of several countries of that name (Congo, Korea), not of places within them. Of an organisation the
    codes are its own country, or none.
    """

    text: str
    kind: Kind
    codes: tuple[str, ...]
    sure: bool = True
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """Words around a name that tell what it is; each set is described in context.toml."""

    features: frozenset[str]
    prefixes: frozenset[str]
    titles: frozenset[str]
    currencies: frozenset[str]
    language_nouns: frozenset[str]
    language_verbs: frozenset[str]
    state_verbs: frozenset[str]
    state_nouns: frozenset[str]
    local_prepositions: frozenset[str]
    place_prepositions: frozenset[str]
    town_prepositions: frozenset[str]
    town_nouns: frozenset[str]
    media: frozenset[str]
    reporting_verbs: frozenset[str]
    organisation_heads: frozenset[str]
    company_words: frozenset[str]
    town_organisations: frozenset[str]
    international: frozenset[str]

    def is_international(self, name: str) -> bool:
        """Whether an organisation is of many countries: named so, or its name begins so ("UN Security Council")."""
        words = name.removeprefix("The ").removeprefix("the ").split()
        return any(" ".join(words[:count]) in self.international for count in range(1, len(words) + 1))


@dataclass(frozen=True)
class Places:
    """The tables for lookup.

    ``starts``: (text, entry) pairs by the text's first word (a run of letters and digits), longest first; the first
    whose text stands there is meant. ``entries``: by whole name. ``names``: the plain name of a code. ``persons`` are
    place names that people bear too, ``words`` those that are also words or family names. ``institutions``: the code of
    what only one country's news says of its own.
    """

    starts: Mapping[str, tuple[tuple[str, Entry], ...]]
    entries: Mapping[str, Entry]
    names: Mapping[str, str]
    persons: frozenset[str]
    words: frozenset[str]
    institutions: Mapping[str, str]
    context: Context


def load_places(folder: Path) -> Places:
    """Read the tables in ``folder`` (models/places). Raises BadKnowledge naming file and line of a mistake."""
    names: dict[str, str] = {}
    found: dict[str, Entry] = {}
    senses: dict[str, set[str]] = {"person": set(), "word": set()}
    countries = _shared(_country_entries(folder / "countries.tsv", names))
    # Later tables give way to earlier ones: a trap decides over a country, a country over a city.
    for entry in chain(_trap_entries(folder / "traps.tsv", names, senses), countries):
        found.setdefault(entry.text, entry)
    for entry in _region_entries(folder / "regions.tsv", names):
        found[entry.text] = _with_namesakes(found.get(entry.text, entry), entry)
    for entry in _city_entries(folder / "cities.tsv", names):
        found[entry.text] = _with_namesakes(found.get(entry.text, entry), entry)
    persons, words = frozenset(senses["person"]), frozenset(senses["word"])
    _add_capitals(found, words)
    institutions = dict(_institutions(folder / "institutions.tsv", names))
    return Places(_by_first_word(found), found, names, persons, words, institutions, _context(folder / "context.toml"))


def country_names(folder: Path) -> dict[str, str]:
    """The plain name of each country code, without the tables that lookup needs. Raises BadKnowledge likewise."""
    return {row["code"]: row["name"] for _, row in _rows(folder / "countries.tsv")}


def _context(path: Path) -> Context:
    table = read_toml(path)
    keys = [each.name for each in fields(Context)]
    check_keys(table, keys, str(path))
    wrong = [key for key in keys if not isinstance(table.get(key), str)]
    if wrong:
        raise BadKnowledge(f"{path}: {wrong[0]!r} is missing or no text.", "Give its words in one string.")
    return Context(**{key: frozenset(_words(table[key])) for key in keys})


def _words(text: str) -> list[str]:
    """The words of a list; names of several words have commas between them."""
    return [" ".join(name.split()) for name in text.split(",")] if "," in text else text.split()


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
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
                raise BadKnowledge(f"{where}: unknown or missing column {unknown[0]!r}.", f"Columns: {list(columns)}.")
            continue
        if len(cells) > len(header) or not cells[0]:
            raise BadKnowledge(f"{where}: {len(cells)} cells, expected at most {len(header)}, the first not empty.")
        yield where, dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))


def _listed(cell: str) -> list[str]:
    return [name for name in cell.split(", ") if name]


def _country_entries(path: Path, names: dict[str, str]) -> Iterator[Entry]:
    for where, row in _rows(path):
        code = row["code"]
        if not re.fullmatch(r"[A-Z]{3}", code) or not row["name"] or code in names:
            raise BadKnowledge(f"{where}: a row needs its own three-letter code and a name, not {code!r}.")
        names[code] = row["name"]
        for name in (row["name"], *_listed(row["other_names"])):
            yield Entry(name, "name", (code,))
        for word in _listed(row["demonyms"]):
            yield Entry(word, "demonym", (code,))
            if not _NO_PLURAL.search(word):
                yield Entry(word + "s", "demonym", (code,))
        for name in _listed(row["capitals"]):
            yield Entry(name, "capital", (code,))
        for name in _listed(row["seats"]):
            yield Entry(name, "seat", (code,))


def _shared(entries: Iterable[Entry]) -> list[Entry]:
    """One entry a name: where two countries bear it, the one whose row comes first is the likelier."""
    found: dict[str, Entry] = {}
    for entry in entries:
        known = found.setdefault(entry.text, entry)
        if known.codes != entry.codes:
            found[entry.text] = Entry(entry.text, known.kind, known.codes + entry.codes, sure=False, shared=True)
    return list(found.values())


def _region_entries(path: Path, names: Mapping[str, str]) -> Iterator[Entry]:
    for where, row in _rows(path):
        codes = tuple(row["codes"].split())
        _check_codes(codes, names, where)
        if row["use"] not in ("name", "after comma"):
            raise BadKnowledge(f"{where}: unknown use {row['use']!r}.", 'Use "name" or "after comma".')
        yield Entry(row["name"], "region" if row["use"] == "name" else "abbreviation", codes, len(codes) == 1)


def _city_entries(path: Path, names: Mapping[str, str]) -> Iterator[Entry]:
    for where, row in _rows(path):
        sizes = [place.partition(":") for place in row["places"].split()]
        codes = tuple(code for code, _, _ in sizes)
        _check_codes(codes, names, where)
        if not all(size.isdigit() for _, _, size in sizes):
            raise BadKnowledge(f"{where}: {row['places']!r} is not a list of code:thousands.")
        people = [int(size) for _, _, size in sizes]
        # Three times the next namesake: the one a reader thinks of.
        sure = len(people) == 1 or people[0] >= 3 * people[1]
        yield Entry(row["name"], "city", codes, sure)


def _trap_entries(path: Path, names: Mapping[str, str], senses: dict[str, set[str]]) -> Iterator[Entry]:
    for where, row in _rows(path):
        sense, phrase = row["sense"], row["phrase"]
        if sense not in _SENSES or (row["code"] and sense != "organisation"):
            raise BadKnowledge(f"{where}: unknown sense {sense!r}, or a code where none belongs.", f"Known: {_SENSES}.")
        if row["code"]:
            _check_codes((row["code"],), names, where)
        if sense == "nothing":
            yield Entry(phrase, "nothing", ())
        elif sense == "supranational":
            yield Entry(phrase, "supranational", ())
        elif sense == "organisation":
            yield Entry(phrase, "organisation", (row["code"],) if row["code"] else ())
        else:
            senses[sense].add(phrase)


def _institutions(path: Path, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for where, row in _rows(path):
        _check_codes((row["code"],), names, where)
        yield row["phrase"], row["code"]


def _check_codes(codes: tuple[str, ...], names: Mapping[str, str], where: str) -> None:
    unknown = [code for code in codes if code not in names]
    if unknown or not codes:
        raise BadKnowledge(f"{where}: unknown country code {(*unknown, '')[0]!r}.", "Codes are those of countries.tsv.")


def _with_namesakes(known: Entry, other: Entry) -> Entry:
    """The known entry with the countries of a region or city of its name; the larger city comes first."""
    if known is other or known.shared or known.kind not in ("name", "capital"):
        return known
    more = tuple(code for code in other.codes if code not in known.codes)
    if known.kind == "capital" and other.codes[0] != known.codes[0]:
        rest = tuple(code for code in known.codes if code not in other.codes)
        return Entry(known.text, "capital", other.codes + rest, False)
    # A state of a federation is as likely as the country of its name: Georgia.
    return Entry(known.text, known.kind, known.codes + more, known.sure and other.kind == "city")


def _add_capitals(found: dict[str, Entry], words: frozenset[str]) -> None:
    """Headlines and datelines in capitals; not for short cities and words, which mean anything there."""
    for entry in list(found.values()):
        text = entry.text.upper()
        if entry.kind == "abbreviation" or entry.text in words or (entry.kind == "city" and len(text) < 5):
            continue
        found.setdefault(text, entry)


def _by_first_word(found: Mapping[str, Entry]) -> dict[str, tuple[tuple[str, Entry], ...]]:
    starts: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
    for pair in found.items():
        first = _FIRST_WORD.match(pair[0])
        if first:
            starts[first[0]].append(pair)
    for pairs in starts.values():
        if len(pairs) > 1:
            pairs.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return {word: tuple(pairs) for word, pairs in starts.items()}
