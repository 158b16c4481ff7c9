"""The country that the text itself says beside a place: "Naples, Florida", "the Venezuelan city of Valencia"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.knowledge.places import PlaceEntry
from pipeline.records import Article, Mention

#: What stands between a place and the country or state it lies in: "Larn, Norway", "Larn (Norway", "Larn, (Norway".
_BESIDE = re.compile(r", ?\(?| \(")
#: What stands between a place and a country or state that has one of its name: "London in Ontario".
_INSIDE = re.compile(r",? in (?:the (?:state|province|region|county) of )?")
#: What stands between a people's adjective and their town: "the Venezuelan city of Valencia", "the Kenyan town Lamu".
_TOWN_OF = re.compile(r" (?:[a-z]+ )?(?:city|town|village|port|resort|suburb|municipality|settlement)(?: of)? ")
#: What stands between the names of a list: "in Lyon, Germany and Peru", "Lyon, Spain, and Peru".
_LISTED = re.compile(r",? (?:and|or|as well as) |, ?|; ?")
#: Kinds of names that say where the place before them lies.
_HOLDER_KINDS = frozenset({"name", "region", "abbreviation"})
#: Kinds of names that may be a town's; regions.tsv has well-known towns too.
_TOWN_KINDS = frozenset({"city", "capital", "region"})
#: What follows a country that is said of the town before it; in "In Moscow, Finland's envoy" it is not.
_CLOSED = re.compile(
    r"['’]s (?:[a-z]+ )?(?:north|south|east|west|interior|coast|cent(?:re|er))\b"
    r"|[,.;:)\]!?\"”—–-]|[’'](?!s\b)|\s+(?:[—–]|-{1,3}\s|\()|\s*$"
)
#: A word in small letters after a country, which isn't said of a town that begins a clause: "In Moscow, Finland won".
_GOES_ON = re.compile(r"\s[a-z]")
#: What stands before a town whose clause has begun: "the mill in Odessa, Texas burnt".
_WITHIN_CLAUSE = re.compile(r"\w (?:in|at|near|from|of|outside|for|to) $")
#: Characters before a town searched for that: the last letter of a word and "outside".
_CLAUSE_WINDOW = 12


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A mention with what is looked up for it once."""

    #: The mention as found and named.
    mention: Mention
    #: The name as it stands in the text.
    surface: str
    #: What the tables have under that name, else under the canonical one; None where it is no place of one country.
    entry: PlaceEntry | None


def find_stated_countries(places: Sequence[NamedPlace], article: Article) -> dict[str, str]:
    """The country of names that the text puts into a country or state, and of ambiguous such states: surface to code.

    ``places`` are in text order. "Athens, Georgia" states the USA for both. What is stated first holds. A town that the
    tables have in other countries alone is put into the one named with it ("Odessa, Texas"), unless both stand in a
    list or a headline ("Paris, Berlin and Spain", "Moscow, China sign deal").
    """
    stated: dict[str, str] = {}
    for place in places:
        if place.mention.origin == "lawmaker":
            stated.setdefault(place.surface, "USA")
    for inner, outer, code in _stated_pairs(_areas(places), article):
        stated.setdefault(inner.surface, code)
        if outer.entry is not None and not outer.entry.has_default:
            stated.setdefault(outer.surface, code)
    return stated


def find_stated_mentions(places: Sequence[NamedPlace], article: Article) -> dict[int, str]:
    """The country of single mentions that the text puts into a country or state, by where they start.

    They differ from what ``find_stated_countries`` says of the name where an article has two places of it: "Paris,
    Texas, is not Paris, France".
    """
    return {inner.mention.start: code for inner, _, code in _stated_pairs(_areas(places), article)}


def _areas(places: Sequence[NamedPlace]) -> list[NamedPlace]:
    return [place for place in places if place.mention.label in ("COUNTRY", "PLACE")]


