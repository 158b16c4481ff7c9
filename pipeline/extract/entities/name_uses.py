"""How an article uses names that only the parser takes for places: as a place, as a firm or product, or as neither.

The parser guesses at names that it never saw by their shape. What stands around the mentions of a name tells more: "in
Holmby", "Holmby, Norway", "Fjordgram's users", "shares of Fjordgram".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from spacy.tokens import Token

from pipeline.extract.entities.name_matches import DASHES
from pipeline.extract.entities.parser_entities import PLACE_LABELS, ParsedNames, ParserEntity
from pipeline.knowledge.context_words import ContextWords
from pipeline.rule_table import Rule, always, constant, first_rule

#: What a mention shows its name to be; "perhaps place" holds where nothing speaks for a firm, empty when nothing tells.
NameUse = Literal["place", "perhaps place", "firm", ""]
#: Parts of speech that may stand between a preposition and the name: "in the rural Holmby".
_BEFORE_NAME = frozenset({"DET", "ADJ"})
#: What stands between the names of a list: "Holmby, Larn and Oslo".
_LIST_WORDS = frozenset({",", "and", "or", "&"})


def find_name_uses(parsed: ParsedNames) -> dict[str, NameUse]:
    """By each name that the parser takes for a town or region, or for somebody who is named nowhere with two names, as
    it stands, what its mentions show it to be.

    A name that mentions show to be a firm or product is one, unless as many show a place. Names in a list are places
    where another name of the list is.
    """
    entities = [entity for entity in parsed.entities if entity.label in PLACE_LABELS or _is_lone_name(entity, parsed)]
    counts: Mapping[str, Counter[NameUse]] = defaultdict(Counter)
    for entity in entities:
        case = UseCase(entity, parsed)
        use = first_rule(USE_RULES if entity.label in PLACE_LABELS else TRADE_RULES, case).outcome(case)
        for name in _shown_names(_surface(entity, parsed), use):
            counts[name][use] += 1
    uses: dict[str, NameUse] = {name: _decide(of_name) for name, of_name in counts.items()}
    _spread_along_lists(entities, parsed, uses)
    return uses


def _is_lone_name(entity: ParserEntity, parsed: ParsedNames) -> bool:
    """Whether the parser takes a single word for somebody whose other names the article doesn't have: "Fjordgram"."""
    if entity.label != "PERSON" or not entity.is_one_word:
        return False
    name = parsed.doc[entity.first_token].text
    return name not in parsed.surnames and name not in parsed.first_names


def _shown_names(surface: str, use: NameUse) -> Iterator[str]:
    """The name, and what a longer name of a place shows of a shorter one: "Holmby" by "Holmby Valley"."""
    yield surface
    shorter = surface.rpartition(" ")[0]
    if use == "place" and shorter:
        yield shorter


def _surface(entity: ParserEntity, parsed: ParsedNames) -> str:
    return " ".join(parsed.text[entity.start : entity.end].split())


def _decide(counts: Counter[NameUse]) -> NameUse:
    if counts["firm"] > counts["place"]:
        return "firm"
    return "place" if counts["place"] or counts["perhaps place"] else ""


def _spread_along_lists(entities: Sequence[ParserEntity], parsed: ParsedNames, uses: dict[str, NameUse]) -> None:
    """A name that stands in a list beside a place is a place, as one that the tables know: "Holmby, Oslo and Larn"."""
    pairs = [
        (_surface(first, parsed), _surface(second, parsed))
        for first, second in pairwise(entities)
        if _are_listed(first, second, parsed)
    ]
    for pair in (*pairs, *reversed(pairs)):
        known = any(uses[name] == "place" or name in parsed.table.entries for name in pair)
        for name in pair:
            uses[name] = uses[name] or ("place" if known else "")


def _are_listed(first: ParserEntity, second: ParserEntity, parsed: ParsedNames) -> bool:
    between = range(first.end_token, second.first_token)
    return 1 <= len(between) <= 2 and all(parsed.doc[index].lower_ in _LIST_WORDS for index in between)


