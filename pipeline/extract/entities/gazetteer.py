"""Names of the tables of models/places as they stand in a text, and what each is there.

A lexicon knows countries better than a statistical model does; what stands against a name (a person of that name, a
language, a currency, a street) is read from the parse. Offsets are code points into ``article.text``, end excluded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from pipeline.extract.entities.metonymy import state_evidence
from pipeline.knowledge.places import Entry, Places
from pipeline.records import Mention, Use

_CAPITAL_WORD = re.compile(r"\b(?=[^\W\d_a-z])\w+")
#: The parser's labels of places.
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
#: Labels by which the parser agrees that a word is a place or a people.
_AGREES = PLACE_LABELS | {"NORP", "ORG"}
#: "R-Toledo": the party and home of an American lawmaker.
PARTIES = frozenset({"R", "D", "I", "DFL"})
_PARTY = re.compile(rf"\b(?:{'|'.join(sorted(PARTIES))})-$")
LAWMAKER = "home of an American lawmaker"
_INITIAL = re.compile(r"[A-Z]\.")
_COMMON = frozenset({"NN", "NNS"})
#: "U.S. 79", "US-24": a highway, unless "the" stands before.
_ROAD_NUMBER = re.compile(r"[- ]\d{1,3}\b(?! ?%| per| years| days)")
#: What follows the place of a dateline.
DASHES = frozenset({"-", "--", "---", "–", "—"})


@dataclass(frozen=True, slots=True)
class Entity:
    """A repaired entity of the parser: its label there, characters and tokens (end excluded)."""

    label: str
    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Hit:
    """A name of the tables as it stands in the text, its tokens, and the parser's entity around it, if any.

    ``text`` is the whole text: ``doc.text`` builds it anew at every call.
    """

    text: str
    start: int
    end: int
    entry: Entry
    tokens: Sequence[Token]
    entity: Entity | None


def find_names(
    doc: Doc, text: str, places: Places, inside: Mapping[int, Entity], surnames: frozenset[str]
) -> Iterator[Mention]:
    """Mentions of countries, regions, cities and known organisations, in text order.

    ``text`` is ``doc.text``, ``inside`` gives the parser's entity of a token index, ``surnames`` the last words of the
    article's full names.
    """
    for hit in _hits(doc, text, places, inside):
        yield from _judge(hit, doc, places, surnames)


def _hits(doc: Doc, text: str, places: Places, inside: Mapping[int, Entity]) -> Iterator[_Hit]:
    at = 0
    for match in _CAPITAL_WORD.finditer(text):
        start = match.start()
        if start < at:
            continue
        for name, entry in places.starts.get(match[0], ()):
            end = start + len(name)
            if not text.startswith(name, start) or not _stands_free(text, start, end):
                continue
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is None or span[0].like_url:
                break
            entity = next((inside[token.i] for token in span if token.i in inside), None)
            yield _Hit(text, start, end, entry, list(span), entity)
            at = end
            break


def _stands_free(text: str, start: int, end: int) -> bool:
    """Not part of a longer word, an address or a handle."""
    before, after = text[start - 1 : start], text[end : end + 2]
    if before and (before in "@#_\\." or before.isalnum()):
        return False
    if after[:1] and (after[0].isalnum() or after[0] in "@_$"):
        return False
    return not (after[:1] == "." and after[1:].islower())


def _judge(hit: _Hit, doc: Doc, places: Places, surnames: frozenset[str]) -> list[Mention]:
    """What a name of the tables is here: a mention or two, or none."""
    kind = hit.entry.kind
    if kind == "nothing":
        return []
    if kind == "organisation":
        return _organisation(hit, places)
    if kind == "supranational":
        longer = hit.entity is not None and hit.entity.label == "ORG" and _reaches_beyond(hit.entity, hit)
        return [] if longer else [_place(hit, kind)]
    if kind in ("city", "region", "capital") and _PARTY.search(hit.text, max(0, hit.start - 4), hit.start):
        return [_place(hit, LAWMAKER)]
    if _is_person(hit, doc, places, surnames) or _is_mere_word(hit, places):
        return []
    if kind == "abbreviation":
        return [_place(hit, "abbreviated state")] if _after_place(hit, doc) else []
    if kind == "demonym":
        return [] if _is_language_or_money(hit, doc, places) else [_country(hit, places, "people", "demonym")]
    if kind == "name":
        return _named_country(hit, doc, places)
    if kind == "seat":
        if _is_local(hit, places):
            return [_place(hit, "seat of government")]
        return [replace(_place(hit, "seat of power"), use="government")]
    return _below_country(hit, doc, places)


def _organisation(hit: _Hit, places: Places) -> list[Mention]:
    """A known organisation, unless the parser has a longer one, and the country named in it."""
    code = hit.entry.codes[0] if hit.entry.codes else ""
    longer = hit.entity is not None and hit.entity.label == "ORG" and _reaches_beyond(hit.entity, hit)
    found = [] if longer else [Mention(hit.start, hit.end, "ORG", hit.entry.text, "", code, "named in the tables")]
    for token in hit.tokens if code else ():
        entry = places.entries.get(token.text)
        if entry is not None and entry.kind in ("name", "demonym") and code in entry.codes:
            end = token.idx + len(token)
            found.append(Mention(token.idx, end, "COUNTRY", places.names[code], "name_part", code, "in a name"))
    return found


def _named_country(hit: _Hit, doc: Doc, places: Places) -> list[Mention]:
    if hit.tokens[-1].text == "US" and _is_no_america(hit, doc, places):
        return []
    if len(hit.tokens) == 1 and _makes_other_name(hit, doc, places):
        return []
    if _is_road(hit, doc):
        return [replace(_country(hit, places, "place", "in the name of a road"), use="name_part")]
    return [_country(hit, places, "place", "name")]


def _is_road(hit: _Hit, doc: Doc) -> bool:
    first = hit.tokens[0].i
    america = hit.entry.codes[0] == "USA" and _ROAD_NUMBER.match(hit.text, hit.end) is not None
    return america and not (first and doc[first - 1].lower_ == "the")


def _is_no_america(hit: _Hit, doc: Doc, places: Places) -> bool:
    """The pronoun in capitals ("HE TOLD US THAT") and US dollars."""
    last = hit.tokens[-1]
    if last.tag_ == "PRP" or _is_language_or_money(hit, doc, places):
        return True
    before = doc[last.i - 1] if last.i else None
    if before is None or before.pos_ != "VERB" or not before.is_upper or len(before) == 1:
        return False
    return last.i + 1 == len(doc) or doc[last.i + 1].pos_ not in ("NOUN", "PROPN", "ADJ")


def _makes_other_name(hit: _Hit, doc: Doc, places: Places) -> bool:
    """ "Lebanon County", "Peru Street", "New Lebanon": the name of another place."""
    first, last = hit.tokens[0].i, hit.tokens[-1].i
    if last + 1 < len(doc) and doc[last + 1].text in places.context.features and doc[last].whitespace_:
        return hit.entity is None or hit.entity.last > last + 1
    before = doc[first - 1] if first else None
    return (
        before is not None
        and before.text in places.context.prefixes
        and not before.is_sent_start
        and bool(before.whitespace_)
    )


def _below_country(hit: _Hit, doc: Doc, places: Places) -> list[Mention]:
    """A capital, region or city: a place, a government spoken of by its capital, or part of another name."""
    entity = hit.entity
    if hit.entry.kind == "city" and not _parser_agrees(hit, doc, places):
        return []
    if entity is not None and entity.label in PLACE_LABELS and _reaches_beyond(entity, hit) and not _comma(doc, entity):
        return []
    if entity is not None and entity.label == "ORG" and _reaches_beyond(entity, hit):
        if hit.entry.kind == "city" and not _names_its_town(hit, entity, doc, places):
            return []
        return [replace(_place(hit, "in a name"), use="name_part")]
    if len(hit.tokens) == 1 and _makes_other_name(hit, doc, places):
        return []
    if hit.entry.kind == "capital" and hit.entry.sure and not _before_region(hit, doc, places):
        evidence = state_evidence(hit.tokens[-1], places)
        if evidence:
            return [_country(hit, places, "government", f"capital, {evidence}")]
    return [_place(hit, hit.entry.kind)]


def _names_its_town(hit: _Hit, entity: Entity, doc: Doc, places: Places) -> bool:
    """ "Lagos Chamber of Commerce", "University of Leeds"; "Holt & Sons" only sounds like a town."""
    first = hit.tokens[0].i
    if first > entity.first and doc[first - 1].lower_ not in places.context.place_prepositions:
        return False
    return any(token.text in places.context.town_organisations for token in doc[entity.first : entity.last])


def _comma(doc: Doc, entity: Entity) -> bool:
    return any(token.text == "," for token in doc[entity.first : entity.last])


def _parser_agrees(hit: _Hit, doc: Doc, places: Places) -> bool:
    if hit.entity is not None and hit.entity.label in PLACE_LABELS:
        return True
    if _before_region(hit, doc, places) or _opens_dateline(hit, doc) or _stands_as_town(hit, doc, places):
        return True
    if hit.entry.text in places.words or hit.entry.text in places.persons:
        return False
    if hit.entity is not None and hit.entity.label == "ORG" and _reaches_beyond(hit.entity, hit):
        return True
    # "a Gainesville woman", "the Lancaster school": a name before a common noun.
    first, last = hit.tokens[0], hit.tokens[-1]
    if first.i and doc[first.i - 1].tag_ == "NNP" and doc[first.i - 1].whitespace_ and not first.is_sent_start:
        return False  # "the Bill Clinton years"
    return (hit.entity is None or hit.entity.label == "ORG") and last.dep_ == "compound" and last.head.tag_ in _COMMON


def _stands_as_town(hit: _Hit, doc: Doc, places: Places) -> bool:
    """ "in Lancaster", "Corby residents", where the parser took the town for a person or an organisation."""
    if hit.entity is None or _reaches_beyond(hit.entity, hit):
        return False
    first, after = hit.tokens[0].i, hit.tokens[-1].i + 1
    before = doc[first - 1].lower_ if first else ""
    if before in places.context.town_prepositions or (before in ("of", "from") and hit.entity.label == "ORG"):
        return True
    town = after < len(doc) and doc[after].lower_ in places.context.town_nouns
    return town and hit.entry.text not in places.words


def _opens_dateline(hit: _Hit, doc: Doc) -> bool:
    """ "NEWARK -- ", "COLUMBUS (AP) - " at the start of a sentence."""
    after = hit.tokens[-1].i + 1
    return hit.tokens[0].is_sent_start is True and after < len(doc) and doc[after].text in DASHES


def _before_region(hit: _Hit, doc: Doc, places: Places) -> bool:
    """ "Paju, South Korea", "Springfield, Ill.": a comma and a country, state or its abbreviation follow."""
    after = hit.tokens[-1].i + 1
    if after + 1 >= len(doc) or doc[after].text != "," or (not doc[after + 1].is_title and not doc[after + 1].is_upper):
        return False
    at = doc[after + 1].idx
    word = _CAPITAL_WORD.match(hit.text, at)
    known = places.starts.get(word[0], ()) if word else ()
    return any(hit.text.startswith(name, at) and e.kind in ("name", "region", "abbreviation") for name, e in known)


def _after_place(hit: _Hit, doc: Doc) -> bool:
    first = hit.tokens[0].i
    return (
        first > 1 and doc[first - 1].text == "," and doc[first - 2].text[:1].isupper() and hit.tokens[0].tag_ != "PRP"
    )


def _reaches_beyond(entity: Entity, hit: _Hit) -> bool:
    return entity.start < hit.start or entity.end > hit.end + 1


def _is_person(hit: _Hit, doc: Doc, places: Places, surnames: frozenset[str]) -> bool:
    """A personal name: the parser has it in one, or it repeats part of one."""
    entity, text = hit.entity, hit.entry.text
    if text in places.persons and _is_among_people(hit, doc):
        return True
    if hit.entry.kind == "demonym" and entity is not None and entity.label == "PERSON":
        return entity.start < hit.start and entity.end <= hit.end  # "Ada English"
    if hit.entry.kind == "demonym":
        after = doc[min(hit.tokens[-1].i + 1, len(doc) - 1)]
        return text in surnames and after.tag_ in ("VBD", "VBZ")
    if hit.entry.kind in ("abbreviation", "seat") or (hit.entry.kind != "city" and not _may_be_person(hit, places)):
        return False
    if entity is None:
        return False
    if entity.label != "PERSON":
        surname = hit.entry.kind in ("city", "capital") and is_surname(entity, doc, places, surnames)
        return surname and not _before_region(hit, doc, places)
    if _reaches_beyond(entity, hit) or text in surnames:
        return True
    town = _before_region(hit, doc, places) or _stands_as_town(hit, doc, places) or _opens_dateline(hit, doc)
    return hit.entry.kind == "city" and not town


def _is_among_people(hit: _Hit, doc: Doc) -> bool:
    """ "By CHAD BRANDT", "said Brown and Jordan": a byline, or a name joined by "and" to a person's."""
    first, last = hit.tokens[0], hit.tokens[-1]
    before = doc[first.i - 1] if first.i else None
    after = doc[last.i + 1] if last.i + 1 < len(doc) else None
    if (
        before is not None
        and before.lower_ == "by"
        and after is not None
        and after.is_alpha
        and after.text[0].isupper()
    ):
        return after.is_upper == last.is_upper
    return last.dep_ == "conj" and last.head.i != last.i and last.head.ent_type_ == "PERSON"