def _stated_pairs(areas: Sequence[NamedPlace], article: Article) -> Iterator[tuple[NamedPlace, NamedPlace, str]]:
    """Each place with the country or state said beside it, and the code of the country."""
    listed = _listed_indexes(areas, article)
    for index, (left, right) in enumerate(pairwise(areas)):
        between = article.text[left.mention.end : right.mention.start]
        if _TOWN_OF.fullmatch(between) and _is_adjective(left) and _is_town(right):
            yield right, left, left.mention.country
        if "people" in (left.mention.use, right.mention.use):
            continue
        code = ""
        if _BESIDE.fullmatch(between):
            code = _common_country(left.entry, right.entry)
            if not code and index not in listed:
                code = _country_of_holder(left, right, article)
        elif _INSIDE.fullmatch(between) and left.entry is not None:
            code = _common_country(left.entry, right.entry) or _country_of_holder(left, right, article)
        if code:
            yield left, right, code


def _is_adjective(place: NamedPlace) -> bool:
    return place.mention.label == "COUNTRY" and place.mention.use == "people" and bool(place.mention.country)


def _is_town(place: NamedPlace) -> bool:
    return place.mention.label == "PLACE" and (place.entry is None or place.entry.kind in _TOWN_KINDS)


def _common_country(inner: PlaceEntry | None, outer: PlaceEntry | None) -> str:
    """The likeliest country of ``outer`` that ``inner`` can lie in, or empty.

    A name that no table has can lie in any, so ``outer`` must have just one.
    """
    if outer is None or outer.kind not in _HOLDER_KINDS:
        return ""
    if inner is None:
        return outer.codes[0] if len(outer.codes) == 1 else ""
    return next((code for code in outer.codes if code in inner.codes), "")


def _country_of_holder(inner: NamedPlace, outer: NamedPlace, article: Article) -> str:
    """The country of a state or country right after a town that the tables have elsewhere alone, or empty."""
    if not _is_town(inner) or outer.entry is None or outer.entry.kind not in _HOLDER_KINDS:
        return ""
    is_said_of_town = _is_closed(inner, outer, article) and not _is_in_headline(outer.mention, article)
    if not (is_said_of_town or _is_abbreviation(outer)):
        return ""
    return outer.entry.codes[0] if len(outer.entry.codes) == 1 else ""


def _is_closed(inner: NamedPlace, outer: NamedPlace, article: Article) -> bool:
    """Whether punctuation follows the country, or a small letter where the town stands inside a clause."""
    text, end = article.text, outer.mention.end
    if _CLOSED.match(text, end):
        return True
    start = inner.mention.start
    is_within = _WITHIN_CLAUSE.search(text, max(0, start - _CLAUSE_WINDOW), start) is not None
    return is_within and _GOES_ON.match(text, end) is not None


def _is_abbreviation(place: NamedPlace) -> bool:
    """Whether it is the abbreviation of a state, which the tables have only after a place: "Naples, Fla."."""
    return place.entry is not None and place.entry.kind == "abbreviation"


def _is_in_headline(mention: Mention, article: Article) -> bool:
    return any(block.role == "headline" and block.start <= mention.start < block.end for block in article.blocks)


def _listed_indexes(areas: Sequence[NamedPlace], article: Article) -> set[int]:
    """The indexes of places in lists, where a country after a town doesn't hold it: "offices in Lyon, Spain and Peru".

    A run of names is no list when each second one holds the town before it: "in Naples, Florida, and Odessa, Texas".
    """
    listed: set[int] = set()
    run = [0] if areas else []
    for index, (left, right) in enumerate(pairwise(areas), 1):
        if not _LISTED.fullmatch(article.text[left.mention.end : right.mention.start]):
            listed.update(_indexes_if_list(run, areas))
            run = []
        run.append(index)
    listed.update(_indexes_if_list(run, areas))
    return listed


def _indexes_if_list(run: Sequence[int], areas: Sequence[NamedPlace]) -> Sequence[int]:
    """The run, unless it is towns each followed by its holder; a town before an abbreviation is never in a list."""
    if len(run) == 1:
        return ()
    if len(run) % 2 == 0 and all(_could_hold(areas[index - 1], areas[index]) for index in run[1::2]):
        return ()
    return [index for index in run if index + 1 == len(areas) or not _is_abbreviation(areas[index + 1])]


def _could_hold(inner: NamedPlace, outer: NamedPlace) -> bool:
    return _is_town(inner) and outer.entry is not None and outer.entry.kind in _HOLDER_KINDS
