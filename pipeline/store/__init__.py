"""outputs/claims.db: results of articles, so that only what is new is extracted, and reviewers' decisions.

A run holds the lock and uses the store in this order::

    with open_outputs(folder) as store:           # the folder, the lock, the database
        store.import_edits()                      # edits made in claims.csv since the last run
        results = store.open_results(fingerprint) # find(article) before the engine, keep(result) after it
        attachment = store.open_attachment()      # attach(result): the reviewer's columns; orphans() at the end
        results.finish(); store.record_written(...)  # once the tables are in place

A review page needs no lock. Any number of stores may be open at once, each used by the thread that opened it; a
decision is on the disk when the call returns, in a few milliseconds, also while a run goes on::

    with open_store(folder) as store:
        for result in store.last_results(): ...   # articles, claims and mentions of the last run, in order
        stored = store.decisions()                # claim id -> StoredDecision(decision, version, snapshot)
        store.decide(claim, Decision("accept", reviewer="Ana"), "review", seen=stored[claim.claim_id].version)
        store.history(claim.claim_id); store.undo(claim.claim_id); store.conflicts(); store.find_article(doc_id)

``seen`` is the version the reviewer looked at (0: no decision); ChangedMeanwhile says that another one came first.
Errors of the database leave ``open_store`` as ExtractError.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pipeline.errors import ExtractError, unwritable
from pipeline.knowledge.models import file_digest
from pipeline.outputs import CLAIMS, DATABASE
from pipeline.records import Article, Claim, Result, Span
from pipeline.store import batches as _batches
from pipeline.store import decisions as _decisions
from pipeline.store import event_edits as _event_edits
from pipeline.store import event_ids as _event_ids
from pipeline.store import event_table as _event_table
from pipeline.store import manual_claims as _manual_claims
from pipeline.store import results as _results
from pipeline.store import speaker_table as _speaker_table
from pipeline.store.attach import Attachment, Orphan, reviewed_decisions
from pipeline.store.batches import BatchDecision, UndoneBatch
from pipeline.store.checking import check_store
from pipeline.store.corrections import Corrections, apply_corrections, find_content, load_corrections
from pipeline.store.database import transaction
from pipeline.store.decision import (
    DECISION_FIELDS,
    DECISION_WORDS,
    Change,
    ClaimSnapshot,
    Conflict,
    Decision,
    StoredDecision,
    UnknownWord,
    parse_verdict,
)
from pipeline.store.decisions import ChangedMeanwhile
from pipeline.store.edit_import import EditSummary, import_edits
from pipeline.store.event_edits import EventEdit, EventEditor, EventEdits
from pipeline.store.event_ids import EventNames
from pipeline.store.event_table import UnclearCell, WrittenEvent
from pipeline.store.forget import Forgotten, find_remaining_files, forget_articles
from pipeline.store.grouping import Groups
from pipeline.store.listing import ListedArticle, ListedClaim
from pipeline.store.lock import lock_outputs
from pipeline.store.manual_claims import MANUAL_RULE
from pipeline.store.opening import connect, explain_failure
from pipeline.store.readings import Readings
from pipeline.store.results import Results
from pipeline.store.speaker_table import WrittenSpeaker, merged_ids

__all__ = [
    "DECISION_FIELDS", "DECISION_WORDS", "MANUAL_RULE", "Attachment", "BatchDecision", "Change", "ChangedMeanwhile",
    "ClaimSnapshot", "Conflict", "Corrections", "Decision", "EditSummary", "EventEdit", "EventEditor", "EventEdits",
    "EventNames", "Forgotten", "ListedArticle", "ListedClaim", "Orphan", "Readings", "Results", "Store",
    "StoredDecision", "UnclearCell", "UndoneBatch", "UnknownWord", "Verdict", "WrittenEvent", "WrittenSpeaker",
    "apply_corrections", "check_store", "find_content", "load_corrections", "merged_ids", "open_outputs",
    "open_store", "parse_verdict", "reviewed_decisions",
]  # fmt: skip


class Store:
    """The open store of one outputs folder; make one with ``open_store`` or ``open_outputs``.

    ``outputs`` is the folder, ``notice`` a sentence for the user when the database had to be upgraded or replaced.
    """

    def __init__(self, outputs: Path, connection: sqlite3.Connection, notice: str) -> None:
        self.outputs = outputs
        self.notice = notice
        self._connection = connection
        self._file = (outputs / DATABASE).stat()

    # --- What a run does, in this order ---

    def import_edits(self) -> EditSummary:
        """Import what was edited in the tables since they were written.

        Raises ExtractError for a table that can't be read, and imports nothing then.
        """
        return replace(import_edits(self._connection, self.outputs), store_notice=self.notice)

    def edited_digest(self, file: str) -> str:
        """The SHA-256 of a table of the outputs; empty when it is as it was last written, or isn't there."""
        digest = file_digest(self.outputs / file)
        return "" if digest == _decisions.load_written_digest(self._connection, file) else digest

    def open_results(self, fingerprint: str) -> Results:
        """The results of a new run; ``fingerprint`` stands for all that they depend on besides the articles."""
        return Results(self._connection, fingerprint)

    def count_results(self, fingerprint: str) -> int:
        """How many results with this fingerprint earlier runs have left."""
        return _results.count_results(self._connection, fingerprint)

    def open_readings(self, fingerprint: str) -> Readings:
        """The readings of a new run; ``fingerprint`` stands for all that they depend on besides the files."""
        return Readings(self._connection, fingerprint)

    def open_attachment(self) -> Attachment:
        """What gives results the decisions of reviewers, as they are now."""
        return Attachment(self._connection)

    def name_events(
        self, clusters: Sequence[Sequence[str]], edited: Mapping[str, str], edits: EventEdits
    ) -> EventNames:
        """The ids that the events of a new run have across articles; ``clusters`` as ``cluster_events`` gives.

        ``edited`` has by id in its article those that people gave events, by ``edits``.
        """
        names = _event_ids.name_events(_event_ids.load_event_ids(self._connection), clusters, edited)
        return replace(names, claims=edits.claims)

    def open_groups(self, fingerprint: str) -> Groups:
        """What groupings of events decided; ``fingerprint`` stands for what that depends on besides the events."""
        return Groups(self._connection, fingerprint)

    def event_edits(self) -> EventEdits:
        """What people said of events so far."""
        return _event_edits.apply_edits(_event_edits.load_event_edits(self._connection))

    def last_event_edit(self) -> int:
        """The number of the last edit of an event, 0 when there is none: whoever shows events asks for it."""
        return _event_edits.last_edit_number(self._connection)

    def written_events(self) -> dict[str, WrittenEvent]:
        """By id the events of the last run's events.csv, with the cells of it that were read since."""
        return _event_table.load_written_events(self._connection)

    def event_ids(self) -> dict[str, str]:
        """By its id in an article the id that an event has across articles."""
        return _event_ids.load_event_ids(self._connection)

    def save_event_ids(self, names: EventNames) -> None:
        """Save the ids of events, so that later runs keep them."""
        _event_ids.save_event_ids(self._connection, names.ids)

    def record_written_events(self, file: str, events: Iterable[WrittenEvent]) -> None:
        """Record what now stands in events.csv, the file of that name: other names, merges and splits will be edits.

        An event that has the name of one that rules joined to it keeps it.
        """
        events = tuple(events)
        _event_edits.keep_joined_names(self._connection, {event.event_id: event.name for event in events})
        _event_table.save_written_events(self._connection, events, file, file_digest(self.outputs / file))

    def written_speakers(self) -> dict[str, WrittenSpeaker]:
        """By id the speakers of the last run's speakers.csv, with the cells of it that were read since."""
        return _speaker_table.load_written_speakers(self._connection)

    def record_written_speakers(self, file: str, speakers: Iterable[WrittenSpeaker]) -> None:
        """Record what now stands in speakers.csv, the file of that name: other names and merges will be edits."""
        _speaker_table.save_written_speakers(self._connection, speakers, file, file_digest(self.outputs / file))

    def record_written(self, file: str, decisions: Mapping[str, Decision]) -> None:
        """Record by claim id the decisions that now stand in a table of the outputs: others there will be edits."""
        _decisions.save_written(self._connection, file, decisions, file_digest(self.outputs / file))

    def is_as_written(self, file: str) -> bool:
        """Whether a file of the outputs is there as a run wrote it."""
        written = _decisions.load_written_digest(self._connection, file)
        return bool(written) and file_digest(self.outputs / file) == written

    def record_written_workbook(
        self, file: str, decisions: Mapping[str, Decision], events: Iterable[WrittenEvent]
    ) -> None:
        """Record what now stands in a workbook: by claim id the decisions, and what people edit of events."""
        self.record_written(file, decisions)
        _event_table.save_written_sheet(self._connection, file, events)

    def forget_written(self, file: str) -> None:
        """Forget what a run wrote into a file of the outputs that isn't there any more."""
        _decisions.delete_written(self._connection, file)

    # --- What the last run gave ---

    def last_results(self) -> Iterator[Result]:
        """The results that the last complete run's tables show, in their order, without the reviewer's columns.

        Raises ExtractError when they can't be read, as when another version of newsclaims saved them.
        """
        return _results.load_last_results(self._connection)

    def find_last_result(self, doc_id: str, names: EventNames | None = None) -> Result | None:
        """That of one article; None when they don't have it. ``names``: the ``event_names``, if they are at hand."""
        return _results.load_last_result(self._connection, doc_id, names)

    def list_last_articles(self, names: EventNames) -> Iterator[ListedArticle]:
        """The articles of ``last_results`` in their order with their claims as lists show them; by ``event_names``."""
        return _results.list_last_articles(self._connection, names)

    def event_names(self) -> EventNames:
        """The ids that events have after the last run, with what people edited since."""
        return _event_ids.load_event_names(self._connection)

    def find_article(self, doc_id: str) -> Article | None:
        """An article as it was last read, also when it is no longer in the tables; None when it was never read."""
        return _results.load_article(self._connection, doc_id)

    def has_tables(self) -> bool:
        """Whether the tables in the folder show articles; also when their store is gone and claims.csv is there."""
        if self.last_numbers()[0]:
            return _results.shows_articles(self._connection)
        return (self.outputs / CLAIMS).exists()

    def last_numbers(self) -> tuple[int, int]:
        """The number of the last complete run and that of the last change of a decision, each 0 when there is none.

        Whoever shows claims asks for these to learn whether to load anything again.
        """
        return _results.next_run_number(self._connection) - 1, _decisions.last_change_number(self._connection)

    # --- What reviewers decide ---

    def decisions(self) -> dict[str, StoredDecision]:
        """Every decision by claim id, also on claims that are in no table."""
        return _decisions.load_decisions(self._connection)

    def find_decision(self, claim_id: str) -> StoredDecision | None:
        """The decision on one claim; None when it never had one."""
        return _decisions.load_decision(self._connection, claim_id)

    def decide(self, claim: Claim, decision: Decision, origin: str, *, seen: int | None = None) -> StoredDecision:
        """Save a decision; ``origin`` is where it comes from, as "review".

        ``seen`` is the version that the reviewer looked at, 0 for none; without it nothing is checked. Raises
        ChangedMeanwhile when there is a later version.
        """
        self._require_in_place()
        snapshot = ClaimSnapshot.of(claim)
        return _decisions.save_decision(self._connection, claim.claim_id, decision, origin, snapshot, seen=seen)

    def undo(self, claim_id: str, *, seen: int | None = None) -> StoredDecision:
        """Undo the last decision on a claim, and of a claim added on the review page at last its addition.

        Raises ExtractError when there is none, ChangedMeanwhile as ``decide``.
        """
        self._require_in_place()
        with transaction(self._connection, durable=True):
            stored = _decisions.undo_decision(self._connection, claim_id, seen=seen)
            if _decisions.is_addition_undone(self._connection, claim_id):
                _manual_claims.delete_manual_claim(self._connection, claim_id)
        return stored

    def decide_all(self, decisions: Sequence[BatchDecision], origin: str) -> str:
        """Save many decisions as one step, all or none; its name, for ``undo_all``. Raises as ``decide``."""
        self._require_in_place()
        return _batches.save_batch(self._connection, decisions, origin)

    def undo_all(self, batch: str) -> UndoneBatch:
        """Undo many decisions as one step. Raises ExtractError when nothing is left to undo."""
        self._require_in_place()
        return _batches.undo_batch(self._connection, batch)

    def edit_events(self, reviewer: str, origin: str) -> EventEditor:
        """What names, merges and splits events; ``origin`` is where the edits come from, as "review"."""
        self._require_in_place()
        return EventEditor(self._connection, reviewer, origin)

    def edit_speakers(self, reviewer: str, origin: str) -> EventEditor:
        """What names and merges speakers, as ``edit_events``."""
        self._require_in_place()
        return EventEditor(self._connection, reviewer, origin, "speaker")

    def event_history(self) -> list[EventEdit]:
        """Every edit of an event, the oldest first."""
        return _event_edits.load_event_edits(self._connection)

    def add_claim(
        self, article: Article, claim_type: str, span: Span, columns: Mapping[str, str], decision: Decision
    ) -> str:
        """Add a claim that the rules missed, its words [start, end) of the article, with a decision on it; its id.

        ``columns`` has its other columns as text, lists joined by " | ". Raises ExtractError when it was added before.
        """
        self._require_in_place()
        manual = _manual_claims.manual_claim_from_span(article, claim_type, span, columns)
        with transaction(self._connection, durable=True):
            if not _manual_claims.save_manual_claim(self._connection, manual):
                raise ExtractError("This claim was added before.", f"Look for the claim {manual.claim_id}.")
            origin = _decisions.ADDITION
            _decisions.save_decision(self._connection, manual.claim_id, decision, origin, manual.snapshot)
        return manual.claim_id

    def has_added_claim(self, claim_id: str) -> bool:
        """Whether a claim that was added by hand is still there: its addition may have been undone."""
        return _manual_claims.has_manual_claim(self._connection, claim_id)

    def explain(self, error: sqlite3.Error) -> ExtractError:
        """What an error of the database means for the user, with what to do about it."""
        return explain_failure(self.outputs, error, is_locked=False)

    def _require_in_place(self) -> None:
        """Raise ExtractError when another process has moved this store aside: what is saved here would be lost."""
        try:
            is_same = os.path.samestat(self._file, (self.outputs / DATABASE).stat())
        except FileNotFoundError:
            is_same = False
        if not is_same:
            raise ExtractError(
                f"Nothing was saved: {self.outputs / DATABASE} isn't the file any more that was opened.",
                "End the review with Ctrl-C, then start it again.",
            )

    def claims_changed_since(self, change: int) -> list[str]:
        """The ids of the claims whose decisions changed after the change of that number (see ``last_numbers``)."""
        return _decisions.claims_changed_since(self._connection, change)

    def history(self, claim_id: str) -> list[Change]:
        """Every version of the claim's decision, the oldest first."""
        return _decisions.load_history(self._connection, claim_id)

    def conflicts(self) -> list[Conflict]:
        """The versions that lost against others, until their claims are decided anew."""
        return _decisions.load_conflicts(self._connection)

    # --- What the user wants removed ---

    def forget(
        self, files: Sequence[str] | None = None, *, missing: bool = False, decisions: bool = False
    ) -> Forgotten:
        """Remove articles for good: those named, with ``missing`` those that the tables don't show, with None all.

        Decisions on them stay unless ``decisions``. Nothing of what is forgotten stays readable in the store, except a
        note of the decisions that the tables still show, until the next run.
        """
        forgotten = forget_articles(self._connection, files, missing=missing, decisions=decisions)
        if not forgotten.articles and not forgotten.decisions:
            return forgotten
        rewritten, others = find_remaining_files(self.outputs, decisions=forgotten.decisions > 0)
        return replace(forgotten, rewritten_files=rewritten, other_files=others)


@contextmanager
def open_store(outputs: Path) -> Iterator[Store]:
    """The store of an existing folder, without a lock, to read and decide; raises ExtractError, also later."""
    with _open(outputs, is_locked=False) as store:
        yield store


@contextmanager
def _open(outputs: Path, *, is_locked: bool) -> Iterator[Store]:
    connection, notice = connect(outputs, is_locked=is_locked)
    try:
        yield Store(outputs, connection, notice)
    except sqlite3.Error as error:
        connection.close()
        raise explain_failure(outputs, error, is_locked=is_locked) from error
    finally:
        connection.close()


@contextmanager
def open_outputs(outputs: Path) -> Iterator[Store]:
    """The store of a folder, created when missing and locked against other writers: for runs and exports.

    Raises ExtractError when the folder can't be written to or another process is writing there.
    """
    try:
        outputs.mkdir(parents=True, exist_ok=True)
        with lock_outputs(outputs), _open(outputs, is_locked=True) as store:
            yield store
    except OSError as error:
        raise unwritable(outputs, error) from error
