"""What each name of models/places is where it stands in a text: ``find_table_names``, a table of named rules.

A lexicon knows countries better than a statistical model does; what stands against a name (a person of that name, a
language, a currency, a street) is read from the parse. models/README.md describes the rules in their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.entities.name_matches import COMMON_NOUNS, NameMatch, find_name_matches, has_bare_article
from pipeline.extract.entities.parser_entities import ParsedNames
from pipeline.extract.entities.persons import is_mere_word, is_persons_name
from pipeline.records import Mention, MentionOrigin, Use
from pipeline.rule_table import Rule, always, first_rule

#: "U.S. 79", "US-24": a number of up to three digits makes a highway, unless it counts something ("U.S. 40 years ago").
_ROAD_NUMBER = re.compile(r"[- ]\d{1,3}\b(?! ?%| per| years| days)")
#: Characters before a name that are looked at for a party: "DFL-" has 4.
_PARTY_REACH = 4
_BELOW_COUNTRY = frozenset({"capital", "region", "city"})


def find_table_names(parsed: ParsedNames) -> Iterator[Mention]:
    """Mentions of countries, regions, cities and known organisations of the tables, in text order.

    The first of ``NAME_RULES`` that applies decides what a name is; it may be nothing, or an organisation with a
    country in its name. Places have no country yet: pipeline.link.places decides on it.
    """
    for match in find_name_matches(parsed):
        yield from first_rule(NAME_RULES, match).outcome(match)


# --- what is made of a name ---


def _no_mention(_match: NameMatch) -> list[Mention]:
    return []


def _as_place(match: NameMatch, reason: str, use: Use = "place", origin: MentionOrigin = "gazetteer") -> list[Mention]:
    return [Mention(match.start, match.end, "PLACE", match.entry.text, use, reason=reason, origin=origin)]


def _as_country(match: NameMatch, use: Use, reason: str, origin: MentionOrigin = "gazetteer") -> list[Mention]:
    """A country's mention; inside a longer organisation it is a part of the name, unless its government is meant."""
    code = match.entry.codes[0]
    if use != "government" and match.is_part_of_organisation:
        use, reason = "name_part", f"{reason} in a name"
    name = match.parsed.table.country_names[code]
    return [Mention(match.start, match.end, "COUNTRY", name, use, code, reason, origin)]


def _part_of_road(match: NameMatch) -> list[Mention]:
    return _as_country(match, "name_part", "in the name of a road")


def _as_organisation(match: NameMatch) -> list[Mention]:
    """A known organisation, unless the parser has a longer one, and the country named in it."""
    code = match.entry.codes[0] if match.entry.codes else ""
    mentions: list[Mention] = []
    if not match.is_part_of_organisation:
        text, reason = match.entry.text, "named in the tables"
        mentions.append(Mention(match.start, match.end, "ORG", text, "", code, reason, "gazetteer"))
    for token in match.tokens if code else ():
        entry = match.parsed.table.entries.get(token.text)
        if entry is not None and entry.kind in ("name", "demonym") and code in entry.codes:
            end, name = token.idx + len(token), match.parsed.table.country_names[code]
            mentions.append(Mention(token.idx, end, "COUNTRY", name, "name_part", code, "in a name", "gazetteer"))
    return mentions


# --- tests ---


def _is_lawmakers_home(match: NameMatch) -> bool:
    """Whether the party of an American lawmaker stands before: "R-Toledo"."""
    if match.kind not in _BELOW_COUNTRY:
        return False
    party_before = match.parsed.table.patterns.party_before
    return party_before.search(match.parsed.text, max(0, match.start - _PARTY_REACH), match.start) is not None


def _is_language_or_money(match: NameMatch) -> bool:
    """Whether a demonym is a language or a currency: "speaks English", "in French", "Canadian dollars"."""
    if _is_before_money_or_language(match) or _is_parser_language(match):
        return True
    last = match.tokens[-1]
    if last.text.endswith("s") or last.tag_ not in ("NNP", "NN", "JJ"):
        return False
    if last.dep_ == "dobj":
        return last.head.lemma_ in match.words.language_verbs
    adjacent = last.dep_ == "pobj" and last.head.i == last.i - 1
    return adjacent and last.head.lower_ in match.words.language_prepositions


