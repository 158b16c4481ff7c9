"""Counties and townships by their noun: "Anson County", "Cole, Ray and Clay counties"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from pipeline.extract.entities.parser_entities import ParsedNames
from pipeline.knowledge.context_words import ContextWords
from pipeline.records import Mention, Use

#: Words of the longest name before the noun: "Upper Saint Mary County" has 3.
_LONGEST_NAME = 3
#: Names of the longest list before "counties" that is read; a longer run of capitalised words is a table, no sentence.
_LONGEST_LIST = 25


def find_counties(parsed: ParsedNames) -> Iterator[Mention]:
    """Mentions of counties, townships and parishes: PLACEs of the origin "county", without a country yet.

    A list gives one mention a name, the last first; the plural noun itself belongs to none of them.
    """
    for match in parsed.table.patterns.counties.finditer(parsed.text):
        span = parsed.doc.char_span(*match.span())
        if span is None:
            continue
        noun = span[0]
        if match["singular"]:
            first = _name_start(noun)
            if first < noun.i and not _is_surname(noun, parsed):
                yield _county_mention(parsed, first, noun.i + 1)
        else:
            yield from _find_listed(parsed, noun, parsed.table.context)


def _is_surname(noun: Token, parsed: ParsedNames) -> bool:
    """Whether the noun ends a personal name: "Ada Parish", "said Brin Parish", where the parser has a person."""
    entity = parsed.entity_at.get(noun.i)
    if entity is None or entity.label != "PERSON" or entity.is_one_word:
        return False
    speaks = noun.dep_ == "nsubj" and noun.head.lemma_ in parsed.table.context.reporting_verbs
    return speaks or parsed.doc[entity.first_token].text in parsed.table.personal_names


def _find_listed(parsed: ParsedNames, noun: Token, words: ContextWords) -> Iterator[Mention]:
    """The names of "Cole, Ray and Clay counties", last first."""
    doc, end = parsed.doc, noun.i
    for _ in range(_LONGEST_LIST):
        first = _name_start(doc[end]) if end < len(doc) else end
        if first == end:
            return
        yield _county_mention(parsed, first, end)
        end = _skip_list_words(doc, first, words)
        if end == first:
            return


def _skip_list_words(doc: Doc, end: int, words: ContextWords) -> int:
    """The index after the last token before ``end`` that is no comma, "and" or the like."""
    while end and (doc[end - 1].text == "," or doc[end - 1].lower_ in words.county_list_words):
        end -= 1
    return end


def _name_start(token: Token) -> int:
    """Where the capitalised name right before a token begins; the token's own index when there is none."""
    doc, first = token.doc, token.i
    while first and token.i - first < _LONGEST_NAME and _is_name(doc[first - 1]) and doc[first - 1].whitespace_:
        first -= 1
        if doc[first].is_sent_start:
            break
    return first


def _is_name(token: Token) -> bool:
    return token.text[:1].isupper() and token.tag_ in ("NNP", "NNPS", "JJ") and token.is_alpha


def _county_mention(parsed: ParsedNames, first: int, end: int) -> Mention:
    """The mention of the tokens ``first``..``end``: part of a name where the parser has a longer organisation."""
    doc = parsed.doc
    start, stop = doc[first].idx, doc[end - 1].idx + len(doc[end - 1])
    entity = parsed.entity_at.get(end - 1)
    in_organisation = entity is not None and entity.label == "ORG" and entity.end > stop + 1
    use: Use = "name_part" if in_organisation else "place"
    return Mention(start, stop, "PLACE", str(doc[first:end]), use, reason="county", origin="county")
