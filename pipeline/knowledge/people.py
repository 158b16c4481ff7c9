"""Words about people and organisations (models/people.toml) and first names by the sex of their bearers (names.tsv).

Every list of people.toml becomes a field of ``People``, found by its section and key in ``SECTIONS``; a comment and an
invented example stand beside each list in the file itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import BadKnowledge
from pipeline.knowledge.files import check_keys, read_toml
from pipeline.knowledge.people_sections import SECTIONS
from pipeline.text.normalize import strip_accents

Sex = Literal["", "f", "m"]

#: The one key that is a list of groups of words instead of one string.
_GROUPED = "interchangeable"
#: Beginnings of nouns for people that a hyphen joins: "co-owner", "ex-mayor", "vice-president".
_BEGINNINGS = frozenset({"co", "ex", "vice", "deputy", "sub", "step", "assistant", "under"})
#: Letters of the shortest noun whose ending makes it a person: "baker" (5) is one, "user" (4) is too short to tell.
_SHORTEST_AGENT_NOUN = 5
#: A first name is a man's if at most this share of its bearers, in per cent, are women. Set by hand.
_MAN_AT_MOST = 10
#: A first name is a woman's if at least this share of its bearers, in per cent, are women. Set by hand.
_WOMAN_AT_LEAST = 90
#: The same for a name that stands alone, which may be a surname ("Clinton"): only clear women's names count.
_WOMAN_ALONE_AT_LEAST = 97
#: The same shares where a title must not speak against the name: "Mr. Groom" may be Lindsey Groom, but not Hilda Groom.
_MAN_SURELY_AT_MOST, _WOMAN_SURELY_AT_LEAST = 5, 95
#: The same shares where somebody else may be meant as well.
_MAN_LIKELY_AT_MOST, _WOMAN_LIKELY_AT_LEAST = 30, 70


@dataclass(frozen=True, slots=True)
class People:
    """The words of models/people.toml, lower case and singular unless said otherwise, and the shares of names.tsv."""

    #: Titles before a woman's name and nouns for women: "mrs.", "chairwoman".
    women: frozenset[str]
    #: Titles before a man's name and nouns for men: "mr.", "chairman".
    men: frozenset[str]
    #: Titles that are no part of a role: "mr.", "mrs.".
    honorifics: frozenset[str]
    #: Titles, and the nouns that may take their bearer up: "sen." with "senator", "lawmaker".
    titles: Mapping[str, frozenset[str]]
    #: Lemmas of verbs, and the nouns that may take up whoever does it: "run" with "owner".
    holders: Mapping[str, frozenset[str]]
    #: Lemmas of verbs, and the nouns that may take up whoever undergoes it: "arrest" with "suspect".
    undergoers: Mapping[str, frozenset[str]]
    #: Nouns that mean one person: "tenant".
    people: frozenset[str]
    #: Endings of nouns that mostly mean whoever does it: "er", "ist".
    agent_endings: frozenset[str]
    #: Nouns with such an ending that mean no person: "harbour".
    not_people: frozenset[str]
    #: Nouns for anybody and for whoever lives with somebody, which tell no role: "woman", "husband".
    anybody: frozenset[str]
    #: Nouns for somebody who gives no name: "source".
    anonymous: frozenset[str]
    #: Nouns for relatives who may share a surname: "brother".
    kin: frozenset[str]
    #: Nouns that can take up an organisation: "company".
    organisations: frozenset[str]
    #: Nouns that can take up a part of the state: "ministry".
    states: frozenset[str]
    #: Nouns of organisations that may mean a document as well: "paper".
    ambiguous: frozenset[str]
    #: Each noun of a group that stand for one another in names, with its group: "panel" with "committee".
    interchangeable: Mapping[str, frozenset[str]]
    #: Nouns that may be a second name for whoever was the last subject: "senator", "billionaire".
    variations: frozenset[str]
    #: Nouns that tell with a number how many children somebody has: "mother of three".
    parents: frozenset[str]
    #: Nouns for whoever speaks for or about another: "spokesman", "lawyer", "neighbour".
    speaking_for: frozenset[str]
    #: What stands before a noun for what somebody has been: "the retired teacher".
    retired: frozenset[str]
    #: Offices that are held for a place: "the MP for Larn".
    seats: frozenset[str]
    #: Roles in capitals that the parser takes for an organisation's name: "The Larn Rovers QB".
    capital_roles: frozenset[str]
    #: Words for somebody by town, region or country that the places do not know as such: "londoner", "pole".
    inhabitants: frozenset[str]
    #: Nouns that end the name of what is called after its town: "diocese".
    establishments: frozenset[str]
    #: What belongs to an organisation or person named before it: "panel", "campaign".
    subunits: frozenset[str]
    #: What is written and can be quoted: "audit".
    documents: frozenset[str]
    #: What is said in words that can be quoted: "warning".
    wordings: frozenset[str]
    #: Documents in which somebody speaks in his own voice: "letter", "statement".
    own_words: frozenset[str]
    #: Lemmas of verbs by which somebody makes a document known: "issue".
    issuing_verbs: frozenset[str]
    #: Many people as one word: "crowd", "others".
    crowds: frozenset[str]
    #: Nouns that take up a country: "country", "kingdom".
    countries: frozenset[str]
    #: Nouns that take up a part of a country: "city", "province".
    areas: frozenset[str]
    #: Offices whose holder is of the country of the place beside it: "governor", "mayor".
    offices: frozenset[str]
    #: Titles known with the bare surname from the first mention on: "president".
    heads_of_state: frozenset[str]
    #: Words before "general" that make it an office and no soldier: "attorney".
    civil_generals: frozenset[str]
    #: Nouns that tell less of somebody than an office or trade does: "member", "resident".
    weak_roles: frozenset[str]
    #: Nouns that say what somebody named is, and mean other things elsewhere: "fellow".
    role_words: frozenset[str]
    #: What stands before the office of whoever comes into it: "new".
    incoming: frozenset[str]
    #: What stands before the office of whoever has it or leaves it: "incumbent", "outgoing".
    outgoing: frozenset[str]
    #: Nouns for whoever deals with the country named before: "expert".
    topic_roles: frozenset[str]
    #: Titles of learning: "dr".
    degrees: frozenset[str]
    #: Nouns for what somebody with a title of learning may be: "surgeon".
    specialists: frozenset[str]
    #: Titles before the names of several: "reps.".
    plural_titles: frozenset[str]
    #: Nouns for those who stand against each other, or deal with each other: "side".
    parties_to: frozenset[str]
    #: Nouns for whoever holds the same office elsewhere: "counterpart".
    counterparts: frozenset[str]
    #: What stands before a role that somebody no longer has: "former".
    bygone: frozenset[str]
    #: Words before the office that somebody would have if another party won: "shadow".
    shadowing: frozenset[str]
    #: Lemmas of verbs that tell of a death, by their subject and by whom it is done to: "die", "kill".
    dying_verbs: frozenset[str]
    killing_verbs: frozenset[str]
    #: Nouns that tell of somebody's death: "funeral".
    death_nouns: frozenset[str]
    #: Lemmas of verbs that tell of harm done to somebody: "stab".
    harming_verbs: frozenset[str]
    #: Nouns for those who have to do with others by their office: "priest", "landlord".
    serving: frozenset[str]
    #: Lemmas of verbs that tell by "as" what somebody is: "works as a porter".
    working_verbs: frozenset[str]
    #: Lemmas of verbs that tell what somebody is: "chairs the board"; those that do so in the past tense as well.
    role_verbs: frozenset[str]
    past_role_verbs: frozenset[str]
    #: The same where the text tells for how long, "has driven a bus since May", and for whom, "covers the sector for".
    trade_verbs: frozenset[str]
    covering_verbs: frozenset[str]
    #: Lemmas of verbs by which somebody is put into an office: "appoint".
    appointing_verbs: frozenset[str]
    #: Letters behind a person's name: "kc".
    postnominals: frozenset[str]
    #: Lemmas of verbs whose object is expected to answer: "ask".
    asking_verbs: frozenset[str]
    #: Lemmas of verbs of turning to somebody: "call", "visit".
    addressing_verbs: frozenset[str]
    #: Agencies that sign pictures, whose name may stand before a person's: "reuters".
    picture_agencies: frozenset[str]
    #: Lemmas of verbs by which somebody has come to do or does what he is called: "started in May".
    tenure_verbs: frozenset[str]
    #: Roles by which a "person" turns out to be an organisation that the parser misread: "agency".
    nonperson_roles: frozenset[str]
    #: Endings of nouns for events and qualities: "ment", "ness".
    abstract_endings: frozenset[str]
    #: Other nouns that can't speak: "cost".
    things: frozenset[str]
    #: Nouns for people behind "his" or "her", beside somebody's name: "team".
    own_crowds: frozenset[str]
    #: Nouns that count people before "of": "number", "handful".
    quantities: frozenset[str]
    #: Words before a noun that set it apart from the organisation that an article is about: "rival".
    contrasting: frozenset[str]
    #: Where a caption says that somebody stands, which is no role: "centre".
    caption_positions: frozenset[str]
    #: Parts of a body, and what is seen in a face, which behind a name are no role: "tears in her eyes".
    body_parts: frozenset[str]
    #: Nouns that take up only a firm: "company".
    firms: frozenset[str]
    #: Nouns for organisations that mean a person as often: "owner".
    owners: frozenset[str]
    #: Nouns that take up whoever has a firm: "founder".
    heads_of_firms: frozenset[str]
    #: Nouns for what a firm makes or runs: "app".
    products: frozenset[str]
    #: Nouns that take up public bodies, too: "regulator".
    watching: frozenset[str]
    #: Words in the names of those: "authority".
    watching_names: frozenset[str]
    #: Words in the names of the police: "constabulary".
    police: frozenset[str]
    #: Nouns that take up the police: "force".
    police_bodies: frozenset[str]
    #: Words in names of what is no firm: "university".
    kinds_in_names: frozenset[str]
    #: Nouns that take up no firm: "regulator".
    public_bodies: frozenset[str]
    #: Words in names of institutions: "university".
    institutions: frozenset[str]
    #: Nouns that may take up an institution: "hospital", "charity".
    called_institutions: frozenset[str]
    #: Things that have a number and are no firm: "terminal".
    numbered_things: frozenset[str]
    #: Nouns that say by themselves what an organisation is: "lender".
    telling_kinds: frozenset[str]
    #: Nouns that take up only an organisation of the media: "newspaper".
    media_nouns: frozenset[str]
    #: Names of parties or their last words, which nothing else tells from a firm's: "labour".
    parties: frozenset[str]
    #: Nouns for parties that act together, in capitals the name of one such body: "coalition".
    alliances: frozenset[str]
    #: Nouns that take up only an organisation of the government: "ministry".
    government_nouns: frozenset[str]
    #: Words in the names of the media: "gazette".
    media_names: frozenset[str]
    #: Words in the names of government organisations: "ministry".
    government_names: frozenset[str]
    #: Last words, capitalised, of so many organisations' names that they are no short name of one: "Ministry".
    generic_last_words: frozenset[str]
    #: Words that make the title of a head of state another office: "vice".
    deputy_words: frozenset[str]
    #: Last words of the names of parts of countries that speak for themselves: "scotland".
    parts_of_countries: frozenset[str]
    #: What ends the full name of a firm, without full stops: "inc", "ltd".
    legal_forms: frozenset[str]
    #: Words in people's names that are written small: "van", "de".
    particles: frozenset[str]
    #: Percentage of women among the bearers of a first name (lower case, no accents), where one sex has four fifths.
    women_shares: Mapping[str, int]

    def sex_of_word(self, word: str) -> Sex:
        """The sex that a title or the noun of a role tells, or empty: "f" for "mrs." and "spokeswoman", "" for "mayor".

        ``word`` is lower case. Compounds of -woman and -man count unless listed as no people ("talisman").
        """
        if word in self.women or word.endswith("woman"):
            return "f"
        return "m" if word in self.men or (word.endswith("man") and word not in self.not_people) else ""

    def sex_of_name(self, first_name: str, alone: bool = False, sure: bool = False) -> Sex:
        """The sex that a first name tells, accents aside; empty for rare names and for those of both sexes.

        A name that stands ``alone`` may be a surname, as men's first names often are ("Clinton"): only one that is
        nearly always a woman's tells then ("Melanie"). Where ``sure``, one in twenty bearers of the other sex are
        enough that it tells nothing ("Lindsey").
        """
        share = self.women_shares.get(strip_accents(first_name.lower()))
        if sure and share is not None and _MAN_SURELY_AT_MOST < share < _WOMAN_SURELY_AT_LEAST:
            return ""
        if share is None or (alone and share < _WOMAN_ALONE_AT_LEAST):
            return ""
        return "f" if share >= _WOMAN_AT_LEAST else "m" if share <= _MAN_AT_MOST else ""

    def likely_sex_of_name(self, first_name: str) -> Sex:
        """The sex that more than two in three bearers of a first name have: "Bernie" is mostly a man."""
        share = self.women_shares.get(strip_accents(first_name.lower()))
        if share is None or _MAN_LIKELY_AT_MOST < share < _WOMAN_LIKELY_AT_LEAST:
            return ""
        return "f" if share >= _WOMAN_LIKELY_AT_LEAST else "m"

    def is_person(self, noun: str) -> bool:
        """Whether a singular, lower-case noun means one person: "senator", "teacher", "woman"; not "harbour"."""
        if noun in self.people or noun in self.titles or noun in self.women or noun in self.men:
            return True
        if noun in self.variations:
            return True
        first, hyphen, rest = noun.partition("-")
        if hyphen and first in _BEGINNINGS:  # "vice-president"
            return self.is_person(rest)
        if noun in self.not_people or noun in self.organisations or noun in self.states or noun in self.documents:
            return False
        return len(noun) >= _SHORTEST_AGENT_NOUN and noun.endswith(tuple(self.agent_endings))

    def is_listed_person(self, noun: str) -> bool:
        """The same by the lists alone: "senator", "teacher"; of "whistler" only the ending tells."""
        listed = noun in self.people or noun in self.titles or noun in self.women or noun in self.men
        listed = listed or noun in self.variations or any(noun in nouns for nouns in self.titles.values())
        first, hyphen, rest = noun.partition("-")
        return listed or (bool(hyphen) and first in _BEGINNINGS and self.is_listed_person(rest))

    def cannot_speak(self, noun: str) -> bool:
        """Whether a singular, lower-case noun means an event, quality or thing: "closure", "cost"; not "cashier"."""
        if noun in self.things:
            return True
        speaks = self.is_person(noun) or noun in self.organisations | self.states | self.documents | self.crowds
        return not speaks and noun.endswith(tuple(self.abstract_endings))

    def speaker_type(self, noun: str) -> str:
        """The speaker type of somebody the text only describes: person, organisation, government, or empty.

        ``noun`` is lower case and singular: "baker" gives person, "ministry" government, "paper" nothing.
        """
        if noun in self.ambiguous:
            return ""
        if self.is_person(noun):
            return "person"
        return "organisation" if noun in self.organisations else "government" if noun in self.states else ""

    def required_type(self, noun: str) -> str:
        """The speaker type that an organisation must have for ``noun`` to take it up: government, media, or empty.

        "The ministry" takes up a government organisation only, "the station" one of the media, "the company" any.
        """
        return "government" if noun in self.government_nouns else "media" if noun in self.media_nouns else ""

    def may_be_called(self, title: str, noun: str) -> bool:
        """Whether ``noun`` may take up the bearer of ``title``, both in lower case: "lawmaker" does so for "sen."."""
        return title == noun or noun in self.titles.get(title, ())

    def interchangeable_nouns(self, noun: str) -> frozenset[str]:
        """The noun with those that stand for it in names: "panel" gives "committee" too, other nouns themselves."""
        return self.interchangeable.get(noun, frozenset((noun,)))


def load_titles(folder: Path) -> frozenset[str]:
    """The titles before names, in lower case, without the rest of what ``load_people`` reads: "sen.", "mr".

    ``folder`` is models/.
    """
    table = read_toml(folder / "people.toml")
    return frozenset((*table["titles"], *table["sex"]["honorifics"].split()))


def load_people(folder: Path) -> People:
    """Read people.toml and names.tsv of ``folder``, models/.

    Raises BadKnowledge that names the file for broken TOML, a missing section, an unknown key or a bad row.
    """
    path = folder / "people.toml"
    table = read_toml(path)
    check_keys(table, (*SECTIONS, "titles", "holders", "undergoers"), str(path))
    for name, keys in SECTIONS.items():
        check_keys(_section(table, name, path), keys, f"{path}, [{name}]")
    groups = [frozenset(group.split()) for group in _section(table, "nouns", path).get(_GROUPED, ())]
    return People(
        **{
            key: frozenset(_section(table, name, path).get(key, "").split())
            for name, keys in SECTIONS.items()
            for key in keys
            if key != _GROUPED
        },
        titles=_nouns_by_key(_section(table, "titles", path)),
        holders=_nouns_by_key(_section(table, "holders", path)),
        undergoers=_nouns_by_key(_section(table, "undergoers", path)),
        interchangeable={noun: group for group in groups for noun in group},
        women_shares=_load_women_shares(folder / "names.tsv"),
    )


def _section(table: Mapping[str, Any], name: str, path: Path) -> Mapping[str, Any]:
    section = table.get(name)
    if not isinstance(section, dict):
        raise BadKnowledge(f"{path}: the section [{name}] is missing.", "Add the section to the file and run again.")
    return section


def _nouns_by_key(section: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {key: frozenset(nouns.split()) for key, nouns in section.items()}


def _load_women_shares(path: Path) -> dict[str, int]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadKnowledge(f"{path} can't be read: {error}.", "Install newsclaims again.") from error
    rows = (line.split("\t") for line in lines if line and not line.startswith(("#", "name\t")))
    try:
        return {name: int(share) for name, share in rows}
    except ValueError as error:
        raise BadKnowledge(
            f"{path}: a row is not a name, a tab and a whole number ({error}).", "Correct the row and run again."
        ) from error
