"""People whom the parser has by the surname alone, or takes for organisations: "the surveyor Tibor Larsk"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.knowledge.people import People
from pipeline.records import Mention

#: A noun in small letters and a first name, with an initial or without, right before a surname.
_NOUN_AND_FIRST_NAME = re.compile(r"(?<![\w'’-])(?P<noun>[a-z]{2,20}) (?P<first>[A-Z][a-z]{1,15} (?:[A-Z]\. )?)$")
#: Characters before a name in which both stand.
_REACH = 42

#: Words of a person's name at most: "Tibor Larsk", "Radu Ion Vimsk".
_MOST_WORDS = 3


def is_named_like_person(mention: Mention, people: People) -> bool:
    """Whether an "organisation" has a known first name and one or two more words, none of them organisations' own."""
    first, *rest = mention.canonical.split()
    if not rest or len(rest) >= _MOST_WORDS or first.lower() not in people.women_shares:
        return False
    kinds = people.organisations | people.states | people.media_names | people.government_names | people.legal_forms
    return all(word.isalpha() and word.istitle() and word.lower() not in kinds for word in rest)


def with_first_names(mentions: Sequence[Mention], text: str, people: People) -> list[Mention]:
    """The mentions with whole names of persons for surnames that the parser has alone, often as an organisation.

    "The surveyor Tibor Larsk said", where it has only "Larsk": a noun for one person, a word with a capital that is no
    name to it, and the surname. Every mention of that one word becomes the person's.
    """
    starts: dict[int, int] = {}
    ends = {mention.end for mention in mentions}
    for mention in mentions:
        if _may_be_surname(mention):
            before = _NOUN_AND_FIRST_NAME.search(text, max(mention.start - _REACH, 0), mention.start)
            if before is not None and before.end("first") - 1 not in ends and _is_persons(before["noun"], people):
                starts[mention.start] = before.start("first")
    surnames = {mention.canonical for mention in mentions if mention.start in starts}
    return [
        _as_person(mention, starts.get(mention.start, mention.start), text)
        if _may_be_surname(mention) and mention.canonical in surnames
        else mention
        for mention in mentions
    ]


def _may_be_surname(mention: Mention) -> bool:
    is_parsed = mention.origin == "parser" and mention.use != "name_part"
    is_word = mention.canonical.isalpha() and not mention.canonical.isupper()
    return is_parsed and is_word and mention.label in ("ORG", "PLACE", "PERSON")


def _is_persons(noun: str, people: People) -> bool:
    """Whether a noun is one for a person alone: "surveyor", not "broadcaster", which is a firm as well."""
    return people.is_person(noun) and noun not in people.organisations | people.firms | people.telling_kinds


def _as_person(mention: Mention, start: int, text: str) -> Mention:
    name = " ".join(text[start : mention.end].split())
    return replace(mention, start=start, canonical=name, label="PERSON", use="", country="")
