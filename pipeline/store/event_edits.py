"""What people say of events and of speakers: their names, and what is one. It holds for all later runs.

An edit gives an event a name, or claims their event: of a merge all claims of both events that of one, of a split some
claims a new one and the others the old. So it holds however the rules group the claims of articles to come. Edits are
only ever added; undoing one adds what it was before.

Speakers have ids of their own, which begin with "s". Among their edits the speakers that were merged stand where those
of events have claims.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from sqlite3 import Connection
from typing import Literal

from pipeline.errors import ExtractError
from pipeline.store.database import transaction
from pipeline.text.identifiers import hash_id

#: What an edit does: gives an event a name, makes two events one or one event two, or undoes the last edit of an event.
EditKind = Literal["rename", "merge", "split", "undo"]
#: The ``origin`` of a name that came with an event which rules joined to another.
JOINED = "joined events"
#: Characters of a name that are kept: what is longer is a text.
MAX_NAME = 300


@dataclass(frozen=True, slots=True)
class EventEdit:
    """An edit of an event."""

    number: int  #: counted from 1 over all edits
    event_id: str  #: the event that was edited; of a merge the one that stays
    kind: EditKind
    name: str | None  #: its new name, empty for none; None where the edit is of claims
    claims: Mapping[str, str]  #: by claim id the event that a claim is of now
    before: Mapping[str, str]  #: by the same ids that which they were of
    name_before: str | None  #: the name before
    undoes: int  #: number of the edit that it undoes; 0 for none
    reviewer: str  #: who made it
    origin: str  #: where: "review", or the table's name
    saved_at: str  #: when, in ISO 8601


@dataclass(frozen=True, slots=True)
class EventEdits:
    """What people said of events, all edits taken together."""

    names: Mapping[str, str] = field(default_factory=dict)  #: by event id the name that somebody gave it
    claims: Mapping[str, str] = field(default_factory=dict)  #: by claim id the event that somebody put it into
    last: int = 0  #: number of the last edit

    def name_of(self, event_id: str, formerly: Iterable[str] = ()) -> str:
        """The event's given name, else that of one of the events that it was ``formerly``; empty for none."""
        return next((name for known in (event_id, *formerly) if (name := self.names.get(known))), "")


def load_event_edits(connection: Connection) -> list[EventEdit]:
    """All edits, the oldest first."""
    rows = connection.execute(
        "SELECT id, event_id, kind, body, reviewer, origin, saved_at FROM event_edits ORDER BY id"
    ).fetchall()
    return [_edit_of(row) for row in rows]


def last_edit_number(connection: Connection) -> int:
    """The number of the last edit, 0 when there is none."""
    return int(connection.execute("SELECT max(id) FROM event_edits").fetchone()[0] or 0)


def apply_edits(edits: Iterable[EventEdit]) -> EventEdits:
    """What holds after the edits."""
    names: dict[str, str] = {}
    claims: dict[str, str] = {}
    last = 0
    for edit in edits:
        last = edit.number
        claims.update(edit.claims)
        if edit.name is not None:
            names[edit.event_id] = edit.name
    return EventEdits({event_id: name for event_id, name in names.items() if name}, claims, last)


