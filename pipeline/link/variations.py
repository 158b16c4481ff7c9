"""Second names for whoever was spoken of last: "the publican", "the mother of three", "the retired teacher"."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from pipeline.knowledge.people import People
from pipeline.link.ages import age_before, age_told_by
from pipeline.link.inhabitants import country_of_inhabitant, is_inhabitant
from pipeline.link.mention_index import MentionIndex
from pipeline.link.phrases import is_main_subject
from pipeline.link.referents import Referent
from pipeline.link.roles import role_noun, role_of
from pipeline.link.salience import Occurrence, is_only_person
from pipeline.link.victims import is_beside_victim
from pipeline.records import Mention

#: Relations of what narrows a noun down, so that it means somebody else than the last subject: "the senator from Larn".
_NARROWING = frozenset({"prep", "relcl", "acl"})


def may_be_second_name(
    head: Token,
    referent: Referent,
    index: MentionIndex,
    people: People,
    occurred: Iterable[tuple[Referent, Occurrence]],
) -> bool:
    """Whether a noun may be a second name for somebody named of whom nothing tells that it fits.

    It varies the last subject's name, or the article has told of nobody else. ``occurred``: all who occurred so far.
    """
    if referent.mention is not None and is_beside_victim(head, referent.mention, index, people):
        return False
    if not {f"{head.lower_}'s", f"{head.lower_}’s"}.isdisjoint(referent.titles):
        return False  # "the mayor's brother"
    is_last = may_be_last_subject(head, referent, index, people)
    return is_last or (may_be_only_person(head, referent, index, people) and is_only_person(referent, occurred))


def may_be_last_subject(head: Token, referent: Referent, index: MentionIndex, people: People) -> bool:
    """Whether "the senator" may be the named person spoken of last, though nothing tells that he is one."""
    if referent.kind != "person" or referent.mention is None:
        return False
    if age_told_by(head):
        return not any(title.endswith("-year-old") for title in referent.titles)
    if is_inhabitant(head, index, people):
        country = country_of_inhabitant(head, index)
        own = referent.mention.country or role_of(referent.mention, index, people).country
        return not own or not country or country == own
    if referent.sex and people.sex_of_word(head.lower_) not in ("", referent.sex):
        return False
    if is_parent_of_several(head, people):
        return True
    if age := age_before(head):
        return not any(title.endswith("-year-old") and title != age for title in referent.titles)
    if head.lower_ not in people.variations and not _is_retired(head, people):
        return False
    if (
        head.lower_ in people.offices
        and head.lower_ not in people.seats
        and _has_trade(referent.mention, index, people)
    ):
        return False
    narrowing = [
        child for child in head.children if child.dep_ in _NARROWING and child.i > head.i and not _is_after_comma(child)
    ]
    has_seat = head.lower_ in people.seats and len(narrowing) == 1 and narrowing[0].lower_ == "for"
    return not narrowing or has_seat  # "the MP for Larn East"


def _has_trade(mention: Mention, index: MentionIndex, people: People) -> bool:
    """Whether the article tells what somebody is, so that "the bishop" is no captain."""
    role = role_of(mention, index, people).text
    noun = role_noun(role, people) if role.partition(" ")[0].lower() not in people.bygone else ""
    return bool(noun) and noun not in people.weak_roles and people.is_person(noun)


def may_be_only_person(head: Token, referent: Referent, index: MentionIndex, people: People) -> bool:
    """Whether a bare "the urologist" may be the one person of whom an article has told so far, whatever he does."""
    noun = head.lower_
    if referent.kind != "person" or referent.mention is None or noun in people.speaking_for or noun in people.anybody:
        return False
    if any(child.dep_ != "det" for child in head.lefts) or any(child.dep_ in _NARROWING for child in head.rights):
        return False
    if noun in people.offices and _has_trade(referent.mention, index, people):
        return False
    is_noun = head.tag_ == "NN" and people.is_person(noun)
    return is_noun and (not referent.sex or people.sex_of_word(noun) in ("", referent.sex))


def is_called_again(noun: Token, speaking: Referent, people: People) -> bool:
    """Whether "the man" or "the source" may be who spoke last without a name: "A trader said no. The man left"."""
    if speaking.kind != "person" or speaking.mention is not None or speaking.members or speaking.token is None:
        return False
    is_general = noun.lower_ in people.anybody or noun.lower_ in people.anonymous
    if not is_general or not any(child.lower_ == "the" for child in noun.lefts):
        return False
    sex = people.sex_of_word(noun.lower_)
    return not sex or not speaking.sex or speaking.sex == sex


def is_of_lead(noun: Token, people: People) -> bool:
    """Whether a noun that tells what somebody does is what the article's first sentence is about: "A plumber fell"."""
    return noun.sent.start == 0 and noun.lower_ not in people.anybody and is_main_subject(noun)


def is_parent_of_several(noun: Token, people: People) -> bool:
    """Whether the noun tells how many children somebody has: "mother of three", "grandfather-of-six"."""
    if noun.lower_ not in people.parents:
        return False
    prepositions = (child for child in noun.rights if child.lower_ == "of")
    return any(child.like_num for preposition in prepositions for child in preposition.children)


def _is_retired(noun: Token, people: People) -> bool:
    """Whether the noun tells what somebody has been: "the retired teacher"; offices may be another's."""
    if noun.lower_ in people.offices or noun.lower_ in people.heads_of_state or not people.is_person(noun.lower_):
        return False
    if any(child.dep_ == "poss" for child in noun.lefts):
        return False  # "the city's former engineer" is somebody new
    before = (token for child in noun.lefts for token in child.subtree)
    return any(token.lower_ in people.retired for token in before)


def _is_after_comma(clause: Token) -> bool:
    first = clause.left_edge
    return first.i > clause.sent.start and first.nbor(-1).text == ","