def is_surname(entity: Entity, doc: Doc, places: Places, surnames: frozenset[str]) -> bool:
    """One word that ends a full name of this article and follows no preposition of place, or that "who" takes up.

    "of" after an adjective or a verb is none: "critical of Brandt".
    """
    token, before = doc[entity.first], doc[entity.first - 1] if entity.first else None
    about = before is not None and before.lower_ == "of" and before.head.pos_ in ("ADJ", "VERB")
    placed = before is not None and before.lower_ in places.context.place_prepositions and not about
    if entity.last - entity.first != 1 or placed:
        return False
    return token.text in surnames or [t.lower_ for t in doc[entity.last : entity.last + 2]] == [",", "who"]


def _may_be_person(hit: _Hit, places: Places) -> bool:
    return hit.entry.kind in ("capital", "region") or hit.entry.text in places.persons


def _is_mere_word(hit: _Hit, places: Places) -> bool:
    """A name that is also a word, where the parser sees no place, people or organisation in it.

    Also the saint of a church or school ("St. Michael's"), a first name before an initial ("Devon P. Holt"), and a word
    that only the start of the sentence gives its capital ("Reading clubs").
    """
    last, text = hit.tokens[-1], hit.entry.text
    after = last.doc[last.i + 1] if last.i + 1 < len(last.doc) else None
    if after is not None and hit.entry.kind in ("region", "city"):
        if text.startswith(("St. ", "St ", "Saint ")) and after.tag_ == "POS":
            return True
        if _INITIAL.fullmatch(after.text) and after.i + 1 < len(last.doc) and last.doc[after.i + 1].text[:1].isupper():
            return True
        if text in places.words and hit.tokens[0].is_sent_start and after.tag_ in _COMMON:
            return True
    return hit.entry.text in places.words and (hit.entity is None or hit.entity.label not in _AGREES)


