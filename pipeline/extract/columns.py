"""The text of a parse, and one attribute of all its tokens, for rules that ask every token: spaCy gives it in one call,
where making each ``Token`` and asking it takes ten times as long."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache, reduce
from operator import or_

from spacy.tokens import Doc


@lru_cache(maxsize=1)
def doc_text(doc: Doc) -> str:
    """``doc.text``, which spaCy makes of the tokens at every call; that of the last Doc is kept."""
    return doc.text


def read_texts(doc: Doc, attribute: str, *, lower: bool = False) -> list[str]:
    """The attribute of every token in order, as a text: of "LOWER" what ``token.lower_`` is, of "TAG" its ``tag_``.

    ``attribute`` is one of spaCy's names for what it keeps as texts; ``lower`` gives it in lower case. Equal texts are
    mostly one object.
    """
    numbers, strings = doc.to_array(attribute).tolist(), doc.vocab.strings
    texts = {number: strings[number].lower() if lower else strings[number] for number in set(numbers)}
    return [texts[number] for number in numbers]


def indices_with(doc: Doc, attribute: str, values: Collection[str]) -> list[int]:
    """The indices of the tokens whose attribute is one of the values, in order: ("TAG", ["NNP"]) of proper nouns.

    There is one value at least.
    """
    numbers = doc.to_array(attribute)
    found = (numbers == doc.vocab.strings[value] for value in values)
    indices: list[int] = reduce(or_, found).nonzero()[0].tolist()
    return indices
