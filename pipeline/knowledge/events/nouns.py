"""What nouns have to do with each other: synonyms, a noun for many and its members, a whole and its parts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

_NONE: frozenset[str] = frozenset()
#: Lists of words that are kept prepared: those of synonyms, of collectives and of parts.
_KEPT = 3


def synonyms_of(noun: str, lists: frozenset[str]) -> frozenset[str]:
    """The nouns that stand in a list with this one, each list one string."""
    return _synonyms(lists).get(noun, _NONE)


def have_member(collectives: Iterable[str], nouns: Collection[str], lists: frozenset[str]) -> bool:
    """Whether a noun is a member of one of ``collectives``; a list is a noun and its members in one string."""
    members = _members(lists)
    return any(not members.get(collective, _NONE).isdisjoint(nouns) for collective in collectives)


def are_whole_and_part(first: Collection[str], second: Collection[str], lists: frozenset[str]) -> bool:
    """Whether all nouns of one name a part of the other: "ward" and "hospital"; ``lists`` as in ``have_member``."""
    return _are_parts_of(first, second, lists) or _are_parts_of(second, first, lists)


def _are_parts_of(parts: Collection[str], wholes: Collection[str], lists: frozenset[str]) -> bool:
    members = _members(lists)
    of_wholes = _NONE.union(*(members.get(whole, _NONE) for whole in wholes))
    return bool(parts) and of_wholes.issuperset(parts)


@lru_cache(maxsize=_KEPT)
def _members(lists: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """For each noun that a list begins with the others."""
    members: dict[str, frozenset[str]] = {}
    for collective, *nouns in map(str.split, sorted(lists)):
        members[collective] = members.get(collective, _NONE).union(nouns)
    return members


@lru_cache(maxsize=_KEPT)
def _synonyms(lists: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """For each noun all nouns that stand in a list with it."""
    synonyms: dict[str, frozenset[str]] = {}
    for words in map(str.split, sorted(lists)):
        for word in words:
            synonyms[word] = synonyms.get(word, _NONE).union(words)
    return synonyms