class EventEditor:
    """Adds edits to the store, each in a transaction; a reviewer and the ``origin`` are noted with them."""

    def __init__(self, connection: Connection, reviewer: str, origin: str, noun: str = "event") -> None:
        self._connection = connection
        self._reviewer = reviewer
        self._origin = origin
        self._noun = noun  #: what is edited, for messages

    def rename(self, event_id: str, name: str, *, seen: int | None = None) -> bool:
        """Give an event a name, or none with an empty one; whether that changes anything. ``seen`` as for ``undo``."""
        name = " ".join(name.split())[:MAX_NAME]
        with transaction(self._connection, durable=True):
            before = self._state(event_id, seen).names.get(event_id, "")
            if name != before:
                self._add(event_id, "rename", {"name": name, "name_before": before})
        return name != before

    def merge(
        self, event_id: str, claim_ids: Collection[str], into: str, into_claims: Collection[str], *,
        seen: int | None = None,
    ) -> bool:  # fmt: skip
        """Make the event one with the event ``into``, whose id stays; whether they were two.

        Both come with the ids of all their claims. ``seen`` is for the event ``into``, as for ``undo``. Raises
        ExtractError for an event with itself.
        """
        if event_id == into:
            raise ExtractError(f"The {self._noun} can't be merged with itself.", f"Choose another {self._noun}.")
        if not claim_ids:
            return False
        self.merge_all(dict.fromkeys(claim_ids, event_id), into, into_claims, seen=seen)
        return True

    def merge_all(
        self, moved: Mapping[str, str], into: str, into_claims: Collection[str], *, seen: int | None = None
    ) -> None:
        """Make several events one with the event ``into`` in one step, which is undone as one.

        ``moved`` has by id the claims of the others with the event that each is of; the rest as for ``merge``.
        """
        with transaction(self._connection, durable=True):
            self._state(into, seen)
            before = dict.fromkeys(into_claims, into) | dict(moved)
            self._add(into, "merge", {"claims": dict.fromkeys(before, into), "before": before})

    def split(
        self, event_id: str, claim_ids: Collection[str], split_off: Collection[str], *, seen: int | None = None
    ) -> str:
        """Make some claims of an event, but not all, an event of their own; its id.

        ``claim_ids`` are those of all its claims. ``seen`` is as for ``undo``. Raises ExtractError for none or all.
        """
        moved = set(split_off) & set(claim_ids)
        if not moved or moved == set(claim_ids):
            raise ExtractError("Nothing to split.", "Choose some claims of the event, but not all.")
        with transaction(self._connection, durable=True):
            number = self._state(event_id, seen).last + 1
            new_id = hash_id("e", f"{event_id} {number} {min(moved)}")
            claims = {claim_id: new_id if claim_id in moved else event_id for claim_id in sorted(claim_ids)}
            self._add(event_id, "split", {"claims": claims, "before": dict.fromkeys(claims, event_id)})
        return new_id

    def undo(self, event_id: str, *, seen: int | None = None) -> EventEdit:
        """Undo the last edit of an event that isn't undone yet; the edit.

        ``seen`` is the number of the last edit that the reviewer had before them; without it nothing is checked. Raises
        ExtractError when there is none, or when there is a later edit of the event than ``seen``.
        """
        with transaction(self._connection, durable=True):
            self._state(event_id, seen)
            edits = [edit for edit in load_event_edits(self._connection) if edit.event_id == event_id]
            undone = {edit.undoes for edit in edits}
            last = next((edit for edit in reversed(edits) if not edit.undoes and edit.number not in undone), None)
            if last is None:
                raise ExtractError("There is nothing to undo.", f"Nobody edited this {self._noun}, or all is undone.")
            body = {"claims": dict(last.before), "before": dict(last.claims), "undoes": last.number}
            if last.name is not None:
                body |= {"name": last.name_before or "", "name_before": last.name}
            self._add(event_id, "undo", body)
        return last

    def _state(self, event_id: str, seen: int | None) -> EventEdits:
        """What holds now. Raises ExtractError where the event was edited after the edit of the number ``seen``."""
        edits = load_event_edits(self._connection)
        if seen is not None and any(edit.event_id == event_id and edit.number > seen for edit in edits):
            raise ExtractError(
                f"Somebody else has edited this {self._noun} in the meantime.", "Look at it again, then save your edit."
            )
        return apply_edits(edits)

    def _add(self, event_id: str, kind: EditKind, body: Mapping[str, object]) -> None:
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        self._connection.execute(
            "INSERT INTO event_edits (event_id, kind, body, reviewer, origin, saved_at) VALUES (?, ?, ?, ?, ?, ?)",
            (event_id, kind, json.dumps(body, sort_keys=True), self._reviewer, self._origin, now),
        )


def forget_claims(connection: Connection, claim_ids: Collection[str]) -> None:
    """Remove claims from all edits, and edits that are left with none. Names stay: no claim is in them."""
    forgotten = set(claim_ids)
    for number, text in connection.execute("SELECT id, body FROM event_edits").fetchall():
        body = json.loads(text)
        if forgotten.isdisjoint(body.get("claims", ())):
            continue
        for key in ("claims", "before"):
            body[key] = {claim_id: event for claim_id, event in body[key].items() if claim_id not in forgotten}
        if body["claims"]:
            connection.execute("UPDATE event_edits SET body = ? WHERE id = ?", (json.dumps(body), number))
        else:
            connection.execute("DELETE FROM event_edits WHERE id = ?", (number,))


def _edit_of(row: tuple[int, str, EditKind, str, str, str, str]) -> EventEdit:
    number, event_id, kind, text, reviewer, origin, saved_at = row
    body = json.loads(text)
    return EventEdit(
        number, event_id, kind, body.get("name"), body.get("claims", {}), body.get("before", {}),
        body.get("name_before"), body.get("undoes", 0), reviewer, origin, saved_at,
    )  # fmt: skip


def keep_joined_names(connection: Connection, names: Mapping[str, str]) -> None:
    """Save the names of events, by id, that came to them with another event which rules joined to them."""
    known = apply_edits(load_event_edits(connection)).names
    editor = EventEditor(connection, "", JOINED)
    for event_id, name in names.items():
        if name and name != known.get(event_id):
            editor.rename(event_id, name)
