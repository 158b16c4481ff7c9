"""People, organisations, countries and places named in an article: ``find_entities``.

Countries, demonyms and regions come from the tables of models/places (a lexicon knows them better than a statistical
model); people, organisations and other places from the parser's entities, repaired. What stands against a lexicon
name (a person of that name, a language, a currency, a street) is checked on the parse. Offsets are code points into
``article.text``, end excluded.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from pipeline.extract.entities.counties import find_counties
from pipeline.extract.entities.firms import with_firms
from pipeline.extract.entities.gazetteer import DASHES, PARTIES, Entity, find_names, is_surname
from pipeline.extract.syntax import overlaps
from pipeline.knowledge.places import Places
from pipeline.records import Article, Label, Mention, Span, Use

_LABELS: dict[str, Label] = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE"}

_ACRONYM = re.compile(r" ?\(([A-Z][A-Za-z&.-]{1,9})\)")
_NEWSPAPER = re.compile(r"\b[Tt]he ((?:[A-Z][\w'-]+ ?){1,3}) (?:newspaper|daily|weekly|broadcaster|news agency)\b")
#: So many words in capitals make a sentence in capitals.
_SHOUTED = 5
_SETTLEMENTS = frozenset(
    {"village", "villages", "town", "towns", "city", "hamlet", "suburb", "district", "province", "community", "port"}
)
#: Why a mention of the parser's label FAC is a place.
BUILT = "building or road"
#: No name is longer, in characters.
_LONGEST = 200
_LEADING = frozenset({"the", "a", "an"})


class _Taken:
    """Spans found so far, asked for what overlaps a span."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.spans = sorted((mention.start, mention.end) for mention in mentions)

    def overlapping(self, span: Span) -> list[Span]:
        """The spans that share a character with this one."""
        last = bisect_left(self.spans, (span[1], 0))
        first = bisect_left(self.spans, (span[0] - _LONGEST, 0))
        return [each for each in self.spans[first:last] if overlaps(each, span)]


def find_entities(doc: Doc, article: Article, places: Places) -> list[Mention]:
    """All mentions, sorted by start, end and label; countries and organisations of the tables carry their country.

    ``canonical`` is the name as it stands: pipeline.link gives one entity one name, and fills the other countries.
    A mention may lie inside another (a country in the name of an organisation), two never share span and label.
    """
    text = doc.text  # built anew at every call
    entities = list(with_firms(_in_capitals(_joined(_entities(doc, places)), doc), doc, text))
    entities += _speakers(doc, {index for entity in entities for index in range(entity.first, entity.last)}, places)
    inside = {index: entity for entity in entities for index in range(entity.first, entity.last)}
    _, surnames = _name_words(doc, entities)
    counties = list(find_counties(doc, text, inside))
    taken = _Taken(counties)
    found = counties + [
        mention
        for mention in find_names(doc, text, places, inside, surnames)
        if mention.label == "ORG" or not taken.overlapping((mention.start, mention.end))
    ]
    found += _from_parser(doc, text, entities, found, places, surnames)
    found += _unseen(doc, inside, found, places, surnames)
    found += _newspapers(text, found)
    found += _acronyms(article, found)
    return sorted({(m.start, m.end, m.label): m for m in found}.values(), key=lambda m: (m.start, m.end, m.label))


# --- the parser's entities, repaired ---


def _entities(doc: Doc, places: Places) -> Iterator[Entity]:
    for ent in doc.ents:
        if ent.label_ not in _LABELS and ent.label_ not in ("NORP", "LANGUAGE", "EVENT", "WORK_OF_ART"):
            continue
        tokens = _whole_name(ent, doc, places) if ent.label_ == "ORG" else [*ent]
        while tokens and _droppable_start(tokens, ent.label_, places):
            tokens = tokens[1:]
        while tokens and _droppable_end(tokens[-1]):
            tokens = tokens[:-1]
        for part in _each_person(tokens) if ent.label_ == "PERSON" else [tokens]:
            if part:
                yield Entity(ent.label_, part[0].idx, part[-1].idx + len(part[-1]), part[0].i, part[-1].i + 1)


