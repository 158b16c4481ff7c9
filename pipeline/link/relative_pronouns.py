"""What "who" and "which" take up."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.knowledge.people import People
from pipeline.link.ages import age_told_by
from pipeline.link.mention_index import MentionIndex
from pipeline.link.relative_clauses import is_those_who
from pipeline.records import Mention

_NOMINAL = frozenset({"NOUN", "PROPN"})
#: What the parser calls days and hours, which nobody is: "a school in 2010 whose pupils".
_TIMES = frozenset({"DATE", "TIME"})
#: Relative pronouns that take up people only.
_PERSONAL = frozenset({"who", "whom", "whose"})
#: Tokens before "who" in which its person is looked for when the parse has none: "Ada Brandt, 59, a clerk at the Larn
#: Port Authority, who" has 11 between Brandt and who.
_MAX_TOKENS = 25


def relative_antecedent(pronoun: Token, index: MentionIndex, people: People) -> Token | None:
    """The noun that a relative pronoun stands for, None for none.

    The one that the parse says, or the noun right before. "Who" takes up a person: the name that ends before the comma,
    else the parse's noun if it is one, else the nearest before that is.
    """
    noun = _parsed_antecedent(pronoun)
    if pronoun.lower_ not in _PERSONAL:
        return noun
    name = _name_ending_before(pronoun, index)
    if name is not None:
        return index.name_head(name)
    if noun is not None and (_is_person(noun, index, people) or is_those_who(noun)):
        return noun
    start = max(pronoun.i - _MAX_TOKENS, pronoun.sent.start)
    for token in reversed(pronoun.doc[start : pronoun.i]):
        is_nominal = token.pos_ in _NOMINAL and token.dep_ != "compound"
        if age_told_by(token) or (is_nominal and _is_person(token, index, people)):
            return token
    return noun if noun is None or noun.ent_type_ not in _TIMES else None  # nobody is a day


def _parsed_antecedent(pronoun: Token) -> Token | None:
    """The noun above the pronoun's relative clause, else a noun among the two tokens before the pronoun."""
    verb = pronoun.head
    while verb.dep_ not in ("relcl", "ROOT") and verb.head.i != verb.i:
        verb = verb.head
    if verb.dep_ == "relcl" and (verb.head.pos_ in _NOMINAL or is_those_who(verb.head)):
        return verb.head
    before = pronoun.doc[max(pronoun.i - 2, pronoun.sent.start) : pronoun.i]
    return next((token for token in reversed(before) if token.pos_ in _NOMINAL), None)


def _name_ending_before(pronoun: Token, index: MentionIndex) -> Mention | None:
    """The person whose name ends right before ", who", one of a list or not; none before a plural verb."""
    if pronoun.i < 2 or pronoun.nbor(-1).text != ",":
        return None
    last = pronoun.nbor(-2)
    mention = index.mention_at((last.idx, pronoun.nbor(-1).idx)) or index.person_by_surname(last)
    return mention if mention is not None and mention.label == "PERSON" and pronoun.head.tag_ != "VBP" else None


def _is_person(noun: Token, index: MentionIndex, people: People) -> bool:
    if noun.ent_type_ in _TIMES:
        return False
    mention = index.mention_on(noun)
    if mention is not None and noun.pos_ == "PROPN":
        return mention.label == "PERSON"
    return noun.tag_ in ("NNS", "NNPS") or people.is_person(noun.lower_)