def _is_language_or_money(hit: _Hit, doc: Doc, places: Places) -> bool:
    """ "speaks English", "in French", "the Russian language", "Canadian dollars"."""
    last = hit.tokens[-1]
    after = doc[last.i + 1] if last.i + 1 < len(doc) else None
    if after is not None and after.lower_ == "-" and last.i + 2 < len(doc):
        after = doc[last.i + 2]
    if after is not None and (
        after.lower_ in places.context.currencies or after.lower_ in places.context.language_nouns
    ):
        return True
    if hit.entity is not None and hit.entity.label == "LANGUAGE" and last.dep_ not in ("amod", "compound", "nmod"):
        return True
    if last.text.endswith("s") or last.tag_ not in ("NNP", "NN", "JJ"):
        return False
    head = last.head
    if last.dep_ == "dobj":
        return head.lemma_ in places.context.language_verbs
    return last.dep_ == "pobj" and head.lower_ in ("in", "into") and head.i == last.i - 1


def _is_local(hit: _Hit, places: Places) -> bool:
    last = hit.tokens[-1]
    return last.dep_ == "pobj" and last.head.lower_ in places.context.local_prepositions


def _country(hit: _Hit, places: Places, use: Use, reason: str) -> Mention:
    code = hit.entry.codes[0]
    entity = hit.entity
    if use != "government" and entity is not None and entity.label == "ORG" and _reaches_beyond(entity, hit):
        use, reason = "name_part", f"{reason} in a name"
    return Mention(hit.start, hit.end, "COUNTRY", places.names[code], use, code, reason)


def _place(hit: _Hit, reason: str) -> Mention:
    return Mention(hit.start, hit.end, "PLACE", hit.entry.text, "place", "", reason)
