"""All claims of the last run with the decisions on them, in memory and kept up to date with the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pipeline.compare import Polarity
from pipeline.errors import ExtractError
from pipeline.records import Article, Result, Span
from pipeline.review.entries import ArticleEntry, Entry
from pipeline.review.filters import ClaimFilter, FilterCounts
from pipeline.store import Attachment, BatchDecision, Decision, Store, StoredDecision, UndoneBatch

#: What the history of a decision names as its origin.
ORIGIN = "review"
#: Articles kept in memory; the others are read from the store again. A reviewer goes through them one by one.
_MAX_ARTICLES = 50


class ReviewSession:
    """The claims of one open store, for the thread that opened it.

    Every method that reads first takes in what runs and other reviewers changed meanwhile. ``run`` and ``change`` are
    the numbers of the last complete run and of the last change of a decision that were taken in.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._entries: dict[str, Entry] = {}
        self._order: list[tuple[tuple[int, int], str]] = []  # position and claim id of every entry, sorted
        self._article_entries: dict[str, ArticleEntry] = {}  # by doc_id, in the order of the run
        self._articles: dict[str, Article] = {}
        self._decided_count = 0
        self._filter_counts: FilterCounts | None = None  # made when it is first asked for
        self._undoing: set[str] = set()
        self._taking_up: set[str] = set()
        self.run, self.change = -1, -1
        self.refresh()

    def refresh(self) -> None:
        """Take in what changed: everything after a new run or an added claim, else only the claims newly decided.

        An added claim whose addition was undone goes.
        """
        run, change = self._store.last_numbers()
        if (run, change) == (self.run, self.change):
            return
        changed_ids = self._store.claims_changed_since(self.change) if run == self.run else []
        # A claim that isn't known was added in another session.
        if run != self.run or not all(claim_id in self._entries for claim_id in changed_ids):
            self._load()
        else:
            for claim_id in changed_ids:
                self._update(claim_id)
        self._decided_count = sum(bool(entry.verdict) for entry in self._entries.values())
        self.run, self.change = run, change

    def reload(self) -> None:
        """Take in everything anew, as after tables were read."""
        self.run = -1
        self.refresh()

    def find(self, claim_filter: ClaimFilter) -> list[Entry]:
        """The claims that pass the filter, in the order that it asks for."""
        return claim_filter.apply(self.entries())

    def entries(self) -> list[Entry]:
        """Every claim, in text order."""
        self.refresh()
        return [self._entries[claim_id] for _, claim_id in self._order]

    def polarity(self) -> Polarity:
        """What the words of event claims say of their events."""
        self.refresh()
        return Polarity(self._undoing, self._taking_up)

    def decided_count(self) -> int:
        """How many claims have a decision."""
        self.refresh()
        return self._decided_count

    def entry(self, claim_id: str) -> Entry | None:
        """One claim; None when it is not in the last run."""
        self.refresh()
        return self._entries.get(claim_id)

    def changed_since(self, change: int) -> tuple[list[Entry], list[str]]:
        """The claims decided after the change with that number, and the ids of those that are no longer there."""
        self.refresh()
        claim_ids = self._store.claims_changed_since(change)
        gone = [claim_id for claim_id in claim_ids if claim_id not in self._entries]
        return [self._entries[claim_id] for claim_id in claim_ids if claim_id in self._entries], gone

    def filter_counts(self) -> FilterCounts:
        """How many claims every value of a filter leaves."""
        self.refresh()
        if self._filter_counts is None:
            self._filter_counts = FilterCounts(self.entries())
        return self._filter_counts

    def articles(self) -> list[ArticleEntry]:
        """Every article of the run in its order, those without claims, too."""
        self.refresh()
        return list(self._article_entries.values())

    def article_entry(self, doc_id: str) -> ArticleEntry | None:
        """One article as the list of articles has it; None when it is not in the last run."""
        self.refresh()
        return self._article_entries.get(doc_id)

    def claims_of(self, doc_id: str) -> list[Entry]:
        """The claims of one article, in text order."""
        self.refresh()
        return sorted(self._entries_of(doc_id), key=lambda entry: entry.position)

    def article(self, doc_id: str) -> Article | None:
        """An article of the run; None when the store has none by this id."""
        article = self._articles.get(doc_id) or self._store.find_article(doc_id)
        if article is not None:
            while len(self._articles) >= _MAX_ARTICLES:
                del self._articles[next(iter(self._articles))]
            self._articles[doc_id] = article
        return article

    def decide(self, claim_id: str, decision: Decision, seen: int) -> Entry:
        """Save a decision with the time of now.

        ``seen`` is the version of the decision that the reviewer had before them. Raises ChangedMeanwhile when the
        store has a newer one.
        """
        entry = self._entries[claim_id]
        self._store.decide(entry.machine, replace(decision, decided_at=_now()), ORIGIN, seen=seen)
        return self._refreshed(claim_id)

    def undo(self, claim_id: str, seen: int) -> Entry | None:
        """Take the last decision on a claim back; None when that was its addition, so that it is gone.

        Raises ExtractError when there is none, ChangedMeanwhile when the store has a newer version than ``seen``.
        """
        self._store.undo(claim_id, seen=seen)
        return self.entry(claim_id)

    def decide_all(self, entries: Sequence[Entry], verdict: str, reviewer: str) -> str:
        """Decide many claims as one step, keeping their notes and corrections; its name, for ``undo_all``.

        Raises ChangedMeanwhile when one of them was decided meanwhile; nothing is saved then.
        """
        now = _now()
        decisions = [
            BatchDecision(
                entry.machine,
                replace(Decision.of(entry.claim), decision=verdict, reviewer=reviewer, decided_at=now),
                entry.version,
            )
            for entry in entries
        ]
        batch = self._store.decide_all(decisions, ORIGIN)
        self.refresh()
        return batch

    def undo_all(self, batch: str) -> UndoneBatch:
        """Undo what ``decide_all`` did. Raises ExtractError when nothing is left to undo."""
        undone = self._store.undo_all(batch)
        self.refresh()
        return undone

    def add(
        self, article: Article, claim_type: str, span: Span, values: Mapping[str, str], decision: Decision
    ) -> Entry:
        """Add a claim that the machine missed, with a decision on it.

        ``span`` is [start, end) of its words in the article, ``values`` has its other columns, lists joined as in a
        cell. Raises ExtractError when there is such a claim already.
        """
        if self._has_claim(article.doc_id, claim_type, span, values.get("speaker_text")):
            raise ExtractError("This claim is already there.", "Look for it in the article: its words are marked.")
        claim_id = self._store.add_claim(article, claim_type, span, values, replace(decision, decided_at=_now()))
        result = self._store.find_last_result(article.doc_id)
        if result is not None:
            self._filter_counts = None
            ids = {entry.claim.claim_id for entry in self._entries_of(article.doc_id)}
            self._order = [item for item in self._order if item[1] not in ids]
            self._insert_claims(result, self._store.open_attachment(), self._store.decisions())
            self._order.sort()
        return self._refreshed(claim_id)

    def _has_claim(self, doc_id: str, claim_type: str, span: Span, speaker_text: str | None) -> bool:
        """Whether the article has a claim of the type and words and, where given, the same words for the speaker."""
        return any(
            entry.claim.claim_type == claim_type
            and (entry.claim.start, entry.claim.end) == span
            and speaker_text in (None, entry.claim.speaker_text)
            for entry in self._entries_of(doc_id)
        )

    def _entries_of(self, doc_id: str) -> Iterator[Entry]:
        return (entry for entry in self._entries.values() if entry.claim.doc_id == doc_id)

    def _refreshed(self, claim_id: str) -> Entry:
        self.refresh()
        return self._entries[claim_id]

    def _load(self) -> None:
        """Read everything anew, as the tables of the last run show it.

        Placing added claims may save where they stand. SQLite refuses that once another process has written since the
        reading began; then all is read again while nobody else can write.
        """
        attachment = self._store.open_attachment()
        try:
            self._read_results(attachment)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY_SNAPSHOT:
                raise
            attachment = self._store.open_attachment()
            with attachment.hold():
                self._read_results(attachment)

    def _read_results(self, attachment: Attachment) -> None:
        """Put every claim of the last run into the queue, which is emptied first."""
        self._entries, self._order, self._article_entries = {}, [], {}
        self._articles.clear()
        self._filter_counts = None
        self._undoing.clear()
        self._taking_up.clear()
        decisions = self._store.decisions()
        for result in self._store.last_results():
            self._insert_claims(result, attachment, decisions)
            for event in result.events:
                self._undoing.update(event.undoing)
                self._taking_up.update(event.taking_up)

    def _insert_claims(self, result: Result, attachment: Attachment, decisions: Mapping[str, StoredDecision]) -> None:
        """Put the claims of one article into the queue, at the article's position."""
        article = result.article
        number = len(self._article_entries)
        entry = self._article_entries.setdefault(article.doc_id, ArticleEntry.of(article, number))
        for claim_number, machine in enumerate(attachment.place_manual_claims(result).claims):
            position = (entry.number, claim_number)
            stored = decisions.get(machine.claim_id)
            self._entries[machine.claim_id] = Entry.of(machine, stored, article, position)
            self._order.append((position, machine.claim_id))

    def _update(self, claim_id: str) -> None:
        """Take in a new decision on a claim."""
        entry, stored = self._entries.get(claim_id), self._store.find_decision(claim_id)
        if entry is None or stored is None:
            return  # a claim of an article that is no longer in the tables
        if entry.added and not stored.decision and not self._store.has_added_claim(claim_id):
            del self._entries[claim_id]
            self._filter_counts = None
            self._order.remove((entry.position, claim_id))
            return
        # Articles are read from the disk: only what was corrected needs its words looked for.
        article = self.article(entry.claim.doc_id) if stored.decision.corrections else None
        if article is None and stored.decision.corrections:
            return  # its article was forgotten
        self._entries[claim_id] = Entry.of(entry.machine, stored, article, entry.position)
        if self._filter_counts is not None:
            self._filter_counts.replace(entry, self._entries[claim_id])


def _now() -> str:
    """Local time with its offset from UTC: "2025-06-01T14:05:09+02:00"."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
