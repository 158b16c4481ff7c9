"""Mentions mended before they get names: titles that name nobody, roles and headline verbs in names, labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.extract.syntax import SUBJECTS
from pipeline.extract.titles import has_title_case
from pipeline.knowledge.people import People
from pipeline.records import Mention

#: Words of the shortest name behind a role that a capital joined to it.
_FEWEST_AFTER_ROLE = 2
#: What stands after a person's name, and not after an organisation's.
_WHO = ", who "
#: Prepositions before a place where somebody is or goes to.
_BEFORE_PLACE = frozenset({"in", "at", "near", "outside", "around", "across", "to", "into", "through"})
#: What stands before an office, and not before a name.
_ARTICLE = "the "


def is_title(mention: Mention, text: str, people: People) -> bool:
    """Whether a person's "name" is an office in capitals behind an article: "The District Attorney"."""
    if mention.label != "PERSON" or not people.is_person(mention.canonical.split()[-1].lower()):
        return False
    return text[max(mention.start - len(_ARTICLE), 0) : mention.start].lower().endswith(_ARTICLE)


def without_role(mention: Mention, text: str, people: People) -> Mention:
    """A person's mention without the noun of a role that a capital joined to it: "Campaigner Ada Brandt".

    Three words at least, the first of them no first name.
    """
    first, *rest = mention.canonical.split()
    is_name = first.lower() in people.women_shares or first.lower() in people.titles
    if mention.label != "PERSON" or len(rest) < _FEWEST_AFTER_ROLE or is_name or not people.is_person(first.lower()):
        return mention
    start = text.index(rest[0], mention.start + len(first))
    return replace(mention, start=start, canonical=" ".join(rest))


def with_one_label(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """The mentions with names of one word that the parser took for a person here and an organisation there as persons.

    "Who" after one of them tells, or as many of the one kind as of the other.
    """
    counts = Counter((mention.canonical, mention.label) for mention in mentions if " " not in mention.canonical)
    persons = {
        mention.canonical
        for mention in mentions
        if mention.label == "PERSON"
        and (
            counts[mention.canonical, "PERSON"] >= counts[mention.canonical, "ORG"]
            or text.startswith(_WHO, mention.end)
        )
    }
    return [
        replace(mention, label="PERSON") if mention.label == "ORG" and mention.canonical in persons else mention
        for mention in mentions
    ]


def without_places_named_as_people(mentions: Sequence[Mention], doc: Doc) -> list[Mention]:
    """The mentions with persons for "places" that are the surname of somebody named in full, or hyphenated "firms".

    "Gera said" after "Mina Gera", though Gera is a town, where the parser has a person there or no list has the town;
    where the surname comes first ("Gera Mina"), only where the parser has a person.
    """
    persons = (mention.canonical.split() for mention in mentions if mention.label == "PERSON")
    full_names = [words for words in persons if len(words) > 1]
    surnames, first_words = {words[-1] for words in full_names}, {words[0] for words in full_names}

    def is_person(mention: Mention) -> bool:
        may_be = mention.label == "PLACE" or (mention.label == "ORG" and "-" in mention.canonical)
        if not may_be or mention.use == "name_part" or mention.canonical not in surnames | first_words:
            return False
        span = doc.char_span(mention.start, mention.end)
        is_parsed = span is not None and span.root.ent_type_ == "PERSON"
        return is_parsed or (mention.origin == "parser" and mention.canonical in surnames)

    return [
        replace(mention, label="PERSON", use="", country="") if is_person(mention) else mention for mention in mentions
    ]


def without_places_named_as_firms(mentions: Sequence[Mention], doc: Doc, people: People) -> list[Mention]:
    """The mentions with organisations for "places" by which the article calls a firm: "Larn said" of Larn Steel Corp.

    The firm's name begins with the place's and ends in a legal form; the place is a clause's subject somewhere, and
    stands nowhere behind a preposition of place.
    """
    firms = {
        mention.canonical.partition(" ")[0]: mention.canonical
        for mention in mentions
        if mention.label == "ORG" and mention.canonical.split()[-1].lower().strip(".") in people.legal_forms
    }
    places = [mention for mention in mentions if mention.label == "PLACE" and mention.canonical in firms]
    heads = [
        (mention.canonical, span.root) for mention in places if (span := doc.char_span(mention.start, mention.end))
    ]
    acting = {name for name, head in heads if head.dep_ in SUBJECTS}
    placed = {name for name, head in heads if head.dep_ == "pobj" and head.head.lower_ in _BEFORE_PLACE}
    called = acting - placed
    return [
        replace(mention, label="ORG", canonical=firms[mention.canonical], use="", country="")
        if mention.label == "PLACE" and mention.use != "name_part" and mention.canonical in called
        else mention
        for mention in mentions
    ]


def cut_headline_verbs(persons: Sequence[Mention], doc: Doc, people: People) -> list[Mention]:
    """Names without the verb a headline's capitals joined to them ("Brandt Sees"), where the name stands elsewhere."""
    counts = Counter(mention.canonical for mention in persons)
    single_words = {name for name in counts if " " not in name}
    surnames = Counter(name.split()[-1] for name in counts if " " in name)
    shortened = []
    for mention in persons:
        first, *rest = mention.canonical.split()
        is_surname = first in surnames or (first in single_words and first.lower() not in people.women_shares)
        is_once = rest and rest[-1] not in single_words and surnames[rest[-1]] == counts[mention.canonical] == 1
        span = None
        if is_surname and is_once:
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is not None and has_title_case(span.sent.text):
            mention = replace(mention, end=mention.start + len(first), canonical=first)
        shortened.append(mention)
    return shortened
