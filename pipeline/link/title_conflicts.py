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
    if holds_other_office(head, referent, index, people) or _comes_after(role.text, head, people):
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


def holds_other_office(head: Token, referent: Referent, index: MentionIndex, people: People) -> bool:
    """Whether a person's role has the noun only with a rank that the noun's own words lack, or of another body.

    The shadow chancellor, the deputy mayor and the former coach for "the chancellor", "the mayor" and "the coach"; not
    where the noun has the rank as well, "the former coach", nor for a "former deputy minister Colonel" called "the
    colonel".
    """
    role = role_of(referent.mention, index, people).text if referent.mention is not None else ""
    told = {token.lower_ for child in head.lefts for token in child.subtree}
    ranked = [
        _is_ranked(_split_rank(part)[:number], word, head.lower_, told, people)
        for part in role.lower().split(",")
        for number, word in enumerate(_split_rank(part))
        if people.may_be_called(word, head.lower_)
    ]
    return (bool(ranked) and all(ranked)) or _is_head_of_other(role, head, people)


def _split_rank(words: str) -> list[str]:
    """The words of a role, "ex-mayor" and "vice-president" as two."""
    return words.replace("ex-", "ex ").replace("vice-", "vice ").split()


def _is_ranked(before: Sequence[str], word: str, noun: str, told: set[str], people: People) -> bool:
    """Whether the words ``before`` one of a role have a rank that is not among the words told of the ``noun``."""
    is_same = word == noun  # a former senator is a lawmaker to many
    ranks = people.deputy_words | (people.bygone | people.shadowing if is_same else frozenset())
    rank = next((number for number, rank in enumerate(before) if rank in ranks), None)
    if rank is None or before[rank] in told:
        return False
    field = [between for between in before[rank + 1 :] if between not in told]
    if before[rank] in people.deputy_words and field and (not is_same or noun in people.offices):
        return False  # a deputy finance minister may be called "the minister"
    return not any(map(people.is_person, field))


def _is_head_of_other(role: str, head: Token, people: People) -> bool:
    """Whether a role and the noun have different bodies behind "of", both without a name.

    The "leader of the opposition group" for "the leader of the council".
    """
    words = role.partition(",")[0].split()
    own = [noun for child in head.rights if child.lower_ == "of" for noun in child.rights if noun.dep_ == "pobj"]
    if len(own) != 1 or not own[0].text.islower() or own[0].pos_ != "NOUN":
        return False
    place = next((number for number, word in enumerate(words) if word.lower() == head.lower_), len(words))
    behind = words[place + 2 :] if words[place + 1 : place + 2] == ["of"] else []
    alike = people.interchangeable_nouns(own[0].lower_) | {own[0].lower_}
    return bool(behind) and all(word.islower() for word in behind) and alike.isdisjoint(behind)


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
