"""What a clause with "who" tells of somebody: the name that he gave, or what he is."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.knowledge.people import People

#: Lemmas of verbs by which somebody says who he is: "who gave his name as Karl".
_GIVING_VERBS = frozenset({"give", "identify", "name", "introduce", "call", "know"})

#: What somebody then names.
_OWN_NAMES = frozenset({"name", "names", "sign", "nickname", "alias", "himself", "herself", "themselves", "themself"})

#: Words of whoever is not to be named: "who spoke anonymously".
_NAMELESS = frozenset({"anonymity", "anonymous", "anonymously", "unnamed", "unidentified"})
#: Lemmas of what is not done to whoever is not to be named: "who would not be identified".
_NAMING_VERBS = frozenset({"name", "identify", "quote"})
#: Lemmas and words by which it is not done.
_REFUSALS = frozenset({"not", "n't", "n’t", "decline", "refuse"})


def withholds_name(noun: Token) -> bool:
    """Whether a clause beside a noun tells that somebody is not named: "an official who spoke anonymously"."""
    for clause in noun.rights:
        if clause.dep_ not in ("relcl", "acl"):
            continue
        words = {token.lemma_.lower() for token in clause.subtree} | {token.lower_ for token in clause.subtree}
        if not words.isdisjoint(_NAMELESS) or not (words.isdisjoint(_NAMING_VERBS) or words.isdisjoint(_REFUSALS)):
            return True
    return False


def names_given(clause: Token) -> Iterator[Token]:
    """The name in "a driver who gave his name as Karl", "who asked to be identified only as Karl".

    ``clause``: its verb. Words that are no names may be among them.
    """
    tokens = list(clause.subtree)
    if any(token.lemma_ in _GIVING_VERBS and _is_of_oneself(token) for token in tokens):
        for token in tokens:
            is_after_as = token.dep_ == "pobj" and token.head.lower_ == "as"
            if is_after_as or (token.dep_ == "appos" and token.head.lower_ == "name"):
                yield token


def _is_of_oneself(verb: Token) -> bool:
    """Whether a verb of naming has no other for its object: "gave his name", "identified himself", "was identified"."""
    objects = [child.lower_ for child in verb.rights if child.dep_ == "dobj"]
    return not objects or objects[0] in _OWN_NAMES


def is_those_who(those: Token) -> bool:
    """Whether "those" means people whom a clause tells of: "those who spoke", "those opposed"."""
    return those.tag_ == "DT" and any(child.dep_ in ("relcl", "acl") for child in those.rights)


def describes_otherwise(clause: Token, noun: Token, people: People) -> bool:
    """Whether a clause behind a name may say that he is something else than the noun: "who chairs the council".

    "Who started in May" says nothing of the kind; of offices there is no telling.
    """
    if clause.dep_ != "relcl":
        return False
    return clause.lemma_ not in people.tenure_verbs or noun.lower_ in people.offices
