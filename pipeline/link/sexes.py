"""What the words before a name tell of a person's sex."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.people import People, Sex

#: Tokens before a name that may tell the bearer's sex: "his wife, Ada Brandt" needs the comma and the noun.
_TITLE_REACH = 3


def sex_before(tokens: Sequence[Token], people: People) -> Sex:
    """The sex that the words before a name tell: "Mrs. Brandt", "spokeswoman Ada Brandt", "his wife, Ada Brandt".

    ``tokens`` are those of the name; up to three tokens before them in its sentence are asked. Empty when none tells.
    """
    if not tokens:
        return ""
    doc, first = tokens[0].doc, tokens[0].i
    for token in reversed(doc[max(first - _TITLE_REACH, tokens[0].sent.start) : first]):
        if token.text == ",":
            if _is_aside(tokens[-1]):
                break
            continue
        if token.tag_ in ("NN", "NNP") and (sex := people.sex_of_word(token.lower_)):
            return sex
        if token.tag_ not in ("NN", "NNP", "JJ"):
            break
    return ""


def _is_aside(name: Token) -> bool:
    """Whether the name's verb stands between commas and says what is around it: "A woman, Brandt said, had called"."""
    verb = name.head
    return name.dep_ in SUBJECTS and verb.dep_ == "parataxis" and verb.i == name.i + 1
