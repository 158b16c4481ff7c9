"""Nouns for a trade that a sentence's capital joined to a firm's name: "Chipmaker Brandt Inc." is "Brandt Inc."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.knowledge.people import People
from pipeline.link.phrases import opens_sentence
from pipeline.records import Mention

#: Nouns of trades that names have as well: "Bank Norden AG", "Group Holm SA".
_IN_NAMES = frozenset(
    {"bank", "group", "company", "exchange", "utility", "firm", "business", "supermarket", "provider"}
)
#: Last words of firms' names that are no legal form: "Retailer Brandt Group".
_ENDS = frozenset({"group", "holdings", "industries", "motors", "systems", "technologies"})
#: Words of a firm's name at least, behind the noun.
_FEWEST_WORDS = 2


def without_kinds(mentions: Sequence[Mention], doc: Doc, text: str, people: People) -> list[Mention]:
    """The mentions, organisations' names without the noun of a trade that opens a sentence: "Chipmaker Brandt Inc.".

    The rest must be a firm's name by itself, with a legal form or a word such as "Group" at its end, and the noun stand
    nowhere in the article by itself.
    """
    kinds = (people.firms | people.telling_kinds) - people.owners - _IN_NAMES
    may_begin = {kind.capitalize() for kind in kinds}
    shortened: list[Mention] = []
    for mention in mentions:
        kind, _, rest = mention.canonical.partition(" ")
        is_joined = mention.label == "ORG" and kind in may_begin and _is_name_of_firm(rest, people)
        span = doc.char_span(mention.start, mention.end) if is_joined and not _stands_alone(kind, text) else None
        if span is not None and opens_sentence(span[0]):
            behind = re.compile(rf"{re.escape(kind)}\s+").match(text, mention.start)
            start = behind.end() if behind is not None else mention.start
            mention = replace(mention, start=start, canonical=rest)
        shortened.append(mention)
    return shortened


def _stands_alone(kind: str, text: str) -> bool:
    """Whether the noun stands with its capital before no other one: "Carrier said" of Carrier Global Corp."""
    return re.search(rf"\b{re.escape(kind)}\b(?! [A-Z])", text) is not None


def _is_name_of_firm(name: str, people: People) -> bool:
    """Whether words are a firm's name by their last one: "Brandt Inc.", "Brandt Group", and not "Group plc"."""
    ends = people.legal_forms | _ENDS
    first, *others = name.lower().replace(".", "").split() or [""]
    return len(others) + 1 >= _FEWEST_WORDS and others[-1] in ends and first not in ends
