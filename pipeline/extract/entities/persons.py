"""Whether a name is somebody's: surnames said again, misspelt ones, and places that people are called after."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from spacy.tokens import Token

from pipeline.extract.entities.name_matches import COMMON_NOUNS, NameMatch
from pipeline.extract.entities.parser_entities import PLACE_LABELS, ParsedNames, ParserEntity
from pipeline.rule_table import Rule, always, constant, first_rule

#: Letters of the shortest word that may be a misspelt surname: one letter of four makes another name (Holm, Holt).
_SHORTEST_MISSPELT = 5
#: A surname counts as misspelt if its difflib ratio is at least this (Brandt/Brandtt 0.92, Brandt/Branson 0.62).
_MISSPELT_RATIO = 0.8
#: An age after a name, in years: "Brandt, 45, said".
_AGE = re.compile(r"[1-9]\d")
#: Labels by which the parser agrees that a name that is also a word is a place or a people.
_CONFIRMING_LABELS = PLACE_LABELS | {"NORP", "ORG"}


def is_bare_surname(entity: ParserEntity, parsed: ParsedNames) -> bool:
    """Whether an entity of one word is somebody's surname: it ends a full name of the article, "who" takes it up, or
    an age follows ("Brandt, 45, left").

    Not after a preposition of place ("a mill in Brandt"), of which "of" after an adjective or a verb is none ("critical
    of Brandt"), and which is another word's before an owner ("outside Brandt's house").
    """
    if not entity.is_one_word:
        return False
    before = parsed.token_before(entity)
    if before is not None and before.lower_ in parsed.table.context.place_prepositions:
        is_about = before.lower_ == "of" and before.head.pos_ in ("ADJ", "VERB")
        after = parsed.token_after(entity)
        is_owner = after is not None and after.tag_ == "POS"
        if not is_about and not is_owner:
            return False
    if parsed.doc[entity.first_token].text in parsed.surnames:
        return True
    comma, following, end = (*(token.lower_ for token in parsed.doc[entity.end_token : entity.end_token + 3]), *"   ")[
        :3
    ]
    return comma == "," and (following == "who" or (_AGE.fullmatch(following) is not None and end in ",.;"))


def is_misspelling(word: str, surname: str) -> bool:
    """Whether a word may be a surname misspelt: the same first letter and most of the others, as "Wimer" for "Wimmer".

    Words of fewer than five letters never are; a surname is alike itself.
    """
    if len(word) < _SHORTEST_MISSPELT or word[0] != surname[0]:
        return False
    return SequenceMatcher(None, surname, word, autojunk=False).ratio() >= _MISSPELT_RATIO


def is_misspelt_surname(token: Token, surnames: Iterable[str]) -> bool:
    """Whether a clause's subject may be one of the surnames, misspelt: "Wimer said" where Leslie Wimmer is named."""
    return token.dep_ == "nsubj" and any(is_misspelling(token.text, surname) for surname in surnames)


def is_bare_first_name(entity: ParserEntity, parsed: ParsedNames) -> bool:
    """Whether an entity is the first name of somebody named in full, which no table has as a place: "Kamala left".

    Not after a preposition of place.
    """
    word, before = parsed.doc[entity.first_token].text, parsed.token_before(entity)
    if not entity.is_one_word or word not in parsed.first_names or word in parsed.table.entries:
        return False
    return before is None or before.lower_ not in parsed.table.context.place_prepositions


def is_persons_name(match: NameMatch) -> bool:
    """Whether a name of the tables is somebody's here: the parser has it in a personal name, or it repeats part of one.

    The first row of the table that applies decides.
    """
    return first_rule(PERSON_RULES, match).outcome(match)


def _is_among_people(match: NameMatch) -> bool:
    """Whether a name stands in a byline ("By CHAD BRANDT") or is joined to a person's by "and"."""
    last, after = match.tokens[-1], match.after
    if match.word_before == "by" and after is not None and after.is_alpha and after.text[0].isupper():
        return after.is_upper == last.is_upper
    return last.dep_ == "conj" and last.head.i != last.i and last.head.ent_type_ == "PERSON"


def _is_demonym_in_person(match: NameMatch) -> bool:
    return match.kind == "demonym" and match.entity is not None and match.entity.label == "PERSON"


def _ends_its_entity(match: NameMatch) -> bool:
    """Whether the demonym ends a personal name: "Ada English", but not "Norwegian Ada Brandt"."""
    return match.entity is not None and match.entity.start < match.start and match.entity.end <= match.end


def _is_surname_before_verb(match: NameMatch) -> bool:
    """Whether a demonym is a surname of the article with a verb after it: "German said" where Carla German spoke."""
    verb = match.after or match.tokens[-1]
    return match.is_surname and verb.tag_ in ("VBD", "VBZ")


def _is_borne_by_nobody(match: NameMatch) -> bool:
    if match.kind in ("city", "capital", "region"):
        return False
    return match.kind in ("abbreviation", "seat") or match.entry.text not in match.parsed.table.personal_names


def _is_surname_read_as_other(match: NameMatch) -> bool:
    """Whether a town's name is a bare surname that the parser took for something else: "critical of Lincoln"."""
    if match.entity is None or match.kind not in ("city", "capital"):
        return False
    return is_bare_surname(match.entity, match.parsed) and not match.is_before_region


PERSON_RULES: tuple[Rule[NameMatch, bool], ...] = (
    Rule(
        "behind a courtesy title",
        lambda match: match.word_before.rstrip(".") in match.words.courtesy_titles,
        constant(True),
    ),
    Rule(
        "also a first name, among people",
        lambda match: match.entry.text in match.parsed.table.personal_names and _is_among_people(match),
        constant(True),
    ),
    Rule("demonym in a person's name", _is_demonym_in_person, _ends_its_entity),
    Rule("demonym", lambda match: match.kind == "demonym", _is_surname_before_verb),
    Rule("name that nobody bears", _is_borne_by_nobody, constant(False)),
    Rule("no entity of the parser", lambda match: match.entity is None, constant(False)),
    Rule(
        "entity that is no person",
        lambda match: match.entity is not None and match.entity.label != "PERSON",
        _is_surname_read_as_other,
    ),
    Rule("part of a person's name", lambda match: match.is_part_of_entity or match.is_surname, constant(True)),
    Rule("the parser's person", always, lambda match: match.kind == "city" and not match.is_placed),
)


# --- names that are mere words ---


def is_mere_word(match: NameMatch) -> bool:
    """Whether a name of the tables is only a word, a saint's name or a first name here.

    A name that is also a word counts only where the parser sees a place, people or organisation in it; the other tests
    look at what follows a city or region.
    """
    if match.kind in ("region", "city") and any(is_word(match) for is_word in _WORD_TESTS):
        return True
    return match.is_common_word and (match.entity is None or match.entity.label not in _CONFIRMING_LABELS)


def _is_possessive_saint(match: NameMatch) -> bool:
    """Whether the name is that of a church or school: "St. Michael's"."""
    first_word, _, rest = match.entry.text.partition(" ")
    is_saint = bool(rest) and first_word in match.words.saint_prefixes
    return is_saint and match.after is not None and match.after.tag_ == "POS"


def _is_before_initial(match: NameMatch) -> bool:
    """Whether an initial and a capitalised word follow: "Devon P. Holt"."""
    after, following = match.after, match.second_after
    if after is None or following is None or not following.text[:1].isupper():
        return False
    return len(after) == 2 and "A" <= after.text[0] <= "Z" and after.text[1] == "."


def _is_capital_by_position(match: NameMatch) -> bool:
    """Whether only the start of the sentence gives a word before a common noun its capital: "Reading clubs"."""
    after = match.after
    starts_sentence = bool(match.tokens[0].is_sent_start)
    return match.is_common_word and starts_sentence and after is not None and after.tag_ in COMMON_NOUNS


_WORD_TESTS = (_is_possessive_saint, _is_before_initial, _is_capital_by_position)
