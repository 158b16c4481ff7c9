"""Roles between a name and the verb that tells what it says, where the parser hangs the name on something else.

"It is hard for a mill, Ada Brandt, Larn Steel chairwoman and a member of the guild, told reporters".
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.knowledge.people import People
from pipeline.link.mention_index import MentionIndex
from pipeline.link.role_phrases import trimmed_role
from pipeline.records import Mention, Span

#: Tokens of the longest such role.
_MAX_WORDS = 20
#: Tags of words in no role: finite verbs, pronouns and what opens a clause.
_CLAUSE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD", "PRP", "WP", "WDT", "WRB", "EX"})
#: Marks that no role has.
_MARKS = frozenset({":", ";", '"', "“", "”", "--", "—", "–"})
#: Tags of finite verbs, before which the role ends.
_FINITE = frozenset({"VBD", "VBZ"})


def role_aside(mention: Mention, index: MentionIndex, people: People) -> Span | None:
    """The span of a noun phrase for a person between a full name's comma and one before a finite verb; else None."""
    tokens = index.tokens_in((mention.start, mention.end))
    doc, comma = tokens[-1].doc, tokens[-1].i + 1
    if mention.label != "PERSON" or " " not in mention.canonical or comma >= len(doc) or doc[comma].text != ",":
        return None
    words: list[Token] = []
    for token in doc[comma + 1 : comma + 2 + _MAX_WORDS]:
        if token.text == "," and token.i + 1 < len(doc) and doc[token.i + 1].tag_ in _FINITE:
            is_one = any(word.tag_ in ("NN", "NNP") and people.is_person(word.lower_) for word in words)
            return trimmed_role(words, index.article.text, people) if is_one and words[0].tag_ != "IN" else None
        if token.tag_ in _CLAUSE_TAGS or token.text in _MARKS or token.is_sent_start or _is_named(token, index):
            return None
        words.append(token)
    return None


def _is_named(token: Token, index: MentionIndex) -> bool:
    """Whether a token is of somebody else's name, as in a list: "Brandt, the mayor, Oren Blake, the clerk, left"."""
    mention = index.mention_on(token)
    return mention is not None and mention.label == "PERSON"
