"""The claims of a run as they are compared across articles, kept in a scratch database until all are there.

Quotes are compared with those of speakers of one last name, event claims with those of one event: so many are in memory
at a time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from sqlite3 import Connection
from typing import Any

from pipeline.compare.agreement import Agreement, compare_group
from pipeline.compare.contradictions import Polarity
from pipeline.compare.statements import Statement, StatementWords, join_statements, statement_words
from pipeline.records import Claim
from pipeline.serial import dumps, loads

#: Rows that are read together.
_AT_ONCE = 1_000
_TABLES = """
    CREATE TABLE quotes (
        last_name TEXT, position INTEGER, doc_id TEXT, file TEXT, speaker TEXT, runs BLOB,
        PRIMARY KEY (last_name, position)
    ) WITHOUT ROWID;
    CREATE TABLE event_claims (
        position INTEGER PRIMARY KEY, claim_id TEXT, event_id TEXT, event TEXT, rejected INTEGER, body TEXT
    );
    CREATE INDEX event_claims_event ON event_claims (event, position);
    CREATE TABLE changes (position INTEGER PRIMARY KEY, sources INTEGER, conflicts TEXT, event_id TEXT);
"""


class ClaimIndex:
    """The claims so far: ``add`` every one, then ``name_events`` and ``compare``, each once."""

    def __init__(self, scratch: Connection) -> None:
        self._scratch = scratch
        for statement in filter(str.strip, _TABLES.split(";")):
            scratch.execute(statement)

    def add(self, position: int, claim: Claim, *, is_rejected: bool) -> None:
        """Take the claim at that position of the run; one that a reviewer rejected counts for nobody."""
        if claim.claim_type != "quote":
            row = (position, claim.claim_id, claim.event_id, is_rejected, dumps(claim))
            self._scratch.execute("INSERT INTO event_claims VALUES (?, ?, ?, '', ?, ?)", row)
            return
        words = None if is_rejected else statement_words(claim)
        if words is not None:
            last_name = words.speaker.split()[-1]
            quote = (last_name, position, claim.doc_id, claim.file, *words)
            self._scratch.execute("INSERT INTO quotes VALUES (?, ?, ?, ?, ?, ?)", quote)

    def name_events(self, event_of: Callable[[str, str], str]) -> None:
        """Give event claims the ids of their events across articles.

        ``event_of`` gives that of a claim by its own id and that of its event in its article.
        """
        for position, claim_id, event_id in self._unnamed():
            event = event_of(claim_id, event_id)
            self._scratch.execute("UPDATE event_claims SET event = ? WHERE position = ?", (event or claim_id, position))
            if event != event_id:
                self._scratch.execute("INSERT INTO changes (position, event_id) VALUES (?, ?)", (position, event))

    def _unnamed(self) -> Iterator[tuple[int, str, str]]:
        """Position, id and event in its article of every event claim, some at a time, as they are changed meanwhile."""
        query = "SELECT position, claim_id, event_id FROM event_claims WHERE position > ? ORDER BY position LIMIT ?"
        last = -1
        while rows := self._scratch.execute(query, (last, _AT_ONCE)).fetchall():
            yield from rows
            last = rows[-1][0]

    def compare(self, stories: Mapping[str, str], polarity: Polarity) -> set[str]:
        """Compare all, as ``find_agreement`` does; the ids of the claims that another contradicts."""
        contradicted: set[str] = set()
        shared = "SELECT event FROM event_claims WHERE NOT rejected GROUP BY event HAVING count(*) > 1 ORDER BY event"
        for (event,) in self._scratch.execute(shared):
            counted = self._event_claims(event, "AND NOT rejected")
            positions = {claim.claim_id: position for position, claim in counted}
            for claim_id, agreement in compare_group([claim for _, claim in counted], stories, polarity):
                self._note(positions[claim_id], agreement)
                if agreement.conflicts:
                    contradicted.add(claim_id)
        for group in self._statements(stories):
            sources = len({source for _, source in group})
            for position, _ in group:
                self._note(position, Agreement(sources))
        return contradicted

    def events(self) -> Iterator[tuple[int, str]]:
        """The position of the first claim of each event, and the event's id; that of the claim for one without."""
        return self._scratch.execute("SELECT min(position), event FROM event_claims GROUP BY event ORDER BY event")

    def has_event(self, event: str) -> bool:
        """Whether any claim is of the event."""
        return self._scratch.execute("SELECT 1 FROM event_claims WHERE event = ?", (event,)).fetchone() is not None

    def claims_of(self, event: str) -> list[Claim]:
        """The claims of an event in their order, with its id; rejected ones, too."""
        return [claim for _, claim in self._event_claims(event)]

    def changes(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """By the positions of claims, in their order, the columns that the comparison gave other values."""
        query = "SELECT position, sources, conflicts, event_id FROM changes ORDER BY position"
        for position, sources, conflicts, event_id in self._scratch.execute(query):
            columns: dict[str, Any] = {}
            if sources is not None:
                columns = {"independent_sources": sources, "conflicts_with": json.loads(conflicts)}
            if event_id is not None:
                columns["event_id"] = event_id
            yield position, columns

    def _event_claims(self, event: str, condition: str = "") -> list[tuple[int, Claim]]:
        rows = self._scratch.execute(
            f"SELECT position, body FROM event_claims WHERE event = ? {condition} ORDER BY position",  # noqa: S608
            (event,),
        )
        return [(position, _with_event(loads(Claim, body), event)) for position, body in rows]

    def _statements(self, stories: Mapping[str, str]) -> Iterator[list[tuple[int, str]]]:
        """The quotes that are one statement of several: the position and the source of each."""
        rows = self._scratch.execute("SELECT * FROM quotes ORDER BY last_name, position")
        for _, block in groupby(rows, key=itemgetter(0)):
            quotes = [
                Statement.of((position, stories.get(doc_id, file)), StatementWords(speaker, runs))
                for _, position, doc_id, file, speaker, runs in block
            ]
            if len(quotes) > 1:
                yield from (list(group) for group in join_statements(quotes) if len(group) > 1)

    def _note(self, position: int, agreement: Agreement) -> None:
        self._scratch.execute(
            "INSERT INTO changes (position, sources, conflicts) VALUES (?, ?, ?) "
            "ON CONFLICT (position) DO UPDATE SET sources = excluded.sources, conflicts = excluded.conflicts",
            (position, agreement.sources, json.dumps(agreement.conflicts)),
        )


def _with_event(claim: Claim, event: str) -> Claim:
    """The claim with its event's id; one that a reviewer added has none, and is an event of its own."""
    return claim if event in (claim.event_id, claim.claim_id) else replace(claim, event_id=event)
