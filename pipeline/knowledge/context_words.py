"""Words around a name that tell what it is (models/places/context.toml), and the patterns that some of them make."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pipeline.errors import BadKnowledge
from pipeline.knowledge.files import check_keys, read_toml

#: The one key of context.toml that is a table, name to name, instead of a string of words.
_MAPPING_KEY = "union_seats"


@dataclass(frozen=True, slots=True)
class ContextWords:
    """The words around a name that tell what it is: a field for each list of context.toml, where an example stands.

    Verbs are lemmas; case is as in the file.
    """

    #: After a place's name these make it another's: "Peru Street".
    feature_nouns: frozenset[str]
    #: Before it these do: "New Lebanon".
    place_prefixes: frozenset[str]
    #: Before a personal name and no part of it: "sen".
    personal_titles: frozenset[str]
    #: What a surname may begin with, written small: "von" of "von Holm".
    name_particles: frozenset[str]
    #: Of these the ones behind which a demonym is a surname: "Ms".
    courtesy_titles: frozenset[str]
    #: After a person's name: "KC".
    postnominals: frozenset[str]
    #: After a demonym these make it money: "dollars".
    currencies: frozenset[str]
    #: After a demonym these make it a language: "grammar".
    language_nouns: frozenset[str]
    #: Verbs whose object is a language: "speak".
    language_verbs: frozenset[str]
    #: Before a demonym these make it a language: "in".
    language_prepositions: frozenset[str]
    #: What a capital does when its government is meant: "reject".
    state_verbs: frozenset[str]
    #: What it has then, or others have with it: "ties".
    state_nouns: frozenset[str]
    #: Between such a noun and the capital: "with".
    relation_prepositions: frozenset[str]
    #: Before a seat of power these speak of the place: "outside".
    local_prepositions: frozenset[str]
    #: After these a word that is also a surname is a place: "near".
    place_prepositions: frozenset[str]
    #: After these a city is a town whatever the parser sees: "around".
    town_prepositions: frozenset[str]
    #: After these it is one where the parser sees an organisation: "from".
    origin_prepositions: frozenset[str]
    #: Before these a city is a town: "residents".
    town_nouns: frozenset[str]
    #: After these a name that no table has is a place: "throughout".
    unnamed_place_prepositions: frozenset[str]
    #: After these it is one unless something speaks for a firm: "from".
    weak_place_prepositions: frozenset[str]
    #: After these words "to" names a source: "according".
    source_phrases: frozenset[str]
    #: As the object of these verbs (lemmas) it is one: "shell".
    place_verbs: frozenset[str]
    #: Beside a name that no table has these make it a place: "valley".
    area_nouns: frozenset[str]
    #: In such a name these do: "northern".
    compass_words: frozenset[str]
    #: After the name of a region these make its people: "ans" for "Ohioans", without the plural's "s".
    region_endings: frozenset[str]
    #: What firms and products have, and what others have in them (lemmas): "shareholder".
    firm_nouns: frozenset[str]
    #: What others have in them, or do (lemmas): "stake".
    holding_words: frozenset[str]
    #: What firms do, and others do with them (lemmas): "acquire".
    firm_verbs: frozenset[str]
    #: What prices do (lemmas): "slump".
    price_verbs: frozenset[str]
    #: In what these do it: "percent".
    price_units: frozenset[str]
    #: Before "of" these make a name a town: "village".
    settlement_nouns: frozenset[str]
    #: After a place or person these make it an organisation: "newspaper".
    media_nouns: frozenset[str]
    #: After a name that the parser missed: "news agency".
    newspaper_words: frozenset[str]
    #: What sources do: "say".
    reporting_verbs: frozenset[str]
    #: Nouns that an organisation's name goes on after with "of": "Ministry".
    organisation_heads: frozenset[str]
    #: Last words of firms that the parser takes for people: "Mining".
    company_words: frozenset[str]
    #: Last words of firms called after their partners: "LLP".
    legal_forms: frozenset[str]
    #: The same after "&" or "and": "Sons".
    partner_words: frozenset[str]
    #: Last words of what is called after its founders: "Foundation".
    endowment_words: frozenset[str]
    #: Names that the parser cuts at their "and": "Customs and Border Protection".
    joined_names: frozenset[str]
    #: Words in the names of organisations called after their town: "Chamber".
    town_organisation_words: frozenset[str]
    #: Last words of American public bodies that run one service: "District".
    district_nouns: frozenset[str]
    #: Before these: "Water".
    district_services: frozenset[str]
    #: Organisations of many countries: "United Nations".
    international_organisations: frozenset[str]
    #: Marks of American parties: "R".
    us_parties: frozenset[str]
    #: After the name of one county: "County".
    county_nouns: frozenset[str]
    #: After a list of such names: "counties".
    plural_county_nouns: frozenset[str]
    #: Between the names of such a list: "and".
    county_list_words: frozenset[str]
    #: Before a name these make it a saint's: "St.".
    saint_prefixes: frozenset[str]
    #: Last words of names that tell nothing of where: "Street".
    named_after_elsewhere: frozenset[str]
    #: Words that never stand between an owner and its organisation: "said".
    clause_words: frozenset[str]
    #: Capitals that speak for a union of states, with its name.
    union_seats: Mapping[str, str]

    def is_international(self, name: str) -> bool:
        """Whether an organisation is of many countries: listed, or its name begins so ("UN Security Council").

        A leading "the" is ignored; the comparison minds capitals and whole words.
        """
        words = name.removeprefix("The ").removeprefix("the ").split()
        return any(" ".join(words[:count]) in self.international_organisations for count in range(1, len(words) + 1))


@dataclass(frozen=True, slots=True)
class PlacePatterns:
    """Patterns made of the lists, compiled once when the tables are loaded."""

    #: Names of firms called after their partners, by "and" or by commas alone: "Brandt, Blake and Holm LLP".
    firms: tuple[re.Pattern[str], ...]
    #: Nouns of counties; the group "singular" holds one that belongs to a single name: "County".
    counties: re.Pattern[str]
    #: Up to three capitalised words (group 1) between "the" and a noun for newspapers: "the Sunday Larner newspaper".
    #: In "the Swahili newspaper Uhuru" the name comes behind.
    newspapers: re.Pattern[str]
    #: The mark of an American party right before a name, at the end of the text asked: "R-".
    party_before: re.Pattern[str]
    #: What stands between a possessor and its organisation, at the end of the text asked: "'s daily ".
    after_possessor: re.Pattern[str]
    #: The same after a demonym: " carmaker ".
    after_demonym: re.Pattern[str]
    #: The same after the place it is based in: "-based ".
    after_base: re.Pattern[str]


_PARTNER = r"[A-Z][\w'’-]++"
#: The first of them, at a word's beginning: a search is quick that looks for the capital first.
_FIRST_PARTNER = r"[A-Z](?<!\w\w)[\w'’-]++"


def compile_patterns(words: ContextWords) -> PlacePatterns:
    """The patterns made of ``words``, each described at its field of ``PlacePatterns``."""
    firm_ending = rf"(?:{_one_of(words.legal_forms)}|(?:&|and) {_one_of(words.partner_words)}\.?)"
    endowment = _one_of(words.endowment_words)
    counties, plural_counties = _one_of(words.county_nouns), _one_of(words.plural_county_nouns)
    # Up to four lower-case words, none of a clause: "Kenya's military said on Fjordgram" owns nothing.
    between = rf"(?!{_one_of(words.clause_words)}\b)[a-z]+[ -]"
    return PlacePatterns(
        firms=(
            re.compile(rf"{_FIRST_PARTNER}(?:, {_PARTNER})*,? (?:and|&) {_PARTNER},? {firm_ending}(?!\w)"),
            re.compile(rf"{_FIRST_PARTNER}(?:, {_PARTNER})+,? {firm_ending}(?!\w)"),
            re.compile(rf"{_FIRST_PARTNER} (?:and|&) {_PARTNER}(?: {_PARTNER})? {endowment}(?!\w)"),
            re.compile(rf"\b(?:(?:U\.S\.|US) )?{_one_of(words.joined_names)}(?!\w)"),
        ),
        counties=re.compile(rf"\b(?:(?P<singular>{counties})|{plural_counties})\b"),
        newspapers=re.compile(rf"\b[Tt]he ((?:[A-Z][\w'-]+ ?){{1,3}}) {_one_of(words.newspaper_words)}\b(?! [A-Z])"),
        party_before=re.compile(rf"\b{_one_of(words.us_parties)}-$"),
        after_possessor=re.compile(rf"['’]s? (?:{between}){{0,4}}$"),
        after_demonym=re.compile(rf" (?:{between}){{1,4}}$"),
        after_base=re.compile(rf"-based (?:{between}){{0,4}}$"),
    )


def _one_of(words: frozenset[str]) -> str:
    """A pattern for any of the words, the longest that fits."""
    by_length = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(re.escape(word) for word in by_length)})"


def load_context(path: Path) -> ContextWords:
    """The lists of context.toml, the file ``path``.

    Raises BadKnowledge that names the file for broken TOML, an unknown or missing key, or a list that is no string.
    """
    table = read_toml(path)
    keys = [field.name for field in fields(ContextWords)]
    check_keys(table, keys, str(path))
    lists = [key for key in keys if key != _MAPPING_KEY]
    wrong = [key for key in lists if not isinstance(table.get(key), str)]
    if wrong:
        raise BadKnowledge(f"{path}: {wrong[0]!r} is missing or not a string.", "Give its words in one string.")
    seats: Any = table.get(_MAPPING_KEY)
    if not isinstance(seats, dict) or not all(isinstance(name, str) for name in seats.values()):
        raise BadKnowledge(
            f"{path}: the section [{_MAPPING_KEY}] is missing or holds something else than names.",
            'Give it rows such as Brussels = "European Union".',
        )
    return ContextWords(union_seats=seats, **{key: frozenset(_split_words(table[key])) for key in lists})


def _split_words(text: str) -> list[str]:
    """The words of a list; where one of them has several words, commas part them all."""
    return [" ".join(name.split()) for name in text.split(",")] if "," in text else text.split()
