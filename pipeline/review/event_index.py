"""The events of the last run as the review page shows them, with what people said of them since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline.compare import find_agreement, group_statements
from pipeline.records import Claim
from pipeline.review.entries import readable_name
from pipeline.review.session import ReviewSession
from pipeline.store import EventEdit, Store
from pipeline.write.event_rows import EventFacts, EventRow, event_rows
from pipeline.write.json_values import json_value
from pipeline.write.wording import excerpt

#: Characters of a claim's sentence in a dossier: a paragraph of its column.
_MAX_SENTENCE = 500


@dataclass(frozen=True, slots=True)
class _Events:
    """The events at one time."""

    rows: Mapping[str, EventRow]  #: by id, those told by most articles first
    facts: EventFacts
    conflicts: Mapping[str, tuple[str, ...]]  #: by claim id the ids of the claims that contradict it
    #: Numbers of the run, of the last change of a decision and of the last edit of an event: while they stay, so does
    #: all of this.
    numbers: tuple[int, int, int]


class EventIndex:
    """The events of a session's claims, made anew when a run, a decision or an edit changed something."""

    def __init__(self, session: ReviewSession, store: Store) -> None:
        self._session, self._store = session, store
        self._events: _Events | None = None

    def rows(self) -> Mapping[str, EventRow]:
        """By id every event, those told by most articles first, wholly rejected ones last."""
        return self._current().rows

    def numbers(self) -> dict[str, int]:
        """What a page needs to notice a new run, new decisions or new edits."""
        return dict(zip(("run", "change", "edit"), self._current().numbers, strict=True))

    def summaries(self) -> list[dict[str, Any]]:
        """The events as lines of the list."""
        return [_summary(row) for row in self.rows().values()]

    def dossier(self, event_id: str) -> dict[str, Any]:
        """An event with all that the page shows of it; KeyError where there is none."""
        events = self._current()
        row = events.rows[event_id]
        edits = [edit for edit in self._store.event_history() if edit.event_id == event_id]
        whole = events.rows.get(row.part_of)
        titles = {other.event_id: other.title for other in events.rows.values()} if edits else {}
        parts = [other for other in events.rows.values() if other.part_of == event_id]
        return {
            **_summary(row),
            "target": row.target,
            "kinds": row.kinds,
            "actors": row.actors,
            "places": row.places,
            "countries": row.countries,
            "date_texts": row.date_texts,
            "affirmed_by": row.affirmed_by,
            "denied_by": row.denied_by,
            "part_of": _reference(whole) if whole else None,
            "parts": [_reference(part) for part in parts],
            "statements": self._statements(row),
            "timeline": [_line(claim, events) for claim in sorted(row.claims, key=_day_of)],
            "version": edits[-1].number if edits else 0,
            "undoable": has_edit_to_undo(edits),
            "history": [describe_edit(edit, titles) for edit in edits],
        }

    def _statements(self, row: EventRow) -> list[dict[str, Any]]:
        """What each speaker says of an event, the same statement of several articles once; in order of days."""
        ids = {quote_id for claim in row.claims for quote_id in claim.links}
        entries = filter(None, (self._session.entry(quote_id) for quote_id in sorted(ids)))
        quotes = sorted((entry.claim for entry in entries if entry.verdict != "reject"), key=_day_of)
        speakers: dict[str, list[dict[str, Any]]] = {}
        for group in group_statements(quotes):
            first = max(group, key=lambda claim: len(claim.claim_text))
            speakers.setdefault(first.speaker, []).append(
                {
                    "id": first.claim_id,
                    "words": excerpt(first.corrected_text or first.claim_text, _MAX_SENTENCE),
                    "day": json_value(group[0].published),
                    "articles": len({claim.doc_id for claim in group}),
                }
            )
        return [{"speaker": speaker, "statements": statements} for speaker, statements in speakers.items()]

    def _current(self) -> _Events:
        self._session.refresh()
        numbers = (self._session.run, self._session.change, self._store.last_event_edit())
        if self._events is None or self._events.numbers != numbers:
            self._events = self._load(numbers)
        return self._events

    def _load(self, numbers: tuple[int, int, int]) -> _Events:
        edits = self._store.event_edits()
        entries = [entry for entry in self._session.entries() if entry.listed.claim_type != "quote"]
        claims = [
            replace(claim, event_id=edits.claims.get(claim.claim_id, claim.event_id))
            for claim in (entry.claim for entry in entries)
        ]
        rejected = {entry.claim_id for entry in entries if entry.verdict == "reject"}
        polarity = self._session.polarity()
        agreement = find_agreement(claims, {}, rejected, polarity)
        conflicts = {claim_id: told.conflicts for claim_id, told in agreement.items() if told.conflicts}
        wholes = {event_id: event.part_of for event_id, event in self._store.written_events().items() if event.part_of}
        facts = EventFacts(conflicts.keys(), wholes, polarity.undoing, edits)
        rows = {row.event_id: row for row in event_rows(claims, {}, facts)}
        return _Events(rows, facts, conflicts, numbers)


def _summary(row: EventRow) -> dict[str, Any]:
    return {
        "id": row.event_id,
        "title": row.title,
        "name": row.name,
        "type": row.type,
        "status": row.status,
        "articles": row.articles,
        "claims": len(row.claims),
        "first_told": json_value(row.first_told),
        "last_told": json_value(row.last_told),
        "contradicted": row.contradicted,
        "rejected": row.rejected,
        "search": " ".join((row.title, row.target, *row.actors, *row.places, *row.kinds)).casefold(),
    }


def _reference(row: EventRow) -> dict[str, str]:
    return {"id": row.event_id, "title": row.title}


def _line(claim: Claim, events: _Events) -> dict[str, Any]:
    """A claim as a dossier shows it; "side" tells whether it affirms or denies the event, or neither."""
    side = "affirmed" if events.facts.affirms(claim) else "denied" if events.facts.denies(claim) else ""
    return {
        "id": claim.claim_id,
        "day": json_value(claim.published),
        "side": side,
        "status": claim.event_status,
        "reporter": claim.reporter,
        "sentence": excerpt(claim.sentence or claim.claim_text, _MAX_SENTENCE),
        "trigger": claim.trigger,
        "title": claim.title,
        "publisher": claim.publisher,
        "file": readable_name(claim.file),
        "decision": claim.decision,
        "contradicts": events.conflicts.get(claim.claim_id, ()),
    }


def _day_of(claim: Claim) -> tuple[bool, str]:
    """Undated claims come last; those of one day stay in the order of their articles."""
    return claim.published is None, claim.published.isoformat() if claim.published else ""


def has_edit_to_undo(edits: list[EventEdit]) -> bool:
    """Whether any of the edits of one event or speaker isn't undone."""
    undone = {edit.undoes for edit in edits}
    return any(not edit.undoes and edit.number not in undone for edit in edits)


def describe_edit(edit: EventEdit, titles: Mapping[str, str]) -> dict[str, Any]:
    """An edit as the dossier's history shows it; ``titles`` are what events or speakers are called, by their ids.

    "other" is the one that was merged into it or split from it, of "others" the first.
    """
    others = dict.fromkeys(event for event in (*edit.before.values(), *edit.claims.values()) if event != edit.event_id)
    other = next(iter(others), "")
    return {
        "kind": edit.kind,
        "name": edit.name or "",
        "others": len(others),
        "other": titles.get(other, other),
        "reviewer": edit.reviewer,
        "origin": edit.origin,
        "saved_at": edit.saved_at,
    }
