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

#: What stands behind a person's name alone: "Tibor Larsk, 45, left", "Tibor Larsk, who left".
_AGE_OR_WHO = re.compile(r"(?:who\b|(?:aged )?[1-9]\d(?=[,.;]))")
#: What ends the first noun phrase of a role, and its words and characters at most.
_ROLE_END = re.compile(r"[,.;:()]| (?:of|at|for|in|with|from|to|on|who|and) ")
_MOST_OF_ROLE, _REACH_AFTER = 6, 60
_HYPHEN = re.compile(r"[-\u2010\u2011]")
#: Words of a person's name at most: "Tibor Larsk", "Radu Ion Vimsk".
_MOST_WORDS = 3


def is_named_like_person(mention: Mention, people: People) -> bool:
    """Whether an "organisation" has a known first name and one or two more words, none of them organisations' own."""
    words = mention.canonical.split()
    return words[0].lower() in people.women_shares and _may_be_persons(words, people)


def _may_be_persons(words: Sequence[str], people: People) -> bool:
    """Whether two or three words of a name are none of organisations': letters, the first of them a capital."""
    kinds = people.organisations | people.states | people.media_names | people.government_names | people.legal_forms
    is_long = 1 < len(words) <= _MOST_WORDS
    return is_long and all(word.isalpha() and word.istitle() and word.lower() not in kinds for word in words[1:])


def is_told_person_after(mention: Mention, text: str, people: People) -> bool:
    """Whether what follows an "organisation" tells that it is a person: "Tibor Larsk, a surveyor at Larn, said".

    With a known first name any role, an age or "who" tells, else an office: "Velu Larsk-Holm, director-general of".
    """
    if mention.origin != "parser" or text[mention.end : mention.end + 2] != ", ":
        return False
    names = [_HYPHEN.sub("", word).capitalize() if "-" in word else word for word in mention.canonical.split()]
    if not _may_be_persons(names, people):
        return False
    is_known = names[0].lower() in people.women_shares
    after = text[mention.end + 2 : mention.end + 2 + _REACH_AFTER]
    if is_known and _AGE_OR_WHO.match(after):
        return True
    words = _ROLE_END.split(after, maxsplit=1)[0].lower().split()
    if not words or len(words) > _MOST_OF_ROLE or not _is_persons(words[-1], people):
        return False
    is_office = words[-1] in people.offices or (words[-1] in people.titles and "-" in words[-1])
    return is_known or (is_office and not people.generic_last_words.intersection(names))


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
