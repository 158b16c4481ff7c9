"""Persons' names from their beginning to their end, where the parser stopped short or went on: ``with_whole_names``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.knowledge.people import People
from pipeline.records import Mention, Span

#: Characters before a name in which a noun or a first name before it stands.
_REACH = 40
#: What a person's name may go on with: "Ahmed Holm el-Sayed", "Rhun Blake ap Iorwerth".
_REST_OF_NAME = re.compile(r" (?:el|al|ul|ur|bin|ibn|ben|abu|ap)[ -][A-Z][\w’'-]+")
#: A noun and one letter before a name: "Chairman A Sakthi".
_LETTER_BEFORE = re.compile(r"\b(?P<noun>[A-Za-z]+) (?P<letter>A) $")
#: A first name and a nickname before a surname: 'Omar "Red" Hale', "Ada (Addie) Brandt".
_NICKNAME_BEFORE = re.compile(
    r"\b[A-Z][a-z]+ (?:[A-Z]\. )?(?:[\"“'‘]|\()[A-Z][\w.-]+(?: [A-Z][\w.-]+)?(?:[\"”'’]|\)) $"
)
#: Letters right behind a name: "Ada Brandt KC".
_LETTERS = re.compile(r" (?P<letters>[A-Z]{2,3})\b")
#: Words of the shortest name with letters at its end, and of a whole name.
_FEWEST_WORDS = 3
_WHOLE_NAME = 2
#: Letters of a role before a name that begins with an initial: "MD" in "MD S Holm".
_ROLE_BEFORE_INITIAL = re.compile(r"[A-Z]{2,4} (?=[A-Z]\.? [A-Z])")
#: A word that a headline with capitals would write with one, and one that has it.
_LOWER_CASE, _CAPITAL = re.compile(r"(?<![\w'’-])[a-z]{4}"), re.compile(r"\b[A-Z][a-z]{3}")
#: Words with capitals for one without in such a headline.
_CAPITALS = 6
#: Where the parser went on to a place: "Brandt, New Jersey", not "Brandt, Jr.".
_PLACE_BEHIND = re.compile(r", (?![JS]r\b)[A-Z]")


def with_whole_names(mentions: Sequence[Mention], text: str, people: People) -> list[Mention]:
    """The mentions with persons' names up to their ends, where the parser stopped before: "Omar Diallo el-Sayed".

    So, too, from the one letter on before which a noun for a person stands, "Chairman A Sakthi", and from the first
    name on before a nickname. Letters behind a name, "Ada Brandt KC", are no part of it as the canonical one.
    """
    whole: list[Mention] = []
    for mention in mentions:
        if whole and mention.end <= whole[-1].end and whole[-1].label == "PERSON":
            continue  # within the longer name
        if mention.label == "PERSON":
            start, end = _whole_span(mention, text, people)
            if (start, end) != (mention.start, mention.end):
                name = f"{text[start : mention.start]}{mention.canonical}{text[mention.end : end]}"
                mention = replace(mention, start=start, end=end, canonical=name)
                while whole and whole[-1].start >= start:
                    whole.pop()
            mention = _with_letters(mention, text, people)
        whole.append(mention)
    return whole


def with_particles_of_names(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with "van Oosten" as the name for "Van Oosten", of a Pieter van Oosten named in full, a person's.

    So names are written where nothing stands before the particle, and at a sentence's start.
    """
    in_full = [mention.canonical for mention in mentions if mention.label == "PERSON" and " " in mention.canonical]
    endings = {name[place:] for name in in_full for place in range(len(name)) if name[place - 1 : place] == " "}
    return [
        replace(mention, canonical=surname, label="PERSON", use="", country="")
        if " " in mention.canonical and (surname := mention.canonical[0].lower() + mention.canonical[1:]) in endings
        else mention
        for mention in mentions
    ]


def _whole_span(mention: Mention, text: str, people: People) -> Span:
    """Where the whole of a person's name begins and ends."""
    rest = _REST_OF_NAME.match(text, mention.end)
    end = rest.end() if rest else mention.end
    reach = max(mention.start - _REACH, 0), mention.start
    if text.endswith(" A ", 0, mention.start):
        letter = _LETTER_BEFORE.search(text, *reach)
        return letter.start("letter") if letter and people.is_person(letter["noun"].lower()) else mention.start, end
    is_surname = " " not in mention.canonical and mention.start > 1 and not text[mention.start - 2].isalnum()
    nickname = _NICKNAME_BEFORE.search(text, *reach) if is_surname else None
    return nickname.start() if nickname else mention.start, end


def _with_letters(mention: Mention, text: str, people: People) -> Mention:
    """The mention up to the letters behind a name of two words and more, which are no part of the canonical name."""
    *words, last = mention.canonical.split()
    if len(words) + 1 >= _FEWEST_WORDS and last.lower() in people.postnominals:
        return replace(mention, canonical=" ".join(words))
    letters = _LETTERS.match(text, mention.end) if words else None
    if letters is None or letters["letters"].lower() not in people.postnominals:
        return mention
    return replace(mention, end=letters.end())


def cut_headline_names(mentions: Sequence[Mention], doc: Doc, text: str, people: People) -> list[Mention]:
    """Names without what a headline's capitals joined to them: "Ada Brandt Backs Holm", "That Ada Brandt".

    A "name" of three words and more that stands but once, begins or ends with one of two and more that the article has
    elsewhere, too, and is a headline's. A first name before it belongs to it: "Ada" of "Ada Holm Brandt".
    """
    counts = Counter(mention.canonical for mention in mentions if mention.label in ("PERSON", "ORG"))
    known = {name for name in counts if " " in name}
    cut = []
    for mention in (_cut_to_name(mention, text) for mention in mentions):
        words = mention.canonical.split()
        own = (
            _name_within(words, known, people) if mention.origin == "parser" and counts[mention.canonical] == 1 else ""
        )
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand") if own else None
        if span is not None and _is_headline(span.sent.text):
            start = mention.start if mention.canonical.startswith(own) else mention.end - len(own)
            mention = replace(mention, start=start, end=start + len(own), canonical=own)
        cut.append(mention)
    return cut


def _is_headline(sentence: str) -> bool:
    """Whether nearly all of a sentence's longer words have capitals."""
    return len(_CAPITAL.findall(sentence)) >= _CAPITALS * len(_LOWER_CASE.findall(sentence))


def _name_within(words: Sequence[str], known: Container[str], people: People) -> str:
    """The longest name of two words and more with which words begin or end; empty for none."""
    for count in range(len(words) - 1, _WHOLE_NAME - 1, -1):
        has_first_name = words[0].lower() in people.women_shares
        for part in (words[:count], *([] if has_first_name else [words[-count:]])):
            if " ".join(part) in known:
                return " ".join(part)
    return ""


def _cut_to_name(mention: Mention, text: str) -> Mention:
    """A person's mention without a role's letters before it and a place behind: "MD S Holm", "Holm, New Jersey"."""
    written = text[mention.start : mention.end]
    role, place = _ROLE_BEFORE_INITIAL.match(written), _PLACE_BEHIND.search(written)
    if mention.label != "PERSON" or not (role or place):
        return mention
    start = role.end() if role else 0
    end = place.start() if place and place.start() > start else len(written)
    return replace(mention, start=mention.start + start, end=mention.start + end, canonical=written[start:end])
