"""Names that an article gives to what an event may happen to: "Harwick" where it speaks of "the Harwick mine".

Part of ``pipeline.extract.events``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from spacy.tokens import Token

from pipeline.extract.columns import read_texts
from pipeline.extract.events.context import EventContext
from pipeline.extract.events.rules import Rules, target_classes
from pipeline.knowledge.events.types import TargetClass

#: Words at most of a name before the noun that it is given to: "Stone Hill Cross / prison".
_NAME_WORDS = 4

#: spaCy's labels for bays, islands and buildings: in "the Alder Island prison" they name the prison, as no town does.
_SITE_LABELS = ("LOC", "FAC")


def names_of_targets(rules: Rules, context: EventContext) -> Mapping[str, str]:
    """First words, in lower case, of the names right before a target noun, with the kind of that noun.

    "harwick" with "plant or mine" for "the Harwick mine". Names of countries and towns are left out: "the Oslo airport"
    does not make Oslo an airport, but "the Alder Island prison" makes Alder one. So are nouns that name any sort of
    thing ("company").
    """
    any_kind = {target.kind for target in rules.event_type.targets if target.name == target.kind}
    kinds: dict[str, str] = {}
    for index, parts_of_speech in enumerate(pairwise(read_texts(context.doc, "POS"))):
        if parts_of_speech != ("PROPN", "NOUN") or context.doc[index].head.i <= index:
            continue
        first, token = first_word_of_name(context.doc[index]), context.doc[index + 1]
        if _may_name(first, context):
            kind = next((one.kind for one in _classes(token, rules) if one.kind in any_kind), "")
            if kind:
                kinds.setdefault(first.lower_, kind)
    return kinds


def _classes(noun: Token, rules: Rules) -> Iterator[TargetClass]:
    """The classes of the noun that the name's phrase is about, then of the noun itself: "jail / complex"."""
    if noun.dep_ == "compound" and noun.head.i == noun.i + 1:
        yield from target_classes(noun.head, rules)
    yield from target_classes(noun, rules)


def _may_name(first: Token, context: EventContext) -> bool:
    is_other = first.i in context.countries or first.ent_type_ in ("GPE", "NORP", "DATE", "CARDINAL", "ORDINAL")
    is_town = first.i in context.places and first.ent_type_ not in _SITE_LABELS
    return not is_other and not is_town and first.i not in context.dates and first.lower_.isalpha()


def first_word_of_name(word: Token) -> Token:
    """The first of the proper nouns in a row up to the word: "Stone" for "Cross" in "the Stone Hill Cross prison"."""
    first = word
    while first.i > 0 and word.i - first.i < _NAME_WORDS and first.nbor(-1).pos_ == "PROPN":
        first = first.nbor(-1)
    return first
