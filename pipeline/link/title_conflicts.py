"""What speaks against a description's meaning somebody: an office, country or town of another, a deputy, the past."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Token

from pipeline.knowledge.people import People
from pipeline.link.mention_index import MentionIndex
from pipeline.link.referents import Referent
from pipeline.link.roles import role_of

#: Relations of the words before a noun that say whose or which one it is: "the US official", "the finance minister".
_MODIFYING = frozenset({"compound", "amod", "nmod", "poss"})
#: Adjectives that tell one office of several from the others.
_OFFICE_ADJECTIVES = frozenset({"prime", "foreign", "interior"})
#: Tokens of headline and lead, which describe whom the story names later.
_MAX_LEAD_TOKEN = 60


def contradicts(head: Token, referent: Referent, index: MentionIndex, people: People) -> bool:
    """Whether the words before a noun tell of another office or country than the named person's.

    "The transport minister" is no finance minister, "the US official" nobody from Iran. What the article doesn't tell
    contradicts nothing, but "Italy's prime minister" is rather somebody new than a prime minister of no country, unless
    the lead describes whom the story names after it.
    """
    if referent.mention is None:
        return False
    modifiers = [child for child in head.lefts if child.dep_ in _MODIFYING]
    countries = countries_before(head, index)
    role = role_of(referent.mention, index, people)
    own = referent.mention.country or role.country
    is_lead = head.i < _MAX_LEAD_TOKEN and referent.mention.start > head.idx
    if countries and own not in countries and (own or (_has_owner(head) and not is_lead)):
        return True
    towns, of_role = _towns_beside(head, index), _towns_in(role.text, index)
    if towns and of_role and not towns & of_role:
        return True
    if _is_of_the_past(role.text, head.lower_, people) and not any(
        child.lower_ in people.bygone for child in head.lefts
    ):
        return True
    if _is_deputy(role.text, head, people) or _comes_after(role.text, head, people):
        return True
    fields = _fields_of(modifiers)
    if not fields:
        return False
    others = _words_before_noun(role.text, head.lower_, people)
    is_owned = any(child.tag_ == "PRP$" for child in head.lefts)  # "his parole officer"
    return bool(others or is_owned) and not fields & referent.titles


def _has_owner(noun: Token) -> bool:
    """Whether a name stands before it as its owner: "Italy's minister"."""
    return any(child.dep_ == "poss" and child.pos_ == "PROPN" for child in noun.lefts)


def _is_of_the_past(role: str, noun: str, people: People) -> bool:
    """Whether a role tells that somebody is no longer what the noun says: "former president" for "the president"."""
    words = role.lower().split()
    before = words[: words.index(noun)] if noun in words else []
    bygone = next((index for index, word in enumerate(before) if word in people.bygone), None)
    # "former deputy minister Colonel Ada Brandt" is a colonel
    return bygone is not None and not any(map(people.is_person, before[bygone + 1 :]))


def _is_deputy(role: str, head: Token, people: People) -> bool:
    """Whether a role is only a deputy's: "deputy mayor" for "the mayor"."""
    before = _words_before_noun(role, head.lower_, people)
    is_only_deputy = bool(before) and all(word in people.deputy_words for word in before)
    return is_only_deputy and not any(child.lower_ in people.deputy_words for child in head.lefts)


def _comes_after(role: str, head: Token, people: People) -> bool:
    """Whether "the new mayor" is asked for and the role tells of the old one: "outgoing mayor"."""
    if people.outgoing.isdisjoint(role.lower().split()):
        return False
    return any(child.lower_ in people.incoming for child in head.lefts)


def countries_before(head: Token, index: MentionIndex) -> set[str]:
    """The countries that words before a noun name: "the US official"."""
    mentions = (index.mention_on(child) for child in head.lefts if child.dep_ in _MODIFYING)
    return {mention.country for mention in mentions if mention is not None and mention.country}


def _towns_beside(head: Token, index: MentionIndex) -> set[str]:
    """The towns and the like that words beside a noun name: "the Larn surgeon", "the mayor of Larn"."""
    below = [child for child in head.lefts if child.dep_ in _MODIFYING]
    below += [noun for child in head.rights if child.lower_ == "of" for noun in child.rights if noun.dep_ == "pobj"]
    mentions = map(index.mention_on, below)
    return {mention.canonical for mention in mentions if mention is not None and mention.label == "PLACE"}


def _towns_in(role: str, index: MentionIndex) -> set[str]:
    """The names of places of the article that stand in a role: "Larn" of "Larn's surgeon"."""
    words = f" {role.replace(',', ' ')} ".replace("'s ", " ").replace("’s ", " ")
    return {
        mention.canonical
        for mention in index.mentions
        if mention.label == "PLACE" and f" {mention.canonical} " in words
    }


def _fields_of(modifiers: Sequence[Token]) -> set[str]:
    """The fields of an office that words before a noun name: "the finance minister", "the foreign minister"."""
    fields = (
        child
        for child in modifiers
        if (child.dep_ == "compound" and not child.ent_type_) or child.lower_ in _OFFICE_ADJECTIVES
    )
    return {child.lower_ for child in fields if child.is_alpha}


def _words_before_noun(role: str, noun: str, people: People) -> list[str]:
    """The word before the noun that may be taken up in a role: "finance" in "the deputy finance minister of Larn"."""
    words = role.lower().split()
    return [before for before, word in pairwise(words) if people.may_be_called(word.strip(","), noun)]