def _joined(entities: Iterable[Entity]) -> Iterator[Entity]:
    """Organisations that stand side by side in one: the parser splits "BNP" from "Paribas" after a possessive."""
    held: Entity | None = None
    for entity in entities:
        if (
            held is not None
            and held.label == entity.label == "ORG"
            and entity.first == held.last
            and entity.start == held.end + 1
        ):
            held = replace(held, end=entity.end, last=entity.last)
            continue
        if held is not None:
            yield held
        held = entity
    if held is not None:
        yield held


def _in_capitals(entities: Iterable[Entity], doc: Doc) -> Iterator[Entity]:
    """A headline in capitals: the parser's names run on into verbs, so only those count that stand elsewhere too."""
    found = list(entities)
    shouted = {entity for entity in found if entity.label in ("PERSON", "ORG") and _is_shouted(doc, entity)}
    known = {_words(doc, entity).upper() for entity in found if entity not in shouted} if shouted else frozenset()
    for entity in found:
        if entity not in shouted:
            yield entity
            continue
        for last in range(entity.last, entity.first, -1):
            cut = replace(entity, last=last, end=doc[last - 1].idx + len(doc[last - 1]))
            if _words(doc, cut) in known:
                yield cut
                break


def _words(doc: Doc, entity: Entity) -> str:
    return " ".join(token.text for token in doc[entity.first : entity.last])


def _is_shouted(doc: Doc, entity: Entity) -> bool:
    """Whether the sentence has five words or more, all in capitals."""
    if not doc[entity.first].is_upper:
        return False
    letters = [token for token in doc[entity.first].sent if token.is_alpha]
    return len(letters) >= _SHOUTED and all(token.is_upper for token in letters)


def _each_person(tokens: list[Token]) -> list[list[Token]]:
    """The two names of "Brandt and Blake", which the parser may take for one."""
    joined = next((at for at, token in enumerate(tokens) if token.lower_ in ("and", "&")), None)
    return [tokens] if joined is None else [tokens[:joined], tokens[joined + 1 :]]


def _speakers(doc: Doc, taken: Collection[int], places: Places) -> Iterator[Entity]:
    """People the parser left out: a name of two or more words that is the subject of a verb of reporting."""
    for token in doc:
        if token.tag_ != "NNP" or token.i in taken or token.dep_ not in ("nsubj", "appos"):
            continue
        top = token.head if token.dep_ == "appos" else token
        verb = top.head
        if top.dep_ != "nsubj" or verb.pos_ != "VERB" or verb.lemma_ not in places.context.reporting_verbs:
            continue
        first = token.i
        while first and doc[first - 1].tag_ == "NNP" and doc[first - 1].head.i == token.i:
            first -= 1
        names = doc[first : token.i + 1]
        if len(names) > 1 and all(t.text[:1].isupper() and t.i not in taken for t in names):
            yield Entity("PERSON", names[0].idx, token.idx + len(token), first, token.i + 1)


def _droppable_end(token: Token) -> bool:
    return token.tag_ == "POS" or not (token.text[-1].isalnum() or token.text[-1] == ".")


def _whole_name(ent: DocSpan, doc: Doc, places: Places) -> list[Token]:
    """The entity with "of the Peoples of Spain" after a noun such as Party, Ministry or Bank."""
    end = ent.end
    if doc[end - 1].text not in places.context.organisation_heads:
        return [*ent]
    while end + 1 < len(doc) and doc[end].text == "of":
        after = end + 2 if doc[end + 1].text == "the" else end + 1
        stop = after
        while stop < len(doc) and doc[stop].tag_ in ("NNP", "NNPS") and doc[stop].text[:1].isupper():
            stop += 1
        if stop == after:
            break
        end = stop
    return [*doc[ent.start : end]]


