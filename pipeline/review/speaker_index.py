"""The speakers of the last run as the review page shows them, with what people said of them since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.review.entries import Entry
from pipeline.review.event_index import describe_edit, has_edit_to_undo
from pipeline.review.session import ReviewSession
from pipeline.review.speaker_names import SpeakerNames, most_frequent
from pipeline.store import EventEdits, Store
from pipeline.text.normalize import collapse_whitespace
from pipeline.write.json_values import json_value
from pipeline.write.wording import excerpt

#: Claims of a speaker that are listed, and whose roles are counted: more than anybody reads here.
MAX_LISTED = 200
#: Characters of a claim in that list.
_MAX_WORDS = 300
_COUNTED_AS = {"accept": "accepted", "edit": "accepted", "reject": "rejected"}


@dataclass(slots=True)
class SpeakerLine:
    """A speaker of the list."""

    speaker_id: str
    given_name: str  #: by a person; empty for none
    is_merged: bool = False  #: whether people made others one with this one
    entries: list[Entry] = field(default_factory=list)
    spellings: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)

    @property
    def spelling(self) -> str:
        """The most frequent name, of equals the shortest."""
        return most_frequent(self.spellings)

    def summary(self) -> dict[str, Any]:
        """The speaker as a line of the list."""
        days = sorted(entry.listed.published for entry in self.entries if entry.listed.published)
        decided = Counter(_COUNTED_AS.get(entry.verdict, "undecided") for entry in self.entries)
        return {
            "id": self.speaker_id,
            "title": self.given_name or self.spelling,
            "name": self.given_name,
            "spelling": self.spelling,
            "is_merged": self.is_merged,
            "claims": len(self.entries),
            "articles": len({entry.doc_id for entry in self.entries}),
            **{word: decided[word] for word in ("accepted", "rejected", "undecided")},
            "first_said": json_value(days[0]) if days else None,
            "last_said": json_value(days[-1]) if days else None,
            "search": " ".join((self.given_name, *self.spellings)).casefold(),
        }


@dataclass(frozen=True, slots=True)
class _Speakers:
    """The speakers at one time."""

    lines: Mapping[str, SpeakerLine]  #: by id, those with most claims first
    edits: EventEdits
    titles: Mapping[str, str]  #: by the id that rules give the most frequent name
    numbers: tuple[int, int, int]  #: of the run, of the last change of a decision and of the last edit


class SpeakerIndex:
    """The speakers of a session's claims, made anew when a run, a decision or an edit changed something."""

    def __init__(self, session: ReviewSession, store: Store) -> None:
        self._session, self._store = session, store
        self._speakers: _Speakers | None = None

    def lines(self) -> Mapping[str, SpeakerLine]:
        """By id every speaker, those with most claims first."""
        return self._current().lines

    def summaries(self) -> list[dict[str, Any]]:
        """The speakers as lines of the list."""
        return [line.summary() for line in self.lines().values()]

    def edits(self) -> EventEdits:
        """What people said of speakers."""
        return self._current().edits

    def numbers(self) -> dict[str, int]:
        """What a page needs to notice a new run, new decisions or new edits."""
        return dict(zip(("run", "change", "edit"), self._current().numbers, strict=True))

    def dossier(self, speaker_id: str) -> dict[str, Any]:
        """A speaker with all that the page shows of it; KeyError where there is none."""
        speakers = self._current()
        line = speakers.lines[speaker_id]
        edits = [edit for edit in self._store.event_history() if edit.event_id == speaker_id]
        listed = line.entries[:MAX_LISTED]
        roles = Counter(collapse_whitespace(entry.claim.speaker_role) for entry in listed)
        merged = (other for other, into in speakers.edits.claims.items() if into == speaker_id != other)
        return {
            **line.summary(),
            "types": [kind for kind, _ in line.types.most_common() if kind],
            "spellings": line.spellings.most_common(),
            "roles": [(role, count) for role, count in roles.most_common() if role],
            "merged": [speakers.titles.get(other, other) for other in merged],
            "lines": [_claim_line(entry) for entry in listed],
            "version": edits[-1].number if edits else 0,
            "undoable": has_edit_to_undo(edits),
            "history": [describe_edit(edit, speakers.titles) for edit in edits],
        }

    def _current(self) -> _Speakers:
        self._session.refresh()
        numbers = (self._session.run, self._session.change, self._store.last_event_edit())
        if self._speakers is None or self._speakers.numbers != numbers:
            self._speakers = self._load(numbers)
        return self._speakers

    def _load(self, numbers: tuple[int, int, int]) -> _Speakers:
        edits, entries = self._store.event_edits(), self._session.entries()
        names, by_rule = SpeakerNames(entries, edits), SpeakerNames(entries, EventEdits())
        lines: dict[str, SpeakerLine] = {}
        for entry in entries:
            speaker_id = names.id_of(entry)
            if speaker_id:
                line = lines.setdefault(speaker_id, SpeakerLine(speaker_id, names.given_name(speaker_id)))
                line.is_merged |= by_rule.id_of(entry) != speaker_id
                line.entries.append(entry)
                line.spellings[collapse_whitespace(entry.listed.speaker)] += 1
                line.types[entry.listed.speaker_type] += 1
        in_order = sorted(lines.items(), key=lambda item: (-len(item[1].entries), item[1].spelling, item[0]))
        return _Speakers(dict(in_order), edits, by_rule.titles(), numbers)


def _claim_line(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.claim_id,
        "words": excerpt(entry.listed.words, _MAX_WORDS),
        "day": json_value(entry.listed.published),
        "title": entry.title or entry.file,
        "decision": entry.verdict,
    }
