"""What one article says about where its places lie: collected once, before any place is decided (places.py)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.knowledge.places import PlaceTable
from pipeline.link.stated_countries import NamedPlace, find_stated_countries, find_stated_mentions
from pipeline.records import Article, Mention
from pipeline.rule_table import Rule, always, constant, first_rule

#: Share of the article's places that must lie in one country before it is the main one: three of four. Set by hand.
_MAIN_COUNTRY_SHARE = 0.75
#: Different names that must speak for a country before it is the main one: a single name said ten times is no proof.
_MAIN_COUNTRY_NAMES = 2
#: A place below a country ("Bergen") says more of where the news is than the country's name, which news abroad has too.
_LOCAL_WEIGHT = 2
#: Signs of a country in the text: telephone numbers of the North American plan ("614-555-0134"; without Canada's names
#: those of the United States) and of Britain ("01632 960123"), and an American lawmaker's party and home ("R-Toledo").
_COUNTRY_SIGNS = (
    ("USA", re.compile(r"(?<![\d-])(?:\d{3}-|\(\d{3}\) ?)\d{3}-\d{4}\b")),
    ("GBR", re.compile(r"(?<!\d)(?:\(0\d{3,4}\) ?\d{6}|0\d{4} \d{6})\b")),
    ("USA", re.compile(r"\b[RD]-[A-Z]")),
)
#: Name of the rule by which Congo or Korea is the less likely country of that name, which the article names in full.
OTHER_COUNTRY_OF_NAME = "other country of the name"
#: Kinds of names that are no place in one country.
_UNPLACED_KINDS = frozenset({"nothing", "organisation", "supranational"})


@dataclass(frozen=True, slots=True)
class MentionCounts:
    """Mentions of one kind, counted, with sums: a name can be left out of a count without going through all."""

    #: By (country code, surface).
    by_country_and_surface: Counter[tuple[str, str]]
    #: By country code.
    by_country: Counter[str]
    #: By surface.
    by_surface: Counter[str]

    def of_country(self, code: str, excluding: str) -> int:
        """Mentions of the country ``code`` under other names than ``excluding``."""
        return self.by_country[code] - self.by_country_and_surface[code, excluding]

    def of_other_countries(self, code: str, excluding: str) -> int:
        """Mentions of all countries but ``code`` under other names than ``excluding``."""
        excluded_elsewhere = self.by_surface[excluding] - self.by_country_and_surface[code, excluding]
        return self.by_country.total() - self.by_country[code] - excluded_elsewhere


@dataclass(frozen=True, slots=True)
class PlaceEvidence:
    """What the article says about where places lie."""

    #: Mentions of countries, and of cities so much larger than their namesakes that they count like one.
    countries: MentionCounts
    #: Mentions of places below a country that can only lie there: "Bergen", "Anson County".
    local_places: MentionCounts
    #: The country of a name that the text says beside it: "Springfield" in "Springfield, Ill." is USA.
    stated_countries: Mapping[str, str]
    #: For each country, how many of its own institutions and signs the article has: "sheriff's office".
    domestic_signs: Counter[str]
    #: The country said beside single mentions, by where these start: of "Paris, Texas" beside "Paris, France".
    stated_mentions: Mapping[int, str]
    #: The country of a name whose town there lies in a state that the article names: "Athens" with "Ohio" is USA.
    countries_of_states: Mapping[str, str]
    #: The names of all places as they stand.
    place_names: frozenset[str]
    #: The country where nearly all places lie, or empty.
    main_country: str

    def weight(self, code: str, excluding: str) -> int:
        """How much speaks for a country, leaving a name out: mentions of it, and twice those of its local places."""
        return self.countries.of_country(code, excluding) + _LOCAL_WEIGHT * self.local_weight(code, excluding)

    def local_weight(self, code: str, excluding: str) -> int:
        """Mentions of places below a country under other names than ``excluding``, and its institutions and signs."""
        return self.local_places.of_country(code, excluding) + self.domestic_signs[code]

    def foreign_countries(self, code: str, excluding: str) -> int:
        """Mentions of other countries than ``code`` under other names than ``excluding``."""
        return self.countries.of_other_countries(code, excluding)


def look_up(mentions: Iterable[Mention], article: Article, table: PlaceTable) -> list[NamedPlace]:
    """Each mention, of any label, with its surface and its entry of the tables, in the same order."""
    places = []
    for mention in mentions:
        surface = article.text[mention.start : mention.end]
        entry = table.entries.get(surface) or table.entries.get(mention.canonical)
        placed = entry is not None and entry.kind not in _UNPLACED_KINDS
        places.append(NamedPlace(mention, surface, entry if placed else None))
    return places


def collect_evidence(places: Sequence[NamedPlace], article: Article, table: PlaceTable) -> PlaceEvidence:
    """What the article says about where its places lie, before anything is decided; ``places`` in text order."""
    stated = find_stated_countries(places, article)
    counted: dict[str, list[tuple[str, str]]] = {"country": [], "local": [], "": []}
    for place in places:
        case = EvidenceCase(place, stated)
        scope, code = first_rule(EVIDENCE_RULES, case).outcome(case)
        counted[scope].append((code, place.surface))
    countries, local_places = _count_mentions(counted["country"]), _count_mentions(counted["local"])
    signs = _domestic_signs(places, article, table)
    return PlaceEvidence(
        countries,
        local_places,
        stated,
        signs,
        find_stated_mentions(places, article),
        _countries_of_states(places, stated, table),
        frozenset(place.surface for place in places if place.mention.label == "PLACE"),
        _main_country(countries, local_places, signs),
    )


def _count_mentions(pairs: Sequence[tuple[str, str]]) -> MentionCounts:
    return MentionCounts(Counter(pairs), Counter(code for code, _ in pairs), Counter(surface for _, surface in pairs))


# --- what a mention speaks for ---

#: What a place counts as ("country", "local", or "" for nothing) and for which country.
EvidenceCount = tuple[str, str]


class EvidenceCase(NamedTuple):
    """A place, and the countries ``stated`` beside names of the article."""

    place: NamedPlace
    stated: Mapping[str, str]


def _default_code(case: EvidenceCase) -> str:
    entry = case.place.entry
    return entry.codes[0] if entry is not None else ""


def _is_clear_country(case: EvidenceCase) -> bool:
    place = case.place
    return place.mention.label == "COUNTRY" and (place.entry is None or place.entry.has_default)


def _has_one_country(case: EvidenceCase) -> bool:
    place = case.place
    return place.mention.label == "PLACE" and place.entry is not None and len(place.entry.codes) == 1


def _is_clear_city(case: EvidenceCase) -> bool:
    place = case.place
    if place.mention.label != "PLACE" or place.entry is None:
        return False
    return place.entry.has_default and place.entry.kind == "city"


EVIDENCE_RULES: tuple[Rule[EvidenceCase, EvidenceCount], ...] = (
    Rule(
        "country stated beside the name",
        lambda case: case.place.surface in case.stated,
        lambda case: ("local", case.stated[case.place.surface]),
    ),
    Rule("country", _is_clear_country, lambda case: ("country", case.place.mention.country)),
    Rule("county", lambda case: case.place.mention.origin == "county", constant(("local", "USA"))),
    Rule("place of one country", _has_one_country, lambda case: ("local", _default_code(case))),
    Rule("largest city of the name", _is_clear_city, lambda case: ("country", _default_code(case))),
    Rule("open", always, constant(("", ""))),
)


def _domestic_signs(places: Sequence[NamedPlace], article: Article, table: PlaceTable) -> Counter[str]:
    """How many of each country's own institutions and signs the article has, each counted once."""
    text = article.text
    signs = Counter(code for phrase, code in table.institutions.items() if phrase in text)
    signs.update(code for code, pattern in _COUNTRY_SIGNS if pattern.search(text))
    if any(place.mention.origin == "county" for place in places):
        signs["USA"] += 1
    return signs


