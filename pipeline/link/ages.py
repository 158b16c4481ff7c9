"""Somebody by his age: "the 36-year-old", which takes up whoever the article says is 36."""

from __future__ import annotations

import re

from spacy.tokens import Token

#: What the age of a person stands in: "Ada Brandt, 36, said", "Ada Brandt (36)".
_AGE_AFTER = re.compile(r"(?:, | \()(1?\d{1,2})(?=[,.;)])")
#: What stands between the number and the adjective: "36-year-old".
_YEAR = ("-", "year", "-")


def age_told_by(token: Token) -> str:
    """The "36-year-old" that a token is the end of where no noun follows: "the 36-year-old said"; empty for others."""
    number = token.i - len(_YEAR) - 1
    is_before_noun = token.dep_ in ("amod", "compound", "acomp") and token.head.pos_ != "VERB"  # "the 36-year-old says"
    if token.lower_ != "old" or number < 0 or is_before_noun:
        return ""
    before = token.doc[number : token.i]
    is_age = before[0].like_num and tuple(word.lower_ for word in before[1:]) == _YEAR
    return f"{before[0].text}-year-old" if is_age else ""


def is_known_by_age(token: Token) -> bool:
    """Whether an age takes up somebody told of: "the 36-year-old", whatever "the" hangs on, or without its article."""
    number = token.i - len(_YEAR) - 1
    return bool(age_told_by(token)) and (number == 0 or token.doc[number - 1].lower_ not in ("a", "an", "another"))


def age_before(noun: Token) -> str:
    """The "36-year-old" before a noun: "the 36-year-old striker"; empty where none stands there."""
    for child in noun.lefts:
        number = child.i - len(_YEAR) - 1
        if child.lower_ != "old" or number < 0 or not child.doc[number].like_num:
            continue
        if tuple(word.lower_ for word in child.doc[number + 1 : child.i]) == _YEAR:
            return f"{child.doc[number].text}-year-old"
    return ""


def age_behind(text: str, end: int) -> str:
    """The "36-year-old" of a person whose name ends at the offset ``end`` of the text; empty where no age follows."""
    match = _AGE_AFTER.match(text, end)
    return f"{match[1]}-year-old" if match is not None else ""
