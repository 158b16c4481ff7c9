"""Names that neither the tables nor the parser have: speakers, surnames said again, newspapers, acronyms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.extract.columns import indices_with
from pipeline.extract.entities.parser_entities import ParsedNames, TakenSpans
from pipeline.records import Mention

#: An acronym in brackets right after a name, of 2 to 10 characters: " (NRC)", "(R&D)".
_ACRONYM = re.compile(r" ?\(([A-Z][A-Za-z&.-]{1,9})\)")
#: Capital letters of an acronym at least: "(NRC)" and "(MoD)" have more than one, "(Note)" has one.
_FEWEST_CAPITALS = 2
#: Letters of the shortest acronym with one capital that is read as a word: "(Nato)".
_SHORTEST_WORD = 4


def find_overlooked(parsed: ParsedNames, earlier: Sequence[Mention]) -> Iterator[Mention]:
    """Names outside the parser's entities: "Norway's Larner quoted", "QT4 said", and surnames of people named in full.

    ``earlier`` are the mentions so far, which the new ones never overlap; the first two are ORG, the last PERSON.
    """
    taken = TakenSpans(earlier)
    country_ends = {mention.end for mention in earlier if mention.label == "COUNTRY"}
    subjects = {*indices_with(parsed.doc, "DEP", ("nsubj",))}
    common_subjects = subjects.intersection(indices_with(parsed.doc, "TAG", ("NN",)))
    for index in sorted({*indices_with(parsed.doc, "TAG", ("NNP",)), *common_subjects} - parsed.entity_at.keys()):
        token = parsed.doc[index]
        if not token.text[0].isupper():
            continue
        if index in common_subjects and not _is_code(token) and not _is_capital_subject(token):
            continue
        span = (token.idx, token.idx + len(token))
        if _is_speaking_organisation(token, country_ends, parsed) and taken.is_free(span):
            yield Mention(*span, "ORG", token.text, reason="subject of a verb of reporting", origin="subject")
        elif _is_repeated_surname(token, parsed) and taken.is_free(span):
            yield Mention(*span, "PERSON", token.text, reason="surname of a person named in full", origin="surname")


def _is_code(token: Token) -> bool:
    """Whether a subject is in capitals and not of letters only: "QT4"."""
    return token.is_upper and not token.text.isalpha() and token.dep_ == "nsubj"


def _is_capital_subject(token: Token) -> bool:
    """Whether a noun in capitals is a subject by itself: "Harbour said", where that is somebody's surname."""
    return token.dep_ == "nsubj" and token.text.istitle() and not any(True for _ in token.lefts)


def _is_speaking_organisation(token: Token, country_ends: set[int], parsed: ParsedNames) -> bool:
    """Whether the subject of a verb of reporting is a code, or stands after a country and "'s"."""
    if token.dep_ != "nsubj" or token.head.lemma_ not in parsed.table.context.reporting_verbs:
        return False
    before = _token_before(token)
    return _is_code(token) or (before.tag_ == "POS" and before.idx in country_ends)


def _is_repeated_surname(token: Token, parsed: ParsedNames) -> bool:
    """Whether a surname of the article stands alone, and not after a preposition of place."""
    if token.text not in parsed.surnames:
        return False
    before, doc = _token_before(token), token.doc
    if (before.tag_ == "NNP" and token.i) or before.lower_ in parsed.table.context.place_prepositions:
        return False
    return token.i + 1 == len(doc) or doc[token.i + 1].tag_ not in ("NNP", "NNPS")


def _token_before(token: Token) -> Token:
    """The token before, or the first token itself."""
    return token.doc[max(token.i - 1, 0)]


def find_newspapers(parsed: ParsedNames, earlier: Sequence[Mention]) -> list[Mention]:
    """Newspapers and broadcasters by the noun after them: "the Sunday Larner newspaper", where nothing was named yet.

    The mention is the name alone, an ORG.
    """
    taken = TakenSpans(earlier)
    spans = [match.span(1) for match in parsed.table.patterns.newspapers.finditer(parsed.text)]
    return [
        Mention(
            start, end, "ORG", " ".join(parsed.text[start:end].split()),
            reason="before a word for newspapers", origin="newspaper",
        )
        for start, end in spans
        if taken.is_free((start, end))
    ]  # fmt: skip


def find_acronyms(text: str, earlier: Sequence[Mention]) -> list[Mention]:
    """Acronyms in brackets after an organisation, as mentions of that organisation: "Harbour Council (HC)", "(Harco)".

    ``text`` is the article's; canonical name and country are those of the organisation before.
    """
    acronyms: list[Mention] = []
    for mention in earlier:
        match = _ACRONYM.match(text, mention.end) if mention.label == "ORG" else None
        if match and (
            sum(letter.isupper() for letter in match[1]) >= _FEWEST_CAPITALS or _is_made_of(match[1], mention.canonical)
        ):
            name, country = mention.canonical, mention.country
            acronyms.append(Mention(*match.span(1), "ORG", name, "", country, "acronym", "acronym"))
    return acronyms


def _is_made_of(acronym: str, name: str) -> bool:
    """Whether a word is made of a name's letters, in their order from the beginning of one of its words on: "Nato".

    "(Fircom)" of the "Larn Fire Command"; "(Note)" is none of the "Harbour Council".
    """
    if len(acronym) < _SHORTEST_WORD:
        return False
    words = name.lower().split()
    rests = (" ".join(words[number:]) for number, word in enumerate(words) if word.startswith(acronym[0].lower()))
    return any(_are_in_order(acronym.lower(), rest) for rest in rests)


def _are_in_order(letters: str, text: str) -> bool:
    remaining = iter(text)
    return all(letter in remaining for letter in letters)
