"""Give each claim of a run its decision, also where its id changed, and place the claims that were added by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from sqlite3 import Connection

from pipeline.records import Article, Claim, Result
from pipeline.store.corrections import apply_corrections
from pipeline.store.database import transaction
from pipeline.store.decision import ClaimSnapshot, Decision, StoredDecision
from pipeline.store.decisions import load_decisions, move_decision, overrule_decision
from pipeline.store.listing import ListedArticle
from pipeline.store.manual_claims import (
    MANUAL_RULE,
    ManualClaim,
    bind_manual_claim,
    delete_manual_claim,
    load_manual_claims,
    place_manual_claim,
)
from pipeline.text.normalize import word_key


@dataclass(frozen=True, slots=True)
class Orphan:
    """A decision whose claim is not in this run, or a claim added by hand whose words are in none of its articles."""

    claim_id: str  #: the claim's id when it was last there
    decision: Decision  #: what was decided; empty for a claim added by hand that nobody decided
    snapshot: ClaimSnapshot  #: the claim as it was then
    why: str  #: why it is in no table, as a clause
    rule: str = ""  #: MANUAL_RULE for a claim added by hand, else empty


def reviewed_decisions(result: Result) -> dict[str, Decision]:
    """By claim id the decisions in the reviewer's columns of a result; empty ones only of claims added by hand."""
    decisions = ((claim, Decision.of(claim)) for claim in result.claims)
    return {claim.claim_id: decision for claim, decision in decisions if decision or claim.rule == MANUAL_RULE}