@dataclass(frozen=True, slots=True)
class UseCase:
    """A mention that the parser takes for a place."""

    #: The parser's entity.
    entity: ParserEntity
    #: The article it stands in.
    parsed: ParsedNames

    @property
    def words(self) -> ContextWords:
        """The words around names that tell what they are."""
        return self.parsed.table.context

    @property
    def root(self) -> Token:
        """The token of the name that the others hang on."""
        return self.entity.tokens(self.parsed.doc).root

    @property
    def before(self) -> Token | None:
        """The token before the name, articles and adjectives apart; None at the start of the text."""
        index = self.entity.first_token - 1
        while index > 0 and self.parsed.doc[index].pos_ in _BEFORE_NAME:
            index -= 1
        return self.parsed.doc[index] if index >= 0 else None

    @property
    def is_owner(self) -> bool:
        """Whether the name owns what follows: "Fjordgram's users"."""
        after = self.after(1)
        return after is not None and after.tag_ == "POS"

    def after(self, number: int) -> Token | None:
        """The token that stands ``number`` tokens after the name's last."""
        index = self.entity.end_token - 1 + number
        return self.parsed.doc[index] if index < len(self.parsed.doc) else None

    @property
    def noun_after(self) -> Token | None:
        """What the name owns or describes, right behind it: "users" of "Fjordgram's users" and "Fjordgram users"."""
        return self.after(2 if self.is_owner else 1)


def _is_held_or_led(case: UseCase) -> bool:
    """Whether somebody has shares in it, leads or makes it: "a stake in Fjordgram", "the maker of Fjordgram"."""
    before = case.before
    if before is None or before.dep_ != "prep":
        return False
    nouns = case.words.firm_nouns if before.lower_ == "of" else case.words.holding_words
    return before.head.lemma_.lower() in nouns


def _has_what_firms_have(case: UseCase) -> bool:
    noun = case.noun_after
    if noun is None or noun.pos_ not in ("NOUN", "PROPN"):
        return False
    return noun.lemma_.lower() in case.words.firm_nouns or noun.head.lemma_.lower() in case.words.firm_nouns


def _does_as_firms_do(case: UseCase) -> bool:
    return case.root.dep_ in ("nsubj", "nsubjpass") and case.root.head.lemma_ in case.words.firm_verbs


def _has_price(case: UseCase) -> bool:
    """Whether it rises or falls by a share: "Fjordgram fell 4%"."""
    verb = case.root.head
    if case.root.dep_ != "nsubj" or verb.lemma_ not in case.words.price_verbs:
        return False
    return any(token.lower_ in case.words.price_units for token in verb.subtree)


def _has_places_word(case: UseCase) -> bool:
    """Whether a word of a name of several is a place's: "Holmby Valley", "western Larn", "Upper Norway"."""
    words, entries = case.words, case.parsed.table.entries
    tokens = case.entity.tokens(case.parsed.doc)
    if any(token.lower_.strip(".") in words.compass_words for token in tokens):
        return True
    return len(tokens) > 1 and any(
        token.text in words.feature_nouns
        or token.text in words.place_prefixes
        or token.lower_ in words.area_nouns
        or token.text in entries
        for token in tokens
    )


def _is_people_of_region(case: UseCase) -> bool:
    """Whether the name is made of a region's of the tables: "Ohioans", "Vermonter"."""
    name = _surface(case.entity, case.parsed).removesuffix("s")
    regions = (name.removesuffix(ending) for ending in case.words.region_endings if name.endswith(ending))
    return any(
        region in case.parsed.table.entries and case.parsed.table.entries[region].kind == "region" for region in regions
    )


def _is_after_place_preposition(case: UseCase) -> bool:
    """Whether a preposition of place stands before it, or before the list that it is in: "in Holmby, Larn and Oslo"."""
    before = case.before
    if before is not None and before.lower_ in case.words.unnamed_place_prepositions:
        return not case.is_owner  # "outside Fjordgram's headquarters"
    first = _first_of_list(case.root)
    return first is not case.root and first.dep_ == "pobj" and first.head.lower_ in case.words.town_prepositions


def _first_of_list(token: Token) -> Token:
    while token.dep_ in ("conj", "appos") and token.head.i < token.i:
        token = token.head
    return token


def _is_after_weak_preposition(case: UseCase) -> bool:
    """Whether "to", "from" or the like stands before it, as before firms, too: "trains from Holmby"."""
    before = case.before
    if before is None or before.lower_ not in case.words.weak_place_prepositions or case.is_owner:
        return False
    return before.head.lower_ not in case.words.source_phrases


def _is_taken_or_visited(case: UseCase) -> bool:
    """Whether it is what armies, storms and visitors have for an object: "shelled Holmby", "Holmby was flooded"."""
    return case.root.dep_ in ("dobj", "nsubjpass") and case.root.head.lemma_ in case.words.place_verbs


