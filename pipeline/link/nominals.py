"""Descriptions: which noun means somebody, and which title or role it takes up ("the senator", "his lawyer")."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.people import People
from pipeline.link.mention_index import MentionIndex
from pipeline.link.referents import Kind, Referent, Referents
from pipeline.records import Mention

_DEFINITE = frozenset({"the", "this", "that", "its", "his", "her", "their"})
#: The article's first sentences, where headlines and leads describe whom the story names later.
_LEAD = 2


def described_kind(token: Token, people: People, cast: MentionIndex) -> Kind | None:
    """What a common noun speaks of; None for things."""
    noun = token.lower_.removesuffix("s") if token.tag_ == "NNPS" else token.lemma_.lower()
    if token.tag_ in ("NNS", "NNPS"):
        speaks = (
            people.is_person(noun) or noun in people.organisations | people.states | people.countries | people.crowds
        )
        named = token.tag_ == "NNPS" and cast.at((token.idx, token.idx + len(token))) is not None
        return "group" if speaks or named or token.lower_ in people.crowds else None
    if token.tag_ == "NNP" and not _is_common(token, people, cast):
        return None
    if token.tag_ not in ("NN", "NNP") or token.dep_ in ("compound", "nmod"):
        return None
    noun = token.lower_
    if noun in people.crowds:
        return "group"
    if noun in people.documents:
        return "document"
    if noun in people.organisations or noun in people.states:
        return "organisation"
    return "person" if people.is_person(noun) else None


def _is_common(token: Token, people: People, cast: MentionIndex) -> bool:
    """Whether a noun in capitals is no name: in a headline, or "the Nevada Democrat"."""
    if not people.is_person(token.lower_):
        return False
    return may_look_ahead(token, cast) or (is_definite(token) and token.lower_ in people.variations)


def is_definite(head: Token) -> bool:
    """Whether "the", "this" or a possessor stands before the noun: it takes up somebody known."""
    return any(
        (child.dep_ == "det" and child.lower_ in _DEFINITE) or (child.dep_ == "poss" and child.i < head.i)
        for child in head.children
    )


def may_look_ahead(head: Token, cast: MentionIndex) -> bool:
    """Whether a bare noun stands in the headline ("Lawmaker urges calm"), where nobody has been named yet."""
    if any(child.dep_ in ("det", "poss", "nummod") for child in head.children):
        return False
    start = head.sent.start
    return sum(token.is_sent_start is True for token in cast.doc[: start + 1]) <= _LEAD if start < 60 else False


def matches(head: Token, referent: Referent, people: People) -> bool:
    """Whether a person may be taken up by the noun: a title or the role has it, or a noun that covers it."""
    if referent.kind != "person" or referent.mention is None:
        return False
    noun = head.lower_
    if referent.sex and people.sex_of_word(noun) not in ("", referent.sex):
        return False
    return any(people.may_be_called(title, noun) for title in referent.titles)


def described_here(head: Token, cast: MentionIndex) -> Mention | None:
    """The person a noun describes in its own clause: "Ana Ruiz, a mayor", "Ana Ruiz is a mayor"."""
    others = [head.head] if head.dep_ == "appos" else []
    if head.dep_ == "attr":
        others += [child for child in head.head.children if child.dep_ in SUBJECTS]
    others += [child for child in head.children if child.dep_ == "appos"]
    before = [t for t in head.doc[max(head.left_edge.i - 2, head.sent.start) : head.left_edge.i] if not t.is_space]
    # An apposition ends in a comma too: "after he met Ana Ruiz, the mayor said" speaks of two people.
    last = head.right_edge
    closed = last.is_punct or last.i + 1 == len(head.doc) or head.doc[last.i + 1].is_punct
    if len(before) == 2 and before[1].text == "," and closed:
        others.append(before[0])
    for other in others:
        mention = cast.at((other.idx, other.idx + len(other)))
        if mention is not None and mention.label == "PERSON":
            return mention
    return None


def may_be_last_subject(head: Token, referent: Referent, people: People) -> bool:
    """Whether "the senator" may be whoever was spoken of last, though nothing tells that he is one."""
    if referent.kind != "person" or referent.mention is None or head.lower_ not in people.variations:
        return False
    if any(child.dep_ in ("prep", "relcl", "acl") and child.i > head.i for child in head.children):
        return False
    return people.sex_of_word(head.lower_) in ("", referent.sex) or not referent.sex


def named_ahead(head: Token, referents: Referents, people: People) -> Referent | None:
    """The only person of the article with such a title or role, wherever the name comes."""
    fitting = [each for each in referents.persons if matches(head, each, people)]
    return fitting[0] if len(fitting) == 1 else None


def belongs_to_another(referent: Referent, owner: Referent, referents: Referents) -> bool:
    """Whether the role of somebody names others but not the owner: "his lawyer" is not "the mayor's lawyer"."""
    owned = (title.removesuffix("'s").removesuffix("’s") for title in referent.titles)
    named = [referents.surnames[word] for word in owned if word in referents.surnames]
    return any(each is not referent for each in named) and owner not in named
