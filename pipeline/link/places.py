"""The country of every place: ``resolve_places``, a table of named rules over the evidence of one article.

A place is decided by what the text says beside it ("Springfield, Ill."), then by the tables, then by what else the
article names; a name that many countries have stays open without evidence. One sense per article: what one mention of
a name says holds for all (Gale, Church and Yarowsky 1992). models/README.md describes the rules in their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.knowledge.places import PlaceEntry, PlaceTable
from pipeline.link.namesakes import CountryDecision, choose_namesake
from pipeline.link.organisation_countries import resolve_organisations
from pipeline.link.place_evidence import (
    OTHER_COUNTRY_OF_NAME,
    PlaceEvidence,
    collect_evidence,
    look_up,
)
from pipeline.link.stated_countries import NamedPlace
from pipeline.records import Article, Mention
from pipeline.rule_table import Rule, always, first_rule

#: No town's name, so not put into the main country: "Highway 59", "District 7", "ABCD".
_CODE_LIKE = re.compile(r"\d|^[A-Z.]{2,5}$")


def resolve_places(mentions: Sequence[Mention], article: Article, table: PlaceTable) -> list[Mention]:
    """The mentions with the country of places and organisations where something tells it, with reason and rule.

    ``mentions`` are in text order and keep it. A country's name that turns out to be a place elsewhere ("Lebanon,
    Ohio") becomes a PLACE, a capital that speaks for a union of states ("Brussels") an ORG.
    """
    places = look_up(mentions, article, table)
    evidence = collect_evidence(places, article, table)
    placed = [
        _decide_country(PlaceCase(place, evidence, table))
        if place.mention.label in ("COUNTRY", "PLACE")
        else place.mention
        for place in places
    ]
    return resolve_organisations(placed, article, table)


def _decide_country(case: PlaceCase) -> Mention:
    rule = first_rule(PLACE_RULES, case)
    resolved = rule.outcome(case)
    return replace(resolved, rule=resolved.rule or rule.name)


# --- what a place is ---


@dataclass(frozen=True)
class PlaceCase:
    """A COUNTRY or PLACE whose country is in question."""

    #: The mention with what the tables have under its name.
    place: NamedPlace
    #: What the article says about where its places lie.
    evidence: PlaceEvidence
    #: All tables, for names within the name.
    table: PlaceTable

    @property
    def mention(self) -> Mention:
        """The mention as found."""
        return self.place.mention

    @property
    def surface(self) -> str:
        """The name as it stands in the text."""
        return self.place.surface

    @property
    def entry(self) -> PlaceEntry | None:
        """What the tables have under the name."""
        return self.place.entry

    @cached_property
    def choice(self) -> CountryDecision:
        """Which place of the name is meant; only asked where the tables have the name."""
        if self.entry is None:
            return CountryDecision("", "")
        if code := self.evidence.stated_mentions.get(self.mention.start):
            return CountryDecision(code, "country or state beside it", rule="stated beside the name")
        return choose_namesake(self.entry, self.surface, self.evidence)

    @cached_property
    def part_choice(self) -> CountryDecision:
        """The country through a place in a longer name, empty for none."""
        return _choose_by_part(self.surface, self.evidence, self.table)

    @property
    def other_shared_country(self) -> str:
        """The country of the shared name that the article names in full, when it names only that one; else empty."""
        entry = self.entry
        if entry is None or self.mention.country != entry.codes[0]:
            return ""
        if self.evidence.weight(entry.codes[0], self.surface):
            return ""
        return next((code for code in entry.codes if self.evidence.weight(code, self.surface)), "")


def _leave_unchanged(case: PlaceCase) -> Mention:
    return case.mention


def _in_country(case: PlaceCase, country: str, reason: str = "", rule: str = "") -> Mention:
    return replace(case.mention, country=country, reason=reason or case.mention.reason, rule=rule)


def _as_other_shared_country(case: PlaceCase) -> Mention:
    code = case.other_shared_country
    name = case.table.country_names[code]
    return replace(case.mention, country=code, canonical=name, reason="the one the article names")


def _as_union(case: PlaceCase) -> Mention:
    name = case.table.context.union_seats[case.surface]
    return replace(case.mention, label="ORG", canonical=name, country="", reason="seat of a union of states")


def _as_place_elsewhere(case: PlaceCase) -> Mention:
    choice = case.choice
    return replace(
        case.mention,
        label="PLACE",
        canonical=case.surface,
        use="place",
        country=choice.country,
        reason=choice.reason,
        rule=f"country's name, place elsewhere: {choice.rule}",
    )


def _has_shared_name(case: PlaceCase) -> bool:
    return case.mention.label == "COUNTRY" and case.entry is not None and case.entry.shared_by_countries


def _is_union_seat(case: PlaceCase) -> bool:
    """Whether a capital that acts speaks for a union of states, its own country being named nowhere: "Brussels"."""
    if case.mention.use != "government" or case.surface not in case.table.context.union_seats:
        return False
    return not case.evidence.weight(case.mention.country, case.surface)


def _is_country_beyond_doubt(case: PlaceCase) -> bool:
    if case.mention.label != "COUNTRY":
        return False
    if case.mention.use == "people" or case.entry is None:
        return True
    is_government = case.mention.use == "government" and not (
        case.entry.kind == "capital" and _is_place_elsewhere(case)
    )
    return is_government or len(case.entry.codes) == 1


def _is_place_elsewhere(case: PlaceCase) -> bool:
    """Whether the name of a country is that of a place in another one here: "Lebanon, Ohio"."""
    if case.mention.label != "COUNTRY" or case.entry is None:
        return False
    return bool(case.choice.country) and case.choice.country != case.entry.codes[0]


def _is_open_guess(case: PlaceCase) -> bool:
    """Whether nothing decides between even namesakes, or the town that a college or firm is named after."""
    if case.entry is None or not case.choice.is_guess:
        return False
    return case.mention.use == "name_part" or not case.entry.has_default


def _fits_main_country(case: PlaceCase) -> bool:
    if not case.evidence.main_country or case.mention.origin == "building":
        return False
    return _CODE_LIKE.search(case.surface) is None


def _is_county_at_home(case: PlaceCase) -> bool:
    """Whether a county stands in an article that names no country but the United States."""
    return case.mention.origin == "county" and not case.evidence.foreign_countries("USA", case.surface)


PLACE_RULES: tuple[Rule[PlaceCase, Mention], ...] = (
    Rule(
        OTHER_COUNTRY_OF_NAME,
        lambda case: _has_shared_name(case) and bool(case.other_shared_country),
        _as_other_shared_country,
    ),
    Rule("likeliest country of the name", _has_shared_name, _leave_unchanged),
    Rule("seat of a union of states", _is_union_seat, _as_union),
    Rule("country", _is_country_beyond_doubt, _leave_unchanged),
    Rule("country's name, place elsewhere", _is_place_elsewhere, _as_place_elsewhere),
    Rule("country rather than its namesakes", lambda case: case.mention.label == "COUNTRY", _leave_unchanged),
    Rule("supranational", lambda case: case.mention.origin == "supranational", _leave_unchanged),
    Rule(
        "seat of power",
        lambda case: case.entry is not None and case.entry.kind == "seat",
        lambda case: _in_country(case, case.entry.codes[0] if case.entry else ""),
    ),
    Rule("open between namesakes", _is_open_guess, _leave_unchanged),
    Rule(
        "name of the tables",
        lambda case: case.entry is not None,
        lambda case: _in_country(case, case.choice.country, case.choice.reason, case.choice.rule),
    ),
    Rule(
        "stated beside the name",
        lambda case: case.surface in case.evidence.stated_countries,
        lambda case: _in_country(case, case.evidence.stated_countries[case.surface], "country or state beside it"),
    ),
    Rule(
        "place in the name",
        lambda case: case.mention.origin != "county" and bool(case.part_choice.country),
        lambda case: _in_country(case, case.part_choice.country, case.part_choice.reason),
    ),
    Rule(
        "main country of the article",
        _fits_main_country,
        lambda case: _in_country(case, case.evidence.main_country, "most places of the article"),
    ),
    Rule(
        "county, no country abroad named",
        _is_county_at_home,
        lambda case: _in_country(case, "USA", "county, no country abroad named"),
    ),
    Rule("nothing tells", always, lambda case: _in_country(case, "")),
)


# --- places in longer names ---


def _choose_by_part(surface: str, evidence: PlaceEvidence, table: PlaceTable) -> CountryDecision:
    """The country of a longer name through a place in it ("northern Virginia", "Nairobi Airport", "East Leeds").

    Streets and schools tell nothing: they are called after places elsewhere.
    """
    words = surface.split()
    if words[-1] in table.context.named_after_elsewhere:
        return CountryDecision("", "")
    for part in _split_parts(words):
        country = "" if part in table.common_words else _country_of_part(part, evidence, table)
        if country:
            return CountryDecision(country, f'"{part}" in the name')
    return CountryDecision("", "")


def _split_parts(words: Sequence[str]) -> Iterator[str]:
    """Two words that stand together, then single ones, from the left."""
    for size in (2, 1):
        for first in range(len(words) - size + 1):
            yield " ".join(words[first : first + size])


def _country_of_part(part: str, evidence: PlaceEvidence, table: PlaceTable) -> str:
    """The country of a place in a name: stated in the article, the only one of the name, or a town named elsewhere."""
    if part in evidence.stated_countries:
        return evidence.stated_countries[part]
    entry = table.entries.get(part)
    if entry is None:
        return ""
    if entry.kind in ("name", "region", "demonym") and len(entry.codes) == 1:
        return entry.codes[0]
    if entry.kind in ("capital", "city") and part in evidence.place_names:
        return choose_namesake(entry, part, evidence).country
    return ""
