"""Surnames of those whom an article names first by the first name alone, beside somebody of their family.

"Patrick Dunne died. His widow, Maria, wept. Mrs Dunne said": Maria Dunne. "Tom and Helen Marsh": Tom Marsh.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.knowledge.people import People, Sex
from pipeline.link.ages import age_behind
from pipeline.records import Mention

#: What joins the first name to a name in full: "Tom and Helen Marsh", "Tom & Helen Marsh".
_JOINED = re.compile(r" (?:and|&) ")
#: A noun for a relative right before a first name: "his widow, Maria", "her dad Ken"; not "his husband's friend Ken".
_KIN_BEFORE = re.compile(r"\b(?P<kin>[a-z]+(?:-[a-z]+)?),? $")
#: A title right before a surname.
_TITLE_BEFORE = re.compile(r"\b(?P<title>[A-Z][a-z]{1,4}\.?) $")
#: Characters before a name in which either stands.
_REACH = 25


def with_family_names(mentions: Sequence[Mention], text: str, people: People) -> list[Mention]:
    """The mentions with whole canonical names for first names whose surname the article tells, in the same order."""
    named = list(mentions)
    in_full = {word for mention in mentions if " " in mention.canonical for word in mention.canonical.split()}
    for number, mention in enumerate(mentions):
        if mention.label != "PERSON" or " " in mention.canonical or mention.canonical in in_full:
            continue
        is_first = all(before.canonical != mention.canonical for before in mentions[:number])
        if is_first and number + 1 < len(mentions) and _are_couple(mention, mentions[number + 1], text, people):
            surname = mentions[number + 1].canonical.split()[-1]
            named[number] = replace(mention, canonical=f"{mention.canonical} {surname}")
        elif sex := _sex_of_relative(mention, text, people):
            _name_relative(named, number, sex, text, people)
    return named


def with_titles_apart(mentions: Sequence[Mention], text: str, people: People) -> list[Mention]:
    """The mentions with "Mr Dow" and "Mrs Dow" for names where the article has both and calls neither otherwise."""
    titles: dict[tuple[str, Sex], str] = {}
    for mention in mentions:
        if mention.label == "PERSON" and (title := _title_of(mention, text, people)):
            titles.setdefault((mention.canonical, people.sex_of_word(title.lower())), title)
    both = {name for name, sex in titles if " " not in name and (name, "m") in titles and (name, "f") in titles}
    return [
        replace(
            mention, canonical=f"{titles[mention.canonical, people.sex_of_word(title.lower())]} {mention.canonical}"
        )
        if mention.canonical in both and mention.label == "PERSON" and (title := _title_of(mention, text, people))
        else mention
        for mention in mentions
    ]


def _are_couple(first: Mention, second: Mention, text: str, people: People) -> bool:
    """Whether a first name shares the surname of the one behind it: "Tom and Helen Marsh"."""
    _, _, surname = second.canonical.partition(" ")
    is_joined = second.label == "PERSON" and _JOINED.fullmatch(text, first.end, second.start) is not None
    return is_joined and bool(surname) and _is_first_name(first, people)


def _name_relative(named: list[Mention], number: int, sex: Sex, text: str, people: People) -> None:
    """Give somebody's relative the surname that a title and the surname of the family tell later, in place."""
    family: dict[str, list[Mention]] = {}
    for mention in named[:number]:
        if mention.label == "PERSON" and " " in mention.canonical and not _title_in(mention, people):
            family.setdefault(mention.canonical.split()[-1], []).append(mention)
    for later in range(number + 1, len(named)):
        mention = named[later]
        surname = mention.canonical.split()[-1]
        known = family.get(surname, []) if mention.label == "PERSON" else []
        title = _title_of(mention, text, people) if known else ""
        if not known or people.sex_of_word(title.lower()) != sex:
            continue
        if all(_is_somebody_else(mention, one, sex, text, people) for one in known):
            whole = f"{named[number].canonical} {surname}"
            named[number] = replace(named[number], canonical=whole)
            named[later] = replace(mention, canonical=whole)
        return


def _is_somebody_else(mention: Mention, known: Mention, sex: Sex, text: str, people: People) -> bool:
    """Whether a title and surname are no name of the one who bears the surname in full: another sex or age."""
    first, _, _ = known.canonical.partition(" ")
    if people.likely_sex_of_name(first) not in ("", sex):
        return True
    age, other = age_behind(text, mention.end), age_behind(text, known.end)
    return bool(age and other) and age != other


def _sex_of_relative(mention: Mention, text: str, people: People) -> Sex:
    """The sex that a noun for a relative before a first name tells: "his widow, Maria"; empty for no such noun."""
    before = _KIN_BEFORE.search(text, max(mention.start - _REACH, 0), mention.start)
    if before is None or before["kin"] not in people.kin:
        return ""
    return people.sex_of_word(before["kin"]) or people.sex_of_name(mention.canonical)


def _is_first_name(mention: Mention, people: People) -> bool:
    """Whether a name of one word is a known first name: "Maria"."""
    return mention.canonical.lower() in people.women_shares


def _title_of(mention: Mention, text: str, people: People) -> str:
    """The "Mr" or "Mrs" before a bare surname, or in the name; empty for none."""
    if " " in mention.canonical:
        return _title_in(mention, people)
    before = _TITLE_BEFORE.search(text, max(mention.start - _REACH, 0), mention.start)
    own = text[mention.start : mention.end].split()
    title = own[0] if len(own) > 1 else before["title"] if before is not None else ""
    return title if title.lower() in people.honorifics else ""


def _title_in(mention: Mention, people: People) -> str:
    """The title that the parser took into a name of two words: "Mrs Dow"."""
    first, _, surname = mention.canonical.partition(" ")
    return first if first.lower() in people.honorifics and " " not in surname else ""
