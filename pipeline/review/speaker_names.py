"""Which speakers the names in the claims of a review mean, by rule and by what people said of speakers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from pipeline.compare.speakers import SpeakerGroups, SpeakerName, speaker_name
from pipeline.knowledge.files import models_folder
from pipeline.knowledge.people import load_titles
from pipeline.review.entries import Entry
from pipeline.store import EventEdits
from pipeline.text.normalize import collapse_whitespace


class SpeakerNames:
    """The speakers of these claims; ``edits`` are what people said of speakers."""

    def __init__(self, entries: Iterable[Entry], edits: EventEdits) -> None:
        self._titles = load_titles(models_folder())
        counts: Counter[tuple[SpeakerName, str]] = Counter()
        for entry in entries:
            if name := self._read(entry):
                counts[name, entry.listed.speaker] += 1
        self._groups = SpeakerGroups((name for name, _ in counts), edits)
        spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for (name, spelling), count in counts.items():
            spellings[self._groups.id_of(name)][collapse_whitespace(spelling)] += count
        self._names = {
            speaker_id: self._groups.given_name(speaker_id) or most_frequent(found)
            for speaker_id, found in spellings.items()
        }

    def id_of(self, entry: Entry) -> str:
        """The id of a claim's speaker; empty without one."""
        name = self._read(entry)
        return self._groups.id_of(name) if name else ""

    def name_of(self, entry: Entry) -> str:
        """What a claim's speaker is called: by a person, else by most claims; empty without one."""
        return self._names.get(self.id_of(entry), entry.listed.speaker)

    def given_name(self, speaker_id: str) -> str:
        """The name that a person gave the speaker; empty for none."""
        return self._groups.given_name(speaker_id)

    def titles(self) -> dict[str, str]:
        """By id what every speaker is called."""
        return dict(self._names)

    def _read(self, entry: Entry) -> SpeakerName | None:
        listed = entry.listed
        if not listed.speaker:
            return None
        return speaker_name(listed.speaker, listed.speaker_type, listed.speaker_country, entry.doc_id, self._titles)


def most_frequent(spellings: Counter[str]) -> str:
    """The most frequent spelling, of equals the shortest."""
    return min(spellings, key=lambda name: (-spellings[name], len(name), name))
