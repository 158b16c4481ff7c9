"""Somebody's kin by the name that they share: "his brother" of Ivar Holm is Oren Holm where no other Holm is named."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.knowledge.people import People
from pipeline.link.referents import Referent, Referents


def kin_named(noun: Token, owner: Referent | None, referents: Referents, people: People) -> Referent | None:
    """The one other person of the owner's surname, for a noun for kin that the person's sex fits; else None.

    ``owner``: whose kin it is, None for an unknown one.
    """
    if owner is None or owner.mention is None or noun.lower_ not in people.kin or " " not in owner.mention.canonical:
        return None
    is_in_law = noun.i + 1 < len(noun.doc) and noun.nbor(1).text == "-"
    if is_in_law or any(child.dep_ in ("appos", "relcl") for child in noun.children):
        return None  # "her father, a baker"
    surname = owner.mention.canonical.split()[-1]
    sex = people.sex_of_word(noun.lower_)
    sharing = [
        person
        for person in referents.persons
        if person is not owner and person.mention is not None and person.mention.canonical.split()[-1] == surname
    ]
    if len(sharing) != 1 or sharing[0].sex not in ("", sex):
        return None
    kinds = people.kin & sharing[0].titles  # "his son, Ivar Holm" is nobody's father here
    return sharing[0] if not kinds or noun.lower_ in kinds else None
