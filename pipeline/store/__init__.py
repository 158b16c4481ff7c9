"""outputs/claims.db: results of articles, so that only what is new is read, and the reviewer's word with its history.

A run holds the lock and goes through it in this order::

    with open_outputs(folder) as store:          # the folder, the lock, the database
        store.import_edits()                         # edits made in claims.csv since the last run
        results = store.results(fingerprint)      # find(article) before the engine, keep(result) after it
        attachment = store.attachment()           # attach(result): the reviewer's columns; orphans() at the end
        results.finish(); store.written(...)      # once the tables are in place

A page for review needs no lock. Any number of stores may be open at once, each used by the thread that opened it; a
decision is on the disk when the call returns, in a few milliseconds, also while a run goes on::

    with open_store(folder) as store:
        for result in store.shown(): ...          # articles, claims and mentions of the last run, in order
        decided = store.decisions()               # claim id -> Decided(decision, version, about)
        store.decide(claim, Decision("accept", reviewer="Ana"), "review", seen=decided[claim.claim_id].version)
        store.history(claim.claim_id); store.undo(claim.claim_id); store.conflicts(); store.article(doc_id)

``seen`` is the version the reviewer looked at (0: no decision); ChangedMeanwhile says that another one came first.
Errors of the database leave ``open_store`` as ExtractError.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from pipeline.errors import ExtractError, unwritable
from pipeline.knowledge.models import file_digest
from pipeline.records import Article, Claim, Result, Span
from pipeline.store import decisions as _decisions
from pipeline.store import manual_claims as _manual_claims
from pipeline.store import results as _results
from pipeline.store.attach import Attachment, Orphan, reviewed
from pipeline.store.corrections import Corrections, content_of, corrected, load_corrections
from pipeline.store.database import DATABASE, connect, transaction, unusable
from pipeline.store.decision import DECISION_FIELDS, Change, ClaimSnapshot, Conflict, Decision, StoredDecision
from pipeline.store.decisions import ChangedMeanwhile
from pipeline.store.edit_import import CLAIMS, CLAIMS_BESIDE, FILES, ORPHANS, EditSummary, import_edits
from pipeline.store.forget import Forgotten, forget, remains
from pipeline.store.lock import LOCK, only_writer
from pipeline.store.manual_claims import ADDED_RULE
from pipeline.store.readings import Readings
from pipeline.store.results import Results

__all__ = [
    "ADDED_RULE",
    "CLAIMS",
    "CLAIMS_BESIDE",
    "DATABASE",
    "DECISION_FIELDS",
    "FILES",
    "LOCK",
    "ORPHANS",
    "Attachment",
    "Change",
    "ChangedMeanwhile",
    "ClaimSnapshot",
    "Conflict",
    "Corrections",
    "Decision",
    "EditSummary",
    "Forgotten",
    "Orphan",
    "Readings",
    "Results",
    "Store",
    "StoredDecision",
    "content_of",
    "corrected",
    "load_corrections",
    "open_outputs",
    "open_store",
    "reviewed",
]  # fmt: skip


class Store:
    """The open store of one outputs folder; ``told`` is what the user should hear of its opening, if aught."""

    def __init__(self, outputs: Path, base: sqlite3.Connection, told: str) -> None:
        self.outputs = outputs
        self.told = told
        self._base = base

    def results(self, fingerprint: str) -> Results:
        """The results of a new run made with what the fingerprint stands for."""
        return Results(self._base, fingerprint)

    def readings(self, fingerprint: str) -> Readings:
        """The readings of a new run made with what the fingerprint stands for."""
        return Readings(self._base, fingerprint)

    def shown(self) -> Iterator[Result]:
        """The results that the last whole run's tables show, in their order, without the reviewer's columns."""
        return _results.shown(self._base)

    def article(self, doc_id: str) -> Article | None:
        """An article as last read, also one that is in the tables no more."""
        return _results.find_article(self._base, doc_id)

    def result(self, doc_id: str) -> Result | None:
        """What ``shown`` has of one article."""
        return _results.find_shown(self._base, doc_id)

    def import_edits(self) -> EditSummary:
        """Take what was edited in the tables since they were written. Raises ExtractError for one it can't read."""
        return import_edits(self._base, self.outputs)

    def written(self, file: str, decisions: Mapping[str, Decision]) -> None:
        """Note the decisions that now stand in a file of the outputs, by claim id."""
        _decisions.save_written(self._base, file, decisions, file_digest(self.outputs / file))

    def attachment(self) -> Attachment:
        """What brings results and decisions together."""
        return Attachment(self._base)

    def decisions(self) -> dict[str, StoredDecision]:
        """Every decision by claim id."""
        return _decisions.load_decisions(self._base)

    def decided(self, claim_id: str) -> StoredDecision | None:
        """The decision on one claim; None when it never had one."""
        return _decisions.load_decision(self._base, claim_id)

    def decide(self, claim: Claim, decision: Decision, origin: str, *, seen: int | None = None) -> StoredDecision:
        """Save a decision. Raises ChangedMeanwhile when it isn't on top of the version ``seen``."""
        return _decisions.save(self._base, claim.claim_id, decision, origin, ClaimSnapshot.of(claim), seen=seen)

    def undo(self, claim_id: str, *, seen: int | None = None) -> StoredDecision:
        """Take the last decision back. Raises ExtractError when there is none, ChangedMeanwhile as ``decide``."""
        return _decisions.undo(self._base, claim_id, seen=seen)

    def forget(
        self, files: Sequence[str] | None = None, *, missing: bool = False, decisions: bool = False
    ) -> Forgotten:
        """Forget articles: those named, with ``missing`` those that the tables don't show, with None all of them.

        Decisions on them stay unless ``decisions`` says otherwise. Nothing of what is forgotten stays in the store but
        what the tables show of decisions, until the next run.
        """
        gone = forget(self._base, files, missing=missing, decisions=decisions)
        left, others = remains(self.outputs, decisions=gone.decisions > 0)
        return replace(gone, left=left, others=others) if gone.articles or gone.decisions else gone

    def add(self, article: Article, claim_type: str, span: Span, values: Mapping[str, str], decision: Decision) -> str:
        """Keep a claim that a reviewer adds, its words [start, end) of the article, with a decision on it; its id.

        ``values`` has its other columns, lists joined as in a cell. Raises ExtractError when it was added before.
        """
        added = _manual_claims.added_at(article, claim_type, span, values)
        with transaction(self._base, durable=True):
            if not _manual_claims.keep_added(self._base, added):
                raise ExtractError("This claim was added before.", f"Look for {added.claim_id}.")
            _decisions.save(self._base, added.claim_id, decision, "review", added.about)
        return added.claim_id

    def now(self) -> tuple[int, int]:
        """The numbers of the last whole run and of the last change of a decision."""
        return _results.next_run(self._base) - 1, _decisions.latest_change(self._base)

    def changed_since(self, change: int) -> list[str]:
        """The claims whose decisions changed after that change."""
        return _decisions.changed_since(self._base, change)

    def history(self, claim_id: str) -> list[Change]:
        """Every version of the claim's decision, the first first."""
        return _decisions.history(self._base, claim_id)

    def conflicts(self) -> list[Conflict]:
        """Versions that lost against others, until their claims are decided anew."""
        return _decisions.load_conflicts(self._base)


@contextmanager
def open_store(outputs: Path) -> Iterator[Store]:
    """The store of a folder that is there. Raises ExtractError when it can't be used."""
    base, told = connect(outputs)
    with closing(base):
        try:
            yield Store(outputs, base, told)
        except sqlite3.Error as error:
            raise unusable(outputs, error) from error


@contextmanager
def open_outputs(outputs: Path) -> Iterator[Store]:
    """The folder (made when missing), locked against other writers, and its store.

    Raises ExtractError when it can't be written to or another process writes there.
    """
    try:
        outputs.mkdir(parents=True, exist_ok=True)
        with only_writer(outputs), open_store(outputs) as store:
            yield store
    except OSError as error:
        raise unwritable(outputs, error) from error
