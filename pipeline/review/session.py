"""All claims of the last run with the decisions on them, in memory and kept up to date with the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pipeline.compare import Polarity
from pipeline.engines.garbage import spare_what_is_made
from pipeline.errors import ExtractError
from pipeline.records import Article, Claim, Denial, Result, Span
from pipeline.review.entries import ArticleEntry, Entry
from pipeline.review.filters import ClaimFilter, FilterCounts
from pipeline.review.speaker_names import SpeakerNames
from pipeline.store import (
    Attachment,
    BatchDecision,
    Decision,
    EventEdits,
    EventNames,
    Store,
    StoredDecision,
    UndoneBatch,
)

#: What the history of a decision names as its origin.
ORIGIN = "review"
#: Articles kept in memory; the others are read from the store again. A reviewer goes through them one by one.
_MAX_ARTICLES = 50
#: The order of the run, as ``filters.SORTS`` names it.
_TEXT_ORDER = "article"


class ReviewSession:
    """The claims of one open store, for the thread that opened it.

    Every method that reads first takes in what runs and other reviewers changed meanwhile. ``run`` and ``change`` are
    the numbers of the last complete run and of the last change of a decision that were taken in.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._entries: dict[str, Entry] = {}
        self._by_article: dict[str, dict[str, Entry]] = {}  # by doc_id and claim id, in the order of the run
        self._sorted: dict[str, list[Entry]] = {}  # by the name of an order, until something changes
        self._loaded: dict[str, dict[str, Claim]] = {}  # by doc_id the claims of articles looked at last
        self._event_names: EventNames | None = None
        self._article_entries: dict[str, ArticleEntry] = {}  # by doc_id, in the order of the run
        self._articles: dict[str, Article] = {}
        self._decided_count = 0
        self._filter_counts: FilterCounts | None = None  # made when it is first asked for
        self._speaker_names = SpeakerNames((), EventEdits())
        self._undoing: set[str] = set()
        self._taking_up: set[str] = set()
        self._denials: dict[str, Denial] = {}
        self.run, self.change, self._edit = -1, -1, -1
        self.refresh()

    def refresh(self) -> None:
        """Take in what changed: everything after a new run or an added claim, else only the claims newly decided.

        An added claim whose addition was undone goes.
        """
        run, change = self._store.last_numbers()
        edit = self._store.last_event_edit()
        if edit != self._edit and run == self.run:
            self._take_in_event_edits()
            self._name_speakers()
        self._edit = edit
        if (run, change) == (self.run, self.change):
            return
        changed_ids = self._store.claims_changed_since(self.change) if run == self.run else []
        # A claim that isn't known was added in another session.
        if run != self.run or not all(claim_id in self._entries for claim_id in changed_ids):
            self._load()
        else:
            for claim_id in changed_ids:
                self._update(claim_id)
        self._sorted.clear()
        self._decided_count = sum(bool(entry.verdict) for entry in self._entries.values())
        self.run, self.change = run, change

    def reload(self) -> None:
        """Take in everything anew, as after tables were read."""
        self.run = -1
        self.refresh()

    def find(self, claim_filter: ClaimFilter, *, in_order: bool = True) -> list[Entry]:
        """The claims that pass the filter, in the order that it asks for, or without ``in_order`` in that of the text.

        Putting many thousands in order takes longer than a decision, so that whoever only counts does without.
        """
        self.refresh()
        if not in_order or not claim_filter.is_sorted:
            return claim_filter.apply(self.entries())
        if claim_filter.sort not in self._sorted:
            self._sorted[claim_filter.sort] = claim_filter.sorted(self.entries())
        return claim_filter.apply(self._sorted[claim_filter.sort])

    def entries(self) -> list[Entry]:
        """Every claim, in text order."""
        self.refresh()
        if _TEXT_ORDER not in self._sorted:
            groups = self._by_article.values()
            self._sorted[_TEXT_ORDER] = [entry for entries in groups for entry in entries.values()]
        return self._sorted[_TEXT_ORDER]

    def polarity(self) -> Polarity:
        """What the words of event claims say of their events."""
        self.refresh()
        return Polarity(self._undoing, self._taking_up, self._denials)

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
        return list(self._by_article.get(doc_id, {}).values())

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
            self._insert_claims(result, self._store.open_attachment(), self._store.decisions())
            self._name_speakers()
        return self._refreshed(claim_id)

    def _has_claim(self, doc_id: str, claim_type: str, span: Span, speaker_text: str | None) -> bool:
        """Whether the article has a claim of the type and words and, where given, the same words for the speaker."""
        return any(
            claim.claim_type == claim_type
            and (claim.start, claim.end) == span
            and speaker_text in (None, claim.speaker_text)
            for claim in (entry.claim for entry in self.claims_of(doc_id))
        )

    def _refreshed(self, claim_id: str) -> Entry:
        self.refresh()
        return self._entries[claim_id]

    def _load(self) -> None:
        """Read everything anew, as the tables of the last run show it.

        Placing added claims may save where they stand. SQLite refuses that once another process has written since the
        reading began; then all is read again while nobody else can write.
        """
        try:
            self._read_run(self._store.open_attachment())
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY_SNAPSHOT:
                raise
            attachment = self._store.open_attachment()
            with attachment.hold():
                self._read_run(attachment)

    def _read_run(self, attachment: Attachment) -> None:
        """Put every claim of the last run into the queue; whole results are read only where reviewers were."""
        for collection in (
            self._entries, self._by_article, self._article_entries, self._articles, self._loaded, self._undoing,
            self._taking_up, self._denials,
        ):  # fmt: skip
            collection.clear()
        self._filter_counts = None
        self._event_names = self._store.event_names()
        decisions = self._store.decisions()
        with spare_what_is_made():
            for listed in self._store.list_last_articles(self._event_names):
                article = ArticleEntry.of(listed, len(self._article_entries))
                self._article_entries[listed.doc_id] = article
                self._undoing.update(listed.undoing)
                self._taking_up.update(listed.taking_up)
                self._denials.update(listed.denials)
                result = self._find_result(listed.doc_id) if attachment.concerns(listed) else None
                if result is not None:
                    self._insert_claims(result, attachment, decisions)
                    continue
                entries = {
                    claim.claim_id: Entry(claim, article, (article.number, number), self._load_claim)
                    for number, claim in enumerate(listed.claims)
                }
                self._by_article[listed.doc_id] = entries
                self._entries.update(entries)
        self._name_speakers()

    def _find_result(self, doc_id: str) -> Result | None:
        return self._store.find_last_result(doc_id, self._event_names)

    def _load_claim(self, entry: Entry) -> Claim:
        """The claim of an entry that nobody decided, as it was found."""
        claims = self._loaded.get(entry.doc_id)
        if claims is None:
            result = self._find_result(entry.doc_id)
            claims = {claim.claim_id: claim for claim in result.claims} if result else {}
            while len(self._loaded) >= _MAX_ARTICLES:
                del self._loaded[next(iter(self._loaded))]
            self._loaded[entry.doc_id] = claims
        if entry.claim_id not in claims:
            raise ExtractError("This claim is not in the last run.", "Reload the list.")
        return claims[entry.claim_id]

    def _insert_claims(self, result: Result, attachment: Attachment, decisions: Mapping[str, StoredDecision]) -> None:
        """Put the claims of one article into the queue, at the article's position."""
        article = result.article
        place = self._article_entries[article.doc_id]
        self._by_article[article.doc_id] = {
            machine.claim_id: Entry.of(machine, decisions.get(machine.claim_id), article, place, (place.number, number))
            for number, machine in enumerate(attachment.place_manual_claims(result).claims)
        }
        self._entries.update(self._by_article[article.doc_id])
        self._sorted.clear()

    def _name_speakers(self) -> None:
        """Have every claim know what its speaker is called in all articles."""
        self._speaker_names = SpeakerNames(self._entries.values(), self._store.event_edits(), note=True)
        self._sorted.clear()
        self._filter_counts = None

    def _take_in_event_edits(self) -> None:
        """Take in which events people merged, split or took back since: their claims are of other events now."""
        self._event_names = self._store.event_names()
        self._loaded.clear()
        for claim_id, event_id in self._event_names.claims.items():
            entry = self._entries.get(claim_id)
            if entry is not None and entry.listed.event_id != event_id:
                self._replace(entry, entry.of_event(event_id))

    def _replace(self, entry: Entry, updated: Entry) -> None:
        """Put an entry in the place of an older one of the same claim."""
        updated.speaker = self._speaker_names.name_of(updated)
        self._entries[entry.claim_id] = self._by_article[entry.doc_id][entry.claim_id] = updated
        self._sorted.clear()
        if self._filter_counts is not None:
            self._filter_counts.replace(entry, updated)

    def _update(self, claim_id: str) -> None:
        """Take in a new decision on a claim."""
        entry, stored = self._entries.get(claim_id), self._store.find_decision(claim_id)
        if entry is None or stored is None:
            return  # a claim of an article that is no longer in the tables
        if entry.added and not stored.decision and not self._store.has_added_claim(claim_id):
            del self._entries[claim_id]
            self._filter_counts = None
            del self._by_article[entry.doc_id][claim_id]
            return
        # Articles are read from the disk: only what was corrected needs its words looked for.
        article = self.article(entry.doc_id) if stored.decision.corrections else None
        if article is None and stored.decision.corrections:
            return  # its article was forgotten
        place = self._article_entries[entry.doc_id]
        self._replace(entry, Entry.of(entry.machine, stored, article, place, entry.position))


def _now() -> str:
    """Local time with its offset from UTC: "2025-06-01T14:05:09+02:00"."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
