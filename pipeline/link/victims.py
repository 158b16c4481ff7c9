"""Who has died or was hurt, so that the priest, the mayor or the driver told of next is somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.people import People
from pipeline.link.mention_index import MentionIndex
from pipeline.link.roles import role_noun, role_of
from pipeline.records import Mention

#: Mentions before a noun that are asked for what befell somebody, the nearest ones.
_MAX_MENTIONS = 12
#: Relations of those to whom something is done: "Ada Brandt was hit", "a car hit Ada Brandt".
_UNDERGOING = frozenset({"nsubjpass", "dobj"})
#: Words beside a verb by which it tells no death: "nearly died", "might have died".
_HARDLY = frozenset({"nearly", "almost", "not", "never", "n't", "could", "might", "would", "may"})


def is_beside_victim(noun: Token, mention: Mention, index: MentionIndex, people: People) -> bool:
    """Whether a noun means somebody else than the person named, by what befell the person before.

    The dead say nothing: "Ada Brandt died. The priest said". Of those who were hurt "the mayor", "the pastor" and,
    where the article tells another trade, "the driver" are others: "Ada Brandt, a grocer, was hit. The driver said".
    """
    names = list(_names_before(noun, mention, index))
    if any(_is_dead(name, people) for name in names):
        return True
    if not names or not _is_hurt(names[0], people):
        return False
    trade = role_noun(role_of(mention, index, people).text, people)
    has_trade = bool(trade) and trade not in people.weak_roles and people.is_person(trade)
    return has_trade or noun.lower_ in people.offices or noun.lower_ in people.serving


def _names_before(noun: Token, mention: Mention, index: MentionIndex) -> Iterator[Token]:
    """The heads of the person's names before a noun, nearest first."""
    before = [named for named in index.mentions_of_entity(mention) if named.end <= noun.idx]
    for named in reversed(before[-_MAX_MENTIONS:]):
        name = index.name_head(named)
        if name is not None:
            yield name


def _is_dead(name: Token, people: People) -> bool:
    """Whether a clause tells of somebody's death: "Ada Brandt died", "killed Brandt", "Brandt's funeral"."""
    noun = name.head if name.dep_ == "appos" else name
    if noun.dep_ == "poss" and noun.head.lower_ in people.death_nouns:
        return True
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ in people.death_nouns:
        return True
    verbs = [noun.head] if noun.dep_ in SUBJECTS | _UNDERGOING else []
    verbs += [child for child in name.children if child.dep_ == "relcl" and _has_who(child)]
    for verb in verbs:
        if any(child.lower_ in _HARDLY for child in verb.children):
            continue
        undergoes = _is_undergone(verb, noun)
        is_dead = any(child.lower_ == "dead" for child in verb.children)  # "was found dead", "is dead"
        if verb.lemma_ in (people.killing_verbs if undergoes else people.dying_verbs) or is_dead:
            return True
    return False


def _is_hurt(name: Token, people: People) -> bool:
    noun = name.head if name.dep_ == "appos" else name
    is_told = noun.dep_ in _UNDERGOING and not any(child.lower_ in _HARDLY for child in noun.head.children)
    return is_told and noun.head.lemma_ in people.harming_verbs


def _has_who(verb: Token) -> bool:
    return any(child.lower_ == "who" for child in verb.lefts)


def _is_undergone(verb: Token, noun: Token) -> bool:
    """Whether something is done to the noun: as the object of the verb, or as its subject in the passive voice."""
    is_passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.lefts)
    return is_passive or (noun.dep_ == "dobj" and noun.head.i == verb.i)
