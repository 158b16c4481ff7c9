"""Words that spaCy's tokenizer would cut: "co-author", and titles whose full stop it splits off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.nlp.sentence_starts import TITLES

#: Beginnings of words with the nouns for people that follow their hyphen. The parser hangs the parts of "her co-author"
#: on the verb, or on another noun.
_NOUNS_BEHIND = {
    "co": (
        "accused author captain chair chairman chairwoman conspirator creator defendant director editor founder host "
        "leader organiser organizer owner pilot presenter president producer sponsor star worker writer"
    ),
    "ex": (
        "boss boyfriend captain chairman chief coach detective girlfriend head husband leader manager mayor minister "
        "officer partner player policeman president soldier teacher wife worker"
    ),
}


def whole_words() -> Iterator[tuple[str, Mapping[str, str]]]:
    """The words that shall be one token each, with what the tokenizer is told of them: "Sgt.", "co-author".

    The norm of "co-author" is "author": the models saw hardly any of these words, and know the noun.
    """
    for title in sorted(TITLES):
        yield title, {"ORTH": title}
    for beginning, nouns in _NOUNS_BEHIND.items():
        for noun in (form for singular in nouns.split() for form in (singular, _plural_of(singular))):
            small = f"{beginning}-{noun}"
            for word in (small, small.capitalize(), small.title()):
                yield word, {"ORTH": word, "NORM": noun}


def _plural_of(noun: str) -> str:
    irregular = {"wife": "wives", "accused": "accused"}
    if noun in irregular:
        return irregular[noun]
    if noun.endswith("man"):
        return f"{noun.removesuffix('man')}men"
    return f"{noun}es" if noun.endswith("s") else f"{noun}s"
