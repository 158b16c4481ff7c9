"""Which names of speakers in different articles mean one speaker: by rule, and by what people said of them.

Full names are one without the title before them and a middle initial: "President Donald J. Trump" and "Donald Trump".
Where a corpus has two initials for one name ("John A. Smith", "John B. Smith") each is somebody else, and whoever has
none a third. So it is with offices of several countries: two that are called "Foreign Ministry" are two. A surname
alone and a description ("the nurse") mean somebody in their article only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

from pipeline.store import EventEdits
from pipeline.text.identifiers import hash_id
from pipeline.text.normalize import collapse_whitespace, straighten_punctuation, strip_accents

#: Initials between first and last name: "J.", "J", "J.R.".
_INITIALS = re.compile(r"(?:[a-z]\.)+|[a-z]")
#: The type of speakers that each country has under the same names: ministries, courts, the police.
_OFFICE = "government"
#: Words before a noun that make a description of it.
_ARTICLES = frozenset(("a", "an", "the"))
#: Names that are remembered once they were read: the same few speak again and again.
_REMEMBERED = 10_000


class SpeakerName(NamedTuple):
    """A name as speakers are told apart by it."""

    name: str  #: in lower case, without accents, title and middle initials
    #: What tells namesakes apart: of a person the middle initials without full stops ("j"), of an office its country.
    detail: str
    doc_id: str  #: of the article in which alone it means somebody; empty for a name that holds everywhere


def speaker_name(name: str, speaker_type: str, country: str, doc_id: str, titles: frozenset[str]) -> SpeakerName:
    """How to tell a speaker apart; type and country as in ``Claim``, ``titles`` in lower case."""
    key, initials, is_local = _read(name, speaker_type == "person", titles)
    return SpeakerName(key, country if speaker_type == _OFFICE else initials, doc_id if is_local else "")


@lru_cache(maxsize=_REMEMBERED)
def _read(name: str, is_person: bool, titles: frozenset[str]) -> tuple[str, str, bool]:
    """The name without what tells nobody apart, its middle initials, and whether it means somebody in one article."""
    name = collapse_whitespace(name)
    words = strip_accents(straighten_punctuation(name)).casefold().split()
    is_local = name[:1].islower() or (words[:1] != [] and words[0] in _ARTICLES and name.split(" ", 1)[-1].islower())
    if not is_person:
        return " ".join(words), "", is_local
    while len(words) > 1 and words[0] in titles:
        words = words[1:]
    middle = [word for word in words[1:-1] if _INITIALS.fullmatch(word)]
    words = [word for at, word in enumerate(words) if not (0 < at < len(words) - 1 and _INITIALS.fullmatch(word))]
    return " ".join(words), "".join(middle).replace(".", ""), is_local or len(words) == 1


class SpeakerGroups:
    """The ids of the speakers of a corpus; ``names`` are all names in it, ``edits`` what people said of speakers."""

    def __init__(self, names: Iterable[SpeakerName], edits: EventEdits) -> None:
        details: defaultdict[str, set[str]] = defaultdict(set)
        for name in names:
            if name.detail:  # those without fit any
                details[name.name].add(name.detail)
        self._several = {name for name, found in details.items() if _differ(found)}
        self._edits = edits
        self._ids: dict[SpeakerName, str] = {}

    def id_of(self, name: SpeakerName) -> str:
        """The id of the speaker of that name, with the edits of people."""
        speaker_id = self._ids.get(name)
        if speaker_id is None:
            if len(self._ids) >= _REMEMBERED:
                self._ids.clear()
            speaker_id = self._ids[name] = self._make_id(name)
        return speaker_id

    def _make_id(self, name: SpeakerName) -> str:
        speaker_id = hash_words(self.words_of(name))
        return self._edits.claims.get(speaker_id, speaker_id)

    def words_of(self, name: SpeakerName) -> str:
        """What tells the speaker of that name from all others, but for the edits of people."""
        parts = (name.name, name.detail if name.name in self._several else "", name.doc_id)
        return " ".join(filter(None, parts))

    def given_name(self, speaker_id: str) -> str:
        """The name that a person gave the speaker; empty for none."""
        return self._edits.names.get(speaker_id, "")


def hash_words(words: str) -> str:
    """The id of the speaker that ``SpeakerGroups.words_of`` tells from all others."""
    return hash_id("s", words)


def _differ(details: Collection[str]) -> bool:
    """Whether they can't be those of one speaker: none of two begins the other."""
    longest = max(details, key=lambda found: (len(found), found))
    return not all(longest.startswith(found) for found in details)