class Attachment:
    """The decisions of one run: ``attach`` every result, then ask for the ``orphans`` that no result took.

    Opened on a store; decisions that move to other claims are saved there at once.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._decisions = load_decisions(connection)
        self._manual_claims = load_manual_claims(connection)
        #: Ids of the claims of the results so far that were decided or added by hand.
        self._seen_ids: set[str] = set()
        #: File names and ids of the articles so far that these are known to be in.
        self._seen_articles: set[str] = set()
        snapshots = [stored.snapshot for stored in self._decisions.values()]
        snapshots += [manual.snapshot for manual in self._manual_claims.values()]
        self._known_articles = {name for snapshot in snapshots for name in (snapshot.file, snapshot.doc_id)}
        #: By file name and by id of an article the claims in it that were decided, for when their ids have changed.
        self._decided_in: defaultdict[str, list[str]] = defaultdict(list)
        for claim_id, stored in self._decisions.items():
            if stored.decision and claim_id not in self._manual_claims:
                for article in {stored.snapshot.file, stored.snapshot.doc_id} - {""}:
                    self._decided_in[article].append(claim_id)

    def hold(self) -> AbstractContextManager[None]:
        """Keep others from writing to the store in a ``with`` block.

        Whoever reads results one by one and attaches each needs it: a decision that moves meanwhile could not be saved
        on top of what another process has written since the reading began.
        """
        return transaction(self._connection)

    def attach(self, result: Result) -> Result:
        """The result with the reviewer's columns filled in and the claims they added, in the order of the text."""
        placed = self.place_manual_claims(result)
        if not any(claim.claim_id in self._decisions for claim in placed.claims):
            return placed
        return replace(placed, claims=tuple(self._with_decision(claim, result.article) for claim in placed.claims))

    def concerns(self, article: ListedArticle) -> bool:
        """Whether any decision or added claim may be in the article, so that its result has to be looked at."""
        return (
            article.file in self._decided_in
            or article.doc_id in self._decided_in
            or any(manual.may_be_in(article.file, article.doc_id) for manual in self._manual_claims.values())
            or any(claim.claim_id in self._decisions for claim in article.claims)
        )

    def place_manual_claims(self, result: Result) -> Result:
        """The result with the claims that reviewers added, in the order of the text; their columns stay empty."""
        article = result.article
        claims = {claim.claim_id: claim for claim in result.claims}
        self._rematch_decisions(
            claims, [id_ for name in (article.file, article.doc_id) for id_ in self._decided_in.get(name, ())]
        )
        candidates = [
            manual
            for manual in self._manual_claims.values()
            if manual.claim_id not in self._seen_ids and manual.may_be_in(article.file, article.doc_id)
        ]
        placed = [claim for manual in candidates if (claim := self._place(manual, claims, result))]
        self._seen_articles |= {article.file, article.doc_id} & self._known_articles
        self._seen_ids.update(
            claim_id for claim_id in claims if claim_id in self._decisions or claim_id in self._manual_claims
        )
        if not placed:
            return result
        rows = sorted((*claims.values(), *placed), key=lambda row: (row.start, row.end, row.claim_type))
        return replace(result, claims=tuple(rows))

    def orphans(self) -> Iterator[Orphan]:
        """The decisions and added claims that are in none of the attached results, in the order of their ids."""
        for claim_id in sorted({*self._decisions, *self._manual_claims} - self._seen_ids):
            manual = self._manual_claims.get(claim_id)
            stored = self._decisions.get(claim_id)
            decision = stored.decision if stored else Decision()
            if manual is not None:
                why = self._why_missing(manual.snapshot, "its words are not found")
                yield Orphan(claim_id, decision, manual.snapshot, why, MANUAL_RULE)
            elif stored is not None and decision:
                why = self._why_missing(stored.snapshot, "the claim is not found any more")
                yield Orphan(claim_id, decision, stored.snapshot, why)

    def _why_missing(self, snapshot: ClaimSnapshot, otherwise: str) -> str:
        """Why a claim is in no table; ``otherwise`` when its article is in this run."""
        if not {snapshot.file, snapshot.doc_id}.isdisjoint(self._seen_articles):
            return otherwise
        return "its article is not in this run" if snapshot.file else "its row has no claim_id and no claim_text"

    def _with_decision(self, claim: Claim, article: Article) -> Claim:
        stored = self._decisions.get(claim.claim_id)
        return apply_corrections(replace(claim, **asdict(stored.decision)), article) if stored else claim

    def _rematch_decisions(self, claims: dict[str, Claim], candidates: Iterable[str]) -> None:
        """Move decisions of the article whose ids are gone to undecided claims that have the same words."""
        for old_id in dict.fromkeys(candidates):
            if old_id in claims or old_id in self._seen_ids or old_id not in self._decisions:
                continue
            stored = self._decisions[old_id]
            claim = self._find_same_words(stored.snapshot, claims)
            if claim is None or self._is_decided(claim.claim_id):
                continue
            self._decisions[claim.claim_id] = move_decision(
                self._connection, old_id, claim.claim_id, stored, ClaimSnapshot.of(claim)
            )
            del self._decisions[old_id]

    def _find_same_words(self, snapshot: ClaimSnapshot, claims: dict[str, Claim]) -> Claim | None:
        """The claim of the snapshot's type and words.

        Of several, one with the same speaker is preferred, then the same sentence, then one without a decision.
        """
        words = word_key(snapshot.claim_text)
        same_type = (claim for claim in claims.values() if claim.claim_type == snapshot.claim_type)
        same_words = [claim for claim in same_type if word_key(claim.claim_text) == words]

        def likeness(claim: Claim) -> tuple[bool, bool, bool]:
            return (
                claim.speaker_text == snapshot.speaker_text,
                word_key(claim.sentence) == word_key(snapshot.sentence),
                not self._is_decided(claim.claim_id),
            )

        return max(same_words, key=likeness, default=None) if words else None

    def _is_decided(self, claim_id: str) -> bool:
        return claim_id in self._decisions and bool(self._decisions[claim_id].decision)

    def _place(self, manual: ManualClaim, claims: dict[str, Claim], result: Result) -> Claim | None:
        """The added claim in this article; None when its words aren't there, or the rules have found that claim too."""
        same_claim = self._find_same_words(manual.snapshot, claims)
        if same_claim is not None and manual.snapshot.speaker_text in ("", same_claim.speaker_text):
            self._merge_into(manual, same_claim)
            return None
        claim = place_manual_claim(manual, result)
        if claim is not None:
            with transaction(self._connection):
                bind_manual_claim(self._connection, manual, result.article)
            self._seen_ids.add(manual.claim_id)
        return claim

    def _merge_into(self, manual: ManualClaim, claim: Claim) -> None:
        """Delete an added claim that the rules have found as ``claim``, which gets the decision on it."""
        stored = self._decisions.pop(manual.claim_id, None)
        with transaction(self._connection, durable=True):
            delete_manual_claim(self._connection, manual.claim_id)
            if stored is not None and stored.decision:
                self._decisions[claim.claim_id] = self._merge_decisions(manual, claim, stored)
        self._manual_claims.pop(manual.claim_id)

    def _merge_decisions(self, manual: ManualClaim, claim: Claim, stored: StoredDecision) -> StoredDecision:
        """The decision on the added claim for ``claim``; another that this one has already becomes a conflict."""
        existing, snapshot = self._decisions.get(claim.claim_id), ClaimSnapshot.of(claim)
        if existing is None or not existing.decision:
            return move_decision(self._connection, manual.claim_id, claim.claim_id, stored, snapshot)
        if existing.decision != stored.decision:
            origin = "a row without claim_id"
            existing = overrule_decision(self._connection, claim.claim_id, stored.decision, origin, snapshot)
        self._connection.execute("DELETE FROM decisions WHERE claim_id = ?", (manual.claim_id,))
        return existing