def _droppable_start(tokens: list[Token], label: str, places: Places) -> bool:
    first = tokens[0]
    lower = first.lower_
    if first.is_space or first.is_punct or first.tag_ == "POS" or lower in _LEADING:
        return True
    if len(tokens) == 1:
        return label == "PERSON" and lower.rstrip(".") in places.context.titles
    if len(tokens) > 2 and tokens[1].tag_ == "POS" and label == "ORG":
        return first.text in places.entries
    if label != "PERSON":
        return False
    known = places.entries.get(first.text)
    demonym = known is not None and known.kind == "demonym" and first.text not in places.persons
    return demonym or lower.rstrip(".") in places.context.titles


def _name_words(doc: Doc, entities: Iterable[Entity]) -> tuple[frozenset[str], frozenset[str]]:
    """First and last words of the article's full personal names: "Jordan" is a man where "Michael Jordan" was named."""
    full = [entity for entity in entities if entity.label == "PERSON" and entity.last - entity.first > 1]
    return frozenset(doc[each.first].text for each in full), frozenset(doc[each.last - 1].text for each in full)


# --- people, organisations and the other places ---


def _from_parser(
    doc: Doc, text: str, entities: Sequence[Entity], known: Sequence[Mention], places: Places, surnames: frozenset[str]
) -> list[Mention]:
    taken = _Taken(known)
    names = {" ".join(text[each.start : each.end].split()) for each in entities}
    mixed = {name.upper(): name for name in names if " " in name and not name.isupper()}
    first_names, _ = _name_words(doc, entities)
    found: list[Mention] = []
    for entity in entities:
        label = _label(entity, doc, places, surnames)
        if label == "PLACE" and _is_first_name(entity, doc, places, first_names):
            label = "PERSON"
        span = (entity.start, entity.end)
        if label is None or not _is_name(doc, entity):
            continue
        within = taken.overlapping(span)
        if within and label != "ORG":
            continue
        if any(start <= span[0] and span[1] <= end + 1 for start, end in within):
            continue
        use: Use = "place" if label == "PLACE" else ""
        name = " ".join(text[span[0] : span[1]].split())
        name = mixed.get(name, name)
        reason = BUILT if label == "PLACE" and entity.label == "FAC" else "parser"
        found.append(Mention(*span, label, name, use, "", reason))
    return found


def _unseen(
    doc: Doc, inside: Mapping[int, Entity], known: Sequence[Mention], places: Places, surnames: frozenset[str]
) -> Iterator[Mention]:
    """What the parser left out: a surname said again, "Uganda's Independent" before a verb of reporting."""
    taken = _Taken(known)
    ends = {mention.end for mention in known if mention.label == "COUNTRY"}
    for token in doc:
        if token.i in inside or token.tag_ not in ("NNP", "NN") or not token.text[0].isupper():
            continue
        coded = token.is_upper and not token.text.isalpha() and token.dep_ == "nsubj"
        if token.tag_ == "NN" and not coded:
            continue
        before, end = doc[max(token.i - 1, 0)], token.idx + len(token)
        owned = before.tag_ == "POS" and before.idx in ends and token.head.lemma_ in places.context.reporting_verbs
        coded = coded and token.head.lemma_ in places.context.reporting_verbs
        if (owned or coded) and token.dep_ == "nsubj" and not taken.overlapping((token.idx, end)):
            yield Mention(token.idx, end, "ORG", token.text, "", "", "subject of a verb of reporting")
        elif (
            token.text in surnames
            and (before.tag_ != "NNP" or not token.i)
            and before.lower_ not in places.context.place_prepositions
        ):
            alone = token.i + 1 == len(doc) or doc[token.i + 1].tag_ not in ("NNP", "NNPS")
            if alone and not taken.overlapping((token.idx, end)):
                yield Mention(token.idx, end, "PERSON", token.text, "", "", "surname of a person named in full")


def _newspapers(text: str, known: Sequence[Mention]) -> list[Mention]:
    """ "the Sunday Herald newspaper", where the parser saw no name."""
    taken = _Taken(known)
    spans = [match.span(1) for match in _NEWSPAPER.finditer(text)]
    return [
        Mention(*span, "ORG", " ".join(text[span[0] : span[1]].split()), "", "", "before a word for newspapers")
        for span in spans
        if not taken.overlapping(span)
    ]


