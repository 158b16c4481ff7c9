"""Short names of organisations and the one longer name that each stands for: ``find_long_names``."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.knowledge.people import People
from pipeline.records import Mention

#: Letters of the shortest short name that is no acronym: "Ax" of "Ax Mutual" may be anything, "Larn" is taken.
_SHORTEST = 3
#: Letters of the shortest acronym: "HC" of "Harbour Council", where the article has no other organisation of these.
_SHORTEST_ACRONYM = 2
#: Between an organisation's name and another that it has.
_KNOWN_AS = re.compile(
    r"(?: \([^()]*\))?,? (?:which is )?(?:also |better |commonly |widely )?known as (?:the )?[\"“'‘]?"
)
#: The name of what has a government of its own: "Larn's government said"; a firm has "government contracts".
_WITH_GOVERNMENT = re.compile(
    r"\b(?P<owner>[A-Z]\w+)['’]s (?:government|regime)(?=[,.]| (?:said|says|has|had|is|was|will|would|denied)\b)"
)
#: British spellings in names of organisations and the American ones of the same words: "World Trade Organisation".
_SPELLINGS = (("isation", "ization"), ("centre", "center"), ("defence", "defense"), ("labour", "labor"))
#: Small words without a letter among initials, unlike the "of" of "Department of Transport", the DOT.
_NOT_IN_INITIALS = frozenset({"and", "the", "&"})
#: A word that may be blended of two, and the letters of each in it at least.
_BLEND = re.compile(r"[A-Z][A-Za-z]{4,11}")
_SHORTEST_PART = 2
#: How many times as often as its product a firm is named that is called after none.
_OFTENER = 3
#: Letters of the longest acronym: "UNESCO" has six; longer words in capitals are names or shouted.
_LONGEST_ACRONYM = 6


def find_long_names(mentions: Sequence[Mention], people: People, text: str = "") -> dict[str, str]:
    """The longer name of each short one that only one organisation of the article can have.

    Short names are initials ("NFC", "MoD"; of "U.S. Harbour Trust Agency" also "HTA" and "U.S. HTA"), the last word
    ("the Gazette" of "Fjord Gazette") and the first words ("Larn" of "Larn Shipping Inc."), but no word that ends many
    names ("the Ministry"). Initials that stand in the text before they begin a longer name are whose the thing is ("LRN
    Harbour LLC" is then a unit of LRN), and so is a name before a model's number ("Larn X200"), or a place before its
    police or council, or what the ``text`` tells of a government of: "Larn's government" is not the Larn Front's.
    Several words named before a longer name begins with them are a name of their own.
    ``mentions`` are in text order.
    """
    names = sorted({mention.canonical for mention in mentions if mention.label == "ORG" and " " in mention.canonical})
    order = {mention.canonical: place for place, mention in reversed([*enumerate(mentions)]) if mention.label == "ORG"}
    places = {mention.canonical for mention in mentions if mention.label == "PLACE"}
    ruled = {found["owner"] for found in _WITH_GOVERNMENT.finditer(text)}
    counts = Counter(mention.canonical for mention in mentions if mention.label == "ORG")
    long_names: dict[str, set[str]] = defaultdict(set)
    without_place = _names_without_place(mentions)
    for name in names:
        for short in (*_short_names(name, people), *_initials(without_place.get(name, ""))):
            is_second = order.get(short, len(mentions)) > order[name]
            is_own = " " in short and not is_second and name.startswith(f"{short} ")  # "United Ports"
            is_own = is_own or short in ruled or (short in places and _is_body_of(name, short, people))
            is_own = is_own or (not is_second and _is_product_of(short, name, counts, people))
            if not is_own and not _is_part_of(name, short, people, is_second=is_second):
                long_names[short].add(name)
    return {
        short: min(names, key=len)
        for short, names in ((short, _firms_among(short, names, people)) for short, names in long_names.items())
        if _are_one_name(names)
        and len(short) >= (_SHORTEST_ACRONYM if short.isupper() else _SHORTEST)
        and short not in people.generic_last_words
    }


def find_other_names(mentions: Sequence[Mention], text: str) -> dict[str, str]:
    """The name that the text gives first, by another that it is "known as": "the Harbour Board, known as LAPO".

    Also by a word blended of its last two ("Fircom" of "Larn Fire Command"), and by the same name as it is spelled on
    the other side of the Atlantic ("Organisation", "Organization").
    ``mentions`` are in text order.
    """
    organisations = [mention.canonical for mention in mentions if mention.label == "ORG"]
    first_spelled: dict[str, str] = {}
    for name in organisations:
        first_spelled.setdefault(_american(name), name)
    spellings = {name: first for name in organisations if (first := first_spelled[_american(name)]) != name}
    return (
        spellings
        | _find_blends(mentions)
        | {
            other.canonical: first.canonical
            for first, other in pairwise(mentions)
            if first.label == "ORG" and _KNOWN_AS.fullmatch(text, first.end, other.start)
        }
    )


def _find_blends(mentions: Sequence[Mention]) -> dict[str, str]:
    """The organisation of the beginnings of whose last two words each word is made: "Harco" of "Harbour Council"."""
    words = {
        mention.canonical
        for mention in mentions
        if mention.label in ("ORG", "PERSON") and _BLEND.fullmatch(mention.canonical)
    }
    named = {mention.canonical for mention in mentions if mention.label == "ORG" and " " in mention.canonical}
    blended: dict[str, set[str]] = defaultdict(set)
    for name in sorted(named) if words else ():
        first, second = name.lower().split()[-2:]
        for word in sorted(words):
            if word.lower() not in (first, second) and _is_blend(word.lower(), first, second):
                blended[word].add(name)
    return {word: min(names, key=len) for word, names in blended.items() if _are_one_name(names)}


def _is_blend(word: str, first: str, second: str) -> bool:
    """Whether a word is made of the beginnings of two others, two letters of each at least and one left out."""
    joints = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    is_cut = len(word) < len(first) + len(second)
    return is_cut and any(first.startswith(word[:joint]) and second.startswith(word[joint:]) for joint in joints)


def _american(name: str) -> str:
    """The name in small letters with American spelling, to compare."""
    name = name.lower()
    for british, american in _SPELLINGS:
        name = name.replace(british, american)
    return name


def _firms_among(short: str, names: set[str], people: People) -> set[str]:
    """Those of the longer names that only add a firm's legal form, else all: "Larn Inc." before "Larn Beach"."""
    return {name for name in names if name.removeprefix(f"{short} ").lower().strip(".") in people.legal_forms} or names


def _is_body_of(name: str, place: str, people: People) -> bool:
    """Whether a name is a public body's that is called after its place, which is no short name of it: "Larn Police"."""
    return name.startswith(f"{place} ") and name.split()[-1].lower() in people.government_names


def _is_product_of(owner: str, name: str, counts: Mapping[str, int], people: People) -> bool:
    """Whether a name is a product's of a firm that the text names before and far oftener: "Larnbook Live".

    No word behind the firm's name is one for organisations ("Larn Media Group"), nor a plural ("Larn Airlines").
    """
    if not name.startswith(f"{owner} ") or counts.get(owner, 0) < _OFTENER * counts[name]:
        return False
    rest = [word.lower().strip(".,") for word in name.removeprefix(f"{owner} ").split()]
    of_firms = people.organisations | people.states | people.legal_forms | people.media_names | people.kinds_in_names
    return of_firms.isdisjoint(rest) and not rest[-1].endswith("s")


def _is_part_of(name: str, owner: str, people: People, *, is_second: bool) -> bool:
    """Whether a name is that of a unit or a product of the organisation whose name it begins with.

    ``is_second``: whether the text has the owner's name only after the longer one.
    """
    rest = name.removeprefix(f"{owner} ").split()
    if len(rest) == len(name.split()):
        return False
    is_initials = owner.isupper() and len(owner) <= _LONGEST_ACRONYM and not owner.count(" ")
    is_unit = is_initials and not is_second and any(word.lower().strip(".,") not in people.legal_forms for word in rest)
    return is_unit or any(character.isdigit() for word in rest for character in word)


def _names_without_place(mentions: Sequence[Mention]) -> dict[str, str]:
    """The rest of each organisation's name that begins with a place's: "Harbour Agency" of "U.S. Harbour Agency"."""
    place_ends = {mention.start: mention.end for mention in mentions if mention.label in ("COUNTRY", "PLACE")}
    return {
        mention.canonical: mention.canonical[place_ends[mention.start] - mention.start :].strip()
        for mention in mentions
        if mention.label == "ORG" and mention.start in place_ends and place_ends[mention.start] < mention.end
    }


def _initials(name: str) -> Iterator[str]:
    """The first letters of the capitalised words of a name, where there are several."""
    letters = "".join(word[0] for word in name.split() if word[:1].isupper())
    if len(letters) > _SHORTEST_ACRONYM:  # "Kenya Ports Authority" is no "PA"
        yield letters


def _short_names(name: str, people: People) -> Iterator[str]:
    words = name.split()
    capitalised = [word for word in words if word[:1].isupper()]
    yield "".join(word[0] for word in capitalised)
    if len(capitalised) > _SHORTEST_ACRONYM and words[-1].lower().strip(".,") in people.legal_forms:
        yield "".join(word[0] for word in capitalised[:-1])  # "LS" of "Larn Shipping Co."
    if "of" in words[1:]:
        body = words[words.index("of", 1) - 1 :]  # without the place before: "Larn Department of Transport"
        letters = "".join(word[0] for word in body if word.lower() not in _NOT_IN_INITIALS)
        yield from (letters, letters.upper())  # "MoD", "DOT"
    if len(capitalised) > _SHORTEST_ACRONYM:  # "Larn ISO" of "Larn Independent System Operator"
        yield f"{capitalised[0]} {''.join(word[0] for word in capitalised[1:])}"
    yield capitalised[-1] if capitalised else ""
    for length in range(1, len(words)):
        yield " ".join(words[:length])


def _are_one_name(names: Collection[str]) -> bool:
    """Whether all names end in the shortest: "Larn Post", "The Larn Post"."""
    shortest = min(names, key=len)
    return all(name == shortest or name.endswith(f" {shortest}") for name in names)