def _is_before_money_or_language(match: NameMatch) -> bool:
    """Whether "dollars", "language" or the like follows, maybe after a hyphen: "French-speaking"."""
    after = match.after
    if after is not None and after.lower_ == "-":
        after = match.second_after or after
    return after is not None and (after.lower_ in match.words.currencies or after.lower_ in match.words.language_nouns)


def _is_parser_language(match: NameMatch) -> bool:
    """Whether the parser has a language there that describes no noun: "English is taught", not "English pupils"."""
    is_language = match.entity is not None and match.entity.label == "LANGUAGE"
    return is_language and match.tokens[-1].dep_ not in ("amod", "compound", "nmod")


def _is_us_but_no_country(match: NameMatch) -> bool:
    """Whether "US" is the pronoun in capitals ("HE TOLD US THAT") or part of a sum ("US dollars")."""
    last = match.tokens[-1]
    if last.text != "US":
        return False
    if last.tag_ == "PRP" or _is_language_or_money(match):
        return True
    before = match.parsed.doc[last.i - 1] if last.i else None
    if before is None or before.pos_ != "VERB" or not before.is_upper or len(before) == 1:
        return False
    return match.after is None or match.after.pos_ not in ("NOUN", "PROPN", "ADJ")


def _is_in_other_name(match: NameMatch) -> bool:
    """Whether a name of one word is part of another place's: "Lebanon County", "Peru Street", "New Lebanon"."""
    if len(match.tokens) != 1:
        return False
    last, after, before = match.tokens[-1], match.after, match.before
    if after is not None and after.text in match.words.feature_nouns and last.whitespace_:
        return match.entity is None or match.entity.end_token > last.i + 1
    if before is None or before.text not in match.words.place_prefixes:
        return False
    return not before.is_sent_start and bool(before.whitespace_)


def _is_road(match: NameMatch) -> bool:
    """Whether the name begins that of an American highway: "U.S. 79", but not "the U.S. 79th"."""
    if match.entry.codes[0] != "USA" or match.word_before == "the":
        return False
    return _ROAD_NUMBER.match(match.parsed.text, match.end) is not None


def _is_seen_as_place(match: NameMatch) -> bool:
    """Whether a preposition of place stands before a seat of power: "outside the White House"."""
    last = match.tokens[-1]
    return last.dep_ == "pobj" and last.head.lower_ in match.words.local_prepositions


def _is_unconfirmed_city(match: NameMatch) -> bool:
    """Whether nothing confirms a city of the tables, which has the names of many people and things.

    What confirms it: the parser's label, a region after it, a dateline, a town's words around it, and, unless the name
    is a word or first name too, a longer organisation or a common noun that it describes.
    """
    if match.kind != "city" or match.is_parser_place or match.is_placed:
        return False
    if match.is_common_word or match.entry.text in match.parsed.table.personal_names:
        return True
    return not (match.is_part_of_organisation or _describes_noun(match))


def _is_called_after_town(match: NameMatch) -> bool:
    """Whether "the" makes a ship, car or pub of a city: "the Tucson"; "the Hague" has the article in the table."""
    return match.kind == "city" and not match.is_placed and has_bare_article(match.before, match.after)


def _describes_noun(match: NameMatch) -> bool:
    """Whether a town stands before a common noun: "a Larn woman"; not "the Bill Clinton years"."""
    first, last, before = match.tokens[0], match.tokens[-1], match.before
    if before is not None and before.tag_ == "NNP" and before.whitespace_ and not first.is_sent_start:
        return False
    if match.entity is not None and match.entity.label != "ORG":
        return False
    return last.dep_ == "compound" and last.head.tag_ in COMMON_NOUNS


def _is_in_longer_place(match: NameMatch) -> bool:
    """Whether the parser has a longer place: "Larn Valley". After a comma both count: "Larn, Ohio"."""
    if match.entity is None or not match.is_parser_place or not match.is_part_of_entity:
        return False
    return all(token.text != "," for token in match.entity.tokens(match.parsed.doc))


