"""What pronouns in a name's own clause tell of its bearer's sex: "Brandt said from her office", "Brandt, who sold his".

Such a pronoun means the clause's subject as long as nobody else is named between. One of the clause that he reports
("Brandt said he") mostly does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.people import Sex
from pipeline.link.pronouns import HE_OR_SHE

#: How much a pronoun tells: one that owns or comes back to the subject, and the subject of the clause that is reported.
_OWN, _REPORTED = 2, 1
#: What all together must tell, none for the other sex.
_ENOUGH = 2
#: Relations of clauses whose subject is that of the verb above when they have none: "came to sell his boats".
_SAME_SUBJECT = frozenset({"xcomp", "advcl", "conj"})
#: Steps up the parse to that verb: "sold the boat of [his] brother" has three.
_MAX_CLIMB = 12
#: Forms that come back to the subject of their clause.
_REFLEXIVE = frozenset({"himself", "herself"})


def sex_by_pronouns(names: Iterator[Token]) -> Sex:
    """The sex of somebody by the pronouns in the clauses of which his ``names``, given by their heads, are subjects.

    Empty where they tell too little, or tell of both.
    """
    votes: Counter[Sex] = Counter()
    for name in names:
        for verb in _verbs_of(name):
            votes.update(_votes_in(verb, name))
    (sex, weight), *others = votes.most_common() or [("", 0)]
    return sex if weight >= _ENOUGH and not others else ""


def sex_told_beside(noun: Token) -> Sex:
    """The sex that pronouns tell of somebody without a name, given by the noun: "A doctor said she was tired".

    One is enough, as nobody else has been spoken of in the sentence; empty where they tell of both.
    """
    votes = sum((_votes_in(verb, noun) for verb in _verbs_of(noun)), Counter[Sex]())
    return next(iter(votes)) if len(votes) == 1 else ""


def _verbs_of(name: Token) -> Iterator[Token]:
    """The verbs of which the name is the subject, also by "who"."""
    if name.dep_ in SUBJECTS:
        yield name.head
    for child in name.children:
        if child.dep_ == "relcl" and any(below.lower_ == "who" and below.dep_ in SUBJECTS for below in child.children):
            yield child


def _votes_in(verb: Token, name: Token) -> Counter[Sex]:
    votes: Counter[Sex] = Counter()
    for token in verb.subtree:
        if token.i < name.i:
            continue
        if token.tag_ == "NNP" and token.i > name.i and token.ent_type_ == "PERSON":
            break  # "Brandt told Holm that his boat sank"
        sex = HE_OR_SHE.get(token.lower_)
        if sex is None:
            continue
        if (token.tag_ == "PRP$" or token.lower_ in _REFLEXIVE) and _clause_verb(token) == verb:
            votes[sex] += _OWN
        elif token.dep_ in SUBJECTS and token.head.dep_ == "ccomp" and token.head.head == verb:
            votes[sex] += _REPORTED
    return votes


def _clause_verb(token: Token) -> Token:
    """The verb in whose clause a token stands; of verbs without a subject of their own the one above."""
    verb = token.head
    for _ in range(_MAX_CLIMB):
        if verb.head.i == verb.i:
            break
        is_verb = verb.pos_ in ("VERB", "AUX")
        shares = verb.dep_ in _SAME_SUBJECT and not any(child.dep_ in SUBJECTS for child in verb.children)
        if is_verb and not shares:
            break
        verb = verb.head
    return verb
