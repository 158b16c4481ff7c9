"""Surnames spelled in two ways: by one letter ("Kinnibroug", "Kinnibrough"), or as they sound ("Jansen", "Janzen")."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache

from pipeline.text.normalize import strip_accents

#: Letters of the shortest surname for which a word is taken that is spelled or sounds nearly so. Shorter ones are often
#: other people's: "Holm" and "Helm". Set by hand.
_SHORTEST = 6
#: Letters of the shortest surname of which two may be swapped, and how many those are.
_SHORTEST_SWAPPED = 3
_SWAPPED = 2
#: Spellings of one sound, in the order in which they are replaced. Of vowels "a" is near "e" and "y" near "i", and
#: before a last "n" none tells: "Jansen", "Janson"; but a "Barton" is no "Burton".
_SOUNDS = (
    (re.compile("ph"), "f"),
    (re.compile("sch|sh|tz"), "s"),
    (re.compile("ck|ch|q|c(?![eiy])"), "k"),
    (re.compile("[zc]"), "s"),
    (re.compile("w"), "v"),
    (re.compile("dt|th"), "t"),
    (re.compile("[eo]n$"), "en"),
    (re.compile("[ae]h?"), "e"),
    (re.compile("[yj]|ie"), "i"),
    (re.compile("[ou]h?"), "o"),
    (re.compile(r"(.)\1+"), r"\1"),
)


def differ_by_letter(word: str, surname: str) -> bool:
    """Whether one letter of a long surname is another, is missing or is one too many in the word."""
    blocks = SequenceMatcher(None, word, surname, autojunk=False).get_matching_blocks()
    return len(surname) >= _SHORTEST and max(len(word), len(surname)) - sum(block.size for block in blocks) == 1


def swaps_letters(word: str, surname: str) -> bool:
    """Whether two neighbouring letters, neither of them the first, are swapped in the word: "Lui" for Liu."""
    if len(word) != len(surname) or len(word) < _SHORTEST_SWAPPED or word[0] != surname[0]:
        return False
    unlike = [place for place, (one, other) in enumerate(zip(word, surname, strict=True)) if one != other]
    return len(unlike) == _SWAPPED and unlike[1] == unlike[0] + 1 and word[unlike[0]] == surname[unlike[1]]


def sound_alike(word: str, surname: str) -> bool:
    """Whether two surnames differ in spelling and may sound the same; both must be long enough, with one first letter.

    Near vowels may differ, and "z" from "s", "k" from "c", double letters from single ones. The numbers of letters
    differ by one at most.
    """
    if min(len(word), len(surname)) < _SHORTEST or word[0] != surname[0] or abs(len(word) - len(surname)) > 1:
        return False
    return word != surname and _sound_of(word) == _sound_of(surname)


@cache
def _sound_of(name: str) -> str:
    sound = strip_accents(name).lower()
    for spelling, one in _SOUNDS:
        sound = spelling.sub(one, sound)
    return sound