def _only_sounds_like_town(match: NameMatch) -> bool:
    """Whether a city in an organisation's name is not where it sits: "Holt & Sons", but "Larn Chamber of Commerce".

    It sits there if the name begins with the city, or has it after a preposition ("University of Larn"), and holds a
    word of town organisations.
    """
    entity = match.entity
    if match.kind != "city" or entity is None or not match.is_part_of_organisation:
        return False
    if match.tokens[0].i > entity.first_token and match.word_before not in match.words.place_prepositions:
        return True
    doc, town_words = match.parsed.doc, match.words.town_organisation_words
    return not any(token.text in town_words for token in entity.tokens(doc))


def _speaks_for_government(match: NameMatch) -> bool:
    """Whether a capital that is clearly the country's is said to do or have what governments do or have."""
    if match.kind != "capital" or not match.entry.has_default or match.is_before_region:
        return False
    return bool(match.government_evidence)


#: Read from the top, the first row that applies decides. Rows from "city that nothing confirms" on are reached by
#: capitals, regions and cities only.
NAME_RULES: tuple[Rule[NameMatch, list[Mention]], ...] = (
    Rule("phrase that means nothing", lambda match: match.kind == "nothing", _no_mention),
    Rule("organisation of the tables", lambda match: match.kind == "organisation", _as_organisation),
    Rule(
        "supranational, in an organisation's name",
        lambda match: match.kind == "supranational" and match.is_part_of_organisation,
        _no_mention,
    ),
    Rule(
        "supranational",
        lambda match: match.kind == "supranational",
        lambda match: _as_place(match, "supranational", origin="supranational"),
    ),
    Rule(
        "home of an American lawmaker",
        _is_lawmakers_home,
        lambda match: _as_place(match, "home of an American lawmaker", origin="lawmaker"),
    ),
    Rule("person's name", is_persons_name, _no_mention),
    Rule("mere word", is_mere_word, _no_mention),
    Rule(
        "abbreviated state",
        lambda match: match.kind == "abbreviation" and match.is_after_place,
        lambda match: _as_place(match, "abbreviated state"),
    ),
    Rule("abbreviation without a place", lambda match: match.kind == "abbreviation", _no_mention),
    Rule("language or money", lambda match: match.kind == "demonym" and _is_language_or_money(match), _no_mention),
    Rule(
        "demonym",
        lambda match: match.kind == "demonym",
        lambda match: _as_country(match, "people", "demonym", "demonym"),
    ),
    Rule("US that is no country", lambda match: match.kind == "name" and _is_us_but_no_country(match), _no_mention),
    Rule(
        "country in another place's name", lambda match: match.kind == "name" and _is_in_other_name(match), _no_mention
    ),
    Rule("country in a road's name", lambda match: match.kind == "name" and _is_road(match), _part_of_road),
    Rule("country", lambda match: match.kind == "name", lambda match: _as_country(match, "place", "name")),
    Rule(
        "seat of power as a place",
        lambda match: match.kind == "seat" and _is_seen_as_place(match),
        lambda match: _as_place(match, "seat of government"),
    ),
    Rule(
        "seat of power",
        lambda match: match.kind == "seat",
        lambda match: _as_place(match, "seat of power", "government"),
    ),
    Rule("city that nothing confirms", _is_unconfirmed_city, _no_mention),
    Rule("called after a town", _is_called_after_town, _no_mention),
    Rule("part of a longer place", _is_in_longer_place, _no_mention),
    Rule("firm that only sounds like a town", _only_sounds_like_town, _no_mention),
    Rule(
        "town in an organisation's name",
        lambda match: match.is_part_of_organisation,
        lambda match: _as_place(match, "in a name", "name_part"),
    ),
    Rule("part of another place's name", _is_in_other_name, _no_mention),
    Rule(
        "capital that means its government",
        _speaks_for_government,
        lambda match: _as_country(match, "government", f"capital, {match.government_evidence}"),
    ),
    Rule("capital, region or city", always, lambda match: _as_place(match, match.kind)),
)
