"""What "who" and "which" take up."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.knowledge.people import People
from pipeline.link.mention_index import MentionIndex
from pipeline.records import Mention

_NAMES = frozenset({"NOUN", "PROPN"})
#: So many words before "who" its person is looked for.
_REACH = 25


def antecedent(pronoun: Token, cast: MentionIndex, people: People) -> Token | None:
    """The noun a relative pronoun stands for: whom the parse says, unless "who" would then be no person."""
    verb = pronoun.head
    while verb.dep_ not in ("relcl", "ROOT") and verb.head.i != verb.i:
        verb = verb.head
    before = [t for t in pronoun.doc[max(pronoun.i - 2, pronoun.sent.start) : pronoun.i] if t.pos_ in _NAMES]
    noun = verb.head if verb.dep_ == "relcl" and verb.head.pos_ in _NAMES else next(iter(reversed(before)), None)
    if pronoun.lower_ not in ("who", "whom", "whose"):
        return noun
    beside = _name_ending_at(pronoun, cast)
    if beside is not None:
        return cast.head(beside)
    if noun is not None and _is_person(noun, cast, people):
        return noun
    for token in reversed(pronoun.doc[max(pronoun.i - _REACH, pronoun.sent.start) : pronoun.i]):
        if token.pos_ in _NAMES and token.dep_ != "compound" and _is_person(token, cast, people):
            return token
    return noun


def _name_ending_at(pronoun: Token, cast: MentionIndex) -> Mention | None:
    """The person whose name ends right before ", who", one of a list or not."""
    if pronoun.i < 2 or pronoun.nbor(-1).text != ",":
        return None
    mention = cast.at((pronoun.nbor(-2).idx, pronoun.nbor(-1).idx))
    return mention if mention is not None and mention.label == "PERSON" and pronoun.head.tag_ != "VBP" else None


def _is_person(noun: Token, cast: MentionIndex, people: People) -> bool:
    mention = cast.at((noun.idx, noun.idx + len(noun)))
    if mention is not None and noun.pos_ == "PROPN":
        return mention.label == "PERSON"
    return noun.tag_ in ("NNS", "NNPS") or people.is_person(noun.lower_)