def _label(entity: Entity, doc: Doc, places: Places, surnames: frozenset[str]) -> Label | None:
    """The label, mended: a surname taken for a place is a person, "the Yomiuri newspaper" an organisation."""
    label = _LABELS.get(entity.label)
    if (
        label == "PERSON"
        and entity.last - entity.first > 1
        and doc[entity.last - 1].text in places.context.company_words
    ):
        return "ORG"
    if label == "ORG" and entity.last - entity.first > 2 and doc[entity.last - 1].text in _AFTER_NAMES:
        return "PERSON"
    if label in ("PLACE", "ORG") and is_surname(entity, doc, places, surnames):
        return "PERSON"
    if label == "ORG" and entity.last - entity.first == 1 and _is_misspelt(doc[entity.first], surnames):
        return "PERSON"
    media = entity.last < len(doc) and doc[entity.last].lower_ in places.context.media
    if media and (label == "PLACE" or (label == "PERSON" and doc[entity.last - 1].tag_ != "POS")):
        return "ORG"
    if label in ("PERSON", "ORG") and _is_town(doc, entity, surnames):
        return "PLACE"
    return label


#: What only a person has after the name.
_AFTER_NAMES = frozenset("KC QC MP MEP MSP OBE MBE CBE PhD MD".split())


def _is_first_name(entity: Entity, doc: Doc, places: Places, first_names: frozenset[str]) -> bool:
    """The first word of a full name of this article by itself, which no table has as a place."""
    word = doc[entity.first].text
    before = doc[entity.first - 1].lower_ if entity.first else ""
    alone = entity.last - entity.first == 1 and before not in places.context.place_prepositions
    return alone and word in first_names and word not in places.entries


def _is_town(doc: Doc, entity: Entity, surnames: frozenset[str]) -> bool:
    """ "the village of Odumbe", "HOLMBY - " at the start of a sentence in capitals."""
    if doc[entity.last - 1].text in surnames:
        return False
    first, last = doc[entity.first], doc[entity.last - 1]
    if entity.first > 1 and doc[entity.first - 1].lower_ == "of" and doc[entity.first - 2].lower_ in _SETTLEMENTS:
        return True
    capitals = first.is_sent_start and all(token.is_upper for token in doc[entity.first : entity.last])
    return bool(capitals and last.whitespace_) and entity.last < len(doc) and doc[entity.last].text in DASHES


def _is_misspelt(token: Token, surnames: Iterable[str]) -> bool:
    """Whether a clause's subject may be a surname misspelt: the same first letter, and most of the others."""
    if token.dep_ != "nsubj" or len(token) < _LETTERS:
        return False
    like = (SequenceMatcher(None, name, token.text, autojunk=False) for name in surnames if name[0] == token.text[0])
    return any(matcher.ratio() >= _LIKE for matcher in like)


#: A misspelt surname has so many letters at least, and is so like the right one.
_LETTERS, _LIKE = 5, 0.8


def _is_name(doc: Doc, entity: Entity) -> bool:
    tokens = doc[entity.first : entity.last]
    if tokens[0].text.partition("-")[0] in PARTIES and "-" in tokens.text:
        return False  # "R-Toledo"
    if not any(token.text[:1].isupper() for token in tokens) or all(
        token.tag_ in ("PRP", "PRP$", "CD") for token in tokens
    ):
        return False
    if entity.label == "PERSON":
        return tokens[0].text[:1].isupper() and not any(token.like_num or token.like_url for token in tokens)
    return not any(token.like_url for token in tokens) and any(len(token) > 1 for token in tokens)


def _acronyms(article: Article, found: Sequence[Mention]) -> list[Mention]:
    """The acronym that follows an organisation in brackets, as a mention of the same organisation."""
    new: list[Mention] = []
    for mention in found:
        match = _ACRONYM.match(article.text, mention.end) if mention.label == "ORG" else None
        if match and sum(letter.isupper() for letter in match[1]) > 1:
            new.append(Mention(match.start(1), match.end(1), "ORG", mention.canonical, "", mention.country, "acronym"))
    return new
