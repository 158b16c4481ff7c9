"""What nouns that take somebody up call him: "the striker", "the Cuban leader"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from pipeline.extract.syntax import char_span, run_around
from pipeline.knowledge.people import People
from pipeline.link.inhabitants import is_inhabitant
from pipeline.link.mention_index import EntityKey, MentionIndex, entity_key
from pipeline.link.phrases import noun_phrase, without_determiner
from pipeline.link.referents import Referents
from pipeline.link.role_phrases import BEFORE_NAME
from pipeline.link.roles import is_topic
from pipeline.link.variations import is_parent_of_several
from pipeline.records import Mention

#: Relations of words before a noun that tell which one it is: "the airport spokesman".
_NAMING = frozenset({"compound", "nmod", "poss"})

#: What makes an office of a noun for anybody: "the first lady".
_RANKS = frozenset({"first"})
#: Between the noun of an office and its field: "the head of the harbour", "the minister for ports".
_BEFORE_FIELD = frozenset({"of", "for"})
#: Relations of what is no part of the field: "the head of Larnpress, a publisher that failed".
_NO_FIELD = frozenset({"relcl", "acl", "appos", "advcl"})


def described_roles(meant: Mapping[int, Mention | None], index: MentionIndex, people: People) -> dict[EntityKey, str]:
    """What the first noun that takes up a person calls him: "striker" of "the striker".

    ``meant`` as for ``described_countries``. Left out are nouns for anybody ("the woman") and for somebody's kin ("her
    brother").
    """
    roles: dict[EntityKey, str] = {}
    for token_index, mention in sorted(meant.items()):
        token = index.doc[token_index]
        if mention is None or mention.label != "PERSON" or entity_key(mention) in roles:
            continue
        words = description_of(token, mention, index, people) if token.pos_ in ("NOUN", "PROPN") else ""
        if words:
            roles[entity_key(mention)] = words
    return roles


def description_of(noun: Token, mention: Mention, index: MentionIndex, people: People) -> str:
    """The words of a noun that takes up the mention, and those before it; empty for what tells nothing.

    An organisation's must say more than its kind: "ferry operator", "lender", not "company".
    """
    own = index.mention_on(noun)
    if own is not None and own.label == mention.label and own.canonical == mention.canonical:
        return ""
    is_anybody = noun.lower_ in people.anybody and not any(child.lower_ in _RANKS for child in noun.lefts)
    owned = any(child.dep_ == "poss" and child.tag_ in ("PRP$", "WP$") for child in noun.lefts)
    if is_anybody or owned or is_inhabitant(noun, index, people) or is_parent_of_several(noun, people):
        return ""
    before = [token for child in noun.lefts if child.dep_ in BEFORE_NAME | {"punct"} for token in child.subtree]
    if mention.label == "ORG" and not before and noun.lower_ not in people.telling_kinds:
        return ""
    field = _field_behind(noun) if mention.label == "PERSON" else []
    span = char_span(run_around(noun, [*before, noun, *field]))
    return " ".join(index.article.text[slice(*span)].split()) if span else ""


def _field_behind(noun: Token) -> list[Token]:
    """The words behind a noun that tell of what somebody is it: "of the harbour" of "the head of the harbour"."""
    fields = [child for child in noun.rights if child.dep_ == "prep" and child.lower_ in _BEFORE_FIELD]
    tokens = [token for child in fields[:1] for token in child.subtree]
    for number, token in enumerate(tokens):
        if token.dep_ in _NO_FIELD or (token.is_punct and token.tag_ != "HYPH"):
            return tokens[: min(number, *(below.i - tokens[0].i for below in token.subtree))]
    return tokens


def role_described(noun: Token, words: str, index: MentionIndex, people: People) -> str:
    """The words of a description as a role; nouns for anybody and for countrymen tell none: "a woman", "the Dane"."""
    is_name = noun.text == words and words.istitle() and not people.is_listed_person(noun.lower_)  # "Marner said"
    tells_none = noun.lower_ in people.anybody or noun.lower_ == "one" or is_inhabitant(noun, index, people) or is_name
    return "" if tells_none else without_determiner(words)


def words_of_introduction(head: Token, referents: Referents, text: str) -> str:
    """What the article called somebody without a name when it brought him up: "a spokesman for the council".

    ``head``: the noun that takes him up, "the spokesman". Empty where he is brought up in fewer words or is another.
    """
    described = referents.described.get(f"person {head.lemma_.lower()}")
    before = [noun for noun in described.introductions if noun.i < head.i] if described is not None else []
    if not before or not any(child.lower_ == "the" for child in head.lefts):
        return ""
    tells_which = any(child.dep_ == "relcl" and child.left_edge.nbor(-1).text != "," for child in head.rights)
    if tells_which and head.lower_ not in referents.people.anybody:
        return ""  # "the driver who raised the alarm" tells more
    words = " ".join(text[slice(*noun_phrase(before[-1], text))].split()).removesuffix("'s")  # "a neighbor's dog"
    own = text[slice(*noun_phrase(head, text))]
    names = [child.text for child in head.lefts if child.dep_ in _NAMING]
    is_fuller = len(words.split()) >= len(own.split()) and all(name in words for name in names)
    return words if is_fuller else ""


def described_countries(
    meant: Mapping[int, Mention | None], index: MentionIndex, people: People
) -> dict[EntityKey, Mention]:
    """The demonym that describes a person, by entity: "Cuban" of "the Cuban leader".

    ``meant`` has the person whom each pronoun and description means, by token index. Left out are people who are
    described by several countries.
    """
    demonyms: dict[EntityKey, Mention] = {}
    ambiguous: set[EntityKey] = set()
    for token_index, person in meant.items():
        token = index.doc[token_index]
        if person is None or person.label != "PERSON" or token.pos_ not in ("NOUN", "PROPN"):
            continue
        entity = entity_key(person)
        own = index.mention_on(token)
        is_demonym = own is not None and own.label == "COUNTRY" and own.use == "people"  # "the Cuban said"
        for demonym in (own,) if own is not None and is_demonym else _demonyms_before(token, index, people):
            if demonyms.setdefault(entity, demonym).country != demonym.country:
                ambiguous.add(entity)
    return {entity: demonym for entity, demonym in demonyms.items() if entity not in ambiguous}


def _demonyms_before(noun: Token, index: MentionIndex, people: People) -> Iterator[Mention]:
    for child in noun.lefts:
        is_office = child.dep_ == "poss" and noun.lower_ in people.offices  # "Norway's minister"
        mention = index.mention_on(child) if child.dep_ in ("amod", "compound") or is_office else None
        if mention is None or mention.use == "name_part" or is_topic(mention, index, people):
            continue
        if mention.label == "COUNTRY" or mention.use == "government":
            yield mention
