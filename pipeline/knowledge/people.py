"""Words about people and organisations (models/people.toml) and first names by the sex of their bearers (names.tsv)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import BadKnowledge
from pipeline.knowledge.files import check_keys, read_toml
from pipeline.text.normalize import strip_accents

Sex = Literal["", "f", "m"]

_KEYS = {
    "sex": ("women", "men", "honorifics"),
    "nouns": (
        "people",
        "not_people",
        "organisations",
        "states",
        "two_senses",
        "same",
        "variations",
        "parts",
        "documents",
        "crowds",
        "countries",
        "areas",
        "offices",
        "rulers",
        "never_people",
        "abstract_endings",
        "things",
        "quantities",
    ),
    "kinds": ("media_nouns", "government_nouns", "media", "government"),
}
#: What mostly means whoever does it: teacher, senator, economist, fisherman, congresswoman, businessperson.
_AGENT_ENDINGS = ("man", "woman", "person", "er", "or", "ist", "ian")
#: Shares of women, in per cent, from which a first name tells the sex.
_MAN, _WOMAN, _SURELY_WOMAN = 10, 90, 97


@dataclass(frozen=True, slots=True)
class People:
    """Lower-case words; ``titles``: the nouns that may take up the bearer of a title; ``same``: nouns by their group.

    ``names`` has the percentage of women among the bearers of a first name, where one sex has four fifths.
    """

    women: frozenset[str]
    men: frozenset[str]
    honorifics: frozenset[str]
    titles: Mapping[str, frozenset[str]]
    people: frozenset[str]
    not_people: frozenset[str]
    organisations: frozenset[str]
    states: frozenset[str]
    two_senses: frozenset[str]
    same: Mapping[str, frozenset[str]]
    variations: frozenset[str]
    parts: frozenset[str]
    documents: frozenset[str]
    crowds: frozenset[str]
    countries: frozenset[str]
    areas: frozenset[str]
    offices: frozenset[str]
    rulers: frozenset[str]
    never_people: frozenset[str]
    abstract_endings: frozenset[str]
    things: frozenset[str]
    quantities: frozenset[str]
    media_nouns: frozenset[str]
    government_nouns: frozenset[str]
    media: frozenset[str]
    government: frozenset[str]
    names: Mapping[str, int]

    def sex_of_word(self, word: str) -> Sex:
        """What a title or the noun of a role tells: "mrs.", "spokeswoman", "father"."""
        if word in self.women or word.endswith("woman"):
            return "f"
        return "m" if word in self.men or (word.endswith("man") and word not in self.not_people) else ""

    def sex_of_name(self, first: str, alone: bool = False) -> Sex:
        """What a first name tells, accents aside; empty for rare names and for those of both sexes.

        A name that stands ``alone`` may be a surname, as men's first names often are: only a woman's tells then.
        """
        share = self.names.get(strip_accents(first.lower()))
        if share is None or (alone and share < _SURELY_WOMAN):
            return ""
        return "f" if share >= _WOMAN else "m" if share <= _MAN else ""

    def is_person(self, noun: str) -> bool:
        """Whether a singular noun means somebody: "senator", "teacher", "woman"."""
        if noun in self.people or noun in self.titles or noun in self.women or noun in self.men:
            return True
        other = noun in self.not_people or noun in self.organisations or noun in self.states or noun in self.documents
        return not other and len(noun) > len("maker") - 1 and noun.endswith(_AGENT_ENDINGS)

    def is_nobody(self, noun: str) -> bool:
        """Whether a noun in the singular means an event or a quality, as "closure" does: it can't speak."""
        speaks = self.is_person(noun) or noun in self.organisations | self.states | self.documents | self.crowds
        return noun in self.things or (not speaks and noun.endswith(tuple(self.abstract_endings)))

    def kind_of(self, noun: str) -> str:
        """person, organisation or government for somebody the text only describes, else empty."""
        if noun in self.two_senses:
            return ""
        if self.is_person(noun):
            return "person"
        return "organisation" if noun in self.organisations else "government" if noun in self.states else ""

    def kind_of_noun(self, noun: str) -> str:
        """government or media for a noun that takes up such an organisation, else empty: it may be any."""
        return "government" if noun in self.government_nouns else "media" if noun in self.media_nouns else ""

    def may_be_called(self, title: str, noun: str) -> bool:
        """Whether somebody with this title can be taken up by this noun: "sen." by "lawmaker", "mayor" by "mayor"."""
        return title == noun or noun in self.titles.get(title, ())

    def alike(self, noun: str) -> frozenset[str]:
        """The noun and those that stand for it in names: a "panel" may be the "Committee" named before."""
        return self.same.get(noun, frozenset((noun,)))


def load_people(folder: Path) -> People:
    """The tables of ``folder``, models/. Raises BadKnowledge naming file and mistake."""
    path = folder / "people.toml"
    table = read_toml(path)
    check_keys(table, (*_KEYS, "titles"), str(path))
    for section, keys in _KEYS.items():
        check_keys(_part(table, section, path), keys, f"{path}, [{section}]")
    groups = [frozenset(group.split()) for group in _part(table, "nouns", path).get("same", ())]
    return People(
        **{
            key: frozenset(_part(table, section, path).get(key, "").split())
            for section, keys in _KEYS.items()
            for key in keys
            if key != "same"
        },
        titles={title: frozenset(nouns.split()) for title, nouns in _part(table, "titles", path).items()},
        same={noun: group for group in groups for noun in group},
        names=_load_names(folder / "names.tsv"),
    )


def _part(table: Mapping[str, Any], section: str, path: Path) -> Mapping[str, Any]:
    part = table.get(section)
    if not isinstance(part, dict):
        raise BadKnowledge(f"{path}: the section [{section}] is missing.", "Mend the file and run again.")
    return part


def _load_names(path: Path) -> dict[str, int]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadKnowledge(f"{path}: {error}", "Install newsclaims again.") from error
    rows = (line.split("\t") for line in lines if line and not line.startswith(("#", "name\t")))
    try:
        return {name: int(women) for name, women in rows}
    except ValueError as error:
        raise BadKnowledge(f"{path}: a row is no name and number.", "Mend the file and run again.") from error
