"""Whether somebody's relative is told of beside a name: "Ada Brandt and her husband", "first lady Ada Brandt"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.knowledge.people import People

#: Relations of a name to the noun before it: "his brother, Petr Dorin".
_BESIDE_NOUN = frozenset({"appos", "compound"})
#: Relations of somebody to whom something is done: "A court jailed Ivan Dorin", "Anna Klein was shot".
UNDERGOERS = frozenset({"nsubjpass", "dobj"})
#: Whose surname is the president's as well.
_FIRST_LADY = "first lady"


def relative_near(text: str, starts: Sequence[int], before: int, after: int, people: People) -> bool:
    """Whether a word for a relative, or a first lady, stands near one of the places where a name starts.

    ``text`` in lower case; near is ``before`` characters before a place to ``after`` behind it.
    """
    near = (text[max(start - before, 0) : start + after] for start in starts)
    return any(
        _FIRST_LADY in words or any(word.strip(".,;:'’") in people.kin for word in words.split()) for words in near
    )


def title_near(text: str, title: str, bare: str, starts: Sequence[int], before: int, after: int) -> bool:
    """Whether a title stands near one of the places where a name starts, as ``relative_near`` has them.

    Unless ``bare`` is empty, only as a word of its own, and not as that of ``bare``, the title with the bare surname.
    """
    if bare:
        text = re.sub(rf"{re.escape(bare)}|{re.escape(title)}(?=\w)", lambda match: " " * len(match[0]), text)
    return any(title in text[max(start - before, 0) : start + after] for start in starts)


def says_something(name: Token, *, beside_noun: bool) -> bool:
    """Whether a name is the subject of a verb with a clause or quotation: "Petr Dorin said he would appeal".

    ``beside_noun``: only where it stands beside a noun that is the subject: "his brother, Petr Dorin, said".
    """
    subject = name.head if name.dep_ in _BESIDE_NOUN else name
    if beside_noun and subject == name:
        return False
    return subject.dep_ == "nsubj" and any(child.dep_ in ("ccomp", "parataxis") for child in subject.head.children)