def _countries_of_states(places: Sequence[NamedPlace], stated: Mapping[str, str], table: PlaceTable) -> dict[str, str]:
    """The country of names that a town bears in a state named in the article: "Athens" with "Ohio".

    A state that is called like a country ("Georgia") must be stated as one. A name stays out where the article has
    another one of the better known place's country: "Manchester" with "London" and "Connecticut".
    """
    entries = {
        place.surface: place.entry
        for place in places
        if place.entry is not None and place.mention.label in ("COUNTRY", "PLACE")
    }
    codes = {
        name: stated.get(name, entry.codes[0]) for name, entry in entries.items() if entry.has_default or name in stated
    }
    countries: dict[str, str] = {}
    for surface in entries.keys() & table.states_by_town.keys():
        for state in table.states_by_town[surface]:
            if any(codes.get(name) == state.code for name in state.names if name != surface):
                countries.setdefault(surface, state.code)
    likeliest = {entry.codes[0] for name, entry in entries.items() if entry.has_default and name not in countries}
    return {name: code for name, code in countries.items() if entries[name].codes[0] not in likeliest}


def _main_country(countries: MentionCounts, local_places: MentionCounts, signs: Counter[str]) -> str:
    """The country where nearly all the article's places lie, or empty."""
    counts = countries.by_country + local_places.by_country + signs
    if not counts:
        return ""
    code, count = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
    names = {
        surface
        for mentions in (countries, local_places)
        for country, surface in mentions.by_country_and_surface
        if country == code
    }
    is_main = len(names) + signs[code] >= _MAIN_COUNTRY_NAMES and count >= _MAIN_COUNTRY_SHARE * counts.total()
    return code if is_main else ""
