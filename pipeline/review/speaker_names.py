"""Which speakers the names in the claims of a review mean, by rule and by what people said of speakers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from pipeline.compare.speakers import SpeakerGroups, SpeakerName, hash_words, speaker_name
from pipeline.knowledge.files import models_folder
from pipeline.knowledge.people import load_titles
from pipeline.review.entries import Entry
from pipeline.store import EventEdits
from pipeline.text.normalize import collapse_whitespace


class SpeakerNames:
    """The speakers of these claims; ``edits`` are what people said of them.

    With ``note`` it is noted in the claims what their speakers are called, which takes no time now. Where nobody said
    anything of speakers they are told apart by their words: to make ids of these takes longer than all the rest.
    """

    def __init__(self, entries: Iterable[Entry], edits: EventEdits, *, note: bool = False) -> None:
        self._titles = load_titles(models_folder())
        self._has_ids = bool(edits.names or edits.claims)
        read = [(entry, self._read(entry)) for entry in entries]
        counts = Counter((name, entry.listed.speaker) for entry, name in read if name)
        self._groups = SpeakerGroups((name for name, _ in counts), edits)
        spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for (name, spelling), count in counts.items():
            spellings[self._key_of(name)][collapse_whitespace(spelling)] += count
        self._names = {
            key: (self._groups.given_name(key) if self._has_ids else "") or most_frequent(found)
            for key, found in spellings.items()
        }
        for entry, named in read if note else ():
            entry.speaker = self._names[self._key_of(named)] if named else entry.listed.speaker

    def _key_of(self, name: SpeakerName) -> str:
        return self._groups.id_of(name) if self._has_ids else self._groups.words_of(name)

    def id_of(self, entry: Entry) -> str:
        """The id of a claim's speaker; empty without one."""
        name = self._read(entry)
        return self._groups.id_of(name) if name else ""

    def name_of(self, entry: Entry) -> str:
        """What a claim's speaker is called: by a person, else by most claims; empty without one."""
        name = self._read(entry)
        return self._names.get(self._key_of(name), entry.listed.speaker) if name else entry.listed.speaker

    def given_name(self, speaker_id: str) -> str:
        """The name that a person gave the speaker; empty for none."""
        return self._groups.given_name(speaker_id)

    def titles(self) -> dict[str, str]:
        """By id what every speaker is called."""
        return dict(self._names) if self._has_ids else {hash_words(key): name for key, name in self._names.items()}

    def _read(self, entry: Entry) -> SpeakerName | None:
        listed = entry.listed
        if not listed.speaker:
            return None
        return speaker_name(listed.speaker, listed.speaker_type, listed.speaker_country, entry.doc_id, self._titles)


def most_frequent(spellings: Counter[str]) -> str:
    """The most frequent spelling, of equals the shortest."""
    return min(spellings, key=lambda name: (-spellings[name], len(name), name))