def _is_somebodys_home(case: UseCase) -> bool:
    """Whether it says where somebody is from: "Ada Brandt of Holmby", "both of Holmby", "Ada Brandt, 41, of Holmby"."""
    before = case.before
    if before is None or before.lower_ != "of" or before.i == 0:
        return False
    owner = case.parsed.doc[before.i - 1]
    named = case.parsed.entity_at.get(owner.i)
    return owner.text == "," or owner.lower_ == "both" or (named is not None and named.label == "PERSON")


def _ends_address(case: UseCase) -> bool:
    """Whether the name of a street and a comma stand before it: "12 Mill Street, Holmby"."""
    first = case.entity.first_token
    return (
        first > 1
        and case.parsed.doc[first - 1].text == ","
        and case.parsed.doc[first - 2].text in case.words.feature_nouns
    )


def _is_before_holder(case: UseCase) -> bool:
    """Whether a comma and a name of the tables follow: "Holmby, Norway"."""
    comma, following = case.after(1), case.after(2)
    if comma is None or following is None or comma.text not in (",", "("):
        return False
    names = case.parsed.table.entries_by_first_word.get(following.text, ())
    return following.text[:1].isupper() and any(case.parsed.text.startswith(name, following.idx) for name, _ in names)


def _is_beside_area_noun(case: UseCase) -> bool:
    """Whether a noun for places stands beside it: "the town of Holmby", "the Holmby area", "Holmby, a village"."""
    before, noun, root = case.before, case.noun_after, case.root
    words = case.words.area_nouns | case.words.town_nouns
    if before is not None and before.lower_ == "of" and before.head.lower_ in words and not case.is_owner:
        return True
    if before is not None and before.lower_ in case.words.area_nouns:
        return True
    if noun is not None and noun.lower_ in words:
        return True
    first = _first_of_list(root)
    if first.dep_ in ("compound", "nmod") and first.head.lower_ in words:
        return True
    is_apposition = root.dep_ == "appos" and root.head.lower_ in case.words.area_nouns
    return is_apposition or any(child.dep_ == "appos" and child.lower_ in words for child in root.children)


def _opens_dateline(case: UseCase) -> bool:
    after = case.after(1)
    if after is None or not case.entity.tokens(case.parsed.doc)[0].is_sent_start:
        return False
    return after.text in DASHES and bool(case.parsed.doc[after.i - 1].whitespace_)


def _is_base(case: UseCase) -> bool:
    hyphen, word = case.after(1), case.after(2)
    based = case.parsed.doc[case.entity.end_token - 1].lower_.endswith("-based")
    return based or (hyphen is not None and hyphen.text == "-" and word is not None and word.lower_ == "based")


#: What a mention that the parser takes for a person shows its name to be: people launch and own things, too, but nobody
#: has shares in them.
TRADE_RULES: tuple[Rule[UseCase, NameUse], ...] = (
    Rule("held or led", _is_held_or_led, constant("firm")),
    Rule("has a price", _has_price, constant("firm")),
    Rule("nothing tells", always, constant("")),
)
#: What a mention that it takes for a place shows. To add a rule, put a row where it must come before what it overrules.
USE_RULES: tuple[Rule[UseCase, NameUse], ...] = (
    Rule("held or led", _is_held_or_led, constant("firm")),
    Rule("has what firms have", _has_what_firms_have, constant("firm")),
    Rule("does as firms do", _does_as_firms_do, constant("firm")),
    Rule("has a price", _has_price, constant("firm")),
    Rule("place's word in the name", _has_places_word, constant("place")),
    Rule("people of a region", _is_people_of_region, constant("place")),
    Rule("somebody's home", _is_somebodys_home, constant("place")),
    Rule("end of an address", _ends_address, constant("place")),
    Rule("preposition of place", _is_after_place_preposition, constant("place")),
    Rule("taken or visited", _is_taken_or_visited, constant("place")),
    Rule("place of the tables after it", _is_before_holder, constant("place")),
    Rule("noun for places beside it", _is_beside_area_noun, constant("place")),
    Rule("dateline", _opens_dateline, constant("place")),
    Rule("base", _is_base, constant("place")),
    Rule("weak preposition of place", _is_after_weak_preposition, constant("perhaps place")),
    Rule("nothing tells", always, constant("")),
)
