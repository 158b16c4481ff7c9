"""Mentions mended before they get names: titles that name nobody, roles and headline verbs in names, labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.extract.syntax import SUBJECTS
from pipeline.extract.titles import has_title_case
from pipeline.knowledge.people import People
from pipeline.link.first_names import is_told_person_after
from pipeline.records import Mention, Span
from pipeline.text.spans import SpanIndex

#: Words of the shortest name behind a role that a capital joined to it.
_FEWEST_AFTER_ROLE = 2
#: Names of overlooked firms that are looked for in the whole text; an article has one or two.
_MOST_OVERLOOKED = 10
#: A noun and up to three words in capitals behind it.
_NAME_AFTER_NOUN = re.compile(
    r"\b(?P<noun>[A-Za-z][a-z-]{2,20}) (?P<name>[A-Z][\w&-]{2,20}(?: [A-Z][\w&-]{1,20}){0,2})\b"
)
#: What the parser may call a firm's name that is no mention: nothing, a nationality, a place that no table has.
_OVERLOOKED_TYPES = frozenset({"", "NORP", "GPE", "LOC", "PRODUCT"})
#: Nouns for other bodies whose names stand right behind them: "the union Shopmates".
_BODIES = frozenset({"union", "charity"})
#: Words of a person's name that the parser may take for an organisation's.
_FEWEST_NAMES, _MOST_NAMES = 2, 3
#: Between an office and its field, and the words of both with the noun: "head of innovation".
_BEFORE_FIELD = frozenset({"of", "for", "at"})
_OF_FIELD = 2
#: Characters before a name in which the noun before it stands.
_REACH_BEFORE = 40
#: What stands after a person's name, and not after an organisation's.
_WHO = ", who "
#: Prepositions before a place where somebody is or goes to.
_BEFORE_PLACE = frozenset({"in", "at", "near", "outside", "around", "across", "to", "into", "through"})
#: Between two places in an organisation's name, and before the first of them.
_AND, _OF = " and ", " of "
#: What stands before an office, and not before a name.
_ARTICLE = "the "

#: Verbs before their subject at a sentence's start, where "Said" may be a first name, and what then follows the name.
_OPENING_VERBS = frozenset({"Said", "Says", "Added", "Adds"})
_BEFORE_QUOTATION = re.compile(r"(?:, [^.!?\"“”\n]{1,80})?[,:] ?[\"“‘']")


def without_titles(mentions: Sequence[Mention], text: str, people: People) -> list[Mention]:
    """The mentions without "names" that are an office: behind an article, or of two words and more before its holder.

    "The Treasurer", "City Comptroller Oren Holm", "the Conservative MP, Ada Brandt".
    """
    starts = {mention.start for mention in mentions if mention.label == "PERSON"}
    return [
        mention
        for mention in mentions
        if not _is_title(mention, text, people) and not _is_office_of_next(mention, starts, text, people)
    ]


def with_joined_places(mentions: Sequence[Mention], doc: Doc, text: str) -> list[Mention]:
    """The mentions with organisations' names up to the second of two places: "the Green League of Larn and Osk".

    That place is a part of the name then; not where it stands before a noun, as in "of Larn and Osk's mayor".
    """
    places = [mention for mention in mentions if mention.label in ("COUNTRY", "PLACE")]
    second = {place.start: place.end for place in places if text.endswith(_AND, 0, place.start)}
    ends = {place.end for place in places} if second else set()
    joined: list[Mention] = []
    parts: set[Span] = set()
    for mention in mentions:
        end = second.get(mention.end + len(_AND)) if mention.label == "ORG" and mention.end in ends else None
        words = doc.char_span(mention.end + len(_AND), end) if end is not None and _OF in mention.canonical else None
        if words is not None and end is not None and words.root.dep_ in ("conj", "pobj"):
            parts.add((mention.end + len(_AND), end))
            mention = replace(mention, end=end, canonical=f"{mention.canonical}{text[mention.end : end]}")
        joined.append(mention)
    return [
        replace(mention, use="name_part") if (mention.start, mention.end) in parts else mention for mention in joined
    ]


def _is_office_of_next(mention: Mention, starts: Container[int], text: str, people: People) -> bool:
    """Whether a "name" ends in a noun for a person and stands before a person's: ``starts`` has where these begin.

    "Ada Baker, Oren Miller" are two people: the parser's person is an office only with letters such as "MP".
    """
    *before, last = mention.canonical.split()
    is_person = mention.label == "PERSON" and not last.isupper()
    if is_person or not before or last[0].islower() or not people.is_person(last.lower()):
        return False
    gap = next((gap for gap in (" ", ", ") if text.startswith(gap, mention.end)), "")
    return bool(gap) and mention.end + len(gap) in starts


def _is_title(mention: Mention, text: str, people: People) -> bool:
    """Whether a "name" is an office in capitals behind an article: "The District Attorney", "the Treasurer".

    An organisation's only as one word, as "the Small Farmer" may be a paper, or with a word of ``capital_roles`` at its
    end: "The Larn Rovers QB".
    """
    noun = mention.canonical.split()[-1].lower()
    if noun in people.capital_roles:
        return "the " in text[max(mention.start - _REACH_BEFORE, 0) : mention.start].lower().rpartition("\n")[2]
    is_noun = noun in people.people or noun in people.titles or noun in people.men or noun in people.women
    is_office = mention.label == "ORG" and is_noun and mention.canonical.istitle()
    if not (mention.label == "PERSON" and people.is_person(noun)) and not (is_office and mention.canonical.isalpha()):
        return False
    return text[max(mention.start - len(_ARTICLE), 0) : mention.start].lower().endswith(_ARTICLE)


def without_role(mention: Mention, text: str, people: People) -> Mention:
    """A person's mention without the noun of a role that a capital joined to it: "Campaigner Ada Brandt".

    Three words at least, the first of them no first name. So, too, without a picture's credit: "Reuters Ada Brandt",
    and without a verb that introduces a quotation: 'Said Ada Brandt, "It is late."'.
    """
    first, *rest = mention.canonical.split()
    is_credited = first.lower() in people.picture_agencies or (
        first in _OPENING_VERBS and _BEFORE_QUOTATION.match(text, mention.end) is not None
    )
    if is_credited and rest and mention.label == "PERSON":
        start = text.index(rest[0], mention.start + len(first))
        return replace(mention, start=start, canonical=" ".join(rest))
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


def names_behind_nouns(text: str) -> list[re.Match[str]]:
    """Up to three words in capitals right behind another word, the groups "name" and "noun": "airline Skybridge"."""
    return list(_NAME_AFTER_NOUN.finditer(text))


def with_kinds_beside(
    mentions: Sequence[Mention], behind_nouns: Sequence[re.Match[str]], text: str, people: People
) -> list[Mention]:
    """The mentions with "people" as organisations where a noun for a firm stands before one, and the other way round.

    "Chipmaker Quill", "the airline Skybridge", though the parser has a person or a place; "Her secretary, Dooshi
    Iorfa," though it has an organisation. Every mention of that name changes, unless it is part of a fuller name.
    ``behind_nouns`` is what ``names_behind_nouns`` found: "the oil firm Sawira" tells of "Sawira said".
    """
    persons = [mention for mention in mentions if mention.label == "PERSON"]
    misplaced = [mention for mention in mentions if _may_be_misplaced(mention)]
    firms = {mention.canonical for mention in (*persons, *misplaced) if _is_called_firm(mention, text, people)}
    alone = {mention.canonical for mention in persons if " " not in mention.canonical}
    kinds = people.firms - people.owners
    firms |= {match["name"] for match in behind_nouns if match["noun"] in kinds and match["name"] in alone}
    in_full = (mention.canonical.split() for mention in persons)
    of_persons = {word for words in in_full if len(words) > 1 for word in words}
    misread = {
        mention.canonical for mention in mentions if mention.label == "ORG" and _is_called_person(mention, text, people)
    }
    misread |= {word for name in misread for word in (name.split()[0], name.split()[-1])}  # "Holm said"
    return [
        replace(mention, label="ORG", use="")
        if (mention.label == "PERSON" or _may_be_misplaced(mention)) and mention.canonical in firms - of_persons
        else replace(mention, label="PERSON", country="")
        if mention.label == "ORG" and mention.canonical in misread
        else mention
        for mention in mentions
    ]


def _may_be_misplaced(mention: Mention) -> bool:
    """Whether it is a place only to the parser, which no table has."""
    return mention.label == "PLACE" and mention.origin in ("parser", "building") and mention.use != "name_part"


def find_named_kinds(
    mentions: Sequence[Mention], behind_nouns: Sequence[re.Match[str]], doc: Doc, text: str, people: People
) -> list[Mention]:
    """Organisations that the parser overlooked, by the noun before them: "Crypto exchange Bithaven has closed".

    The name is a clause's subject; it is looked for in the whole text then. In no order. ``behind_nouns`` is what
    ``names_behind_nouns`` found.
    """
    kinds = (people.organisations | people.firms) - people.owners - people.establishments - people.subunits
    taken = SpanIndex(mentions, lambda mention: [(mention.start, mention.end)])
    names: set[str] = set()
    for match in behind_nouns:
        if match["noun"].lower() in kinds and _is_overlooked_subject(match.span("name"), doc, taken, people):
            names.add(match["name"])
    return [
        Mention(match.start(), match.end(), "ORG", name, reason="after a noun for firms")
        for name in sorted(names)[:_MOST_OVERLOOKED]
        for match in re.finditer(rf"\b{re.escape(name)}\b", text)
        if not taken.overlapping(*match.span())
    ]


def _is_overlooked_subject(span: Span, doc: Doc, taken: SpanIndex[Mention], people: People) -> bool:
    words = doc.char_span(*span)
    if words is None or taken.overlapping(*span):
        return False
    noun = words.root
    is_behind_noun = noun.dep_ == "appos" and noun.head.i == words.start - 1  # "according to the company Larnoil"
    is_name = noun.tag_ == "NNP" and (noun.dep_ in SUBJECTS or is_behind_noun) and noun.ent_type_ in _OVERLOOKED_TYPES
    return is_name and noun.lower_ not in people.people and noun.lower_ not in people.titles


def _is_called_firm(mention: Mention, text: str, people: People) -> bool:
    """Whether a noun for a firm stands right before a "person": "startup Amber", not "airline Amber Holm"."""
    noun = _words_before(mention, text)[-1:]
    first, _, rest = mention.canonical.partition(" ")
    is_known = bool(rest) and first.lower() in people.women_shares
    return bool(noun) and not is_known and noun[0] in (people.firms | people.telling_kinds | _BODIES) - people.owners


def _is_called_person(mention: Mention, text: str, people: People) -> bool:
    """Whether an "organisation" of two or three words stands between commas behind an office: "his secretary, X Y,".

    So, too, right behind a title in small letters, "harbour official X Y", or before a role, an age or "who": "X Y, a
    grocer". None of its words may be one of organisations' names.
    """
    if is_told_person_after(mention, text, people):
        return True
    words = mention.canonical.split()
    names = [word for word in words if word.lower() not in people.particles]
    if not _FEWEST_NAMES <= len(names) <= _MOST_NAMES or not all(word.isalpha() and word.istitle() for word in names):
        return False
    lowered = {word.lower() for word in words}
    kinds = people.organisations | people.states | people.media_names | people.government_names | people.legal_forms
    if lowered & kinds or people.generic_last_words.intersection(words):
        return False
    before = _words_before(mention, text)
    if before and before[-1] in people.inhabitants:
        return True  # "the Serb Luka Petric"
    if before and before[-1] in people.titles and before[-1] not in people.organisations:
        return text[: mention.start].rstrip().endswith(before[-1])
    if not text.startswith(",", mention.end) or not before or not before[-1].endswith(","):
        return False
    noun = before[-1].removesuffix(",")
    if len(before) > _OF_FIELD and before[-2] in _BEFORE_FIELD:
        noun = before[-3]  # "head of innovation,"
    is_office = noun in people.people or noun in people.titles or bool(people.sex_of_word(noun))
    return is_office and noun not in people.organisations


def _words_before(mention: Mention, text: str) -> list[str]:
    """The words of the same line before a mention, in lower case, the last few."""
    return text[max(mention.start - _REACH_BEFORE, 0) : mention.start].rpartition("\n")[2].lower().split()


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
